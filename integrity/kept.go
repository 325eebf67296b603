package integrity

import "zorgplicht/calendar"

// Ended is the day from which terms of retention count: that on which the person left,
// or the file was closed before there was a function; zero while it runs.
func (p Person) Ended() calendar.Date {
	switch {
	case !p.Left.IsZero():
		return p.Left
	case p.Case.Open():
		return calendar.Date{}
	}
	return calendar.Of(p.Case.Closed)
}

// Emptied is what is left of a person once the content was destroyed: role, sort of
// employment and days, which reports count.
func (p Person) Emptied() Person {
	return Person{
		Case: p.Case, Entry: Entry{Role: p.Entry.Role, Employment: p.Entry.Employment, Started: p.Entry.Started, Contact: p.Entry.Contact},
		Appointed: p.Appointed, Left: p.Left,
	}
}
