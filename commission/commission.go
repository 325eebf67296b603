// Package commission is the room of what a provider of consumer credit may pay the
// intermediary: by the month, a percentage of the balance on the last day, and
// nothing while the consumer is two months in arrears.
//
// Norms: articles 62-67 and 71 of the decree (Besluit financiële dienstverlening,
// 2005) with their notes. For those who pay and those who are paid. Here stand the
// rules; it keeps nothing.
package commission

import (
	"math/big"

	"zorgplicht/calendar"
	"zorgplicht/money"
)

const (
	arrearsMonths = 2  // from which there is no claim
	lockMonths    = 24 // before the percentage of a running revolving agreement may change
	leastMonths   = 1  // that a percentage holds
)

// before1992 is the day from which articles 62-66 hold for credit that is not revolving.
var before1992 = calendar.MustParse("1992-01-01")

// lastDay returns the last day of the month of a day.
func lastDay(d calendar.Date) calendar.Date {
	return d.AddDays(1 - d.Day()).AddMonths(1).AddDays(-1)
}

// A claim is what decides whether there is a claim on commission over a month.
type claim struct {
	due, cleared      *calendar.Date // of an instalment in arrears
	demanded          *calendar.Date
	dissolved, undone *calendar.Date
}

// A lapse is why there is no claim over a month.
type lapse string

// over returns why there is no claim over the month of which this is the last day,
// "" where there is one.
func (c claim) over(last calendar.Date) lapse {
	switch {
	case c.demanded != nil && !c.demanded.After(last):
		return "demanded"
	case c.dissolved != nil && !c.dissolved.After(last) && (c.undone == nil || c.undone.After(last)):
		return "dissolved"
	case c.due != nil && !c.due.AddMonths(arrearsMonths).After(last) && (c.cleared == nil || c.cleared.After(last)):
		return "arrears"
	}
	return ""
}

// amount returns the percentage of a balance in whole cents, half up. There is none
// of a balance below nil.
func amount(percent, balance money.Decimal) money.Decimal {
	if balance.Sign() <= 0 {
		return money.Decimal{}
	}
	r, _ := new(big.Rat).SetString(percent.Mul(balance).String())
	return money.MustParse(r.Quo(r, big.NewRat(100, 1)).FloatString(2))
}
