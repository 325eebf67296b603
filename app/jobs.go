package app

import (
	"context"
	"errors"
	mathrand "math/rand/v2"
	"time"

	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

// sweepEvery is how often what has had its time is removed: sessions, counts of
// failed sign-ins, idempotency keys, tasks that ended.
const sweepEvery = 10 * time.Minute

// lapseEvery is how often attempts whose time ran out are written down as lapsed.
const lapseEvery = time.Minute

func (a *App) furnishJobs() {
	a.works = append(a.works,
		job.Work{Kind: "huis.opruimen", Every: sweepEvery, Do: a.sweep},
		job.Work{Kind: "toets.verlopen", Every: lapseEvery, Limit: 10 * time.Minute, Do: a.lapse},
	)
}

// work does the jobs of this node until ctx ends.
func (a *App) work(ctx context.Context) {
	r := job.Runner{DB: a.db, Works: a.works, Node: newID(), Now: a.Now, Dice: mathrand.New(source{}), Told: a.Log.Error}
	r.Run(ctx)
}

// sweep removes what has had its time. All rooms get their turn, whatever befalls
// the one before.
func (a *App) sweep(ctx context.Context, _ *job.Run) error {
	var errs []error
	for _, sweep := range a.sweeps {
		_, err := sweep(ctx, a.Now())
		errs = append(errs, err)
	}
	return errors.Join(append(errs, a.db.HouseWrite(ctx, func(t *sqldb.Tx) error {
		if _, err := once.Sweep(t, a.Now()); err != nil {
			return err
		}
		_, err := job.Sweep(t, a.Now())
		return err
	}))...)
}

// lapse writes down of every firm which attempts ran out of time.
func (a *App) lapse(ctx context.Context, r *job.Run) error {
	firms, err := a.Party.Firms(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for i, f := range firms {
		if r.Stopping() {
			return job.Later{At: a.Now()}
		}
		if _, err := a.Appropriateness.Lapse(ctx, f.ID); err != nil {
			errs = append(errs, err)
		}
		if err := r.Tell(ctx, int64(i+1), int64(len(firms))); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}

// Jobs tells of the work of the house: how much of each kind there is, and what
// failed or is to be tried again, at most n of those.
func (a *App) Jobs(ctx context.Context, n int) (counts []job.Count, troubled []job.Kept, err error) {
	err = a.db.HouseRead(ctx, func(t *sqldb.Tx) (err error) {
		if counts, err = job.Counts(t); err != nil {
			return err
		}
		troubled, err = job.Troubled(t, n)
		return err
	})
	return counts, troubled, err
}

// RetryJob lets a failed task be tried anew by whoever serves.
func (a *App) RetryJob(ctx context.Context, id string) error {
	return a.db.HouseWrite(ctx, func(t *sqldb.Tx) error { return job.Again(t, id, a.Now()) })
}
