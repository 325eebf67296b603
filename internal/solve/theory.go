package solve

import "slices"

// What the theory says of needs.
type state uint8

const (
	possible state = iota
	impossible
	tooLong
)

// theory looks for numbers in these ranges that meet every need. Sums are solved
// exactly (see sums); where a function or a hole in a range is missed, the range
// of a number it is made of is cut in two, and both are tried.
func (s *Space) theory(needs []need, ranges []stretch) (map[Var]int64, state) {
	t := &theory{s: s, needs: needs, ranges: ranges, nums: s.inUse[:0], left: theorySteps}
	defer func() { s.steps += cutCost * (theorySteps - t.left) }()
	if len(s.boxes) != len(s.nums) {
		s.boxes, s.used = make([]Range, len(s.nums)), make([]bool, len(s.nums))
	}
	boxes, used := s.boxes, s.used
	clear(boxes)
	clear(used)
	var use func(a Number) bool
	use = func(a Number) bool {
		for _, x := range a.terms {
			if used[x.n] {
				continue
			}
			used[x.n] = true
			t.nums = append(t.nums, x.n)
			n := &s.nums[x.n]
			boxes[x.n] = Range{n.lo, n.hi}
			if n.fn != nil {
				if !use(n.a) || !use(n.b) {
					return false
				}
				continue
			}
			r := ranges[n.v].ranges
			if len(r) == 0 {
				return false
			}
			boxes[x.n] = Range{r[0].Lo, r[len(r)-1].Hi}
		}
		return true
	}
	cons := s.cons[:0]
	for _, n := range needs {
		if !use(n.a.need) {
			return nil, impossible
		}
		switch {
		case n.a.rel == IsZero && n.holds:
			cons = append(cons, n.a.need, negative(n.a.need, 0))
		case n.a.rel == IsZero:
			t.unequal = append(t.unequal, n.a.need)
		case n.holds:
			cons = append(cons, n.a.need)
		default:
			cons = append(cons, negative(n.a.need, 1))
		}
	}
	slices.Sort(t.nums)
	s.cons, s.inUse = cons, t.nums // their room serves the next
	return t.solve(cons, boxes)
}

// theorySteps is how many times the theory may cut before it gives up.
const theorySteps = 1000

// cutCost is how many steps of a question one cut counts for.
const cutCost = 10

type theory struct {
	s       *Space
	needs   []need
	ranges  []stretch // by Var
	unequal []Number
	nums    []int // those in use
	left    int
}

// negative returns -a + k, so that not a ≤ 0 is -a + 1 ≤ 0.
func negative(a Number, k int64) Number {
	out := Number{k: k - a.k, reads: a.reads, terms: make([]term, len(a.terms))}
	for i, x := range a.terms {
		out.terms[i] = term{x.n, -x.c}
	}
	return out
}

// solve meets cons, all at most zero, in the boxes.
func (t *theory) solve(cons []Number, boxes []Range) (map[Var]int64, state) {
	if t.left--; t.left < 0 {
		return nil, tooLong
	}
	if !t.tighten(cons, boxes) {
		return nil, impossible
	}
	all := cons
	for _, n := range t.nums {
		if fn := t.s.nums[n].fn; fn != nil && fn.Cuts != nil {
			x := &t.s.nums[n]
			all = append(all[:len(all):len(all)], fn.Cuts(Number{terms: []term{{n, 1}}}, x.a, x.b, t.span(x.a, boxes), t.span(x.b, boxes))...)
		}
	}
	at, state := sums(all, t.nums, boxes)
	if state == impossible {
		return nil, impossible
	}
	return t.mend(cons, boxes, at, state)
}

// mend looks at what the sums propose, and cuts where it misses something.
func (t *theory) mend(cons []Number, boxes []Range, at []int64, found state) (map[Var]int64, state) {
	if found == possible {
		if out, ok := t.checked(at); ok {
			return out, possible
		}
		for _, a := range t.unequal {
			if t.at(a, at) == 0 {
				return t.either(func(first bool) (map[Var]int64, state) {
					side := negative(a, 1)
					if first {
						side = negative(negative(a, 0), 1)
					}
					return t.solve(append(slices.Clone(cons), side), slices.Clone(boxes))
				})
			}
		}
	}
	n, cut := t.where(boxes, at, found)
	if n < 0 {
		return nil, max(impossible, found)
	}
	low := found != possible || at[n] <= cut
	return t.either(func(first bool) (map[Var]int64, state) {
		b := slices.Clone(boxes)
		if first == low {
			b[n].Hi = cut
		} else {
			b[n].Lo = cut + 1
		}
		return t.solve(cons, b)
	})
}

// either tries two ways.
func (t *theory) either(try func(first bool) (map[Var]int64, state)) (map[Var]int64, state) {
	at, one := try(true)
	if one == possible {
		return at, one
	}
	at, two := try(false)
	if two == possible {
		return at, two
	}
	return nil, max(one, two)
}

// at computes a number where functions are what the sums made of them.
func (t *theory) at(a Number, at []int64) int64 {
	v := a.k
	for _, x := range a.terms {
		v += x.c * at[x.n]
	}
	return v
}

// checked reports whether the fields of a proposal meet every need for true.
func (t *theory) checked(at []int64) (map[Var]int64, bool) {
	out := map[Var]int64{}
	for _, n := range t.nums {
		if x := &t.s.nums[n]; x.fn == nil {
			out[x.v] = at[n]
			if !slices.ContainsFunc(t.ranges[x.v].ranges, func(r Range) bool { return at[n] >= r.Lo && at[n] <= r.Hi }) {
				return nil, false
			}
		}
	}
	of := func(v Var) int64 { return out[v] }
	for _, n := range t.needs {
		if n.a.rel.holds(t.s.value(n.a.need, of)) != n.holds {
			return nil, false
		}
		for _, v := range n.a.reads { // what fell out of a sum may be anything
			if _, ok := out[v]; !ok {
				out[v] = t.ranges[v].ranges[0].Lo
			}
		}
	}
	return out, true
}

// where picks a field and the value after which to cut it: at a hole that the
// proposal fell into, else in the middle of the widest that a function reads; -1
// where nothing is left to cut.
func (t *theory) where(boxes []Range, at []int64, found state) (n int, cut int64) {
	n = -1
	width := uint64(0)
	for _, i := range t.nums {
		x := &t.s.nums[i]
		if x.fn != nil {
			continue
		}
		if found == possible {
			ranges := t.ranges[x.v].ranges
			for k := range len(ranges) - 1 {
				if hole := at[i]; hole > ranges[k].Hi && hole < ranges[k+1].Lo {
					return i, hole
				}
			}
		}
		if w := uint64(boxes[i].Hi - boxes[i].Lo); w > width && (found != possible || t.inFunction(x.v)) {
			n, width = i, w
		}
	}
	if n < 0 {
		return n, 0
	}
	return n, boxes[n].Lo + (boxes[n].Hi-boxes[n].Lo)/2
}

func (t *theory) inFunction(v Var) bool {
	return slices.ContainsFunc(t.nums, func(n int) bool { return t.s.nums[n].fn != nil && slices.Contains(t.s.nums[n].deps, v) })
}

func (t *theory) span(a Number, boxes []Range) Range {
	r := Range{a.k, a.k}
	for _, x := range a.terms {
		r = r.plus(x.c, boxes[x.n])
	}
	return r
}

// tighten takes from the boxes what cannot be, for some rounds; false when one is
// empty.
func (t *theory) tighten(cons []Number, boxes []Range) bool {
	for range 8 {
		changed := false
		for _, n := range t.nums {
			x := &t.s.nums[n]
			if x.fn != nil {
				r := x.fn.Bounds(t.span(x.a, boxes), t.span(x.b, boxes))
				if r.Lo > boxes[n].Lo || r.Hi < boxes[n].Hi {
					boxes[n] = Range{max(r.Lo, boxes[n].Lo), min(r.Hi, boxes[n].Hi)}
					changed = true
				}
			} else { // the ends lie in a range, not in a hole
				for _, r := range t.ranges[x.v].ranges {
					if boxes[n].Lo <= r.Hi {
						boxes[n].Lo = max(boxes[n].Lo, r.Lo)
						break
					}
				}
				for _, r := range slices.Backward(t.ranges[x.v].ranges) {
					if boxes[n].Hi >= r.Lo {
						boxes[n].Hi = min(boxes[n].Hi, r.Hi)
						break
					}
				}
			}
			if boxes[n].Lo > boxes[n].Hi {
				return false
			}
		}
		for _, c := range cons {
			all := t.span(c, boxes)
			if all.Lo > 0 {
				return false
			}
			if all.Lo <= -far || all.Hi >= far {
				continue
			}
			for _, x := range c.terms {
				changed = cutBy(x, all, &boxes[x.n]) || changed
				if boxes[x.n].Lo > boxes[x.n].Hi {
					return false
				}
			}
		}
		if !changed {
			break
		}
	}
	return true
}

// cutBy takes from the range of one term what makes a sum, at most zero, too much.
// The sum runs over all; a range that was cut meanwhile only makes it sharper.
func cutBy(x term, all Range, r *Range) bool {
	if x.c > 0 { // c·v ≤ -(rest), rest = all.Lo - c·lo
		if most := floorDiv(x.c*r.Lo-all.Lo, x.c); most < r.Hi {
			r.Hi = most
			return true
		}
		return false
	}
	if least := ceilDiv(x.c*r.Hi-all.Lo, x.c); least > r.Lo {
		r.Lo = least
		return true
	}
	return false
}
