package criteria_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
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
		p := drawn(rt, aboutKnowing)
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
		p := drawn(t, aboutKnowing)
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

func TestColumnsSayWhatWasWrittenByHand(t *testing.T) {
	r, err := yardstick.NewRace(20_011)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Rules(); err != nil {
		t.Fatal(err)
	}
	r.ByHand()
	if !r.Same() {
		t.Error("the rule set and the rules by hand differ")
	}
}

func TestAResultMayBeUsedAgain(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	rows := yardstick.Rows(new(yardstick.Chance), p, 1500)
	r := p.NewResult(len(rows)).WithReasons()
	all := yardstick.Columns(p, rows)
	run := func(columns []*criteria.Column) {
		t.Helper()
		if err := p.Screen(context.Background(), yardstick.Day, columns, r); err != nil {
			t.Fatal(err)
		}
	}
	run(all)
	before := fmt.Sprint(r.Category, r.Highest, r.Reasons)
	run(make([]*criteria.Column, len(p.Fields())))
	if r.Category[7] != 0 || r.Highest[7] != 4 {
		t.Errorf("nothing is known, but the category is %d to %d", r.Category[7], r.Highest[7])
	}
	run(all)
	if fmt.Sprint(r.Category, r.Highest, r.Reasons) != before {
		t.Error("a second run says something else")
	}
}

func TestRowsCostNoAllocation(t *testing.T) {
	per := func(rows int) float64 {
		r, err := yardstick.NewRace(rows)
		if err != nil {
			t.Fatal(err)
		}
		return testing.AllocsPerRun(3, func() {
			if err := r.Rules(); err != nil {
				t.Fatal(err)
			}
		})
	}
	if few, many := per(16*criteria.Block), per(200*criteria.Block); many > few*1.2+20 {
		t.Errorf("%v allocations for few rows, %v for many", few, many)
	}
}

// BenchmarkScreen decides the same rows by the rule set and as written by hand,
// one after the other in each round, with a reason mask and a category of each
// row as outcome. The ratio is the median over the rounds of their times.
func BenchmarkScreen(b *testing.B) {
	for _, n := range []int{1_000_000, 10_000_000} {
		if n > 1_000_000 && testing.Short() {
			continue
		}
		r, err := yardstick.NewRace(n)
		if err != nil {
			b.Fatal(err)
		}
		rules := func() {
			if err := r.Rules(); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var ratios, ours, hands []float64
			for b.Loop() {
				hand, our := clock(r.ByHand), clock(rules)
				ratios, ours, hands = append(ratios, our/hand), append(ours, our/float64(n)), append(hands, hand/float64(n))
			}
			b.ReportMetric(median(ours), "ns/row")
			b.ReportMetric(median(hands), "byhand-ns/row")
			b.ReportMetric(median(ratios), "ratio")
		})
		if !r.Same() {
			b.Error("the rule set and the rules by hand differ")
		}
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
