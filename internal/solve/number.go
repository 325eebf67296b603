package solve

import (
	"cmp"
	"fmt"
	"slices"
)

// A Number is a sum of numbers with fixed factors.
type Number struct {
	k     int64
	terms []term
	reads []Var // also those that fell out of the sum: unknown they make it unknown
}

// A term is a number with a factor.
type term struct {
	n int // of nums
	c int64
}

// A num is a field, or what a function makes of sums.
type num struct {
	v      Var // -1 for a function
	fn     *Function
	a, b   Number
	lo, hi int64
	deps   []Var
}

// A Function makes a number of two, and goes one way in each of them where the
// other stands still, or knows its own bounds.
type Function struct {
	Name   string
	Apply  func(a, b int64) int64
	Bounds func(a, b Range) Range // holds every value; exact for single values
	Cuts   func(t, a, b Number, ra, rb Range) []Number
}

// A Range is from Lo through Hi.
type Range struct{ Lo, Hi int64 }

// Fixed returns a fixed number.
func (s *Space) Fixed(k int64) Number { return Number{k: k} }

// Of returns the number of a field.
func (s *Space) Of(v Var) Number {
	return Number{terms: []term{{s.num(fmt.Sprint("v", v), num{v: v, lo: s.vars[v].lo, hi: s.vars[v].hi, deps: []Var{v}}), 1}}, reads: []Var{v}}
}

func (s *Space) num(key string, n num) int {
	i, ok := s.numKey[key]
	if !ok {
		i = len(s.nums)
		s.nums = append(s.nums, n)
		s.numKey[key] = i
	}
	return i
}

// Plus returns a + f·b, and false when a factor does not fit.
func (s *Space) Plus(a Number, f int64, b Number) (Number, bool) {
	out := Number{reads: union(a.reads, b.reads)}
	fk, ok := mul(f, b.k)
	if out.k = a.k + fk; !ok || !addFits(a.k, fk) {
		return Number{}, false
	}
	terms := slices.Clone(a.terms)
	for _, t := range b.terms {
		c, ok := mul(f, t.c)
		if !ok {
			return Number{}, false
		}
		i := slices.IndexFunc(terms, func(u term) bool { return u.n == t.n })
		if i < 0 {
			terms = append(terms, term{t.n, c})
			continue
		}
		if !addFits(terms[i].c, c) {
			return Number{}, false
		}
		terms[i].c += c
	}
	for _, t := range terms {
		if t.c != 0 {
			out.terms = append(out.terms, t)
		}
	}
	slices.SortFunc(out.terms, func(a, b term) int { return cmp.Compare(a.n, b.n) })
	return out, true
}

// Times returns a·b where one of them is fixed, and false where none is or the
// factor does not fit.
func (s *Space) Times(a, b Number) (Number, bool) {
	if len(a.terms) > 0 {
		a, b = b, a
	}
	if len(a.terms) > 0 {
		return Number{}, false
	}
	return s.Plus(Number{reads: a.reads}, a.k, b)
}

// Call returns what the function makes of a and b, within these bounds.
func (s *Space) Call(fn *Function, a, b Number, lo, hi int64) Number {
	reads := union(a.reads, b.reads)
	if len(a.terms) == 0 && len(b.terms) == 0 {
		return Number{k: fn.Apply(a.k, b.k), reads: reads}
	}
	key := fmt.Sprintf("%s(%d %v,%d %v)", fn.Name, a.k, a.terms, b.k, b.terms)
	n := s.num(key, num{v: -1, fn: fn, a: a, b: b, lo: lo, hi: hi, deps: union(s.deps(a), s.deps(b))})
	return Number{terms: []term{{n, 1}}, reads: reads}
}

// deps returns the fields that a number is made of.
func (s *Space) deps(a Number) (list []Var) {
	for _, t := range a.terms {
		list = union(list, s.nums[t.n].deps)
	}
	return list
}

func union(a, b []Var) []Var {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// value computes a number from the fields.
func (s *Space) value(a Number, of func(Var) int64) int64 {
	v := a.k
	for _, t := range a.terms {
		n := &s.nums[t.n]
		if n.v >= 0 {
			v += t.c * of(n.v)
		} else {
			v += t.c * n.fn.Apply(s.value(n.a, of), s.value(n.b, of))
		}
	}
	return v
}

// within bounds a number by the ranges of the fields.
func (s *Space) within(a Number, of func(Var) Range) Range {
	r := Range{a.k, a.k}
	for _, t := range a.terms {
		n := &s.nums[t.n]
		var x Range
		if n.v >= 0 {
			x = of(n.v)
		} else {
			x = n.fn.Bounds(s.within(n.a, of), s.within(n.b, of))
			x = Range{max(x.Lo, n.lo), min(x.Hi, n.hi)}
		}
		r = r.plus(t.c, x)
	}
	return r
}

// plus returns r + c·x, cut off far outside of what numbers can be.
func (r Range) plus(c int64, x Range) Range {
	lo, hi := capped(c, x.Lo), capped(c, x.Hi)
	if c < 0 {
		lo, hi = hi, lo
	}
	return Range{sum(r.Lo, lo), sum(r.Hi, hi)}
}
