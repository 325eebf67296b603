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

// minute is a catalogue of which every contract on every day can be tried.
const minute = `language: 1
name: klein
version: 1
from: 2026-01-01
through: 2026-01-04
categories: [groen, geel, oranje, rood]
fields:
  - {name: dag, type: date, run: true, from: 2026-01-01, through: 2026-01-05}
  - {name: a, type: number, from: -1, through: 3}
  - {name: b, type: number, from: 0, through: 3}
  - {name: c, type: choice, values: [x, y]}
  - {name: d, type: yesno}
  - {name: s, type: choices, values: [p]}
thresholds:
  - {name: g, value: 2}
`

// small conditions, that often contradict or cover each other.
func narrow(t *rapid.T, depth int, names ...string) string {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "pick") }
	if depth > 0 {
		switch rapid.IntRange(0, 5).Draw(t, "shape") {
		case 0, 1:
			return "(" + narrow(t, depth-1, names...) + " && " + narrow(t, depth-1, names...) + ")"
		case 2, 3:
			return "(" + narrow(t, depth-1, names...) + " || " + narrow(t, depth-1, names...) + ")"
		case 4:
			return "!(" + narrow(t, depth-1, names...) + ")"
		}
	}
	switch rapid.IntRange(0, 9).Draw(t, "atom") {
	case 0:
		return "c " + pick("==", "!=") + " " + pick(`"x"`, `"y"`)
	case 1:
		return pick("d", "true", "false", "known(a)", "known(s)", "known(dag)")
	case 2:
		return "dag " + pick("<", ">=", "==") + ` date("2026-01-0` + pick("1", "2", "4", "6") + `")`
	case 3:
		return pick(`"p" in s`, `c in ["x", "y"]`, "a in [1, 2, 7]")
	case 4:
		return `dag - date("2026-01-01") ` + pick("<", ">") + " days(1)" + pick("", " && a > b")
	case 5:
		return pick("a + b", "a - b", "a * b", "min(a, b)", "max(a, b)", "a / 2", "b % 2", "2 * a - 3 * b", "a * a") + " " + pick("<", "<=", ">", ">=", "==", "!=") + " " + pick("0", "1", "g", "6", "b", "a")
	case 6:
		if len(names) > 0 {
			return pick(names...)
		}
	}
	return pick("a", "b") + " " + pick("<", "<=", ">", ">=", "==", "!=") + " " + pick("-1", "0", "1", "g", "3", "4")
}

// minuteSet draws a set over the minute catalogue.
func minuteSet(t *rapid.T) criteria.Set {
	var b strings.Builder
	b.WriteString(minute)
	fmt.Fprintf(&b, "criteria:\n  - {name: k, when: '%s'}\nrules:\n", narrow(t, 2))
	for i := range rapid.IntRange(1, 6).Draw(t, "rules") {
		fmt.Fprintf(&b, "  - id: R%d\n    category: %s\n    norm: bfd:61:1\n    reason: Omdat het zo is.\n    when: '%s'\n", i, rapid.SampledFrom([]string{"geel", "oranje", "rood"}).Draw(t, "category"), narrow(t, 2, "k"))
		if rapid.IntRange(0, 3).Draw(t, "dated") == 0 {
			fmt.Fprintf(&b, "    from: 2026-01-0%d\n", rapid.IntRange(2, 6).Draw(t, "from"))
		}
		if rapid.IntRange(0, 2).Draw(t, "excepted") == 0 {
			fmt.Fprintf(&b, "    except:\n      - id: X%d\n        reason: Niet.\n        when: '%s'\n", i, narrow(t, 1, "k"))
			if rapid.Bool().Draw(t, "again") {
				fmt.Fprintf(&b, "        except:\n          - {id: Y%d, reason: Toch., when: '%s'}\n", i, narrow(t, 1))
			}
			if rapid.Bool().Draw(t, "another") {
				fmt.Fprintf(&b, "      - {id: Z%d, reason: Niet., when: '%s'}\n", i, narrow(t, 1))
			}
		}
	}
	p, err := criteria.Read([]byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return p.Set()
}

// everywhere calls fn for each contract on each day of the set.
func everywhere(p *criteria.Program, fn func(calendar.Date, criteria.Row)) {
	for day := p.Set().From; !day.After(*p.Set().Through); day = day.AddDays(1) {
		r := p.Row(day)
		var fill func(f int)
		fill = func(f int) {
			switch {
			case f == len(r):
				fn(day, r)
				return
			case p.Fields()[f].Run:
				fill(f + 1)
				return
			}
			r[f] = criteria.Cell{}
			fill(f + 1)
			for v := p.Fields()[f].From; v <= p.Fields()[f].Through; v++ {
				r[f] = criteria.Cell{V: v, Known: true}
				fill(f + 1)
			}
		}
		fill(0)
	}
}

func compiled(t rapid.TB, s criteria.Set) *criteria.Program {
	t.Helper()
	p, err := criteria.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// counted is what trying everything says of a set.
type counted struct {
	yes, no, applies []bool   // of each rule: for some contract
	decides          []bool   // of each rule
	both             [][]bool // two rules hold together
	without          [][]bool // one holds and the other does not
	reached          map[int]bool
	gap              bool
}

func count(p *criteria.Program) *counted {
	n := len(p.Set().Rules)
	c := &counted{yes: make([]bool, n), no: make([]bool, n), applies: make([]bool, n), decides: make([]bool, n), reached: map[int]bool{}}
	for range n {
		c.both, c.without = append(c.both, make([]bool, n)), append(c.without, make([]bool, n))
	}
	set := p.Set()
	rank := make([]int, n)
	for i, r := range set.Rules {
		rank[i] = slices.Index(set.Categories, r.Category)
	}
	everywhere(p, func(day calendar.Date, r criteria.Row) {
		most, none := 0, true
		truths := p.Truths(day, r)
		for i, t := range truths {
			if t == criteria.Yes {
				most = max(most, rank[i])
			}
			none = none && t == criteria.No
		}
		c.reached[most] = true
		c.gap = c.gap || none
		for i, t := range truths {
			applies := set.Rules[i].From == nil || !day.Before(*set.Rules[i].From)
			c.applies[i] = c.applies[i] || applies
			c.no[i] = c.no[i] || applies && t == criteria.No
			if t != criteria.Yes {
				continue
			}
			c.yes[i] = true
			c.decides[i] = c.decides[i] || rank[i] == most
			for j, u := range truths {
				c.both[i][j] = c.both[i][j] || u == criteria.Yes
				c.without[i][j] = c.without[i][j] || u != criteria.Yes
			}
		}
	})
	return c
}

// told writes findings short: the code and what it is about.
func told(list []criteria.Finding, codes ...string) (out []string) {
	for _, f := range list {
		if slices.Contains(codes, f.Code) {
			out = append(out, f.Code+" "+strings.Join(f.About, " "))
		}
	}
	slices.Sort(out)
	return out
}

// expected says what the findings of whole rules should be.
func (c *counted) expected(s criteria.Set) (out []string) {
	rank := func(i int) int { return slices.Index(s.Categories, s.Rules[i].Category) }
	decided := map[int]bool{}
	used := map[int]bool{}
	for i, r := range s.Rules {
		used[rank(i)] = true
		decided[rank(i)] = decided[rank(i)] || c.decides[i]
		switch {
		case !c.yes[i]:
			out = append(out, "never-fires "+r.ID)
			continue
		case !c.no[i]:
			out = append(out, "always-fires "+r.ID)
		}
		implies, overlap := "", ""
		for j, o := range s.Rules {
			if j != i && c.yes[j] && !c.without[i][j] && rank(j) <= rank(i) {
				implies += " " + o.ID
			}
			if rank(j) > rank(i) && c.both[i][j] {
				overlap += " " + o.ID
			}
		}
		if implies != "" {
			out = append(out, "implies "+r.ID+implies)
		}
		if overlap != "" {
			out = append(out, "overlap "+r.ID+overlap)
		}
	}
	for k, name := range s.Categories {
		if k == 0 && !c.reached[0] || k > 0 && !decided[k] {
			out = append(out, "no-contract "+name)
		}
	}
	if c.gap {
		out = append(out, "gap "+s.Categories[0])
	}
	slices.Sort(out)
	return out
}

func TestTheAnalysisSaysWhatTryingEveryContractSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := minuteSet(t)
		p := compiled(t, s)
		c := count(p)
		list := p.Analyse(criteria.Analysis{Complete: true})
		if wrong := told(list, "not-decided"); len(wrong) > 0 {
			t.Fatalf("not decided: %v", wrong)
		}
		got := told(list, "never-fires", "always-fires", "implies", "overlap", "no-contract", "gap")
		if want := c.expected(s); !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), rulesOf(s))
		}
		for i, r := range s.Rules { // shadowed: every heavier rule that is named meets it
			for _, f := range list {
				if f.Code == "never-decides" && f.About[0] == r.ID && (c.decides[i] || !c.yes[i]) {
					t.Fatalf("%s decides", r.ID)
				}
			}
			if c.yes[i] && !c.decides[i] && !slices.ContainsFunc(list, func(f criteria.Finding) bool { return f.Code == "never-decides" && f.About[0] == r.ID }) {
				t.Fatalf("%s never decides\n%s", r.ID, rulesOf(s))
			}
		}
		for _, f := range list {
			witness(t, p, f)
		}
	})
}

// witness holds the case of a finding against the rules.
func witness(t *rapid.T, p *criteria.Program, f criteria.Finding) {
	if f.Case == nil {
		return
	}
	for i, cell := range f.Case.Row {
		if field := p.Fields()[i]; cell.Known && !field.Fits(cell.V) || field.Run && !cell.Known {
			t.Fatalf("%v: %s is out of bounds", f, field.Name)
		}
	}
	if !p.InForce(f.Case.Day) {
		t.Fatalf("%v: the set is not in force", f)
	}
	truths := map[string]criteria.Truth{}
	for i, u := range p.Truths(f.Case.Day, f.Case.Row) {
		truths[p.Set().Rules[i].ID] = u
	}
	switch f.Code {
	case "always-fires", "never-decides":
		if truths[f.About[0]] != criteria.Yes {
			t.Fatalf("%v shows nothing", f)
		}
	case "implies":
		for _, id := range f.About {
			if truths[id] != criteria.Yes {
				t.Fatalf("%v shows nothing of %s", f, id)
			}
		}
	case "overlap":
		if truths[f.About[0]] != criteria.Yes || truths[f.About[1]] != criteria.Yes {
			t.Fatalf("%v shows nothing", f)
		}
	case "gap":
		for id, u := range truths {
			if u != criteria.No {
				t.Fatalf("%v shows nothing: %s is %v", f, id, u)
			}
		}
	}
}

func rulesOf(s criteria.Set) string {
	var b strings.Builder
	var except func(list []criteria.Exception, indent string)
	except = func(list []criteria.Exception, indent string) {
		for _, x := range list {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, x.ID, x.When)
			except(x.Except, indent+"  ")
		}
	}
	fmt.Fprintf(&b, "k: %s\n", s.Criteria[0].When)
	for _, r := range s.Rules {
		fmt.Fprintf(&b, "%s %s %v: %s\n", r.ID, r.Category, r.From, r.When)
		except(r.Except, "  ")
	}
	return b.String()
}

// left returns the exceptions without the one with this id.
func left(list []criteria.Exception, id string) (out []criteria.Exception) {
	for _, x := range list {
		if x.ID != id {
			x.Except = left(x.Except, id)
			out = append(out, x)
		}
	}
	return out
}

func TestAnExceptionWithoutEffectIsOneThatMayBeLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := minuteSet(t)
		p := compiled(t, s)
		got := told(p.Analyse(criteria.Analysis{}), "idle-exception", "total-exception")
		var want []string
		// stands reports whether a clause, less what is left out, holds for some contract on some day.
		stands := func(when string, list []criteria.Exception) (found bool) {
			own := s
			own.Rules = []criteria.Rule{{ID: "E", Category: "rood", When: when, Reason: "x", Norm: "bfd:61:1", Except: list}}
			everywhereYes := compiled(t, own)
			everywhere(everywhereYes, func(day calendar.Date, r criteria.Row) {
				found = found || everywhereYes.Truths(day, r)[0] == criteria.Yes
			})
			return found
		}
		for i, r := range s.Rules {
			var each func(of, when string, list []criteria.Exception)
			each = func(of, when string, list []criteria.Exception) {
				for _, x := range list {
					less := s
					less.Rules = slices.Clone(s.Rules)
					less.Rules[i].Except = left(r.Except, x.ID)
					q := compiled(t, less)
					differs := false
					everywhere(p, func(day calendar.Date, row criteria.Row) {
						differs = differs || p.Truths(day, row)[i] != q.Truths(day, row)[i]
					})
					switch {
					case !differs:
						want = append(want, "idle-exception "+x.ID)
					case !stands(when, list) && stands(when, left(list, x.ID)):
						want = append(want, "total-exception "+x.ID+" "+of)
					}
					each(x.ID, x.When, x.Except)
				}
			}
			each(r.ID, r.When, r.Except)
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v\n%s", got, want, rulesOf(s))
		}
	})
}

func TestAComparisonThatNoValueMeetsIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := minuteSet(t)
		for i := range s.Rules {
			s.Rules[i].From = nil
		}
		p := compiled(t, s)
		var got []string
		for _, f := range p.Analyse(criteria.Analysis{}) {
			if (f.Code == "never-true" || f.Code == "always-true") && !strings.HasPrefix(f.Pointer, "/criteria") {
				got = append(got, f.Code+" "+f.About[0])
			}
		}
		type place struct {
			rule, step int
		}
		seen := map[place][3]bool{}
		at := map[place]string{}
		everywhere(p, func(day calendar.Date, r criteria.Row) {
			for i, o := range p.Decide(day, r).Rules {
				for k, step := range o.Steps {
					truths := seen[place{i, k}]
					truths[step.Truth] = true
					seen[place{i, k}] = truths
					if !strings.HasPrefix(step.Text, "known(") && step.Part != "k" {
						at[place{i, k}] = step.Part
						if step.Part == "" {
							at[place{i, k}] = s.Rules[i].ID
						}
					}
				}
			}
		})
		var want []string
		for k, id := range at {
			switch truths := seen[k]; {
			case !truths[criteria.Yes]:
				want = append(want, "never-true "+id)
			case !truths[criteria.No]:
				want = append(want, "always-true "+id)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v\n%s", got, want, rulesOf(s))
		}
	})
}
