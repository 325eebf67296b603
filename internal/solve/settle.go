package solve

import "slices"

// settle finds the numbers of a domain that lies outside every box: it decides
// what comparisons of several numbers are left open, and asks the numbers.
func (s *Space) settle(d domain) []Value {
	for _, i := range s.several {
		a := &s.atoms[i]
		switch set := d[s.at[a.cell]]; set {
		case cellUnknown | cellNo, cellUnknown | cellYes:
			order := []uint64{set &^ cellUnknown, cellUnknown}
			if s.few {
				order[0], order[1] = order[1], order[0]
			}
			for _, one := range order {
				if point := s.searchWith(d, side{a.cell, []uint64{one}}); point != nil {
					return point
				}
			}
			return nil
		case cellUnknown:
			if point, done := s.settleUnknown(d, a); done {
				return point
			}
		}
	}
	return s.ask(d)
}

// settleUnknown makes one of the numbers unknown where none is yet.
func (s *Space) settleUnknown(d domain, a *atom) (point []Value, done bool) {
	for _, v := range a.reads {
		if set := s.side(d, int(v)); set[0]&1 == 1 && size(set) == 1 {
			return nil, false
		}
	}
	for _, v := range a.reads {
		if s.side(d, int(v))[0]&1 == 0 {
			continue
		}
		none := make([]uint64, s.words(int(v)))
		none[0] = 1
		if point := s.searchWith(d, side{int(v), none}); point != nil {
			return point, true
		}
	}
	return nil, true
}

func (s *Space) searchWith(d domain, x side) []Value {
	e := s.copied(d)
	s.keep(e, x)
	point := s.search(e, nil)
	s.give(e)
	return point
}

// ask holds what the comparisons of several numbers are against the numbers
// themselves, and writes the point.
func (s *Space) ask(d domain) []Value {
	needs := s.needs[:0]
	for _, i := range s.several {
		a := &s.atoms[i]
		set := d[s.at[a.cell]]
		if set != cellNo && set != cellYes || a.flag {
			continue
		}
		if a.broken {
			s.open = true
			return nil
		}
		needs = append(needs, need{a, set == cellYes})
	}
	s.needs = needs // its room serves the next
	ranges := s.ranges(d, needs)
	at, state := s.theory(needs, ranges)
	switch state {
	case impossible:
		s.learn(needs, ranges)
		return nil
	case tooLong:
		s.open = true
		return nil
	}
	return s.point(d, at)
}

// A need is a comparison of several numbers that must hold, or must not.
type need struct {
	a     *atom
	holds bool
}

// A stretch is what is left of one number: ranges in order, and the cells they
// came from.
type stretch struct {
	asked  bool // a comparison of several numbers reads it
	whole  bool
	ranges []Range
	cells  []uint64
}

// ranges returns of each number that is needed what the domain leaves of it. What
// comes back lasts until the next call.
func (s *Space) ranges(d domain, needs []need) []stretch {
	out := s.stretches
	if out == nil {
		out = make([]stretch, len(s.vars))
		s.stretches = out
	}
	for i := range out {
		out[i].asked = false
	}
	for _, n := range needs {
		for _, v := range n.a.reads {
			if !out[v].asked {
				s.stretch(&out[v], d, v)
			}
		}
	}
	return out
}

func (s *Space) stretch(x *stretch, d domain, v Var) {
	f := &s.vars[v]
	x.asked, x.whole, x.ranges = true, true, x.ranges[:0]
	x.cells = append(x.cells[:0], s.side(d, int(v))...)
	for i, lo := range f.cuts {
		if x.cells[(i+1)/64]>>((i+1)%64)&1 == 0 {
			x.whole = false
			continue
		}
		hi := f.hi
		if i+1 < len(f.cuts) {
			hi = f.cuts[i+1] - 1
		}
		if n := len(x.ranges); n > 0 && x.ranges[n-1].Hi == lo-1 {
			x.ranges[n-1].Hi = hi
		} else {
			x.ranges = append(x.ranges, Range{lo, hi})
		}
	}
}

// learn keeps the smallest part of a contradiction as a box in which no point lies.
func (s *Space) learn(needs []need, ranges []stretch) {
	for i := 0; i < len(needs) && len(needs) > 1; {
		less := slices.Concat(needs[:i], needs[i+1:])
		if _, state := s.theory(less, ranges); state == impossible {
			needs = less
		} else {
			i++
		}
	}
	var b box
	for v := range len(s.vars) {
		x := ranges[v]
		if !x.asked || x.whole || !reads(needs, Var(v)) {
			continue
		}
		ranges[v].ranges = []Range{{s.vars[v].lo, s.vars[v].hi}}
		if _, state := s.theory(needs, ranges); state == impossible {
			continue
		}
		ranges[v] = x
		b = append(b, side{v, slices.Clone(x.cells)})
	}
	for _, i := range s.several {
		for _, n := range needs {
			if n.a == &s.atoms[i] {
				set := uint64(cellNo)
				if n.holds {
					set = cellYes
				}
				b = append(b, side{n.a.cell, []uint64{set}})
			}
		}
	}
	s.lemmas = append(s.lemmas, b)
}

func reads(needs []need, v Var) bool {
	for _, n := range needs {
		for _, r := range n.a.reads {
			if r == v {
				return true
			}
		}
	}
	return false
}

// point picks a value for every number.
func (s *Space) point(d domain, at map[Var]int64) []Value {
	out := make([]Value, len(s.vars))
	for i := range s.vars {
		f := &s.vars[i]
		if v, ok := at[Var(i)]; ok {
			out[i] = Value{v, true}
			continue
		}
		set := s.side(d, i)
		if s.few && set[0]&1 == 1 {
			continue
		}
		for c, lo := range f.cuts {
			if set[(c+1)/64]>>((c+1)%64)&1 == 1 {
				out[i] = Value{lo, true}
				break
			}
		}
	}
	for _, i := range s.several {
		if a := &s.atoms[i]; a.flag && out[a.reads[0]].Known && d[s.at[a.cell]] == cellYes {
			out[a.reads[0]].V |= 1 << a.bit
		}
	}
	return out
}
