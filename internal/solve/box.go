package solve

import (
	"cmp"
	"math/bits"
	"slices"
)

// A side is the set of cells that a box leaves one number, as bits: bit 0 is
// unknown. Of a comparison of several numbers bit 1 is no, bit 2 yes.
type side struct {
	cell int
	set  []uint64
}

// A box is what each of some numbers must be, in the order of the cells. An empty
// box holds everything.
type box []side

func (s *side) empty() bool {
	for _, w := range s.set {
		if w != 0 {
			return false
		}
	}
	return true
}

// meet returns the box in which both hold, and false when there is none.
func (b box) meet(c box) (box, bool) {
	out := make(box, 0, len(b)+len(c))
	for i, j := 0, 0; i < len(b) || j < len(c); {
		switch {
		case j == len(c) || i < len(b) && b[i].cell < c[j].cell:
			out = append(out, b[i])
			i++
		case i == len(b) || c[j].cell < b[i].cell:
			out = append(out, c[j])
			j++
		default:
			set := make([]uint64, len(b[i].set))
			for k := range set {
				set[k] = b[i].set[k] & c[j].set[k]
			}
			both := side{b[i].cell, set}
			if both.empty() {
				return nil, false
			}
			out = append(out, both)
			i, j = i+1, j+1
		}
	}
	return out, true
}

// touches reports whether b and c have cells in common.
func (b box) touches(c box) bool {
	for i, j := 0, 0; i < len(b) && j < len(c); {
		switch {
		case b[i].cell < c[j].cell:
			i++
		case c[j].cell < b[i].cell:
			j++
		default:
			both := false
			for k, w := range b[i].set {
				both = both || w&c[j].set[k] != 0
			}
			if !both {
				return false
			}
			i, j = i+1, j+1
		}
	}
	return true
}

// within reports whether every point of b lies in c.
func (b box) within(c box) bool {
	i := 0
	for _, want := range c {
		for i < len(b) && b[i].cell < want.cell {
			i++
		}
		if i == len(b) || b[i].cell != want.cell {
			return false
		}
		for k, w := range b[i].set {
			if w&^want.set[k] != 0 {
				return false
			}
		}
	}
	return true
}

// lean leaves out boxes that lie in another.
func lean(list []box) []box {
	if len(list) > 200 {
		return list
	}
	slices.SortStableFunc(list, func(a, b box) int { return cmp.Compare(len(a), len(b)) })
	out := list[:0]
	for _, b := range list {
		if !slices.ContainsFunc(out, func(c box) bool { return b.within(c) }) {
			out = append(out, b)
		}
	}
	return out
}

// most is how many boxes two parts may make together; beyond it a part becomes a
// cell of its own.
const most = 64

// boxesOf returns boxes that together hold the points at which f is as wanted.
func (s *Space) boxesOf(f *Formula, w Want) []box {
	if f.asked[w] {
		return f.boxes[w]
	}
	var list []box
	switch f.kind {
	case isTruth:
		if w.takes(f.truth) {
			list = []box{{}}
		}
	case isNot:
		list = s.boxesOf(f.a, w.mirrored())
	case isAtom:
		if one := (box{s.sideOf(&s.atoms[f.atom], w)}); !one[0].empty() {
			list = []box{one}
		}
	default:
		a, b := s.boxesOf(f.a, w), s.boxesOf(f.b, w)
		if w == NotYes || w == IsNo {
			list = lean(slices.Concat(a, b))
			break
		}
		if len(a)*len(b) > most {
			a, b = s.gated(f.a, w, a), s.gated(f.b, w, b)
		}
		for _, x := range a {
			for _, y := range b {
				if z, ok := x.meet(y); ok {
					list = append(list, z)
				}
			}
		}
		list = lean(list)
	}
	f.boxes[w], f.asked[w] = list, true
	return list
}

func (w Want) takes(t Truth) bool {
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

// sideOf returns the cells of an atom at which it is as wanted.
func (s *Space) sideOf(a *atom, w Want) side {
	if a.many {
		set := uint64(0)
		for i, t := range []Truth{Unknown, No, Yes} {
			if w.takes(t) {
				set |= 1 << i
			}
		}
		return side{a.cell, []uint64{set}}
	}
	v := int(a.reads[0])
	set := make([]uint64, s.words(v))
	if f := &s.vars[v]; f.open && (a.known && w.takes(No) || !a.known && w.takes(Unknown)) {
		set[0] = 1
	}
	for i, c := range s.vars[v].cuts {
		t := Yes
		if !a.known && !a.holds(c) {
			t = No
		}
		if w.takes(t) {
			set[(i+1)/64] |= 1 << ((i + 1) % 64)
		}
	}
	return side{v, set}
}

// words returns how many machine words the cells of a place take.
func (s *Space) words(cell int) int {
	if cell >= len(s.vars) {
		return 1
	}
	return (len(s.vars[cell].cuts) + 64) / 64
}

// gated returns the one box that says that f is as wanted, by a cell of its own
// for f: a gate.
func (s *Space) gated(f *Formula, w Want, list []box) []box {
	if len(list) <= 1 {
		return list
	}
	if f.gate == 0 {
		s.gates = append(s.gates, f)
		f.gate = s.newCell()
	}
	return []box{{s.sideOf(&atom{many: true, cell: f.gate}, w)}}
}

func size(set []uint64) (n int) {
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}
