package loanbook

import (
	"context"
	"iter"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// A Sort is an order of the list.
type Sort string

// The orders.
const (
	ByReference Sort = ""
	ByBalance   Sort = "saldo"       // the highest first
	ByArrears   Sort = "achterstand" // the oldest first; only those in arrears
	BySince     Sort = "boven"       // above the maximum, the longest first; only those
)

// A Filter chooses agreements of the book.
type Filter struct {
	Search       string // how the reference begins
	State        State
	Product      string
	Intermediary string
	Above        bool // above the maximum, or above one that no second source confirms
	Sort         Sort
	After        *Cursor
	Limit        int
}

// A Cursor is the last row of the page before.
type Cursor struct {
	Key       string // what the list is sorted by
	Reference string
}

// A Page is one page of the book, with the stand it is of.
type Page struct {
	Load  Load
	Rows  []Row
	Next  *Cursor
	Count int // that answer the filter, counted up to MostCounted and one
}

// MostCounted is up to how many agreements of a list are counted.
const MostCounted = 1_000

// Loans returns one page of the book; fault.NotFound "no-book" where no file was read.
func (s *Service) Loans(ctx context.Context, by ident.Actor, f Filter) (p Page, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if p.Load, err = current(tx); err != nil {
			return err
		}
		ask := f
		ask.Limit++
		if p.Rows, err = tx.List(p.Load.Number, ask); err != nil {
			return err
		}
		p.Count, err = tx.Count(p.Load.Number, f, MostCounted+1)
		return err
	})
	if err == nil && len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		p.Next = f.cursor(p.Rows[f.Limit-1])
	}
	return p, err
}

func (f Filter) cursor(last Row) *Cursor {
	c := &Cursor{Reference: last.Reference}
	switch f.Sort {
	case ByBalance:
		c.Key = strconv.FormatInt(int64(last.Balance), 10)
	case ByArrears:
		c.Key = last.Arrears.String()
	case BySince:
		c.Key = last.Watch.Since.String()
	}
	return c
}

// exportBatch is how many agreements of an export are read at a time.
const exportBatch = 2000

// Each gives every agreement that the filter chooses, in its order, some at a time.
func (s *Service) Each(ctx context.Context, by ident.Actor, f Filter) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		f.After, f.Limit = nil, exportBatch
		for {
			p, err := s.Loans(ctx, by, f)
			if err != nil {
				yield(Row{}, err)
				return
			}
			for _, r := range p.Rows {
				if !yield(r, nil) {
					return
				}
			}
			if p.Next == nil {
				return
			}
			f.After = p.Next
		}
	}
}

// A Point is the balance of an agreement on the day of a stand.
type Point struct {
	Load    int
	Day     calendar.Date
	Balance money.Cents
}

// A File is everything of one agreement.
type File struct {
	Row
	Load    Load    // the newest stand that holds it
	Left    bool    // the book has a newer stand, and that does not hold it
	Points  []Point // oldest first
	Events  []Event // newest first
	Notices []Notice
}

// Loan returns one agreement; fault.NotFound "unknown-loan".
func (s *Service) Loan(ctx context.Context, by ident.Actor, reference string) (f File, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		f, err = s.loan(tx, reference)
		return err
	})
	return f, err
}

func (s *Service) loan(tx Tx, reference string) (f File, err error) {
	loads, err := tx.Loads()
	if err != nil {
		return f, err
	}
	newest, _ := Current(loads)
	seen := map[calendar.Date]bool{}
	for _, l := range byDay(loads) {
		if seen[l.Day] {
			continue // of a day the last that was read
		}
		seen[l.Day] = true
		row, err := tx.Row(l.Number, reference)
		switch {
		case fault.Is(err, fault.NotFound):
			continue
		case err != nil:
			return f, err
		}
		if f.Load.Number == 0 {
			f.Row, f.Load, f.Left = row, l, l.Number != newest.Number
		}
		stood := row.Loan
		if row.Was != nil && l.Number != f.Load.Number {
			stood = *row.Was
		}
		f.Points = append([]Point{{l.Number, l.Day, stood.Balance}}, f.Points...)
	}
	if f.Load.Number == 0 {
		return f, fault.New(fault.NotFound, "unknown-loan", "")
	}
	if f.Events, err = tx.Events(reference); err != nil {
		return f, err
	}
	f.Notices, err = tx.NoticesOf(reference)
	f.Watch = ceilings().Watch(f.Row.Loan, s.today())
	return f, err
}
