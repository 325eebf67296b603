package solve

import "slices"

// Meet reports whether both conditions can hold at one point; sure is false where
// only Seek can tell. It is for many pairs of conditions.
func (s *Space) Meet(a, b *Formula) (meets, sure bool) {
	s.seal()
	sure = true
	x, y := s.boxesOf(a, IsYes), s.boxesOf(b, IsYes)
	for i := range x {
		for j := range y {
			switch {
			case !x[i].touches(y[j]):
			case s.apart(a, x, i, b, y, j):
				return true, true
			default:
				sure = false
			}
		}
	}
	return false, sure
}

// Simple answers whether a comparison of one number can be as wanted; sure is
// false for every other condition.
func (s *Space) Simple(f *Formula, w Want) (can, sure bool) {
	s.seal()
	if f.kind != isAtom || s.atoms[f.atom].many {
		return false, false
	}
	return len(s.boxesOf(f, w)) > 0, true
}

// An alone is what is known of one box by itself.
type alone struct {
	asked bool
	holds bool  // a point lies in it
	reads []Var // by its comparisons of several numbers
}

// apart reports whether two boxes that touch must have a point in common: each
// has points, and what compares several numbers in one reads nothing that the
// other speaks of.
func (s *Space) apart(a *Formula, x []box, i int, b *Formula, y []box, j int) bool {
	one, two := s.alone(a, x, i), s.alone(b, y, j)
	return one.holds && two.holds && !s.speaks(y[j], two, one.reads) && !s.speaks(x[i], one, two.reads)
}

func (s *Space) speaks(b box, own *alone, of []Var) bool {
	for _, v := range of {
		if slices.Contains(own.reads, v) || slices.ContainsFunc(b, func(x side) bool { return x.cell == int(v) }) {
			return true
		}
	}
	return false
}

// alone looks at one box of a condition, once.
func (s *Space) alone(f *Formula, list []box, i int) *alone {
	if f.alone == nil {
		f.alone = make([]alone, len(list))
	}
	k := &f.alone[i]
	if k.asked {
		return k
	}
	k.asked = true
	plain := true
	for _, x := range list[i] {
		if x.cell < len(s.vars) {
			continue
		}
		plain = false
		if x.cell >= s.firstGate { // it stands for anything
			return k
		}
	}
	if k.holds = plain; plain {
		return k
	}
	for _, n := range s.several {
		if a := &s.atoms[n]; slices.ContainsFunc(list[i], func(x side) bool { return x.cell == a.cell }) {
			k.reads = union(k.reads, a.reads)
		}
	}
	d := s.everything()
	for _, x := range list[i] {
		s.keep(d, x)
	}
	s.steps, s.open = 0, false
	k.holds = s.search(d, nil) != nil
	s.give(d)
	s.spent += s.steps
	return k
}
