// Package money holds exact numbers: no float stands between what was given and
// what is decided.
package money

import (
	"cmp"
	"errors"
	"math/big"
	"strconv"
	"strings"

	"zorgplicht/canon"
)

// A Decimal is an exact decimal number of any size, kept in canonical form, so
// that == compares values. The zero Decimal is 0.
type Decimal struct {
	text string // canonical; "" is 0
}

var errDecimal = errors.New("money: no decimal number")

// Parse reads a number as JSON writes it, such as "12.50", "-3" or "1e3". It
// fails on any other text and on a number of more than 1000 characters.
func Parse(s string) (Decimal, error) {
	n, ok := canon.ParseNumber(s)
	if !ok {
		return Decimal{}, errDecimal
	}
	return of(string(n)), nil
}

// MustParse is Parse for numbers that stand in the code; it panics on others.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func of(canonical string) Decimal {
	if canonical == "0" {
		canonical = ""
	}
	return Decimal{canonical}
}

// String returns the plain decimal without exponent and trailing zeros.
func (d Decimal) String() string { return cmp.Or(d.text, "0") }

// Sign returns -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.text == "":
		return 0
	case d.text[0] == '-':
		return -1
	}
	return 1
}

// Cmp returns -1 when d is below e, 0 when they are equal and 1 when d is above e.
func (d Decimal) Cmp(e Decimal) int {
	if s := d.Sign(); s != e.Sign() {
		return cmp.Compare(s, e.Sign())
	} else if s < 0 {
		return compareDigits(e.text[1:], d.text[1:])
	}
	return compareDigits(d.String(), e.String())
}

// compareDigits compares two canonical numbers without sign. Of two wholes the
// longer is the larger; behind the point the order of digits is that of the text.
func compareDigits(a, b string) int {
	wholeA, fracA, _ := strings.Cut(a, ".")
	wholeB, fracB, _ := strings.Cut(b, ".")
	return cmp.Or(cmp.Compare(len(wholeA), len(wholeB)), cmp.Compare(wholeA, wholeB), cmp.Compare(fracA, fracB))
}

// Add returns d + e.
func (d Decimal) Add(e Decimal) Decimal {
	a, b, places := aligned(d, e)
	return scaled(a.Add(a, b), places)
}

// Sub returns d - e.
func (d Decimal) Sub(e Decimal) Decimal {
	a, b, places := aligned(d, e)
	return scaled(a.Sub(a, b), places)
}

// Mul returns d × e, exact.
func (d Decimal) Mul(e Decimal) Decimal {
	a, placesA := d.unscaled()
	b, placesB := e.unscaled()
	return scaled(a.Mul(a, b), placesA+placesB)
}

// unscaled returns the digits as a whole number, and how many stand behind the point.
func (d Decimal) unscaled() (*big.Int, int) {
	whole, frac, _ := strings.Cut(d.String(), ".")
	n, _ := new(big.Int).SetString(whole+frac, 10)
	return n, len(frac)
}

// aligned returns both numbers as wholes with the same number of places.
func aligned(d, e Decimal) (a, b *big.Int, places int) {
	a, placesA := d.unscaled()
	b, placesB := e.unscaled()
	places = max(placesA, placesB)
	a.Mul(a, tenTo(places-placesA))
	b.Mul(b, tenTo(places-placesB))
	return a, b, places
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// scaled returns n / 10^places.
func scaled(n *big.Int, places int) Decimal {
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
		n.Neg(n)
	}
	s := n.String()
	if len(s) <= places {
		s = strings.Repeat("0", places-len(s)+1) + s
	}
	whole, frac := s[:len(s)-places], strings.TrimRight(s[len(s)-places:], "0")
	switch {
	case frac != "":
		return Decimal{sign + whole + "." + frac}
	case whole == "0":
		return Decimal{}
	}
	return Decimal{sign + whole}
}

// Canon writes the number as a JSON number.
func (d Decimal) Canon() any { return canon.Number(d.String()) }

// ReadCanon reads a JSON number, or a text that holds one.
func (d *Decimal) ReadCanon(n canon.Node) string {
	text := string(n.Number())
	if n.Kind() == canon.Str {
		text = n.Text()
	}
	read, err := Parse(text)
	if err != nil {
		return "een getal zoals 12.5"
	}
	*d = read
	return ""
}

// Whole returns n as a decimal.
func Whole(n int64) Decimal { return of(strconv.FormatInt(n, 10)) }

// Shape says in a schema what is taken: a number, or a text that holds one.
func (Decimal) Shape() canon.Shape {
	return canon.Shape{Types: []string{"number", "string"}, About: "een getal zoals 12.5"}
}
