package criteria

import "zorgplicht/calendar"

// The days a rule may speak of, and how many months may lie between two.
var (
	firstDay = dayNumber(calendar.MustParse("1600-01-01"))
	lastDay  = dayNumber(calendar.MustParse("2999-12-31"))
)

const maxMonths = 12 * 500

// civil returns year, month and day of a day number, by whole numbers alone: eras
// of 400 years, counted from 1 March of the year 0.
func civil(n int64) (year, month, day int64) {
	n += 719468
	era := floorDiv(n, 146097)
	inEra := n - era*146097
	y := (inEra - inEra/1460 + inEra/36524 - inEra/146096) / 365
	inYear := inEra - (365*y + y/4 - y/100)
	m := (5*inYear + 2) / 153
	day = inYear - (153*m+2)/5 + 1
	year, month = era*400+y, m+3
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}

// number is the day number of a day of the calendar.
func number(year, month, day int64) int64 {
	if month <= 2 {
		year, month = year-1, month+12
	}
	era := floorDiv(year, 400)
	y := year - era*400
	return era*146097 + 365*y + y/4 - y/100 + (153*(month-3)+2)/5 + day - 1 - 719468
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// addMonths returns the same day n months later, or the last of that month where
// it has no such day.
func addMonths(day, n int64) int64 {
	y, m, d := civil(day)
	m += n - 1
	y, m = y+floorDiv(m, 12), m-12*floorDiv(m, 12)+1
	first := number(y, m, 1)
	next := number(y+m/12, m%12+1, 1)
	return min(first+d-1, next-1)
}

// monthsBetween counts the whole months from a to b; below zero when b lies
// before a.
func monthsBetween(a, b int64) int64 {
	if b < a {
		return -monthsBetween(b, a)
	}
	ya, ma, _ := civil(a)
	yb, mb, _ := civil(b)
	n := 12*(yb-ya) + mb - ma
	if addMonths(a, n) > b {
		n--
	}
	return n
}
