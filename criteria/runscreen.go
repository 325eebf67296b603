package criteria

import (
	"context"
	"errors"
	"io"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A RunCount is how many contracts a category or a rule has.
type RunCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	Open  int    `json:"open"` // of a rule: not known
}

// A RunSum is what came of a run as a whole.
type RunSum struct {
	Rows       int        `json:"rows"`
	Open       int        `json:"open"` // contracts whose category is not certain
	Categories []RunCount `json:"categories"`
	Rules      []RunCount `json:"rules"`
	Root       ident.Hash `json:"root"`
}

// ScreenColumns decides every contract of a column file, stripe by stripe, writes
// the outcome file and proves it. The hashes are those of set and column file.
func (p *Program) ScreenColumns(ctx context.Context, day calendar.Date, set, file ident.Hash, c *Columns, out io.Writer, told func(rows int) error) (*RunSum, error) {
	m, err := p.fit(c)
	if err != nil {
		return nil, err
	}
	sum := p.emptySum()
	w := newOutcomeWriter(out, p.outcomeHead(day, set, file, c.Rows))
	v := p.prover(c.head.Salt)
	for i := range c.starts {
		s, err := c.Stripe(i)
		if err != nil {
			return nil, err
		}
		columns := m.columns(p, s)
		r := p.NewResult(len(s.IDs))
		if err := p.Screen(ctx, day, columns, r); err != nil {
			return nil, err
		}
		if err := w.stripe(r, v.roots(s.First, s.IDs, columns, r)); err != nil {
			return nil, err
		}
		sum.add(r)
		if told == nil {
			continue
		}
		if err := told(sum.Rows); err != nil {
			return nil, err
		}
	}
	sum.Root = RootOf(w.roots)
	return sum, errors.Join(w.close(), ctx.Err())
}

func (p *Program) outcomeHead(day calendar.Date, set, file ident.Hash, rows int) outcomeHead {
	h := outcomeHead{Set: set, Columns: file, Day: day, Rows: rows, Categories: p.set.Categories, Rules: []string{}, In: []int{}}
	for i := range p.rules {
		h.Rules, h.In = append(h.Rules, p.rules[i].rule.ID), append(h.In, p.rules[i].category)
	}
	return h
}

func (p *Program) emptySum() *RunSum {
	s := &RunSum{Rules: []RunCount{}}
	for _, c := range p.set.Categories {
		s.Categories = append(s.Categories, RunCount{Name: c})
	}
	for i := range p.rules {
		s.Rules = append(s.Rules, RunCount{Name: p.rules[i].rule.ID})
	}
	return s
}

// add counts the rows of a result.
func (s *RunSum) add(r *Result) {
	s.Rows += r.Rows
	for i, c := range r.Category {
		s.Categories[c].Count++
		if r.Highest[i] != c {
			s.Open++
		}
	}
	for b := range (r.Rows + Block - 1) / Block {
		for rule := range r.rules {
			at := (b*r.rules + rule) * words
			yes, maybe := (*bitmap)(r.yes[at:]).count(), (*bitmap)(r.maybe[at:]).count()
			s.Rules[rule].Count += yes
			s.Rules[rule].Open += maybe - yes
		}
	}
}
