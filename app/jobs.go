package app

import (
	"context"
	"errors"
	mathrand "math/rand/v2"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

// sweepEvery is how often what has had its time is removed: sessions, counts of
// failed sign-ins, idempotency keys, tasks that ended.
const sweepEvery = 10 * time.Minute

// lapseEvery is how often attempts whose time ran out are written down as lapsed.
const lapseEvery = time.Minute

// rollEvery is how often attempts that are settled are counted in the figures of
// their day, and what changed of complaints in those of theirs.
const rollEvery = time.Minute

// packEvery is how often the words of cases that changed are packed, for searches of
// words that many cases have. Until then these cases are looked at one by one.
const packEvery = 10 * time.Minute

func (a *App) furnishJobs() {
	a.works = append(a.works,
		job.Work{Kind: "huis.opruimen", Every: sweepEvery, Do: a.sweep},
		job.Work{Kind: "toets.verlopen", Every: lapseEvery, Limit: 10 * time.Minute, Do: a.eachFirm(a.Appropriateness.Lapse)},
		job.Work{Kind: "toets.tellen", Every: rollEvery, Limit: 30 * time.Minute, Do: a.eachFirm(a.Appropriateness.Roll)},
		job.Work{Kind: "zaak.brieven", Every: packEvery, Limit: time.Hour, Do: a.eachFirm(a.Casework.FindLetters)},
		job.Work{Kind: "zaak.zoekwoorden", Every: packEvery, Limit: time.Hour, Do: a.eachFirm(a.desk.casework.Pack)},
		job.Work{Kind: "klacht.tellen", Every: rollEvery, Limit: 10 * time.Minute, Do: a.eachFirm(a.Complaint.Fold)},
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

// eachFirm is a job that does the work of one firm after another; what befalls one
// keeps no other waiting.
func (a *App) eachFirm(do func(context.Context, ident.Firm) (int, error)) func(context.Context, *job.Run) error {
	return func(ctx context.Context, r *job.Run) error {
		firms, err := a.Party.Firms(ctx)
		if err != nil {
			return err
		}
		var errs []error
		for i, f := range firms {
			if r.Stopping() {
				return job.Later{At: a.Now()}
			}
			if _, err := do(ctx, f.ID); err != nil {
				errs = append(errs, err)
			}
			if err := r.Tell(ctx, int64(i+1), int64(len(firms))); err != nil {
				return err
			}
		}
		return errors.Join(errs...)
	}
}

// Recount makes the daily figures of every firm anew from its attempts, and tells
// of each day how many it counted.
func (a *App) Recount(ctx context.Context, tell func(firm string, day calendar.Date, attempts int)) error {
	firms, err := a.Party.Firms(ctx)
	for _, f := range firms {
		if err == nil {
			err = a.Appropriateness.Recount(ctx, f.ID, func(d calendar.Date, n int) { tell(f.Name, d, n) })
		}
	}
	return err
}

// Repack packs the words of all cases of every firm anew, and tells in how many stretches.
func (a *App) Repack(ctx context.Context, tell func(firm string, stretches int)) error {
	firms, err := a.Party.Firms(ctx)
	for _, f := range firms {
		var n int
		if err == nil {
			if n, err = a.desk.casework.Repack(ctx, f.ID); n > 0 {
				tell(f.Name, n)
			}
		}
	}
	return err
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
