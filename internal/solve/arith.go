package solve

import "math/bits"

// far lies beyond every sum that is compared.
const far = 1 << 62

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func mul(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	return a * b, high == 0 && low < 1<<62
}

func addFits(a, b int64) bool {
	c := a + b
	return (c > a) == (b > 0)
}

// capped is a product that stays at far when it does not fit.
func capped(a, b int64) int64 {
	v, ok := mul(a, b)
	switch {
	case ok:
		return v
	case (a < 0) == (b < 0):
		return far
	}
	return -far
}

// sum adds, and stays at far.
func sum(a, b int64) int64 {
	switch c := a + b; {
	case !addFits(a, b) && a > 0, addFits(a, b) && c > far:
		return far
	case !addFits(a, b), c < -far:
		return -far
	default:
		return c
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
