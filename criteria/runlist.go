package criteria

import (
	"strings"

	"zorgplicht/calendar"
)

// A RunFilter says which contracts of a run are meant.
type RunFilter struct {
	Category int    // number of the category from 1; 0 for any
	Rule     int    // number of a rule from 1 that holds, or that is not decided; 0 for any
	Open     bool   // with a rule: not decided; without one: the category is not certain
	ID       string // a part of the name of the contract
	Heavy    bool   // the heaviest category first, where the list is given page by page
}

// A RunRow is what a run said of one contract.
type RunRow struct {
	Row      int
	ID       string
	Category int
	Highest  int
	Truths   []Truth
	Cells    Row // where they were asked for
}

// Each gives the contracts that are meant, in the order of the file, until fn
// wants no more. With a program the cells of each come along.
func (o *RunOutcome) Each(c *Columns, p *Program, f RunFilter, from int, fn func(RunRow) bool) error {
	s := scan{o: o, c: c, f: f, at: -1}
	if p != nil {
		m, err := p.fit(c)
		if err != nil {
			return err
		}
		s.p, s.m = p, m
	}
	for b := from / Block; b*Block < o.Rows; b++ {
		more, err := s.block(b, from, fn)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// A scan goes through an outcome. Of the column file it reads the stripes in which
// something was found, or, to look for a name, all.
type scan struct {
	o  *RunOutcome
	c  *Columns
	f  RunFilter
	p  *Program
	m  fit
	at int // the stripe that is in ids and columns

	ids     []string
	columns []*Column
}

func (s *scan) stripe(i int) (err error) {
	if s.at == i {
		return nil
	}
	s.at = i
	if s.p == nil {
		s.ids, err = s.c.IDs(i)
		return err
	}
	stripe, err := s.c.Stripe(i)
	if err == nil {
		s.ids, s.columns = stripe.IDs, s.m.columns(s.p, stripe)
	}
	return err
}

func (s *scan) block(b, from int, fn func(RunRow) bool) (more bool, err error) {
	x, err := s.o.block(b)
	if err != nil {
		return false, err
	}
	meant := x.meant(s.f)
	for i := range meant.rows() {
		row := b*Block + i
		if row < from {
			continue
		}
		if err := s.stripe(row / StripeRows); err != nil {
			return false, err
		}
		id := s.ids[row%StripeRows]
		if !strings.Contains(id, s.f.ID) {
			continue
		}
		r := x.row(i)
		r.Row, r.ID = row, id
		if s.p != nil {
			r.Cells = s.p.rowOf(s.o.Day, s.columns, row%StripeRows)
		}
		if !fn(r) {
			return false, nil
		}
	}
	return true, nil
}

// meant returns the rows of the block that the filter means, names aside.
func (x *blockOutcome) meant(f RunFilter) bitmap {
	out := firstRows(x.rows)
	if f.Category > 0 {
		out = x.in(f.Category - 1)
	}
	var also *bitmap
	switch {
	case f.Rule > 0 && f.Open:
		also = &x.open[f.Rule-1]
	case f.Rule > 0:
		also = &x.yes[f.Rule-1]
	case f.Open:
		u := x.undecided()
		also = &u
	}
	if also != nil {
		for w := range words {
			out[w] &= also[w]
		}
	}
	return out
}

func (x *blockOutcome) row(i int) RunRow {
	r := RunRow{Truths: make([]Truth, len(x.of.Rules))}
	for rule := range r.Truths {
		r.Truths[rule] = x.truth(i, rule)
	}
	r.Category, r.Highest = x.category(i)
	return r
}

// rowOf returns the cells of a row of columns.
func (p *Program) rowOf(day calendar.Date, columns []*Column, at int) Row {
	r := p.Row(day)
	for f, c := range columns {
		if c != nil {
			r[f] = c.Cell(at)
		}
	}
	return r
}

// Row reads one contract of the file as the program asks for it.
func (c *Columns) Row(p *Program, day calendar.Date, row int) (id string, r Row, err error) {
	m, err := p.fit(c)
	if err != nil {
		return "", nil, err
	}
	s, err := c.Stripe(row / StripeRows)
	if err != nil {
		return "", nil, err
	}
	return s.IDs[row%StripeRows], p.rowOf(day, m.columns(p, s), row%StripeRows), nil
}

// Find returns the row of the contract with this name, -1 where there is none.
func (c *Columns) Find(id string) (int, error) {
	for i := range c.starts {
		ids, err := c.IDs(i)
		if err != nil {
			return 0, err
		}
		for k, other := range ids {
			if other == id {
				return i*StripeRows + k, nil
			}
		}
	}
	return -1, nil
}

// levels returns the category of every row.
func (o *RunOutcome) levels() ([]uint8, error) {
	list := make([]uint8, o.Rows)
	for b := range o.roots {
		x, err := o.block(b)
		if err != nil {
			return nil, err
		}
		for c := 1; c < len(o.Categories); c++ {
			rows := x.in(c)
			for i := range rows.rows() {
				list[b*Block+i] = uint8(c)
			}
		}
	}
	return list, nil
}
