package calendar_test

import (
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/lang"
)

func TestTimeIn(t *testing.T) {
	for _, c := range []struct {
		name string
		l    lang.Lang
		at   time.Time
		want string
	}{
		{"Dutch is Dutch", lang.Dutch, time.Date(2026, 3, 3, 13, 5, 0, 0, time.UTC), "3 maart 2026, 14.05 uur"},
		{"English tells the clock", lang.English, time.Date(2026, 3, 3, 13, 5, 0, 0, time.UTC), "3 March 2026, 14:05 (Dutch time)"},
		{"the first of two hours", lang.English, time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), "25 October 2026, 2:30 (Dutch time, summer time)"},
		{"the second of two hours", lang.English, time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), "25 October 2026, 2:30 (Dutch time, winter time)"},
	} {
		if got := calendar.TimeIn(c.l, c.at); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
	if got := (calendar.Date{}).English(); got != "" {
		t.Errorf("no day is written %q", got)
	}
}
