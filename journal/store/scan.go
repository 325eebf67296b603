package store

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

// Scan reads the rows that a verification of this many leaves reads, with as
// many readers, and does nothing with them: what benchmarks hold verification
// against.
func (s Source) Scan(ctx context.Context, leaves int64, readers int) error {
	if _, err := s.Counts(ctx); err != nil {
		return err
	}
	const chunk = 4096
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make(chan error, readers)
	for range readers {
		group.Go(func() {
			for from := next.Add(chunk) - chunk; from < leaves; from = next.Add(chunk) - chunk {
				if err := s.scan(ctx, from, min(from+chunk, leaves)); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	group.Wait()
	close(errs)
	return <-errs
}

// scan reads one chunk; the columns land in the memory that verification uses.
func (s Source) scan(ctx context.Context, from, to int64) error {
	var r entryRow
	columns := r.columns()
	err := s.each(ctx, func(rows *sqldb.Rows) error { return rows.Scan(columns...) }, leavesFrom, from, to)
	if err != nil {
		return err
	}
	var index int64
	var hash sql.RawBytes
	err = s.each(ctx, func(rows *sqldb.Rows) error { return rows.Scan(&index, &hash) },
		hashesFrom, tlog.StoredHashCount(from), tlog.StoredHashCount(to))
	if err != nil {
		return err
	}
	return s.Checkpoints(ctx, from, to, func(journal.StoredCheckpoint) error { return nil })
}
