package casework

import (
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
)

// NoDay stands for a day that somebody gave and nobody can read. A door hands it on, so
// that it is refused together with all else that is wrong.
var NoDay = calendar.MustParse("9999-12-31")

// first is the first day of which anything is written down: before it lies only what a
// hand that typed two digits of a year has made.
var first = calendar.MustParse("1900-01-01")

// Legible returns what is wrong with a day that may lie ahead, and may be left out:
// that nobody can read it, or that its year cannot be meant.
func Legible(at string, d calendar.Date) []fault.Detail {
	switch {
	case d == NoDay:
		return []fault.Detail{{Pointer: at, Reason: "format", Text: "Geef een dag, zoals 2026-03-31."}}
	case !d.IsZero() && d.Before(first):
		return []fault.Detail{{Pointer: at, Reason: "year", Text: "Controleer het jaar en schrijf het voluit, zoals 2026-03-31."}}
	}
	return nil
}

// NotAhead returns what is wrong with a day that may be left out and does not lie
// ahead; text says what to do where it does.
func NotAhead(at string, d, today calendar.Date, text string) []fault.Detail {
	if d != NoDay && d.After(today) {
		return []fault.Detail{{Pointer: at, Reason: "future", Text: text}}
	}
	return Legible(at, d)
}

// Past returns what is wrong with a day that is today or lies before it; missing says
// what to do where there is none.
func Past(at string, d, today calendar.Date, missing string) []fault.Detail {
	if d.IsZero() {
		return []fault.Detail{{Pointer: at, Reason: "missing", Text: missing}}
	}
	return NotAhead(at, d, today, "Deze dag ligt in de toekomst. Geef vandaag of een dag ervoor.")
}
