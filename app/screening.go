package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/criteria/store"
	criteriaweb "zorgplicht/criteria/web"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
)

// The limits of a portfolio.
const (
	mostContracts = 20_000_000
	screenTime    = 30 * time.Minute // of one run; after it another node begins anew
)

// furnishScreening opens portfolios and runs. Their files lie in the data folder,
// which all nodes share where there are more.
func (a *App) furnishScreening() {
	files := newRunFiles(a.portfolios())
	a.Screener = &criteria.Screener{
		Store: &store.Runs{DB: a.db, Pen: a.desk.pen, Now: a.Now}, Files: files, Sets: runSets{a.Criteria}, Now: a.Now, NewID: newID,
		Most: mostContracts, Salt: salt,
	}
	criteriaweb.MountRuns(a.site, a.screenDesk(), a.guard, a.names, func() calendar.Date { return calendar.Of(a.Now()) }, a.Upload)
	a.works = append(a.works, job.Work{Kind: store.Screen, Limit: screenTime, Workers: 1, Do: a.screen})
	a.sweeps = append(a.sweeps, files.Sweep, a.clearBooks)
}

// clearBooks takes away what is left on the disk of portfolios that were removed.
func (a *App) clearBooks(ctx context.Context, _ time.Time) (int64, error) {
	firms, err := a.Party.Firms(ctx)
	for _, f := range firms {
		err = errors.Join(err, a.Screener.Clear(ctx, f.ID))
	}
	return 0, err
}

// portfolios is the folder of their files.
func (a *App) portfolios() string { return filepath.Join(a.Data, "portfolios") }

// salt is 256 bits that nobody can foresee.
func salt() (h ident.Hash) {
	_, _ = io.ReadFull(random, h[:]) // crypto/rand does not fail
	return h
}

// screen does a run.
func (a *App) screen(ctx context.Context, r *job.Run) error {
	err := a.Screener.Work(ctx, r.Firm, r.About, r.Stopping)
	if errors.Is(err, criteria.ErrStopped) {
		return job.Later{At: a.Now()}
	}
	return err
}

// runSets are the sets of the firm, as screening knows them.
type runSets struct{ sets *criteria.Service }

// InUse returns every set that decides on this day, by name.
func (s runSets) InUse(ctx context.Context, firm ident.Firm, day calendar.Date) (list []criteria.RunSet, err error) {
	for _, purpose := range criteria.Purposes {
		found, err := s.sets.For(ctx, firm, purpose, day)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			list = append(list, criteria.RunSet{Hash: p.Release.Hash, Name: p.Release.Name, Title: p.Release.Title, Version: p.Release.Version, Program: p.Program})
		}
	}
	slices.SortFunc(list, func(a, b criteria.RunSet) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}

// Sealed returns the program of a set that the firm sealed.
func (s runSets) Sealed(ctx context.Context, firm ident.Firm, set ident.Hash) (p *criteria.Program, err error) {
	err = s.sets.Store.View(ctx, firm, func(tx criteria.Tx) error {
		p, err = tx.Sealed(set)
		return err
	})
	return p, err
}
