package rule_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/rule"
)

func TestReasonsAreSaidInOrder(t *testing.T) {
	var why rule.Why
	why.Say("first", "bfd:50")
	why.Say("second", "bfd:51", "count", "3")
	want := []rule.Reason{{Code: "first", Norm: "bfd:50"}, {Code: "second", Norm: "bfd:51", Values: map[string]string{"count": "3"}}}
	if diff := cmp.Diff(want, why.Reasons()); diff != "" {
		t.Error(diff)
	}
}

func TestAnAbsentFactNeitherHoldsNorFails(t *testing.T) {
	for _, c := range []struct {
		name         string
		fact         *bool
		holds, fails bool
	}{{"absent", nil, false, false}, {"true", new(true), true, false}, {"false", new(false), false, true}} {
		if rule.Holds(c.fact) != c.holds || rule.Fails(c.fact) != c.fails {
			t.Errorf("%s: %v, %v", c.name, rule.Holds(c.fact), rule.Fails(c.fact))
		}
	}
	if rule.Word(nil) != "" || rule.Word(new("a")) != "a" {
		t.Error("a word is not itself")
	}
	if m, u := rule.Missing("/a", "x"), rule.Unknown("/a", "x"); m.Reason != "missing" || u.Reason != "unknown-value" || m.Pointer != "/a" || u.Text != "x" {
		t.Errorf("got %+v, %+v", m, u)
	}
}
