package appropriateness

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
)

// The intervals are those of R. G. Newcombe, Two-sided confidence intervals for
// the single proportion, Statistics in Medicine 17 (1998), table I, method 3.
func TestIntervals(t *testing.T) {
	for _, c := range []struct {
		name               string
		share              Share
		percent, low, high int
	}{
		{"81 of 263: 0.2553 to 0.3662", Share{81, 263}, 31, 26, 37},
		{"15 of 148: 0.0624 to 0.1605", Share{15, 148}, 10, 6, 16},
		{"0 of 20: 0 to 0.1611", Share{0, 20}, 0, 0, 16},
		{"1 of 29: 0.0061 to 0.1718", Share{1, 29}, 3, 1, 17},
		{"all of 20 mirrors none", Share{20, 20}, 100, 84, 100},
		{"nothing says nothing", Share{0, 0}, 0, 0, 100},
	} {
		low, high := c.share.Interval()
		if p := c.share.Percent(); p != c.percent || low != c.low || high != c.high {
			t.Errorf("%s: %d%%, %d to %d", c.name, p, low, high)
		}
	}
}

func TestAnIntervalHoldsItsShareAndNarrowsWithMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 1_000_000).Draw(t, "of")
		s := Share{rapid.IntRange(0, of).Draw(t, "n"), of}
		low, high := s.Interval()
		if p := s.Percent(); low < 0 || low > p || p > high || high > 100 {
			t.Fatalf("%v is %d%%, from %d to %d", s, p, low, high)
		}
		if s.Told() != (of >= 5) {
			t.Fatalf("told of %d", of)
		}
		more := Share{s.N * 100, s.Of * 100}
		if l, h := more.Interval(); h-l > high-low+1 {
			t.Fatalf("%v is from %d to %d, a hundred times as many from %d to %d", s, low, high, l, h)
		}
	})
}

func TestDurationsAgreeWithASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 20), rapid.IntRange(0, 30*24*60)), 1, 60).Draw(t, "minutes")
		slices.Sort(list)
		var d Durations
		for _, s := range list {
			if len(d) > 0 && d[len(d)-1].Minutes == s {
				d[len(d)-1].N++
				continue
			}
			d = append(d, Took{s, 1})
		}
		for _, p := range []int{25, 50, 75, 90, 100} {
			if got, want := d.Quantile(p), time.Duration(list[(len(list)*p+99)/100-1]+1)*time.Minute; got != want {
				t.Fatalf("%d%% of %v is %s, not %s", p, list, got, want)
			}
		}
		bins := d.Bins()
		if len(bins) > 12 {
			t.Fatalf("%d bins", len(bins))
		}
		sum := 0
		for i, b := range bins {
			n := 0
			for _, s := range list {
				if at := time.Duration(s) * time.Minute; at >= b.From && (b.Before == 0 || at < b.Before) {
					n++
				}
			}
			if n != b.N || i > 0 && bins[i-1].Before != b.From || b.Before == 0 && i != len(bins)-1 {
				t.Fatalf("bin %d of %v holds %d, not %d", i, bins, b.N, n)
			}
			sum += n
		}
		if sum != len(list) {
			t.Fatalf("%d of %d in bins %v", sum, len(list), bins)
		}
	})
	if (Durations{}).Quantile(50) != 0 || (Durations{}).Bins() != nil {
		t.Error("nothing has a duration")
	}
}

func TestCourse(t *testing.T) {
	day := calendar.MustParse
	for _, c := range []struct {
		name  string
		days  []DayCount
		unit  Unit
		n     int
		first string
		made  []int // of the first and the last
	}{
		{"nothing", nil, Day, 0, "", nil},
		{"one day", []DayCount{{day("2026-11-21"), 3, 1}}, Day, 1, "2026-11-21", []int{3, 3}},
		{"days without attempts are shown", []DayCount{{day("2026-11-01"), 1, 1}, {day("2026-12-02"), 1, 1}}, Day, 32, "2026-11-01", []int{1, 1}},
		{"more than a month goes by weeks from Monday", []DayCount{{day("2026-11-01"), 1, 1}, {day("2026-12-07"), 2, 1}}, Week, 7, "2026-10-26", []int{1, 2}},
		{"more than half a year goes by months", []DayCount{{day("2026-01-01"), 7, 1}, {day("2026-11-30"), 2, 1}, {day("2026-12-01"), 8, 1}}, Month, 12, "2026-01-01", []int{7, 8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			unit, all := course(c.days)
			if unit != c.unit || len(all) != c.n {
				t.Fatalf("%s, %d stretches: %v", unit, len(all), all)
			}
			if c.n > 0 && (all[0].From.String() != c.first || all[0].Made != c.made[0] || all[c.n-1].Made != c.made[1]) {
				t.Errorf("%v", all)
			}
			made := 0
			for i, s := range all {
				made += s.Made
				if i > 0 && all[i-1].Before != s.From {
					t.Errorf("a gap before %s", s.From)
				}
			}
			for _, h := range c.days {
				made -= h.Made
			}
			if made != 0 {
				t.Errorf("%d more than there were", made)
			}
		})
	}
}
