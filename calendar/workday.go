package calendar

import "time"

// Workday reports whether offices are open on a day: not on Saturday, Sunday or a
// public holiday (articles 2 and 3 of the Algemene termijnenwet): New Year's Day, Good
// Friday, Easter Monday, Ascension Day, Whit Monday, King's Day, 5 May and both days of
// Christmas.
func Workday(d Date) bool {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	switch [2]int{int(d.Month()), d.Day()} {
	case [2]int{1, 1}, [2]int{5, 5}, [2]int{12, 25}, [2]int{12, 26}:
		return false
	}
	if d == kingsDay(d.Year()) {
		return false
	}
	switch easter(d.Year()).DaysUntil(d) {
	case -2, 1, 39, 50:
		return false
	}
	return true
}

// kingsDay is 27 April, or the day before where that is a Sunday.
func kingsDay(year int) Date {
	d := Date{int16(year), 4, 27}
	if d.Weekday() == time.Sunday {
		return d.AddDays(-1)
	}
	return d
}

// easter is Easter Sunday of the Gregorian calendar, by the rule of J.M. Oudin (1940)
// as the Explanatory Supplement to the Astronomical Almanac gives it.
func easter(year int) Date {
	c := year / 100
	n := year - 19*(year/19)
	k := (c - 17) / 25
	i := c - c/4 - (c-k)/3 + 19*n + 15
	i -= 30 * (i / 30)
	i -= (i / 28) * (1 - (i/28)*(29/(i+1))*((21-n)/11))
	j := year + year/4 + i + 2 - c + c/4
	j -= 7 * (j / 7)
	l := i - j
	month := 3 + (l+40)/44
	return Date{int16(year), uint8(month), uint8(l + 28 - 31*(month/4))}
}
