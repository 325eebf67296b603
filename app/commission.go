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
		Store: &commissionstore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now}, Book: loanContracts{a}, Now: a.Now, NewID: newID, Salt: salt, Alone: a.onePerson, Known: a.knownFirm,
	}
	commissionweb.Mount(a.site, a.Commission, a.guard, commissionweb.House{
		Names: a.names, Firm: a.clientName, Alone: a.onePerson, Today: func() calendar.Date { return calendar.Of(a.Now()) },
	})
	a.works = append(a.works, job.Work{Kind: commissionstore.Compute, Limit: commissionTime, Workers: 1, Do: a.computeCommission})
}

// knownFirm reports whether a firm is here.
func (a *App) knownFirm(ctx context.Context, firm ident.Firm) (bool, error) {
	_, err := a.Party.Firm(ctx, firm)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
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

// ComputeMonth has the commission of a month of a firm computed, now, by who keeps the
// machine, and returns the run as it ended.
func (a *App) ComputeMonth(ctx context.Context, firm ident.Firm, month string) (commission.Run, error) {
	by := operator(firm)
	r, err := a.Commission.Start(ctx, by, month, "")
	if err != nil {
		return r, err
	}
	if err := a.Commission.Work(ctx, firm, r.ID, func() bool { return ctx.Err() != nil }); err != nil {
		return r, err
	}
	return a.Commission.Run(ctx, by, r.ID)
}

// CommissionOf returns the run of a month of a firm that holds or waits for approval;
// fault.NotFound "unknown-commission-run" where there is none.
func (a *App) CommissionOf(ctx context.Context, firm ident.Firm, month string) (commission.Run, error) {
	runs, err := a.Commission.Runs(ctx, operator(firm))
	for _, r := range runs {
		if commission.MonthKey(r.Month) == month && (r.State == commission.RunDone || r.State == commission.RunApproved) {
			return r, nil
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "unknown-commission-run", month)
	}
	return commission.Run{}, err
}

// EachCommission hands on what a run gave for each contract of an intermediary.
func (a *App) EachCommission(ctx context.Context, firm ident.Firm, run, partner string, do func(commission.Line) error) error {
	return a.Commission.EachLine(ctx, operator(firm), run, commission.LineFilter{Partner: partner}, do)
}
