package job

import (
	"context"
	"database/sql"
	"time"

	"zorgplicht/internal/sqldb"
)

const columns = `firm, id, kind, about, state, made, due, tries, ended, progress, total, error`

var (
	turn = sqldb.House(`insert into job_gate (id, turns) values (1, 1) on conflict (id) do update set turns = job_gate.turns + 1`)

	anyDue = sqldb.House(`select count(*) from (select 1 from job_task where state = 'waiting' and kind = ? and due <= ? limit 1) w`)
	anyTo  = sqldb.House(`select count(*) from (select 1 from job_task where state = 'running' and kind = ? and until <= ? limit 1) w`)

	dropped = sqldb.House(`update job_task set state = 'waiting', due = ?, until = null, error = 'the node that did it stopped'
		where state = 'running' and kind = ? and until <= ?`)

	due = sqldb.House(`select ` + columns + ` from job_task w where state = 'waiting' and kind = ? and due <= ?
		and not exists (select 1 from job_task r where r.kind = w.kind and r.firm = w.firm and r.about = w.about and r.state = 'running')
		and not exists (select 1 from job_task e where e.kind = w.kind and e.firm = w.firm and e.about = w.about and e.state = 'waiting' and e.due <= ?
			and (e.due, e.id) < (w.due, w.id))
		order by due, id limit ?`)

	begin = sqldb.House(`update job_task set state = 'running', tries = tries + 1, node = ?, began = ?, until = ?, progress = 0, total = 0
		where firm = ? and id = ? and state = 'waiting'`)
	others = sqldb.House(`delete from job_task where kind = ? and firm = ? and about = ? and state = 'waiting' and due <= ?`)

	tell   = sqldb.House(`update job_task set progress = ?, total = ? where firm = ? and id = ? and state = 'running' and node = ?`)
	lives  = sqldb.House(`update job_task set until = ? where firm = ? and id = ? and state = 'running' and node = ?`)
	finish = sqldb.House(`update job_task set state = ?, due = ?, tries = ?, until = null, ended = ?, error = ?
		where firm = ? and id = ? and state = 'running' and node = ?`)

	sweep = sqldb.House(`delete from job_task where ended is not null and (state = 'done' and ended <= ? or ended <= ?)`)
)

// take gives this node up to n tasks that are due. Under the lock of the gate one
// node at a time looks, so no two take the same work.
func (r *Runner) take(ctx context.Context, w Work, n int) (taken []Kept, err error) {
	now := r.Now()
	if any, err := r.anything(ctx, w.Kind, now); err != nil || !any {
		return nil, err
	}
	err = r.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		taken = nil
		if _, err := t.Exec(turn); err != nil {
			return err
		}
		if _, err := t.Exec(dropped, now.UnixMilli(), w.Kind, now.UnixMilli()); err != nil {
			return err
		}
		found, err := list(t, due, w.Kind, now.UnixMilli(), now.UnixMilli(), n)
		if err != nil {
			return err
		}
		for _, k := range found {
			if _, err := t.Exec(begin, r.Node, now.UnixMilli(), now.Add(w.lease()).UnixMilli(), k.Firm, k.ID); err != nil {
				return err
			}
			if _, err := t.Exec(others, k.Kind, k.Firm, k.About, now.UnixMilli()); err != nil {
				return err
			}
			k.State, k.Tries = Running, k.Tries+1
			taken = append(taken, k)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// anything looks without the lock: most of the time there is nothing to do.
func (r *Runner) anything(ctx context.Context, kind string, now time.Time) (bool, error) {
	var waiting, stopped int
	err := r.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		if err := t.Row(anyDue, kind, now.UnixMilli()).Scan(&waiting); err != nil {
			return err
		}
		return t.Row(anyTo, kind, now.UnixMilli()).Scan(&stopped)
	})
	return waiting+stopped > 0, err
}

// end writes down how a run ended. A task that another node took over meanwhile is
// left alone.
func (r *Runner) end(ctx context.Context, w Work, k Kept, failure error) error {
	now := r.Now()
	state, at, reset := w.after(failure, k.Tries, now, r.Dice)
	tries, says := k.Tries, ""
	if reset {
		tries = 0
	} else if failure != nil {
		says = first(failure.Error(), longest)
		r.Told("job", "kind", k.Kind, "task", k.ID, "try", k.Tries, "state", string(state), "error", says)
	}
	var ended any
	if state == Done || state == Failed {
		ended = now.UnixMilli()
	}
	return r.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(finish, state, at.UnixMilli(), tries, ended, says, k.Firm, k.ID, r.Node)
		return err
	})
}

// longest is how much of an error is kept.
const longest = 500

func first(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

func list(t *sqldb.Tx, q *sqldb.Query, args ...any) ([]Kept, error) {
	rows, err := t.Rows(q, args...)
	return sqldb.All(rows, err, func(into func(...any) error) (k Kept, err error) {
		var made, due int64
		var ended sql.NullInt64
		err = into((*string)(&k.Firm), &k.ID, &k.Kind, &k.About, &k.State, &made, &due, &k.Tries, &ended, &k.Progress, &k.Total, &k.Error)
		k.Made, k.Due = sqldb.Instant(made), sqldb.Instant(due)
		k.Ended = sqldb.MaybeInstant(ended)
		return k, err
	})
}
