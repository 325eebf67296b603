package job_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestLongWorkOfADeadNodeIsSoonTakenOver lets a node die at work of at most an hour:
// another begins it a minute later, and no sooner.
func TestLongWorkOfADeadNodeIsSoonTakenOver(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newClock()
		var runs atomic.Int64
		open := make(chan struct{})
		w := job.Work{Kind: "long", Limit: time.Hour, Do: func(context.Context, *job.Run) error {
			if runs.Add(1) == 1 {
				<-open // nothing is heard of it in the time of this test
			}
			return nil
		}}
		put(t, db, north, c.now(), job.Task{ID: "l", Kind: "long", About: "book", Due: c.now()})
		node(t, db, "dies", c, w)
		t.Cleanup(func() { close(open) })
		until(t, "begun", func() bool { return runs.Load() == 1 })
		c.forward(50 * time.Second)
		node(t, db, "heir", c, w)
		time.Sleep(50 * time.Millisecond)
		if runs.Load() != 1 {
			t.Fatal("it was taken over too soon")
		}
		c.forward(11 * time.Second)
		until(t, "taken over", func() bool { return runs.Load() == 2 && counted(t, db)[job.Done] == 1 })
	})
}
