// Package calendar holds the days of the law: civil dates in Europe/Amsterdam,
// whatever clock the machine keeps, and how Dutch readers write them.
package calendar

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // the zone is part of the program: a machine without zone files decides the same

	"zorgplicht/canon"
)

// Amsterdam is the zone in which legal days begin and end.
var Amsterdam = zone("Europe/Amsterdam")

func zone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot be: the zone data are embedded
	}
	return l
}

// A Date is a civil day of the Gregorian calendar in the years 1 to 9999. The
// zero Date is no day.
type Date struct {
	year       int16
	month, day uint8
}

var errDate = errors.New("calendar: no date")

// New returns the day. It fails when the calendar has no such day.
func New(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, errDate
	}
	return Date{int16(year), uint8(month), uint8(day)}, nil
}

// Parse reads a date as YYYY-MM-DD.
func Parse(s string) (Date, error) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return Date{}, errDate
	}
	year, month, day := digits(s[:4]), digits(s[5:7]), digits(s[8:])
	if year < 0 || month < 0 || day < 0 {
		return Date{}, errDate
	}
	return New(year, time.Month(month), day)
}

// MustParse is Parse for dates that stand in the code; it panics on others.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// digits returns the number that s writes, or -1.
func digits(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// Of returns the day in Amsterdam at this instant, which must lie in the years 1
// to 9999.
func Of(t time.Time) Date { return civil(t.In(Amsterdam)) }

func civil(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Year returns the year, 0 of no day.
func (d Date) Year() int { return int(d.year) }

// Month returns the month.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day returns the day of the month.
func (d Date) Day() int { return int(d.day) }

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Compare returns -1 when d lies before e, 0 when they are one day, 1 when d
// lies after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d lies after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the day n days later, earlier when n is negative.
func (d Date) AddDays(n int) Date { return civil(d.utc().AddDate(0, 0, n)) }

// AddMonths returns the same day number n months later, or the last day of that
// month where it has no such day.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return civil(first.AddDate(0, 0, min(d.Day(), daysIn(first.Year(), first.Month()))-1))
}

// DaysUntil returns how many days e lies after d.
func (d Date) DaysUntil(e Date) int { return int((e.utc().Unix() - d.utc().Unix()) / (24 * 60 * 60)) }

// utc returns midnight UTC, in which every day has 24 hours.
func (d Date) utc() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// Start returns the instant at which the day begins in Amsterdam.
func (d Date) Start() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, Amsterdam)
}

// String returns the date as YYYY-MM-DD, "" of no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// MarshalText writes the date as YYYY-MM-DD. It fails on no day.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, errDate
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) { *d, err = Parse(string(b)); return err }

// Form says in Dutch what the text of a date looks like.
func (d *Date) Form() string { return "een datum als 2026-11-21" }

// Shape says in a schema what a date looks like.
func (Date) Shape() canon.Shape {
	return canon.Shape{Types: []string{"string"}, Format: "date", About: (*Date)(nil).Form()}
}

// Value lets a store bind the date as text, no day as null.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan lets a store read what Value wrote.
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("calendar: a date is text, the store holds %T", v)
}
