package calendar

import (
	"fmt"
	"time"

	"zorgplicht/internal/lang"
)

// English returns the date as readers of English write it here, "3 March 2026", ""
// of no day.
func (d Date) English() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.day, d.Month(), d.year)
}

// TimeIn returns the instant as a clock in Amsterdam shows it, in this language:
// "3 maart 2026, 14.05 uur" or "3 March 2026, 14:05". In the hour that occurs twice
// when summer time ends it adds which of the two is meant. English says of which
// clock it speaks, since its readers may be elsewhere.
func TimeIn(l lang.Lang, t time.Time) string {
	if l != lang.English {
		return DutchTime(t)
	}
	local := t.In(Amsterdam)
	name := map[string]string{"": "", " (zomertijd)": ", summer time", " (wintertijd)": ", winter time"}[twice(local)]
	return fmt.Sprintf("%s, %d:%02d (Dutch time%s)", civil(local).English(), local.Hour(), local.Minute(), name)
}
