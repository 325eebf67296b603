package criteria

import (
	"zorgplicht/calendar"
	"zorgplicht/internal/solve"
)

// A bitset is a set of rules.
type bitset []uint64

func newBitset(n int) bitset    { return make(bitset, (n+63)/64) }
func (b bitset) has(i int) bool { return b[i/64]>>(i%64)&1 == 1 }
func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }

// note keeps what a contract says of every rule.
func (a *analyst) note(x solve.Answer) {
	day, row := a.point(x)
	a.told(a.p.Truths(day, row))
}

func (a *analyst) told(truths []Truth) {
	a.witness(func(rule int) bool { return truths[rule] == Yes })
}

// few is for how many contracts the columns are not worth their making.
const few = 16

// noteAll keeps what the contracts that wait say: those of one day together, as
// columns.
func (a *analyst) noteAll() {
	days := map[calendar.Date][]Row{}
	for _, x := range a.wait {
		day, row := a.point(x)
		days[day] = append(days[day], row)
	}
	for day, rows := range days {
		if len(rows) < few {
			for _, row := range rows {
				a.told(a.p.Truths(day, row))
			}
			continue
		}
		r := a.p.screened(day, rows)
		for i := range rows {
			a.witness(func(rule int) bool { return r.Truth(i, rule) == Yes })
		}
	}
	a.wait = nil
}

// screened decides a few rows as columns.
func (p *Program) screened(day calendar.Date, rows []Row) *Result {
	columns := p.Columns(len(rows))
	for f, c := range columns {
		if c == nil {
			continue
		}
		for _, row := range rows {
			c.Append(row[f])
		}
		c.Close()
	}
	r, w := p.NewResult(len(rows)), p.worker(day, columns)
	r.prepare(w.sure)
	for b := range (len(rows) + Block - 1) / Block {
		w.block(b, r)
	}
	return r
}

// witness keeps which rules a contract showed to hold together.
func (a *analyst) witness(holds func(rule int) bool) {
	yes := newBitset(len(a.rules))
	var list []int
	most := 0
	for i := range a.rules {
		if holds(i) {
			yes.set(i)
			list = append(list, i)
			most = max(most, a.p.rules[i].category)
		}
	}
	for _, i := range list {
		a.first[i] = a.first[i] || a.p.rules[i].category == most
		for k := range yes {
			a.meets[i][k] |= yes[k]
			a.always[i][k] &= yes[k]
		}
	}
}
