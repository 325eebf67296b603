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
	same, err := criteria.Rewrite(string(b), nil)
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
