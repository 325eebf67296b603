package app

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// program is a program of the house's firm with these scopes.
func (c *crew) program(scopes ...staff.Scope) *clerk {
	c.t.Helper()
	_, secret, err := c.Staff.AddToken(c.t.Context(), staff.Token{Firm: c.firm, Name: "Werkverdeler", Scopes: scopes})
	if err != nil {
		c.t.Fatal(err)
	}
	return &clerk{newVisitor(c.o.base).as(secret), c.t, 0}
}

// asBulk is what the API says of cases that are changed together.
type asBulk struct {
	Changed, Left int
	Cases         []struct {
		ID, Number, Title string
		Revision          int64
		Was, Is           *struct{ Handler, Team string }
		Adds              []string
		LeftAlone         *struct{ Code, Detail string }
	}
}

// codes says of each case why it is left alone, "" where it changes.
func (b asBulk) codes() (all []string) {
	for _, c := range b.Cases {
		code := ""
		if c.LeftAlone != nil {
			code = c.LeftAlone.Code
		}
		all = append(all, code)
	}
	return all
}

// chosen are cases as a program names them, each with the revision that it saw.
func (b asBulk) chosen() string {
	var all []string
	for _, c := range b.Cases {
		all = append(all, fmt.Sprintf(`{"id":%q,"revision":%d}`, c.ID, max(c.Revision, 1)))
	}
	return strings.Join(all, ",")
}

func pointersOf(t *testing.T, h *heard) (all []string) {
	t.Helper()
	var said struct {
		Errors []struct{ Pointer, Code string }
	}
	h.reads(t, &said)
	for _, e := range said.Errors {
		all = append(all, e.Pointer+" "+e.Code)
	}
	slices.Sort(all)
	return all
}

// TestProgramsChangeCasesTogether: after a preview that keeps nothing; what changed in
// between, what the token may not see or do, and what is for few stays as it is and is
// named. Asked twice it is done once.
func TestProgramsChangeCasesTogether(t *testing.T) {
	c := newCrew(t)
	const look, do = "/v1/zaakbewerkingscontroles", "/v1/zaakbewerkingen"
	p := c.program(staff.ReadCases, staff.WriteCases, staff.WriteComplaints, staff.ReadIncidents)
	day := calendar.Of(c.Now()).AddDays(7)
	all := fmt.Sprintf(`{"id":%q},{"id":%q},{"id":%q},{"id":%q}`, c.complaint, c.other, c.secret, noCase)
	asked := fmt.Sprintf(`"handler":%q,"team":"Nazorg","task":{"title":"Bel de klant terug","day":%q},"note":"Besproken."}`, c.two, day)

	var seen asBulk
	sure(t)(p.command(look, "proef-zonder-betekenis", `{"cases":[`+all+`],`+asked)).mustBe(t, http.StatusOK).reads(t, &seen)
	if seen.Changed != 2 || seen.Left != 2 || !slices.Equal(seen.codes(), []string{"", "", "not-allowed", "unknown-case"}) || seen.Cases[0].Is.Handler != c.two || seen.Cases[0].Title == "" || !slices.Equal(seen.Cases[0].Adds, []string{"taak", "notitie"}) {
		t.Errorf("the preview: %+v", seen)
	}
	if f, err := c.Casework.File(t.Context(), c.firm, c.complaint); err != nil || f.Handler == c.two || len(f.Notes) != 0 {
		t.Errorf("a preview kept %+v (%v)", f.Case, err)
	}
	if seen.Cases[2].Title != "" || seen.Cases[2].Number != "" {
		t.Error("the preview tells of a case on which the program may not work")
	}
	if err := c.Complaint.Note(t.Context(), c.by(c.one), c.complaint, casework.Note{Way: casework.Internal, Text: "Een notitie verandert de zaak niet."}); err != nil {
		t.Fatal(err)
	}
	if err := c.Casework.Give(t.Context(), c.by(c.one), c.other, seen.Cases[1].Revision, "", "Eerder"); err != nil {
		t.Fatal(err)
	}
	var done asBulk
	p.does(do, `{"cases":[`+seen.chosen()+`],`+asked, http.StatusCreated, &done)
	if done.Changed != 1 || !slices.Equal(done.codes(), []string{"", "case-changed", "not-allowed", "unknown-case"}) || done.Cases[0].Revision != seen.Cases[0].Revision+1 || done.Cases[0].Is.Team != "Nazorg" {
		t.Errorf("done: %+v", done)
	}
	f, err := c.Casework.File(t.Context(), c.firm, c.complaint)
	if err != nil || f.Handler != c.two || len(f.Notes) != 2 || !slices.ContainsFunc(f.Dues, func(d casework.Due) bool { return d.Title == "Bel de klant terug" && d.Day == day }) {
		t.Errorf("kept %+v (%v)", f, err)
	}
	var one struct {
		Handler, Path string
		Dues          []struct{ Title string }
	}
	sure(t)(p.get("/v1/zaken/"+string(c.complaint))).mustBe(t, http.StatusOK).reads(t, &one)
	if one.Handler != c.two || one.Path != "/v1/klachten/"+string(c.complaint) || len(one.Dues) != len(f.Dues) {
		t.Errorf("read back: %+v", one)
	}

	t.Run("all that is wrong is told at once", func(t *testing.T) {
		for body, want := range map[string][]string{
			`{"cases":[],"team":"` + strings.Repeat("t", 90) + `","handler":"` + noCase + `","note":"Van 111222333","task":{"title":"","day":"ooit"}}`: {"/cases count", "/handler unknown-account", "/note bsn", "/task/day format", "/task/title missing", "/team too-long"},
			fmt.Sprintf(`{"cases":[{"id":%q,"revision":1},{"id":%q},{"id":"iets","revision":0}]}`, noCase, noCase):                                     {"/cases/1/id twice", "/cases/1/revision missing", "/cases/2/id format", "/cases/2/revision invalid-value", "/handler missing"},
			`{"cases":[` + strings.TrimSuffix(strings.Repeat(`{"id":"`+noCase+`","revision":1},`, 201), ",") + `],"note":"x"}`:                         nil,
			`{"cases":"alle","notitie":"x","task":{"title":3,"day":"2020-01-01"}}`:                                                                     {"/cases wrong-type", "/notitie unknown-field", "/task/day past", "/task/title wrong-type"},
		} {
			h := sure(t)(p.command(do, "fout-"+ident.HashOf([]byte(body)).String()[:20], body)).mustBe(t, http.StatusBadRequest)
			if got := pointersOf(t, h); want != nil && !slices.Equal(got, want) || want == nil && !slices.Contains(got, "/cases count") {
				t.Errorf("%.80s: %q, want %q", body, got, want)
			}
		}
		sure(t)(p.command(do, "opdracht-1", `{"cases":[`+seen.chosen()+`],"note":"anders"}`)).mustBe(t, http.StatusConflict) // the key is of another request
	})
	t.Run("an incident goes to its circle only, and to read it is a fact", func(t *testing.T) {
		p := c.program(staff.ReadCases, staff.WriteCases, staff.WriteIncidents)
		var said asBulk
		sure(t)(p.command(look, "kring-0001", fmt.Sprintf(`{"cases":[{"id":%q},{"id":%q}],"handler":%q}`, c.secret, c.complaint, c.two))).mustBe(t, http.StatusOK).reads(t, &said)
		if !slices.Equal(said.codes(), []string{"handler-barred", "unknown-case"}) {
			t.Errorf("%+v", said)
		}
		opened := func() (n int) {
			facts, err := c.factsAbout(t.Context(), c.firm, string(c.secret))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range facts {
				if strings.HasPrefix(f.Kind, "incident.opened/") {
					n++
				}
			}
			return n
		}
		before := opened()
		sure(t)(p.get("/v1/zaken/"+string(c.secret))).mustBe(t, http.StatusOK)
		if opened() != before+1 {
			t.Error("nobody hears that the incident was read")
		}
	})
	t.Run("what is not ready stays open, with all that lacks", func(t *testing.T) {
		p := c.program(staff.ReadCases, staff.WriteCases, staff.WriteIncidents, staff.WriteComplaints, staff.WriteCauses)
		by := c.by(c.officer)
		solved, err := c.Cause.Find(t.Context(), by, "", cause.Finding{Title: "Brieven die te laat gaan", What: "Brieven gaan te laat de deur uit.", Sort: complaint.Causes[0], Found: calendar.Of(c.Now())})
		if err == nil {
			solved, err = c.Cause.Decide(t.Context(), by, solved.ID(), solved.Case.Revision, cause.Plan{Kind: incident.NoMeasure, What: "Het gebeurde eenmaal."})
		}
		if err != nil {
			t.Fatal(err)
		}
		ids := fmt.Sprintf(`{"id":%q},{"id":%q},{"id":%q}`, c.secret, c.complaint, solved.ID())
		var seen, done asBulk
		sure(t)(p.command(look, "sluiten-0001", `{"cases":[`+ids+`],"close":true}`)).mustBe(t, http.StatusOK).reads(t, &seen)
		if got := seen.codes(); seen.Changed != 1 || got[0] == "" || got[1] != "closed-by-itself" || got[2] != "" {
			t.Fatalf("%+v", seen)
		}
		if f, err := c.Casework.Case(t.Context(), c.firm, solved.ID()); err != nil || !f.Open() {
			t.Errorf("a preview closed it (%v)", err)
		}
		sure(t)(p.command(do, "sluiten-0002", `{"cases":[`+seen.chosen()+`],"close":true,"note":"x"}`)).mustBe(t, http.StatusBadRequest)
		p.n = 100
		p.does(do, `{"cases":[`+seen.chosen()+`],"close":true}`, http.StatusCreated, &done)
		if f, err := c.Casework.Case(t.Context(), c.firm, solved.ID()); err != nil || f.Open() || done.Changed != 1 || done.Cases[2].Revision != f.Revision {
			t.Errorf("%+v, %+v (%v)", done, f, err)
		}
		page := mainOf(sure(t)(c.desk.post("/werk/zaken/samen", "k", string(c.secret), "sluiten", "ja", "stap", "doen")).mustBe(t, http.StatusOK).body)
		if f, err := c.Casework.Case(t.Context(), c.firm, c.secret); err != nil || !f.Open() || !strings.Contains(page, "niet: ") {
			t.Errorf("an incident that is not ready: %s", page)
		}
	})
	t.Run("a program sees the kinds of its scopes", func(t *testing.T) {
		for scope, want := range map[staff.Scope]int{staff.ReadComplaints: 2, staff.ReadIncidents: 1, staff.ReadAdvice: 0} {
			p := c.program(staff.ReadCases, scope)
			var list struct{ Items []struct{ ID string } }
			sure(t)(p.get("/v1/zaken?state=open")).mustBe(t, http.StatusOK).reads(t, &list)
			if len(list.Items) != want {
				t.Errorf("%s: %d cases, want %d", scope, len(list.Items), want)
			}
			sure(t)(p.command(do, "zonder-recht", `{"cases":[],"note":"x"}`)).mustBe(t, http.StatusForbidden)
			sure(t)(p.get("/v1/zaken/"+noCase)).mustBe(t, http.StatusNotFound)
			if scope == staff.ReadAdvice {
				sure(t)(p.get("/v1/zaken/"+string(c.complaint))).mustBe(t, http.StatusNotFound)
			}
		}
	})
	t.Run("another firm has none of them", func(t *testing.T) {
		other, err := c.Party.AddFirm(t.Context(), "Ander Kantoor", false)
		if err != nil {
			t.Fatal(err)
		}
		_, secret, err := c.Staff.AddToken(t.Context(), staff.Token{Firm: other.ID, Name: "Werkverdeler", Scopes: staff.Scopes})
		if err != nil {
			t.Fatal(err)
		}
		var said asBulk
		v := newVisitor(c.o.base).as(secret)
		sure(t)(v.command(do, "vreemde-zaak", `{"cases":[`+seen.chosen()+`],"note":"x"}`)).mustBe(t, http.StatusCreated).reads(t, &said)
		if said.Changed != 0 || !slices.Equal(said.codes(), slices.Repeat([]string{"unknown-case"}, 4)) {
			t.Errorf("%+v", said)
		}
		sure(t)(v.get("/v1/zaken/"+string(c.complaint))).mustBe(t, http.StatusNotFound)
	})
}

// workOnACase does to a case what all cases share.
func workOnACase(t *testing.T, h *house) {
	t.Helper()
	ctx := t.Context()
	a, _, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Collega", Email: "collega@kantoor.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by, today := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: a.ID}, calendar.Of(h.Now())
	c, err := h.Complaint.Receive(ctx, by, complaint.Intake{
		Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "De rente klopt niet.", From: complaint.Person{Name: "A. Jansen", Address: "Kade 1", Town: "Ons Dorp"},
	})
	if err != nil {
		t.Fatal(err)
	}
	code := ""
	for n, step := range []func() error{
		func() error {
			_, _, err := h.Casework.Joint(ctx, by, casework.Chosen{ID: c.ID(), Saw: 1}, casework.Joint{Team: "Nazorg", Note: "Besproken.", Task: casework.Task{Title: "Bel", Day: today}}, false, casework.Request{})
			return err
		},
		func() error {
			return h.Casework.Attach(ctx, by, c.ID(), casework.Document{Name: "brief.txt", Way: casework.Letter}, []byte("Geachte heer"))
		},
		func() error {
			f, err := h.Casework.File(ctx, h.firm, c.ID())
			if err != nil {
				return err
			}
			i := slices.IndexFunc(f.Dues, casework.Due.Task)
			if i < 0 {
				return fmt.Errorf("no task in %+v", f.Dues)
			}
			code = f.Dues[i].Code
			return h.Casework.HandOver(ctx, by, c.ID(), code, a.ID)
		},
		func() error { return h.Casework.EndTask(ctx, by, c.ID(), code) },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
	}
}

// TestABulkStepIsToldAsASingleOne: the events of a case do not depend on how many were
// changed with it.
func TestABulkStepIsToldAsASingleOne(t *testing.T) {
	h := webhooked(t, sqldb.SQLite)
	r := newReceiver(t, nil)
	h.subscribe(t, r.URL)
	workOnACase(t, h)
	works(t, h.App)
	var got []string
	for _, l := range r.waits(t, 7) {
		got = append(got, strings.TrimPrefix(l.event["type"].(string), "nl.zorgplicht."))
	}
	for _, want := range []string{"klacht.ontvangen", "zaak.toegewezen", "zaak.taak-gezet", "zaak.notitie-geschreven", "zaak.document-gelegd", "zaak.overgedragen"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not told: %q", want, got)
		}
	}
}
