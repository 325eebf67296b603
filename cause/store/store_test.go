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
	"zorgplicht/cause"
	"zorgplicht/cause/store"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

const colleague = "0192a000-0000-7000-8000-00000000000a"

// A room is the service on a store, with the facts it wrote and a clock that stands.
type room struct {
	*cause.Service
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
		now := func() time.Time { return r.today.Start().Add(9 * time.Hour) }
		r.Service = &cause.Service{Store: &store.Store{DB: db, Casework: r.cases.In}, Now: now, NewID: newID, Casework: &casework.Service{
			Store: r.cases, Now: now, NewID: newID,
			Kinds:   []casework.About{{Kind: cause.Kind, Prefix: "O"}, {Kind: complaint.Kind, Prefix: "K"}, {Kind: incident.Kind, Prefix: "I"}},
			Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id == colleague, nil },
		}}
		fn(t, r)
	})
}

// came opens a case of a kind that came in on a day.
func (r *room) came(kind casework.Kind, on calendar.Date) (c casework.Case) {
	r.t.Helper()
	if err := r.cases.Update(r.t.Context(), r.by.Firm, func(tx casework.Tx) (err error) {
		c, err = r.Casework.Open(tx, casework.Case{Kind: kind, Title: "De rente klopt niet", Received: on})
		return err
	}); err != nil {
		r.t.Fatal(err)
	}
	return c
}

func (r *room) found() cause.Cause {
	r.t.Helper()
	c, err := r.Find(r.t.Context(), r.by, "", cause.Finding{Title: "Brief noemt één periode", What: "Het sjabloon laat de andere weg.", Sort: complaint.ByInformation, Found: r.today})
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// must returns what was done, or ends the test.
func (r *room) must(c cause.Cause, err error) cause.Cause {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// refuses holds that this was refused with these faults, in any order.
func (r *room) refuses(says string, err error, want ...string) {
	r.t.Helper()
	var got []string
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			got = append(got, d.Pointer+" "+d.Reason)
		}
	}
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
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
		code, _, _ := strings.Cut(d.Code, ":")
		all = append(all, code+" "+d.Day.String()+" "+d.For)
	}
	return all
}

func (r *room) expect(says string, id casework.ID, want ...string) {
	r.t.Helper()
	if got := r.dues(id); !slices.Equal(got, want) {
		r.t.Errorf("%s: due %q, want %q", says, got, want)
	}
}

func TestFromCauseToMeasureToWhetherItWorked(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, start := t.Context(), r.today
		for n := range 6 {
			r.came(complaint.Kind, start.AddDays(-n))
		}
		c := r.found()
		if n, err := r.Explain(ctx, r.by, casework.Sight{}, c.ID(), "K-2026-0001 K-2026-0002, K-2026-0003;\nk-2026-0004"); err != nil || n != 4 {
			t.Fatal(n, err)
		}
		r.expect("a cause that was found asks for a decision", c.ID(), "besluiten 2026-03-30 ")
		plan := cause.Plan{Kind: incident.OnProcedure, What: "Sjabloon aanpassen", Owner: colleague, Due: start.AddDays(10)}
		c = r.must(r.Decide(ctx, r.by, c.ID(), c.Case.Revision, plan))
		r.expect("a measure is due, by whoever carries it out", c.ID(), "maatregel 2026-03-12 "+colleague)
		r.today = start.AddDays(1)
		c = r.must(r.Done(ctx, r.by, c.ID(), c.Case.Revision, c.Measures[0].ID, r.today, start.AddDays(60)))
		r.expect("and then a look at whether it works", c.ID(), "controle 2026-05-01 "+colleague)
		r.today = start.AddDays(60)
		late := r.came(complaint.Kind, start.AddDays(30))
		if _, err := r.Name(ctx, r.by, casework.Sight{}, late.ID, c.ID()); err != nil {
			t.Fatal(err)
		}
		c = r.must(r.Check(ctx, r.by, c.ID(), c.Case.Revision, c.Measures[0].ID, incident.Finding{Effect: incident.WorksPart, Found: "Er kwam nog een klacht."}))
		if got := *c.Measures[0].Counted; got != (cause.Effect{Days: 59, Before: 4, After: 1}) {
			t.Errorf("counted %+v", got)
		}
		r.expect("what works in part asks for a new measure", c.ID(), "besluiten 2026-05-29 ")
		_, err := r.Conclude(ctx, r.by, c.ID(), c.Case.Revision)
		r.refuses("and is no end", err, "/end not-solved")
		c = r.must(r.Decide(ctx, r.by, c.ID(), c.Case.Revision, plan))
		c = r.must(r.Done(ctx, r.by, c.ID(), c.Case.Revision, c.Measures[1].ID, r.today, r.today.AddDays(30)))
		c = r.must(r.Check(ctx, r.by, c.ID(), c.Case.Revision, c.Measures[1].ID, incident.Finding{Effect: incident.Works, Found: "Geen klachten meer."}))
		c = r.must(r.Conclude(ctx, r.by, c.ID(), c.Case.Revision))
		r.expect("what was ended asks nothing", c.ID())
		if _, err := r.Conclude(ctx, r.by, c.ID(), c.Case.Revision); !fault.Has(err, "cause-ended") {
			t.Errorf("ended twice: %v", err)
		}
		_, err = r.Name(ctx, r.by, casework.Sight{}, late.ID, c.ID())
		if err != nil {
			r.refuses("a cause that was ended explains nothing new", err, "/root ended")
		}
		c = r.must(r.Reopen(ctx, r.by, c.ID(), c.Case.Revision, "Het begint opnieuw."))
		if !c.Case.Open() || c.State() != cause.Solved {
			t.Errorf("reopened: %v %s", c.Case.Closed, c.State())
		}
		kinds := map[string]int{}
		for _, f := range r.facts {
			kinds[f.Kind]++
		}
		for kind, want := range map[string]int{
			cause.KindFound: 1, casework.KindRooted: 5, cause.KindMeasureSet: 2, cause.KindMeasureDone: 2, cause.KindMeasureChecked: 2, cause.KindConcluded: 1, cause.KindReopened: 1,
		} {
			if kinds[kind] != want {
				t.Errorf("%d facts %s, want %d", kinds[kind], kind, want)
			}
		}
	})
}

func TestNothingWrongIsKept(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		_, err := r.Find(ctx, r.by, "", cause.Finding{Sort: "weer", Found: r.today.AddDays(1)})
		r.refuses("a cause", err, "/title missing", "/what missing", "/sort missing", "/found future")
		_, err = r.Find(ctx, r.by, "", cause.Finding{Title: "Klant 123456782", What: "x", Sort: complaint.ByOther, Found: r.today})
		r.refuses("a citizen service number", err, "/title bsn")
		c := r.found()
		id, saw := c.ID(), c.Case.Revision
		_, err = r.Decide(ctx, r.by, id, saw, cause.Plan{})
		r.refuses("a measure", err, "/kind missing", "/measure_what missing", "/owner missing", "/due missing")
		_, err = r.Decide(ctx, r.by, id, saw, cause.Plan{Kind: incident.OnPolicy, What: "x", Owner: "niemand", Due: r.today.AddDays(-1)})
		r.refuses("a stranger, before it was found", err, "/due before", "/owner unknown-account")
		_, err = r.Done(ctx, r.by, id, saw, "geen", r.today, r.today)
		r.refuses("a measure that is not there", err, "/measure missing")
		c = r.must(r.Decide(ctx, r.by, id, saw, cause.Plan{Kind: incident.OnPolicy, What: "x", Owner: colleague, Due: r.today}))
		m := c.Measures[0].ID
		_, err = r.Check(ctx, r.by, id, c.Case.Revision, m, incident.Finding{})
		r.refuses("a look before it was done", err, "/checked not-done", "/effect missing", "/found_out missing")
		_, err = r.Done(ctx, r.by, id, c.Case.Revision, m, r.today.AddDays(1), r.today)
		r.refuses("done tomorrow", err, "/done future", "/check_on before")
		if _, err = r.Describe(ctx, r.by, id, saw, cause.Finding{}); !fault.Has(err, "case-changed") {
			t.Errorf("an old revision: %v", err)
		}
		if _, err = r.Reopen(ctx, r.by, id, c.Case.Revision, "x"); !fault.Has(err, "cause-open") {
			t.Errorf("reopened while open: %v", err)
		}
		_, err = r.Explain(ctx, r.by, casework.Sight{}, id, "K-2026-0001 123456782 O-2026-0001")
		r.refuses("cases that are not there", err, "/numbers unknown-case")
		if f := fault.As(err); strings.Contains(f.Details[0].Text, "123456782") {
			t.Errorf("said back: %s", f.Details[0].Text)
		}
		_, err = r.Explain(ctx, r.by, casework.Sight{}, id, " ,")
		r.refuses("no cases", err, "/numbers missing")
	})
}

func TestACauseHasNoSightOfACompartment(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, c := t.Context(), r.found()
		secret, mine := r.came(incident.Kind, r.today), r.came(incident.Kind, r.today)
		sees := casework.Sight{Hidden: []casework.Kind{incident.Kind}, Named: []casework.ID{mine.ID}}
		_, err := r.Explain(ctx, r.by, sees, c.ID(), secret.Number)
		r.refuses("an incident that somebody may not see", err, "/numbers unknown-case")
		if _, err := r.Name(ctx, r.by, sees, secret.ID, c.ID()); !fault.Has(err, "unknown-case") {
			t.Errorf("by its id: %v", err)
		}
		for _, id := range []casework.ID{secret.ID, mine.ID} {
			if _, err := r.Name(ctx, r.by, casework.Sight{}, id, c.ID()); err != nil {
				t.Fatal(err)
			}
		}
		f, err := r.File(ctx, r.by.Firm, c.ID(), sees)
		if err != nil || len(f.Cases) != 1 || f.Cases[0].ID != mine.ID {
			t.Errorf("shown %v, %v", f.Cases, err)
		}
	})
}

func TestWhatARoomSaysOfItsCaseKeepsTheRootCause(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx, c, k := t.Context(), r.found(), r.came(complaint.Kind, r.today)
		for range 2 { // said twice is recorded once
			if _, err := r.Name(ctx, r.by, casework.Sight{}, k.ID, c.ID()); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.cases.Update(ctx, r.by.Firm, func(tx casework.Tx) error { return r.Casework.Mark(tx, k.ID, casework.Facets{"soort": "klacht"}) }); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := r.Behind(ctx, r.by.Firm, k.ID); !ok || got.ID() != c.ID() || err != nil {
			t.Errorf("behind it: %v %v %v", got.ID(), ok, err)
		}
		list, _, err := r.List(ctx, r.by.Firm, casework.Filter{Limit: 9, Facets: casework.Facets{cause.FacetState: string(cause.Undecided)}})
		if err != nil || len(list) != 1 || cause.Complaints(list[0].Tallies, complaint.Kind) != 1 {
			t.Errorf("listed %v, %v", list, err)
		}
		if _, err := r.Name(ctx, r.by, casework.Sight{}, k.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := r.Behind(ctx, r.by.Firm, k.ID); ok || err != nil {
			t.Errorf("taken back: %v %v", ok, err)
		}
		n := 0
		for _, f := range r.facts {
			if f.Kind == casework.KindRooted {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%d facts, want 2", n)
		}
	})
}

func TestAKeyIsUsedOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		in := cause.Finding{Title: "Brief", What: "Zo.", Sort: complaint.ByOther, Found: r.today, Key: newID()}
		one, two := r.must(r.Find(t.Context(), r.by, "", in)), r.must(r.Find(t.Context(), r.by, "", in))
		if one.ID() != two.ID() {
			t.Error("written down twice")
		}
		id := casework.ID(newID())
		in.Key = ""
		one, two = r.must(r.Find(t.Context(), r.by, id, in)), r.must(r.Find(t.Context(), r.by, id, in))
		if one.ID() != id || two.Case.Number != one.Case.Number {
			t.Error("a form that is sent twice writes twice")
		}
	})
}
