package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/incident"
	"zorgplicht/inspection"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// lacksOf are the names and norms of what is missing of a file.
func lacksOf(f inspection.File) (all []string) {
	for _, x := range f.Lacks() {
		all = append(all, string(x.Norm)+" "+x.Name)
	}
	return all
}

func TestWhatIsTakenTogetherReadsAsASentence(t *testing.T) {
	for want, parts := range map[string][]string{
		"":                   {"", ""},
		"a, b":               {"a", "", "b"},
		"Doe dit. Nagekomen": {"Doe dit.", "nagekomen"},
	} {
		if got := joined(parts...); got != want {
			t.Errorf("%q: %q", parts, got)
		}
	}
}

func TestWhatADisputeBodyAndACauseLackIsNamed(t *testing.T) {
	today := calendar.MustParse("2026-03-02")
	dispute1 := func(change func(*dispute.Dispute)) inspection.File {
		d := dispute.Dispute{About: "De rente.", AnswerBy: today}
		d.Case.Received = today.AddDays(-30)
		change(&d)
		return fileOfDispute(atBody{d, "Loket"}, today)
	}
	body := func(change func(*dispute.Body)) inspection.File {
		b := dispute.Body{Name: "Loket", Joined: today.AddDays(-400)}
		change(&b)
		return fileOfBody(b, today)
	}
	cause1 := func(change func(*cause.Cause)) inspection.File {
		c := cause.Cause{What: "Het sjabloon laat een periode weg.", Sort: complaint.ByInformation}
		c.Case.Received = today
		change(&c)
		return fileOfCause(c, today)
	}
	for _, c := range []struct {
		name string
		file inspection.File
		want []string
	}{
		{"a dispute whose answer is due today lacks nothing", dispute1(func(*dispute.Dispute) {}), nil},
		{"the day after, the answer is missing", dispute1(func(d *dispute.Dispute) { d.AnswerBy = today.AddDays(-1) }), []string{"bfd:55:1:e Reactie aan de instantie"}},
		{"not when it was given late", dispute1(func(d *dispute.Dispute) { d.AnswerBy, d.Answered = today.AddDays(-9), today.AddDays(-1) }), nil},
		{"nor when the dispute ended", dispute1(func(d *dispute.Dispute) {
			d.AnswerBy, d.Outcome, d.Result, d.Ended = today.AddDays(-9), dispute.Withdrawn, dispute.None, today
		}), nil},
		{"what the outcome asks is missing once its day is over", dispute1(func(d *dispute.Dispute) {
			d.End = dispute.End{Outcome: dispute.Binding, Result: dispute.ForClient, Ended: today.AddDays(-20), PerformBy: today.AddDays(-1)}
		}), []string{"bfd:55:1:o Uitvoering van de uitkomst"}},
		{"why the advice is not followed", dispute1(func(d *dispute.Dispute) {
			d.End = dispute.End{Outcome: dispute.Advice, Result: dispute.ForClient, Ended: today, Follows: new(false)}
		}), []string{"bfd:55:1:o Waarom het advies niet is gevolgd"}},
		{"of a body where the firm is affiliated all that nobody found out", body(func(*dispute.Body) {}), []string{
			"bfd:53:1 Erkenning door de minister", "bfd:55:1 Reglement, onderdelen a tot en met p", "bfd:54:1 Onderzoek naar het orgaan", "bfd:54:2:a Leden en hun onafhankelijkheid",
			"bfd:56 Of de kosten de weg niet versperren", "bfd:57 Of de behandeling niet te lang duurt",
		}},
		{"of one that the firm left nothing", body(func(b *dispute.Body) { b.Left = today.AddDays(-1) }), nil},
		{"a statement that should have been seen", body(func(b *dispute.Body) {
			b.Left = today.AddDays(30)
			b.Applied, b.Ruling = today.AddDays(-900), &dispute.Ruling{Granted: new(true), Day: today.AddDays(-800), Minister: "minister_of_finance"}
			b.Reading, b.Organ, b.Weighing = &dispute.Reading{Day: today}, &dispute.Organ{Day: today}, &dispute.Weighing{Day: today, FeeFine: new(true), TermFine: new(true)}
			b.Members = []dispute.Member{{Name: "Mr. Lid", Office: today, Function: "none"}}
		}), []string{"bfd:53:4 Opgave aan de minister over 2023"}},
		{"a root cause of today waits for what is decided", cause1(func(*cause.Cause) {}), nil},
		{"of one of long ago it is missing", cause1(func(c *cause.Cause) { c.Case.Received = today.AddDays(-90) }), []string{"afm:pri:3 Besluit over een maatregel"}},
		{"a measure that was not carried out in time", cause1(func(c *cause.Cause) {
			c.Measures = []cause.Measure{{Measure: incident.Measure{ID: "m", Kind: incident.OnPolicy, What: "Nieuw sjabloon", Due: today.AddDays(-1)}}}
		}), []string{"afm:pri:3 Uitvoering van een maatregel"}},
		{"nor looked at", cause1(func(c *cause.Cause) {
			c.Measures = []cause.Measure{{Measure: incident.Measure{ID: "m", Kind: incident.OnPolicy, What: "Nieuw sjabloon", Due: today, Done: today.AddDays(-99)}, CheckOn: today.AddDays(-1)}}
		}), []string{"afm:pri:3 Oordeel of een maatregel werkt"}},
		{"words that nobody wrote", cause1(func(c *cause.Cause) { c.What = "" }), []string{"afm:pri:3 Wat er misgaat en waaruit dat blijkt"}},
	} {
		if got := lacksOf(c.file); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if strings.Contains(c.file.Title, "rente") || strings.Contains(c.file.Title, "sjabloon") {
			t.Errorf("%s: the title holds what somebody typed: %q", c.name, c.file.Title)
		}
	}
}

func TestAGuestReadsDisputesBodiesAndCauses(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	ctx := t.Context()
	by, handler := h.person(staff.Compliance, "Toon"), h.person(staff.Handler, "Bea")
	c, d := disputed(t, h, handler)
	found, err := h.Cause.Find(ctx, handler, "", cause.Finding{Title: "Brief", What: "Het sjabloon.", Sort: complaint.ByPrice, Found: calendar.Of(h.Now())})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Cause.Explain(ctx, handler, casework.Sight{}, found.ID(), c.Case.Number); err != nil {
		t.Fatal(err)
	}
	h.clock.add(time.Hour)
	i, guest := h.inspects(by, func(in *inspection.Opening) {
		in.Kinds = []inspection.Kind{"geschil", "oorzaak", "geschilleninstantie"}
	})
	for kind, want := range map[inspection.Kind]struct{ id, says string }{
		"geschil": {string(d.ID()), "Geschil ingeschreven"}, "oorzaak": {string(found.ID()), "Oorzaak gevonden"}, "geschilleninstantie": {string(d.Body), "Instantie ingeschreven"},
	} {
		leaf, err := h.Inspection.Files(ctx, guest, i.ID, inspection.Look{Kind: kind, Most: 50, Newest: true})
		if err != nil || len(leaf.Files) != 1 || leaf.Files[0].ID != want.id {
			t.Fatalf("%s: %+v %v", kind, leaf.Files, err)
		}
		r, err := h.Inspection.Read(ctx, guest, i.ID, leaf.Files[0].Ref)
		if err != nil || !r.Evidence.Green() || len(r.Evidence.Facts) == 0 || r.Evidence.Facts[0].Title != want.says {
			t.Errorf("%s: %+v %v", kind, r.Evidence, err)
		}
	}
	if deeds, err := h.Inspection.Deeds(ctx, inspection.Reader{Actor: by, All: true}, i.ID); err != nil || len(deeds) != 4 {
		t.Errorf("%d readings and an opening, want 4: %v", len(deeds), err)
	}
	if _, err := h.Inspection.Read(ctx, guest, i.ID, inspection.Ref{Kind: "klacht", ID: string(c.ID())}); err == nil {
		t.Error("the complaint, of a kind that was not opened, is read")
	}
}

func TestEveryFactAboutAFileIsNamedInDutch(t *testing.T) {
	for _, k := range kinds(t) {
		room, _, _ := strings.Cut(k, ".")
		if slices.Contains([]string{"complaint", "advice", "incident", "integrity", "lending", "dispute", "cause", "casework"}, room) && happened(k) == k {
			t.Errorf("%s has no words", k)
		}
	}
}
