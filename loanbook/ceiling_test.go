package loanbook

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/credit"
)

// drawLoan draws an agreement with a course of rates around the maxima.
func drawLoan(t *rapid.T, on calendar.Date) Loan {
	concluded := calendar.MustParse("1994-01-01").AddDays(rapid.IntRange(0, 11_900).Draw(t, "concluded"))
	if concluded.After(on) {
		concluded = on
	}
	l := Loan{Reference: "L-1", Kind: rapid.SampledFrom([]string{Revolving, Other}).Draw(t, "kind"), Concluded: concluded, Charge: rapid.SampledFrom([]string{credit.Fixed, credit.Variable}).Draw(t, "charge")}
	day := concluded
	for range rapid.IntRange(1, 6).Draw(t, "rates") {
		r := RateFrom{From: day, Nominal: Rate(rapid.IntRange(80_000, 200_000).Draw(t, "rate"))}
		if rapid.Bool().Draw(t, "given") {
			r.Effective = Rate(rapid.IntRange(10, 24).Draw(t, "effective")) * rateUnit
		}
		l.Rates = append(l.Rates, r)
		if day = day.AddDays(rapid.IntRange(1, 3000).Draw(t, "until")); day.After(on) {
			break
		}
	}
	return l
}

func TestTheWatchSaysWhatTheRuleSays(t *testing.T) {
	c, on := NewCeilings(), calendar.MustParse("2026-11-22")
	rapid.Check(t, func(t *rapid.T) {
		l := drawLoan(t, on)
		got, want := c.Watch(l, on), credit.CeilingWatch.Ask(l.Question(on))
		if over := got.Watch >= AboveUnsure; over != want.Exceeds {
			t.Fatalf("%v, the rule says %t", got, want.Exceeds)
		}
		if sure := got.Watch == Above || got.Watch == Within; sure != want.Verified {
			t.Fatalf("sure %t, the rule says %t", sure, want.Verified)
		}
		if got.Since.String() != dayText(want.Since) || got.First.String() != dayText(want.First) {
			t.Fatalf("since %s, first %s; the rule says %s and %s", got.Since, got.First, dayText(want.Since), dayText(want.First))
		}
	})
}

func dayText(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func TestACourseComesBackAsItWasPacked(t *testing.T) {
	on := calendar.MustParse("2026-11-22")
	rapid.Check(t, func(t *rapid.T) {
		want := drawLoan(t, on).Rates
		got, err := Unpack(Pack(want))
		if err != nil || len(got) != len(want) {
			t.Fatalf("%v, %v", got, err)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("rate %d is %v, want %v", i, got[i], want[i])
			}
		}
	})
	for _, broken := range [][]byte{{0x80}, {2, 0x80}, {2, 4, 0x80}} {
		if _, err := Unpack(broken); err == nil {
			t.Errorf("%v is read", broken)
		}
	}
}

func TestYearsCountWhoWasAboveOnTheirLastDay(t *testing.T) {
	on := calendar.MustParse("2022-06-30")
	if early := NewScanner(NewCeilings(), calendar.MustParse("1990-01-01"), 4); early.Add(Loan{Concluded: on, Charge: credit.Fixed, Kind: Other, Rates: []RateFrom{{From: on}}}).Watch != 0 || early.Sum().Count != 0 {
		t.Errorf("an agreement is counted before it began: %+v", early.Sum())
	}
	s := NewScanner(NewCeilings(), on, 4)
	// 14% until 10 August 2020; a variable rate that was not lowered keeps its maximum
	// till the rate changes, and then gets that of the change.
	s.Add(Loan{
		Charge: credit.Variable, Concluded: calendar.MustParse("2018-03-01"),
		Rates: []RateFrom{{From: calendar.MustParse("2018-03-01"), Effective: 140_000}, {From: calendar.MustParse("2021-02-01"), Effective: 120_000}, {From: calendar.MustParse("2022-02-01"), Effective: 95_000}},
	})
	s.Add(Loan{Charge: credit.Fixed, Concluded: calendar.MustParse("2020-09-01"), Rates: []RateFrom{{From: calendar.MustParse("2020-09-01"), Effective: 100_001}}})
	s.Add(Loan{Charge: credit.Fixed, Concluded: calendar.MustParse("2012-09-01"), Settled: calendar.MustParse("2019-01-01"), Rates: []RateFrom{{From: calendar.MustParse("2012-09-01"), Effective: 300_000}}})
	got := s.Sum()
	want := []Year{{2019, 1, 0, 0}, {2020, 2, 1, 0}, {2021, 2, 2, 0}, {2022, 2, 1, 0}}
	for i, y := range want {
		if got.Years[i] != y {
			t.Errorf("year %d: got %+v", y.Year, got.Years[i])
		}
	}
	if got.Count != 2 || got.Above != 1 || got.Within != 1 || got.Ever != 2 {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkScan(b *testing.B) {
	c, on := NewCeilings(), calendar.MustParse("2026-11-22")
	var courses []course
	for i := range 100_000 {
		concluded := on.AddMonths(-240 + i%60)
		l := Loan{Charge: credit.Variable, Concluded: concluded}
		for n := range 8 {
			l.Rates = append(l.Rates, RateFrom{From: concluded.AddMonths(n * 20), Nominal: Rate(70_000 + (i*7919+n*3571)%60_000)})
		}
		courses = append(courses, l.course())
	}
	b.ResetTimer()
	for b.Loop() {
		s := NewScanner(c, on, ScanYears)
		for _, l := range courses {
			s.add(l)
		}
		if s.Sum().Count != len(courses) {
			b.Fatal("not all are counted")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(courses)), "ns/agreement")
}
