package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestCasesAreChangedTogether: tried, nothing is kept; done, all of it and once.
func TestCasesAreChangedTogether(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		ctx, c := t.Context(), o.open(t, "klacht", "Rente")
		today := calendar.Of(monday)
		all := casework.Joint{Handler: colleague, Team: "Nazorg", Task: casework.Task{Title: "Bel de klant terug", Day: today}, Note: "Besproken."}
		under := func(dues, notes int) {
			t.Helper()
			f, err := o.File(ctx, o.by.Firm, c.ID)
			if err != nil || len(f.Dues) != dues || len(f.Notes) != notes {
				t.Fatalf("%d dues and %d notes (%v), want %d and %d", len(f.Dues), len(f.Notes), err, dues, notes)
			}
			c = f.Case
		}
		chosen := func() casework.Chosen { return casework.Chosen{ID: c.ID, Saw: c.Revision} }
		facts := len(o.facts)
		was, is, err := o.Joint(ctx, o.by, chosen(), all, true, casework.Request{})
		if err != nil || was.Handler != o.by.ID || is.Handler != colleague || is.Team != "Nazorg" || len(o.facts) == facts {
			t.Errorf("tried: %+v, %+v, %v", was, is, err)
		}
		if under(0, 0); c.Handler != o.by.ID || c.Revision != 1 {
			t.Errorf("a try kept %+v", c)
		}
		saw := chosen()
		if _, _, err = o.Joint(ctx, o.by, saw, all, false, casework.Request{}); err != nil {
			t.Fatal(err)
		}
		if under(1, 1); c.Handler != colleague || c.Team != "Nazorg" {
			t.Errorf("given to %+v", c)
		}
		if _, _, err = o.Joint(ctx, o.by, saw, all, false, casework.Request{}); !fault.Has(err, "case-changed") {
			t.Errorf("done twice: %v", err)
		}
		saw = chosen()
		if _, is, err = o.Joint(ctx, o.by, saw, casework.Joint{Note: "Nog iets."}, false, casework.Request{}); err != nil || is.Handler != colleague || is.Team != "Nazorg" {
			t.Errorf("a note moved it to %+v: %v", is, err)
		}
		if _, _, err = o.Joint(ctx, o.by, saw, casework.Joint{Note: "Nog iets."}, false, casework.Request{}); !fault.Has(err, "case-changed") {
			t.Errorf("noted twice: %v", err)
		}
		under(1, 2)
		if _, is, err = o.Joint(ctx, o.by, chosen(), casework.Joint{Handler: casework.None, Team: casework.None}, false, casework.Request{}); err != nil || is.Handler != "" || is.Team != "" {
			t.Errorf("taken from everybody: %+v, %v", is, err)
		}
		under(1, 2)
		for name, one := range map[string]struct {
			joint casework.Joint
			want  []string
		}{
			"nothing is asked":         {casework.Joint{}, []string{"/handler missing"}},
			"a task without a day":     {casework.Joint{Task: casework.Task{Title: "Bel"}}, []string{"/day past"}},
			"a day without a task":     {casework.Joint{Task: casework.Task{Day: today}}, []string{"/title missing"}},
			"a day that is over":       {casework.Joint{Task: casework.Task{Title: "Bel", Day: today.AddDays(-1)}}, []string{"/day past"}},
			"a day nobody can read":    {casework.Joint{Task: casework.Task{Title: "Bel", Day: casework.NoDay}}, []string{"/day format"}},
			"all that is wrong at all": {casework.Joint{Team: strings.Repeat("t", 90), Note: "Van 111222333", Task: casework.Task{Title: "Bel 111222333"}}, []string{"/team too-long", "/text bsn", "/title bsn", "/day past"}},
			"somebody who is not here": {casework.Joint{Handler: newID(), Note: "Dit blijft weg."}, []string{"/handler unknown-account"}},
		} {
			_, _, err := o.Joint(ctx, o.by, chosen(), one.joint, false, casework.Request{})
			var got []string
			if f := fault.As(err); f != nil {
				for _, d := range f.Details {
					got = append(got, d.Pointer+" "+d.Reason)
				}
			}
			if !slices.Equal(got, one.want) {
				t.Errorf("%s: %q (%v), want %q", name, got, err, one.want)
			}
		}
		under(1, 2)
		stranger := o.by
		stranger.Firm = ident.Firm(newID())
		if _, _, err := o.Joint(ctx, stranger, chosen(), all, false, casework.Request{}); !fault.Has(err, "unknown-case") {
			t.Errorf("another firm: %v", err)
		}
	})
}

// A wall lets work on all cases but one, and one account have none.
type wall struct {
	*office
	shut   casework.ID
	barred string
}

func (w wall) Works(ctx context.Context, id casework.ID) (casework.Case, error) {
	if id == w.shut {
		return casework.Case{}, fault.New(fault.Denied, "not-allowed", "")
	}
	return w.Case(ctx, w.by.Firm, id)
}

func (w wall) Fits(_ context.Context, _ casework.Case, account string) (bool, error) {
	return account != w.barred, nil
}

func (w wall) Close(_ context.Context, c casework.Chosen, k casework.Kind, _ bool) error {
	if k != "incident" {
		return fault.New(fault.Conflict, "closed-by-itself", string(c.ID))
	}
	return fault.All("invalid-conclusion", []fault.Detail{{Pointer: "/end", Reason: "no-measure", Text: "Er is geen maatregel."}, {Pointer: "/end", Reason: "no-word", Text: "Er is geen woord."}})
}

// TestCasesOfOneRequestAreChangedOnce: each by itself and once, also where the request
// broke off in the middle; what is refused is told the same when asked again.
func TestCasesOfOneRequestAreChangedOnce(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		ctx := t.Context()
		one, two, shut := o.open(t, "klacht", "Rente"), o.open(t, "incident", "Iets"), o.open(t, "klacht", "Dicht")
		gate := wall{o, shut.ID, newID()}
		chosen := []casework.Chosen{{ID: one.ID, Saw: 1}, {ID: two.ID, Saw: 7}, {ID: shut.ID, Saw: 1}, {ID: casework.ID(newID()), Saw: 1}}
		note := casework.Joint{Handler: colleague, Note: "Besproken met Jansen."}
		ask := func(key string, j casework.Joint) (codes []string, all []casework.Jointed) {
			t.Helper()
			all, err := o.Gather(ctx, gate, chosen)
			if err == nil {
				all, err = o.Together(ctx, o.by, gate, all, j, false, casework.Request{Key: key, Body: j.Note})
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range all {
				code := "done"
				if g.Refused != nil {
					code = g.Refused.Reason
				}
				codes = append(codes, code)
			}
			return codes, all
		}
		want := []string{"done", "case-changed", "not-allowed", "unknown-case"}
		for range 2 {
			got, all := ask("sleutel-1", note)
			if !slices.Equal(got, want) || all[0].Is.Revision != 2 || all[0].Was.Handler != o.by.ID || all[0].Is.Handler != colleague || all[0].Was.Number != one.Number {
				t.Fatalf("%q, %+v", got, all)
			}
		}
		if f, err := o.File(ctx, o.by.Firm, one.ID); err != nil || len(f.Notes) != 1 {
			t.Errorf("%d notes (%v)", len(f.Notes), err)
		}
		// A request of which one case was changed when it broke off.
		chosen = []casework.Chosen{{ID: one.ID, Saw: 2}, {ID: two.ID, Saw: 1}}
		broken := casework.Request{Key: "sleutel-2", Body: note.Note}
		if _, _, err := o.Joint(ctx, o.by, chosen[0], note, false, broken); err != nil {
			t.Fatal(err)
		}
		if got, _ := ask("sleutel-2", note); !slices.Equal(got, []string{"done", "done"}) {
			t.Errorf("after a break: %q", got)
		}
		for id, want := range map[casework.ID]int{one.ID: 2, two.ID: 1} {
			if f, err := o.File(ctx, o.by.Firm, id); err != nil || len(f.Notes) != want {
				t.Errorf("%d notes, want %d (%v)", len(f.Notes), want, err)
			}
		}
		all, err := o.Gather(ctx, gate, chosen)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = o.Together(ctx, o.by, gate, all, casework.Joint{Note: "Anders."}, false, casework.Request{Key: "sleutel-2", Body: "anders"}); !fault.Has(err, "idempotency-key-reused") {
			t.Errorf("another request under the key: %v", err)
		}
		if _, err = o.Together(ctx, o.by, gate, all, casework.Joint{Handler: gate.barred}, false, casework.Request{}); !fault.Has(err, "invalid-joint") {
			t.Errorf("given to a stranger: %v", err)
		}
		if all, err = o.Gather(ctx, gate, []casework.Chosen{{ID: one.ID, Saw: 3}, {ID: two.ID, Saw: 2}, {ID: two.ID, Saw: 1}}); err == nil {
			all, err = o.Together(ctx, o.by, gate, all, casework.Joint{Close: true}, true, casework.Request{})
		}
		if err != nil || all[0].Refused.Reason != "closed-by-itself" || all[1].Refused.Text != "Er is geen maatregel. Er is geen woord." || all[2].Refused.Reason != "case-changed" {
			t.Errorf("closed: %+v (%v)", all, err)
		}
		if _, err = o.Together(ctx, o.by, gate, all, casework.Joint{Close: true, Note: "x"}, false, casework.Request{}); !fault.Has(err, "invalid-joint") {
			t.Errorf("closed with a note: %v", err)
		}
		gate.barred = colleague
		if all, err = o.Gather(ctx, gate, []casework.Chosen{{ID: one.ID, Saw: -1}}); err == nil {
			all, err = o.Together(ctx, o.by, gate, all, casework.Joint{Handler: colleague}, true, casework.Request{})
		}
		if err != nil || all[0].Refused == nil || all[0].Refused.Reason != "handler-barred" || all[0].Saw != 3 {
			t.Errorf("given to who may not see it: %+v (%v)", all, err)
		}
	})
}
