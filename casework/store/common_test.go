package store_test

import (
	"fmt"
	"slices"
	"testing"

	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestACommonValueNarrowsAsARareOne: whether cases are looked up by a word or a value,
// or gone through in order, the list is the same on every page.
func TestACommonValueNarrowsAsARareOne(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		for i := range 9 {
			c := o.open(t, "klacht", fmt.Sprintf("Rente van jaar %d", 2020+i%3))
			err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error {
				return o.Mark(tx, c.ID, casework.Facets{"oorzaak": []string{"prijs", "advies"}[i%2], "uitkomst": []string{"gegrond", "gegrond", "ongegrond"}[i%3]})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		list := func(common int, f casework.Filter) (found []string) {
			defer store.Common(common)()
			for {
				p, err := o.Cases(t.Context(), o.by.Firm, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range p.Rows {
					found = append(found, c.Number)
				}
				if p.Next == nil {
					return found
				}
				f.Cursor = *p.Next
			}
		}
		for _, c := range []struct {
			name   string
			facets casework.Facets
			words  string
			want   int
		}{
			{"one value", casework.Facets{"oorzaak": "prijs"}, "", 5},
			{"two values", casework.Facets{"oorzaak": "prijs", "uitkomst": "ongegrond"}, "", 2},
			{"a value that no case has", casework.Facets{"oorzaak": "anders"}, "", 0},
			{"a value and a word", casework.Facets{"oorzaak": "advies"}, "renten", 4},
			{"two words", nil, "rente 2021", 3},
			{"a word that stands nowhere", nil, "rente fiets", 0},
		} {
			for _, order := range []casework.Order{"", casework.Oldest} {
				f := casework.Filter{Kind: "klacht", Facets: c.facets, Order: order, Limit: 2}.Search(c.words)
				rare, common := list(1000, f), list(1, f)
				if !slices.Equal(rare, common) || len(rare) != c.want {
					t.Errorf("%s, order %q: %v when rare, %v when common, want %d", c.name, order, rare, common, c.want)
				}
			}
		}
	})
}
