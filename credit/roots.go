package credit

import (
	"math"
	"math/big"
	"slices"
)

const (
	// widest is the largest ln(1+X) that is looked at: above it the rate has more
	// than forty digits, below it X is -100% in as many.
	widest = 100.0
	// budget is how many terms may be looked at when the roots are counted.
	budget = 60_000_000
	// narrow is how wide an interval is that is judged by wide arithmetic.
	narrow = 1e-10
)

// A count says how many rates a schedule has.
type count int

const (
	never     count = iota // all flows go one way
	none                   // they go both ways, and no rate makes them equal
	unique                 // one rate
	several                // more than one
	outside                // a rate beyond what is looked at
	undecided              // the count was given up
)

// roots returns every u = ln(1+X) at which the series is nil, in order. Of a root
// that is twice one, where the value only touches nil, it returns it once.
func (s series) roots() ([]*big.Float, count) {
	switch changes := s.signChanges(); {
	case changes == 0:
		return nil, never
	case changes == 1:
		u, found := s.only()
		if !found {
			return nil, outside
		}
		return []*big.Float{u}, unique
	}
	hunt := &hunt{series: s, left: budget}
	low, high := -s.cutoff(true), s.cutoff(false)
	const parts = 16
	for i := range parts {
		a := low + (high-low)*float64(i)/parts
		hunt.within(a, low+(high-low)*float64(i+1)/parts)
	}
	if hunt.left < 0 {
		return nil, undecided
	}
	slices.SortFunc(hunt.found, (*big.Float).Cmp)
	found := slices.CompactFunc(hunt.found, func(a, b *big.Float) bool {
		gap := float(workBits).Sub(b, a)
		return gap.Sign() == 0 || gap.MantExp(nil) < -120
	})
	switch len(found) {
	case 0:
		if s.beyond(low, high) {
			return nil, outside
		}
		return nil, none
	case 1:
		return found, unique
	}
	return found, several
}

// beyond reports whether the signs at the ends of what was looked at differ from
// those that the first and the last flow give in the end.
func (s series) beyond(low, high float64) bool {
	last := len(s.c) - 1
	return s.sign(high) != int(math.Copysign(1, s.c[0])) || s.sign(low) != int(math.Copysign(1, s.c[last]))
}

// only returns the one root of a series whose sign changes once.
func (s series) only() (*big.Float, bool) {
	low, high := -0.0625, 0.0625
	end := s.sign(0)
	if end == 0 {
		return float(workBits), true
	}
	// From early to late flows: a higher rate gives the early ones more weight.
	rising := s.c[0] > 0
	up := rising == (end < 0)
	for s.sign(pick(up, high, low)) == end {
		if low, high = low*2, high*2; high > widest*2 {
			return nil, false
		}
	}
	a, b := 0.0, pick(up, high, low)
	return s.refine(min(a, b), max(a, b)), true
}

func pick(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

// cutoff returns a size of u beyond which there is no root: there the block of
// equal signs at that end outweighs all of the other sign, and does so more and more.
func (s series) cutoff(atLow bool) float64 {
	c, t := s.c, s.t
	if atLow { // look at it from the other end
		span := t[len(t)-1]
		c, t = slices.Clone(c), slices.Clone(t)
		slices.Reverse(c)
		slices.Reverse(t)
		for i := range t {
			t[i] = span - t[i]
		}
	}
	for u := 1.0 / 1024; u < widest; u *= 2 {
		block, against, inBlock := 0.0, 0.0, true
		for i := range c {
			inBlock = inBlock && (c[i] > 0) == (c[0] > 0)
			switch x := c[i] * math.Exp(-u*t[i]); {
			case inBlock:
				block += math.Abs(x)
			case (c[i] > 0) != (c[0] > 0):
				against += math.Abs(x)
			}
		}
		if against < block*(1-1e-9) {
			return u
		}
	}
	return widest
}

// sums are the series and its first two derivatives at u, and the sums of the
// sizes of what they add up, all divided by the largest power.
type sums struct{ f, d, size, dSize, ddSize float64 }

func (s series) sums(u float64) (out sums) {
	top := 0.0
	if u < 0 {
		top = -u * s.t[len(s.t)-1]
	}
	for i, t := range s.t {
		x := s.c[i] * math.Exp(-u*t-top)
		a := math.Abs(x)
		out.f += x
		out.d -= t * x
		out.size += a
		out.dSize += t * a
		out.ddSize += t * t * a
	}
	return out
}

const (
	floatErr = 1e-11 // of the size of a sum in floats, far more than it can be off
	workBits = 256   // of what is refined in wide arithmetic
)

// sign returns the sign at u; where floats cannot tell, wide arithmetic does.
func (s series) sign(u float64) int {
	if v := s.sums(u); math.Abs(v.f) > floatErr*v.size {
		return int(math.Copysign(1, v.f))
	}
	return s.signBig(float(workBits).SetFloat64(u))
}

// signBig returns the sign at u, 0 where no difference from nil shows in
// workBits bits.
func (s series) signBig(u *big.Float) int {
	p := workBits + s.lostBits()
	value, _, size := s.at(u, p)
	if !far(value, size, workBits-32) {
		return 0
	}
	return value.Sign()
}

// A hunt looks for the roots of a series whose sign changes more than once.
type hunt struct {
	series
	left  int // terms that may still be looked at
	found []*big.Float
}

// within finds the roots in an interval: none where the value at its middle is
// more than the slope can make up for, at most one where the slope keeps its
// sign; else it halves.
func (h *hunt) within(a, b float64) {
	if h.left -= 2 * len(h.c); h.left < 0 {
		return
	}
	mid, half := a+(b-a)/2, (b-a)/2
	v := h.sums(mid)
	// Sizes at the start bound those within: later flows weigh less at higher rates.
	grow := math.Exp(half * h.t[len(h.t)-1])
	if math.Abs(v.f) > half*v.dSize*grow+floatErr*v.size {
		return
	}
	monotone := math.Abs(v.d) > half*v.ddSize*grow+floatErr*v.dSize
	switch {
	case monotone:
		h.crossing(a, b)
	case b-a < narrow:
		h.touching(a, b)
	default:
		h.within(a, mid)
		h.within(mid, b)
	}
}

// crossing notes the root of an interval in which the value only rises or falls.
func (h *hunt) crossing(a, b float64) {
	switch sa, sb := h.sign(a), h.sign(b); {
	case sa == 0:
		h.found = append(h.found, float(workBits).SetFloat64(a))
	case sb == 0:
		h.found = append(h.found, float(workBits).SetFloat64(b))
	case sa != sb:
		h.found = append(h.found, h.refine(a, b))
	}
}

// touching judges an interval so small that slope and value are both near nil: it
// looks at the turning point in wide arithmetic.
func (h *hunt) touching(a, b float64) {
	sa, sb := h.sign(a), h.sign(b)
	if sa != sb {
		h.crossing(a, b)
		return
	}
	turn := h.bisect(a, b, func(u *big.Float) int {
		_, slope, _ := h.at(u, workBits)
		return slope.Sign()
	})
	switch h.signBig(turn) {
	case sa:
	case 0:
		h.found = append(h.found, turn)
	default:
		at, _ := turn.Float64()
		h.found = append(h.found, h.bisectValue(a, at), h.bisectValue(at, b))
	}
}

// bisect returns where the sign changes within an interval, in wide arithmetic.
func (s series) bisect(a, b float64, sign func(*big.Float) int) *big.Float {
	low, high := float(workBits).SetFloat64(a), float(workBits).SetFloat64(b)
	start := sign(low)
	for range workBits {
		mid := float(workBits).Add(low, high)
		mid.SetMantExp(mid, -1)
		if sign(mid) == start {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

func (s series) bisectValue(a, b float64) *big.Float { return s.bisect(a, b, s.signBig) }

// refine returns the root in an interval at whose ends the signs differ: by floats
// to their precision, then by Newton's steps in wide arithmetic, which double the
// digits each time. Where a step leads away it halves instead.
func (s series) refine(a, b float64) *big.Float { return s.refineFrom(a, b, s.guess(a, b)) }

// refineFrom is refine with the place to start from, on which the root does not
// depend: what is left after the last step is less than its last bit.
func (s series) refineFrom(a, b, at float64) *big.Float {
	low, high := a, b
	start := s.sign(a)
	for range 200 {
		v := s.sums(at)
		if math.Abs(v.f) <= floatErr*v.size/1000 || high-low < 1e-15*math.Max(1, math.Abs(at)) {
			break
		}
		if (v.f > 0) == (start > 0) {
			low = at
		} else {
			high = at
		}
		next := at - v.f/v.d
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		if next == at {
			break
		}
		at = next
	}
	u := float(workBits).SetFloat64(at)
	var step *big.Float
	for range 8 {
		value, slope, _ := s.at(u, workBits)
		if slope.Sign() == 0 {
			break
		}
		step = float(workBits).Quo(value, slope)
		u = float(workBits).Sub(u, step)
		if step.Sign() == 0 || step.MantExp(nil) < -int(workBits)+60 {
			if in, _ := u.Float64(); in >= a-1e-9 && in <= b+1e-9 {
				return u
			}
			break
		}
	}
	return s.bisectValue(a, b)
}
