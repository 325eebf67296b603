package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// DayOf reads a day of a form: no day where none was given, and casework.NoDay for what
// nobody can read.
func DayOf(r *http.Request, field string) calendar.Date {
	sent := r.PostFormValue(field)
	d, err := calendar.Parse(sent)
	if err != nil && sent != "" {
		return casework.NoDay
	}
	return d
}

// Place writes the place at which a page of a list begins, and how many rows went
// before, for After to read.
func Place(skipped int, c casework.Cursor) string {
	return strconv.Itoa(skipped) + "." + c.Received.String() + "." + string(c.ID)
}

// After reads what Place wrote. What we did not write counts as the first page.
func After(na string) (casework.Cursor, int) {
	part := strings.Split(na, ".")
	if len(part) != 3 || !ident.Valid(part[2]) {
		return casework.Cursor{}, 0
	}
	skipped, err1 := strconv.Atoi(part[0])
	day, err2 := calendar.Parse(part[1])
	if err1 != nil || err2 != nil || skipped < 1 || skipped > 1<<30 {
		return casework.Cursor{}, 0
	}
	return casework.Cursor{Received: day, ID: casework.ID(part[2])}, skipped
}
