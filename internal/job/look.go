package job

import (
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// A Count is how many tasks of a kind are in a state.
type Count struct {
	Kind   string
	State  State
	Tasks  int
	Oldest time.Time // due soonest of those that wait, ended first of the others
}

var (
	counts = sqldb.House(`select kind, state, count(*), min(coalesce(ended, due)) from job_task group by kind, state order by kind, state`)
	// Troubled tasks: failed, or tried and not done.
	troubled = sqldb.House(`select ` + columns + ` from job_task where state = 'failed' or error <> '' and state <> 'done' order by due desc, id limit ?`)
	again    = sqldb.House(`update job_task set state = 'waiting', tries = 0, due = ?, ended = null where id = ? and state = 'failed'`)
)

// Counts says how many tasks there are, by kind and state, in a transaction of
// the house.
func Counts(t *sqldb.Tx) ([]Count, error) { return tally(t, counts) }

func tally(t *sqldb.Tx, q *sqldb.Query, args ...any) ([]Count, error) {
	rows, err := t.Rows(q, args...)
	return sqldb.All(rows, err, func(into func(...any) error) (c Count, err error) {
		var oldest int64
		err = into(&c.Kind, &c.State, &c.Tasks, &oldest)
		c.Oldest = sqldb.Instant(oldest)
		return c, err
	})
}

// Troubled lists tasks that failed or that are to be tried again, at most n.
func Troubled(t *sqldb.Tx, n int) ([]Kept, error) { return list(t, troubled, n) }

// Again lets a failed task be tried anew; fault.NotFound "unknown-task" when there
// is no such failed task.
func Again(t *sqldb.Tx, id string, now time.Time) error {
	n, err := t.Exec(again, now.UnixMilli(), id)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "unknown-task", id)
	}
	return err
}

// How long tasks that ended can be looked at.
const (
	keepDone   = 7 * 24 * time.Hour
	keepFailed = 90 * 24 * time.Hour
)

// Sweep forgets tasks that ended long ago, and returns how many.
func Sweep(t *sqldb.Tx, now time.Time) (int64, error) {
	return t.Exec(sweep, now.Add(-keepDone).UnixMilli(), now.Add(-keepFailed).UnixMilli())
}
