package credit

import (
	"flag"
	"fmt"
	"math"
	"math/big"
	"testing"
)

// schedules is how many random schedules are proved: ten thousand in every run, a
// million by hand: go test ./credit -run TestProof -args -schedules 1000000.
//
// Each batch has a seed of its own, all cores work, and with -v each batch says
// when it is proved.
var schedules = flag.Int("schedules", 10_000, "how many random schedules TestProof tries")

const batch = 2_500

const proofBits = 200 // 60 digits, by other means than the rule's own

// twelfthRoot returns r^(1/12) by Newton's steps, without logarithms.
func twelfthRoot(r *big.Rat) *big.Float {
	f, _ := r.Float64()
	x := new(big.Float).SetPrec(proofBits).SetFloat64(math.Pow(f, 1.0/12))
	want := new(big.Float).SetPrec(proofBits).SetRat(r)
	for range 5 {
		eleventh := bigPow(x, 11, proofBits)
		gap := new(big.Float).SetPrec(proofBits).Sub(new(big.Float).SetPrec(proofBits).Quo(want, eleventh), x)
		x = new(big.Float).SetPrec(proofBits).Add(x, gap.Quo(gap, new(big.Float).SetInt64(12)))
	}
	return x
}

// monthly returns the value of monthly amounts at a rate in percent.
func monthly(c []int64, percent *big.Rat) *big.Float {
	r := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(percent, big.NewRat(100, 1)))
	v := new(big.Float).SetPrec(proofBits).Quo(big.NewFloat(1), twelfthRoot(r))
	sum := new(big.Float).SetPrec(proofBits)
	for k := len(c) - 1; k >= 0; k-- {
		sum.Mul(sum, v).Add(sum, new(big.Float).SetInt64(c[k]))
	}
	return sum
}

// randomSchedule returns monthly amounts in cents; one in ten has its rate exactly on
// a tie, which is then returned.
func randomSchedule(r *splitmix) (c []int64, tie *big.Rat) {
	if r.next()%10 == 0 { // received after 1, paid after 2 and 3 years, at x.x5 percent
		tenths := int64(r.next() % 300)
		tie = big.NewRat(2*tenths+1, 20)
		rate := 2000 + 2*tenths + 1 // in 2000ths
		c = make([]int64, 37)
		a, b := int64(1+r.next()%900), int64(1+r.next()%900)
		c[0] = -(a*2000*rate + b*2000*2000)
		c[12], c[24] = 0, 0
		c[24], c[12] = b*rate*rate, a*rate*rate
		return c[:25], tie
	}
	n := 3 + int(r.next()%118)
	c = make([]int64, n+1)
	total := int64(0)
	for k := 1; k <= n; k++ {
		c[k] = -int64(1_000 + r.next()%100_000)
		total -= c[k]
	}
	c[0] = int64(float64(total) * (0.4 + 0.6*r.float()))
	return c, nil
}

func TestProof(t *testing.T) {
	for from := 0; from < *schedules; from += batch {
		seed := from/batch + 1
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			r := splitmix(seed)
			prove(t, &r, min(batch, *schedules-from))
		})
	}
}

// prove holds n schedules against wide arithmetic, of which some end in a tie.
func prove(t *testing.T, r *splitmix, n int) {
	ties := 0
	for i := range n {
		c, tie := randomSchedule(r)
		var all []term
		for k, each := range c {
			if each != 0 {
				all = append(all, term{big.NewRat(int64(k), 12), big.NewRat(each, 100)})
			}
		}
		s := newSeries(all)
		found, roots := s.roots()
		if roots != unique {
			t.Fatalf("schedule %d: %d roots", i, len(found))
		}
		x := percent(found[0], workBits)
		printed, onTie := s.oneDecimal(x)
		if tie != nil {
			ties++
			if want := places(tie, 1); !onTie || printed != want {
				t.Fatalf("schedule %d: at the tie %s printed %s", i, tie.FloatString(2), printed)
			}
			continue
		}
		tenth, _ := new(big.Rat).SetString(printed)
		for _, half := range []*big.Rat{big.NewRat(1, 20), big.NewRat(1, 10_000_000_000)} {
			middle := tenth
			if half.Cmp(big.NewRat(1, 20)) != 0 {
				middle = x
			}
			below, above := monthly(c, new(big.Rat).Sub(middle, half)), monthly(c, new(big.Rat).Add(middle, half))
			if below.Sign() >= 0 && above.Sign() >= 0 || below.Sign() <= 0 && above.Sign() <= 0 {
				t.Fatalf("schedule %d: %s%% printed %s, value %v and %v around it", i, x.FloatString(15), printed, below, above)
			}
		}
	}
	if ties == 0 {
		t.Error("no tie was tried")
	}
}
