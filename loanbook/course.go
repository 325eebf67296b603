package loanbook

import (
	"encoding/binary"
	"errors"

	"zorgplicht/calendar"
)

// epoch is the day from which packed days are counted.
var epoch = calendar.MustParse("1900-01-01")

var errCourse = errors.New("loanbook: a course of rates that cannot be read")

// Pack writes a course of rates in as few bytes as may be: twenty years of changes
// take some tens.
func Pack(rates []RateFrom) []byte {
	b := make([]byte, 0, 8*len(rates))
	last := int64(0)
	for _, r := range rates {
		at := int64(epoch.DaysUntil(r.From))
		b = binary.AppendVarint(b, at-last)
		b = binary.AppendUvarint(b, uint64(r.Nominal))
		b = binary.AppendUvarint(b, uint64(r.Effective))
		last = at
	}
	return b
}

// Unpack reads what Pack wrote.
func Unpack(b []byte) (rates []RateFrom, err error) {
	var c packed
	for c.b = b; len(c.b) > 0; {
		day, nominal, effective, err := c.next()
		if err != nil {
			return nil, err
		}
		rates = append(rates, RateFrom{epoch.AddDays(int(day)), nominal, effective})
	}
	return rates, nil
}

// packed reads a course rate by rate, without the calendar.
type packed struct {
	b    []byte
	last int64
}

func (p *packed) next() (day int64, nominal, effective Rate, err error) {
	step, n := binary.Varint(p.b)
	if n <= 0 {
		return 0, 0, 0, errCourse
	}
	rate, m := binary.Uvarint(p.b[n:])
	if m <= 0 {
		return 0, 0, 0, errCourse
	}
	real, k := binary.Uvarint(p.b[n+m:])
	if k <= 0 {
		return 0, 0, 0, errCourse
	}
	p.b = p.b[n+m+k:]
	p.last += step
	return p.last, Rate(rate), Rate(real), nil
}

// joined puts what a file says of the rate behind what was known of it before. A file
// that tells the whole course replaces it.
func joined(before, now []RateFrom) []RateFrom {
	if len(now) != 1 || len(before) == 0 {
		return now
	}
	n := now[0]
	last := before[len(before)-1]
	if last.Nominal == n.Nominal && last.Effective == n.Effective && !n.From.After(last.From) {
		return before
	}
	var out []RateFrom
	for _, r := range before {
		if r.From.Before(n.From) {
			out = append(out, r)
		}
	}
	return append(out, n)
}
