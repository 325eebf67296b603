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
	out := s.out[:0]
	for _, g := range goals[1:] {
		out = append(out, s.boxesOf(g.Of, g.Want.not())...)
	}
	from := s.boxesOf(goals[0].Of, goals[0].Want)
	out = s.defined(from, out)
	s.out = out // its room serves the next question
	for _, b := range from {
		d := s.everything()
		for _, x := range b {
			s.keep(d, x)
		}
		point := s.search(d, out)
		s.give(d)
		if point != nil {
			return Answer{Found: true, Point: point}
		}
	}
	return Answer{Open: s.open}
}

// defined adds to out what the gates in these boxes, and in their own, mean.
func (s *Space) defined(from, out []box) []box {
	if len(s.gates) == 0 {
		return out
	}
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
	if len(s.all) == s.size {
		return s.copied(s.all)
	}
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
	s.all = d
	return s.copied(d)
}

// copied returns a copy of a domain, in room that was given back where there is any.
func (s *Space) copied(d domain) domain {
	if n := len(s.spare); n > 0 {
		e := s.spare[n-1]
		s.spare = s.spare[:n-1]
		return append(e[:0], d...)
	}
	return slices.Clone(d)
}

// give takes back a domain that nobody looks at any more.
func (s *Space) give(d domain) { s.spare = append(s.spare, d) }

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
	mark := len(s.live)
	defer func() { s.live = s.live[:mark] }()
	out, ok := s.narrow(d, out)
	if !ok {
		return nil
	}
	if len(out) == 0 {
		return s.settle(d)
	}
	x := s.split(d, out)
	left := s.copied(d)
	s.drop(left, x)
	point := s.search(left, out)
	s.give(left)
	if point != nil {
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
		for i := range b {
			if _, parts := s.parts(d, &b[i]); parts {
				if n++; here.cell < 0 {
					here = b[i]
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
func (s *Space) parts(d domain, x *side) (meets, leaves bool) {
	set := d[s.at[x.cell]:]
	in, outside := uint64(0), uint64(0)
	for k, w := range x.set {
		in |= set[k] & w
		outside |= set[k] &^ w
	}
	return in != 0, outside != 0
}

// narrow takes from the domain what must go, and returns the boxes that are still
// to be left behind, on top of s.live; false when no point is left.
func (s *Space) narrow(d domain, out []box) ([]box, bool) {
	s.live = append(s.live, out...)
	out = s.live[len(s.live)-len(out):]
	for {
		again := false
		live := out[:0]
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
	free, way := 0, 0
	for i := range b {
		meets, leaves := s.parts(d, &b[i])
		if !meets {
			return apart, side{}
		}
		if leaves {
			free++
			way = i
		}
	}
	switch free {
	case 0:
		return inside, side{}
	case 1:
		return oneSide, b[way]
	}
	return across, side{}
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
