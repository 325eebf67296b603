package retention_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/complaint"
	"zorgplicht/retention"
)

// A happening is one thing in the past of a record: it ends, is taken up anew, is
// held, or the hold is lifted.
type happening struct {
	day  calendar.Date
	of   int
	what string
}

// A past is a random history of a few records that belong together.
type past struct {
	parent  []int
	law     []bool // the law asks twelve months, as article 52 does
	atLeast []int64
	atMost  []int64
	events  []happening // by day
}

var dawn = calendar.MustParse("2019-12-20")

func randomPast(dice *rand.Rand) past {
	var p past
	for i := range 1 + dice.IntN(4) {
		parent := -1
		if i > 0 {
			parent = dice.IntN(i+1) - 1
		}
		least := int64(dice.IntN(8))
		p.parent, p.law = append(p.parent, parent), append(p.law, dice.IntN(2) == 0)
		p.atLeast, p.atMost = append(p.atLeast, least), append(p.atMost, least+int64(dice.IntN(14)))
	}
	day := dawn
	for range dice.IntN(14) {
		day = day.AddDays(dice.IntN(90))
		p.events = append(p.events, happening{day, dice.IntN(len(p.parent)), []string{"end", "end", "reopen", "hold", "lift"}[dice.IntN(5)]})
	}
	return p
}

// family folds the history up to a day into what the rule is asked.
func (p past) family(day calendar.Date) retention.Family {
	var f retention.Family
	for i := range p.parent {
		r := retention.Relation{Parent: p.parent[i], Term: retention.Term{AtLeast: p.atLeast[i], AtMost: p.atMost[i]}}
		for _, e := range p.events {
			if e.of != i || e.day.After(day) {
				continue
			}
			switch open := len(r.Holds) > 0 && r.Holds[len(r.Holds)-1].Lifted.Null; {
			case e.what == "end":
				r.Ended = e.day
			case e.what == "reopen":
				r.Ended, r.Reopened = calendar.Date{}, e.day
			case e.what == "hold" && !open:
				r.Holds = append(r.Holds, retention.Hold{Placed: e.day, Lifted: canon.Null[calendar.Date]()})
			case e.what == "lift" && open:
				r.Holds[len(r.Holds)-1].Lifted = canon.Some(e.day)
			}
		}
		if p.law[i] {
			q := complaint.RetentionIn{Handled: canon.Null[calendar.Date]()}
			if !r.Ended.IsZero() {
				q.Handled = canon.Some(r.Ended)
			}
			r.Law, r.LawNorm = complaint.ComplaintRetention.Ask(q).Through, "bfd:52"
		}
		f = append(f, r)
	}
	return f
}

// stays is the model: it walks the days one by one, with the history up to the day
// it stands on, and keeps a record for as long as anything keeps it.
func (p past) stays(i int, asked, day calendar.Date) bool {
	for up := p.parent[i]; up >= 0; up = p.parent[up] {
		if p.held(up, asked) {
			return true
		}
	}
	return p.staysItself(i, asked, day)
}

func (p past) held(i int, asked calendar.Date) (held bool) {
	for _, e := range p.events {
		if e.of == i && !e.day.After(asked) && (e.what == "hold" || e.what == "lift") {
			held = e.what == "hold"
		}
	}
	return held
}

func (p past) staysItself(i int, asked, day calendar.Date) bool {
	if p.held(i, asked) {
		return true
	}
	var ended calendar.Date
	for _, e := range p.events {
		if e.of == i && !e.day.After(asked) {
			switch e.what {
			case "end":
				ended = e.day
			case "reopen":
				ended = calendar.Date{}
			}
		}
	}
	months := int(p.atLeast[i])
	if p.law[i] {
		months = max(months, 12)
	}
	if ended.IsZero() || months > 0 && !day.After(anniversary(ended, months)) {
		return true
	}
	for j := range p.parent {
		if p.parent[j] == i && p.staysItself(j, asked, day) {
			return true
		}
	}
	return false
}

// anniversary steps month by month on a paper calendar.
func anniversary(d calendar.Date, months int) calendar.Date {
	y, m := d.Year(), int(d.Month())
	for range months {
		if m++; m > 12 {
			y, m = y+1, 1
		}
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		days = 29
	}
	last, err := calendar.New(y, time.Month(m), min(d.Day(), days))
	if err != nil {
		panic(err)
	}
	return last
}

func TestTenThousandHistoriesEqualAModelThatWalksTheDays(t *testing.T) {
	const horizon = 700 // beyond it no term of these histories reaches
	dice := rand.New(rand.NewPCG(20261122, 35))
	seen := map[retention.State]int{}
	for n := range 10_000 {
		p := randomPast(dice)
		day := dawn.AddDays(dice.IntN(1300))
		f, i := p.family(day), dice.IntN(len(p.parent))
		out := retention.Keep.Ask(f.Question(i, day))
		seen[out.State]++
		if out.May() == p.stays(i, day, day) {
			t.Fatalf("history %d: record %d on %s is %s, the model says it stays: %v\n%+v", n, i, day, out.State, p.stays(i, day, day), p)
		}
		if n%10 > 0 || out.May() {
			continue
		}
		first := day
		for first.Before(day.AddDays(horizon)) && p.stays(i, day, first) {
			first = first.AddDays(1)
		}
		switch gone := first.Before(day.AddDays(horizon)); {
		case gone != !out.Earliest.Null:
			t.Fatalf("history %d: record %d on %s may go from %v, the model finds %s\n%+v", n, i, day, out.Earliest, first, p)
		case gone && out.Earliest.V != first:
			t.Fatalf("history %d: record %d on %s may go from %s, the model finds %s\n%+v", n, i, day, out.Earliest.V, first, p)
		}
	}
	for _, s := range []retention.State{retention.Running, retention.Kept, retention.Held, retention.MayGo, retention.MustGo, retention.Waiting} {
		if seen[s] < 50 {
			t.Errorf("only %d histories end as %s: the test says little of it", seen[s], s)
		}
	}
}

func TestNothingStaysBeyondTheMaximumUnnoticed(t *testing.T) {
	dice := rand.New(rand.NewPCG(20261122, 36))
	for n := range 2000 {
		p := randomPast(dice)
		day := dawn.AddDays(dice.IntN(1600))
		f := p.family(day)
		for i := range f {
			out := retention.Keep.Ask(f.Question(i, day))
			over := !f[i].Ended.IsZero() && day.After(anniversary(f[i].Ended, int(f[i].AtMost)))
			if over && out.State == retention.MayGo && day != out.Earliest.V {
				t.Fatalf("history %d: record %d is past its maximum on %s and told that it may go, not that it must", n, i, day)
			}
			if out.State == retention.MustGo && !over {
				t.Fatalf("history %d: record %d must go on %s, before its maximum", n, i, day)
			}
		}
	}
}
