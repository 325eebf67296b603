package commission

import (
	"math/bits"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/money"
)

// The kinds of credit, as agreements and contracts name them.
const (
	Revolving    = "revolving"
	NonRevolving = "non_revolving"
)

// percentDigits is how many digits a percentage has behind the point.
const percentDigits = 6

// A Percent is an exact percentage of a balance per month, in millionths of a
// percent.
type Percent int64

// ParsePercent reads a percentage as JSON or a Dutch reader writes it: "0.35" or
// "0,35". It reports whether it is one from 0 to 100 with at most six digits.
func ParsePercent(text string) (Percent, bool) {
	text = strings.Replace(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")), ",", ".", 1)
	d, err := money.Parse(text)
	if err != nil {
		return 0, false
	}
	return PercentOf(d)
}

// PercentOf returns a decimal as a percentage, if it is one from 0 to 100 with at
// most six digits behind the point.
func PercentOf(d money.Decimal) (Percent, bool) {
	n, ok := scaled(d, percentDigits)
	return Percent(n), ok && n >= 0 && n <= 100_000_000
}

// scaled returns d times ten to the power of digits where that is whole and fits.
func scaled(d money.Decimal, digits int) (n int64, ok bool) {
	whole, part, _ := strings.Cut(strings.TrimPrefix(d.String(), "-"), ".")
	if len(part) > digits || len(whole) > 16-digits+2 {
		return 0, false
	}
	for _, c := range []byte(whole + part + strings.Repeat("0", digits-len(part))) {
		n = 10*n + int64(c-'0')
	}
	if d.Sign() < 0 {
		n = -n
	}
	return n, true
}

// Decimal returns the percentage as a decimal.
func (p Percent) Decimal() money.Decimal { return money.MustParse(unscaled(int64(p), percentDigits)) }

// Canon writes it as a JSON number.
func (p Percent) Canon() any { return p.Decimal() }

// ReadCanon reads a JSON number, or a text that holds one.
func (p *Percent) ReadCanon(n canon.Node) string {
	var d money.Decimal
	ok := d.ReadCanon(n) == ""
	if ok {
		*p, ok = PercentOf(d)
	}
	if !ok {
		return "een percentage van 0 tot en met 100 met hooguit zes cijfers achter de komma"
	}
	return ""
}

// Shape says in a schema what is taken.
func (Percent) Shape() canon.Shape {
	return canon.Shape{Types: []string{"number", "string"}, About: "een percentage per maand, van 0 tot en met 100"}
}

// String writes it as JSON does: "0.35".
func (p Percent) String() string { return p.Decimal().String() }

// Dutch writes it as Dutch readers do: "0,35%".
func (p Percent) Dutch() string { return strings.Replace(p.String(), ".", ",", 1) + "%" }

// unscaled writes n divided by ten to the power of digits.
func unscaled(n int64, digits int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := money.Whole(n).String()
	for len(text) <= digits {
		text = "0" + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// CentsOf returns an amount in euros as cents, if it has at most two digits.
func CentsOf(d money.Decimal) (money.Cents, bool) {
	n, ok := scaled(d, 2)
	return money.Cents(n), ok
}

// Euros returns cents as a decimal in euros.
func Euros(c money.Cents) money.Decimal { return money.MustParse(unscaled(int64(c), 2)) }

// Of returns the percentage of a balance in whole cents, half up. There is none of a
// balance below nil.
func (p Percent) Of(balance money.Cents) money.Cents {
	if balance <= 0 || p <= 0 {
		return 0
	}
	const whole = 100_000_000 // millionths of a percent in one
	high, low := bits.Mul64(uint64(p), uint64(balance))
	low, carry := bits.Add64(low, whole/2, 0)
	n, _ := bits.Div64(high+carry, low, whole)
	return money.Cents(n)
}

// An Agreed is a percentage as provider and intermediary agreed it: for agreements
// concluded from a day on. With Running it is also that into which running
// agreements of revolving credit change, each once its 24 months are over.
type Agreed struct {
	Kind    string        `json:"kind"`
	From    calendar.Date `json:"from"`
	Percent Percent       `json:"percent"`
	Running bool          `json:"running"`
}

// ordered returns percentages by kind and day.
func ordered(list []Agreed) []Agreed {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Agreed) int {
		if a.Kind != b.Kind {
			return strings.Compare(a.Kind, b.Kind)
		}
		return a.From.Compare(b.From)
	})
	return list
}

// A course is the percentages of one kind, in order of day.
type course []Agreed

// courseOf returns those of one kind from what was agreed.
func courseOf(kind string, all []Agreed) (c course) {
	for _, a := range ordered(all) {
		if a.Kind == kind {
			c = append(c, a)
		}
	}
	return c
}

// at returns which percentage holds for what is concluded on this day, -1 for none.
func (c course) at(day calendar.Date) int {
	now := -1
	for i := range c {
		if c[i].From.After(day) {
			break
		}
		now = i
	}
	return now
}

// own returns the percentage on a day of an agreement that was concluded then, and
// from which day it has it; -1 where none was agreed at the conclusion. Norms
// bfd:64:2:b and bfd:64:2:c.
func (c course) own(revolving bool, concluded, day calendar.Date) (i int, since calendar.Date) {
	i, since = c.at(concluded), concluded
	if i < 0 || !revolving || i == len(c)-1 {
		return i, since
	}
	for {
		open := since.AddMonths(lockMonths)
		next, from := c.change(i, open)
		if next < 0 || from.After(day) {
			return i, since
		}
		i, since = next, from
	}
}

// change returns the first percentage into which an agreement that has i may change
// from this day on, and when; -1 for none.
func (c course) change(i int, open calendar.Date) (int, calendar.Date) {
	if now := c.at(open); now > i && c[now].Running && c[now].Percent != c[i].Percent {
		return now, open
	}
	for j := range c {
		if c[j].From.After(open) && c[j].Running && c[j].Percent != c[i].Percent {
			return j, c[j].From
		}
	}
	return -1, calendar.Date{}
}
