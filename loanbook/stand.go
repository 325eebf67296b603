package loanbook

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// byDay are the stands in the book, the newest day first and of a day the last that
// was read first.
func byDay(loads []Load) (list []Load) {
	for _, l := range loads {
		if l.State == LoadDone {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(a, b Load) int {
		if c := b.Day.Compare(a.Day); c != 0 {
			return c
		}
		return b.Number - a.Number
	})
	return list
}

// before is the last stand up to a day, and whether no stand is of a later day.
func before(loads []Load, day calendar.Date) (last Load, newest bool) {
	list := byDay(loads)
	newest = len(list) == 0 || !list[0].Day.After(day)
	for _, l := range list {
		if !l.Day.After(day) {
			return l, newest
		}
	}
	return Load{}, newest
}

// euros is an amount as rules take it.
func euros(c money.Cents) money.Decimal {
	return money.Whole(int64(c)).Mul(money.MustParse("0.01"))
}

// MonthEnd gives every agreement of the firm as it stood on the last day of the month
// of a day, by reference, some at a time: from the stand of that very day, with what
// was told of that time since. Where no stand is of that day the error is
// fault.NotFound "no-month-end". The same stand gives the same until somebody tells
// something of that time.
func (s *Service) MonthEnd(ctx context.Context, firm ident.Firm, month calendar.Date) iter.Seq2[MonthEnd, error] {
	last := LastOf(month)
	return func(yield func(MonthEnd, error) bool) {
		load, err := s.Stand(ctx, firm, month)
		if err != nil {
			yield(MonthEnd{}, err)
			return
		}
		for after := ""; ; {
			var rows []Row
			var ends []MonthEnd
			err := s.Store.View(ctx, firm, func(tx Tx) error {
				if rows, err = tx.Rows(load.Number, after, exportBatch); err != nil {
					return err
				}
				ends, err = monthEnds(tx, load, last, rows)
				return err
			})
			if err != nil {
				yield(MonthEnd{}, err)
				return
			}
			for _, m := range ends {
				if !yield(m, nil) {
					return
				}
			}
			if len(rows) < exportBatch {
				return
			}
			after = rows[len(rows)-1].Reference
		}
	}
}

// Stand is the stand of the last day of the month of a day; fault.NotFound
// "no-month-end" where there is none.
func (s *Service) Stand(ctx context.Context, firm ident.Firm, month calendar.Date) (l Load, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		loads, err := tx.Loads()
		if err != nil {
			return err
		}
		var found bool
		if l, found = of(loads, LastOf(month)); !found {
			return fault.New(fault.NotFound, "no-month-end", LastOf(month).String())
		}
		return nil
	})
	return l, err
}

func monthEnds(tx Tx, load Load, last calendar.Date, rows []Row) (ends []MonthEnd, err error) {
	for _, r := range rows {
		l := r.Loan
		if r.Was != nil {
			events, err := tx.Events(r.Reference)
			if err != nil {
				return nil, err
			}
			l = r.Was.With(events, load.Day, load.Ended, last)
		}
		ends = append(ends, l.monthEnd(last))
	}
	return ends, nil
}

// Euros writes an amount for programs: 1250.00.
func Euros(c money.Cents) string {
	whole, part := int64(c)/100, int64(c)%100
	return fmt.Sprintf("%d.%02d", whole, part)
}
