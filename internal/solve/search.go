package solve

import "slices"

// seal gives the comparisons of several numbers their cells. Nothing may be added
// to the space after it.
func (s *Space) seal() {
	if s.sealed {
		return
	}
	s.sealed = true
	for i := range s.vars {
		s.at = append(s.at, s.size)
		s.size += s.words(i)
	}
	for i := range s.atoms {
		if s.atoms[i].many {
			s.atoms[i].cell = s.newCell()
			s.several = append(s.several, i)
		}
	}
	s.firstGate = len(s.at)
}

// newCell returns a new place of three outcomes.
func (s *Space) newCell() int {
	s.at = append(s.at, s.size)
	s.size++
	return len(s.at) - 1
}

// Seek looks for a point at which every goal is met. The first goal is where it
// starts.
func (s *Space) Seek(goals ...Goal) Answer { return s.seek(false, goals) }

// SeekFew is Seek for a point at which little is known.
func (s *Space) SeekFew(goals ...Goal) Answer { return s.seek(true, goals) }

func (s *Space) seek(few bool, goals []Goal) Answer {
	s.seal()
	s.steps, s.open, s.few = 0, false, few
	defer func() { s.spent += s.steps }()
	if s.spent > s.Total {
		return Answer{Open: true}
	}
	var out []box
	for _, g := range goals[1:] {
		out = append(out, s.boxesOf(g.Of, g.Want.not())...)
	}
	from := s.boxesOf(goals[0].Of, goals[0].Want)
	out = s.defined(from, out)
	for _, b := range from {
		d := s.everything()
		for _, x := range b {
			s.keep(d, x)
		}
		if point := s.search(d, out); point != nil {
			return Answer{Found: true, Point: point}
		}
	}
	return Answer{Open: s.open}
}

// defined adds to out what the gates in these boxes, and in their own, mean.
func (s *Space) defined(from, out []box) []box {
	var wait []int
	seen := map[int]bool{}
	note := func(list []box) {
		for _, b := range list {
			for _, x := range b {
				if x.cell >= s.firstGate && !seen[x.cell] {
					seen[x.cell] = true
					wait = append(wait, x.cell)
				}
			}
		}
	}
	note(from)
	note(out)
	for ; len(wait) > 0; wait = wait[1:] {
		f := s.gates[wait[0]-s.firstGate]
		for i, wants := range [][]Want{{IsYes, IsNo}, {NotNo}, {NotYes}} {
			is := box{{wait[0], []uint64{1 << i}}}
			for _, w := range wants {
				var not []box
				for _, b := range s.boxesOf(f, w) {
					both, _ := b.meet(is)
					not = append(not, both)
				}
				note(not)
				out = append(out, not...)
			}
		}
	}
	return out
}

// A domain holds for each place the cells that are left, place after place.
type domain []uint64

func (s *Space) side(d domain, cell int) []uint64 { return d[s.at[cell] : s.at[cell]+s.words(cell)] }

// everything is the domain from which nothing is taken.
func (s *Space) everything() domain {
	d := make(domain, s.size)
	for i := range s.at {
		if i >= len(s.vars) {
			d[s.at[i]] = 7
			continue
		}
		set := s.side(d, i)
		for c := range len(s.vars[i].cuts) {
			set[(c+1)/64] |= 1 << ((c + 1) % 64)
		}
		if s.vars[i].open {
			set[0] |= 1
		}
	}
	return d
}

func (s *Space) keep(d domain, x side) {
	set := d[s.at[x.cell]:]
	for k, w := range x.set {
		set[k] &= w
	}
}

func (s *Space) drop(d domain, x side) {
	set := d[s.at[x.cell]:]
	for k, w := range x.set {
		set[k] &^= w
	}
}

// search looks for a point of the domain outside every box. It keeps the domain
// for itself.
func (s *Space) search(d domain, out []box) []Value {
	if s.steps += 1 + len(out)/16; s.steps > s.Budget {
		s.open = true
		return nil
	}
	out, ok := s.narrow(d, out)
	if !ok {
		return nil
	}
	if len(out) == 0 {
		return s.settle(d)
	}
	x := s.split(d, out)
	left := slices.Clone(d)
	s.drop(left, x)
	if point := s.search(left, out); point != nil {
		return point
	}
	s.keep(d, x)
	return s.search(d, out)
}

// split picks the side on which to part the domain: of the box with the fewest
// sides left, and rather of one number than of several.
func (s *Space) split(d domain, out []box) (best side) {
	least := 1 << 30
	for _, b := range out {
		n, here := 0, side{cell: -1}
		for _, x := range b {
			if _, parts := s.parts(d, x); parts {
				if n++; here.cell < 0 {
					here = x
				}
			}
		}
		if n < least {
			least, best = n, here
		}
	}
	return best
}

// parts reports whether the domain has points in the side, and points outside it.
func (s *Space) parts(d domain, x side) (meets, leaves bool) {
	set := d[s.at[x.cell]:]
	for k, w := range x.set {
		meets = meets || set[k]&w != 0
		leaves = leaves || set[k]&^w != 0
	}
	return meets, leaves
}

// narrow takes from the domain what must go, and returns the boxes that are still
// to be left behind; false when no point is left.
func (s *Space) narrow(d domain, out []box) ([]box, bool) {
	for {
		again := false
		live := out[:0:0]
		for _, b := range out {
			state, x := s.stands(d, b)
			switch state {
			case inside:
				return nil, false
			case apart:
			case oneSide:
				s.drop(d, x)
				again = true
			default:
				live = append(live, b)
			}
		}
		out = live
		for _, b := range s.lemmas {
			switch state, x := s.stands(d, b); state {
			case inside:
				return nil, false
			case oneSide:
				s.drop(d, x)
				again = true
			}
		}
		changed, ok := s.couple(d)
		if !ok {
			return nil, false
		}
		if !again && !changed {
			return out, true
		}
	}
}

// How a domain stands to a box.
type standing uint8

const (
	apart   standing = iota // no point in it
	inside                  // every point in it
	oneSide                 // it can leave by one side only
	across
)

func (s *Space) stands(d domain, b box) (standing, side) {
	free := 0
	var way side
	for _, x := range b {
		meets, leaves := s.parts(d, x)
		if !meets {
			return apart, way
		}
		if leaves {
			free++
			way = x
		}
	}
	switch free {
	case 0:
		return inside, way
	case 1:
		return oneSide, way
	}
	return across, way
}

// What a comparison of several numbers can be.
const (
	cellUnknown = 1 << iota
	cellNo
	cellYes
)

// couple holds comparisons of several numbers against whether those are known.
func (s *Space) couple(d domain) (changed, ok bool) {
	for _, i := range s.several {
		a := &s.atoms[i]
		was := d[s.at[a.cell]]
		if was == cellUnknown|cellNo|cellYes { // nothing was asked of it
			continue
		}
		now := was
		doubt, last := 0, Var(-1)
		for _, v := range a.reads {
			set := s.side(d, int(v))
			if now&cellUnknown == 0 && set[0]&1 == 1 {
				set[0] &^= 1
				changed = true
			}
			if set[0]&1 == 1 {
				doubt++
				last = v
				if size(set) == 1 {
					now &= cellUnknown
				}
			} else if size(set) == 0 {
				return changed, false
			}
		}
		if doubt == 0 {
			now &^= cellUnknown
		}
		if now == 0 {
			return changed, false
		}
		if now == cellUnknown && doubt == 1 {
			if set := s.side(d, int(last)); size(set) > 1 {
				clear(set)
				set[0] = 1
				changed = true
			}
		}
		if now != was {
			d[s.at[a.cell]] = now
			changed = true
		}
	}
	return changed, true
}
