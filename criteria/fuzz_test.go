package criteria_test

import (
	"context"
	"errors"
	"math/big"
	"os"
	"strings"
	"testing"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
	"zorgplicht/internal/fault"
)

// FuzzSet reads any text as a rule set. It never panics, what is refused is
// refused with reasons that have a place, and what is accepted decides rows at
// the edges of its fields, by rows as by columns.
func FuzzSet(f *testing.F) {
	text, err := os.ReadFile("testdata/beheer.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(small("", "aantal * 3 + 1 > 2")))
	f.Add([]byte(strings.Replace(string(text), "months(3)", "months(3) / 0", 1)))
	f.Add([]byte("language: 1\nrules: [{id: }]"))
	for i := range 4 {
		c := yardstick.Chance(i)
		f.Add([]byte(yardstick.Drawing{Own: true}.Set(&c, 3)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 20_000 {
			return
		}
		p, err := criteria.Read(text)
		if err != nil {
			refused(t, err)
			return
		}
		atEdges(t, p)
	})
}

// refused holds that every reason says where it is and what to do.
func refused(t *testing.T, err error) {
	t.Helper()
	var e *fault.Fault
	if !errors.As(err, &e) || e.Kind != fault.Invalid {
		t.Fatalf("refused without a reason: %v", err)
	}
	if len(e.Details) == 0 {
		t.Fatalf("refused without details: %v", err)
	}
	for _, d := range e.Details {
		if d.Reason == "" || d.Text == "" || d.Pointer == "" && d.Line == 0 {
			t.Fatalf("a fault without a place or a mend: %+v", d)
		}
	}
}

// atEdges decides rows whose cells lie at the edges of their fields.
func atEdges(t *testing.T, p *criteria.Program) {
	t.Helper()
	c := yardstick.Chance(7)
	rows := make([]criteria.Row, 70)
	for i := range rows {
		rows[i] = p.Row(yardstick.Day)
		for f, field := range p.Fields() {
			edges := []criteria.Cell{{V: field.From, Known: true}, {V: field.Through, Known: true}, {}}
			if !field.Run {
				rows[i][f] = edges[c.Below(3)]
			}
		}
	}
	r := p.NewResult(len(rows))
	if err := p.Screen(context.Background(), yardstick.Day, yardstick.Columns(p, rows), r); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		d := p.Decide(yardstick.Day, row)
		for rule, o := range d.Rules {
			if got := r.Truth(i, rule); got != o.Truth {
				t.Fatalf("row %d, rule %d: columns say %v, the row %v", i, rule, got, o.Truth)
			}
			for _, s := range o.Steps {
				if s.Value.Known && s.Type.Kind == criteria.Choice && (s.Value.V < 0 || int(s.Value.V) >= len(s.Type.Values)) {
					t.Fatalf("row %d: %s has no such word", i, s.Text)
				}
			}
		}
	}
}

// FuzzSumsFit reads a comparison of a sum and computes both sides with numbers of
// any size: what is accepted fits, for every value in the range.
func FuzzSumsFit(f *testing.F) {
	f.Add(int64(-100), int64(100), int64(3), int64(7), int64(-5), int64(100))
	f.Add(int64(0), int64(1<<62), int64(2), int64(1), int64(1), int64(0))
	f.Add(int64(-1<<40), int64(1<<40), int64(1<<22), int64(-1<<21), int64(9), int64(1))
	f.Fuzz(func(t *testing.T, from, through, x, y, z, value int64) {
		if from > through || value < from || value > through {
			return
		}
		text := strings.NewReplacer(
			"FROM", big.NewInt(from).String(), "THROUGH", big.NewInt(through).String(),
			"X", big.NewInt(x).String(), "Y", big.NewInt(y).String(), "Z", big.NewInt(z).String(),
		).Replace(sumText)
		p, err := criteria.Read([]byte(text))
		if err != nil {
			refused(t, err)
			return
		}
		for _, v := range []int64{from, through, value} {
			for _, w := range []int64{through, from, value} {
				row := criteria.Row{{V: v, Known: true}, {V: w, Known: true}}
				r := p.NewResult(1)
				if err := p.Screen(context.Background(), yardstick.Day, yardstick.Columns(p, []criteria.Row{row}), r); err != nil {
					t.Fatal(err)
				}
				left := new(big.Int).Add(times(v, x), times(w, y))
				right := new(big.Int).Sub(big.NewInt(z), times(w, x))
				for rule, want := range []bool{left.Cmp(right) >= 0, left.Cmp(right) == 0, left.Cmp(right) < 0} {
					if got := p.Truths(yardstick.Day, row)[rule]; (got == criteria.Yes) != want || r.Truth(0, rule) != got {
						t.Fatalf("a %d, b %d: the row says %v, columns %v, it is %v\n%s", v, w, got, r.Truth(0, rule), want, text)
					}
				}
			}
		}
	})
}

const sumText = `language: 1
name: som
version: 1
from: 2026-01-01
categories: [groen, geel]
fields:
  - {name: a, type: number, from: FROM, through: THROUGH}
  - {name: b, type: number, from: FROM, through: THROUGH}
rules:
  - {id: R1, category: geel, norm: "bfd:61:1", reason: Ja., when: a * X + b * Y >= Z - b * X}
  - {id: R2, category: geel, norm: "bfd:61:1", reason: Ja., when: a * X + b * Y == Z - b * X}
  - {id: R3, category: geel, norm: "bfd:61:1", reason: Ja., when: a * X + b * Y < Z - b * X}
`

func times(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
