package oracle_test

import (
	"context"
	"testing"

	"cel.dev/cel-go/cel"

	"zorgplicht/criteria"
	"zorgplicht/criteria/oracle"
	"zorgplicht/criteria/yardstick"
)

// TestCelAgrees draws rule sets and rows, and asks the rows, the columns and
// cel-go the same text.
func TestCelAgrees(t *testing.T) {
	c := yardstick.Chance(1970)
	seen := [3]int{}
	for range 80 {
		p, err := criteria.Read([]byte(yardstick.Drawing{}.Set(&c, 6)))
		if err != nil {
			t.Fatal(err)
		}
		out, err := oracle.NewOutside(p)
		if err != nil {
			t.Fatal(err)
		}
		programs := compile(t, out, p)
		rows := yardstick.Rows(&c, p, 150)
		r := p.NewResult(len(rows))
		if err := p.Screen(context.Background(), yardstick.Day, yardstick.Columns(p, rows), r); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			vars, err := out.Row(row)
			if err != nil {
				t.Fatal(err)
			}
			for rule, truth := range p.Truths(yardstick.Day, row) {
				want, err := oracle.Ask(programs[rule], vars)
				if err != nil || truth != want || r.Truth(i, rule) != want {
					t.Fatalf("cel-go says %v (%v), the row %v, the columns %v\n%+v\nof %v", want, err, truth, r.Truth(i, rule), p.Set().Rules[rule], row)
				}
				seen[want]++
			}
		}
	}
	for truth, n := range seen {
		if n < 5_000 {
			t.Errorf("only %d times %v", n, criteria.Truth(truth))
		}
	}
	t.Log(seen)
}

func compile(t *testing.T, out *oracle.Outside, p *criteria.Program) (list []cel.Program) {
	t.Helper()
	for _, rule := range p.Set().Rules {
		text := "(" + rule.When + ")"
		for _, x := range rule.Except {
			text += " && !(" + x.When + ")"
		}
		program, err := out.Compile(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		list = append(list, program)
	}
	return list
}
