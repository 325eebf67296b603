package commission

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"iter"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// ErrStopped is what Work returns when it was asked to stop: the run waits, and is
// begun anew.
var ErrStopped = errors.New("the run was stopped")

// blocksAtOnce is how many blocks one transaction keeps.
const blocksAtOnce = 16

// Work does a run. Doing it again does no harm: what was kept half-way goes first,
// and nobody sees it before the run is done.
func (s *Service) Work(ctx context.Context, firm ident.Firm, id string, stopping func() bool) error {
	r, err := s.begin(ctx, firm, id)
	if err != nil || r.State != RunBusy {
		return err
	}
	if err = s.compute(ctx, firm, &r, stopping); err == nil {
		err = s.finish(ctx, firm, r)
	}
	f := fault.As(err)
	if err == nil || f == nil || f.Kind == fault.Unavailable {
		return err
	}
	return s.Store.Update(ctx, firm, func(tx Tx) error { // trying again would change nothing
		now, err := tx.Run(id)
		if err != nil || now.State != RunBusy {
			return err
		}
		now.State, now.Ended, now.Why = RunFailed, s.Now(), f.Reason
		return errors.Join(tx.DropBlocks(id), tx.SaveRun(now))
	})
}

func (s *Service) begin(ctx context.Context, firm ident.Firm, id string) (r Run, err error) {
	err = s.Store.Update(ctx, firm, func(tx Tx) error {
		if r, err = tx.Run(id); err != nil || r.State != RunWaiting && r.State != RunBusy {
			return err
		}
		all, err := tx.Agreements()
		if err != nil {
			return err
		}
		slices.SortFunc(all, func(a, b Agreement) int { return cmp.Compare(a.Code, b.Code) })
		r.Agreements = []Used{}
		for _, a := range all {
			r.Agreements = append(r.Agreements, Used{a.ID, a.Code, a.Name, a.IBAN, a.Percentages})
		}
		r.State, r.Progress = RunBusy, 0
		return errors.Join(tx.DropBlocks(id), tx.SaveRun(r))
	})
	return r, err
}

// A computing is a run under way.
type computing struct {
	*binder
	last     calendar.Date
	partners map[string]*partner
	totals   map[Outcome]*Counted
	roots    []ident.Hash
	content  hash.Hash
	before   string // reference
}

// A partner is an agreement ready to decide by.
type partner struct {
	courses [2]course // revolving credit last
	totals  map[Outcome]*Counted
}

func compute(last calendar.Date, salt ident.Hash, agreements []Used) *computing {
	c := &computing{binder: newBinder(salt), last: last, partners: map[string]*partner{}, totals: map[Outcome]*Counted{}, content: sha256.New()}
	for _, u := range agreements {
		c.partners[u.Code] = &partner{[2]course{courseOf(NonRevolving, u.Percentages), courseOf(Revolving, u.Percentages)}, map[Outcome]*Counted{}}
	}
	return c
}

// take decides a contract and reports whether a block is full.
func (c *computing) take(k Contract) (full bool, err error) {
	if k.Ref <= c.before {
		return false, fault.New(fault.Conflict, "contracts-unordered", k.Ref)
	}
	c.before = k.Ref
	p := c.partners[k.Partner]
	var of course
	switch {
	case p == nil:
	case k.Revolving:
		of = p.courses[1]
	default:
		of = p.courses[0]
	}
	l := k.month(of, c.last)
	count(c.totals, l)
	if p != nil {
		count(p.totals, l)
	}
	return c.add(l), nil
}

func count(in map[Outcome]*Counted, l Line) {
	n := in[l.Outcome]
	if n == nil {
		n = &Counted{Outcome: l.Outcome}
		in[l.Outcome] = n
	}
	n.Rows++
	n.Balance += l.Balance
	n.Amount += l.Amount
}

// end closes a block.
func (c *computing) end() Block {
	b := c.bind()
	c.roots = append(c.roots, b.Root)
	c.content.Write(b.Body)
	return b
}

// each decides all contracts and hands on their blocks.
func (c *computing) each(book iter.Seq2[Contract, error], hand func(Block) error) error {
	for k, err := range book {
		if err != nil {
			return err
		}
		k.Partner = strings.ToUpper(strings.TrimSpace(k.Partner))
		full, err := c.take(k)
		if err == nil && full {
			err = hand(c.end())
		}
		if err != nil {
			return err
		}
	}
	if c.block.Rows > 0 {
		return hand(c.end())
	}
	return nil
}

func counts(of map[Outcome]*Counted) []Counted {
	list := []Counted{}
	for _, o := range Outcomes {
		if n := of[o]; n != nil {
			list = append(list, *n)
		}
	}
	return list
}

func (s *Service) compute(ctx context.Context, firm ident.Firm, r *Run, stopping func() bool) error {
	c := compute(r.Month, r.Salt, r.Agreements)
	var kept []Block
	keep := func() error {
		if stopping() {
			return ErrStopped
		}
		err := s.Store.Update(ctx, firm, func(tx Tx) error {
			now, err := tx.Run(r.ID)
			if err != nil {
				return err
			}
			for _, b := range kept {
				if err := tx.AddBlock(r.ID, b); err != nil {
					return err
				}
			}
			now.Progress = c.rows
			return tx.SaveRun(now)
		})
		kept = kept[:0]
		return err
	}
	err := c.each(s.Book.Contracts(ctx, firm, r.Month), func(b Block) error {
		if kept = append(kept, b); len(kept) < blocksAtOnce {
			return nil
		}
		return keep()
	})
	if err == nil {
		err = keep()
	}
	if err != nil {
		return fmt.Errorf("commission of %s: %w", MonthKey(r.Month), err)
	}
	c.result(&r.RunResult)
	return nil
}

// result writes what the run came to, without corrections.
func (c *computing) result(r *RunResult) {
	r.Rows, r.Roots, r.Root, r.Content = c.rows, c.roots, rootOf(c.roots), ident.Hash(c.content.Sum(nil))
	r.Outcomes, r.Shares = counts(c.totals), []Share{}
	for _, u := range r.Agreements {
		sh := Share{Agreement: u.ID, Outcomes: counts(c.partners[u.Code].totals), Corrections: []string{}}
		for _, n := range sh.Outcomes {
			sh.Rows, sh.Amount = sh.Rows+n.Rows, sh.Amount+n.Amount
		}
		r.Shares = append(r.Shares, sh)
	}
}

// finish adds corrections and what was carried, and writes the fact.
func (s *Service) finish(ctx context.Context, firm ident.Firm, r Run) error {
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		now, err := tx.Run(r.ID)
		if err != nil || now.State != RunBusy {
			return err
		}
		corrections, err := tx.Corrections()
		if err != nil {
			return err
		}
		runs, err := tx.Runs()
		if err != nil {
			return err
		}
		r.settle(corrections, carried(runs))
		r.State, r.Ended, r.Progress = RunDone, s.Now(), r.Rows
		return errors.Join(tx.SaveRun(r), tx.Append(s.fact(KindRun, r.ID, firm, r.fact())))
	})
}

// carried is what each agreement was left with below nil in the last month that was
// settled.
func carried(runs []Run) map[string]money.Cents {
	left := map[string]money.Cents{}
	if i := slices.IndexFunc(runs, func(r Run) bool { return r.State == RunApproved }); i >= 0 {
		for _, sh := range runs[i].Shares {
			left[sh.Agreement] = min(sh.Total, 0)
		}
	}
	return left
}

// settle puts open corrections and what was carried in the shares, and leaves out
// those with nothing.
func (r *Run) settle(corrections []Correction, carried map[string]money.Cents) {
	r.Corrections = []string{}
	for i := range r.Shares {
		sh := &r.Shares[i]
		for _, c := range corrections {
			if c.Settled == "" && c.Agreement == sh.Agreement {
				sh.Corrections, sh.Corrected = append(sh.Corrections, c.ID), sh.Corrected+c.Difference
				r.Corrections = append(r.Corrections, c.ID)
			}
		}
		sh.Carried = carried[sh.Agreement]
		sh.Total = sh.Amount + sh.Corrected + sh.Carried
	}
	r.Shares = slices.DeleteFunc(r.Shares, func(s Share) bool { return s.Rows == 0 && len(s.Corrections) == 0 && s.Carried == 0 })
}

func (r Run) fact() run1 {
	f := run1{By: r.By, Rule: Monthly.Version(), Month: r.Month, Agreements: []terms1{}, Rows: r.Rows, Root: r.Root, Content: r.Content, Outcomes: []counted1{}, Partners: []share1{}}
	for _, u := range r.Agreements {
		f.Agreements = append(f.Agreements, terms1{u.ID, u.Code, u.Percentages})
	}
	for _, n := range r.Outcomes {
		f.Outcomes = append(f.Outcomes, counted1{n.Outcome, n.Rows, n.Amount})
	}
	for _, s := range r.Shares {
		f.Partners = append(f.Partners, share1{s.Agreement, s.Rows, s.Amount, s.Corrections, s.Corrected, s.Carried, s.Total})
	}
	return f
}

// Again decides every line of a run anew, from the contracts that it kept and the
// agreements in its fact, and says what came out otherwise; "" where nothing did.
func (s *Service) Again(ctx context.Context, firm ident.Firm, run string, payload []byte) (different string, err error) {
	var f run1
	if err := canon.Decode(payload, &f); err != nil {
		return "", err
	}
	var used []Used
	for _, t := range f.Agreements {
		used = append(used, Used{ID: t.ID, Code: t.Code, Percentages: t.Percentages})
	}
	var c *computing
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		r, err := tx.Run(run)
		if err != nil {
			return err
		}
		c = compute(f.Month, r.Salt, used)
		return c.each(kept(tx, run), func(Block) error { return ctx.Err() })
	})
	if err != nil {
		return "", err
	}
	now := RunResult{Agreements: used}
	c.result(&now)
	switch {
	case now.Root != f.Root:
		return "root", nil
	case now.Content != f.Content:
		return "content", nil
	case now.Rows != f.Rows || string(canon.Must(Run{RunResult: now}.fact().Outcomes)) != string(canon.Must(f.Outcomes)):
		return "counts", nil
	}
	for _, p := range f.Partners {
		i := slices.IndexFunc(now.Shares, func(s Share) bool { return s.Agreement == p.Agreement })
		if i < 0 || now.Shares[i].Amount != p.Amount || now.Shares[i].Rows != p.Rows || p.Amount+p.Corrected+p.Carried != p.Total {
			return "shares", nil
		}
	}
	return "", nil
}

// kept are the contracts of a run as it kept them.
func kept(tx Tx, run string) iter.Seq2[Contract, error] {
	return func(yield func(Contract, error) bool) {
		stop := errors.New("enough")
		err := tx.EachBlock(run, 0, func(b Block) error {
			lines, err := b.Lines()
			if err != nil {
				return err
			}
			for _, l := range lines {
				if !yield(l.Contract, nil) {
					return stop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, stop) {
			yield(Contract{}, err)
		}
	}
}
