package yardstick

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"zorgplicht/criteria"
)

// A Race decides one book twice: by its rule set, and by hand.
type Race struct {
	Program  *criteria.Program
	Columns  []*criteria.Column
	Result   *criteria.Result // with the reasons of each row
	Reasons  []uint16         // by hand
	Category []uint8

	book *Book
}

// NewRace makes a book of n contracts.
func NewRace(n int) (*Race, error) {
	p, err := criteria.Read(Rules)
	if err != nil {
		return nil, err
	}
	r := &Race{Program: p, Result: p.NewResult(n).WithReasons(), Reasons: make([]uint16, n), Category: make([]uint8, n)}
	r.book, r.Columns = Fill(p, n)
	return r, nil
}

// Rules decides by the rule set, on all cores.
func (r *Race) Rules() error {
	return r.Program.Screen(context.Background(), Day, r.Columns, r.Result)
}

// ByHand decides by hand on all cores, dividing the rows as Screen does.
func (r *Race) ByHand() {
	const chunk = 16 * criteria.Block
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				from := int(next.Add(chunk)) - chunk
				if from >= len(r.Reasons) {
					return
				}
				r.book.ByHand(r.Reasons, r.Category, from, min(from+chunk, len(r.Reasons)))
			}
		})
	}
	wait.Wait()
}

// Same reports whether both gave every row the same reasons and category.
func (r *Race) Same() bool {
	return slices.Equal(r.Result.Reasons[0], r.Reasons) && slices.Equal(r.Result.Category, r.Category) && slices.Equal(r.Result.Highest, r.Category)
}
