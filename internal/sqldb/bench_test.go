package sqldb_test

import (
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

const writers = 32

// BenchmarkWrite holds durable writes of one row by 32 writers against the same
// driver without us, in the same run. Metric "ratio" is our rate over the bare
// one: on SQLite bare is one commit after the other, on PostgreSQL 32 at a time.
func BenchmarkWrite(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		path := sqldbtest.Address(b, sqldb.SQLite, schemas)
		db := sqldbtest.Open(b, path, sqldb.Options{})
		ours := through(b, db)
		db.Close()
		bare := opened(b, path, 1)
		defer bare.Close()
		b.ReportMetric(ours/commits(b, 1, func(id string) error {
			_, err := bare.Exec(`insert into sample_note (firm, id, title, body, at) values (?, ?, ?, ?, ?)`, north, id, "title", body, 0)
			return err
		}), "ratio")
	})
	b.Run("postgres", func(b *testing.B) {
		c := sqldbtest.Private(b, true)
		address := c.Migrated(b, schemas).Login
		db := sqldbtest.Open(b, address, sqldb.Options{PoolSize: writers})
		ours := through(b, db)
		bare := opened(b, address, writers)
		defer bare.Close()
		b.ReportMetric(ours/commits(b, writers, func(id string) error {
			tx, err := bare.Begin()
			if err != nil {
				return err
			}
			defer tx.Rollback()
			if _, err := tx.Exec(`select set_config('zorgplicht.firm', $1, true)`, north); err != nil {
				return err
			}
			if _, err := tx.Exec(`insert into sample_note (firm, id, title, body, at) values ($1, $2, $3, $4, $5)`, north, id, "title", body, 0); err != nil {
				return err
			}
			return tx.Commit()
		}), "ratio")
	})
}

func opened(b *testing.B, address string, connections int) *sql.DB {
	b.Helper()
	bare, err := sqldb.Bare(address, connections)
	if err != nil {
		b.Fatal(err)
	}
	return bare
}

var body = make([]byte, 500)

// through measures our writes a second.
func through(b *testing.B, db *sqldb.DB) float64 {
	b.Helper()
	one := func(id string) error {
		return db.Write(b.Context(), north, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(addNote, id, "title", body, nil, 0)
			return err
		})
	}
	if err := one("warm"); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	rate := run(b, "ours", b.N, writers, one)
	b.StopTimer()
	b.ReportMetric(rate, "writes/s")
	return rate
}

// commits measures bare commits a second, on enough of them to mean something.
func commits(b *testing.B, at int, one func(id string) error) float64 {
	b.Helper()
	rate := run(b, "bare", max(200, min(b.N, 3000)), at, one)
	b.ReportMetric(rate, "bare/s")
	return rate
}

func run(b *testing.B, prefix string, n, at int, one func(id string) error) float64 {
	b.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	start := time.Now()
	for range at {
		all.Go(func() {
			for {
				i := next.Add(1)
				if i > int64(n) {
					return
				}
				if err := one(fmt.Sprintf("%s%d", prefix, i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(start).Seconds()
}
