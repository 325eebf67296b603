package credit

import (
	"math"
	"math/big"
	"testing"
)

// off returns how many percentage points a monthly rate is off, as a rate a year,
// against the root of the same flows in 256 bits, which TestProof proves. Above a
// thousand percent, where a float itself is less fine, the points count in proportion.
func off(t *testing.T, flows []float64, rate float64) float64 {
	t.Helper()
	var all []term
	for k, c := range flows {
		if exact, _ := new(big.Rat).SetString(new(big.Float).SetFloat64(c).Text('f', 20)); c != 0 {
			all = append(all, term{big.NewRat(int64(k), 12), exact})
		}
	}
	found, n := newSeries(all).roots()
	if n != unique {
		t.Fatalf("%d rates of %v", len(found), flows)
	}
	month := new(big.Float).SetPrec(workBits).SetFloat64(rate)
	year := bigPow(month.Add(month, big.NewFloat(1)), 12, workBits)
	got, _ := year.Sub(year, big.NewFloat(1)).Rat(nil)
	want := percent(found[0], workBits)
	size, _ := want.Float64()
	gap, _ := new(big.Rat).Sub(got.Mul(got, big.NewRat(100, 1)), want).Float64()
	return math.Abs(gap) / max(1, size/1000)
}

const allowed = 1e-10 // percentage points

func TestEqualPaymentsAreNearerThanATenthOfABillionth(t *testing.T) {
	loans := annuityLoans(150)
	r := dice(28)
	for range 100 { // next to nil, below it, and far above
		n := 1 + int(r.next()%480)
		total := 1 + math.Pow(10, -9*r.float())*(1-1.4*r.float())*4
		if total > 0.3 {
			loans = append(loans, annuityLoan{10_000, math.Round(1e6*total/float64(n)) / 100, n})
		}
	}
	loans = append(loans, []annuityLoan{{1000, 100, 10}, {1000, 100.01, 10}, {1000, 99.99, 10}, {1000, 90, 10}, {1000, 1100, 1}, {100, 300, 12}}...)
	worst := 0.0
	for _, l := range loans {
		gap := off(t, l.flows(), EqualRate(l.net, l.payment, l.n))
		if !(gap < allowed) {
			t.Errorf("%+v: off by %g points", l, gap)
		}
		worst = max(worst, gap)
	}
	t.Logf("%d loans, off by at most %g points", len(loans), worst)
}

func TestUnequalPaymentsAreNearerThanATenthOfABillionth(t *testing.T) {
	worst := 0.0
	for n := 1; n <= 360; n += 37 {
		for _, flows := range general(n)[:4] {
			for _, start := range []float64{0, 0.005, 0.2} {
				gap := off(t, flows, GridRate(flows, start))
				if !(gap < allowed) {
					t.Errorf("%d payments from %v: off by %g points", n, start, gap)
				}
				worst = max(worst, gap)
			}
		}
	}
	t.Logf("off by at most %g points", worst)
}

func TestDrawdownsInPartsHaveAQuickRate(t *testing.T) {
	flows := []float64{500, 500, 0, -200, -300, -400, -200}
	if gap := off(t, flows, GridRate(flows, 0.01)); !(gap < allowed) {
		t.Errorf("off by %g points", gap)
	}
}

// TestTheRootDoesNotDependOnWhereItIsLookedFor: the quick rates may change and no
// answer will.
func TestTheRootDoesNotDependOnWhereItIsLookedFor(t *testing.T) {
	r := dice(77)
	for i := range 80 {
		c, _ := randomSchedule(&r)
		var all []term
		for k, each := range c {
			if each != 0 {
				all = append(all, term{big.NewRat(int64(k), 12), big.NewRat(each, 100)})
			}
		}
		s := newSeries(all)
		low, high := -0.5, 2.0
		if s.sign(low) == s.sign(high) {
			continue
		}
		want := s.refine(low, high)
		for _, at := range []float64{-0.4, 0.001, r.float(), 1.9} {
			if got := s.refineFrom(low, high, at); got.Cmp(want) != 0 {
				t.Fatalf("schedule %d from %v: %s, want %s", i, at, got.Text('g', 80), want.Text('g', 80))
			}
		}
	}
}
