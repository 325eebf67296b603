package store

import (
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestLapseWritesDownWhatTheClockSays holds what stands in the table afterwards
// against the state that the room reckons, and sees that another firm is left alone.
func TestLapseWritesDownWhatTheClockSays(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		all := pasts(300)
		s := keep(t, db, ours, all)
		keep(t, db, theirs, all)
		stored := func(firm ident.Firm) map[appropriateness.AttemptID]appropriateness.State {
			states := map[appropriateness.AttemptID]appropriateness.State{}
			err := s.View(t.Context(), firm, func(tx appropriateness.Tx) error {
				for _, p := range all {
					a, err := tx.Attempt(p.ID)
					if err != nil {
						return err
					}
					states[a.ID] = a.State
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return states
		}
		room := &appropriateness.Service{Store: s, Now: func() time.Time { return now }}
		gone, err := room.Lapse(t.Context(), ours)
		if err != nil {
			t.Fatal(err)
		}
		mine, others, lapsed := stored(ours), stored(theirs), 0
		for _, p := range all {
			want := p.StateAt(now)
			if want == appropriateness.Lapsed {
				lapsed++
			}
			if mine[p.ID] != want {
				t.Errorf("attempt %s is kept as %s, and is %s", p.ID, mine[p.ID], want)
			}
			if others[p.ID] != p.State {
				t.Errorf("attempt %s of another firm became %s", p.ID, others[p.ID])
			}
		}
		if gone != lapsed || lapsed < 20 {
			t.Errorf("%d written down, %d lapsed", gone, lapsed)
		}
		if again, err := room.Lapse(t.Context(), ours); again != 0 || err != nil {
			t.Errorf("a second time: %d (%v)", again, err)
		}
	})
}
