package criteria

import "zorgplicht/internal/solve"

// Cuts are sums that must be at most zero whatever a computation gives: they tell
// the solver of sums what it need not find out by trying.
type cuts struct {
	s    *solve.Space
	list []solve.Number
}

// atMost adds that the sum of the parts is at most zero. What does not fit is left
// out: a cut is a help, and never needed.
func (c *cuts) atMost(parts ...weighted) {
	sum, ok := c.s.Fixed(0), true
	for _, p := range parts {
		if sum, ok = c.s.Plus(sum, p.times, p.n); !ok {
			return
		}
	}
	c.list = append(c.list, sum)
}

type weighted struct {
	times int64
	n     solve.Number
}

// Days in 400 years, and months: a span of months is this many days, give or take
// monthSlack.
const (
	eraDays    = 146_097
	eraMonths  = 4800
	monthSlack = 12
)

// of returns the cuts of t, which o makes of a and b in these ranges.
func (c *cuts) of(o op, t, a, b solve.Number, ra, rb solve.Range) []solve.Number {
	fixed := func(k int64) weighted { return weighted{k, c.s.Fixed(1)} }
	switch o {
	case opMin:
		c.atMost(weighted{1, t}, weighted{-1, a})
		c.atMost(weighted{1, t}, weighted{-1, b})
	case opMax:
		c.atMost(weighted{-1, t}, weighted{1, a})
		c.atMost(weighted{-1, t}, weighted{1, b})
	case opDiv:
		if k := rb.Lo; rb.Lo == rb.Hi {
			room := int64(magnitude(k)) - 1
			c.atMost(weighted{1, a}, weighted{-k, t}, fixed(-room))
			c.atMost(weighted{-1, a}, weighted{k, t}, fixed(-room))
		}
	case opMul:
		for _, x := range [][2]int64{{ra.Lo, rb.Lo}, {ra.Hi, rb.Hi}} { // (a-x)(b-y) is at least zero
			if corner, ok := mul(x[0], x[1]); ok {
				c.atMost(weighted{-1, t}, weighted{x[0], b}, weighted{x[1], a}, fixed(-corner))
			}
		}
		for _, x := range [][2]int64{{ra.Lo, rb.Hi}, {ra.Hi, rb.Lo}} { // (a-x)(y-b) too
			if corner, ok := mul(x[0], x[1]); ok {
				c.atMost(weighted{1, t}, weighted{-x[0], b}, weighted{-x[1], a}, fixed(corner))
			}
		}
	case opAddMonths: // t - a is about b months
		c.atMost(weighted{eraMonths, t}, weighted{-eraMonths, a}, weighted{-eraDays, b}, fixed(-eraMonths*monthSlack))
		c.atMost(weighted{-eraMonths, t}, weighted{eraMonths, a}, weighted{eraDays, b}, fixed(-eraMonths*monthSlack))
	case opMonthsBetween: // b - a is about t months, or one more or less
		c.atMost(weighted{eraMonths, b}, weighted{-eraMonths, a}, weighted{-eraDays, t}, fixed(-eraDays-eraMonths*monthSlack))
		c.atMost(weighted{-eraMonths, b}, weighted{eraMonths, a}, weighted{eraDays, t}, fixed(-eraDays-eraMonths*monthSlack))
	}
	return c.list
}
