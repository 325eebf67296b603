package credit

import (
	"fmt"
	"math"
	"math/big"
)

const proofBits = 200 // 60 digits, by other means than the rule's own

// Prove makes n random schedules from a seed and holds each rate and its printed decimal
// against arithmetic of 60 digits that shares nothing with the rule: twelfth roots by
// Newton's steps, no logarithms. One in ten has its rate exactly on a tie. It returns how
// many those were, and the first schedule that is off by 1e-10 percent point or printed
// wrongly as an error.
func Prove(seed uint64, n int) (ties int, err error) {
	r := dice(seed)
	for i := range n {
		c, tie := randomSchedule(&r)
		if tie != nil {
			ties++
		}
		if err := proved(c, tie); err != nil {
			return ties, fmt.Errorf("schedule %d of seed %d: %w", i, seed, err)
		}
	}
	return ties, nil
}

// dice is a small generator, so that each run of a seed makes the same schedules.
type dice uint64

func (r *dice) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

func (r *dice) float() float64 { return float64(r.next()>>11) / (1 << 53) }

// randomSchedule returns monthly amounts in cents; one in ten has its rate exactly on
// a tie, which is then returned.
func randomSchedule(r *dice) (c []int64, tie *big.Rat) {
	if r.next()%10 == 0 { // received after 1, paid after 2 and 3 years, at x.x5 percent
		tenths := int64(r.next() % 300)
		tie = big.NewRat(2*tenths+1, 20)
		rate := 2000 + 2*tenths + 1 // in 2000ths
		c = make([]int64, 25)
		a, b := int64(1+r.next()%900), int64(1+r.next()%900)
		c[0] = -(a*2000*rate + b*2000*2000)
		c[24], c[12] = b*rate*rate, a*rate*rate
		return c, tie
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

// proved holds the rate of monthly amounts, and its printed decimal, against monthly.
func proved(c []int64, tie *big.Rat) error {
	var all []term
	for k, each := range c {
		if each != 0 {
			all = append(all, term{big.NewRat(int64(k), 12), big.NewRat(each, 100)})
		}
	}
	s := newSeries(all)
	found, roots := s.roots()
	if roots != unique {
		return fmt.Errorf("%d rates", len(found))
	}
	x := percent(found[0], workBits)
	printed, onTie := s.oneDecimal(x)
	if tie != nil {
		if want := places(tie, 1); !onTie || printed != want {
			return fmt.Errorf("at the tie %s printed %s", tie.FloatString(2), printed)
		}
		return nil
	}
	tenth, _ := new(big.Rat).SetString(printed)
	for _, around := range []struct{ middle, half *big.Rat }{{tenth, big.NewRat(1, 20)}, {x, big.NewRat(1, 10_000_000_000)}} {
		below := monthlyValue(c, new(big.Rat).Sub(around.middle, around.half)).Sign()
		if above := monthlyValue(c, new(big.Rat).Add(around.middle, around.half)).Sign(); below*above >= 0 {
			return fmt.Errorf("%s%% printed %s: the value does not change its sign around it", x.FloatString(15), printed)
		}
	}
	return nil
}

// monthlyValue returns the value of monthly amounts at a rate in percent.
func monthlyValue(c []int64, percent *big.Rat) *big.Float {
	r := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(percent, big.NewRat(100, 1)))
	v := new(big.Float).SetPrec(proofBits).Quo(big.NewFloat(1), twelfthRoot(r))
	sum := new(big.Float).SetPrec(proofBits)
	for k := len(c) - 1; k >= 0; k-- {
		sum.Mul(sum, v).Add(sum, new(big.Float).SetInt64(c[k]))
	}
	return sum
}

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
