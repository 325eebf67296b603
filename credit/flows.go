package credit

import (
	"math/big"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/money"
)

const (
	maxFlows = 12_000 // of one schedule, runs written out
	maxYears = 1_000  // between the first drawdown and any flow
)

// A Flow is money that the consumer receives, above zero, or pays, below zero, at
// a time in years from the first drawdown. With a count it repeats at t, t+step,
// and so on.
type Flow struct {
	Amount money.Decimal  `json:"amount"`
	T      *Ratio         `json:"t"`
	Date   *calendar.Date `json:"date"` // instead of t: the convention makes the time of it
	Step   *Ratio         `json:"step"`
	Count  *int           `json:"count"`
}

// A term is what flows at one time, all flows of that time together.
type term struct {
	t *big.Rat
	c *big.Rat
}

// terms returns the flows written out in order of time, each time once, without
// those that come to nothing.
func terms(flows []Flow) []term {
	var all []term
	for _, f := range flows {
		t, c := f.T.Rat(), ratOf(f.Amount)
		all = append(all, term{t, c})
		for range f.times() - 1 {
			t = new(big.Rat).Add(t, f.Step.Rat())
			all = append(all, term{t, c})
		}
	}
	slices.SortStableFunc(all, func(a, b term) int { return a.t.Cmp(b.t) })
	var merged []term
	for _, each := range all {
		if last := len(merged) - 1; last >= 0 && merged[last].t.Cmp(each.t) == 0 {
			merged[last].c = new(big.Rat).Add(merged[last].c, each.c)
			continue
		}
		merged = append(merged, each)
	}
	return slices.DeleteFunc(merged, func(each term) bool { return each.c.Sign() == 0 })
}

// times returns how often the flow flows.
func (f Flow) times() int {
	if f.Count == nil {
		return 1
	}
	return *f.Count
}

// A series is the present value of a schedule as a function of u = ln(1+X):
// the sum of c·e^(-u·t).
type series struct {
	terms []term
	grid  *big.Int     // the least common denominator of the times, nil when it is too fine
	since []int64      // the times since the first, in parts of the grid; nil without one
	cent  *big.Int     // the least common denominator of the amounts
	whole []*big.Float // the amounts in parts of it, exact
	c, t  []float64    // the same in floats, the largest c as 1 and the first t as 0
}

func newSeries(all []term) series {
	s := series{terms: all}
	grid, cent, largest := big.NewInt(1), big.NewInt(1), new(big.Rat)
	for _, each := range all {
		if grid != nil {
			if grid = common(grid, each.t.Denom()); grid.BitLen() > 31 {
				grid = nil
			}
		}
		cent = common(cent, each.c.Denom())
		if abs := new(big.Rat).Abs(each.c); abs.Cmp(largest) > 0 {
			largest = abs
		}
	}
	s.grid, s.cent = grid, cent
	for _, each := range all {
		c, _ := new(big.Rat).Quo(each.c, largest).Float64()
		since := new(big.Rat).Sub(each.t, all[0].t)
		t, _ := since.Float64()
		s.c, s.t = append(s.c, c), append(s.t, t)
		s.whole = append(s.whole, new(big.Float).SetInt(parts(each.c, cent)))
		if grid != nil {
			s.since = append(s.since, parts(since, grid).Int64())
		}
	}
	return s
}

// common returns the least common multiple of two denominators.
func common(a, b *big.Int) *big.Int {
	return new(big.Int).Mul(a, new(big.Int).Quo(b, new(big.Int).GCD(nil, nil, a, b)))
}

// parts returns how many parts r is, when one is cut in as many as whole says.
func parts(r *big.Rat, whole *big.Int) *big.Int {
	return new(big.Int).Mul(r.Num(), new(big.Int).Quo(whole, r.Denom()))
}

// signChanges returns how often the sign changes from term to term: there are
// never more roots than that, and they differ by an even number (the rule of
// Descartes holds for exponential sums).
func (s series) signChanges() (n int) {
	for i := 1; i < len(s.terms); i++ {
		if s.terms[i].c.Sign() != s.terms[i-1].c.Sign() {
			n++
		}
	}
	return n
}

// at returns the value and its derivative in u, and the sum of the sizes of the
// terms, to about prec bits. Times count from the first flow.
func (s series) at(u *big.Float, prec uint) (value, slope, size *big.Float) {
	p := prec + guard
	value, slope, size = float(p), float(p), float(p)
	power := s.powers(u, p)
	x, y := float(p), float(p)
	for i := range s.terms {
		x.Mul(s.whole[i], power(i))
		value.Add(value, x)
		slope.Sub(slope, y.Mul(s.time(i, p), x))
		size.Add(size, x.Abs(x))
	}
	cent := float(p).SetInt(s.cent)
	if s.grid != nil {
		slope.Quo(slope, y.SetInt(s.grid))
	}
	return value.Quo(value, cent), slope.Quo(slope, cent), size.Quo(size, cent)
}

// time returns the time of a term since the first: in parts of the grid, where there
// is one, and else in years.
func (s series) time(i int, p uint) *big.Float {
	if s.grid != nil {
		return new(big.Float).SetInt64(s.since[i])
	}
	return float(p).SetRat(new(big.Rat).Sub(s.terms[i].t, s.terms[0].t))
}

// powers returns e^(-u·t) of each term in turn, asked in order.
func (s series) powers(u *big.Float, p uint) func(int) *big.Float {
	minus := float(p).Neg(u)
	if s.grid == nil {
		return func(i int) *big.Float {
			t := s.time(i, p)
			return bigExp(t.Mul(t, minus), p)
		}
	}
	step := bigExp(float(p).Quo(minus, float(p).SetInt(s.grid)), p)
	now, made := float(p).SetInt64(1), map[int64]*big.Float{}
	return func(i int) *big.Float {
		if i == 0 {
			return now
		}
		n := s.since[i] - s.since[i-1]
		if made[n] == nil {
			made[n] = bigPow(step, n, p)
		}
		now.Mul(now, made[n])
		return now
	}
}

// bigPow returns x^n.
func bigPow(x *big.Float, n int64, p uint) *big.Float {
	out, square := float(p).SetInt64(1), float(p).Set(x)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out.Mul(out, square)
		}
		square.Mul(square, square)
	}
	return out
}

// lostBits is how many bits at most are lost in at: the exponents on the grid, and
// one for each addition.
func (s series) lostBits() uint {
	span := new(big.Rat).Sub(s.terms[len(s.terms)-1].t, s.terms[0].t)
	if s.grid != nil {
		span.Mul(span, new(big.Rat).SetInt(s.grid))
	}
	whole := new(big.Int).Quo(span.Num(), span.Denom())
	return uint(whole.BitLen()) + 40
}

// signAt returns the sign at X = r - 1. It is exact: what cannot be told from zero
// in wide arithmetic is held against zero in rational arithmetic, and where it is
// not zero the width grows until it shows.
func (s series) signAt(r *big.Rat) int {
	zero := false
	for prec := uint(192); ; prec *= 2 {
		p := prec + s.lostBits()
		value, _, size := s.at(lnRat(r, p), p)
		if far(value, size, prec) {
			return value.Sign()
		}
		if zero = zero || s.zeroAt(r); zero {
			return 0
		}
	}
}

// far reports whether value is told from zero when the size of the terms is known
// to prec bits.
func far(value, size *big.Float, prec uint) bool {
	return value.Sign() != 0 && value.MantExp(nil) > size.MantExp(nil)-int(prec)
}

// zeroAt reports whether X = r - 1 is a root, exactly. With r = b^h, where b is no
// power, the powers of b at different fractions of a whole are independent over
// the rationals: the terms of each fraction must come to nothing by themselves.
func (s series) zeroAt(r *big.Rat) bool {
	base, h := root(r)
	sums := map[string]*big.Rat{}
	for _, each := range s.terms {
		t := new(big.Rat).Sub(each.t, s.terms[0].t)
		t.Mul(t, new(big.Rat).SetInt64(h))
		whole, rest := new(big.Int).DivMod(t.Num(), t.Denom(), new(big.Int))
		class := new(big.Rat).SetFrac(rest, t.Denom()).RatString()
		if sums[class] == nil {
			sums[class] = new(big.Rat)
		}
		sums[class].Add(sums[class], new(big.Rat).Quo(each.c, ratPow(base, whole.Int64())))
	}
	for _, sum := range sums {
		if sum.Sign() != 0 {
			return false
		}
	}
	return true
}

// root returns the b and the largest h for which r = b^h; of 1 it returns 1 and 1.
func root(r *big.Rat) (*big.Rat, int64) {
	if r.Cmp(big.NewRat(1, 1)) == 0 {
		return r, 1
	}
	for h := int64(max(r.Num().BitLen(), r.Denom().BitLen())); h > 1; h-- {
		a, b := intRoot(r.Num(), h), intRoot(r.Denom(), h)
		if a != nil && b != nil {
			return new(big.Rat).SetFrac(a, b), h
		}
	}
	return r, 1
}

// intRoot returns the whole h-th root of n, nil when it has none.
func intRoot(n *big.Int, h int64) *big.Int {
	low, high := big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), uint(n.BitLen())/uint(h)+1)
	power := big.NewInt(h)
	for low.Cmp(high) <= 0 {
		mid := new(big.Int).Rsh(new(big.Int).Add(low, high), 1)
		switch c := new(big.Int).Exp(mid, power, nil).Cmp(n); {
		case c == 0:
			return mid
		case c < 0:
			low = mid.Add(mid, big.NewInt(1))
		default:
			high = mid.Sub(mid, big.NewInt(1))
		}
	}
	return nil
}

// ratPow returns r^n for n of at least 0.
func ratPow(r *big.Rat, n int64) *big.Rat {
	e := big.NewInt(n)
	return new(big.Rat).SetFrac(new(big.Int).Exp(r.Num(), e, nil), new(big.Int).Exp(r.Denom(), e, nil))
}
