package credit

import (
	"math"
	"slices"
)

// EqualRate returns the rate per term at which n equal payments are worth what is
// received at the start, in floats: near enough to look around, not to print. It is
// NaN where nothing is received or paid, and where no rate is found.
//
// The value to be nil is i·K/T - 1 + (1+i)^-n, which is nil at i = 0 too. Near there
// the series of ln(nT/K) in ln(1+i) is the answer; elsewhere it is the start, and
// steps of Halley, which take three times the digits each, end it.
func EqualRate(net, payment float64, n int) float64 {
	if !(net > 0) || !(payment > 0) || n < 1 {
		return math.NaN()
	}
	terms, k := float64(n), net/payment
	i := 1 / k
	if terms < 5*k {
		d := bySeries((terms-k)/k, terms)
		if math.Abs(d)*terms < 0.1 {
			return math.Expm1(d)
		}
		i = d + d*d/2 + d*d*d/6
	}
	for range 20 {
		step := halley(i, k, terms, n)
		i -= step
		if math.Abs(step) < 1e-5*math.Abs(i) {
			if i <= -1 || math.Abs(i)*terms < 0.05 {
				break
			}
			return i
		}
	}
	return math.NaN()
}

// bySeries solves ln(1+excess) = (n+1)d/2 - (n²-1)d²/24 + (n⁴-1)d⁴/2880 - (n⁶-1)d⁶/181440,
// whose next part is below 1e-15 where n·d is below a tenth.
func bySeries(excess, n float64) float64 {
	l, square := math.Log1p(excess), n*n
	b, c := (n+1)/2, (square-1)/24
	e, f := (square*square-1)/2880, (square*square*square-1)/181440
	d := l / b
	for range 3 {
		two := d * d
		four := two * two
		d -= (b*d - c*two + four*(e-f*two) - l) / (b - 2*d*(c-two*(2*e-3*f*two)))
	}
	return d
}

// halley returns the step to the root.
func halley(i, k, terms float64, n int) float64 {
	v := 1 / (1 + i)
	power := powInt(v, n)
	value := i*k - 1 + power
	lean := terms * power * v
	slope := k - lean
	return 2 * value * slope / (2*slope*slope - value*(terms+1)*lean*v)
}

// powInt returns x^n. What a bit multiplies by is picked without a branch, for the
// bits of n are nothing that a processor can foresee.
func powInt(x float64, n int) float64 {
	const one = 0x3ff0000000000000
	out := 1.0
	for ; n > 0; n >>= 1 {
		mask := -uint64(n & 1)
		out *= math.Float64frombits(math.Float64bits(x)&mask | one&^mask)
		x *= x
	}
	return out
}

// GridRate returns the rate per term at which flows on equal terms come to nothing,
// in floats, for flows whose sign changes once; it is NaN where it finds none. It
// looks from start on.
func GridRate(flows []float64, start float64) float64 {
	if len(flows) > 1 && oneSided(flows[1:], flows[0] < 0) {
		return loanRate(flows[1:], math.Abs(flows[0]), start)
	}
	v := 1 / (1 + start)
	for range 40 {
		value, slope := 0.0, 0.0
		for k := len(flows) - 1; k >= 0; k-- {
			slope = slope*v + value
			value = value*v + flows[k]
		}
		step := value / slope
		v -= step
		if !(v > 0) {
			return math.NaN()
		}
		if math.Abs(step) < 1e-9*v {
			return 1/v - 1
		}
	}
	return math.NaN()
}

// oneSided reports whether no amount is on the other side of nil, and the last is not
// nil. It looks at the signs of all before it looks at any: few schedules hold a nil.
func oneSided(amounts []float64, above bool) bool {
	var want, other uint64
	if !above {
		want = 1 << 63
	}
	for _, a := range amounts {
		other |= math.Float64bits(a) ^ want
	}
	if other>>63 != 0 && slices.ContainsFunc(amounts, func(a float64) bool { return a != 0 && (a > 0) != above }) {
		return false
	}
	return amounts[len(amounts)-1] != 0
}

// loanRate returns the rate of a sum received at the start against payments after
// 1, 2 and more terms. It steps in d = ln(1+i), where the logarithm of the value of
// the payments is nearly straight. Its slope is the mean of the times, weighed by
// those values, and its bend their spread: what the mean changed by since the last
// step tells it, and at first that of equal payments does.
func loanRate(payments []float64, sum, start float64) float64 {
	d, before, spread := math.Log1p(start), 0.0, 0.0
	step := 0.0
	for n := range 40 {
		value, first := weigh(payments, math.Exp(-d))
		off := math.Log(math.Abs(value)/sum) - d
		mean := first/value + 1
		if n == 0 {
			spread = mean * mean / 3
		} else {
			spread = max(0, (before-mean)/step)
		}
		before, step = mean, off/mean
		if root := mean*mean - 2*spread*off; root > 0 {
			step = 2 * off / (mean + math.Sqrt(root))
		}
		d += step
		if math.Abs(step) < 4e-6*math.Abs(d)+1e-16 {
			return math.Expm1(d)
		}
		if !(math.Abs(d) < 700) {
			break
		}
	}
	return math.NaN()
}

// weigh returns the sums of f·v^k and k·f·v^k over all f with their index k. Four sums
// run in step, each over every fourth f, so that none waits for another.
func weigh(all []float64, v float64) (value, first float64) {
	w := v * v
	w *= w
	var f0, f1, f2, f3, g0, g1, g2, g3 float64
	whole := len(all) &^ 3
	var rest [4]float64
	copy(rest[:], all[whole:])
	f0, f1, f2, f3 = rest[0], rest[1], rest[2], rest[3]
	for whole >= 4 {
		four := all[whole-4 : whole]
		g0 = g0*w + f0
		f0 = f0*w + four[0]
		g1 = g1*w + f1
		f1 = f1*w + four[1]
		g2 = g2*w + f2
		f2 = f2*w + four[2]
		g3 = g3*w + f3
		f3 = f3*w + four[3]
		whole -= 4
	}
	// Of the sum of f over k = j + 4m, w·g is the sum of m·f.
	value = f0 + v*(f1+v*(f2+v*f3))
	first = v*(f1+v*(2*f2+v*3*f3)) + 4*w*(g0+v*(g1+v*(g2+v*g3)))
	return value, first
}

// guess returns where to start looking for the root in an interval: by the quick
// ways where the flows lie on equal terms, else its middle.
func (s series) guess(low, high float64) float64 {
	middle := low + (high-low)/2
	n := len(s.t) - 1
	if n < 2 {
		return middle
	}
	step := s.t[1]
	equal := true
	for k := 1; k <= n; k++ {
		if math.Abs(s.t[k]-float64(k)*step) > 1e-9*step*float64(n) {
			return middle
		}
		equal = equal && s.c[k] == s.c[1]
	}
	var rate float64
	if equal {
		rate = EqualRate(math.Abs(s.c[0]), math.Abs(s.c[1]), n)
	} else {
		rate = GridRate(s.c, math.Expm1(middle*step))
	}
	if u := math.Log1p(rate) / step; u > low && u < high {
		return u
	}
	return middle
}
