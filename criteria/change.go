package criteria

import (
	"cmp"
	"math/bits"
	"slices"
)

// A search looks for the smallest change of each rule of a row.
type search struct {
	p    *Program
	try  Row      // scratch
	room []Change // what was found, of all rules
}

// change returns the smallest change that turns the rule round. First one field
// is tried: of all fields the one that has to move least, as a share of its
// declared range; a choice moves its whole range, a list of choices word by word. Where no one field turns the
// rule, a change of several is built along the condition. What is unknown, and
// the day of the run, are left as they are.
func (s *search) change(r *ruleOf, row Row, now Truth) []Change {
	p, try := s.p, s.try
	var best Change
	found := false
	var room [16]int64
	copy(try, row)
	for i, f := range r.reads {
		if p.run[f] || !row[f].Known || !r.hangsOn(i, try, now) {
			continue
		}
		for _, v := range p.turns(room[:0], r.ofField[i], f, try) {
			c := Change{f, row[f], Cell{v, true}}
			if found && p.compareMoves(c, best) >= 0 {
				continue
			}
			try[f] = c.To
			if r.when.truth(try) == now.not() {
				best, found = c, true
			}
			try[f] = row[f]
		}
	}
	switch {
	case found:
		s.room = append(s.room, best)
		return s.room[len(s.room)-1 : len(s.room) : len(s.room)]
	case p.reach(r.when, try, now.not()) && r.when.truth(try) == now.not():
		spared(r, row, try, now)
		from := len(s.room)
		s.room = difference(s.room, row, try)
		return s.room[from:len(s.room):len(s.room)]
	}
	return p.wider(r, row, now)
}

// hangsOn reports whether another value of the i-th field that the rule reads could
// turn it: if not, the outcome stays when the field is not known. A rule that asks
// what is known can only be tried.
func (r *ruleOf) hangsOn(i int, try Row, now Truth) bool {
	for _, a := range r.ofField[i] {
		if a.op == opKnown {
			return true
		}
	}
	f := r.reads[i]
	kept := try[f]
	try[f] = Cell{}
	without := r.when.truth(try)
	try[f] = kept
	return without != now
}

// difference adds to list what differs.
func difference(list []Change, from, to Row) []Change {
	for f := range from {
		if from[f] != to[f] {
			list = append(list, Change{f, from[f], to[f]})
		}
	}
	return list
}

func differences(from, to Row) (n int) {
	for f := range from {
		if from[f] != to[f] {
			n++
		}
	}
	return n
}

// compareMoves orders changes by how far they go, then by value, the lower first.
func (p *Program) compareMoves(a, b Change) int {
	da, wa := p.move(a)
	db, wb := p.move(b)
	highA, lowA := bits.Mul64(da, wb)
	highB, lowB := bits.Mul64(db, wa)
	return cmp.Or(cmp.Compare(highA, highB), cmp.Compare(lowA, lowB), cmp.Compare(a.Field, b.Field), cmp.Compare(a.To.V, b.To.V))
}

// move returns how far a change goes, as a fraction.
func (p *Program) move(c Change) (far, of uint64) {
	f := &p.fields[c.Field]
	switch f.Type.Kind {
	case Choices:
		return uint64(bits.OnesCount64(uint64(c.To.V ^ c.From.V))), uint64(len(f.Type.Values))
	case Bool, Choice:
		return 1, 1
	}
	return magnitude(c.To.V - c.From.V), max(1, magnitude(f.width()))
}

// maxTried is how many values of one field are tried one by one.
const maxTried = 256

// turns adds to list the values of the field at which one of the comparisons
// changes, the rest of the row standing still, and the values just before them.
func (p *Program) turns(list []int64, atoms []*node, f int, row Row) []int64 {
	var words int64
	for _, a := range atoms {
		list = p.turn(list, a, f, row)
		if a.op == opHas {
			words |= 1 << a.val
		}
	}
	if bits.OnesCount64(uint64(words)) <= maxWords {
		for set := words; set > 0; set = (set - 1) & words { // every way to change these words
			list = append(list, row[f].V^set)
		}
	}
	return list
}

// maxWords is how many words of one list of choices are tried in every mixture.
const maxWords = 6

// keep adds v to list when the field may have it and the list has it not.
func (f *Field) keep(list []int64, v int64) []int64 {
	if f.fits(v) && !slices.Contains(list, v) {
		return append(list, v)
	}
	return list
}

func (p *Program) turn(list []int64, a *node, f int, row Row) []int64 {
	field := &p.fields[f]
	switch {
	case a.op == opKnown:
	case a.op == opYes:
		return field.keep(field.keep(list, 0), 1)
	case a.op == opHas:
		return field.keep(list, row[f].V^1<<a.val)
	case field.Type.Kind == Choice:
		for v := range field.Through + 1 {
			list = field.keep(list, v)
		}
	case a.op == opIn:
		for _, v := range a.set {
			list = p.crossings(list, a.a, nil, v, f, row)
		}
	case a.a.op == opField && !a.b.reads(f):
		if v, ok := a.b.number(row); ok {
			list = field.keep(field.keep(field.keep(list, v-1), v), v+1)
		}
	default:
		list = p.crossings(list, a.a, a.b, 0, f, row)
	}
	return list
}

// crossings adds the values of the field around which a - b - at changes its
// sign. It searches by halves where a - b goes one way, and tries all values
// where it does not and they are few.
func (p *Program) crossings(list []int64, a, b *node, at int64, f int, row Row) []int64 {
	field := &p.fields[f]
	if _, ok := a.number(row); !ok {
		return list
	}
	way := a.way(f, row)
	if b != nil {
		if _, ok := b.number(row); !ok {
			return list
		}
		way = way.and(b.way(f, row).back())
	}
	switch {
	case way == flat:
	case way == mixed && field.width() <= maxTried:
		for v := field.From; v <= field.Through; v++ {
			list = field.keep(list, v)
		}
	case way == mixed:
		list = field.keep(field.keep(list, field.From), field.Through)
	default:
		for level := range 2 { // where it reaches the other side, and where it leaves it behind
			v := field.crossing(a, b, at, f, row, int(way), level)
			list = field.keep(field.keep(list, v-1), v)
		}
	}
	return list
}

// crossing returns the first value of the field at which the sign of a - b - at,
// taken the way it goes, is at least level; the greatest value where it never is.
func (f *Field) crossing(a, b *node, at int64, place int, row Row, way, level int) int64 {
	if v, ok := f.solve(a, b, at, place, row, int64(way), int64(level)); ok {
		return v
	}
	kept := row[place]
	low, high := f.From, f.Through
	for low < high {
		mid := low + (high-low)/2
		row[place] = Cell{mid, true}
		x, _ := a.number(row)
		y := at
		if b != nil {
			y, _ = b.number(row)
		}
		if cmp.Compare(x, y)*way >= level {
			high = mid
		} else {
			low = mid + 1
		}
	}
	row[place] = kept
	return low
}

// solve is crossing where a and b grow by a fixed number for each step of the field.
func (f *Field) solve(a, b *node, at int64, place int, row Row, way, level int64) (int64, bool) {
	step, ok := a.step(place, row)
	x, _ := a.number(row)
	if b != nil {
		other, fits := b.step(place, row)
		step, ok = checked(sub, step, other, ok && fits)
		at, _ = b.number(row)
	}
	x, ok = checked(sub, x, at, ok)
	if !ok || step*way <= 0 || x == -1<<63 {
		return 0, false
	}
	// From here on step*way*(v - now) has to make up for level - x*way.
	short, ok := sub(level, x*way)
	v, fits := add(row[place].V, -floorDiv(-short, step*way))
	return min(max(v, f.From), f.Through), ok && fits
}

// step returns by how much n grows for each step of the field, the rest of the row
// standing still; false where that is not the same for all values.
func (n *node) step(f int, row Row) (int64, bool) {
	switch n.op {
	case opConst:
		return 0, true
	case opField:
		return pick[int64](int(n.val) == f, 1, 0), true
	}
	a, ok := n.a.step(f, row)
	if n.op == opNeg {
		return -a, ok && a != -1<<63
	}
	b, also := n.b.step(f, row)
	ok = ok && also
	switch n.op {
	case opAdd:
		return checked(add, a, b, ok)
	case opSub:
		return checked(sub, a, b, ok)
	case opMul:
		if a != 0 && b != 0 {
			return 0, false
		}
		x, _ := n.a.number(row)
		y, _ := n.b.number(row)
		a, fits := mul(a, y)
		b, also := mul(b, x)
		return checked(add, a, b, ok && fits && also)
	}
	return 0, ok && a == 0 && b == 0
}

// A way is how a number moves when one field grows.
type way int

const (
	down  way = -1
	flat  way = 0
	up    way = 1
	mixed way = 2
)

func (w way) back() way {
	if w == mixed {
		return mixed
	}
	return -w
}

func (w way) and(v way) way {
	switch {
	case w == flat:
		return v
	case v == flat || v == w:
		return w
	}
	return mixed
}

// way returns how n moves when the field grows and the rest of the row stands.
func (n *node) way(f int, row Row) way {
	switch n.op {
	case opConst:
		return flat
	case opField:
		return pick(int(n.val) == f, up, flat)
	case opNeg:
		return n.a.way(f, row).back()
	}
	a, b := n.a.way(f, row), n.b.way(f, row)
	switch n.op {
	case opSub:
		return a.and(b.back())
	case opMonthsBetween:
		return a.back().and(b)
	case opMul:
		switch {
		case a == flat:
			return b.times(n.a, row)
		case b == flat:
			return a.times(n.b, row)
		}
		return mixed
	case opDiv:
		if b == flat {
			return a.times(n.b, row)
		}
		return mixed
	case opMod:
		return pick(a == flat && b == flat, flat, mixed)
	}
	return a.and(b)
}

// times is the way of a number multiplied by what does not move.
func (w way) times(factor *node, row Row) way {
	v, _ := factor.number(row)
	switch {
	case v == 0:
		return flat
	case v < 0:
		return w.back()
	}
	return w
}

// reach changes the row so that n gets this truth, along the parts of n, and
// reports whether it found how.
func (p *Program) reach(n *node, row Row, want Truth) bool {
	if n.truth(row) == want {
		return true
	}
	switch n.op {
	case opNot:
		return p.reach(n.a, row, want.not())
	case opNamed:
		return p.reach(n.a, row, want)
	case opTruth, opKnown:
		return false
	case opAnd, opOr:
		if (n.op == opAnd) == (want == Yes) {
			return p.reach(n.a, row, want) && p.reach(n.b, row, want) && n.truth(row) == want
		}
		return p.reachOne(n, row, want)
	}
	return p.reachAtom(n, row, want)
}

// reachAtom moves one field as little as turns the comparison.
func (p *Program) reachAtom(n *node, row Row, want Truth) bool {
	var best Change
	found := false
	var room [16]int64
	for _, f := range n.touches {
		if p.run[f] || !row[f].Known {
			continue
		}
		kept := row[f]
		for _, v := range p.turn(room[:0], n, f, row) {
			c := Change{f, kept, Cell{v, true}}
			row[f] = c.To
			if n.truth(row) == want && (!found || p.compareMoves(c, best) < 0) {
				best, found = c, true
			}
			row[f] = kept
		}
	}
	if found {
		row[best.Field] = best.To
	}
	return found
}

// reachOne takes the part of n that needs the fewest fields, the first of equals.
func (p *Program) reachOne(n *node, row Row, want Truth) bool {
	left, right := slices.Clone(row), slices.Clone(row)
	okLeft := p.reach(n.a, left, want) && n.truth(left) == want
	okRight := p.reach(n.b, right, want) && n.truth(right) == want
	switch {
	case okLeft && (!okRight || differences(row, left) <= differences(row, right)):
		copy(row, left)
	case okRight:
		copy(row, right)
	default:
		return false
	}
	return true
}
