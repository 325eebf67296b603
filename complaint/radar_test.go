package complaint

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
)

// TestDaysThatWereCountedRingAsTheRuleDoes: the radar listens to days with their number
// of complaints, the rule gets the day of each.
func TestDaysThatWereCountedRingAsTheRuleDoes(t *testing.T) {
	today := calendar.MustParse("2026-11-23")
	rapid.Check(t, func(t *rapid.T) {
		var days []SeriesDay
		for i := rapid.IntRange(0, 300).Draw(t, "first"); i < 900; i += rapid.IntRange(1, 200).Draw(t, "pause") {
			days = append(days, SeriesDay{"rente", today.AddDays(i - 899), rapid.IntRange(1, 12).Draw(t, "came")})
		}
		if len(days) == 0 {
			return
		}
		got := signals(PerCause, days, nil, today, (*Signal).ask)[0]
		if heard := signals(PerCause, days, nil, today, func(*Signal, []dayCount) {})[0]; heard.Alarm != got.Alarm || heard.Day != got.Day || heard.Since != got.Since || heard.Count != got.Count || heard.Score != got.Score {
			t.Fatalf("heard %+v, asked %+v", heard.SurgeOut, got.SurgeOut)
		}
		in := got.Asked
		in.Days = nil
		for _, d := range days {
			if !d.Day.Before(in.From) {
				in.Days = append(in.Days, slices.Repeat([]calendar.Date{d.Day}, d.Count)...)
			}
		}
		want := Surge.Ask(in)
		if got.Came != len(in.Days) {
			t.Fatalf("%d came, not %d", got.Came, len(in.Days))
		}
		if got.Alarm && (!slices.Equal(got.Asked.Days, in.Days) || len(got.Because) == 0) {
			t.Fatal("it rings without its days or its reasons")
		}
		one := eachAlone(in)
		if got.Alarm != want.Alarm || got.Day != want.Day || got.Since != want.Since || got.Count != want.Count || got.Score != want.Score {
			t.Fatalf("the radar says %+v, the rule %+v", got.SurgeOut, want)
		}
		if one.Alarm != want.Alarm || one.Day != want.Day || one.Since != want.Since || one.Count != want.Count || one.Score != want.Score {
			t.Fatalf("one by one %+v, together %+v", one, want)
		}
	})
}

// eachAlone puts complaints to the rule one after another, also those of one day.
func eachAlone(in SurgeIn) SurgeOut {
	var days []dayCount
	for _, d := range in.Days {
		days = append(days, dayCount{d, 1})
	}
	return in.hear(days)
}
