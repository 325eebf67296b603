package criteria

import "math/bits"

// add returns a + b, and whether it fits.
func add(a, b int64) (int64, bool) {
	c := a + b
	return c, (c > a) == (b > 0)
}

func sub(a, b int64) (int64, bool) {
	c := a - b
	return c, (c < a) == (b > 0)
}

func mul(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	return a * b, high == 0 && low < 1<<63
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func tenTo(n int) int64 {
	v := int64(1)
	for range n {
		v *= 10
	}
	return v
}

// apply computes what the checker found to be safe for all values in bounds.
func (o op) apply(a, b int64) int64 {
	switch o {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	case opMul:
		return a * b
	case opDiv:
		return a / b
	case opMod:
		return a % b
	case opMin:
		return min(a, b)
	case opMax:
		return max(a, b)
	case opAddMonths:
		return addMonths(a, b)
	case opMonthsBetween:
		return monthsBetween(a, b)
	}
	return -a // opNeg
}

// compare holds two numbers against each other.
func (o op) compare(a, b int64) bool {
	switch o {
	case opLt:
		return a < b
	case opLe:
		return a <= b
	case opGt:
		return a > b
	case opGe:
		return a >= b
	case opEq:
		return a == b
	}
	return a != b // opNe
}

// bounds returns the least and the greatest that o makes of numbers in these
// bounds, and whether all fit. A division is asked only where b holds no zero.
func (o op) bounds(a, b bounded) (r bounded, ok bool) {
	switch o {
	case opNeg:
		return bounded{-a.hi, -a.lo}, a.lo != -1<<63
	case opMod:
		if a.lo == a.hi && b.lo == b.hi && b.lo != -1<<63 {
			return bounded{a.lo % b.lo, a.lo % b.lo}, true // a rest of fixed numbers is a fixed number
		}
		most := int64(max(magnitude(b.lo), magnitude(b.hi)) - 1)
		return bounded{max(min(a.lo, 0), -most), min(max(a.hi, 0), most)}, b.lo != -1<<63
	case opAddMonths:
		if a.lo < firstDay || a.hi > lastDay || b.lo < -maxMonths || b.hi > maxMonths {
			return bounded{}, false
		}
	}
	corners := [4]int64{}
	ok = true
	for i := range corners {
		x, y := a.lo, b.lo
		if i&1 == 1 {
			x = a.hi
		}
		if i&2 == 2 {
			y = b.hi
		}
		fits := true
		switch o {
		case opAdd:
			corners[i], fits = add(x, y)
		case opSub:
			corners[i], fits = sub(x, y)
		case opMul:
			corners[i], fits = mul(x, y)
		case opDiv:
			if x == -1<<63 {
				return bounded{}, false
			}
			corners[i] = x / y
		default:
			corners[i] = o.apply(x, y)
		}
		ok = ok && fits
	}
	r = bounded{corners[0], corners[0]}
	for _, c := range corners {
		r.lo, r.hi = min(r.lo, c), max(r.hi, c)
	}
	return r, ok
}

// bounded holds the bounds of a number, both included.
type bounded struct{ lo, hi int64 }

func (n *node) bounds() bounded { return bounded{n.lo, n.hi} }
