package store

import (
	"context"
	"time"

	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// How long a session lives: from its last request, and from its start.
const (
	Idle     = 30 * time.Minute
	Absolute = 8 * time.Hour
)

// seenEvery is how stale the expiry of a session may be, so that not every page
// someone reads is a write. It shortens Idle by as much at worst.
const seenEvery = time.Minute

// Sessions keeps sessions for scs, whose CtxStore it implements. It goes by our
// clock: what scs says of an expiry is not used. The tokens it gets are hashed.
type Sessions struct {
	DB  *sqldb.DB
	Now func() time.Time
}

var (
	findSession = sqldb.House(`select data from staff_session where token = ? and length(data) > 0 and expires_at > ? and expires_at <= ?`)
	keepSession = sqldb.House(`insert into staff_session (token, data, firm, account, seat, epoch, browser, started_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (token) do update set data = excluded.data, firm = excluded.firm, account = excluded.account,
			seat = excluded.seat, epoch = excluded.epoch, browser = excluded.browser,
			expires_at = case when excluded.expires_at < staff_session.started_at + ? then excluded.expires_at else staff_session.started_at + ? end
		where length(staff_session.data) > 0`)
	sameSession   = sqldb.House(`select 1 from staff_session where token = ? and data = ? and (expires_at >= ? or expires_at = started_at + ?)`)
	endSession    = sqldb.House(`update staff_session set data = ? where token = ?`)
	sweepSessions = sqldb.House(`delete from staff_session where expires_at <= ?`)
)

// FindCtx returns what is kept under the token; found is false when there is
// nothing, or its time is over. A session that says to last longer than any may,
// left by a clock that went back, is over too.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	now := s.Now()
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		found, err = sqldb.There(t.Row(findSession, token, now.UnixMilli(), now.Add(Absolute).UnixMilli()).Scan(&data))
		return err
	})
	return data, found, err
}

// CommitCtx keeps data under the token and moves its expiry: Idle from now, and
// never past Absolute from the start. The expiry that scs asks for is not used.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, _ time.Time) error {
	now := s.Now()
	expires := now.Add(Idle).UnixMilli()
	fresh := false
	err := s.DB.HouseRead(ctx, func(t *sqldb.Tx) (err error) {
		var one int
		fresh, err = sqldb.There(t.Row(sameSession, token, data, expires-seenEvery.Milliseconds(), Absolute.Milliseconds()).Scan(&one))
		return err
	})
	if err != nil || fresh {
		return err
	}
	k, _ := staff.ReadKept(data) // of what is no session of ours there is nothing to list
	at := k.Seat()
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(keepSession, token, data, string(at.Firm), at.Account, at.ID, at.Epoch, at.Browser,
			now.UnixMilli(), expires, Absolute.Milliseconds(), Absolute.Milliseconds())
		return err
	})
}

// DeleteCtx ends what is kept under the token, if anything, for good: the row stays,
// empty, until its time is over. Were it gone, a request that was under way while
// somebody signed out would keep the session anew.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(endSession, []byte{}, token)
		return err
	})
}

// Find is FindCtx without a context, which scs asks for and never calls here.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context, which scs asks for and never calls here.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context, which scs asks for and never calls here.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
