package app

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
	staffweb "zorgplicht/staff/web"
)

// retryKind is the work of letting failed work be tried anew. A firm's transaction
// cannot change a task of the house; it records who asked, and asks for this.
const retryKind = "huis.herkansen"

// furnishJobPages shows staff the work that the house does by itself.
func (a *App) furnishJobPages() {
	a.works = append(a.works, job.Work{Kind: retryKind, Do: a.retry})
	staffweb.MountTasks(a.site, a.guard, jobDesk{a})
}

// retry lets the task be tried anew that its own task is about.
func (a *App) retry(ctx context.Context, r *job.Run) error {
	return a.db.HouseWrite(ctx, func(t *sqldb.Tx) error { return job.AgainOf(t, r.Firm, r.About, a.Now()) })
}

// jobDesk is what the pages ask of the table of tasks.
type jobDesk struct{ *App }

// Tasks returns a page of the tasks of a firm and of the house, and how many there
// are of each kind and state.
func (d jobDesk) Tasks(ctx context.Context, firm ident.Firm, f staffweb.TaskFilter) (p staffweb.TaskPage, err error) {
	err = d.db.HouseRead(ctx, func(t *sqldb.Tx) error {
		counts, err := job.CountsOf(t, firm)
		if err != nil {
			return err
		}
		kept, total, err := job.TasksOf(t, firm, job.Filter{State: job.State(f.State), Kind: f.Kind, Troubled: f.Troubled, Limit: f.Limit, Offset: f.Offset})
		if err != nil {
			return err
		}
		p = staffweb.TaskPage{Total: total}
		for _, c := range counts {
			p.Counts = append(p.Counts, staffweb.TaskCount{Kind: c.Kind, State: string(c.State), Tasks: c.Tasks, Oldest: c.Oldest})
		}
		for _, k := range kept {
			p.Rows = append(p.Rows, taskOf(k))
		}
		return nil
	})
	return p, err
}

// taskOf leaves out the error of work of the house, which may tell of other firms;
// whoever keeps the server reads it by `zorgplicht jobs list`.
func taskOf(k job.Kept) staffweb.Task {
	t := staffweb.Task{
		ID: k.ID, Kind: k.Kind, House: k.Firm == "", About: k.About, State: string(k.State), Made: k.Made, Due: k.Due, Ended: k.Ended,
		Tries: k.Tries, Progress: k.Progress, Total: k.Total, Failed: k.Error != "",
	}
	if !t.House {
		t.Error = k.Error
	}
	return t
}

// Retry records that somebody lets a failed task be tried anew, and asks for it in
// the same transaction.
func (d jobDesk) Retry(ctx context.Context, by ident.Actor, id string) error {
	var task job.Kept
	err := d.db.HouseRead(ctx, func(t *sqldb.Tx) (err error) {
		task, err = job.FailedOf(t, by.Firm, id)
		return err
	})
	if err != nil {
		return err
	}
	return d.db.Write(ctx, by.Firm, func(t *sqldb.Tx) error {
		now := d.Now()
		if err := d.desk.pen(t, staff.RetriedFact(newID(), by, now, task.ID, task.Kind)); err != nil {
			return err
		}
		return job.Enqueue(t, job.Task{ID: newID(), Kind: retryKind, About: task.ID, Due: now}, now)
	})
}
