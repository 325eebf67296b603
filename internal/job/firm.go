package job

import (
	"slices"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// A Filter narrows the tasks that a firm sees: its own and those of the house.
// Empty fields do not narrow.
type Filter struct {
	State    State
	Kind     string
	Troubled bool // that failed at least once since they went well, done or not
	Limit    int  // rows; 0 for all
	Offset   int
}

var (
	countsOf = sqldb.House(`select kind, state, count(*), min(coalesce(ended, due)) from job_task where firm in (?, '') group by kind, state order by kind, state`)
	tasksOf  = sqldb.House(`select ` + columns + ` from job_task where firm in (?, '')`)
	numberOf = sqldb.House(`select count(*) from job_task where firm in (?, '')`)

	filtered     = []*sqldb.Query{tasksOf, numberOf}
	ofState      = sqldb.Part(`and state = ?`, filtered...)
	ofKind       = sqldb.Part(`and kind = ?`, filtered...)
	withTrouble  = sqldb.Part(`and (state = 'failed' or error <> '')`, filtered...)
	latestFirst  = sqldb.Part(`order by coalesce(ended, due) desc, id`, tasksOf)
	latestAtMost = sqldb.Part(`order by coalesce(ended, due) desc, id limit ? offset ?`, tasksOf)

	failedOf = sqldb.House(`select ` + columns + ` from job_task where firm in (?, '') and id = ? and state = 'failed'`)
	againOf  = sqldb.House(`update job_task set state = 'waiting', tries = 0, due = ?, ended = null where firm in (?, '') and id = ? and state = 'failed'`)
)

// CountsOf says how many tasks of a firm and of the house there are, by kind and
// state, in a transaction of the house.
func CountsOf(t *sqldb.Tx, firm ident.Firm) ([]Count, error) { return tally(t, countsOf, firm) }

// TasksOf returns a page of the tasks of a firm and of the house, the last ones
// first, and how many the filter lets through.
func TasksOf(t *sqldb.Tx, firm ident.Firm, f Filter) (tasks []Kept, total int, err error) {
	args, parts := []any{firm}, []*sqldb.Fragment(nil)
	add := func(part *sqldb.Fragment, arg ...any) { parts, args = append(parts, part), append(args, arg...) }
	if f.State != "" {
		add(ofState, f.State)
	}
	if f.Kind != "" {
		add(ofKind, f.Kind)
	}
	if f.Troubled {
		add(withTrouble)
	}
	if err := t.Row(numberOf.With(parts...), args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	if f.Limit == 0 {
		tasks, err = list(t, tasksOf.With(append(slices.Clone(parts), latestFirst)...), args...)
	} else {
		tasks, err = list(t, tasksOf.With(append(slices.Clone(parts), latestAtMost)...), append(args, f.Limit, f.Offset)...)
	}
	return tasks, total, err
}

// FailedOf returns a failed task of a firm or of the house; fault.NotFound
// "unknown-task" when it has no such task, or when it did not fail.
func FailedOf(t *sqldb.Tx, firm ident.Firm, id string) (Kept, error) {
	found, err := list(t, failedOf, firm, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "unknown-task", id)
	}
	if err != nil {
		return Kept{}, err
	}
	return found[0], nil
}

// AgainOf lets a failed task of a firm or of the house be tried anew. One that did
// not fail, or does not any more, is left as it is.
func AgainOf(t *sqldb.Tx, firm ident.Firm, id string, now time.Time) error {
	_, err := t.Exec(againOf, now.UnixMilli(), firm, id)
	return err
}
