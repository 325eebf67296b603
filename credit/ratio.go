package credit

import (
	"math/big"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/money"
)

// maxRatioText is how long each half of a ratio may be written.
const maxRatioText = 60

// A Ratio is an exact rational number, such as the time 1/12 in years. The zero
// Ratio is 0.
type Ratio struct{ r *big.Rat }

// RatioOf returns a/b.
func RatioOf(a, b int64) Ratio { return Ratio{big.NewRat(a, b)} }

// Rat returns the number; it must not be changed.
func (r Ratio) Rat() *big.Rat {
	if r.r == nil {
		return new(big.Rat)
	}
	return r.r
}

// String writes the number in lowest terms, a whole without a denominator.
func (r Ratio) String() string { return r.Rat().RatString() }

// Canon writes the number as a text.
func (r Ratio) Canon() any { return r.String() }

// ReadCanon reads a number, or a text that holds one or a fraction of two.
func (r *Ratio) ReadCanon(n canon.Node) string {
	const want = "een getal of een breuk zoals 1/12"
	text := string(n.Number())
	if n.Kind() == canon.Str {
		text = n.Text()
	}
	above, below, isFraction := strings.Cut(text, "/")
	a, errA := money.Parse(strings.TrimSpace(above))
	b := money.Whole(1)
	var errB error
	if isFraction {
		b, errB = money.Parse(strings.TrimSpace(below))
	}
	if errA != nil || errB != nil || b.Sign() == 0 || len(above) > maxRatioText || len(below) > maxRatioText ||
		len(a.String()) > maxRatioText || len(b.String()) > maxRatioText {
		return want
	}
	r.r = new(big.Rat).Quo(ratOf(a), ratOf(b))
	return ""
}

// Shape says in a schema what is taken.
func (Ratio) Shape() canon.Shape {
	return canon.Shape{Types: []string{"number", "string"}, About: "een getal of een breuk zoals 1/12"}
}

// ratOf returns a decimal as a rational.
func ratOf(d money.Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String())
	return r
}

// places writes a number with this many places, half away from zero.
func places(r *big.Rat, n int) string { return r.FloatString(n) }

// cents writes an amount in cents, half away from zero.
func cents(r *big.Rat) string { return places(r, 2) }

// floorCents and ceilCents write an amount in whole cents, never more and never
// less than it is.
func floorCents(r *big.Rat) string { return cents(wholeCents(r, false)) }
func ceilCents(r *big.Rat) string  { return cents(wholeCents(r, true)) }

func wholeCents(r *big.Rat, up bool) *big.Rat {
	hundred := big.NewRat(100, 1)
	scaled := new(big.Rat).Mul(r, hundred)
	n, rest := new(big.Int).DivMod(scaled.Num(), scaled.Denom(), new(big.Int))
	if up && rest.Sign() != 0 {
		n.Add(n, big.NewInt(1))
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(n), hundred)
}

// decimalOf returns a number rounded to this many places as a decimal.
func decimalOf(r *big.Rat, n int) money.Decimal { return money.MustParse(places(r, n)) }

// trimmed writes a number with at most n places, without trailing zeros.
func trimmed(r *big.Rat, n int) string { return decimalOf(r, n).String() }
