package cause_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/incident"
)

var day = calendar.MustParse("2026-03-02")

func TestCountedAroundAMeasure(t *testing.T) {
	tally := func(n, ago int) casework.Tally {
		return casework.Tally{Kind: complaint.Kind, Day: day.AddDays(-ago), Count: n}
	}
	all := []casework.Tally{tally(9, 21), tally(2, 20), tally(1, 11), tally(4, 10), tally(1, 1), tally(3, 0), {Kind: incident.Kind, Day: day.AddDays(-5), Count: 7}}
	for _, c := range []struct {
		name string
		done calendar.Date
		want cause.Effect
		ok   bool
	}{
		{"as many days before as after, today not yet", day.AddDays(-10), cause.Effect{Days: 10, Before: 3, After: 5}, true},
		{"a measure of today says nothing yet", day, cause.Effect{}, false},
		{"nor one that was not carried out", calendar.Date{}, cause.Effect{}, false},
		{"half a year is enough", day.AddDays(-400), cause.Effect{Days: 182}, true},
	} {
		if got, ok := cause.Counted(all, c.done, day); got != c.want || ok != c.ok {
			t.Errorf("%s: %+v %v", c.name, got, ok)
		}
	}
}

func TestAFallThatMayBeChance(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after int
		want          bool
	}{
		{"nothing came at all", 0, 0, true},
		{"four before and none after is one in sixteen", 4, 0, true},
		{"five before and none after is one in thirty-two", 5, 0, false},
		{"ten and three is under one in twenty", 10, 3, false},
		{"ten and four is not", 10, 4, true},
		{"more than before is no fall", 3, 9, true},
	} {
		if got := (cause.Effect{Days: 90, Before: c.before, After: c.after}).Chance(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func dates(t *rapid.T, name string) canon.Opt[calendar.Date] {
	if rapid.Bool().Draw(t, name+" known") {
		return canon.Some(day.AddDays(rapid.IntRange(0, 400).Draw(t, name)))
	}
	return canon.Null[calendar.Date]()
}

func TestSomethingIsAlwaysAskedUntilItWorks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := cause.ClockIn{Found: day, Measures: []cause.StepIn{}, Decide: 28, Ended: canon.Null[calendar.Date]()}
		for range rapid.IntRange(0, 4).Draw(t, "measures") {
			s := cause.StepIn{By: day, Done: dates(t, "done"), CheckOn: canon.Some(day), Checked: canon.Null[calendar.Date]()}
			if !s.Done.Null {
				if s.Checked = dates(t, "checked"); !s.Checked.Null {
					s.Works = new(rapid.Bool().Draw(t, "works"))
				}
			}
			in.Measures = append(in.Measures, s)
		}
		out := cause.Clock.Ask(in)
		asked := 0
		if !out.Decide.Null {
			asked++
		}
		for n, m := range out.Measures {
			if !m.Do.Null && !m.Check.Null {
				t.Fatalf("measure %d is to be done and looked at", n)
			}
			if !m.Do.Null || !m.Check.Null {
				asked++
			}
		}
		solved := len(in.Measures) > 0
		for _, m := range in.Measures {
			solved = solved && m.Works != nil
		}
		if solved {
			solved = *in.Measures[len(in.Measures)-1].Works
		}
		if solved == (asked > 0) {
			t.Fatalf("solved %v, and %d things asked of %+v", solved, asked, in)
		}
		in.Ended = canon.Some(day)
		out = cause.Clock.Ask(in)
		for _, m := range out.Measures {
			if !m.Do.Null || !m.Check.Null || !out.Decide.Null {
				t.Fatal("what was ended asks something")
			}
		}
	})
}
