package criteria_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
)

// tiny is a catalogue of which every row can be tried.
const tiny = `language: 1
name: klein
version: 1
from: 2026-01-01
categories: [groen, geel, rood]
fields:
  - {name: a, type: number, from: -3, through: 4}
  - {name: b, type: number, from: 0, through: 5}
  - {name: c, type: choice, values: [x, y, z]}
  - {name: d, type: yesno}
  - {name: e, type: date, from: 2024-02-27, through: 2024-03-02}
  - {name: s, type: choices, values: [p, q]}
rules:
`

// aboutKnowing are the atoms that ask what is known, not what it is.
var aboutKnowing = []string{"known(a)", "known(c)"}

// condition draws a condition over the tiny catalogue; more are atoms beside those
// that every draw may hold.
func condition(t *rapid.T, depth int, more []string) string {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "pick") }
	if depth > 0 {
		switch rapid.IntRange(0, 5).Draw(t, "shape") {
		case 0, 1:
			return "(" + condition(t, depth-1, more) + " && " + condition(t, depth-1, more) + ")"
		case 2, 3:
			return "(" + condition(t, depth-1, more) + " || " + condition(t, depth-1, more) + ")"
		case 4:
			return "!(" + condition(t, depth-1, more) + ")"
		}
	}
	sum := func() string {
		return pick("a", "b", "a + b", "a * 2 - b", "a * b", "min(a, b)", "max(a, 2)", "a / 2", "b % 3", "-a", fmt.Sprint(rapid.IntRange(-4, 6).Draw(t, "n")))
	}
	switch rapid.IntRange(0, 7).Draw(t, "atom") {
	case 0:
		return "c " + pick("==", "!=") + " " + pick(`"x"`, `"y"`, `"z"`)
	case 1:
		return pick(append([]string{"d", "d == false", "true", "false"}, more...)...)
	case 2:
		return "e + " + pick("days(1)", "months(1)", "days(-2)") + " " + pick("<", ">=", "==") + " date(\"2024-03-0" + pick("1", "2") + "\")"
	case 3:
		return pick(`"p"`, `"q"`) + " in s"
	case 4:
		return sum() + " in [-1, 2, 3]"
	}
	return sum() + " " + pick("<", "<=", ">", ">=", "==", "!=") + " " + sum()
}

// drawn draws a set of rules and reads it; more are atoms that it may hold too.
func drawn(t *rapid.T, more []string) *criteria.Program {
	var b strings.Builder
	b.WriteString(tiny)
	for i := range rapid.IntRange(1, 5).Draw(t, "rules") {
		fmt.Fprintf(&b, "  - id: R%d\n    category: %s\n    norm: bfd:61:1\n    reason: Omdat {a} het zegt.\n    when: '%s'\n", i, rapid.SampledFrom([]string{"geel", "rood"}).Draw(t, "category"), condition(t, 3, more))
		if rapid.Bool().Draw(t, "excepted") {
			fmt.Fprintf(&b, "    except:\n      - id: X%d\n        reason: Toch niet.\n        when: '%s'\n", i, condition(t, 1, more))
		}
	}
	p, err := criteria.Read([]byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return p
}

func drawRow(t *rapid.T, p *criteria.Program) criteria.Row {
	r := p.Row(someDay)
	for i, f := range p.Fields() {
		if rapid.IntRange(0, 3).Draw(t, "known") > 0 {
			r[i] = criteria.Cell{V: rapid.Int64Range(f.From, f.Through).Draw(t, f.Name), Known: true}
		}
	}
	return r
}

func TestAChangeTurnsTheRuleAndNoSmallerOneDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, aboutKnowing)
		r := drawRow(t, p)
		for i, o := range p.Decide(someDay, r).Rules {
			if o.Truth == criteria.Unknown {
				continue
			}
			turned := func(r criteria.Row) bool { return p.Truths(someDay, r)[i] == criteria.Yes-o.Truth }
			changed := slices.Clone(r)
			for _, c := range o.Changes {
				if c.From != r[c.Field] || !p.Fields()[c.Field].Fits(c.To.V) {
					t.Fatalf("rule %d: change %+v", i, c)
				}
				changed[c.Field] = c.To
			}
			if len(o.Changes) > 0 && !turned(changed) {
				t.Fatalf("rule %d: %+v turns nothing in %v", i, o.Changes, r)
			}
			for f := range r { // every change of one field
				for v := p.Fields()[f].From; r[f].Known && v <= p.Fields()[f].Through; v++ {
					try := slices.Clone(r)
					try[f].V = v
					if turned(try) && (len(o.Changes) != 1 || p.Further(o.Changes[0], criteria.Change{Field: f, From: r[f], To: try[f]})) {
						t.Fatalf("rule %d: field %d to %d is smaller than %+v in %v", i, f, v, o.Changes, r)
					}
				}
			}
		}
	})
}

func TestMoreFactsNeverTurnWhatWasDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, nil) // a rule that asks what is known may turn
		r := drawRow(t, p)
		before := p.Truths(someDay, r)
		for f := range r {
			if !r[f].Known {
				r[f] = criteria.Cell{V: rapid.Int64Range(p.Fields()[f].From, p.Fields()[f].Through).Draw(t, "answer"), Known: true}
			}
			for i, now := range p.Truths(someDay, r) {
				if before[i] != criteria.Unknown && now != before[i] {
					t.Fatalf("rule %d turned from %v to %v", i, before[i], now)
				}
			}
		}
	})
}

func TestTheQuestionCanSettleTheCategory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, aboutKnowing)
		r := drawRow(t, p)
		d := p.Decide(someDay, r)
		settles := func(f int) bool {
			for v := p.Fields()[f].From; v <= p.Fields()[f].Through; v++ {
				try := slices.Clone(r)
				try[f] = criteria.Cell{V: v, Known: true}
				if after := p.Decide(someDay, try); after.Category == after.Highest {
					return true
				}
			}
			return false
		}
		if d.Question >= 0 && (r[d.Question].Known || !settles(d.Question)) {
			t.Fatalf("question %d settles nothing", d.Question)
		}
		for f := range r {
			if d.Category != d.Highest && d.Question < 0 && !r[f].Known && settles(f) {
				t.Fatalf("field %d would settle it", f)
			}
		}
	})
}

func TestMonthsAreThoseOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(0, 200*365).Draw(t, "day")
		n := rapid.IntRange(-600, 600).Draw(t, "months")
		start := calendar.MustParse("1900-01-01").AddDays(day)
		text := strings.Replace(small("", fmt.Sprintf("date(%q) + months(%d) == date(%q)", start, n, start.AddMonths(n))), "through: 100}", "through: 100}", 1)
		p, err := criteria.Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if p.Truths(someDay, p.Row(someDay))[0] != criteria.Yes {
			t.Fatalf("%s + %d", start, n)
		}
	})
}

func TestFixedNumbersCountAsOthersDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, "a"), rapid.Int64Range(1, 1000).Draw(t, "b")
		op := rapid.SampledFrom([]string{"+", "-", "*", "/", "%"}).Draw(t, "op")
		want := map[string]int64{"+": a + b, "-": a - b, "*": a * b, "/": a / b, "%": a % b}[op]
		p, err := criteria.Read([]byte(small("", fmt.Sprintf("%d %s %d == %d", a, op, b, want))))
		if err != nil {
			t.Fatal(err)
		}
		if p.Truths(someDay, p.Row(someDay))[0] != criteria.Yes {
			t.Fatalf("%d %s %d is not %d", a, op, b, want)
		}
	})
}
