package criteria

import (
	"math/bits"

	"zorgplicht/calendar"
)

// A binder turns conditions into tests over columns, for one worker.
type binder struct {
	p       *Program
	columns []*Column // nil for a field of the run, and for one that nobody knows
	day     int64
	shared  map[string]*shared // by text: equal comparisons are evaluated once
	named   map[*node]*shared
	uses    map[string]int // of a comparison by how many rules
}

func (p *Program) binder(day calendar.Date, columns []*Column) *binder {
	b := &binder{p: p, columns: columns, day: dayNumber(day), shared: map[string]*shared{}, named: map[*node]*shared{}, uses: map[string]int{}}
	for i := range p.rules {
		for _, a := range p.rules[i].atoms {
			b.uses[a.n.text]++
		}
	}
	return b
}

// bind returns the test of a condition.
func (b *binder) bind(n *node) test {
	switch n.op {
	case opTruth:
		return fixed(n.val)
	case opNot:
		return notTest{b.bind(n.a)}
	case opNamed:
		if b.named[n.a] == nil {
			b.named[n.a] = &shared{test: b.bind(n.a), at: -1}
		}
		return b.named[n.a]
	case opAnd:
		x, y := b.bind(n.a), b.bind(n.b)
		return &andTest{a: x, b: y, isSure: x.sure() && y.sure()}
	case opOr:
		x, y := b.bind(n.a), b.bind(n.b)
		return &orTest{a: x, b: y, isSure: x.sure() && y.sure()}
	}
	if s := b.shared[n.text]; s != nil {
		return s
	}
	if b.uses[n.text] == 1 {
		return b.atom(n)
	}
	s := &shared{test: b.atom(n), at: -1}
	b.shared[n.text] = s
	return s
}

// none reports whether no row knows the field.
func (b *binder) none(f int64) bool { return b.columns[f] == nil && !b.p.run[f] }

// atom returns the test of a comparison, over planes where one field is held
// against a fixed value.
func (b *binder) atom(n *node) test {
	switch n.op {
	case opKnown:
		switch {
		case b.none(n.val):
			return fixed(No)
		case b.p.run[n.val]:
			return fixed(Yes)
		}
		return isKnown{b.columns[n.val]}
	case opYes:
		if b.none(n.val) {
			return fixed(Unknown)
		}
		return plane{b.columns[n.val], 0}
	case opHas:
		if b.none(n.a.val) {
			return fixed(Unknown)
		}
		return plane{b.columns[n.a.val], int(n.val)}
	}
	for _, f := range n.fields() {
		if b.none(int64(f)) {
			return fixed(Unknown)
		}
	}
	if n.op == opIn {
		return b.among(n)
	}
	if t := b.direct(n); t != nil {
		return t
	}
	return b.general(n)
}

// among is one equality after another.
func (b *binder) among(n *node) test {
	var t test
	for _, v := range n.set {
		one := b.atom(&node{op: opEq, typ: yesNo, a: n.a, b: constant(n.at, n.a.typ, v)})
		if t == nil {
			t = one
		} else {
			t = &orTest{a: t, b: one, isSure: t.sure() && one.sure()}
		}
	}
	return t
}

// constant returns the value of n where it is the same for all rows.
func (b *binder) constant(n *node) (int64, bool) {
	for _, f := range n.fields() {
		if !b.p.run[f] {
			return 0, false
		}
	}
	r := make(Row, len(b.p.fields))
	for i, run := range b.p.run {
		r[i] = Cell{b.day, run}
	}
	return n.number(r)
}

// direct returns a test over planes of field op constant, and of what is the same
// once constants are brought to one side.
func (b *binder) direct(n *node) test {
	left, right, o := n.a, n.b, n.op
	k, ok := b.constant(right)
	if !ok {
		if k, ok = b.constant(left); !ok {
			return nil
		}
		left, o = right, mirrored(o)
	}
	if v, same := b.constant(left); same {
		return fixed(truth(o.compare(v, k)))
	}
	for left.op != opField {
		next, c, turned := b.peel(left)
		if next == nil {
			return nil
		}
		var fits bool
		if turned { // c - x
			k, fits = sub(c, k)
			o = mirrored(o)
		} else { // x + c
			k, fits = sub(k, c)
		}
		if !fits {
			return nil
		}
		left = next
	}
	return b.columns[left.val].against(o, k)
}

// peel takes a fixed part off a sum: x + c, c + x, x - c, or c - x, which turns
// the comparison round.
func (b *binder) peel(n *node) (rest *node, c int64, turned bool) {
	switch n.op {
	case opNeg:
		return n.a, 0, true
	case opAdd:
		if c, ok := b.constant(n.b); ok {
			return n.a, c, false
		}
		if c, ok := b.constant(n.a); ok {
			return n.b, c, false
		}
	case opSub:
		if c, ok := b.constant(n.b); ok && c != -1<<63 {
			return n.a, -c, false
		}
		if c, ok := b.constant(n.a); ok {
			return n.b, c, true
		}
	}
	return nil, 0, false
}

// against returns the test of the field against a fixed value, which need not lie
// in its range.
func (c *Column) against(o op, v int64) test {
	t := &below{c: c}
	switch o {
	case opLe, opGt:
		if v == 1<<63-1 {
			return c.always(o == opLe)
		}
		v++
		t.not = o == opGt
	case opGe:
		t.not = true
	case opEq, opNe:
		t.equal, t.not = true, o == opNe
		if !c.field.fits(v) {
			return c.always(o == opNe)
		}
	}
	switch {
	case !t.equal && v <= c.field.From:
		return c.always(t.not)
	case !t.equal && v > c.field.Through:
		return c.always(!t.not)
	}
	t.k = uint64(v) - uint64(c.field.From)
	if !t.equal {
		t.last = bits.TrailingZeros64(t.k)
	}
	return t
}

// always is what holds, or fails, for all rows that know the field.
func (c *Column) always(holds bool) test {
	if c.known == nil {
		return fixed(truth(holds))
	}
	return certain{c, holds}
}

type certain struct {
	c     *Column
	holds bool
}

func (t certain) sure() bool { return false }

func (t certain) eval(b int, _, yes, maybe *bitmap) {
	*yes = bitmap{}
	if t.holds {
		*yes = ones
	}
	t.c.doubt(b, yes, maybe)
}
