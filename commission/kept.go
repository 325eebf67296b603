package commission

import (
	"zorgplicht/calendar"
)

// whyDestroyed is why the lines of a run are not there.
const whyDestroyed = "destroyed"

// Destroyed reports whether the lines of the run were destroyed under retention: what
// it came to together is left.
func (r Run) Destroyed() bool { return r.Why == whyDestroyed }

// Settled is the day from which terms of retention count: that on which the run was
// approved, or on which one that gave no payment ended; zero while it is open or a
// correction of it waits for the next month.
func (r Run) Settled(corrections []Correction) calendar.Date {
	for _, c := range corrections {
		if c.Run == r.ID && c.Settled == "" {
			return calendar.Date{}
		}
	}
	switch {
	case r.Approved != nil:
		return calendar.Of(r.Approved.At)
	case r.State == RunFailed || r.State == RunOvertaken:
		return calendar.Of(r.Ended)
	}
	return calendar.Date{}
}

// Emptied is what is left of a run once its content was destroyed: the month, what
// it came to, and the root by which the journal knows it. Names and accounts go.
func (r Run) Emptied() Run {
	r.Why, r.Progress = whyDestroyed, 0
	used := make([]Used, len(r.Agreements))
	for i, u := range r.Agreements {
		used[i] = Used{ID: u.ID, Code: u.Code, Percentages: u.Percentages}
	}
	r.Agreements = used
	if r.Approved != nil {
		a := *r.Approved
		a.Reason = ""
		r.Approved = &a
	}
	if r.BankFile != nil {
		f := *r.BankFile
		f.Payer, f.IBAN = "", ""
		r.BankFile = &f
	}
	return r
}
