package solve

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// A point gives every number a value, as Space.Seek answers.
type point = []Value

// A cond is a condition both ways: as a formula, and as a function of a point.
type cond struct {
	f    *Formula
	eval func(point) Truth
	text string
}

type amount struct {
	n    Number
	eval func(point) (int64, bool)
	text string
}

// A world is a small space of which every point can be tried.
type world struct {
	t     *rapid.T
	s     *Space
	lo    []int64
	hi    []int64
	flags int // the one with bits
}

var times = &Function{
	Name: "times", Apply: func(a, b int64) int64 { return a * b },
	Bounds: func(a, b Range) Range {
		c := []int64{a.Lo * b.Lo, a.Lo * b.Hi, a.Hi * b.Lo, a.Hi * b.Hi}
		return Range{Lo: min(c[0], c[1], c[2], c[3]), Hi: max(c[0], c[1], c[2], c[3])}
	},
}

func newWorld(t *rapid.T) *world {
	w := &world{t: t, s: NewSpace(1_000_000, 1<<40)}
	for range 3 {
		lo := rapid.Int64Range(-4, 2).Draw(t, "lo")
		hi := lo + rapid.Int64Range(0, 6).Draw(t, "width")
		w.s.Number(lo, hi, rapid.IntRange(0, 3).Draw(t, "open") > 0)
		w.lo, w.hi = append(w.lo, lo), append(w.hi, hi)
	}
	w.flags = int(w.s.Flags())
	w.lo, w.hi = append(w.lo, 0), append(w.hi, 3)
	return w
}

func (w *world) number(depth int) amount {
	v := rapid.IntRange(0, 2).Draw(w.t, "v")
	one := amount{w.s.Of(Var(v)), func(p point) (int64, bool) { return p[v].V, p[v].Known }, fmt.Sprint("v", v)}
	if depth == 0 {
		return one
	}
	two := w.number(depth - 1)
	if rapid.IntRange(0, 4).Draw(w.t, "op") == 0 {
		n := w.s.Call(times, one.n, two.n, -100_000, 100_000)
		return amount{n, func(p point) (int64, bool) {
			a, ok := one.eval(p)
			b, ok2 := two.eval(p)
			return a * b, ok && ok2
		}, one.text + "*" + two.text}
	}
	f := rapid.Int64Range(-3, 3).Draw(w.t, "factor")
	n, _ := w.s.Plus(one.n, f, two.n)
	return amount{n, func(p point) (int64, bool) {
		a, ok := one.eval(p)
		b, ok2 := two.eval(p)
		return a + f*b, ok && ok2
	}, fmt.Sprintf("(%s + %d*%s)", one.text, f, two.text)}
}

func is(b, known bool) Truth {
	switch {
	case !known:
		return Unknown
	case b:
		return Yes
	}
	return No
}

func (w *world) cond(depth int) cond {
	if depth > 0 {
		a := w.cond(depth - 1)
		switch rapid.IntRange(0, 4).Draw(w.t, "shape") {
		case 0:
			return cond{w.s.Not(a.f), func(p point) Truth { return Yes - a.eval(p) }, "!" + a.text}
		case 1, 2:
			b := w.cond(depth - 1)
			return cond{w.s.And(a.f, b.f), func(p point) Truth { return min(a.eval(p), b.eval(p)) }, "(" + a.text + " && " + b.text + ")"}
		case 3:
			b := w.cond(depth - 1)
			return cond{w.s.Or(a.f, b.f), func(p point) Truth { return max(a.eval(p), b.eval(p)) }, "(" + a.text + " || " + b.text + ")"}
		}
		return a
	}
	v := rapid.IntRange(0, 3).Draw(w.t, "v")
	switch rapid.IntRange(0, 7).Draw(w.t, "atom") {
	case 0:
		return cond{w.s.Known(Var(v)), func(p point) Truth { return is(p[v].Known, true) }, fmt.Sprintf("known(v%d)", v)}
	case 1:
		bit := rapid.IntRange(0, 1).Draw(w.t, "bit")
		return cond{w.s.Flag(Var(w.flags), bit), func(p point) Truth { return is(p[w.flags].V>>bit&1 == 1, p[w.flags].Known) }, fmt.Sprint("bit", bit)}
	case 2:
		v %= 3
		at := rapid.Int64Range(-4, 6).Draw(w.t, "at")
		return cond{w.s.Among(Var(v), []int64{at, at + 1}, func(x int64) bool { return x == at }), func(p point) Truth { return is(p[v].V == at, p[v].Known) }, fmt.Sprintf("v%d==%d", v, at)}
	}
	n := w.number(rapid.IntRange(0, 2).Draw(w.t, "deep"))
	k := rapid.Int64Range(-6, 6).Draw(w.t, "k")
	rel := rapid.SampledFrom([]Relation{AtMostZero, AtMostZero, IsZero}).Draw(w.t, "rel")
	sum, _ := w.s.Plus(w.s.Fixed(k), 1, n.n)
	return cond{w.s.Compare(sum, rel), func(p point) Truth {
		x, known := n.eval(p)
		return is(rel == IsZero && x+k == 0 || rel == AtMostZero && x+k <= 0, known)
	}, fmt.Sprintf("%s+%d rel %d", n.text, k, rel)}
}

func met(w Want, t Truth) bool {
	switch w {
	case IsYes:
		return t == Yes
	case NotNo:
		return t != No
	case NotYes:
		return t != Yes
	}
	return t == No
}

// any tries every point.
func (w *world) any(open []bool, meets func(point) bool) bool {
	p := make(point, len(w.lo))
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(p) {
			return meets(p)
		}
		if p[i] = (Value{}); open[i] && try(i+1) {
			return true
		}
		for v := w.lo[i]; v <= w.hi[i]; v++ {
			if p[i] = (Value{V: v, Known: true}); try(i + 1) {
				return true
			}
		}
		return false
	}
	return try(0)
}

func TestAnAnswerIsThatOfTryingEveryPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		open := make([]bool, len(w.lo))
		for i := range open {
			open[i] = w.s.MayBeUnknown(Var(i))
		}
		var conds []cond
		for range rapid.IntRange(1, 5).Draw(t, "conditions") {
			conds = append(conds, w.cond(rapid.IntRange(0, 4).Draw(t, "depth")))
		}
		for range 6 {
			var goals []Goal
			var of []int
			for range rapid.IntRange(1, 4).Draw(t, "goals") {
				i := rapid.IntRange(0, len(conds)-1).Draw(t, "of")
				of = append(of, i)
				goals = append(goals, Goal{Of: conds[i].f, Want: Want(rapid.IntRange(0, 3).Draw(t, "want"))})
			}
			meets := func(p point) bool {
				for i, g := range goals {
					if !met(g.Want, conds[of[i]].eval(p)) {
						return false
					}
				}
				return true
			}
			ask := w.s.Seek
			if rapid.Bool().Draw(t, "few") {
				ask = w.s.SeekFew
			}
			got := ask(goals...)
			said := ""
			for i, g := range goals {
				said += fmt.Sprintf("\nwant %d of %s", g.Want, conds[of[i]].text)
			}
			switch want := w.any(open, meets); {
			case got.Open:
				t.Fatalf("not decided%s", said)
			case got.Found != want:
				t.Fatalf("got %v, want %v%s\nbounds %v %v open %v", got.Found, want, said, w.lo, w.hi, open)
			case got.Found && !meets(got.Point):
				t.Fatalf("%v does not meet%s", got.Point, said)
			}
			for i, v := range got.Point {
				if v.Known && (v.V < w.lo[i] || v.V > w.hi[i]) || !v.Known && !open[i] {
					t.Fatalf("%v is out of bounds", got.Point)
				}
			}
		}
	})
}
