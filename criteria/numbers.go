package criteria

// A series computes a number for 64 rows at a time. Each has its own scratch, as
// each worker has its own tests.
type series interface {
	values(b, word int) *[64]uint64
}

// A sameFor is one number for all rows.
type sameFor struct{ out [64]uint64 }

func (s *sameFor) values(int, int) *[64]uint64 { return &s.out }

type columnOf struct {
	c   *Column
	out [64]uint64
}

func (s *columnOf) values(b, word int) *[64]uint64 {
	s.c.values(b, word, &s.out)
	for i := range s.out {
		s.out[i] += uint64(s.c.field.From)
	}
	return &s.out
}

type computed struct {
	op   op
	a, b series
	out  [64]uint64
}

func (s *computed) values(b, word int) *[64]uint64 {
	x, y := s.a.values(b, word), s.b.values(b, word)
	switch s.op {
	case opAdd:
		for i := range s.out {
			s.out[i] = x[i] + y[i]
		}
	case opSub:
		for i := range s.out {
			s.out[i] = x[i] - y[i]
		}
	case opMul:
		for i := range s.out {
			s.out[i] = x[i] * y[i]
		}
	default:
		for i := range s.out {
			s.out[i] = uint64(s.safe(int64(x[i]), int64(y[i])))
		}
	}
	return &s.out
}

// safe computes for a row of which a part may be unknown: its zeros stand for
// nothing, and may not divide.
func (s *computed) safe(a, b int64) int64 {
	if b == 0 && (s.op == opDiv || s.op == opMod) {
		return 0
	}
	return s.op.apply(a, b)
}

// A numeric compares two series.
type numeric struct {
	op    op
	a, b  series
	reads []*Column // those that do not know all rows
	y, m  bitmap
}

func (t *numeric) sure() bool  { return len(t.reads) == 0 }
func (t *numeric) picks() bool { return true }
func (t *numeric) cost() int   { return 10_000 }

func (t *numeric) eval(b int, sel *bitmap) (yes, maybe *bitmap) {
	for w := range words {
		t.y[w] = 0
		if sel[w] == 0 {
			continue
		}
		x, y := t.a.values(b, w), t.b.values(b, w)
		var out uint64
		switch t.op {
		case opLt, opGe:
			for i := range 64 {
				out |= bit(int64(x[i]) < int64(y[i])) << i
			}
		case opGt, opLe:
			for i := range 64 {
				out |= bit(int64(x[i]) > int64(y[i])) << i
			}
		default:
			for i := range 64 {
				out |= bit(x[i] == y[i]) << i
			}
		}
		if t.op == opGe || t.op == opLe || t.op == opNe {
			out = ^out
		}
		t.y[w] = out
	}
	return doubtAll(b, t.reads, &t.y, &t.m)
}

// doubtAll is doubt for a comparison that reads several columns.
func doubtAll(b int, reads []*Column, y, m *bitmap) (yes, maybe *bitmap) {
	if len(reads) == 0 {
		return y, y
	}
	*m = *y
	for _, c := range reads {
		known := (*bitmap)(c.known[b*words:])
		for w := range words {
			y[w] &= known[w]
			m[w] |= ^known[w]
		}
	}
	return y, m
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// general returns the test of any comparison of numbers.
func (b *binder) general(n *node) test {
	return &numeric{op: n.op, a: b.series(n.a), b: b.series(n.b), reads: b.unsure(n)}
}

// unsure returns the columns n reads that do not know all rows.
func (b *binder) unsure(n *node) (list []*Column) {
	for _, f := range n.fields() {
		if c := b.columns[f]; c != nil && c.known != nil {
			list = append(list, c)
		}
	}
	return list
}

func (b *binder) series(n *node) series {
	if v, ok := b.constant(n); ok {
		s := &sameFor{}
		for i := range s.out {
			s.out[i] = uint64(v)
		}
		return s
	}
	if n.op == opField {
		return &columnOf{c: b.columns[n.val]}
	}
	s := &computed{op: n.op, a: b.series(n.a)}
	s.b = s.a
	if n.b != nil {
		s.b = b.series(n.b)
	}
	return s
}
