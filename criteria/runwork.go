package criteria

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// ErrStopped is what Work returns when it was asked to stop: the run waits, and is
// begun anew.
var ErrStopped = errors.New("the run was stopped")

// Work does a run, once: doing it again does no harm. What it kept half-way is kept
// by nobody.
func (s *Screener) Work(ctx context.Context, firm ident.Firm, id string, stopping func() bool) error {
	r, before, err := s.begin(ctx, firm, id)
	if err != nil || r.State == RunDone || r.State == RunFailed {
		return err
	}
	if err = s.do(ctx, firm, &r, before, stopping); err == nil {
		return s.Store.UpdateRuns(ctx, firm, func(tx RunTx) error {
			now, err := tx.Run(id)
			if err != nil || now.State == RunDone {
				return err
			}
			r.State, r.Ended, r.Progress = RunDone, s.Now(), r.Sum.Rows
			return errors.Join(tx.SaveRun(r), tx.Append(s.screened(firm, r)))
		})
	}
	f := fault.As(err)
	if f == nil || f.Kind == fault.Unavailable {
		return fmt.Errorf("screen %s: %w", id, err)
	}
	return s.Store.UpdateRuns(ctx, firm, func(tx RunTx) error { // trying again would change nothing
		now, err := tx.Run(id)
		if err != nil || now.State == RunDone {
			return err
		}
		now.State, now.Ended, now.Why = RunFailed, s.Now(), f.Reason
		return tx.SaveRun(now)
	})
}

func (s *Screener) begin(ctx context.Context, firm ident.Firm, id string) (r, before Run, err error) {
	err = s.Store.UpdateRuns(ctx, firm, func(tx RunTx) error {
		if r, err = tx.Run(id); err != nil || r.State == RunDone || r.State == RunFailed {
			return err
		}
		r.State, r.Progress = RunBusy, 0
		if err := tx.SaveRun(r); err != nil {
			return err
		}
		before, err = tx.RunBefore(r)
		if fault.Is(err, fault.NotFound) {
			before, err = Run{}, nil
		}
		return err
	})
	return r, before, err
}

// tellEvery is how often a run shows how far it is.
const tellEvery = time.Second

func (s *Screener) do(ctx context.Context, firm ident.Firm, r *Run, before Run, stopping func() bool) error {
	p, err := s.Sets.Sealed(ctx, firm, r.Set)
	if err != nil {
		return err
	}
	c, end, err := s.columns(ctx, firm, r.File, true)
	if err != nil {
		return err
	}
	defer end()
	last := s.Now()
	var sum *RunSum
	r.Outcome, r.Size, err = s.Files.Keep(ctx, firm, func(w io.Writer) error {
		sum, err = p.ScreenColumns(ctx, r.Day, r.Set, r.File, c, w, func(rows int) error {
			if stopping() {
				return ErrStopped
			}
			if s.Now().Sub(last) < tellEvery {
				return nil
			}
			last = s.Now()
			return s.tell(ctx, firm, r.ID, rows)
		})
		return err
	})
	if err != nil {
		return err
	}
	r.Sum = *sum
	return s.compare(ctx, firm, r, before, c)
}

// columns opens a column file; end closes it.
func (s *Screener) columns(ctx context.Context, firm ident.Firm, file ident.Hash, anew bool) (c *Columns, end func(), err error) {
	f, err := s.Files.Open(ctx, firm, file, anew)
	if err != nil {
		return nil, nil, err
	}
	if c, err = OpenColumns(f, f.Size()); err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return c, func() { _ = f.Close() }, nil
}

func (s *Screener) outcome(ctx context.Context, firm ident.Firm, file ident.Hash) (o *RunOutcome, end func(), err error) {
	f, err := s.Files.Open(ctx, firm, file, false)
	if err != nil {
		return nil, nil, err
	}
	if o, err = OpenRunOutcome(f, f.Size()); err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return o, func() { _ = f.Close() }, nil
}

func (s *Screener) tell(ctx context.Context, firm ident.Firm, id string, rows int) error {
	return s.Store.UpdateRuns(ctx, firm, func(tx RunTx) error {
		now, err := tx.Run(id)
		if err != nil || now.State != RunBusy {
			return err
		}
		now.Progress = rows
		return tx.SaveRun(now)
	})
}

// compare holds the run against the one before. A file of that one that is gone
// keeps nothing from being done: then there is nothing to compare.
func (s *Screener) compare(ctx context.Context, firm ident.Firm, r *Run, before Run, c *Columns) error {
	r.Moves = []RunMove{}
	if before.ID == "" {
		return nil
	}
	was, end, err := s.outcome(ctx, firm, before.Outcome)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer end()
	old, end2, err := s.columns(ctx, firm, before.File, false)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer end2()
	now, end3, err := s.outcome(ctx, firm, r.Outcome)
	if err != nil {
		return err
	}
	defer end3()
	r.Before = before.ID
	r.Changes, _, err = s.Files.Keep(ctx, firm, func(w io.Writer) error {
		r.Moves, err = Changes(was, now, old, c, w)
		return err
	})
	return err
}

// Again does a run anew from what its fact names, and says what came out otherwise;
// "" where nothing did. Nothing is kept.
func (s *Screener) Again(ctx context.Context, firm ident.Firm, payload []byte) (different string, err error) {
	var f screened1
	if err := canon.Decode(payload, &f); err != nil {
		return "", err
	}
	p, err := s.Sets.Sealed(ctx, firm, f.Set)
	if err != nil {
		return "", err
	}
	c, end, err := s.columns(ctx, firm, f.Columns, true)
	if err != nil {
		return "", err
	}
	defer end()
	h := newHashing()
	sum, err := p.ScreenColumns(ctx, f.Day, f.Set, f.Columns, c, h, nil)
	switch {
	case err != nil:
		return "", err
	case sum.Root != f.Root:
		return "root", nil
	case h.sum() != f.Outcome:
		return "outcome", nil
	case string(canon.Must(countedOf(sum.Categories))) != string(canon.Must(f.Categories)) || string(canon.Must(countedOf(sum.Rules))) != string(canon.Must(f.Rules)) || sum.Rows != f.Rows || sum.Open != f.Open:
		return "counts", nil
	}
	return "", nil
}
