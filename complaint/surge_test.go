package complaint_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/complaint"
)

var watched = calendar.MustParse("2026-01-01")

// poisson throws how many come in a time in which mean come on average.
func poisson(dice *rand.Rand, mean float64) (n int) {
	for at := dice.ExpFloat64(); at < mean; at += dice.ExpFloat64() {
		n++
	}
	return n
}

// days throws the days of receipt of a Poisson process of so many a year.
func days(dice *rand.Rand, ayear float64, from, length int) (all []int) {
	for at := dice.ExpFloat64() * 365 / ayear; at < float64(length); at += dice.ExpFloat64() * 365 / ayear {
		all = append(all, from+int(at))
	}
	return all
}

func ask(history, historyDays int64, on []int, through int) complaint.SurgeOut {
	in := complaint.SurgeIn{HistoryDays: historyDays, History: history, From: watched, Through: watched.AddDays(through)}
	for _, d := range on {
		in.Days = append(in.Days, watched.AddDays(d))
	}
	return complaint.Surge.Ask(in)
}

// A year of quiet series rings at most once in a hundred, also where the rate before is
// only known from two years of complaints.
func TestQuietSeriesSeldomRing(t *testing.T) {
	dice := rand.New(rand.NewPCG(51, 1))
	const series = 4000
	for _, ayear := range []float64{0.5, 2, 6, 12, 24, 60} {
		rings := 0
		for range series {
			if ask(int64(poisson(dice, 2*ayear)), 730, days(dice, ayear, 0, 365), 364).Alarm {
				rings++
			}
		}
		if rate := float64(rings) / series; rate > 0.01 {
			t.Errorf("at %v a year %.2f%% rings in a year", ayear, 100*rate)
		}
	}
}

// A planted surge of twenty times the usual, somewhere in a quiet year, is found by its
// fifth complaint in half of all cases, for series of up to one complaint a month.
func TestPlantedSurgesAreFoundByTheFifthComplaint(t *testing.T) {
	dice := rand.New(rand.NewPCG(51, 2))
	for _, ayear := range []float64{0.5, 1, 2, 4, 6, 12} {
		var needed []int
		for range 2000 {
			begins := 100 + dice.IntN(200)
			on := days(dice, ayear, 0, begins)
			before := len(on)
			on = append(on, days(dice, 20*ayear, begins, 365)...)
			found, history := math.MaxInt, int64(poisson(dice, 2*ayear))
			for n := before + 1; n <= len(on); n++ {
				if ask(history, 730, on[:n], on[n-1]).Alarm {
					found = n - before
					break
				}
				if n-before > 12 {
					break
				}
			}
			needed = append(needed, found)
		}
		slices.Sort(needed)
		if median := needed[len(needed)/2]; median > 5 {
			t.Errorf("at %v a year half of the surges take %d complaints", ayear, median)
		}
	}
}

func TestWhatTheRadarSays(t *testing.T) {
	for _, c := range []struct {
		name    string
		history int64
		on      []int
		alarm   bool
	}{
		{"nothing came", 0, nil, false},
		{"one complaint is no surge", 0, []int{10}, false},
		{"what came before comes again", 24, []int{10, 40, 75, 100, 130, 170, 200, 240}, false},
		{"six in a week where one came a month", 24, []int{100, 101, 103, 104, 105, 106}, true},
		{"all on one day", 4, []int{50, 50, 50, 50, 50}, true},
		{"slowly, three times as many, for half a year", 24, []int{5, 12, 19, 26, 33, 40, 47, 54, 61, 68, 75, 82, 89, 96, 103, 110, 117, 124, 131, 138, 145, 152, 159, 166, 173, 180, 187}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := ask(c.history, 730, c.on, 364)
			if out.Alarm != c.alarm || out.Alarm == out.Day.Null || out.Alarm != (out.Score >= 1000) {
				t.Errorf("%+v", out)
			}
		})
	}
}

func TestMoreComplaintsNeverSilenceTheRadar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := rapid.SliceOfN(rapid.IntRange(0, 364), 1, 40).Draw(t, "days")
		slices.Sort(on)
		history := rapid.Int64Range(0, 200).Draw(t, "history")
		before := ask(history, 730, on, 364)
		more := slices.Sorted(slices.Values(append(slices.Clone(on), rapid.IntRange(0, 364).Draw(t, "one more"))))
		if after := ask(history, 730, more, 364); before.Alarm && !after.Alarm {
			t.Fatalf("%v rings, %v does not", on, more)
		}
		if quieter := ask(history+10, 730, on, 364); quieter.Alarm && !before.Alarm {
			t.Fatal("a busier past rings where a quieter one does not")
		}
	})
}
