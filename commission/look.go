package commission

import (
	"context"
	"errors"
	"slices"
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A LineFilter says which lines of a run are asked for; the zero filter asks all.
type LineFilter struct {
	Partner string  // code
	Outcome Outcome //
	Search  string  // how the reference begins
	Highest bool    // the highest amount first, instead of by reference
}

func (f LineFilter) takes(l Line) bool {
	return (f.Partner == "" || l.Partner == f.Partner) && (f.Outcome == "" || l.Outcome == f.Outcome) && strings.HasPrefix(l.Ref, f.Search)
}

// misses reports whether a block has none that the filter takes.
func (f LineFilter) misses(b Block) bool {
	if f.Search != "" && (b.Last < f.Search || b.First > f.Search && !strings.HasPrefix(b.First, f.Search)) {
		return true
	}
	return !slices.ContainsFunc(b.Tally, func(t Tally) bool {
		return (f.Partner == "" || t.Partner == f.Partner) && (f.Outcome == "" || t.Outcome == f.Outcome)
	})
}

// A LinePage is one page of lines.
type LinePage struct {
	Lines []Line
	Next  int // from where the next page begins; -1 on the last
}

var errEnough = errors.New("enough")

// each hands on the lines of a run that the filter takes, with their places.
func (f LineFilter) each(tx Tx, run string, from int, do func(int, Line) error) error {
	return tx.EachBlock(run, from/BlockRows, func(b Block) error {
		if f.misses(b) {
			return nil
		}
		lines, err := b.Lines()
		if err != nil {
			return err
		}
		for i, l := range lines {
			if row := b.Number*BlockRows + i; row >= from && f.takes(l) {
				if err := do(row, l); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Lines returns a page of the lines of a run that came to a result, from a place on:
// by reference that is a row, by amount a rank. It is a Conflict "run-not-done" before.
func (s *Service) Lines(ctx context.Context, by ident.Actor, run string, f LineFilter, from, most int) (p LinePage, err error) {
	p.Next = -1
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if _, err := ready(tx, run); err != nil {
			return err
		}
		if f.Highest {
			return p.highest(tx, run, f, from, most)
		}
		err := f.each(tx, run, from, func(row int, l Line) error {
			if len(p.Lines) == most {
				p.Next = row
				return errEnough
			}
			p.Lines = append(p.Lines, l)
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	return p, err
}

func ready(tx Tx, run string) (Run, error) {
	r, err := tx.Run(run)
	if err == nil && !r.Ready() {
		err = fault.New(fault.Conflict, "run-not-done", run)
	}
	return r, err
}

// EachLine hands on every line that the filter takes, by reference.
func (s *Service) EachLine(ctx context.Context, by ident.Actor, run string, f LineFilter, do func(Line) error) error {
	return s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if _, err := ready(tx, run); err != nil {
			return err
		}
		return f.each(tx, run, 0, func(_ int, l Line) error { return errors.Join(do(l), ctx.Err()) })
	})
}

// An Explained is why a run gave what it gave for a contract, with the proof.
type Explained struct {
	Run         Run
	Line        Line
	Used        Used // the agreement with the intermediary; empty where there was none
	Answer      MonthOut
	Decision    rule.Decision
	Proof       *criteria.Proof
	Corrections []Correction // of this contract in this month
}

// Explain returns why; fault.NotFound "unknown-commission-contract".
func (s *Service) Explain(ctx context.Context, by ident.Actor, run, ref string) (x Explained, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if x.Run, err = ready(tx, run); err != nil {
			return err
		}
		b, err := tx.BlockOf(run, ref)
		if err != nil {
			return err
		}
		line, row, err := find(tx, run, ref)
		if err != nil {
			return err
		}
		x.Line, x.Used = line, x.Run.ByCode(line.Partner)
		x.Answer, x.Decision = Monthly.Decide(line.Asked(x.Run.Month, x.Used.Percentages))
		if x.Proof, err = prove(x.Run.Salt, x.Run.Roots, b, row-b.Number*BlockRows, x.Run.Rows); err != nil {
			return err
		}
		all, err := tx.Corrections()
		for _, c := range all {
			if c.Run == run && c.Contract == ref {
				x.Corrections = append(x.Corrections, c)
			}
		}
		return err
	})
	return x, err
}

// A Statement (provisieafrekening) is what one intermediary gets over a month.
type Statement struct {
	Run         Run
	Share       Share
	Used        Used
	Corrections []Correction
}

// Statement returns that of an agreement; fault.NotFound
// "unknown-commission-agreement" where the run has none of it.
func (s *Service) Statement(ctx context.Context, by ident.Actor, run, agreement string) (st Statement, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		st, err = statement(tx, run, agreement)
		return err
	})
	return st, err
}

func statement(tx Tx, run, agreement string) (st Statement, err error) {
	if st.Run, err = ready(tx, run); err != nil {
		return st, err
	}
	if st.Share, st.Used, err = st.Run.Share(agreement); err != nil {
		return st, err
	}
	all, err := tx.Corrections()
	for _, c := range all {
		if slices.Contains(st.Share.Corrections, c.ID) {
			st.Corrections = append(st.Corrections, c)
		}
	}
	return st, err
}

// A Past is what a month gave for a contract.
type Past struct {
	Run  Run
	Line Line
}

// mostPast bounds how many months a history goes back.
const mostPast = 60

// History returns what each month gave for a contract, the latest first: of every run
// that holds or waits for approval.
func (s *Service) History(ctx context.Context, by ident.Actor, ref string) (list []Past, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		runs, err := tx.Runs()
		for _, r := range runs {
			if err != nil || len(list) == mostPast {
				return err
			}
			if r.State != RunDone && r.State != RunApproved {
				continue
			}
			line, _, err := find(tx, r.ID, ref)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, Past{r, line})
		}
		return err
	})
	return list, err
}
