package loanbook

import (
	"errors"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/money"
)

var errValue = errors.New("no such value")

// ParseRate reads a percentage a year: 8.4, 8,4 or 8,4%. It has at most four decimals.
func ParseRate(s string) (Rate, error) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	whole, part, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if whole == "" || len(whole) > 3 || len(part) > 4 || !digits(whole) || !digits(part) {
		return 0, errValue
	}
	n, err := strconv.ParseInt(whole+(part + "0000")[:4], 10, 64)
	if err != nil || n > highestRate {
		return 0, errValue
	}
	return Rate(n), nil
}

// ParseAmount reads an amount as people and as programs write it: 1.234,56 and 1234.56.
// 1.234 may be either, and is refused.
func ParseAmount(s string) (money.Cents, error) {
	whole, part, point := strings.Cut(s, ".")
	switch {
	case !point || strings.Contains(s, ","):
		return money.ParseCents(s)
	case len(part) > 2 || part == "":
		return 0, errValue
	}
	return money.ParseCents(whole + "," + part)
}

func parseDay(s string) (calendar.Date, error) { return calendar.Parse(s) }

// parseCourse reads a course of rates: 2010-01-01 8,9 | 2015-07-01 7,2.
func parseCourse(s string) (rates []RateFrom, err error) {
	for part := range strings.SplitSeq(s, "|") {
		words := strings.Fields(part)
		if len(words) < 2 || len(words) > 3 || len(rates) == maxRates {
			return nil, errValue
		}
		var r RateFrom
		if r.From, err = parseDay(words[0]); err != nil {
			return nil, err
		}
		if r.Nominal, err = ParseRate(words[1]); err != nil {
			return nil, err
		}
		if len(words) == 3 {
			if r.Effective, err = ParseRate(words[2]); err != nil {
				return nil, err
			}
		}
		if n := len(rates); n > 0 && !r.From.After(rates[n-1].From) {
			return nil, errValue
		}
		rates = append(rates, r)
	}
	return rates, nil
}

// maxRates is how many changes of a rate a course may have.
const maxRates = 600

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
