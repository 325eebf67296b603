package job_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

const (
	north ident.Firm = "0192aaaa-0000-7000-8000-000000000001"
	south ident.Firm = "0192aaaa-0000-7000-8000-000000000002"
)

var schemas = []sqldb.Schema{job.Schema}

// A clock that stands until somebody moves it.
type clock struct{ ms atomic.Int64 }

func newClock() *clock {
	c := new(clock)
	c.ms.Store(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC).UnixMilli())
	return c
}

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()).UTC() }
func (c *clock) forward(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// node runs works until the test ends or stop is called.
func node(t *testing.T, db *sqldb.DB, name string, c *clock, works ...job.Work) (stop func()) {
	t.Helper()
	r := &job.Runner{
		DB: db, Works: works, Node: name, Now: c.now, Dice: rand.New(rand.NewPCG(1, 2)), Poll: 5 * time.Millisecond,
		Told: func(msg string, args ...any) { t.Log(append([]any{msg}, args...)...) },
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}

func put(t *testing.T, db *sqldb.DB, firm ident.Firm, now time.Time, tasks ...job.Task) {
	t.Helper()
	fn := func(tx *sqldb.Tx) error {
		for _, k := range tasks {
			if err := job.Enqueue(tx, k, now); err != nil {
				return err
			}
		}
		return nil
	}
	var err error
	if firm == "" {
		err = db.HouseWrite(t.Context(), fn)
	} else {
		err = db.Write(t.Context(), firm, fn)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func counted(t *testing.T, db *sqldb.DB) map[job.State]int {
	t.Helper()
	n := map[job.State]int{}
	err := db.HouseRead(t.Context(), func(tx *sqldb.Tx) error {
		all, err := job.Counts(tx)
		for _, c := range all {
			n[c.State] += c.Tasks
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 12_000 { // a minute at least: the machine may have other things to do
		if holds() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("waited a minute for: %s", what)
}

// TestWorkRunsOnceThoughTwoNodesAsk gives two nodes four hundred tasks.
func TestWorkRunsOnceThoughTwoNodesAsk(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		const tasks = 400
		c := newClock()
		var mu sync.Mutex
		ran := map[string]int{}
		w := job.Work{Kind: "sums", Workers: 4, Do: func(_ context.Context, r *job.Run) error {
			mu.Lock()
			defer mu.Unlock()
			ran[string(r.Firm)+"/"+r.About]++
			return nil
		}}
		for i := range tasks / 2 {
			id := fmt.Sprint("task-", i)
			put(t, db, north, c.now(), job.Task{ID: id, Kind: "sums", About: id, Due: c.now()})
			put(t, db, south, c.now(), job.Task{ID: id, Kind: "sums", About: id, Due: c.now()})
		}
		node(t, db, "one", c, w)
		node(t, db, "two", c, w)
		until(t, "all done", func() bool { return counted(t, db)[job.Done] == tasks })
		mu.Lock()
		defer mu.Unlock()
		for about, n := range ran {
			if n != 1 {
				t.Errorf("%s ran %d times", about, n)
			}
		}
		if len(ran) != tasks {
			t.Errorf("%d of %d ran", len(ran), tasks)
		}
	})
}

// TestWorkOfOneThingIsDoneOneAtATime holds a run open while more of the same comes
// in: those wait, and one run does for all of them.
func TestWorkOfOneThingIsDoneOneAtATime(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newClock()
		var atOnce, most, runs atomic.Int64
		open := make(chan struct{})
		w := job.Work{Kind: "pump", Workers: 4, Do: func(context.Context, *job.Run) error {
			most.Store(max(most.Load(), atOnce.Add(1)))
			defer atOnce.Add(-1)
			if runs.Add(1) == 1 {
				<-open
			}
			return nil
		}}
		task := func(id string) job.Task { return job.Task{ID: id, Kind: "pump", About: "receiver", Due: c.now()} }
		put(t, db, north, c.now(), task("first"))
		node(t, db, "one", c, w)
		node(t, db, "two", c, w)
		until(t, "the first runs", func() bool { return runs.Load() == 1 })
		put(t, db, north, c.now(), task("second"), task("third"), task("fourth"))
		time.Sleep(50 * time.Millisecond)
		if runs.Load() != 1 {
			t.Error("a second run began while the first was under way")
		}
		close(open)
		until(t, "nothing waits", func() bool { n := counted(t, db); return n[job.Waiting]+n[job.Running] == 0 })
		if most.Load() != 1 || runs.Load() != 2 {
			t.Errorf("%d runs, %d at once; want 2, one at a time", runs.Load(), most.Load())
		}
	})
}

func TestAFailureIsTriedAgainLaterAndSeen(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newClock()
		var runs atomic.Int64
		w := job.Work{Kind: "fails", Most: 3, Do: func(context.Context, *job.Run) error {
			if runs.Add(1) == 2 {
				panic("out of paper")
			}
			return errors.New("no paper")
		}}
		put(t, db, north, c.now(), job.Task{ID: "f", Kind: "fails", Due: c.now()})
		node(t, db, "one", c, w)
		for n := int64(1); n <= 3; n++ {
			until(t, fmt.Sprint("try ", n), func() bool { return runs.Load() == n && counted(t, db)[job.Running] == 0 })
			time.Sleep(20 * time.Millisecond)
			if runs.Load() != n {
				t.Fatalf("tried again before its time")
			}
			c.forward(time.Minute)
		}
		var trouble []job.Kept
		look := func(tx *sqldb.Tx) (err error) { trouble, err = job.Troubled(tx, 10); return err }
		if err := db.HouseRead(t.Context(), look); err != nil {
			t.Fatal(err)
		}
		if len(trouble) != 1 || trouble[0].State != job.Failed || trouble[0].Tries != 3 || trouble[0].Error != "no paper" || trouble[0].Firm != north {
			t.Fatalf("trouble: %+v", trouble)
		}
		again := func(id string) error {
			return db.HouseWrite(t.Context(), func(tx *sqldb.Tx) error { return job.Again(tx, id, c.now()) })
		}
		if err := again("none"); !fault.Has(err, "unknown-task") {
			t.Errorf("again of a task that is not there: %v", err)
		}
		if err := again("f"); err != nil {
			t.Fatal(err)
		}
		until(t, "tried anew", func() bool { return runs.Load() == 4 })
	})
}

func TestPeriodicWorkIsDoneOnceAPeriod(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newClock()
		var runs atomic.Int64
		w := job.Work{Kind: "tidy", Every: time.Hour, Do: func(ctx context.Context, r *job.Run) error {
			runs.Add(1)
			return r.Tell(ctx, 3, 4)
		}}
		node(t, db, "one", c, w)
		node(t, db, "two", c, w)
		for n := 1; n <= 3; n++ {
			until(t, fmt.Sprint("period ", n), func() bool { return counted(t, db)[job.Done] == n })
			time.Sleep(30 * time.Millisecond)
			if got := runs.Load(); got != int64(n) {
				t.Fatalf("%d runs in %d periods", got, n)
			}
			if n < 3 {
				c.forward(time.Hour)
			}
		}
		c.forward(200 * time.Hour)
		until(t, "one run for all that was missed", func() bool { return counted(t, db)[job.Done] == 4 && runs.Load() == 4 })
		if err := db.HouseWrite(t.Context(), func(tx *sqldb.Tx) error { _, err := job.Sweep(tx, c.now()); return err }); err != nil {
			t.Fatal(err)
		}
		until(t, "old ones forgotten", func() bool { return counted(t, db)[job.Done] == 1 })
	})
}

// TestAStoppingNodeHandsItsWorkBack stops a node in the middle of long work.
func TestAStoppingNodeHandsItsWorkBack(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	c := newClock()
	var runs atomic.Int64
	w := job.Work{Kind: "long", Limit: time.Hour, Do: func(ctx context.Context, r *job.Run) error {
		if runs.Add(1) > 1 {
			return nil
		}
		for !r.Stopping() && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		return job.Later{At: r.Due}
	}}
	put(t, db, north, c.now(), job.Task{ID: "l", Kind: "long", Due: c.now()})
	stop := node(t, db, "one", c, w)
	until(t, "begun", func() bool { return runs.Load() == 1 })
	stop()
	if n := counted(t, db); n[job.Waiting] != 1 {
		t.Fatalf("after the stop: %v", n)
	}
	node(t, db, "one again", c, w)
	until(t, "finished", func() bool { return counted(t, db)[job.Done] == 1 })
}

// TestWorkIsKeptWithTheChangeThatAsks rolls back.
func TestWorkIsKeptWithTheChangeThatAsks(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newClock()
		no := errors.New("no")
		err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			if err := job.Enqueue(tx, job.Task{ID: "x", Kind: "sums", Due: c.now()}, c.now()); err != nil {
				return err
			}
			return no
		})
		if !errors.Is(err, no) || len(counted(t, db)) != 0 {
			t.Errorf("%v, kept %v", err, counted(t, db))
		}
		put(t, db, north, c.now(), job.Task{ID: "x", Kind: "sums", Due: c.now()})
		put(t, db, north, c.now(), job.Task{ID: "x", Kind: "sums", Due: c.now()})
		if n := counted(t, db); n[job.Waiting] != 1 {
			t.Errorf("asked twice: %v", n)
		}
	})
}

func TestEveryTableIsProtected(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		if err := sqldb.CheckProtection(t.Context(), db); err != nil {
			t.Error(err)
		}
		if err := sqldb.CheckStatements(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}
