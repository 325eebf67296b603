package money

import (
	"errors"
	"strconv"
	"strings"
)

// Cents is an amount in euro cents.
type Cents int64

// Dutch writes the amount as Dutch readers do: "€ 1.234,56", "-€ 0,05".
func (c Cents) Dutch() string {
	sign, n := "", int64(c)
	if n < 0 {
		sign, n = "-", -n
	}
	whole := strconv.FormatInt(n/100, 10)
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "." + whole[at:]
	}
	part := strconv.FormatInt(n%100+100, 10)[1:]
	return sign + "€\u00a0" + whole + "," + part
}

// ErrAmount is what ParseCents returns for what is no amount.
var ErrAmount = errors.New("no amount in euros")

// largestCents keeps sums of amounts far from overflow: a billion euros.
const largestCents = 100_000_000_000

// ParseCents reads an amount as Dutch people type it: "1.234,56", "€ 125", "125,5".
// A point that does not stand before three digits is refused, for it may have been
// meant as a comma.
func ParseCents(s string) (Cents, error) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "€"))
	whole, part, comma := strings.Cut(s, ",")
	groups := strings.Split(whole, ".")
	for i, g := range groups {
		if g == "" || len(groups) > 1 && (i == 0 && len(g) > 3 || i > 0 && len(g) != 3) || !digits(g) {
			return 0, ErrAmount
		}
	}
	if comma && (part == "" || len(part) > 2 || !digits(part)) {
		return 0, ErrAmount
	}
	n, err := strconv.ParseInt(strings.Join(groups, "")+(part + "00")[:2], 10, 64)
	if err != nil || n > largestCents {
		return 0, ErrAmount
	}
	return Cents(n), nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
