package law

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
)

const lastYear = 9999 // of the calendar

// A Keeping is the part of an answer that says until when a record must be kept.
type Keeping struct {
	Required         bool                     `json:"retention_required"`
	Through          canon.Opt[calendar.Date] `json:"retain_through"`    // the last day; null while its end cannot be known
	EarliestDeletion *calendar.Date           `json:"earliest_deletion"` // the day after it
}

// KeptFor returns a duty that lasts this many months from a day: all months are
// added first, then clipped to the end of the month, and the last day counts.
// Beyond the last year of the calendar its end cannot be known.
func KeptFor(from calendar.Date, months int) Keeping {
	last := from.AddMonths(months)
	if last.AddDays(1).Year() > lastYear {
		return KeptOpen()
	}
	return Keeping{Required: true, Through: canon.Some(last), EarliestDeletion: new(last.AddDays(1))}
}

// KeptOpen returns a duty whose end cannot be known yet.
func KeptOpen() Keeping {
	return Keeping{Required: true, Through: canon.Null[calendar.Date]()}
}

// Forbids reports whether the record had to be there still on the day it was
// deleted. Where no last day is known the duty was still running.
func (k Keeping) Forbids(deleted calendar.Date) bool {
	if !k.Required || !k.Through.Given {
		return false
	}
	return k.Through.Null || !deleted.After(k.Through.V)
}

// Last returns the last day, the zero day where there is none or it is not known.
func (k Keeping) Last() calendar.Date { return k.Through.V }
