package lending

import (
	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/rule"
)

// Ended is the day from which terms of retention count: that on which the agreement
// was settled in full, also where the portfolio went to another; without an agreement
// the day on which the application was declined or withdrawn. Zero while it runs.
func (a Application) Ended() calendar.Date {
	switch {
	case !a.Settled.IsZero():
		return a.Settled
	case a.Concluded.IsZero() && !a.Case.Open():
		return calendar.Of(a.Case.Closed)
	}
	return calendar.Date{}
}

// Emptied is what is left of an application once its content was destroyed: sort,
// amount, state and days, which reports count. Nothing tells whose it was.
func (a Application) Emptied() Application {
	r := a.Request
	return Application{
		Case: a.Case, State: a.State, Data: a.Data, Choice: Choice{Day: a.Choice.Day, Exempt: a.Choice.Exempt},
		Request:   Request{Business: r.Business, Form: r.Form, Amount: r.Amount, Down: r.Down, Months: r.Months, Purpose: r.Purpose, Collateral: r.Collateral},
		Concluded: a.Concluded, Settled: a.Settled, Transfer: a.Transfer,
	}
}

// Kept is until when article 15 keeps the file, as a decision.
func (a Application) Kept() (credit.RetentionOut, rule.Decision) {
	return credit.CreditRetention.Decide(a.Keeping())
}
