package loanbook

import (
	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/money"
)

// Question is what room credit is asked to explain how the agreement stands against
// its maximum on a day.
func (l Loan) Question(on calendar.Date) credit.WatchIn {
	in := credit.WatchIn{Concluded: &l.Concluded, Charge: &l.Charge, AsOf: &on, BalanceOnlyFalls: new(l.Kind != Revolving)}
	for _, r := range l.Rates {
		effective := r.Real()
		in.Rates = append(in.Rates, credit.ChargeFrom{From: &r.From, Rate: &effective})
	}
	if !l.Settled.IsZero() {
		in.Ended = &l.Settled
	}
	return in
}

// Real is the effective rate: as it was given, or what the nominal rate comes to when
// it is charged by the month.
func (r RateFrom) Real() money.Decimal {
	if r.Effective != 0 {
		return r.Effective.Decimal()
	}
	return credit.Effective(r.Nominal.Decimal())
}
