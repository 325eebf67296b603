package criteria_test

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/criteria"
)

func TestARewrittenTextChangesOnlyWhatWasAsked(t *testing.T) {
	b, err := os.ReadFile("testdata/beheer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	before := read(t, "testdata/beheer.yaml").Set()
	out, err := criteria.Rewrite(string(b), []criteria.Edit{
		{Pointer: "/thresholds/0/value", Value: "months(2)"},
		{Pointer: "/rules/0/reason", Value: "Let op: de achterstand is {achterstand}."},
		{Pointer: "/rules/0/through", Value: "2027-12-31"},
		{Pointer: "/thresholds/0/title", Value: ""},
		{Pointer: "/rules/-", Keys: [][2]string{{"id", "R13"}, {"category", "geel"}, {"when", `product in ["leven", "schade"]`}, {"reason", "Het is {product}."}, {"norm", "afm:pri:1"}}},
		{Pointer: "/fields/-", Keys: [][2]string{{"name", "soort"}, {"type", "choice"}, {"values", "vast, los"}, {"from", ""}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out, "# The twelve rules") {
		t.Error("the comment is gone")
	}
	p, err := criteria.Read([]byte(out))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := p.Set()
	if s.Thresholds[0].Value != "months(2)" || s.Thresholds[0].Title != "" || s.Rules[0].Through.String() != "2027-12-31" || len(s.Rules) != len(before.Rules)+1 || s.Rules[0].Reason != "Let op: de achterstand is {achterstand}." {
		t.Errorf("rewritten as %+v", s)
	}
	if f := s.Fields[len(s.Fields)-1]; f.Name != "soort" || len(f.Values) != 2 {
		t.Errorf("added %+v", f)
	}
	same, err := criteria.Rewrite(string(b), []criteria.Edit{{Pointer: "/title", Value: before.Title}})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := criteria.Read([]byte(same)); err != nil || again.Set().Hash() != before.Hash() {
		t.Errorf("writing it again means something else: %v", err)
	}
	if _, err := criteria.Rewrite(string(b), []criteria.Edit{{Pointer: "/rules/99/when", Value: "x"}}); err == nil {
		t.Error("a rule that is not there was changed")
	}
}

func TestALineOfTheFormIsWrittenAndReadBack(t *testing.T) {
	for _, tt := range []struct {
		when  string
		lines int
	}{
		{`achterstand >= months(3)`, 1},
		{`achterstand >= grens && !regeling`, 2},
		{`product in ["a", "b"] && saldo > limiet * percent(95)`, 2},
		{`a || b`, 0},
		{`!(a && b)`, 0},
		{`known(a)`, 0},
		{`a >`, 0},
	} {
		list, ok := criteria.Split(tt.when)
		if ok != (tt.lines > 0) || len(list) != tt.lines && ok {
			t.Errorf("%s: %v, %t", tt.when, list, ok)
		}
		if want, _ := criteria.Format(tt.when); ok && criteria.Join(list) != want {
			t.Errorf("%s is written back as %s", tt.when, criteria.Join(list))
		}
	}
	p := read(t, "testdata/beheer.yaml")
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(p.Fields()).Draw(t, "field")
		if f.Type.Kind == criteria.Bool || f.Type.Kind == criteria.Choices {
			return // asked as ja, or by in
		}
		plain := f.Type.Plain(criteria.Cell{V: rapid.Int64Range(f.From, f.Through).Draw(t, "value"), Known: true})
		literal := f.Type.Literal(plain)
		if back := f.Type.Filled(literal); back != plain {
			t.Fatalf("%s: %s is written %s and read %s", f.Name, plain, literal, back)
		}
		if f.Type.Literal("grens_achterstand") != "grens_achterstand" {
			t.Fatal("a name was taken for a value")
		}
	})
}

func TestWhatIsTakenOutIsGoneAndTheRestStays(t *testing.T) {
	const text = `# bovenaan
language: 1
name: x
title: X
version: 1
from: 2026-01-01
categories: [groen, rood]
fields: [{name: a, type: number, from: 0, through: 9}]
thresholds:
  - {name: grens, value: 3} # blijft
  - {name: weg, value: 4}
rules:
  - id: R1
    category: rood
    when: a > grens
    reason: Omdat.
    norm: bfd:61:1
    except: [{id: R1a, when: a > 5, reason: Niet., except: [{id: R1b, when: a > 7, reason: Toch.}]}]
`
	out, err := criteria.Rewrite(text, []criteria.Edit{
		{Pointer: "/rules/0/except/0/except/-", Keys: [][2]string{{"id", "R1c"}, {"when", "a == 6"}, {"reason", "Ook: toch!"}}},
		{Pointer: "/rules/0/except/0/except/0/when", Value: "a > 8"},
		{Pointer: "/thresholds/1", Gone: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := criteria.Read([]byte(out))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := p.Set()
	inner := s.Rules[0].Except[0].Except
	if len(s.Thresholds) != 1 || len(inner) != 2 || inner[0].When != "a > 8" || inner[1].ID+inner[1].When+inner[1].Reason != "R1ca == 6Ook: toch!" {
		t.Errorf("rewritten as %+v", s)
	}
	if !strings.Contains(out, "# bovenaan") || !strings.Contains(out, "# blijft") {
		t.Errorf("a comment is gone:\n%s", out)
	}
	if out, err = criteria.Rewrite(out, []criteria.Edit{{Pointer: "/rules/0/except/0/except/1", Gone: true}, {Pointer: "/rules/0/except/0/except/0", Gone: true}, {Pointer: "/thresholds/0/title", Value: "Een: # grens"}}); err != nil {
		t.Fatal(err)
	}
	if p, err = criteria.Read([]byte(out)); err != nil || p.Set().Rules[0].Except[0].Except != nil || p.Set().Thresholds[0].Title != "Een: # grens" {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := criteria.Rewrite(out, []criteria.Edit{{Pointer: "/thresholds/7", Gone: true}}); err == nil {
		t.Error("what is not there was taken out")
	}
}
