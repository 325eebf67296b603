package criteria

import (
	"context"
	"encoding/binary"
	"runtime"
	"sync"
	"sync/atomic"

	"zorgplicht/calendar"
)

// A Result is what a set says of every row of a portfolio.
type Result struct {
	Rows     int
	Category []uint8 // of each row the heaviest of the rules that fire
	Highest  []uint8 // of each row the heaviest that fire or could fire
	rules    int
	yes      []uint64 // of each block, of each rule a bitmap
	maybe    []uint64
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
	padded := (rows + 63) / 64 * 64
	return &Result{Rows: rows, Category: make([]uint8, padded)[:rows], Highest: make([]uint8, padded)[:rows], rules: len(p.rules), yes: make([]uint64, n), maybe: make([]uint64, n)}
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
	for range min(runtime.GOMAXPROCS(0), blocks/chunk+1) {
		w := p.worker(day, columns)
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
	tests []test // nil for a rule that does not apply on the day
	order []int  // of each rule its category
	most  int    // the heaviest category
	sure  bool

	levels, highest [maxCategories]bitmap // scratch: of each category the rows that a rule puts there
}

func (p *Program) worker(day calendar.Date, columns []*Column) *worker {
	b := p.binder(day, columns)
	w := &worker{sure: true, most: len(p.set.Categories)}
	for i := range p.rules {
		var t test
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
	clear(w.highest[:w.most])
	for i, t := range w.tests {
		yes := (*bitmap)(r.yes[(b*r.rules+i)*words:])
		maybe := (*bitmap)(r.maybe[(b*r.rules+i)*words:])
		if t == nil {
			*yes, *maybe = bitmap{}, bitmap{}
			continue
		}
		t.eval(b, &ones, yes, maybe)
		c := w.order[i]
		for k := range words {
			w.levels[c][k] |= yes[k]
		}
		if !w.sure {
			for k := range words {
				w.highest[c][k] |= maybe[k]
			}
		}
	}
	from := b * Block
	n := min(Block, r.Rows-from)
	if n < Block {
		w.trim(b, n, r)
	}
	w.categories(&w.levels, r.Category[from:from+n])
	if w.sure {
		copy(r.Highest[from:from+n], r.Category[from:from+n])
		return
	}
	for c := range w.most { // what fires could fire
		for k := range words {
			w.highest[c][k] |= w.levels[c][k]
		}
	}
	w.categories(&w.highest, r.Highest[from:from+n])
}

// trim leaves no bits behind the last row, so that equal runs are equal bits.
func (w *worker) trim(b, n int, r *Result) {
	for i := range w.tests {
		for k := range words {
			keep := uint64(1)<<max(0, min(63, n-k*64)) - 1
			if n >= k*64+64 {
				keep = ^uint64(0)
			}
			r.yes[(b*r.rules+i)*words+k] &= keep
			r.maybe[(b*r.rules+i)*words+k] &= keep
		}
	}
}

// categories writes of each row the heaviest level that has its bit.
func (w *worker) categories(levels *[maxCategories]bitmap, out []uint8) {
	for k := range (len(out) + 63) / 64 {
		var place [4]uint64 // the category of 64 rows, bit by bit
		taken := uint64(0)
		for c := w.most - 1; c > 0; c-- {
			fresh := levels[c][k] &^ taken
			taken |= fresh
			for p := range place {
				place[p] |= fresh & -(uint64(c) >> p & 1)
			}
		}
		row := out[k*64 : min(k*64+64, len(out))]
		for i := 0; i+8 <= len(row); i += 8 {
			binary.LittleEndian.PutUint64(row[i:], spread[uint8(place[0]>>i)]|spread[uint8(place[1]>>i)]<<1|spread[uint8(place[2]>>i)]<<2|spread[uint8(place[3]>>i)]<<3)
		}
		for i := len(row) &^ 7; i < len(row); i++ {
			row[i] = uint8(place[0]>>i&1 | place[1]>>i&1<<1 | place[2]>>i&1<<2 | place[3]>>i&1<<3)
		}
	}
}

// spread gives each bit of a byte a byte of its own.
var spread = func() (t [256]uint64) {
	for b := range t {
		for i := range 8 {
			t[b] |= uint64(b) >> i & 1 << (8 * i)
		}
	}
	return t
}()
