package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
)

func TestTheDayIsThatOfAmsterdam(t *testing.T) {
	for _, c := range []struct{ name, instant, day string }{
		{"a winter evening in UTC is the next day from eleven", "2026-01-31T23:00:00Z", "2026-02-01"},
		{"a second before it is the same day", "2026-01-31T22:59:59Z", "2026-01-31"},
		{"a summer evening in UTC is the next day from ten", "2026-07-31T22:00:00Z", "2026-08-01"},
		{"a second before that is the same day", "2026-07-31T21:59:59Z", "2026-07-31"},
		{"the day that loses an hour begins by winter time", "2026-03-28T23:00:00Z", "2026-03-29"},
		{"and ends by summer time", "2026-03-29T22:00:00Z", "2026-03-30"},
		{"the day that gains an hour begins by summer time", "2026-10-24T22:00:00Z", "2026-10-25"},
		{"and ends by winter time", "2026-10-25T22:59:59Z", "2026-10-25"},
		{"the offset of the asker does not count", "2026-01-01T08:00:00+14:00", "2025-12-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, c.instant)
			if err != nil {
				t.Fatal(err)
			}
			if got := calendar.Of(at).String(); got != c.day {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestADayIsAsLongAsItIs(t *testing.T) {
	for day, hours := range map[string]time.Duration{"2026-03-29": 23, "2026-10-25": 25, "2026-11-21": 24} {
		d := calendar.MustParse(day)
		if got := d.AddDays(1).Start().Sub(d.Start()); got != hours*time.Hour {
			t.Errorf("%s lasts %s", day, got)
		}
		if d.DaysUntil(d.AddDays(1)) != 1 {
			t.Errorf("%s is not one day", day)
		}
	}
}

func TestDutchTimeTellsTheTwoHoursApart(t *testing.T) {
	for instant, want := range map[string]string{
		"2026-03-03T13:05:00Z": "3 maart 2026, 14.05 uur",
		"2026-03-29T00:59:00Z": "29 maart 2026, 1.59 uur",
		"2026-03-29T01:00:00Z": "29 maart 2026, 3.00 uur",
		"2026-10-24T23:59:00Z": "25 oktober 2026, 1.59 uur",
		"2026-10-25T00:30:00Z": "25 oktober 2026, 2.30 uur (zomertijd)",
		"2026-10-25T01:30:00Z": "25 oktober 2026, 2.30 uur (wintertijd)",
		"2026-10-25T02:00:00Z": "25 oktober 2026, 3.00 uur",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.DutchTime(at); got != want {
			t.Errorf("%s: got %s, want %s", instant, got, want)
		}
	}
}

func TestMonthsAreAddedFirstAndClippedThen(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2006-01-31", 1, "2006-02-28"},
		{"2008-01-31", 1, "2008-02-29"},
		{"2006-01-31", 2, "2006-03-31"},
		{"2008-02-29", 12, "2009-02-28"},
		{"2008-02-29", 48, "2012-02-29"},
		{"2006-12-15", 1, "2007-01-15"},
		{"2006-03-31", -1, "2006-02-28"},
		{"2006-03-01", 60, "2011-03-01"},
	} {
		if got := calendar.MustParse(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s and %d months: got %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestParseRefusesWhatIsNoDay(t *testing.T) {
	for _, s := range []string{"", "2026-2-3", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32", "0000-01-01", "2026/01/01", "+026-01-01", "2026-01-01T00:00:00Z", "２026-01-01"} {
		if d, err := calendar.Parse(s); err == nil {
			t.Errorf("%q read as %s", s, d)
		}
	}
	if _, err := calendar.New(10000, 1, 1); err == nil {
		t.Error("the year 10000 is a day")
	}
}

func TestDatesAreWrittenAndRead(t *testing.T) {
	d := calendar.MustParse("2026-03-03")
	if d.Dutch() != "3 maart 2026" || d.DutchDay() != "dinsdag 3 maart 2026" || d.Year() != 2026 || d.Month() != time.March || d.Day() != 3 {
		t.Errorf("got %s, %s", d.Dutch(), d.DutchDay())
	}
	var none calendar.Date
	if none.String() != "" || none.Dutch() != "" || none.DutchDay() != "" || !none.IsZero() {
		t.Errorf("no day reads %q", none.String())
	}
	var v struct {
		Day calendar.Date `json:"day"`
	}
	if err := canon.Decode([]byte(`{"day":"2026-03-03"}`), &v); err != nil || v.Day != d || string(canon.Must(v)) != `{"day":"2026-03-03"}` {
		t.Errorf("got %s, %v", canon.Must(v), err)
	}
	if err := canon.Decode([]byte(`{"day":"3 maart"}`), &v); err == nil {
		t.Error("a date in words was read")
	}
	if _, err := canon.Encode(none); err == nil {
		t.Error("no day was encoded")
	}
}

func TestAStoreKeepsDatesAsText(t *testing.T) {
	d := calendar.MustParse("2026-03-03")
	if v, err := d.Value(); v != "2026-03-03" || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
	if v, err := (calendar.Date{}).Value(); v != nil || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
	for _, v := range []any{"2026-03-03", []byte("2026-03-03")} {
		var got calendar.Date
		if err := got.Scan(v); err != nil || got != d {
			t.Errorf("%v: got %s, %v", v, got, err)
		}
	}
	got := d
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("null: got %s, %v", got, err)
	}
	if err := got.Scan(3); err == nil {
		t.Error("a number was read as a date")
	}
}

func TestDaysReckonAsTimeDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(0, 3_000_000).Draw(t, "n"), rapid.IntRange(-300_000, 300_000).Draw(t, "k")
		first := time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC)
		d := calendar.MustParse(first.AddDate(0, 0, n).Format(time.DateOnly))
		e := d.AddDays(k)
		if want := first.AddDate(0, 0, n+k); e.String() != want.Format(time.DateOnly) || e.Weekday() != want.Weekday() {
			t.Fatalf("%s and %d days is %s", d, k, e)
		}
		if d.DaysUntil(e) != k || d.Before(e) != (k > 0) || d.After(e) != (k < 0) || calendar.Of(e.Start()) != e {
			t.Fatalf("%s and %s do not lie %d days apart", d, e, k)
		}
	})
}
