package store_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/internal/text"
)

// TestPackedWordsFindTheSame: whatever became of cases and their words, and whenever
// these were packed, a search of several words finds the cases that have them all.
func TestPackedWordsFindTheSame(t *testing.T) {
	vocabulary := []string{"boet", "rent", "lat", "advie", "lening"}
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		rapid.Check(t, func(r *rapid.T) {
			o := open(db)
			defer store.Stretches(rapid.IntRange(1, 4).Draw(r, "stretch"), rapid.IntRange(4, 7).Draw(r, "longest"), rapid.IntRange(1, 3).Draw(r, "packed from"))()
			defer store.Common(rapid.IntRange(1, 5).Draw(r, "common from"))()
			defer store.InOrder(rapid.SampledFrom([]int{0, 2, 4_000}).Draw(r, "in order"), rapid.IntRange(0, 2).Draw(r, "nearby"))()
			words := map[casework.ID]map[string]bool{}
			known := map[casework.ID]casework.Case{}
			some := func() []string {
				return rapid.SliceOfDistinct(rapid.SampledFrom(vocabulary), rapid.ID).Draw(r, "words")
			}
			compare := func() {
				f := casework.Filter{
					Kind: "klacht", Words: rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary), 1, 3, rapid.ID).Draw(r, "sought"),
					Order: rapid.SampledFrom([]casework.Order{casework.Newest, casework.Oldest}).Draw(r, "order"), Limit: rapid.IntRange(1, 4).Draw(r, "limit"),
					Handler: rapid.SampledFrom([]string{"", "", colleague}).Draw(r, "handled by"),
					From:    rapid.SampledFrom([]calendar.Date{{}, {}, calendar.Of(monday).AddDays(-2)}).Draw(r, "from"), Through: rapid.SampledFrom([]calendar.Date{{}, {}, calendar.Of(monday).AddDays(-1)}).Draw(r, "through"),
				}
				var want []casework.ID
				for id := range known {
					day := known[id].Received
					if f.Handler != "" && f.Handler != known[id].Handler {
						continue
					}
					if !slices.ContainsFunc(f.Words, func(w string) bool { return !words[id][w] }) && !day.Before(f.From) && (f.Through.IsZero() || !day.After(f.Through)) {
						want = append(want, id)
					}
				}
				slices.SortFunc(want, func(a, b casework.ID) int {
					n := cmp.Or(known[a].Received.Compare(known[b].Received), strings.Compare(string(a), string(b)))
					if f.Order == casework.Newest {
						return -n
					}
					return n
				})
				if got := listAll(r, o, f); !slices.Equal(got, want) {
					r.Fatalf("%v finds %v, want %v", f.Words, got, want)
				}
			}
			for range rapid.IntRange(1, 40).Draw(r, "steps") {
				ids := slices.Sorted(func(yield func(casework.ID) bool) {
					for id := range known {
						if !yield(id) {
							return
						}
					}
				})
				what := rapid.IntRange(0, 12).Draw(r, "what")
				received := func() calendar.Date {
					return calendar.Of(monday).AddDays(-rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 3), rapid.IntRange(46_000, 46_500)).Draw(r, "days"))
				}
				if what < 5 || len(ids) == 0 {
					c := casework.Case{
						ID: casework.ID(newID()), Kind: "klacht", Received: received(),
						Title: "Zaak", Made: monday, Handler: rapid.SampledFrom([]string{o.by.ID, colleague}).Draw(r, "handler"), Revision: 1,
					}
					c.Number = string(c.ID)
					if rapid.Bool().Draw(r, "over") { // as one that comes over, with an id of long ago
						c.ID = "0180" + c.ID[4:]
					}
					if rapid.IntRange(0, 9).Draw(r, "long id") == 0 {
						c.ID += "x"
					}
					has := some()
					update(r, o, func(tx casework.Tx) error {
						if err := tx.SaveCase(c); err != nil {
							return err
						}
						return tx.Index(c, has)
					})
					known[c.ID], words[c.ID] = c, map[string]bool{}
					for _, w := range has {
						words[c.ID][w] = true
					}
					continue
				}
				id := rapid.SampledFrom(ids).Draw(r, "which")
				switch what {
				case 5, 6:
					has := some()
					update(r, o, func(tx casework.Tx) error { return tx.Index(known[id], has) })
					for _, w := range has {
						words[id][w] = true
					}
				case 7:
					if rapid.Bool().Draw(r, "removed") {
						update(r, o, func(tx casework.Tx) error { return tx.Remove(id) })
						delete(known, id)
					} else {
						err := db.Write(r.Context(), o.by.Firm, func(t *sqldb.Tx) error {
							_, err := o.store.Empty(t, id, calendar.Of(monday), [3]string{"a", "b", "c"})
							return err
						})
						if err != nil {
							r.Fatal(err)
						}
						emptied := known[id]
						emptied.Handler = ""
						known[id] = emptied
					}
					words[id] = map[string]bool{}
				case 8: // the day of receipt is corrected
					c := known[id]
					c.Received = received()
					update(r, o, func(tx casework.Tx) error { return tx.SaveCase(c) })
					known[id] = c
				case 9:
					if _, err := o.store.Pack(r.Context(), o.by.Firm); err != nil {
						r.Fatal(err)
					}
				case 10, 11: // what a search remembers holds no longer than it is true
					compare()
				default:
					if _, err := o.store.Repack(r.Context(), o.by.Firm); err != nil {
						r.Fatal(err)
					}
				}
			}
			if rapid.Bool().Draw(r, "packed at last") {
				if _, err := o.store.Pack(r.Context(), o.by.Firm); err != nil {
					r.Fatal(err)
				}
			}
			compare()
		})
	})
}

func update(r *rapid.T, o *office, fn func(casework.Tx) error) {
	if err := o.store.Update(r.Context(), o.by.Firm, fn); err != nil {
		r.Fatal(err)
	}
}

// listAll is a list to its end.
func listAll(r *rapid.T, o *office, f casework.Filter) (ids []casework.ID) {
	for {
		p, err := o.Cases(r.Context(), o.by.Firm, f)
		if err != nil {
			r.Fatal(err)
		}
		for _, c := range p.Rows {
			ids = append(ids, c.ID)
		}
		if p.Next == nil {
			return ids
		}
		f.Cursor = *p.Next
	}
}

var (
	bitsOfWord = sqldb.Tenant(`select bits from casework_bits where firm = :firm and word = ? order by first`)
	toPack     = sqldb.Tenant(`select count(*) from casework_unpacked where firm = :firm`)
)

// TestADestroyedCaseLeavesNoBit: the words of a case go from what is packed with it, in
// the same transaction; and a word that nobody else has goes whole.
func TestADestroyedCaseLeavesNoBit(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		defer store.Common(1)()
		defer store.Stretches(100, 150, 1)()
		var all []casework.Case
		for _, title := range []string{"Rente Canarie", "Rente", "Rente"} {
			all = append(all, o.open(t, "klacht", title))
		}
		if n, err := o.store.Pack(t.Context(), o.by.Firm); n != 1 || err != nil {
			t.Fatalf("%d stretches, %v", n, err)
		}
		has := func(word string, want ...[]byte) {
			t.Helper()
			var got [][]byte
			waiting := 0
			err := db.Read(t.Context(), o.by.Firm, func(tx *sqldb.Tx) error {
				if err := tx.Row(toPack).Scan(&waiting); err != nil {
					return err
				}
				rows, err := tx.Rows(bitsOfWord, word)
				if err != nil {
					return err
				}
				defer rows.Close()
				for rows.Next() {
					var b []byte
					if err := rows.Scan(&b); err != nil {
						return err
					}
					got = append(got, b)
				}
				return rows.Err()
			})
			if err != nil || waiting != 0 || !slices.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%s: %08b, want %08b; %d to pack; %v", word, got, want, waiting, err)
			}
		}
		rare := text.Stems("Canarie")[0]
		has(rare, []byte{0b001})
		has("rent", []byte{0b111})
		err := db.Write(t.Context(), o.by.Firm, func(tx *sqldb.Tx) error {
			_, err := o.store.Empty(tx, all[0].ID, calendar.Of(monday), [3]string{"a", "b", "c"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		has(rare)
		has("rent", []byte{0b110})
		if err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error { return tx.Remove(all[2].ID) }); err != nil {
			t.Fatal(err)
		}
		has("rent", []byte{0b010})
	})
}

// TestWordsThatCameMeanwhileArePackedLater: what changes between reading a stretch and
// writing it is not lost.
func TestWordsThatCameMeanwhileArePackedLater(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		defer store.Common(1)()
		defer store.Stretches(100, 150, 1)()
		c := o.open(t, "klacht", "Rente")
		destroyed := o.open(t, "klacht", "Rente")
		packing, err := store.Gather(t.Context(), db, o.by.Firm)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error { return tx.Index(c, []string{"boet"}) }); err != nil {
			t.Fatal(err)
		}
		if wrote, err := packing(); !wrote || err != nil {
			t.Fatalf("%v %v", wrote, err)
		}
		find := func(want int) {
			t.Helper()
			p, err := o.Cases(t.Context(), o.by.Firm, casework.Filter{Kind: "klacht", Words: []string{"rent", "boet"}, Limit: 5})
			if err != nil || len(p.Rows) != want {
				t.Errorf("%d cases, %v", len(p.Rows), err)
			}
		}
		find(1)
		packing, err = store.Gather(t.Context(), db, o.by.Firm) // again, for what came meanwhile
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), o.by.Firm, func(tx *sqldb.Tx) error {
			_, err := o.store.Empty(tx, destroyed.ID, calendar.Of(monday), [3]string{"a", "b", "c"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if wrote, err := packing(); wrote || err != nil {
			t.Errorf("what was read before a case was destroyed is written after: %v", err)
		}
		if n, err := o.store.Pack(t.Context(), o.by.Firm); n != 1 || err != nil {
			t.Errorf("%d stretches, %v", n, err)
		}
		find(1)
	})
}

// TestCasesAreRememberedAsTheyAreCalled: in few bytes where all are UUIDs, and whatever
// else an id may be as it is.
func TestCasesAreRememberedAsTheyAreCalled(t *testing.T) {
	one, two := newID(), newID()
	for text, few := range map[string]bool{
		"": true, one: true, one + " " + two: true, one + " K-1 " + two: false, strings.ToUpper(one): false, strings.Replace(one, "-", "a", 1): false,
		strings.Replace(one, "-", "", 1) + "0": false, one[:35] + "g": false, one[:35] + "é": false,
	} {
		ids, is := store.Rolled(text)
		if !slices.Equal(ids, strings.Fields(text)) || is != few {
			t.Errorf("%q is remembered as %q, in few bytes: %t", text, ids, is)
		}
	}
}
