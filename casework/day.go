package casework

import (
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
)

// NoDay stands for a day that somebody gave and nobody can read. A door hands it on, so
// that it is refused together with all else that is wrong.
var NoDay = calendar.MustParse("9999-12-31")

// Legible returns what is wrong with a day that may lie ahead, and may be left out:
// that nobody can read it.
func Legible(at string, d calendar.Date) []fault.Detail {
	if d == NoDay {
		return []fault.Detail{{Pointer: at, Reason: "format", Text: "Geef een dag, zoals 2026-03-31."}}
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
