package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// fill writes notes until the store refuses, and returns how many it kept.
func fill(t *testing.T, db *sqldb.DB) (kept int) {
	t.Helper()
	for {
		err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(addNote, fmt.Sprintf("n%05d", kept), "x", make([]byte, 20_000), nil, kept)
			return err
		})
		if err == nil {
			kept++
			continue
		}
		if !fault.Is(err, fault.Unavailable) || !fault.Has(err, sqldb.StoreFull) {
			t.Fatalf("full after %d notes, yet: %v", kept, err)
		}
		return kept
	}
}

func TestAFullFileKeepsWhatWasAcknowledged(t *testing.T) {
	path := sqldbtest.Address(t, sqldb.SQLite, schemas)
	small, err := sqldb.Open(t.Context(), path, sqldb.Options{PageLimit: 200})
	if err != nil {
		t.Fatal(err)
	}
	kept := fill(t, small)
	if n := count(t, small); kept < 10 || n != kept {
		t.Errorf("%d notes acknowledged, %d there", kept, n)
	}
	if err := small.Close(); err != nil {
		t.Fatal(err)
	}
	note(t, sqldbtest.Open(t, path, sqldb.Options{}), north, "more", "room again", 0)
}

// TestAFullDiskKeepsWhatWasAcknowledged uses a small file system of its own,
// which only root can make; for others the page limit above stands in.
func TestAFullDiskKeepsWhatWasAcknowledged(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no file system of our own: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	path, ballast := filepath.Join(dir, "store.db"), filepath.Join(dir, "ballast")
	if err := sqldb.Migrate(t.Context(), path, schemas); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	db := sqldbtest.Open(t, path, sqldb.Options{})
	kept := fill(t, db)
	if n := count(t, db); kept < 10 || n != kept {
		t.Errorf("%d notes acknowledged, %d there", kept, n)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	note(t, db, north, "more", "room again", 0)
}

func TestAServerThatGoesAwayComesBack(t *testing.T) {
	c := sqldbtest.Private(t, false)
	db := sqldbtest.Open(t, c.Migrated(t, schemas).Login, sqldb.Options{PoolSize: 3})
	note(t, db, north, "before", "before", 0)
	c.Stop(t)
	for range 3 {
		start := time.Now()
		err := db.Write(t.Context(), north, func(*sqldb.Tx) error { return nil })
		if !fault.Has(err, sqldb.StoreAway) {
			t.Errorf("write while away: %v", err)
		}
		if err := db.Ping(t.Context()); !fault.Has(err, sqldb.StoreAway) {
			t.Errorf("ping while away: %v", err)
		}
		if time.Since(start) > 20*time.Second {
			t.Error("the answer took longer than anyone waits")
		}
	}
	c.Start(t)
	for end := time.Now().Add(10 * time.Second); ; {
		err := db.Ping(t.Context())
		if err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the server is back, the store is not: %v", err)
		}
	}
	note(t, db, north, "after", "after", 1)
	if got := list(t, db, north, titles.With(firstFew), 5); len(got) != 2 {
		t.Errorf("kept %q", got)
	}
}

// TestARestartBetweenTwoRequestsIsNotNoticed: the connections at rest broke, and
// none of the next requests meets one.
func TestARestartBetweenTwoRequestsIsNotNoticed(t *testing.T) {
	c := sqldbtest.Private(t, false)
	db := sqldbtest.Open(t, c.Migrated(t, schemas).Login, sqldb.Options{PoolSize: 4})
	atOnce := func() (errs []error) {
		ready := make(chan struct{})
		results := make(chan error)
		for range 4 {
			go func() {
				results <- db.Write(t.Context(), north, func(*sqldb.Tx) error { <-ready; return nil })
			}()
		}
		time.Sleep(50 * time.Millisecond) // all four hold a connection
		close(ready)
		for range 4 {
			errs = append(errs, <-results)
		}
		return errs
	}
	if err := errors.Join(atOnce()...); err != nil {
		t.Fatal(err)
	}
	c.Stop(t)
	c.Start(t)
	if err := errors.Join(atOnce()...); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

func TestATransactionCutOffIsAway(t *testing.T) {
	c := sqldbtest.Postgres(t)
	d := c.Migrated(t, schemas)
	db := sqldbtest.Open(t, d.Login, sqldb.Options{PoolSize: 1})
	err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(addNote, "a", "t", nil, nil, 0); err != nil {
			return err
		}
		c.Exec(t, d, `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
		_, err := tx.Exec(addNote, "b", "t", nil, nil, 0)
		return err
	})
	if !fault.Has(err, sqldb.StoreAway) {
		t.Errorf("%v", err)
	}
	note(t, db, north, "c", "t", 0)
	if n := count(t, db); n != 1 {
		t.Errorf("%d notes", n)
	}
}

func TestAStandbyIsAway(t *testing.T) {
	c := sqldbtest.Postgres(t)
	d := c.Migrated(t, schemas)
	c.Exec(t, d, `alter database `+d.Name+` set default_transaction_read_only = on`)
	db := sqldbtest.Open(t, d.Login, sqldb.Options{})
	err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(addNote, "a", "t", nil, nil, 0)
		return err
	})
	if !fault.Has(err, sqldb.StoreAway) {
		t.Errorf("%v", err)
	}
}

func TestAnAddressWhereNobodyAnswersIsAway(t *testing.T) {
	_, err := sqldb.Open(t.Context(), "postgres://x@127.0.0.1:1/x?connect_timeout=2", sqldb.Options{})
	if !fault.Has(err, sqldb.StoreAway) {
		t.Errorf("%v", err)
	}
}

func TestAWriterThatWaitsTooLongIsAnsweredAway(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	busy, free := make(chan struct{}), make(chan struct{})
	go db.Write(t.Context(), north, func(*sqldb.Tx) error { close(busy); <-free; return nil })
	<-busy
	defer close(free)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	err := db.Write(ctx, north, func(*sqldb.Tx) error { return nil })
	if !fault.Has(err, sqldb.StoreAway) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
