package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/incident/store"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A desk is the room on a real store, with a clock that is set by hand.
type desk struct {
	*incident.Service
	firm  ident.Firm
	now   time.Time
	alone bool
	facts []journal.Fact
}

func open(db *sqldb.DB) *desk {
	d := &desk{firm: ident.Firm(newID()), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { d.facts = append(d.facts, f); return nil }}
	now := func() time.Time { return d.now }
	d.Service = &incident.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID,
		OnePerson: func(context.Context, ident.Firm) (bool, error) { return d.alone, nil },
		Casework: &casework.Service{
			Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: incident.Kind, Prefix: "I", Path: "/werk/incidenten"}},
			Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id != "nobody", nil },
		},
	}
	return d
}

func (d *desk) hand(all bool) incident.Hand {
	return incident.Hand{Actor: ident.Actor{Firm: d.firm, Kind: ident.Staff, ID: newID()}, All: all}
}

func (d *desk) kinds(kind string) (n int) {
	for _, f := range d.facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// due returns the day of a due, "" where there is none.
func (d *desk) due(t *testing.T, id casework.ID, code string) string {
	t.Helper()
	f, err := d.Casework.File(t.Context(), d.firm, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, due := range f.Dues {
		if due.Code == code {
			return due.Day.String()
		}
	}
	return ""
}

func reasons(err error) (codes []string) {
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			codes = append(codes, d.Reason)
		}
	}
	slices.Sort(codes)
	return codes
}

var seen = incident.Report{Noticed: calendar.MustParse("2026-03-02"), Description: incident.Description{
	Title: "Offertes buiten het systeem om", Facts: "Bij een controle bleken drie offertes niet in het systeem te staan.", Perpetrator: incident.ClientFacing,
}}

func yes(b bool) *bool { return &b }

func each(t *testing.T, fn func(*testing.T, *desk)) {
	sqldbtest.Each(t, []sqldb.Schema{caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) { fn(t, open(db)) })
}

func TestAnIncidentFromNoticingToItsEnd(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		officer := d.hand(true)
		i, err := d.Report(t.Context(), officer, seen)
		if err != nil {
			t.Fatal(err)
		}
		step := func(t *testing.T, next incident.Incident, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			i = next
		}
		wants := func(t *testing.T, code, day string) {
			t.Helper()
			if got := d.due(t, i.ID(), code); got != day {
				t.Errorf("%s is due on %q, want %q", code, got, day)
			}
		}
		judged := incident.Assessment{Danger: yes(true), Police: "planned", Continuity: "no", Grave: yes(false), Why: "Er komt aangifte."}
		t.Run("the terms run from noticing", func(t *testing.T) {
			wants(t, "beoordelen", "2026-03-04")
			wants(t, "vastleggen", "2026-03-09")
		})
		t.Run("what is not answered is told at once", func(t *testing.T) {
			_, err := d.Judge(t.Context(), officer, i.ID(), i.Case.Revision, incident.Assessment{})
			if got := reasons(err); len(got) != 5 {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("nothing is told before it is judged", func(t *testing.T) {
			if _, err := d.Tell(t.Context(), officer, i.ID(), i.Case.Revision, incident.Telling{}); !fault.Has(err, "incident-not-judged") {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("a report to the police that is planned makes it a duty", func(t *testing.T) {
			next, err := d.Judge(t.Context(), officer, i.ID(), i.Case.Revision, judged)
			step(t, next, err)
			if !i.Judged.Notify || !i.Judged.InScope || i.Judged.Grounds[0] != "bfd:12:1:a" {
				t.Fatalf("got %+v", i.Judged)
			}
			wants(t, "beoordelen", "")
			wants(t, "melden", "2026-03-03")
		})
		t.Run("a notice without proof, function or day is none", func(t *testing.T) {
			_, err := d.Tell(t.Context(), officer, i.ID(), i.Case.Revision, incident.Telling{Way: casework.Mail, Facts: "Zie boven."})
			if got := reasons(err); !slices.Equal(got, []string{"missing", "missing", "missing"}) {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("it cannot be ended while something lacks", func(t *testing.T) {
			_, err := d.Conclude(t.Context(), officer, i.ID(), i.Case.Revision)
			if got := reasons(err); !slices.Equal(got, []string{"not_told", "part_missing", "part_missing"}) {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("the notice is kept with the hash of its proof", func(t *testing.T) {
			if err := d.Casework.Attach(t.Context(), officer.Actor, i.ID(), casework.Document{Name: "bewijs.pdf", Way: casework.Mail}, []byte("%PDF-1.7")); err != nil {
				t.Fatal(err)
			}
			f, err := d.Open(t.Context(), officer, i.ID(), "page")
			if err != nil {
				t.Fatal(err)
			}
			proof := f.Under.Documents[0]
			next, err := d.Tell(t.Context(), officer, i.ID(), i.Case.Revision, incident.Telling{
				Day: calendar.MustParse("2026-03-02"), Way: casework.Mail, Facts: "Drie offertes.", Function: "Adviseur", Document: proof.ID,
			})
			step(t, next, err)
			if i.Told.Hash != ident.HashOf([]byte("%PDF-1.7")) {
				t.Error("another hash is kept")
			}
			wants(t, "melden", "")
		})
		t.Run("a measure is due until it is done, and then until it was looked at", func(t *testing.T) {
			d.now = d.now.AddDate(0, 0, 4)
			next, err := d.Decide(t.Context(), officer, i.ID(), i.Case.Revision, incident.Plan{Kind: incident.OnProcedure, What: "Elke offerte via het systeem.", Due: calendar.MustParse("2026-03-31")})
			step(t, next, err)
			m := i.Measures[0].ID
			wants(t, "maatregel:"+m, "2026-03-31")
			if _, err := d.Check(t.Context(), officer, i.ID(), i.Case.Revision, m, incident.Finding{Effect: incident.Works, Found: "Geen nieuwe gevallen."}); !slices.Equal(reasons(err), []string{"not-done"}) {
				t.Fatalf("checked before it was done: %v", err)
			}
			next, err = d.Done(t.Context(), officer, i.ID(), i.Case.Revision, m, calendar.MustParse("2026-03-06"))
			step(t, next, err)
			wants(t, "maatregel:"+m, "")
			wants(t, "controle:"+m, "2026-06-04")
			d.now = d.now.AddDate(0, 2, 0)
			next, err = d.Check(t.Context(), officer, i.ID(), i.Case.Revision, m, incident.Finding{Effect: incident.Works, Found: "Geen nieuwe gevallen."})
			step(t, next, err)
			wants(t, "controle:"+m, "")
		})
		t.Run("it is kept five years from the last addition", func(t *testing.T) {
			next, err := d.Describe(t.Context(), officer, i.ID(), i.Case.Revision, incident.Description{Title: i.Case.Title, Facts: i.Facts, Function: "Adviseur", Perpetrator: incident.ClientFacing})
			step(t, next, err)
			next, err = d.Conclude(t.Context(), officer, i.ID(), i.Case.Revision)
			step(t, next, err)
			kept := i.Kept()
			if got := kept.Last().String(); got != "2031-05-06" {
				t.Errorf("kept through %s", got)
			}
		})
		t.Run("what is ended changes no more until it is opened again", func(t *testing.T) {
			if _, err := d.Judge(t.Context(), officer, i.ID(), i.Case.Revision, judged); !fault.Has(err, "incident-ended") {
				t.Fatalf("got %v", err)
			}
			next, err := d.Reopen(t.Context(), officer, i.ID(), i.Case.Revision, "nieuw feit")
			step(t, next, err)
			next, err = d.Judge(t.Context(), officer, i.ID(), i.Case.Revision, judged)
			step(t, next, err)
		})
	})
}

func TestTheCompartment(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		officer, reporter, named, concerned, stranger := d.hand(true), d.hand(false), d.hand(false), d.hand(true), d.hand(true)
		stranger.Firm = ident.Firm(newID())
		in := seen
		in.Concerns = concerned.ID
		i, err := d.Report(t.Context(), reporter, in)
		if err != nil {
			t.Fatal(err)
		}
		if i, err = d.Circle(t.Context(), officer, i.ID(), i.Case.Revision, []string{named.ID}); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			by   incident.Hand
			sees bool
		}{
			"who sees all":    {officer, true},
			"who is named":    {named, true},
			"who reported it": {reporter, false},
			"whom it is about, though they may see all": {concerned, false},
			"somebody of another firm":                  {stranger, false},
		} {
			t.Run(name, func(t *testing.T) {
				before := d.kinds(incident.KindOpened)
				_, err := d.Open(t.Context(), c.by, i.ID(), "page")
				list, listed := d.List(t.Context(), c.by, incident.Filter{})
				_, change := d.Describe(t.Context(), c.by, i.ID(), -1, in.Description)
				if listed != nil {
					t.Fatal(listed)
				}
				if c.sees {
					if err != nil || len(list) != 1 || !fault.Has(change, "case-changed") || d.kinds(incident.KindOpened) != before+1 {
						t.Errorf("open %v, list %d, change %v, %d facts", err, len(list), change, d.kinds(incident.KindOpened)-before)
					}
					return
				}
				if !fault.Has(err, "unknown-case") || len(list) != 0 || !fault.Has(change, "unknown-case") || d.kinds(incident.KindOpened) != before {
					t.Errorf("open %v, list %d, change %v, %d facts", err, len(list), change, d.kinds(incident.KindOpened)-before)
				}
			})
		}
		t.Run("sight says the same to all casework", func(t *testing.T) {
			for _, by := range []incident.Hand{officer, named, reporter, concerned} {
				named, barred, err := d.Sight(t.Context(), by)
				if err != nil {
					t.Fatal(err)
				}
				s := casework.Sight{Named: named, Barred: barred}
				if !by.All {
					s.Hidden = []casework.Kind{incident.Kind}
				}
				p, err := d.Casework.Cases(t.Context(), d.firm, casework.Filter{Sight: s, Limit: 10})
				if err != nil {
					t.Fatal(err)
				}
				items, counts, err := d.Casework.Items(t.Context(), d.firm, casework.ItemFilter{Sight: s, Whose: casework.Firms})
				list, _ := d.List(t.Context(), by, incident.Filter{})
				if err != nil || len(p.Rows) != len(list) || (len(items) > 0) != (len(list) > 0) || (counts[casework.Week] > 0) != (len(list) > 0) {
					t.Errorf("%d cases and %d things to do, %d incidents (%v)", len(p.Rows), len(items), len(list), err)
				}
			}
		})
		t.Run("whom it is about is never named in it", func(t *testing.T) {
			if _, err := d.Circle(t.Context(), officer, i.ID(), i.Case.Revision, []string{concerned.ID}); !slices.Equal(reasons(err), []string{"concerned"}) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("sent twice is reported once", func(t *testing.T) {
			again := in
			again.ID = casework.ID(newID())
			one, err1 := d.Report(t.Context(), reporter, again)
			two, err2 := d.Report(t.Context(), reporter, again)
			if err1 != nil || err2 != nil || one.Case.Number != two.Case.Number {
				t.Errorf("%v %v, %s and %s", err1, err2, one.Case.Number, two.Case.Number)
			}
		})
		t.Run("a list that is taken away is a fact", func(t *testing.T) {
			list, _ := d.List(t.Context(), officer, incident.Filter{})
			if err := d.Take(t.Context(), officer, "csv", list); err != nil || d.kinds(incident.KindTaken) != 1 {
				t.Errorf("%v, %d facts", err, d.kinds(incident.KindTaken))
			}
		})
	})
}

func TestThePolicyIsWrittenByOneAndPublishedByAnother(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		writer, other := d.hand(true).Actor, d.hand(true).Actor
		terms := incident.Term{Record: 10, Judge: 3, Notify: 0, Check: 30}
		if err := d.WritePolicy(t.Context(), writer, 0, " ", incident.Term{Judge: -1}); !slices.Equal(reasons(err), []string{"missing", "terms"}) {
			t.Fatalf("got %v", err)
		}
		if err := d.WritePolicy(t.Context(), writer, 0, "Zo doen wij het.", terms); err != nil {
			t.Fatal(err)
		}
		if err := d.WritePolicy(t.Context(), writer, 0, "Of zo.", terms); !fault.Has(err, "case-changed") {
			t.Fatalf("who saw none: %v", err)
		}
		if err := d.PublishPolicy(t.Context(), writer, 1, ""); !fault.Has(err, "own-policy") {
			t.Fatalf("the writer publishes: %v", err)
		}
		d.alone = true
		if err := d.PublishPolicy(t.Context(), writer, 1, "alleen"); !fault.Has(err, "policy-too-soon") {
			t.Fatalf("alone, at once: %v", err)
		}
		d.now = d.now.AddDate(0, 0, 1)
		if err := d.PublishPolicy(t.Context(), writer, 1, ""); !slices.Equal(reasons(err), []string{"missing"}) {
			t.Fatalf("alone, without a reason: %v", err)
		}
		d.alone = false
		if err := d.PublishPolicy(t.Context(), other, 1, ""); err != nil {
			t.Fatal(err)
		}
		if err := d.PublishPolicy(t.Context(), other, 1, ""); !fault.Has(err, "no-policy-draft") {
			t.Fatalf("twice: %v", err)
		}
		in := seen
		in.Noticed = calendar.Of(d.now)
		i, err := d.Report(t.Context(), d.hand(true), in)
		if err != nil || i.Policy != 1 {
			t.Fatalf("version %d held (%v)", i.Policy, err)
		}
		if got := d.due(t, i.ID(), "beoordelen"); got != "2026-03-06" {
			t.Errorf("judged by %s", got)
		}
		if old, err := d.Report(t.Context(), d.hand(true), seen); err != nil || old.Policy != 0 {
			t.Errorf("version %d held before there was one (%v)", old.Policy, err)
		}
	})
}
