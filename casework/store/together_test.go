package store_test

import (
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
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
		was, is, err := o.Joint(ctx, o.by, chosen(), all, true)
		if err != nil || was.Handler != o.by.ID || is.Handler != colleague || is.Team != "Nazorg" || len(o.facts) == facts {
			t.Errorf("tried: %+v, %+v, %v", was, is, err)
		}
		if under(0, 0); c.Handler != o.by.ID || c.Revision != 1 {
			t.Errorf("a try kept %+v", c)
		}
		saw := chosen()
		if _, _, err = o.Joint(ctx, o.by, saw, all, false); err != nil {
			t.Fatal(err)
		}
		if under(1, 1); c.Handler != colleague || c.Team != "Nazorg" {
			t.Errorf("given to %+v", c)
		}
		if _, _, err = o.Joint(ctx, o.by, saw, all, false); !fault.Has(err, "case-changed") {
			t.Errorf("done twice: %v", err)
		}
		saw = chosen()
		if _, is, err = o.Joint(ctx, o.by, saw, casework.Joint{Note: "Nog iets."}, false); err != nil || is.Handler != colleague || is.Team != "Nazorg" {
			t.Errorf("a note moved it to %+v: %v", is, err)
		}
		if _, _, err = o.Joint(ctx, o.by, saw, casework.Joint{Note: "Nog iets."}, false); !fault.Has(err, "case-changed") {
			t.Errorf("noted twice: %v", err)
		}
		under(1, 2)
		if _, is, err = o.Joint(ctx, o.by, chosen(), casework.Joint{Handler: casework.None, Team: casework.None}, false); err != nil || is.Handler != "" || is.Team != "" {
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
			_, _, err := o.Joint(ctx, o.by, chosen(), one.joint, false)
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
		if _, _, err := o.Joint(ctx, stranger, chosen(), all, false); !fault.Has(err, "unknown-case") {
			t.Errorf("another firm: %v", err)
		}
	})
}
