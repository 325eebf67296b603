package criteria_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
)

// revised draws another version of a set: some rules otherwise, some gone, some
// new, and now and then another catalogue.
func revised(t *rapid.T, s criteria.Set) criteria.Set {
	s.Version++
	s.Rules = slices.Clone(s.Rules)
	s.Fields = slices.Clone(s.Fields)
	for range rapid.IntRange(0, 2).Draw(t, "changes") {
		i := rapid.IntRange(0, len(s.Rules)-1).Draw(t, "rule")
		switch rapid.IntRange(0, 5).Draw(t, "change") {
		case 0:
			s.Rules[i].When = narrow(t, 2, "k")
		case 1:
			s.Rules[i].When = "!(!(" + s.Rules[i].When + "))"
		case 2:
			s.Rules[i].Category = rapid.SampledFrom(s.Categories[1:]).Draw(t, "category")
		case 3:
			if len(s.Rules) > 1 {
				s.Rules = slices.Delete(s.Rules, i, i+1)
			}
		case 4:
			s.Rules = append(s.Rules, criteria.Rule{ID: "N" + strings.Repeat("n", len(s.Rules)), Category: "geel", When: narrow(t, 1), Reason: "x", Norm: "bfd:61:1"})
		case 5:
			s.Rules[i].Except = nil
		}
	}
	switch rapid.IntRange(0, 5).Draw(t, "catalogue") {
	case 0:
		s.Fields[1].Through = "2"
	case 1:
		s.Fields[3].Values = []string{"z", "y", "x"}
	case 2:
		s.Fields[5].Values = []string{"q", "p"}
	}
	return s
}

// asRead returns the row of another version of the set, and false where that does
// not allow one of the values.
func asRead(was, is *criteria.Program, r criteria.Row) (criteria.Row, bool) {
	out := slices.Clone(r)
	for i, c := range r {
		if !c.Known {
			continue
		}
		text := ""
		switch f := is.Fields()[i]; f.Type.Kind {
		case criteria.Choice:
			text = f.Type.Dutch(c)
		case criteria.Choices:
			if text = strings.ReplaceAll(f.Type.Dutch(c), ", ", "|"); text == "" {
				text = "-"
			}
		default:
			if !was.Fields()[i].Fits(c.V) {
				return nil, false
			}
			continue
		}
		cell, wrong := was.Fields()[i].Read(text)
		if wrong != "" {
			return nil, false
		}
		out[i] = cell
	}
	return out, true
}

// category is the heaviest of the rules of which the outcome is at least this.
func category(p *criteria.Program, truths []criteria.Truth, least criteria.Truth) (most int) {
	for i, t := range truths {
		if t >= least {
			most = max(most, slices.Index(p.Set().Categories, p.Set().Rules[i].Category))
		}
	}
	return most
}

func TestTwoVersionsAreTheSameWhenNoContractTellsThemApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := minuteSet(t)
		was, is := compiled(t, s), compiled(t, revised(t, s))
		whole, rules := criteria.Same(was, is)
		differs := false
		differ := map[string]bool{}
		place := map[string]int{}
		for i, r := range s.Rules {
			place[r.ID] = i
		}
		everywhere(is, func(day calendar.Date, r criteria.Row) {
			old, ok := asRead(was, is, r)
			if !ok {
				return
			}
			a, b := was.Truths(day, old), is.Truths(day, r)
			differs = differs || category(was, a, criteria.Yes) != category(is, b, criteria.Yes) || category(was, a, criteria.Unknown) != category(is, b, criteria.Unknown)
			for i, rule := range is.Set().Rules {
				if k, ok := place[rule.ID]; ok && a[k] != b[i] {
					differ[rule.ID] = true
				}
			}
		})
		if !whole.Decided || whole.Same == differs {
			t.Fatalf("got %+v, differs: %v\n%s\n%s", whole, differs, rulesOf(s), rulesOf(is.Set()))
		}
		for _, r := range rules {
			if !r.Decided || r.Same == differ[r.ID] {
				t.Fatalf("got %+v, differs: %v\n%s\n%s", r, differ[r.ID], rulesOf(s), rulesOf(is.Set()))
			}
		}
		if !whole.Same {
			a, b := was.Decide(whole.Before.Day, whole.Before.Row), is.Decide(whole.After.Day, whole.After.Row)
			if a.Category == b.Category && a.Highest == b.Highest {
				t.Fatalf("%+v shows nothing", whole)
			}
		}
	})
}
