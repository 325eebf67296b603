package app

import (
	"context"
	"errors"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	commissionstore "zorgplicht/commission/store"
	commissionweb "zorgplicht/commission/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/journal"
)

// commissionTime bounds one run; after it another node begins anew.
const commissionTime = 30 * time.Minute

// furnishCommission opens the room of commission on consumer credit.
func (a *App) furnishCommission() {
	a.Commission = &commission.Service{
		Store: &commissionstore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now}, Book: loanContracts{a}, Now: a.Now, NewID: newID, Salt: salt, Alone: a.onePerson,
	}
	commissionweb.Mount(a.site, a.Commission, a.guard, commissionweb.House{
		Names: a.names, Firm: a.clientName, Alone: a.onePerson, Today: func() calendar.Date { return calendar.Of(a.Now()) },
	})
	a.works = append(a.works, job.Work{Kind: commissionstore.Compute, Limit: commissionTime, Workers: 1, Do: a.computeCommission})
}

// onePerson reports whether one person is the firm.
func (a *App) onePerson(ctx context.Context, firm ident.Firm) (bool, error) {
	f, err := a.Party.Firm(ctx, firm)
	return f.OnePerson, err
}

// computeCommission does a run.
func (a *App) computeCommission(ctx context.Context, r *job.Run) error {
	err := a.Commission.Work(ctx, r.Firm, r.About, r.Stopping)
	if errors.Is(err, commission.ErrStopped) {
		return job.Later{At: a.Now()}
	}
	return err
}

// replayCommission decides every line of every run of the journal anew, from the
// contracts and agreements that it kept, and holds the root against the one that was
// recorded.
func (a *App) replayCommission(ctx context.Context, out *journal.Replayed) error {
	for f, err := range a.reader().All(ctx) {
		if err != nil {
			return err
		}
		if f.Kind != commission.KindRun || f.Erased {
			continue
		}
		out.Decisions++
		out.Rules[commission.KindRun]++
		different, err := a.Commission.Again(ctx, f.Firm, f.Subject, f.Payload)
		switch {
		case fault.Is(err, fault.Unavailable), ctx.Err() != nil:
			return errors.Join(err, ctx.Err())
		case err != nil:
			different = err.Error()
		case different == "":
			out.Same++
			continue
		default:
			different = "the run gives another " + different
		}
		if len(out.Unequal) < journal.MaxFindings {
			out.Unequal = append(out.Unequal, journal.Unequal{Fact: f.ID, Kind: f.Kind, Rule: commission.KindRun, Problem: different})
		}
	}
	return nil
}
