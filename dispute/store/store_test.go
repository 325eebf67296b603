package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/dispute/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A room is the service on a store, with the facts it wrote.
type room struct {
	*dispute.Service
	t     *testing.T
	by    ident.Actor
	today calendar.Date
	facts []journal.Fact
	cases *caseworkstore.Store
}

func each(t *testing.T, fn func(t *testing.T, r *room)) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		r := &room{t: t, by: ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}, today: calendar.MustParse("2026-03-02")}
		r.cases = &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { r.facts = append(r.facts, f); return nil }}
		now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
		r.Service = &dispute.Service{Store: &store.Store{DB: db, Casework: r.cases.In}, Now: now, NewID: newID, Casework: &casework.Service{
			Store: r.cases, Now: now, NewID: newID,
			Kinds:   []casework.About{{Kind: dispute.BodyKind, Prefix: "GI"}, {Kind: dispute.Kind, Prefix: "GS"}, {Kind: complaint.Kind, Prefix: "K"}},
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		}}
		fn(t, r)
	})
}

func reasons(err error) (at []string) {
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			at = append(at, d.Pointer+" "+d.Reason)
		}
	}
	return at
}

// refuses holds that this was refused with these faults and nothing else, and that
// nothing was recorded.
func (r *room) refuses(says string, err error, want ...string) {
	r.t.Helper()
	if got := reasons(err); !slices.Equal(got, want) {
		r.t.Errorf("%s: got %q (%v), want %q", says, got, err, want)
	}
}

func (r *room) dues(id casework.ID) (all []string) {
	r.t.Helper()
	f, err := r.Casework.File(r.t.Context(), r.by.Firm, id)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, d := range f.Dues {
		all = append(all, d.Code+" "+d.Day.String())
	}
	return all
}

func must[T any](r *room) func(T, error) T {
	return func(v T, err error) T {
		r.t.Helper()
		if err != nil {
			r.t.Fatal(err)
		}
		return v
	}
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

func topics(where string) map[string]dispute.Topic {
	all := map[string]dispute.Topic{}
	for _, l := range dispute.Letters {
		all[string(l)] = dispute.Topic{Held: dispute.Found, Where: where}
	}
	return all
}

func organ() dispute.Organ {
	return dispute.Organ{
		Day: day("2026-03-01"), Evidence: "Statuten.", Independent: new(true), Expert: new(true), Lawyer: new(true), Written: new(true), Outcomes: []string{"non_binding", "binding"}, Consent: new(true), FilingFee: "50", Months: "9",
		Other: new(false), Code: new(false),
	}
}

func TestABodyFromApplicationToWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, sure := t.Context(), must[dispute.Body](r)
		b := sure(r.Register(ctx, r.by, "", dispute.Entry{Name: "Loket Geschillen", Joined: day("2025-01-01")}))
		id, saw := b.ID(), func() int64 { return b.Case.Revision }
		_, err := r.Register(ctx, r.by, "", dispute.Entry{Site: "ftp://x", Joined: day("2027-01-01"), Left: day("2026-01-01")})
		r.refuses("an entry tells all that is wrong", err, "/name missing", "/left before", "/site address", "/joined future")
		_, err = r.Rule(ctx, r.by, id, saw(), dispute.Ruling{Granted: new(true), Day: r.today, Minister: "minister_of_finance"})
		r.refuses("no decision without an application", err, "/decided not-asked")
		_, err = r.State(ctx, r.by, id, saw(), dispute.Statement{Year: 2025, Sent: r.today, Reference: "Jaarverslag"})
		r.refuses("no statement of who is not recognised", err, "/year not-recognised")
		first := dispute.Body{Ruling: &dispute.Ruling{Day: day("2024-12-31")}, Statements: []dispute.Statement{{Year: 2024, Sent: day("2025-01-01"), Firms: true, Nature: true, Results: true}}}
		if first.NextStatement() != 2025 {
			t.Errorf("after that of its first day comes %d", first.NextStatement())
		}

		b = sure(r.Apply(ctx, r.by, id, saw(), day("2025-10-31")))
		if got := r.dues(id); !slices.Equal(got, []string{"besluit 2026-02-28"}) {
			t.Errorf("four months after the application: %q", got)
		}
		_, err = r.Extend(ctx, r.by, id, saw(), day("2026-03-01"))
		r.refuses("a term that is over cannot be extended", err, "/extended over")
		b = sure(r.Extend(ctx, r.by, id, saw(), day("2026-02-20")))
		b = sure(r.Extend(ctx, r.by, id, saw(), day("2026-02-21")))
		if got := r.dues(id); !slices.Equal(got, []string{"besluit 2026-06-30"}) {
			t.Errorf("and twice two: %q", got)
		}
		_, err = r.Extend(ctx, r.by, id, saw(), day("2026-02-22"))
		r.refuses("not three times", err, "/extended extended_too_often")

		_, err = r.Rule(ctx, r.by, id, saw(), dispute.Ruling{Day: day("2025-01-01"), Minister: "king", Gazette: "12"})
		r.refuses("a decision tells all that is wrong", err, "/decided before", "/announced missing", "/granted missing", "/minister missing")
		b = sure(r.Rule(ctx, r.by, id, saw(), dispute.Ruling{Granted: new(true), Day: day("2026-02-25"), Minister: "minister_of_finance"}))
		if b.State() != dispute.Recognised || !b.Unannounced() {
			t.Errorf("it is %s, announced %t", b.State(), !b.Unannounced())
		}
		_, err = r.Announce(ctx, r.by, id, saw(), day("2026-02-24"), "van 111222333")
		r.refuses("no announcement before the decision", err, "/gazette bsn", "/announced before")
		b = sure(r.Announce(ctx, r.by, id, saw(), day("2026-02-27"), "2026, 41"))
		if b.Unannounced() || b.Ruling.Gazette != "2026, 41" || r.facts[len(r.facts)-1].Kind != dispute.KindRuled {
			t.Errorf("announced as %+v", b.Ruling)
		}
		_, err = r.Announce(ctx, r.by, id, saw(), r.today, "")
		r.refuses("once is enough", err, "/announced announced")
		if got := r.dues(id); !slices.Equal(got, []string{"opgave:2026 2027-06-30"}) {
			t.Errorf("the statement of its first year: %q", got)
		}
		b = sure(r.State(ctx, r.by, id, saw(), dispute.Statement{Year: 2026, Sent: r.today, Firms: true, Filed: 3, Handled: 2, Nature: true, Results: true, Reference: "Jaarverslag"}))
		if got := r.dues(id); !slices.Equal(got, []string{"opgave:2026 2027-06-30"}) {
			t.Errorf("a statement of a year that is not over is none: %q", got)
		}
		b = sure(r.Condition(ctx, r.by, id, saw(), dispute.Condition{Day: r.today, Text: "Publiceer de uitspraken."}))
		b = sure(r.Condition(ctx, r.by, id, saw(), dispute.Condition{ID: b.Conditions[0].ID, Met: new(false)}))
		if c := b.Conditions; len(c) != 1 || c[0].Met == nil || *c[0].Met {
			t.Errorf("the condition stands as %+v", c)
		}
		_, err = r.Condition(ctx, r.by, id, saw(), dispute.Condition{ID: newID(), Day: r.today, Text: "Iets anders."})
		r.refuses("a condition that is not there is no new one", err, "/condition unknown-condition", "/met missing")
		_, err = r.Revoke(ctx, r.by, id, saw(), dispute.Withdrawal{Ground: "a complaint"})
		r.refuses("there are no other grounds", err, "/withdrawn missing", "/ground missing")
		before := saw()
		b = sure(r.Revoke(ctx, r.by, id, saw(), dispute.Withdrawal{Day: r.today, Ground: dispute.ConditionOff}))
		if got := r.dues(id); b.State() != dispute.Revoked || len(got) != 0 {
			t.Errorf("it is %s, due %q", b.State(), got)
		}
		b = sure(r.Announce(ctx, r.by, id, saw(), r.today, ""))
		if b.Unannounced() || b.Withdrawn.Announced != r.today {
			t.Errorf("the withdrawal was announced as %+v", b.Withdrawn)
		}
		if _, err := r.Apply(ctx, r.by, id, saw(), r.today); !fault.Has(err, "recognition-withdrawn") {
			t.Errorf("nothing is added after it: %v", err)
		}
		if _, err := r.Apply(ctx, r.by, id, before, r.today); !fault.Has(err, "case-changed") {
			t.Errorf("who saw an older revision is told: %v", err)
		}
	})
}

func TestWhatWasFoundOfABody(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, sure := t.Context(), must[dispute.Body](r)
		b := sure(r.Register(ctx, r.by, "", dispute.Entry{Name: "Loket Geschillen"}))
		id, saw := b.ID(), func() int64 { return b.Case.Revision }
		early := dispute.Body{Members: []dispute.Member{{Office: r.today, Function: "trade association"}}}
		if v := early.Verdict(); v.Compliant == nil || *v.Compliant {
			t.Error("a member who is not independent is held against the body before anybody looked at the organ")
		}
		all := topics("artikel 4")
		all["a"], all["d"], all["f"] = dispute.Topic{}, dispute.Topic{Held: dispute.NotOffered}, dispute.Topic{Held: dispute.Found}
		_, err := r.Read(ctx, r.by, id, saw(), dispute.Reading{Day: r.today, Version: "2026", Topics: all})
		r.refuses("each letter asks for its own, and only c and p may be left out", err, "/topics/a missing", "/topics/d missing", "/topics/f/where missing")
		all = topics("artikel 4")
		all["p"] = dispute.Topic{Held: dispute.NotOffered}
		b = sure(r.Read(ctx, r.by, id, saw(), dispute.Reading{Day: r.today, Version: "2026", Topics: all}))
		bad := organ()
		bad.Consent, bad.FilingFee, bad.Code, bad.Evidence, bad.Outcomes = nil, "veel", new(true), "Van lid 111222333.", []string{"binding", "dobbelen"}
		_, err = r.Look(ctx, r.by, id, saw(), bad)
		r.refuses("what belongs to another answer is asked, and no BSN is kept", err, "/evidence bsn", "/outcomes unknown-value", "/consent missing", "/signed missing", "/filing_fee number")
		b = sure(r.Look(ctx, r.by, id, saw(), organ()))
		if got := b.Missing(); !slices.Equal(got, []string{"56", "57"}) {
			t.Errorf("missing %v", got)
		}
		b = sure(r.Weigh(ctx, r.by, id, saw(), dispute.Weighing{FeeFine: new(true), TermFine: new(true), Why: "Laag en kort."}))
		_, err = r.Seat(ctx, r.by, id, saw(), dispute.Member{Office: day("2027-01-01")})
		r.refuses("a member tells all that is wrong", err, "/member missing", "/office future", "/evidence missing", "/function missing")
		b = sure(r.Seat(ctx, r.by, id, saw(), dispute.Member{Name: "Mr. X. Yperen", Chair: true, Office: day("2025-06-01"), LastWorked: day("2024-06-01"), Function: "judge", Evidence: "Opgave."}))
		again, err := r.Body(ctx, r.by.Firm, id)
		if err != nil {
			t.Fatal(err)
		}
		if again.Organ.FilingFee != "50" || again.Members[0].Independent().Independent || again.Verdict().Compliant == nil {
			t.Errorf("kept as %+v, members %+v", again.Organ, again.Members)
		}
		m := b.Members[0]
		m.LastWorked, m.Evidence = day("2024-05-31"), "Nieuwe opgave."
		b = sure(r.Seat(ctx, r.by, id, saw(), m))
		if len(b.Members) != 1 || !b.Members[0].Independent().Independent {
			t.Errorf("the last working day lay before the free year, by a day: %+v", b.Members)
		}
		m.Function = "trade association"
		b = sure(r.Seat(ctx, r.by, id, saw(), m))
		if len(b.Members) != 1 || b.Members[0].Independent().Independent {
			t.Errorf("a function in the branch, taken later: %+v", b.Members)
		}
		b = sure(r.Unseat(ctx, r.by, id, saw(), m.ID, r.today))
		_, err = r.Seat(ctx, r.by, id, saw(), m)
		r.refuses("who left does nothing new", err, "/member_id missing")
		if b.Verdict().Compliant != nil {
			t.Error("who left makes nobody dependent")
		}
		for _, f := range r.facts {
			if strings.Contains(string(f.Payload), "Yperen") {
				t.Errorf("fact %s names a member: %s", f.Kind, f.Payload)
			}
		}
	})
}

func TestADisputeFromFilingToPerforming(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, sure := t.Context(), must[dispute.Dispute](r)
		body := must[dispute.Body](r)(r.Register(ctx, r.by, "", dispute.Entry{Name: "Loket Geschillen"}))
		in := dispute.Filing{Detail: dispute.Detail{Complainant: "B. van Zon", Complaint: "K-2026-0009"}, Body: body.ID(), How: dispute.Brought, Filed: day("2026-02-01"), About: "De boeterente.", AnswerBy: day("2026-03-20"), Key: "sleutel-1"}
		_, err := r.File(ctx, r.by, "", in)
		r.refuses("a body where the firm is not affiliated, and a complaint that is not there", err, "/body not-affiliated", "/complaint unknown-complaint")
		_, err = r.File(ctx, r.by, "", dispute.Filing{AnswerBy: day("2026-01-01"), Filed: day("2026-02-01")})
		r.refuses("a filing tells all that is wrong", err, "/about missing", "/answerBy before", "/how missing", "/body unknown-body")
		body = must[dispute.Body](r)(r.Describe(ctx, r.by, body.ID(), body.Case.Revision, dispute.Entry{Name: "Loket Geschillen", Joined: day("2025-01-01")}))
		var mine casework.Case
		if err := r.cases.Update(ctx, r.by.Firm, func(tx casework.Tx) (err error) {
			mine, err = r.Casework.Open(tx, casework.Case{Kind: complaint.Kind, Title: "Boeterente", Received: day("2026-01-05"), Product: "hypotheek"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		in.Complaint = mine.Number
		d := sure(r.File(ctx, r.by, "", in))
		if d.ComplaintID != mine.ID || d.Case.Product != "hypotheek" {
			t.Errorf("the complaint was not found: %+v", d)
		}
		if twice := sure(r.File(ctx, r.by, "", in)); twice.ID() != d.ID() {
			t.Error("one key wrote two")
		}
		in.About = "Iets anders."
		if _, err := r.File(ctx, r.by, "", in); !fault.Is(err, fault.Conflict) {
			t.Errorf("the key was used for something else: %v", err)
		}
		id, saw := d.ID(), func() int64 { return d.Case.Revision }
		_, err = r.CorrectFiled(ctx, r.by, id, saw(), r.today.AddDays(1), " ")
		r.refuses("the day on which it began is no day ahead, and asks a reason", err, "/received future", "/why missing")
		_, err = r.CorrectFiled(ctx, r.by, id, saw(), day("2026-02-01"), "Poststempel.")
		r.refuses("it is another day", err, "/received same")
		d = sure(r.CorrectFiled(ctx, r.by, id, saw(), day("2026-01-28"), "Poststempel."))
		if f := r.facts[len(r.facts)-1]; d.Case.Received != day("2026-01-28") || f.Kind != casework.KindReceiptCorrected || !strings.Contains(string(f.Payload), `"was":"2026-02-01"`) {
			t.Errorf("it began on %s; %s %s", d.Case.Received, f.Kind, f.Payload)
		}
		if _, err := r.CorrectFiled(ctx, r.by, id, saw()-1, day("2026-01-29"), "Poststempel."); !fault.Has(err, "case-changed") {
			t.Errorf("with an old page: %v", err)
		}
		d = sure(r.CorrectFiled(ctx, r.by, id, saw(), day("2026-02-01"), "Het was toch februari."))
		if got := r.dues(id); !slices.Equal(got, []string{"reactie 2026-03-20"}) {
			t.Errorf("due %q", got)
		}
		_, err = r.Answer(ctx, r.by, id, saw(), calendar.Date{}, day("2026-04-01"))
		r.refuses("nobody answers tomorrow", err, "/answered future")
		d = sure(r.Answer(ctx, r.by, id, saw(), day("2026-03-20"), r.today.AddDays(-1)))
		_, err = r.CorrectFiled(ctx, r.by, id, saw(), r.today, "Poststempel.")
		r.refuses("it began before it was answered", err, "/received after")
		if got := r.dues(id); len(got) != 0 {
			t.Errorf("due %q", got)
		}
		_, err = r.Conclude(ctx, r.by, id, saw(), dispute.End{Outcome: dispute.Advice, Result: dispute.None, Ended: r.today, Follows: new(false), PerformBy: day("2026-04-01")})
		r.refuses("an advice says for whom, and who does not follow it says why", err, "/result no-result", "/why missing")
		_, err = r.Conclude(ctx, r.by, id, saw(), dispute.End{Outcome: dispute.Binding, Result: dispute.ForClient, Ended: r.today, Follows: new(false)})
		r.refuses("who consented follows", err, "/follows binding")
		_, err = r.Perform(ctx, r.by, id, saw(), r.today)
		r.refuses("nothing is performed before the end", err, "/performed not-over")
		d = sure(r.Conclude(ctx, r.by, id, saw(), dispute.End{Outcome: dispute.Advice, Result: dispute.ForClient, Ended: r.today, Amount: 125_00, Follows: new(true), PerformBy: day("2026-04-01")}))
		if got := r.dues(id); !slices.Equal(got, []string{"uitvoeren 2026-04-01"}) || !d.Case.Open() {
			t.Errorf("due %q, open %t", got, d.Case.Open())
		}
		d = sure(r.Perform(ctx, r.by, id, saw(), r.today))
		if got := r.dues(id); len(got) != 0 || d.Case.Open() {
			t.Errorf("due %q, open %t", got, d.Case.Open())
		}
		if _, err := r.Perform(ctx, r.by, id, saw(), r.today); !fault.Has(err, "dispute-over") {
			t.Errorf("got %v", err)
		}
		sent := sure(r.File(ctx, r.by, "", dispute.Filing{Body: body.ID(), How: dispute.Forwarded, Filed: r.today, About: "Eerst zelf behandelen."}))
		_, err = r.Complete(ctx, r.by, sent.ID(), sent.Case.Revision, dispute.Detail{Reference: "111222333", Complaint: "K-1999-0001"})
		r.refuses("what is filled in later is looked at too", err, "/reference bsn", "/complaint unknown-complaint")
		sent = sure(r.Complete(ctx, r.by, sent.ID(), sent.Case.Revision, dispute.Detail{Reference: "2026-17", Complaint: strings.ToLower(mine.Number), Complainant: "B. van Zon"}))
		if sent.ComplaintID != mine.ID || sent.Complaint != mine.Number || sent.Reference != "2026-17" || sent.Case.Received != r.today {
			t.Errorf("completed as %+v", sent)
		}
		if found, _, err := r.Disputes(ctx, r.by.Firm, casework.Filter{Limit: 10}.Search("2026-17")); err != nil || len(found) != 1 {
			t.Errorf("its reference finds %d (%v)", len(found), err)
		}
		for _, c := range []struct {
			facets casework.Facets
			want   int
		}{
			{nil, 2},
			{casework.Facets{dispute.FacetHow: string(dispute.Forwarded)}, 1},
			{casework.Facets{dispute.FacetOutcome: string(dispute.Advice)}, 1},
			{casework.Facets{dispute.FacetBody: newID()}, 0},
		} {
			list, _, err := r.Disputes(ctx, r.by.Firm, casework.Filter{Facets: c.facets, Limit: 10})
			if err != nil || len(list) != c.want {
				t.Errorf("%v: %d listed (%v), want %d", c.facets, len(list), err, c.want)
			}
		}
		f, err := r.Body(ctx, r.by.Firm, body.ID())
		if n := f.Figures; err != nil || n.Open != 1 || n.Ended != 1 || n.Days != 29 || n.Results[dispute.ForClient] != 1 {
			t.Errorf("figures %+v (%v)", n, err)
		}
		stranger := ident.Firm(newID())
		if _, err := r.Dispute(ctx, stranger, id); !fault.Has(err, "unknown-case") {
			t.Errorf("another firm reads it: %v", err)
		}
		if _, err := r.Body(ctx, stranger, body.ID()); !fault.Has(err, "unknown-case") {
			t.Errorf("another firm reads it: %v", err)
		}
		for _, f := range r.facts {
			if strings.Contains(string(f.Payload), "van Zon") || strings.Contains(string(f.Payload), "boeterente") {
				t.Errorf("fact %s names somebody or holds words: %s", f.Kind, f.Payload)
			}
		}
	})
}
