package calendar

import "testing"

// The days on which Easter fell, as calendars print them.
func TestEaster(t *testing.T) {
	for _, want := range []string{"1961-04-02", "1999-04-04", "2000-04-23", "2005-03-27", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"} {
		d := MustParse(want)
		if got := easter(d.Year()); got != d {
			t.Errorf("Easter of %d is %s, not %s", d.Year(), got, want)
		}
	}
}

func TestWorkday(t *testing.T) {
	for day, want := range map[string]bool{
		"2026-01-01": false, "2026-01-02": true, "2026-04-02": true, "2026-04-03": false, "2026-04-06": false, "2026-04-07": true, "2026-04-27": false, "2025-04-26": false,
		"2025-04-28": true, "2026-05-05": false, "2026-05-14": false, "2026-05-15": true, "2026-05-25": false, "2026-12-25": false, "2026-12-24": true, "2026-11-21": false,
		"2026-11-22": false, "2026-11-23": true, "2027-12-31": true,
	} {
		if got := Workday(MustParse(day)); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
}
