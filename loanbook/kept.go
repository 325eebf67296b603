package loanbook

import "zorgplicht/calendar"

// KeepMonths is how long a stand stays after a later one took its place. Article 15
// keeps what was agreed until five years after an agreement is settled in full; what
// is settled drops out of the next stand, so five years from that one cover it.
const KeepMonths = 5 * 12

// Replaced is the day on which a stand stopped being the book: that of the next one.
// What never came into the book ended on the day it was read; zero while it is, or
// still becomes, the book.
func Replaced(l Load, all []Load) calendar.Date {
	switch l.State {
	case LoadWaiting, LoadRunning:
		return calendar.Date{}
	case LoadDone:
		next := calendar.Date{}
		for _, other := range byDay(all) {
			later := other.Day.After(l.Day) || other.Day == l.Day && other.Number > l.Number
			if later && (next.IsZero() || other.Day.Before(next)) {
				next = other.Day
			}
		}
		return next
	}
	return calendar.Of(l.Ended)
}
