package store

import (
	"context"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var (
	listSeats = sqldb.House(`select firm, account, seat, epoch, browser, started_at, expires_at from staff_session
		where firm = ? and account = ? and length(data) > 0 and expires_at > ? and seat <> '' order by started_at desc, seat`)
	endSeat = sqldb.House(`update staff_session set data = ? where firm = ? and account = ? and seat = ? and length(data) > 0`)

	keepDevice = sqldb.House(`insert into staff_device (device, account, expires_at) values (?, ?, ?)
		on conflict (device, account) do update set expires_at = excluded.expires_at`)
	findDevice    = sqldb.House(`select 1 from staff_device where device = ? and account = ? and expires_at > ?`)
	forgetDevices = sqldb.House(`delete from staff_device where account = ?`)
	sweepDevices  = sqldb.House(`delete from staff_device where expires_at <= ?`)
)

// Seats lists the sessions of an account that hold, newest first.
func (s *Store) Seats(ctx context.Context, firm ident.Firm, account string, now time.Time) (all []staff.Seat, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		all, err = list(t, listSeats, scanSeat, string(firm), account, now.UnixMilli())
		return err
	})
	return all, err
}

func scanSeat(into func(...any) error) (at staff.Seat, err error) {
	var started, expires int64
	err = into(&at.Firm, &at.Account, &at.ID, &at.Epoch, &at.Browser, &started, &expires)
	at.Started = sqldb.Instant(started)
	at.Seen = sqldb.Instant(expires).Add(-Idle)
	if at.Seen.Before(at.Started) { // its end is that of the longest session
		at.Seen = at.Started
	}
	return at, err
}

// EndSeat ends one session of an account for good, as Sessions.DeleteCtx does.
func (s *Store) EndSeat(ctx context.Context, firm ident.Firm, account, seat string) (there bool, err error) {
	err = s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		n, err := t.Exec(endSeat, []byte{}, string(firm), account, seat)
		there = n > 0
		return err
	})
	return there, err
}

// KeepDevice remembers that a browser signed in to an account.
func (s *Store) KeepDevice(ctx context.Context, device, account ident.Hash, until time.Time) error {
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(keepDevice, device, account, until.UnixMilli())
		return err
	})
}

// Device reports whether a browser signed in to an account before.
func (s *Store) Device(ctx context.Context, device, account ident.Hash, now time.Time) (known bool, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		var one int
		known, err = sqldb.There(t.Row(findDevice, device, account, now.UnixMilli()).Scan(&one))
		return err
	})
	return known, err
}

// ForgetDevices makes all browsers strangers to an account.
func (s *Store) ForgetDevices(ctx context.Context, account ident.Hash) error {
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(forgetDevices, account)
		return err
	})
}
