package credit

import (
	"math"
	"math/big"
	"sync"
)

// guard is how many bits more than asked the functions of this file work with.
const guard = 64

func float(prec uint) *big.Float { return new(big.Float).SetPrec(prec) }

// bigExp returns e^x to about prec bits.
func bigExp(x *big.Float, prec uint) *big.Float {
	const halvings = 16
	p := prec + guard
	q, _ := x.Float64()
	k := int64(math.Round(q / math.Ln2))
	r := float(p).Mul(float(p).SetInt64(k), ln2(p))
	r.Sub(x, r)
	r.SetMantExp(r, -halvings)
	sum, term := float(p).SetInt64(1), float(p).SetInt64(1)
	by := new(big.Float)
	for n := int64(1); ; n++ {
		term.Mul(term, r)
		term.Quo(term, by.SetInt64(n))
		if term.Sign() == 0 || term.MantExp(nil) < -int(p) {
			break
		}
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum.SetMantExp(sum, int(k))
}

// bigLn returns the natural logarithm of x above zero to about prec bits.
func bigLn(x *big.Float, prec uint) *big.Float {
	const roots = 8
	p := prec + guard
	m := float(p)
	e := float(p).Set(x).MantExp(m)
	for range roots {
		m.Sqrt(m)
	}
	sum := atanhTwice(m, p)
	sum.SetMantExp(sum, roots)
	return sum.Add(sum, float(p).Mul(float(p).SetInt64(int64(e)), ln2(p)))
}

// atanhTwice returns ln m = 2·atanh((m-1)/(m+1)) of an m near 1.
func atanhTwice(m *big.Float, p uint) *big.Float {
	one := float(p).SetInt64(1)
	z := float(p).Quo(float(p).Sub(m, one), float(p).Add(m, one))
	square := float(p).Mul(z, z)
	sum, power := float(p).Set(z), float(p).Set(z)
	for n := int64(3); ; n += 2 {
		power.Mul(power, square)
		term := float(p).Quo(power, new(big.Float).SetInt64(n))
		if term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-int(p) {
			break
		}
		sum.Add(sum, term)
	}
	return sum.SetMantExp(sum, 1)
}

// ln2 returns ln 2 = 2·atanh(1/3). It is the same each time, and kept.
func ln2(p uint) *big.Float {
	if kept, ok := ln2s.Load(p); ok {
		return kept.(*big.Float)
	}
	made := atanhTwice(float(p+guard).SetInt64(2), p+guard)
	ln2s.Store(p, made)
	return made
}

var ln2s sync.Map // by bits, few of them: no more than there are widths

// lnRat returns the natural logarithm of a rational above zero, also of one so
// near 1 that its digits would be lost.
func lnRat(r *big.Rat, prec uint) *big.Float {
	near := new(big.Rat).Sub(r, big.NewRat(1, 1))
	lost := uint(0)
	if near.Sign() != 0 {
		if d := near.Denom().BitLen() - near.Num().BitLen(); d > 0 {
			lost = uint(d)
		}
	}
	p := prec + lost + guard
	return bigLn(float(p).SetRat(r), p)
}
