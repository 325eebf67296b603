package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestAListHoldsWhatItsFilterAdmits: whatever became of cases, a list holds those that
// its filter admits and no other, in its order, however common its values are.
func TestAListHoldsWhatItsFilterAdmits(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		rapid.Check(t, func(r *rapid.T) {
			o := open(db)
			known := []casework.Case{}
			facets := map[casework.ID]casework.Facets{}
			value := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(r, label) }
			mark := func(tx casework.Tx, n int) error {
				f := casework.Facets{
					"soort": value("sort", "", "klacht", "claim"), "oorzaak": value("cause", "", "advies", "a|b", "a/b"),
					"uitkomst": value("outcome", "", "gegrond", "ongegrond"), "groep": value("group", "", "laat"),
				}
				facets[known[n].ID] = f
				return o.Mark(tx, known[n].ID, f)
			}
			err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error {
				for range rapid.IntRange(1, 30).Draw(r, "steps") {
					if len(known) == 0 || rapid.Bool().Draw(r, "one more") {
						c, err := o.Open(tx, casework.Case{
							Kind: casework.Kind(value("kind", "klacht", "klacht", "incident")), Title: value("title", "rente", "advies over rente", "boete: laat"),
							Received: calendar.Of(monday).AddDays(-rapid.IntRange(0, 5).Draw(r, "days")), Product: value("product", "", "hypotheek", "lening|rood"),
						})
						if err != nil {
							return err
						}
						known = append(known, c)
						if err := mark(tx, len(known)-1); err != nil {
							return err
						}
						continue
					}
					n := rapid.IntRange(0, len(known)-1).Draw(r, "which")
					c := &known[n]
					switch rapid.IntRange(0, 3).Draw(r, "what") {
					case 0:
						if err := mark(tx, n); err != nil {
							return err
						}
						continue
					case 1:
						c.Product = value("product", "", "hypotheek", "lening|rood")
					case 2:
						c.Closed = monday.Add(time.Duration(n) * time.Hour)
					default:
						c.Closed = time.Time{}
					}
					if err := tx.SaveCase(*c); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				r.Fatal(err)
			}
			like := rapid.SampledFrom(known).Draw(r, "like") // what is sought, is mostly there
			sought := func(label, is string, others ...string) string {
				return value(label, append(others, "", is, is)...)
			}
			state := casework.IsOpen
			if !like.Closed.IsZero() {
				state = casework.IsClosed
			}
			f := casework.Filter{
				Kind: like.Kind, State: casework.State(sought("state", string(state))), Product: sought("product sought", like.Product),
				Order: rapid.SampledFrom([]casework.Order{casework.Newest, casework.Oldest}).Draw(r, "order"),
				Facets: casework.Facets{
					"soort": sought("sort sought", facets[like.ID]["soort"]), "oorzaak": sought("cause sought", facets[like.ID]["oorzaak"], "a|b", casework.None),
					"uitkomst": sought("outcome sought", facets[like.ID]["uitkomst"]), "groep": sought("group sought", facets[like.ID]["groep"]),
				},
				Limit: rapid.IntRange(1, 4).Draw(r, "limit"),
			}.Search(value("words", "", "", "rente", "advies rente", "boete", "boete rente"))
			if rapid.Bool().Draw(r, "since") {
				f.From = calendar.Of(monday).AddDays(-3)
			}
			restore := store.Common(rapid.SampledFrom([]int{1, 1, 1, 3, 1000}).Draw(r, "common from"))
			defer restore()
			var got []casework.ID
			for page := f; ; {
				p, err := o.Cases(t.Context(), o.by.Firm, page)
				if err != nil {
					r.Fatal(err)
				}
				for _, c := range p.Rows {
					got = append(got, c.ID)
				}
				if p.Next == nil {
					break
				}
				page.Cursor = *p.Next
			}
			slices.SortFunc(known, func(a, b casework.Case) int {
				n := a.Received.Compare(b.Received)
				if n == 0 {
					n = strings.Compare(string(a.ID), string(b.ID))
				}
				if f.Order == casework.Newest {
					n = -n
				}
				return n
			})
			var want []casework.ID
			for _, c := range known {
				if admitted(f, c, facets[c.ID]) {
					want = append(want, c.ID)
				}
			}
			if !slices.Equal(got, want) {
				r.Fatalf("the list holds %v, its filter admits %v", got, want)
			}
		})
	})
}

// admitted says whether a filter admits a case, read as its fields say.
func admitted(f casework.Filter, c casework.Case, of casework.Facets) bool {
	if c.Kind != f.Kind || f.State == casework.IsOpen && !c.Closed.IsZero() || f.State == casework.IsClosed && c.Closed.IsZero() {
		return false
	}
	if f.Product != "" && c.Product != f.Product || !f.From.IsZero() && c.Received.Before(f.From) {
		return false
	}
	for name, v := range f.Facets {
		if v == casework.None && of[name] != "" || v != "" && v != casework.None && of[name] != v {
			return false
		}
	}
	for _, w := range f.Words {
		if !strings.Contains(c.Title, w) { // the stems of these words are how they begin
			return false
		}
	}
	return true
}
