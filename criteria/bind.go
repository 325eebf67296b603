package criteria

import (
	"cmp"
	"slices"

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
		return &notTest{a: b.bind(n.a)}
	case opNamed:
		if b.named[n.a] == nil {
			b.named[n.a] = &shared{test: b.bind(n.a), at: -1}
		}
		return b.named[n.a]
	case opAnd:
		return &andTest{inOrderOf(b.chain(opAnd, n, nil))}
	case opOr:
		return &orTest{inOrderOf(b.chain(opOr, n, nil))}
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

// chain returns the tests of a row of ands, or of ors.
func (b *binder) chain(o op, n *node, list []test) []test {
	if n.op != o {
		return append(list, b.bind(n))
	}
	return b.chain(o, n.b, b.chain(o, n.a, list))
}

// inOrderOf puts the cheapest test first. The outcome does not hang on the order:
// and is the least, or the greatest, of all.
func inOrderOf(list []test) inOrder {
	slices.SortStableFunc(list, func(a, b test) int { return cmp.Compare(a.cost(), b.cost()) })
	t := inOrder{tests: list, isSure: true}
	for i, a := range list {
		t.isSure = t.isSure && a.sure()
		t.choosy = t.choosy || i > 0 && a.picks()
	}
	return t
}

// nobody reports whether no row knows the field.
func (b *binder) nobody(f int64) bool { return b.columns[f] == nil && !b.p.run[f] }

// atom returns the test of a comparison, over planes where one field is held
// against a fixed value.
func (b *binder) atom(n *node) test {
	switch n.op {
	case opKnown:
		switch {
		case b.nobody(n.val):
			return fixed(No)
		case b.p.run[n.val]:
			return fixed(Yes)
		}
		return isKnown{b.columns[n.val]}
	case opYes:
		if b.nobody(n.val) {
			return fixed(Unknown)
		}
		return &plane{c: b.columns[n.val]}
	case opHas:
		if b.nobody(n.a.val) {
			return fixed(Unknown)
		}
		return &plane{c: b.columns[n.a.val], bit: int(n.val)}
	}
	for _, f := range n.fields() {
		if b.nobody(int64(f)) {
			return fixed(Unknown)
		}
	}
	if n.op == opIn {
		return b.among(n)
	}
	if t := b.linear(n); t != nil {
		return t
	}
	return b.general(n)
}

// among is one test for each run of values that follow on each other.
func (b *binder) among(n *node) test {
	var list []test
	side := func(o op, v int64) test {
		return b.atom(&node{op: o, typ: yesNo, a: n.a, b: constant(n.at, n.a.typ, v)})
	}
	for set := n.set; len(set) > 0; {
		end := 1
		for end < len(set) && set[end] == set[end-1]+1 {
			end++
		}
		if end == 1 {
			list = append(list, side(opEq, set[0]))
		} else {
			list = append(list, &andTest{inOrderOf([]test{side(opGe, set[0]), side(opLe, set[end-1])})})
		}
		set = set[end:]
	}
	if len(list) == 1 {
		return list[0]
	}
	return &orTest{inOrderOf(list)}
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

// against returns the test of the field against a fixed value, which need not lie
// in its range.
func (c *Column) against(o op, v int64) test {
	t := &compared{c: c}
	switch o {
	case opLe, opGt:
		if v == 1<<63-1 {
			return c.always(o == opLe)
		}
		v++
	case opEq, opNe:
		t.equal = true
		if !c.field.fits(v) {
			return c.always(o == opNe)
		}
	}
	turned := o == opLt || o == opLe || o == opNe
	switch {
	case !t.equal && v <= c.field.From:
		return c.always(!turned)
	case !t.equal && v > c.field.Through:
		return c.always(turned)
	case turned:
		t.flip = ^uint64(0)
	}
	t.k = uint64(v) - uint64(c.field.From)
	return t
}

// always is what holds, or fails, for all rows that know the field.
func (c *Column) always(holds bool) test {
	if c.known == nil {
		return fixed(truth(holds))
	}
	return &certain{c: c, holds: holds}
}
