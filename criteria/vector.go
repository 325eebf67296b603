package criteria

import "math/bits"

// A test decides a condition for the rows of a block.
type test interface {
	// eval returns the rows that hold, and those that hold or could hold: the
	// same bitmap where the test is sure. Both stay as they are until the next
	// block and are not for others to write in. Rows outside sel are of no
	// account and come out as anything.
	eval(b int, sel *bitmap) (yes, maybe *bitmap)
	// sure reports whether all fields it reads are known in every row.
	sure() bool
	// cost is roughly how many planes are read; picks reports whether fewer
	// rows in sel make it cheaper.
	cost() int
	picks() bool
}

// The bitmaps of nothing and of everything. They are never written.
var (
	none bitmap
	ones = func() (b bitmap) {
		for w := range b {
			b[w] = ^uint64(0)
		}
		return b
	}()
)

// A compared holds where the planes of a field hold a fixed value or more, or with
// equal where they hold that value; turned round where flip.
type compared struct {
	c     *Column
	k     uint64
	equal bool
	flip  uint64 // all bits, or none
	y, m  bitmap // scratch: a program is bound once for each worker
}

func (t *compared) sure() bool  { return t.c.known == nil }
func (t *compared) picks() bool { return false }
func (t *compared) cost() int   { return t.c.width }

func (t *compared) eval(b int, _ *bitmap) (yes, maybe *bitmap) {
	planes := t.c.block(b)
	yes = &t.y
	switch {
	case bits.Len64(t.k)*words > len(planes): // more than any row of this block has
		if yes = &none; t.flip != 0 {
			yes = &ones
		}
	case t.equal:
		equals(planes, t.k, t.flip, yes)
	default:
		atLeast(planes, t.k, t.flip, yes)
	}
	return t.c.doubt(b, yes, &t.y, &t.m)
}

// doubt makes of a comparison over all rows one over the known rows.
func (c *Column) doubt(b int, all, y, m *bitmap) (yes, maybe *bitmap) {
	if c.known == nil {
		return all, all
	}
	takeApart(y, m, all, (*bitmap)(c.known[b*words:]))
	return y, m
}

// An isKnown holds where the field is known.
type isKnown struct{ c *Column }

func (t isKnown) sure() bool  { return true }
func (t isKnown) picks() bool { return false }
func (t isKnown) cost() int   { return 0 }

func (t isKnown) eval(b int, _ *bitmap) (yes, maybe *bitmap) {
	yes = &ones
	if t.c.known != nil {
		yes = (*bitmap)(t.c.known[b*words:])
	}
	return yes, yes
}

// A plane holds where one bit of the field is set.
type plane struct {
	c    *Column
	bit  int
	y, m bitmap
}

func (t *plane) sure() bool  { return t.c.known == nil }
func (t *plane) picks() bool { return false }
func (t *plane) cost() int   { return 1 }

func (t *plane) eval(b int, _ *bitmap) (yes, maybe *bitmap) {
	return t.c.doubt(b, t.c.plane(b, t.bit), &t.y, &t.m)
}

// A fixed is the same for all rows.
type fixed Truth

func (t fixed) sure() bool  { return Truth(t) != Unknown }
func (t fixed) picks() bool { return false }
func (t fixed) cost() int   { return 0 }

func (t fixed) eval(int, *bitmap) (yes, maybe *bitmap) {
	switch Truth(t) {
	case Yes:
		return &ones, &ones
	case No:
		return &none, &none
	}
	return &none, &ones
}

// A certain is the same for all rows that know the field.
type certain struct {
	c     *Column
	holds bool
	m     bitmap
}

func (t *certain) sure() bool  { return false }
func (t *certain) picks() bool { return false }
func (t *certain) cost() int   { return 1 }

func (t *certain) eval(b int, _ *bitmap) (yes, maybe *bitmap) {
	known := (*bitmap)(t.c.known[b*words:])
	if t.holds {
		return known, &ones
	}
	without(&t.m, &ones, known)
	return &none, &t.m
}

type notTest struct {
	a    test
	y, m bitmap
}

func (t *notTest) sure() bool  { return t.a.sure() }
func (t *notTest) picks() bool { return t.a.picks() }
func (t *notTest) cost() int   { return t.a.cost() }

func (t *notTest) eval(b int, sel *bitmap) (yes, maybe *bitmap) {
	yes, maybe = t.a.eval(b, sel)
	without(&t.m, &ones, yes)
	if yes == maybe {
		return &t.m, &t.m
	}
	without(&t.y, &ones, maybe)
	return &t.y, &t.m
}

// An inOrder is several tests of which all must hold, or one, the cheapest first.
type inOrder struct {
	tests  []test
	isSure bool
	choosy bool // one after the first is cheaper for fewer rows
	y, m   bitmap
	left   bitmap
}

func (t *inOrder) sure() bool { return t.isSure }

func (t *inOrder) picks() bool { return t.choosy || t.tests[0].picks() }

func (t *inOrder) cost() (sum int) {
	for _, a := range t.tests {
		sum += a.cost()
	}
	return sum
}

// An andTest is the least of its parts.
type andTest struct{ inOrder }

func (t *andTest) eval(b int, sel *bitmap) (yes, maybe *bitmap) {
	yes, maybe = t.tests[0].eval(b, sel)
	for _, next := range t.tests[1:] {
		rest := sel
		if t.choosy {
			if rest = &t.left; !and(rest, sel, maybe) {
				return &none, &none // no row that counts can still hold
			}
		}
		y, m := next.eval(b, rest)
		if yes == maybe && y == m {
			if !and(&t.y, yes, y) {
				return &none, &none
			}
			yes, maybe = &t.y, &t.y
			continue
		}
		if !and(&t.m, maybe, m) {
			return &none, &none
		}
		and(&t.y, yes, y)
		yes, maybe = &t.y, &t.m
	}
	return yes, maybe
}

// An orTest is the greatest of its parts.
type orTest struct{ inOrder }

func (t *orTest) eval(b int, sel *bitmap) (yes, maybe *bitmap) {
	yes, maybe = t.tests[0].eval(b, sel)
	for _, next := range t.tests[1:] {
		rest := sel
		if t.choosy {
			without(&t.left, sel, yes)
			rest = &t.left
		}
		y, m := next.eval(b, rest)
		if yes == maybe && y == m {
			or(&t.y, yes, y)
			yes, maybe = &t.y, &t.y
			continue
		}
		or(&t.m, maybe, m)
		or(&t.y, yes, y)
		yes, maybe = &t.y, &t.m
	}
	return yes, maybe
}

// A shared test is evaluated once a block, for all who ask it.
type shared struct {
	test
	at         int
	yes, maybe *bitmap
}

func (t *shared) picks() bool { return false }

func (t *shared) eval(b int, _ *bitmap) (yes, maybe *bitmap) {
	if t.at != b {
		t.yes, t.maybe = t.test.eval(b, &ones)
		t.at = b
	}
	return t.yes, t.maybe
}
