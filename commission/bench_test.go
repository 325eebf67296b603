package commission

import (
	"testing"

	"zorgplicht/calendar"
)

// BenchmarkMonth decides one contract of revolving credit by an agreement whose
// percentage changed five times: the loop of a run, on one core.
func BenchmarkMonth(b *testing.B) {
	first := calendar.MustParse("2015-01-01")
	var of course
	for n := range 6 {
		of = append(of, Agreed{Kind: Revolving, From: first.AddMonths(20 * n), Percent: Percent(300_000 - 10_000*n), Running: n%2 == 1})
	}
	c := Contract{Ref: "K", Partner: "P", Revolving: true, Concluded: calendar.MustParse("2016-05-12"), Balance: 812_345, Due: calendar.MustParse("2026-09-20")}
	last := calendar.MustParse("2026-10-31")
	for b.Loop() {
		if l := c.month(of, last); l.Amount == 0 {
			b.Fatal("no claim")
		}
	}
}
