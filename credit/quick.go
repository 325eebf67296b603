package credit

import "math"

// EqualRate returns the rate per term at which n equal payments are worth what is
// received at the start, in floats: near enough to look around, not to print. It is
// NaN where nothing is received or paid.
//
// The value to be nil is i·K/T - 1 + (1+i)^-n. The start is the series of
// ln(nT/K) in ln(1+i), which needs no powers; then steps of Halley.
func EqualRate(net, payment float64, n int) float64 {
	if !(net > 0) || !(payment > 0) || n < 1 {
		return math.NaN()
	}
	terms, k := float64(n), net/payment
	i := firstGuess(math.Log(terms/k), terms)
	for range 12 {
		step := halley(i, k, terms, n)
		i -= step
		if math.Abs(step) < 1e-9*math.Abs(i)+1e-16 || i <= -1 {
			break
		}
	}
	return i
}

// firstGuess turns the series ln(nT/K) = (n+1)d/2 - (n²-1)d²/24 + (n⁴-1)d⁴/2880 around.
func firstGuess(l, n float64) float64 {
	b, c, e := (n+1)/2, (n*n-1)/24, (n*n*n*n-1)/2880
	d := l / b
	for range 3 {
		square := d * d
		d -= (b*d - c*square + e*square*square - l) / (b - 2*c*d + 4*e*square*d)
	}
	return d + d*d/2
}

// halley returns the step to the root. Near nil, where 1 - (1+i)^-n loses its digits,
// it takes the functions that keep them.
func halley(i, k, terms float64, n int) float64 {
	v := 1 / (1 + i)
	power, value := 0.0, 0.0
	if math.Abs(i)*terms < 1e-3 {
		value = math.Expm1(-terms*math.Log1p(i)) + i*k
		power = 1 + value - i*k
	} else {
		power = powInt(v, n)
		value = i*k - 1 + power
	}
	slope := k - terms*power*v
	bend := terms * (terms + 1) * power * v * v
	return 2 * value * slope / (2*slope*slope - value*bend)
}

func powInt(x float64, n int) float64 {
	out := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out *= x
		}
		x *= x
	}
	return out
}

// GridRate returns the rate per term at which flows on equal terms come to nothing,
// in floats, for flows whose sign changes once; it is NaN where it finds none. It
// steps in v = 1/(1+i), where the value is a polynomial.
func GridRate(flows []float64, start float64) float64 {
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
