package sqldb

import (
	"context"
	"fmt"
	"time"
)

// The log of a SQLite store is emptied in short tries, so that no writer waits long
// for a reader who is not done.
const (
	scrubTries = 20
	scrubWait  = 100 * time.Millisecond
)

// Scrub moves the write-ahead log of a SQLite store into the store and empties it, so
// that pages from before an erasure are gone from the disk; what was erased in the
// store itself is overwritten when it is erased. It reports false where readers kept
// the log in use. On PostgreSQL it does nothing and reports false: there old row
// versions go by the server's own vacuum, and its log by its own settings.
func (db *DB) Scrub(ctx context.Context) (done bool, err error) {
	if db.engine != SQLite {
		return false, nil
	}
	own, err := connectSQLite(db.path, 1)
	if err != nil {
		return false, fmt.Errorf("scrub: %w", err)
	}
	defer own.Close()
	if _, err := own.ExecContext(ctx, `pragma busy_timeout = 100`); err != nil {
		return false, fmt.Errorf("scrub: %w", err)
	}
	for range scrubTries {
		var busy, log, moved int
		if err := own.QueryRowContext(ctx, `pragma wal_checkpoint(truncate)`).Scan(&busy, &log, &moved); err != nil {
			return false, fmt.Errorf("scrub: %w", err)
		}
		if busy == 0 {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(scrubWait):
		}
	}
	return false, nil
}
