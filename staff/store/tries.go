package store

import (
	"bytes"
	"context"
	"slices"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var (
	claimTries  = sqldb.House(`insert into staff_tries (key, failed, since) values (?, 0, 0) on conflict do nothing`)
	selectTries = sqldb.House(`select failed, since from staff_tries where key = ? :lock`)
	updateTries = sqldb.House(`update staff_tries set failed = ?, since = ? where key = ?`)
	deleteTries = sqldb.House(`delete from staff_tries where key = ?`)
	sweepTries  = sqldb.House(`delete from staff_tries where since < ?`)
)

// Tries hands fn what is counted under each key and keeps what it returns. Rows
// are locked in the order of their keys, so that two who count at once wait for
// each other and never both for the other.
func (s *Store) Tries(ctx context.Context, keys []ident.Hash, fn func([]staff.Tries) []staff.Tries) error {
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(keys[a][:], keys[b][:]) })
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		before := make([]staff.Tries, len(keys))
		for _, i := range order {
			if _, err := t.Exec(claimTries, keys[i]); err != nil {
				return err
			}
			var since int64
			if err := t.Row(selectTries, keys[i]).Scan(&before[i].Failed, &since); err != nil {
				return err
			}
			before[i].Since = sqldb.Instant(since)
		}
		after := fn(before)
		for _, i := range order {
			if err := keepTries(t, keys[i], after[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func keepTries(t *sqldb.Tx, key ident.Hash, v staff.Tries) (err error) {
	if v.Failed == 0 {
		_, err = t.Exec(deleteTries, key)
		return err
	}
	_, err = t.Exec(updateTries, v.Failed, v.Since.UnixMilli(), key)
	return err
}

// Sweep removes sessions and browsers that expired and counts whose window closed
// long ago, and returns how many rows went. The hall calls it from time to time.
func (s *Store) Sweep(ctx context.Context, now time.Time) (gone int64, err error) {
	err = s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		sessions, err := t.Exec(sweepSessions, now.UnixMilli())
		if err != nil {
			return err
		}
		tries, err := t.Exec(sweepTries, now.Add(-24*time.Hour).UnixMilli())
		if err != nil {
			return err
		}
		devices, err := t.Exec(sweepDevices, now.UnixMilli())
		if err != nil {
			return err
		}
		asked, err := t.Exec(sweepAsked, now.UnixMilli())
		gone = sessions + tries + devices + asked
		return err
	})
	return gone, err
}
