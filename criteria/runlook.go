package criteria

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

type hashing struct{ hash.Hash }

func newHashing() hashing { return hashing{sha256.New()} }

func (h hashing) sum() (out ident.Hash) { h.Sum(out[:0]); return out }

// Portfolios returns the portfolios of the firm, by name.
func (s *Screener) Portfolios(ctx context.Context, by ident.Actor) (list []Portfolio, err error) {
	err = s.Store.ViewRuns(ctx, by.Firm, func(tx RunTx) error { list, err = tx.Portfolios(); return err })
	return list, err
}

// Portfolio returns one portfolio; fault.NotFound "unknown-portfolio".
func (s *Screener) Portfolio(ctx context.Context, by ident.Actor, id string) (p Portfolio, err error) {
	err = s.Store.ViewRuns(ctx, by.Firm, func(tx RunTx) error { p, err = tx.Portfolio(id); return err })
	return p, err
}

// Runs returns the runs of the firm, the newest first.
func (s *Screener) Runs(ctx context.Context, by ident.Actor) (list []Run, err error) {
	err = s.Store.ViewRuns(ctx, by.Firm, func(tx RunTx) error { list, err = tx.Runs(); return err })
	return list, err
}

// Run returns one run; fault.NotFound "unknown-run".
func (s *Screener) Run(ctx context.Context, by ident.Actor, id string) (r Run, err error) {
	err = s.Store.ViewRuns(ctx, by.Firm, func(tx RunTx) error { r, err = tx.Run(id); return err })
	return r, err
}

// SetsToday returns the sets that may be used for portfolios today.
func (s *Screener) SetsToday(ctx context.Context, by ident.Actor) ([]RunSet, error) {
	return s.Sets.InUse(ctx, by.Firm, s.today())
}

// An opened is a run that is done, with its files.
type opened struct {
	run Run
	p   *Program
	c   *Columns
	o   *RunOutcome
	end func()
}

func (s *Screener) open(ctx context.Context, by ident.Actor, id string) (x opened, err error) {
	if x.run, err = s.Run(ctx, by, id); err != nil {
		return x, err
	}
	if x.run.Gone {
		return x, fault.New(fault.Conflict, GonePortfolio, id)
	}
	if x.run.State != RunDone {
		return x, fault.New(fault.Conflict, "run-not-done", id)
	}
	if x.p, err = s.Sets.Sealed(ctx, by.Firm, x.run.Set); err != nil {
		return x, err
	}
	var end1, end2 func()
	if x.c, end1, err = s.columns(ctx, by.Firm, x.run.File, false); err != nil {
		return x, err
	}
	if x.o, end2, err = s.outcome(ctx, by.Firm, x.run.Outcome); err != nil {
		end1()
		return x, err
	}
	x.end = func() { end1(); end2() }
	return x, nil
}

// A RunPage is a part of the contracts of a run.
type RunPage struct {
	Run  Run
	Rows []RunRow
	Why  [][]string // of each row the reasons that hold, by its rules
	Next int64      // where to go on, -1 at the end
}

// heavyStep parts a place in a list that begins with the heaviest category: how
// many categories were passed, and the row.
const heavyStep = int64(1) << 32

// Results returns the contracts of a run that the filter means, from this place on.
func (s *Screener) Results(ctx context.Context, by ident.Actor, id string, f RunFilter, from int64, most int) (page RunPage, err error) {
	x, err := s.open(ctx, by, id)
	if err != nil {
		return page, err
	}
	defer x.end()
	page.Run, page.Next = x.run, -1
	passes := x.o.passes(f)
	for k := max(from, 0) / heavyStep; k < int64(len(passes)) && page.Next < 0; k++ {
		err = x.o.Each(x.c, x.p, passes[k], int(max(from, k*heavyStep)%heavyStep), func(r RunRow) bool {
			if len(page.Rows) == most {
				page.Next = k*heavyStep + int64(r.Row)
				return false
			}
			page.Rows, page.Why = append(page.Rows, r), append(page.Why, x.p.reasons(r))
			return true
		})
		if err != nil {
			return page, err
		}
	}
	return page, nil
}

// passes returns the filters that give the contracts in the order that is asked.
func (o *RunOutcome) passes(f RunFilter) []RunFilter {
	if !f.Heavy || f.Category > 0 {
		return []RunFilter{f}
	}
	var list []RunFilter
	for c := len(o.Categories); c > 0; c-- {
		f.Category = c
		list = append(list, f)
	}
	return list
}

// reasons returns why the rules that hold do so.
func (p *Program) reasons(r RunRow) (list []string) {
	for rule, t := range r.Truths {
		if t == Yes {
			list = append(list, p.Reason(rule, r.Cells))
		}
	}
	return list
}

// EachResult gives every contract that the filter means, with its reasons.
func (s *Screener) EachResult(ctx context.Context, by ident.Actor, id string, f RunFilter, fn func(Run, RunRow, []string) error) error {
	x, err := s.open(ctx, by, id)
	if err != nil {
		return err
	}
	defer x.end()
	for _, pass := range x.o.passes(f) {
		var failed error
		err := x.o.Each(x.c, x.p, pass, 0, func(r RunRow) bool {
			if failed = fn(x.run, r, x.p.reasons(r)); failed == nil && r.Row%Block == 0 {
				failed = ctx.Err()
			}
			return failed == nil
		})
		if err = errors.Join(failed, err); err != nil {
			return err
		}
	}
	return nil
}

// A Contract is what a run said of one contract, with all that it rests on.
type Contract struct {
	Run      Run
	ID       string
	Row      Row
	Decision Decision
	Program  *Program
	Proof    *Proof
}

// Contract returns one contract of a run, explained and proved: its block is made
// anew and held against the root. It is fault.NotFound "unknown-contract".
func (s *Screener) Contract(ctx context.Context, by ident.Actor, id, name string) (c Contract, err error) {
	x, err := s.open(ctx, by, id)
	if err != nil {
		return c, err
	}
	defer x.end()
	row, err := x.c.Find(name)
	if err != nil {
		return c, err
	}
	if row < 0 {
		return c, fault.New(fault.NotFound, "unknown-contract", "")
	}
	c = Contract{Run: x.run, Program: x.p}
	if c.ID, c.Row, err = x.c.Row(x.p, x.run.Day, row); err != nil {
		return c, err
	}
	if c.Proof, err = x.o.Prove(x.p, x.c, row); err != nil {
		return c, err
	}
	c.Decision = x.p.Decide(x.run.Day, c.Row)
	return c, nil
}

// A Moved is a contract that went from one category to another.
type Moved struct {
	ID       string
	From, To string // "" for none
}

// Moved returns the contracts of a run that went from one category to another since
// the run before, from this number on, and where to go on; -1 at the end.
func (s *Screener) Moved(ctx context.Context, by ident.Actor, id string, m RunMove, at, most int) (list []Moved, next int, err error) {
	x, err := s.open(ctx, by, id)
	if err != nil {
		return nil, -1, err
	}
	defer x.end()
	if x.run.Before == "" {
		return nil, -1, nil
	}
	before, err := s.open(ctx, by, x.run.Before)
	if err != nil {
		return nil, -1, err
	}
	defer before.end()
	f, err := s.Files.Open(ctx, by.Firm, x.run.Changes, false)
	if err != nil {
		return nil, -1, err
	}
	defer f.Close()
	changes, next, err := ListChanges(f, f.Size(), categoryAt(before.o, m.From), categoryAt(x.o, m.To), max(at, 0), most)
	for _, c := range changes {
		moved := Moved{From: nameAt(before.o.Categories, c.From), To: nameAt(x.o.Categories, c.To)}
		names := x.c
		if c.To == Nowhere {
			names = before.c
		}
		if moved.ID, err = names.name(c.Row); err != nil {
			return nil, -1, err
		}
		list = append(list, moved)
	}
	return list, next, err
}

// AnyCategory asks for moves from or to whatever category.
const AnyCategory = "*"

func categoryAt(o *RunOutcome, name string) int {
	switch name {
	case AnyCategory:
		return Nowhere - 1
	case "":
		return Nowhere
	}
	return o.same(name)
}

// name reads the name of the contract of a row.
func (c *Columns) name(row int) (string, error) {
	c.names.Lock()
	defer c.names.Unlock()
	if i := row / StripeRows; c.namesOf == nil || c.namesAt != i {
		ids, err := c.IDs(i)
		if err != nil {
			return "", err
		}
		c.namesOf, c.namesAt = ids, i
	}
	return c.namesOf[row%StripeRows], nil
}

// LeftOut writes the file that names what a load left out.
func (s *Screener) LeftOut(ctx context.Context, by ident.Actor, portfolio string, number int, w io.Writer) error {
	p, err := s.Portfolio(ctx, by, portfolio)
	if err != nil {
		return err
	}
	for _, f := range p.Files {
		if f.Number != number || f.Faults.IsZero() {
			continue
		}
		file, err := s.Files.Open(ctx, by.Firm, f.Faults, false)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = io.Copy(w, io.NewSectionReader(file, 0, file.Size()))
		return err
	}
	return fault.New(fault.NotFound, "file-missing", "")
}
