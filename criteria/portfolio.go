package criteria

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"zorgplicht/calendar"
)

// A Result is what a set says of every row of a portfolio.
type Result struct {
	Rows     int
	Category []uint8    // of each row the heaviest of the rules that fire
	Highest  []uint8    // of each row the heaviest that fire or could fire; Category itself when all is known
	Reasons  [][]uint16 // of each sixteen rules, of each row a bit for each that fires; nil unless asked for

	rules  int
	padded int
	yes    []uint64 // of each block, of each rule a bitmap
	maybe  []uint64 // yes itself when all is known
	doubts []uint64 // room for maybe, made when it is first needed
	could  []uint8  // room for Highest
}

// Truth returns what a rule says of a row.
func (r *Result) Truth(row, rule int) Truth {
	at := (row/Block*r.rules+rule)*words + row%Block/64
	return Truth(r.yes[at]>>(row%64)&1 + r.maybe[at]>>(row%64)&1)
}

// NewResult returns room for what a set says of this many rows. It may be used
// again for another run.
func (p *Program) NewResult(rows int) *Result {
	n := (rows + Block - 1) / Block * len(p.rules) * words
	r := &Result{Rows: rows, rules: len(p.rules), padded: (rows + 63) / 64 * 64, yes: make([]uint64, n)}
	r.Category = make([]uint8, r.padded)[:rows]
	r.Highest, r.maybe = r.Category, r.yes
	return r
}

// WithReasons has the next runs keep the reasons of each row beside each other.
func (r *Result) WithReasons() *Result {
	for range (r.rules + 15) / 16 {
		r.Reasons = append(r.Reasons, make([]uint16, r.padded)[:r.Rows])
	}
	return r
}

// prepare makes room for doubts where there are any.
func (r *Result) prepare(sure bool) {
	if sure {
		r.Highest, r.maybe = r.Category, r.yes
		return
	}
	if r.doubts == nil {
		r.doubts, r.could = make([]uint64, len(r.yes)), make([]uint8, r.padded)[:r.Rows]
	}
	r.Highest, r.maybe = r.could, r.doubts
}

// Columns returns an empty column for each field, and none for those of the run.
func (p *Program) Columns(room int) []*Column {
	list := make([]*Column, len(p.fields))
	for i := range list {
		if !p.run[i] {
			list[i] = NewColumn(&p.fields[i], room)
		}
	}
	return list
}

// Screen decides every row of the columns, which must be closed and of one
// length. It uses all cores, allocates nothing per row, and gives each row what
// Truths gives it. A column that is nil is known of no row.
func (p *Program) Screen(ctx context.Context, day calendar.Date, columns []*Column, r *Result) error {
	blocks := (r.Rows + Block - 1) / Block
	var next atomic.Int64
	var wait sync.WaitGroup
	const chunk = 16
	for i := range min(runtime.GOMAXPROCS(0), blocks/chunk+1) {
		w := p.worker(day, columns)
		if i == 0 {
			r.prepare(w.sure)
		}
		wait.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(chunk)) - chunk
				if from >= blocks {
					return
				}
				for b := from; b < min(from+chunk, blocks); b++ {
					w.block(b, r)
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// A worker holds the tests of one goroutine.
type worker struct {
	tests []test // of each rule; one that does not apply on the day is never
	order []int  // of each rule its category
	most  int    // how many categories there are
	sure  bool

	levels, highest [maxCategories]bitmap // scratch: of each category the rows that a rule puts there
}

func (p *Program) worker(day calendar.Date, columns []*Column) *worker {
	b := p.binder(day, columns)
	w := &worker{sure: true, most: len(p.set.Categories)}
	for i := range p.rules {
		var t test = fixed(No)
		if p.rules[i].applies(day) {
			t = b.bind(p.rules[i].when)
			w.sure = w.sure && t.sure()
		}
		w.tests, w.order = append(w.tests, t), append(w.order, p.rules[i].category)
	}
	return w
}

// block decides the rows of one block.
func (w *worker) block(b int, r *Result) {
	clear(w.levels[:w.most])
	if !w.sure {
		clear(w.highest[:w.most])
	}
	from := b * Block
	n := min(Block, r.Rows-from)
	sel := rowsBelow(n)
	for i, t := range w.tests {
		y, m := t.eval(b, sel)
		at, c := (b*r.rules+i)*words, w.order[i]
		keep(r.yes[at:], &w.levels[c], y, sel)
		if !w.sure {
			keep(r.maybe[at:], &w.highest[c], m, sel)
		}
	}
	categories(w.levels[:w.most], r.Category[from:from+n])
	if !w.sure {
		for c := range w.most { // what fires could fire
			or(&w.highest[c], &w.highest[c], &w.levels[c])
		}
		categories(w.highest[:w.most], r.Highest[from:from+n])
	}
	for i, list := range r.Reasons {
		rules := r.yes[(b*r.rules+i*16)*words : (b*r.rules+min(r.rules, i*16+16))*words]
		reasons(rules, list[from:from+n])
	}
}

// rowsBelow is the first n rows of a block.
func rowsBelow(n int) *bitmap {
	if n == Block {
		return &ones
	}
	var sel bitmap
	for i := range n {
		sel[i/64] |= 1 << (i % 64)
	}
	return &sel
}
