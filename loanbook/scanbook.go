package loanbook

import (
	"context"
	"runtime"
	"sync"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Scan holds every running agreement of the book against its maxima again, over so
// many years up to a day. It keeps nothing.
func (s *Service) Scan(ctx context.Context, firm ident.Firm, on calendar.Date, years int) (out Scan, l Load, err error) {
	var cuts []string
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if l, err = current(tx); err != nil {
			return err
		}
		cuts, err = parts(tx, l)
		return err
	})
	if err != nil {
		return out, l, err
	}
	scanners, errs := make([]*Scanner, len(cuts)), make([]error, len(cuts))
	var wait sync.WaitGroup
	for i, from := range cuts {
		until := ""
		if i+1 < len(cuts) {
			until = cuts[i+1]
		}
		scanners[i] = NewScanner(ceilings(), on, years)
		wait.Go(func() {
			errs[i] = s.Store.View(ctx, firm, func(tx Tx) error { return tx.Courses(l.Number, from, until, scanners[i].sketch) })
		})
	}
	wait.Wait()
	out = NewScanner(ceilings(), on, years).Sum()
	for i, part := range scanners {
		if errs[i] != nil {
			return out, l, errs[i]
		}
		out.add(part.Sum())
	}
	return out, l, nil
}

// leastPart is how many agreements make a part worth its own reader.
const leastPart = 50_000

// parts are the references after which each part of a stand begins.
func parts(tx Tx, l Load) (cuts []string, err error) {
	n := min(runtime.GOMAXPROCS(0), l.Rows/leastPart+1)
	cuts = []string{""}
	for i := 1; i < n; i++ {
		at, err := tx.Cut(l.Number, l.Rows/n*i)
		if err != nil {
			return nil, err
		}
		if at != "" {
			cuts = append(cuts, at)
		}
	}
	return cuts, nil
}

func (s *Scanner) sketch(k Sketch) error {
	if k.Over {
		return nil
	}
	c := course{concluded: days(k.Concluded), variable: k.Variable, falls: k.Falls, rates: k.Rates}
	s.add(c)
	return nil
}

func (s *Scan) add(part Scan) {
	for i := range s.Years {
		s.Years[i].Count += part.Years[i].Count
		s.Years[i].Above += part.Years[i].Above
		s.Years[i].Unsure += part.Years[i].Unsure
	}
	s.Count += part.Count
	s.Above += part.Above
	s.Unsure += part.Unsure
	s.Within += part.Within
	s.Doubt += part.Doubt
	s.Ever += part.Ever
}

// Again makes the root over the rows of a stand anew from what is kept, and returns
// what differs from what was recorded; "" when nothing does.
func (s *Service) Again(ctx context.Context, firm ident.Firm, number int) (different string, err error) {
	var l Load
	var t tree
	var rest Result
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if l, err = tx.Load(number); err != nil {
			return err
		}
		return tx.ByLine(number, func(r Row) error {
			was := r.Loan
			if r.Was != nil {
				was = *r.Was
			}
			t.add(leaf(l.Salt, r.Line, was))
			rest.Rows++
			rest.Balance += was.Balance
			return nil
		})
	})
	switch {
	case err != nil:
		return "", err
	case rest.Rows != l.Rows:
		return "number of agreements", nil
	case t.root() != l.Root:
		return "root", nil
	case rest.Balance != l.Balance:
		return "balance", nil
	}
	return "", nil
}

// Recorded reads the fact of a stand, and holds the stand against it: what differs, or
// "" when nothing does.
func (s *Service) Recorded(ctx context.Context, firm ident.Firm, payload []byte) (different string, err error) {
	f, err := loadedFact(payload)
	if err != nil {
		return "", err
	}
	l, err := s.Load(ctx, ident.Actor{Firm: firm}, int(f.Number))
	if fault.Is(err, fault.NotFound) {
		return "stand: it is not there", nil
	}
	switch {
	case err != nil:
		return "", err
	case l.Root != f.Root || int64(l.Rows) != f.Rows || l.Balance != f.Balance || l.Day != f.Day:
		return "stand: it is another than was recorded", nil
	}
	return s.Again(ctx, firm, l.Number)
}
