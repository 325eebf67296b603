package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// together holds the writer busy until all these have asked for a turn, so that
// they land in one group.
func together(t *testing.T, db *sqldb.DB, writes ...func()) {
	t.Helper()
	busy, free := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		err := db.Write(t.Context(), north, func(*sqldb.Tx) error { close(busy); <-free; return nil })
		if err != nil {
			t.Errorf("holding the writer: %v", err)
		}
	})
	<-busy
	for _, w := range writes {
		all.Go(w)
	}
	for sqldb.Waiting(db) < len(writes) {
		runtime.Gosched()
	}
	close(free)
	all.Wait()
}

func TestAFailingNeighbourHurtsNobody(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	put := func(id string, after func() error) error {
		return db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			if _, err := tx.Exec(addNote, id, id, nil, nil, 0); err != nil {
				return err
			}
			return after()
		})
	}
	wrong := errors.New("wrong")
	good := func(id string) func() {
		return func() {
			if err := put(id, func() error { return nil }); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
	good("before")()
	before := sqldb.Commits(db)
	together(
		t, db, good("a"),
		func() {
			if err := put("fails", func() error { return wrong }); !errors.Is(err, wrong) {
				t.Errorf("the one that fails: %v", err)
			}
		},
		good("b"),
		func() {
			defer func() {
				if recover() != "broken" {
					t.Error("the panic did not reach its own caller")
				}
			}()
			put("panics", func() error { panic("broken") })
		},
		good("c"),
		func() {
			var own sync.WaitGroup
			own.Go(func() { put("exits", func() error { runtime.Goexit(); return nil }) })
			own.Wait()
		},
		func() {
			if err := put("before", func() error { return nil }); !sqldb.IsUnique(err) {
				t.Errorf("the same note again: %v", err)
			}
		},
		good("d"),
	)
	got := strings.Join(list(t, db, north, titles.With(firstFew), 10), " ")
	if got != "a b before c d" {
		t.Errorf("kept: %s", got)
	}
	if n := sqldb.Commits(db) - before; n != 1 {
		t.Errorf("%d commits instead of one shared", n)
	}
}

func TestWhoLeavesTheQueueIsNotRun(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan struct{})
	busy, free := make(chan struct{}), make(chan struct{})
	go db.Write(t.Context(), north, func(*sqldb.Tx) error { close(busy); <-free; return nil })
	<-busy
	go func() {
		defer close(left)
		err := db.Write(ctx, north, func(*sqldb.Tx) error { t.Error("ran after he left"); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}()
	for sqldb.Waiting(db) == 0 {
		runtime.Gosched()
	}
	leave()
	<-left // although the writer is still busy
	close(free)
	note(t, db, north, "after", "after", 0)
}

func TestAClosedStoreRefuses(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), north, func(*sqldb.Tx) error { return nil }); err == nil {
			t.Error("a closed store took a write")
		}
	})
}

func TestManyWritersLoseNothing(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		var all sync.WaitGroup
		for w := range 16 {
			firm := []ident.Firm{north, south}[w%2]
			all.Go(func() {
				for i := range 20 {
					id := fmt.Sprintf("%d-%d", w, i)
					err := db.Write(t.Context(), firm, func(tx *sqldb.Tx) error {
						_, err := tx.Exec(addNote, id, id, nil, nil, i)
						if err == nil && i%5 == 4 {
							err = fault.New(fault.Conflict, "on-purpose", id)
						}
						return err
					})
					if (err != nil) != (i%5 == 4) {
						t.Errorf("%s: %v", id, err)
					}
				}
			})
		}
		all.Wait()
		if n := count(t, db); n != 16*16 {
			t.Errorf("%d notes kept instead of %d", n, 16*16)
		}
	})
}

// A writer that fails takes a turn too, else a stream of failures would put off
// the commit of all who did their work.
func TestFailuresDoNotPutOffACommit(t *testing.T) {
	db := sqldbtest.Open(t, sqldbtest.Address(t, sqldb.SQLite, schemas), sqldb.Options{GroupSize: 4})
	wrong := errors.New("wrong")
	fails := func() {
		if err := db.Write(t.Context(), north, func(*sqldb.Tx) error { return wrong }); !errors.Is(err, wrong) {
			t.Errorf("got %v", err)
		}
	}
	before := sqldb.Commits(db)
	together(t, db, fails, fails, fails, fails, fails, fails, fails, fails)
	// Who fails hears so before his group commits: a write that is kept waits for it.
	if err := db.Write(t.Context(), north, func(*sqldb.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := sqldb.Commits(db) - before; n < 3 {
		t.Errorf("nine turns and one made %d commits, want 3 at least of at most four turns", n)
	}
}
