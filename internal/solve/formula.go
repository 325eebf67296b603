package solve

import (
	"fmt"
	"slices"
)

type kind uint8

const (
	isTruth kind = iota
	isAtom
	isNot
	isAnd
)

// A Formula is a condition.
type Formula struct {
	kind  kind
	a, b  *Formula
	truth Truth
	atom  int
	boxes [4][]box // by Want, once asked
	asked [4]bool
	gate  int     // its cell, 0 for none
	alone []alone // of its boxes at which it holds
}

// An atom is a comparison, of one number by its cells or of several.
type atom struct {
	reads []Var
	cell  int // place among all cells: a Var, or after those a comparison of several

	// of one number
	known bool
	holds func(int64) bool

	// of several
	many   bool
	need   Number
	rel    Relation
	flag   bool // a bit of flags, which asks nothing of numbers
	bit    int
	broken bool // its numbers do not fit
}

// A Relation holds a number against zero.
type Relation uint8

// The relations.
const (
	AtMostZero Relation = iota
	IsZero
)

// Constant returns a condition that is always this.
func (s *Space) Constant(t Truth) *Formula { return &Formula{kind: isTruth, truth: t} }

// Not turns a condition round.
func (s *Space) Not(a *Formula) *Formula { return &Formula{kind: isNot, a: a} }

// And is the least of two.
func (s *Space) And(a, b *Formula) *Formula { return &Formula{kind: isAnd, a: a, b: b} }

// Or is the greatest of two.
func (s *Space) Or(a, b *Formula) *Formula { return s.Not(s.And(s.Not(a), s.Not(b))) }

func (s *Space) atomOf(a atom) *Formula {
	s.atoms = append(s.atoms, a)
	return &Formula{kind: isAtom, atom: len(s.atoms) - 1}
}

// Known asks whether a number is known. It is never unknown.
func (s *Space) Known(v Var) *Formula { return s.atomOf(atom{reads: []Var{v}, known: true}) }

// Among asks of one number whether holds says yes; turns lists every value at
// which it may say otherwise than just before.
func (s *Space) Among(v Var, turns []int64, holds func(int64) bool) *Formula {
	for _, t := range turns {
		s.cut(v, t)
	}
	return s.atomOf(atom{reads: []Var{v}, holds: holds})
}

func (s *Space) cut(v Var, at int64) {
	f := &s.vars[v]
	if at <= f.lo || at > f.hi {
		return
	}
	if i, ok := slices.BinarySearch(f.cuts, at); !ok {
		s.unsealed()
		f.cuts = slices.Insert(f.cuts, i, at)
	}
}

// unsealed panics after the first question: the cells of its boxes would no longer
// be those of the numbers.
func (s *Space) unsealed() {
	if s.sealed {
		panic("solve: a comparison was added to the space after its first question")
	}
}

// Flag asks for one bit of flags.
func (s *Space) Flag(v Var, bit int) *Formula {
	return s.manyOf(fmt.Sprintf("flag %d %d", v, bit), atom{reads: []Var{v}, flag: true, bit: bit})
}

func (s *Space) manyOf(key string, a atom) *Formula {
	i, ok := s.keys[key]
	if !ok {
		s.unsealed()
		a.many = true
		i = s.atomOf(a).atom
		s.keys[key] = i
	}
	return &Formula{kind: isAtom, atom: i}
}

// Compare holds a number against zero.
func (s *Space) Compare(a Number, rel Relation) *Formula {
	turned := false
	if rel == AtMostZero && len(a.terms) > 0 && a.terms[0].c < 0 { // x ≤ 0 is not -x+1 ≤ 0
		if b, ok := s.Plus(Number{k: 1, reads: a.reads}, -1, a); ok {
			a, turned = b, true
		}
	} else if rel == IsZero && len(a.terms) > 0 && a.terms[0].c < 0 {
		if b, ok := s.Plus(Number{reads: a.reads}, -1, a); ok {
			a = b
		}
	}
	f := s.compare(a, rel)
	if turned {
		return s.Not(f)
	}
	return f
}

func (s *Space) compare(a Number, rel Relation) *Formula {
	g := uint64(0)
	for _, t := range a.terms {
		g = gcd(g, magnitude(t.c))
	}
	if g > 1 && g < far {
		d := int64(g)
		if rel == IsZero && a.k%d != 0 {
			a = Number{k: 1, reads: a.reads}
		} else {
			b := Number{k: ceilDiv(a.k, d), reads: a.reads}
			for _, t := range a.terms {
				b.terms = append(b.terms, term{t.n, t.c / d})
			}
			a = b
		}
	}
	if r := s.within(a, func(v Var) Range { return Range{s.vars[v].lo, s.vars[v].hi} }); r.Lo <= -far || r.Hi >= far {
		return s.Beyond(a.reads, fmt.Sprintf("%d %v %d", a.k, a.terms, rel))
	}
	if len(a.reads) == 1 {
		if turns, ok := s.turns(a, rel); ok {
			v := a.reads[0]
			return s.Among(v, turns, func(x int64) bool { return rel.holds(s.value(a, func(Var) int64 { return x })) })
		}
	}
	if len(a.reads) == 0 {
		if rel.holds(a.k) {
			return s.Constant(Yes)
		}
		return s.Constant(No)
	}
	return s.manyOf(fmt.Sprintf("%d %v %d %v", a.k, a.terms, rel, a.reads), atom{reads: a.reads, need: a, rel: rel})
}

// Beyond is a comparison of these numbers that the space cannot hold: no goal that
// rests on it is ever decided.
func (s *Space) Beyond(reads []Var, key string) *Formula {
	return s.manyOf("beyond "+key, atom{reads: reads, broken: true})
}

func (r Relation) holds(v int64) bool { return r == AtMostZero && v <= 0 || r == IsZero && v == 0 }

// maxPieces is into how many pieces a comparison may cut one number.
const maxPieces = 1024

// turns returns where a comparison of one number turns; false when too often.
func (s *Space) turns(a Number, rel Relation) ([]int64, bool) {
	f := &s.vars[a.reads[0]]
	var list []int64
	last, have := false, false
	pieces := 0
	var walk func(lo, hi int64) bool
	walk = func(lo, hi int64) bool {
		pieces++
		if pieces > 64*maxPieces {
			return false
		}
		r := s.within(a, func(Var) Range { return Range{lo, hi} })
		yes := rel == AtMostZero && r.Hi <= 0 || rel == IsZero && r.Lo == 0 && r.Hi == 0
		no := r.Lo > 0 || rel == IsZero && r.Hi < 0
		if lo == hi && !yes && !no {
			yes = rel.holds(s.value(a, func(Var) int64 { return lo }))
			no = !yes
		}
		switch {
		case yes || no:
			if have && yes != last {
				list = append(list, lo)
			}
			last, have = yes, true
			return len(list) <= maxPieces
		}
		mid := lo + (hi-lo)/2
		return walk(lo, mid) && walk(mid+1, hi)
	}
	return list, walk(f.lo, f.hi)
}
