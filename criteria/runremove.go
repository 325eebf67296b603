package criteria

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Removal is that the data of a portfolio were taken away.
type Removal struct {
	At     time.Time
	By     string
	Reason string
}

// KindRemoved is the kind of fact that the data of a portfolio were taken away.
const KindRemoved = "criteria.portfolio_removed/1"

// removed1 names the files that were taken away. The runs over them keep their fact,
// with counts and root: a proof that somebody holds can be checked still.
type removed1 struct {
	By     string       `json:"by"`
	Reason string       `json:"reason"`
	Files  []ident.Hash `json:"files"`
}

// GonePortfolio is the reason of the fault of what needs the data of a portfolio
// whose data were taken away.
const GonePortfolio = "portfolio-removed"

// A RemoveOrder says which portfolio goes, and why.
type RemoveOrder struct {
	Portfolio string // id
	Reason    string
	Key       string // of who asks twice; "" for none
}

// Remove takes the data of a portfolio away: its column files and what runs said of
// each contract. Name, loads, counts, roots and the lists of what was left out stay.
// It is Invalid "invalid-words"; a Conflict "portfolio-removed" where that was done
// before under another key, and "portfolio-busy" while a run over it waits or is under
// way.
func (s *Screener) Remove(ctx context.Context, by ident.Actor, o RemoveOrder) (p Portfolio, err error) {
	if err := fault.All("invalid-words", noted("/reason", o.Reason, true)); err != nil {
		return p, err
	}
	var files []ident.Hash
	err = s.Store.UpdateRuns(ctx, by.Firm, func(tx RunTx) error {
		if p, err = tx.Portfolio(o.Portfolio); err != nil {
			return err
		}
		if done, err := o.once(tx, s.Now()); done || err != nil {
			return err
		}
		if p.Removed != nil {
			return fault.New(fault.Conflict, GonePortfolio, p.ID)
		}
		runs, err := tx.Runs()
		if err != nil {
			return err
		}
		for _, r := range runs {
			if r.Portfolio == p.ID && (r.State == RunWaiting || r.State == RunBusy) {
				return fault.New(fault.Conflict, "portfolio-busy", p.ID)
			}
		}
		files = p.data(runs)
		p.Removed = &Removal{At: s.Now(), By: by.String(), Reason: o.Reason}
		return errors.Join(tx.RemovePortfolio(p.ID, *p.Removed), tx.Append(s.fact(KindRemoved, by.Firm, p.ID, removed1{p.Removed.By, o.Reason, files})))
	})
	if err != nil {
		return p, fmt.Errorf("remove a portfolio: %w", err)
	}
	return p, s.away(ctx, by.Firm, files)
}

// once reports whether this was done before under its key, and else keeps the key.
func (o RemoveOrder) once(tx RunTx, now time.Time) (bool, error) {
	if o.Key == "" {
		return false, nil
	}
	request := ident.HashOf(canon.Must(map[string]any{"remove": o.Portfolio, "reason": o.Reason}))
	prior, err := tx.Once(o.Key, request, now)
	if prior != nil || err != nil {
		return true, err
	}
	return false, tx.Keep(o.Key, request, []byte(o.Portfolio))
}

// data are the files that go with a portfolio. Each is of this portfolio alone, for
// a column file has a random salt, and an outcome names its column file.
func (p Portfolio) data(runs []Run) []ident.Hash {
	list := []ident.Hash{}
	for _, f := range p.Files {
		list = append(list, f.Hash)
	}
	for _, r := range runs {
		if r.Portfolio == p.ID && r.State == RunDone {
			list = append(list, r.Outcome)
		}
	}
	return list
}

func (s *Screener) away(ctx context.Context, firm ident.Firm, files []ident.Hash) (err error) {
	for _, f := range files {
		err = errors.Join(err, s.Files.Remove(ctx, firm, f))
	}
	return err
}

// Clear takes away what is left of portfolios that were removed: the program may
// have been killed, or a disk away, after the removal was written down.
func (s *Screener) Clear(ctx context.Context, firm ident.Firm) error {
	var files []ident.Hash
	err := s.Store.ViewRuns(ctx, firm, func(tx RunTx) error {
		list, err := tx.Portfolios()
		if err != nil {
			return err
		}
		var runs []Run
		for _, p := range list {
			if p.Removed == nil {
				continue
			}
			if runs == nil {
				if runs, err = tx.Runs(); err != nil {
					return err
				}
			}
			files = append(files, p.data(runs)...)
		}
		return nil
	})
	return errors.Join(err, s.away(ctx, firm, files))
}

// ScreenedPortfolio returns the portfolio of which the fact of a run speaks.
func ScreenedPortfolio(payload []byte) (string, error) {
	var f screened1
	err := canon.Decode(payload, &f)
	return f.Portfolio, err
}
