package criteria_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/criteria"
)

// partly draws a contract of which some is unknown.
func partly(t *rapid.T, p *criteria.Program) criteria.Row {
	r := p.Row(someDay)
	for i, f := range p.Fields() {
		if !f.Run && rapid.IntRange(0, 4).Draw(t, "known") > 0 {
			r[i] = criteria.Cell{V: rapid.Int64Range(f.From, f.Through).Draw(t, f.Name), Known: true}
		}
	}
	return r
}

// fewest tries every change of what is known, and returns how many fields the
// smallest that turns the rule has; 0 when none does.
func fewest(p *criteria.Program, r criteria.Row, turned func(criteria.Row) bool) int {
	least := len(r) + 1
	var try func(f, n int, row criteria.Row)
	try = func(f, n int, row criteria.Row) {
		if n >= least {
			return
		}
		if f == len(row) {
			if n > 0 && turned(row) {
				least = n
			}
			return
		}
		try(f+1, n, row)
		for v := p.Fields()[f].From; !p.Fields()[f].Run && r[f].Known && v <= p.Fields()[f].Through; v++ {
			if v != r[f].V {
				next := slices.Clone(row)
				next[f].V = v
				try(f+1, n+1, next)
			}
		}
	}
	try(0, 0, r)
	if least > len(r) {
		return 0
	}
	return least
}

func TestAChangeTurnsTheRuleWithFewFields(t *testing.T) {
	several, missed, more := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := compiled(t, minuteSet(t))
		r := partly(t, p)
		for i, o := range p.Decide(someDay, r).Rules {
			if o.Truth == criteria.Unknown || !o.Applies {
				continue
			}
			turned := func(r criteria.Row) bool { return p.Truths(someDay, r)[i] == criteria.Yes-o.Truth }
			changed := slices.Clone(r)
			for _, c := range o.Changes {
				changed[c.Field] = c.To
			}
			if len(o.Changes) > 0 && !turned(changed) {
				t.Fatalf("rule %d: %+v turns nothing in %v", i, o.Changes, r)
			}
			for _, c := range o.Changes {
				less := slices.Clone(changed)
				less[c.Field] = c.From
				if turned(less) {
					t.Fatalf("rule %d: field %d needs no change: %+v", i, c.Field, o.Changes)
				}
			}
			least := fewest(p, r, turned)
			if least <= 1 && len(o.Changes) != least {
				t.Fatalf("rule %d: %d fields suffice, got %+v in %v", i, least, o.Changes, r)
			}
			if least > 1 {
				several++
				missed += oneOrNone(len(o.Changes) == 0)
				more += oneOrNone(len(o.Changes) > least)
			}
		}
	})
	if missed > 1+several/50 || more > 1+several/50 { // of several fields it is not claimed, and almost always so
		t.Errorf("of %d changes of several fields %d were missed, and %d had a field too many", several, missed, more)
	}
}

func oneOrNone(b bool) int {
	if b {
		return 1
	}
	return 0
}

// unasked is the set without conditions that ask what is known.
func unasked(s criteria.Set) criteria.Set {
	sure := strings.NewReplacer("known(a)", "d", "known(s)", "d", "known(dag)", "true")
	var except func(list []criteria.Exception)
	except = func(list []criteria.Exception) {
		for i := range list {
			list[i].When = sure.Replace(list[i].When)
			except(list[i].Except)
		}
	}
	s.Criteria[0].When = sure.Replace(s.Criteria[0].When)
	for i := range s.Rules {
		s.Rules[i].When = sure.Replace(s.Rules[i].When)
		except(s.Rules[i].Except)
	}
	return s
}

func TestMoreFactsNeverTurnACategoryThatWasCertain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compiled(t, unasked(minuteSet(t)))
		r := partly(t, p)
		before := p.Truths(someDay, r)
		for f := range r {
			for v := p.Fields()[f].From; !r[f].Known && v <= p.Fields()[f].Through; v++ {
				more := slices.Clone(r)
				more[f] = criteria.Cell{V: v, Known: true}
				now := p.Truths(someDay, more)
				low, high := category(p, before, criteria.Yes), category(p, before, criteria.Unknown)
				if c, most := category(p, now, criteria.Yes), category(p, now, criteria.Unknown); c < low || most > high {
					t.Fatalf("from %d–%d to %d–%d by field %d", low, high, c, most, f)
				}
			}
		}
	})
}

func TestTheQuestionIsOneOfWhichEveryAnswerDecidesWhereThereIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compiled(t, minuteSet(t))
		r := partly(t, p)
		d := p.Decide(someDay, r)
		if d.Category == d.Highest {
			if d.Question >= 0 {
				t.Fatalf("a question where nothing is open: %d", d.Question)
			}
			return
		}
		// decides counts the answers to one question that settle the category.
		decides := func(f int) (n, of int) {
			for v := p.Fields()[f].From; v <= p.Fields()[f].Through; v++ {
				more := slices.Clone(r)
				more[f] = criteria.Cell{V: v, Known: true}
				now := p.Truths(someDay, more)
				n += oneOrNone(category(p, now, criteria.Yes) == category(p, now, criteria.Unknown))
				of++
			}
			return n, of
		}
		for f := range r {
			if r[f].Known {
				continue
			}
			n, of := decides(f)
			if d.Question < 0 && n > 0 {
				t.Fatalf("field %d would settle it, and nothing is asked", f)
			}
			if d.Question < 0 || n < of {
				continue
			}
			if got, all := decides(d.Question); got < all {
				t.Fatalf("every answer to field %d settles it, and %d of %d to the question %d", f, got, all, d.Question)
			}
		}
	})
}
