package loanbook

import (
	"zorgplicht/calendar"
	"zorgplicht/money"
)

// A MonthEnd is an agreement on the last day of a month, as what is due to an
// intermediary over that month is reckoned from (articles 64 and 65). Days after that
// last day are not in it. Book.MonthEnd gives one for every agreement of the book.
type MonthEnd struct {
	Reference    string
	Product      string
	Intermediary string // the firm's own reference of who brought it; "" for nobody
	Kind         string // Revolving or Other
	Concluded    calendar.Date
	Balance      money.Cents   // on the last day
	Arrears      calendar.Date // oldest payment that was due and not made; zero for none
	Months       int           // whole months since Arrears
	Demanded     calendar.Date
	Settled      calendar.Date
	Dissolved    calendar.Date
	Undone       calendar.Date
	Transferred  calendar.Date
}

// LastOf returns the last day of the month of a day.
func LastOf(d calendar.Date) calendar.Date {
	return d.AddDays(1 - d.Day()).AddMonths(1).AddDays(-1)
}

// monthEnd is the agreement as it stood on a day.
func (l Loan) monthEnd(last calendar.Date) MonthEnd {
	until := func(d calendar.Date) calendar.Date {
		if d.After(last) {
			return calendar.Date{}
		}
		return d
	}
	m := MonthEnd{
		Reference: l.Reference, Product: l.Product, Intermediary: l.Intermediary, Kind: l.Kind, Concluded: l.Concluded, Balance: l.Balance,
		Arrears: until(l.Arrears), Demanded: until(l.Demanded), Settled: until(l.Settled), Dissolved: until(l.Dissolved), Undone: until(l.Undone),
		Transferred: until(l.Transferred),
	}
	if !m.Arrears.IsZero() {
		m.Months = monthsBetween(m.Arrears, last)
	}
	return m
}

// monthsBetween is how many whole months lie between two days.
func monthsBetween(from, to calendar.Date) int {
	n := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	if from.AddMonths(n).After(to) {
		n--
	}
	return n
}
