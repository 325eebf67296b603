package calendar

import (
	"fmt"
	"time"
)

var months = [...]string{
	"januari", "februari", "maart", "april", "mei", "juni",
	"juli", "augustus", "september", "oktober", "november", "december",
}

var weekdays = [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}

// Dutch returns the date as Dutch readers write it, "3 maart 2026", "" of no day.
func (d Date) Dutch() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.day, months[d.month-1], d.year)
}

// DutchDay returns the date with its weekday, "dinsdag 3 maart 2026", "" of no day.
func (d Date) DutchDay() string {
	if d.IsZero() {
		return ""
	}
	return weekdays[d.Weekday()] + " " + d.Dutch()
}

// DutchTime returns the instant as a clock in Amsterdam shows it, "3 maart 2026,
// 14.05 uur". In the hour that occurs twice when summer time ends it adds which
// of the two is meant.
func DutchTime(t time.Time) string {
	local := t.In(Amsterdam)
	return fmt.Sprintf("%s, %d.%02d uur%s", civil(local).Dutch(), local.Hour(), local.Minute(), twice(local))
}

// twice tells apart the two instants of one clock time.
func twice(local time.Time) string {
	_, now := local.Zone()
	_, before := local.Add(-time.Hour).Zone()
	_, after := local.Add(time.Hour).Zone()
	switch {
	case now > after:
		return " (zomertijd)"
	case before > now:
		return " (wintertijd)"
	}
	return ""
}
