package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestWhatIsCountedIsWhatThereIs: whoever looks and whatever was put off, given away or
// destroyed, each band counts the lines that looking at them one by one gives.
func TestWhatIsCountedIsWhatThereIs(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		rapid.Check(t, func(r *rapid.T) {
			o := open(db)
			today := calendar.Of(monday)
			hands, teams := []string{"", o.by.ID, colleague}, []string{"", "Nazorg", "Hypotheken"}
			value := func(label string, of []string) string { return rapid.SampledFrom(of).Draw(r, label) }
			on := func(label string, from int) calendar.Date {
				return today.AddDays(rapid.SampledFrom([]int{-40, -1, 0, 1, 7, 8, 30, 31, 90}).Filter(func(n int) bool { return n >= from }).Draw(r, label))
			}
			var cases []casework.Case
			lines := map[string]casework.Item{}
			put := func(tx casework.Tx, n int) error {
				c := cases[n]
				d := casework.Due{
					Case: c.ID, Code: value("code", []string{"a", "b", "c"}), Title: "Antwoord", Day: on("day", -40),
					Norm: "bfd:50", For: value("for", hands), Asked: casework.Asked{Given: []byte("{}")},
				}
				if rapid.Bool().Draw(r, "put off") {
					d.Until = on("until", -1)
				}
				lines[string(c.ID)+d.Code] = casework.Item{Due: d}
				return tx.SaveDue(d, c)
			}
			err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error {
				for range rapid.IntRange(1, 25).Draw(r, "steps") {
					if len(cases) == 0 || rapid.IntRange(0, 3).Draw(r, "one more") == 0 {
						c, err := o.Open(tx, casework.Case{
							Kind: casework.Kind(value("kind", []string{"klacht", "incident"})), Title: "Rente", Received: today,
							Handler: value("handler", hands), Team: value("team", teams),
						})
						if err != nil {
							return err
						}
						cases = append(cases, c)
					}
					n := rapid.IntRange(0, len(cases)-1).Draw(r, "which")
					c := &cases[n]
					switch rapid.IntRange(0, 5).Draw(r, "what") {
					case 0:
						c.Handler, c.Team = value("handler", hands), value("team", teams)
						if err := tx.SaveCase(*c); err != nil {
							return err
						}
					case 1:
						code := value("code", []string{"a", "b", "c"})
						delete(lines, string(c.ID)+code)
						if err := tx.RemoveDue(c.ID, code); err != nil {
							return err
						}
					default:
						if err := put(tx, n); err != nil {
							return err
						}
					}
				}
				return nil
			})
			if err != nil {
				r.Fatal(err)
			}
			f := casework.ItemFilter{
				Sight: casework.Sight{Account: o.by.ID, Team: value("my team", teams)},
				Whose: rapid.SampledFrom([]casework.Whose{casework.Mine, casework.Teams, casework.Firms}).Draw(r, "whose"),
				Kind:  casework.Kind(value("kind sought", []string{"", "", "klacht", "incident"})),
				Band:  casework.Band(value("band", []string{"", "te-laat", "7-dagen", "30-dagen", "later"})),
			}
			if rapid.Bool().Draw(r, "hidden") {
				f.Hidden = []casework.Kind{"incident"}
			}
			one := func(label string) casework.ID { return rapid.SampledFrom(cases).Draw(r, label).ID }
			if rapid.Bool().Draw(r, "named") {
				f.Named = append(f.Named, one("named in"))
			}
			if rapid.Bool().Draw(r, "barred") {
				f.Barred = append(f.Barred, one("barred from"))
			}
			counts := map[casework.Band]int{}
			var want []string
			for _, i := range lines {
				i.Of = cases[slices.IndexFunc(cases, func(c casework.Case) bool { return c.ID == i.Case })]
				if !listed(f, i) || i.Asleep(today) {
					continue
				}
				band := casework.BandOf(i.Day, today)
				counts[band]++
				if f.Band == band || f.Band == "" && band != casework.Later {
					want = append(want, fmt.Sprint(i.Case, i.Code))
				}
			}
			items, counted, err := o.Items(t.Context(), o.by.Firm, f)
			if err != nil {
				r.Fatal(err)
			}
			var got []string
			for _, i := range items {
				got = append(got, fmt.Sprint(i.Case, i.Code))
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				r.Fatalf("lines: %s", diff)
			}
			if diff := cmp.Diff(counts, counted, cmpopts.IgnoreMapEntries(func(_ casework.Band, n int) bool { return n == 0 })); diff != "" {
				r.Fatalf("counts: %s", diff)
			}
		})
	})
}

// listed says whether a line is among those of who asks, of what they may see.
func listed(f casework.ItemFilter, i casework.Item) bool {
	switch {
	case f.Whose == casework.Mine && i.Hand() != f.Account, f.Whose == casework.Teams && i.Of.Team != f.Team, f.Kind != "" && i.Of.Kind != f.Kind:
		return false
	case slices.Contains(f.Barred, i.Case):
		return false
	}
	return !slices.Contains(f.Hidden, i.Of.Kind) || slices.Contains(f.Named, i.Case)
}
