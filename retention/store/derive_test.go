package store_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/retention"
	"zorgplicht/retention/store"
)

// A shelf is a room that keeps what it is given, by id.
type shelf map[string]retention.Record

func (s shelf) Record(_ *sqldb.Tx, id string, _ bool) (retention.Record, error) {
	r, there := s[id]
	if !there {
		return r, fault.New(fault.NotFound, "unknown-record", "")
	}
	return r, nil
}

func (s shelf) Records(_ *sqldb.Tx, after string, most int) (some []retention.Record, err error) {
	for _, id := range slices.Sorted(maps.Keys(s)) {
		if id > after && len(some) < most {
			some = append(some, s[id])
		}
	}
	return some, nil
}

func (s shelf) Empty(*sqldb.Tx, string, calendar.Date) (gone retention.Gone, about []string, err error) {
	return gone, nil, nil
}

// TestTheListSaysWhatTheRoomsSay: whatever they kept before, and whatever the list said;
// and what it says already is not written again.
func TestTheListSaysWhatTheRoomsSay(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		const kind = "plank"
		firm, dice := ident.Firm(uuid.Must(uuid.NewV7()).String()), rand.New(rand.NewPCG(1, 2))
		now, kept := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), shelf{}
		s := &retention.Service{
			Store: &store.Store{DB: db, Keepers: map[retention.Kind]store.Keeper{kind: kept}}, Kinds: []retention.About{{Kind: kind, AtLeast: 12, AtMost: 84}},
			Now: func() time.Time { return now },
		}
		put := func(id string) {
			r := retention.Record{Ref: retention.Ref{Kind: kind, ID: id}, Label: "P-" + id, Began: calendar.MustParse("2020-01-01").AddDays(dice.IntN(1000)), Destroyed: dice.IntN(4) == 0}
			if dice.IntN(2) == 0 {
				r.Ended = r.Began.AddDays(dice.IntN(100))
			}
			kept[id] = r
		}
		id := func() string { return fmt.Sprintf("%05d", dice.IntN(9999)) }
		some := func() string { // of those that are kept
			all := slices.Sorted(maps.Keys(kept))
			return all[dice.IntN(len(all))]
		}
		for len(kept) < 1200 { // three looks
			put(id())
		}
		written := map[string]time.Time{}
		look := func() map[string]retention.Line {
			t.Helper()
			if n, err := s.Derive(t.Context(), firm); err != nil || n != len(kept) {
				t.Fatalf("%d of %d records were looked at: %v", n, len(kept), err)
			}
			var by map[retention.Ref]retention.Line
			err := s.Store.View(t.Context(), firm, func(tx retention.Tx) (err error) {
				by, err = tx.LinesOver(kind, "", "")
				return err
			})
			if err != nil || len(by) != len(kept) {
				t.Fatalf("%d lines for %d records: %v", len(by), len(kept), err)
			}
			lines := map[string]retention.Line{}
			for ref, l := range by {
				r := kept[ref.ID]
				if l.Label != r.Label || l.Began != r.Began || l.Ended != r.Ended || l.Destroyed != r.Destroyed {
					t.Errorf("the list says %+v of %+v", l, r)
				}
				if open := r.Ended.IsZero(); !r.Destroyed && (l.Blocked == retention.Running) != open {
					t.Errorf("%+v is listed as %q", r, l.Blocked)
				}
				written[ref.ID] = l.Seen
				lines[ref.ID] = l
			}
			return lines
		}
		look()
		for range 12 {
			before := maps.Clone(written)
			now = now.Add(time.Hour)
			touched := map[string]bool{}
			for range dice.IntN(4) { // somebody works
				a, b, c := id(), some(), some()
				put(a)
				put(b)
				delete(kept, c)
				touched[a], touched[b], touched[c] = true, true, true
			}
			err := s.Store.Update(t.Context(), firm, func(tx retention.Tx) error { // and the list errs
				lost, wrong := some(), some()
				for _, odd := range []string{"zz", id()} {
					if _, there := kept[odd]; !there {
						touched[odd] = true
						if err := tx.SaveLine(retention.Line{Ref: retention.Ref{Kind: kind, ID: odd}, Began: kept[wrong].Began, Seen: now}); err != nil {
							return err
						}
					}
				}
				touched[lost], touched[wrong] = true, true
				if err := tx.SaveLine(retention.Line{Ref: retention.Ref{Kind: kind, ID: wrong}, Label: "xxx", Began: kept[wrong].Began, Seen: now}); err != nil {
					return err
				}
				return tx.DropLine(retention.Ref{Kind: kind, ID: lost})
			})
			if err != nil {
				t.Fatal(err)
			}
			clear(written)
			for id := range look() {
				if !touched[id] && written[id] != before[id] {
					t.Fatalf("the line of %s was written again", id)
				}
			}
		}
		clear(kept)
		look() // nothing is left
	})
}
