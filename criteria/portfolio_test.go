package criteria_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/criteria"
)

// screen puts rows into columns and screens them.
func screen(t testing.TB, p *criteria.Program, rows []criteria.Row) *criteria.Result {
	t.Helper()
	columns := p.Columns(len(rows))
	for i, c := range columns {
		for _, r := range rows {
			if c != nil {
				c.Append(r[i])
			}
		}
		if c != nil {
			c.Close()
		}
	}
	r := p.NewResult(len(rows))
	if err := p.Screen(context.Background(), someDay, columns, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestColumnsSayWhatRowsSay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := drawn(rt)
		few := rapid.IntRange(1, 40).Draw(rt, "few")
		kinds := make([]criteria.Row, few)
		for i := range kinds {
			kinds[i] = drawRow(rt, p)
		}
		rows := make([]criteria.Row, rapid.SampledFrom([]int{1, 63, 64, 65, 1023, 1024, 1025, 2100}).Draw(rt, "rows"))
		for i := range rows {
			rows[i] = kinds[(i*7+i/64)%few]
		}
		r := screen(t, p, rows)
		for i, row := range rows {
			truths := p.Truths(someDay, row)
			for rule, want := range truths {
				if got := r.Truth(i, rule); got != want {
					rt.Fatalf("row %d rule %d: columns say %v, the row %v", i, rule, got, want)
				}
			}
			if d := p.Decide(someDay, row); int(r.Category[i]) != d.Category || int(r.Highest[i]) != d.Highest {
				rt.Fatalf("row %d: columns say %d to %d, the row %d to %d", i, r.Category[i], r.Highest[i], d.Category, d.Highest)
			}
		}
	})
}

func TestCellsComeBackOutOfAColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t)
		f := &p.Fields()[rapid.IntRange(0, len(p.Fields())-1).Draw(t, "field")]
		c := criteria.NewColumn(f, 0)
		var cells []criteria.Cell
		for range rapid.IntRange(0, 1100).Draw(t, "rows") {
			cell := criteria.Cell{V: f.From + int64(len(cells)*7)%(f.Through-f.From+1), Known: len(cells)%5 != 3}
			if !cell.Known {
				cell.V = 0
			}
			cells = append(cells, cell)
			c.Append(cell)
		}
		c.Close()
		for i, want := range cells {
			if got := c.Cell(i); got != want {
				t.Fatalf("row %d: got %v, want %v", i, got, want)
			}
		}
	})
}

// A book is the portfolio of the twelve rules in plain columns, as one who writes
// the rules out by hand in Go would hold it.
type book struct {
	balance, limit                          []int64
	premium, contact                        []int32
	age, remaining, yield, income, ltv, fix []int16
	gap                                     []int16
	product, arrears, quarter, year, noAdv  []int8
}

// chance is splitmix64: the same rows on every machine.
type chance uint64

func (c *chance) below(n int64) int64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int64((z ^ z>>31) % uint64(n))
}

// names of the fields in the order in which fill gives them.
var bookFields = []string{"product", "achterstand", "stornos_kwartaal", "stornos_jaar", "inkomen_verschil", "saldo", "limiet", "premie", "rente_vast_tot", "schuld_waarde", "doel_tekort", "resterend", "rendement", "laatste_contact", "leeftijd", "zonder_advies"}

const someDayNumber = 20454

func contract(c *chance) (v [16]int64) {
	v[0] = c.below(8)
	v[14] = 18 + c.below(72)
	v[11] = c.below(361)
	v[13] = someDayNumber - c.below(1100)
	v[4] = c.below(41) - 12
	if c.below(100) < 8 {
		v[4] = -c.below(60)
	}
	v[15] = c.below(10) / 7
	if c.below(100) < 6 {
		v[3] = 1 + c.below(6)
		v[2] = min(3, c.below(v[3]+1))
	}
	if v[0] > 2 {
		v[7] = 2400 + c.below(300_000)
		if v[0] == 4 {
			v[12], v[10] = c.below(900)-200, c.below(45)-15
		}
		return v
	}
	v[5] = c.below(5_000_000)
	if v[0] == 1 {
		v[6] = v[5] + c.below(2_000_000)
	}
	if v[0] == 0 {
		v[5] = c.below(40_000_000)
		v[9], v[8] = 3000+c.below(8000), c.below(241)
	}
	if c.below(100) < 5 {
		v[1] = 1 + c.below(6)
	}
	return v
}

// fill makes a portfolio both ways.
func fill(t testing.TB, p *criteria.Program, n int) (*book, []*criteria.Column) {
	t.Helper()
	b := &book{}
	columns := p.Columns(n)
	var into []*criteria.Column
	for _, name := range bookFields {
		for i, f := range p.Fields() {
			if f.Name == name {
				into = append(into, columns[i])
			}
		}
	}
	c := chance(20260101)
	for range n {
		v := contract(&c)
		for i, x := range v {
			into[i].Append(criteria.Cell{V: x, Known: true})
		}
		b.product, b.arrears, b.quarter, b.year = append(b.product, int8(v[0])), append(b.arrears, int8(v[1])), append(b.quarter, int8(v[2])), append(b.year, int8(v[3]))
		b.income, b.balance, b.limit, b.premium = append(b.income, int16(v[4])), append(b.balance, v[5]), append(b.limit, v[6]), append(b.premium, int32(v[7]))
		b.fix, b.ltv, b.gap, b.remaining = append(b.fix, int16(v[8])), append(b.ltv, int16(v[9])), append(b.gap, int16(v[10])), append(b.remaining, int16(v[11]))
		b.yield, b.contact, b.age, b.noAdv = append(b.yield, int16(v[12])), append(b.contact, int32(v[13])), append(b.age, int16(v[14])), append(b.noAdv, int8(v[15]))
	}
	for _, c := range into {
		c.Close()
	}
	return b, columns
}

func one(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}

// byHand decides rows as a programmer writes it over columns: without branches,
// and with slices of one length, so that no bound is checked in the loop.
func (b *book) byHand(mask []uint16, category []uint8, of *[4096]uint8, lo, hi int) {
	n := hi - lo
	mask, category = mask[lo:][:n], category[lo:][:n]
	product, arrears, quarter, year, noAdv := b.product[lo:][:n], b.arrears[lo:][:n], b.quarter[lo:][:n], b.year[lo:][:n], b.noAdv[lo:][:n]
	income, fix, ltv, gap := b.income[lo:][:n], b.fix[lo:][:n], b.ltv[lo:][:n], b.gap[lo:][:n]
	remaining, yield, age := b.remaining[lo:][:n], b.yield[lo:][:n], b.age[lo:][:n]
	balance, limit, premium, contact := b.balance[lo:][:n], b.limit[lo:][:n], b.premium[lo:][:n], b.contact[lo:][:n]
	for i := range n {
		p := product[i]
		cr, p1, p2, p5, p6 := one(p <= 2), one(p == 0), one(p == 1), one(p == 4), one(p == 5)
		a3, a1 := one(arrears[i] >= 3), one(arrears[i] >= 1)
		d := someDayNumber - contact[i]
		m := cr & a3
		m |= (cr & a1 &^ a3) << 1
		m |= one(quarter[i] >= 2) << 2
		m |= one(year[i] >= 3) << 3
		m |= (cr & one(income[i] <= -20)) << 4
		m |= (p2 & one(limit[i] > 0) & one(balance[i]*100 >= limit[i]*95)) << 5
		m |= (p1 & one(fix[i] <= 12) & one(ltv[i] > 9000)) << 6
		m |= (p5 & one(gap[i] >= 20) & one(remaining[i] <= 120)) << 7
		m |= (p5 & one(yield[i] < 100) & one(premium[i] >= 60000)) << 8
		m |= one(d > 730) << 9
		m |= (cr & one(remaining[i] <= 60) & one(age[i] >= 62) & one(balance[i] >= 5000000)) << 10
		m |= (one(noAdv[i] == 1) & (p1 | p5 | p6) & one(d > 365)) << 11
		mask[i] = m
		category[i] = of[m&4095]
	}
}

// ofMask gives each set of reasons its category.
func ofMask() (of [4096]uint8) {
	for m := range of {
		for rule, c := range []uint8{4, 3, 3, 2, 3, 2, 2, 3, 2, 1, 4, 2} {
			if m>>rule&1 == 1 {
				of[m] = max(of[m], c)
			}
		}
	}
	return of
}

func TestColumnsSayWhatWasWrittenByHand(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	const n = 20_011
	b, columns := fill(t, p, n)
	r := p.NewResult(n).WithReasons()
	if err := p.Screen(context.Background(), someDay, columns, r); err != nil {
		t.Fatal(err)
	}
	mask, category, of := make([]uint16, n), make([]uint8, n), ofMask()
	b.byHand(mask, category, &of, 0, n)
	for i := range n {
		for rule := range 12 {
			if got := r.Truth(i, rule); (got == criteria.Yes) != (mask[i]>>rule&1 == 1) || got == criteria.Unknown {
				t.Fatalf("row %d rule %d: got %v, by hand %d", i, rule, got, mask[i]>>rule&1)
			}
		}
		if r.Reasons[0][i] != mask[i] {
			t.Fatalf("row %d: got reasons %b, by hand %b", i, r.Reasons[0][i], mask[i])
		}
		if r.Category[i] != category[i] || r.Highest[i] != category[i] {
			t.Fatalf("row %d: got %d, by hand %d", i, r.Category[i], category[i])
		}
	}
}

// BenchmarkScreen decides the same rows by the rule set and as written by hand,
// one after the other in each round, with a reason mask and a category of each
// row as outcome. The ratio is the median over the rounds of their times.
func BenchmarkScreen(b *testing.B) {
	p := read(b, "testdata/beheer.yaml")
	for _, n := range []int{1_000_000, 10_000_000} {
		if n > 1_000_000 && testing.Short() {
			continue
		}
		book, columns := fill(b, p, n)
		r, bare := p.NewResult(n).WithReasons(), p.NewResult(n)
		mask, category, of := make([]uint16, n), make([]uint8, n), ofMask()
		run := func(r *criteria.Result) func() {
			return func() {
				if err := p.Screen(context.Background(), someDay, columns, r); err != nil {
					b.Fatal(err)
				}
			}
		}
		byHand := func() { book.byHandOnAllCores(mask, category, &of) }
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var ratios, bareRatios, ours, hands []float64
			for b.Loop() {
				hand, our, bitmaps := clock(byHand), clock(run(r)), clock(run(bare))
				hand = min(hand, clock(byHand))
				ratios, bareRatios = append(ratios, our/hand), append(bareRatios, bitmaps/hand)
				ours, hands = append(ours, our/float64(n)), append(hands, hand/float64(n))
			}
			b.ReportMetric(median(ours), "ns/row")
			b.ReportMetric(median(hands), "byhand-ns/row")
			b.ReportMetric(median(ratios), "ratio")
			b.ReportMetric(median(bareRatios), "ratio-bitmaps-only")
		})
	}
}

// clock returns the nanoseconds that fn takes.
func clock(fn func()) float64 {
	start := time.Now()
	fn()
	return float64(time.Since(start).Nanoseconds())
}

func median(list []float64) float64 {
	slices.Sort(list)
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}

// byHandOnAllCores divides the rows as Screen does, in parts that a core takes
// when it is free.
func (b *book) byHandOnAllCores(mask []uint16, category []uint8, of *[4096]uint8) {
	const chunk = 16 * criteria.Block
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				from := int(next.Add(chunk)) - chunk
				if from >= len(mask) {
					return
				}
				b.byHand(mask, category, of, from, min(from+chunk, len(mask)))
			}
		})
	}
	wait.Wait()
}

func TestUnknownColumnsAreUnknown(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	r := p.NewResult(3)
	if err := p.Screen(context.Background(), someDay, make([]*criteria.Column, len(p.Fields())), r); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for rule := range 12 {
		fmt.Fprint(&got, r.Truth(2, rule), " ")
	}
	if got.String() != strings.Repeat("unknown ", 12) || r.Category[2] != 0 || r.Highest[2] != 4 {
		t.Errorf("got %s, %d to %d", got.String(), r.Category[2], r.Highest[2])
	}
}
