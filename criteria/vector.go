package criteria

// A test decides a condition for the rows of a block. With sure, all fields it
// reads are known in every row, and only yes is written.
type test interface {
	// eval writes the rows that hold into yes, and those that hold or could hold
	// into maybe. Rows outside sel are of no account and come out as anything.
	eval(b int, sel, yes, maybe *bitmap)
	sure() bool
}

// A below holds where a field lies under a fixed value of its planes; turned
// round where not.
type below struct {
	c     *Column
	k     uint64
	not   bool
	equal bool // the field has the value itself
	last  int  // the lowest plane that can still tell
}

func (t *below) sure() bool { return t.c.known == nil }

func (t *below) eval(b int, sel, yes, maybe *bitmap) {
	planes := t.c.block(b)
	for w := range words {
		if sel[w] == 0 {
			yes[w], maybe[w] = 0, 0
			continue
		}
		equal, under := ^uint64(0), uint64(0)
		at := len(planes) - words + w
		for p := t.c.width - 1; p >= t.last && equal != 0; p-- {
			if bit := planes[at]; t.k>>p&1 == 1 {
				under |= equal &^ bit
				equal &= bit
			} else {
				equal &^= bit
			}
			at -= words
		}
		if t.equal {
			under = equal
		}
		if t.not {
			under = ^under
		}
		yes[w] = under
	}
	t.c.doubt(b, yes, maybe)
}

// doubt makes of a comparison over all rows one over the known rows.
func (c *Column) doubt(b int, yes, maybe *bitmap) {
	if c.known == nil {
		*maybe = *yes
		return
	}
	known := (*bitmap)(c.known[b*words:])
	for w := range words {
		maybe[w] = yes[w] | ^known[w]
		yes[w] &= known[w]
	}
}

// An isKnown holds where the field is known.
type isKnown struct{ c *Column }

func (t isKnown) sure() bool { return true }

func (t isKnown) eval(b int, _, yes, maybe *bitmap) {
	*yes = ones
	if t.c.known != nil {
		*yes = bitmap(t.c.known[b*words : (b+1)*words])
	}
	*maybe = *yes
}

var ones = func() (b bitmap) {
	for w := range b {
		b[w] = ^uint64(0)
	}
	return b
}()

// A plane holds where one bit of the field is set.
type plane struct {
	c   *Column
	bit int
}

func (t plane) sure() bool { return t.c.known == nil }

func (t plane) eval(b int, _, yes, maybe *bitmap) {
	if t.bit < t.c.width {
		*yes = bitmap(t.c.block(b)[t.bit*words:])
	} else {
		*yes = bitmap{}
	}
	t.c.doubt(b, yes, maybe)
}

// A fixed is the same for all rows.
type fixed Truth

func (t fixed) sure() bool { return Truth(t) != Unknown }

func (t fixed) eval(_ int, _, yes, maybe *bitmap) {
	*yes, *maybe = bitmap{}, bitmap{}
	if Truth(t) == Yes {
		*yes = ones
	}
	if Truth(t) != No {
		*maybe = ones
	}
}

type notTest struct{ a test }

func (t notTest) sure() bool { return t.a.sure() }

func (t notTest) eval(b int, sel, yes, maybe *bitmap) {
	t.a.eval(b, sel, maybe, yes)
	for w := range words {
		yes[w], maybe[w] = ^yes[w], ^maybe[w]
	}
}

type andTest struct {
	a, b   test
	y, m   bitmap // scratch: a program is bound once for each worker
	left   bitmap
	isSure bool
}

func (t *andTest) sure() bool { return t.isSure }

func (t *andTest) eval(b int, sel, yes, maybe *bitmap) {
	t.a.eval(b, sel, yes, maybe)
	var any uint64
	for w := range words {
		t.left[w] = sel[w] & maybe[w] // only these can still hold
		any |= t.left[w]
	}
	if any == 0 {
		*yes, *maybe = bitmap{}, bitmap{}
		return
	}
	t.b.eval(b, &t.left, &t.y, &t.m)
	for w := range words {
		maybe[w] = t.left[w] & t.m[w]
		yes[w] &= t.y[w] & t.left[w]
	}
}

type orTest struct {
	a, b   test
	y, m   bitmap
	left   bitmap
	isSure bool
}

func (t *orTest) sure() bool { return t.isSure }

func (t *orTest) eval(b int, sel, yes, maybe *bitmap) {
	t.a.eval(b, sel, yes, maybe)
	var any uint64
	for w := range words {
		t.left[w] = sel[w] &^ yes[w] // the others hold already
		any |= t.left[w]
	}
	if any == 0 {
		return
	}
	t.b.eval(b, &t.left, &t.y, &t.m)
	for w := range words {
		yes[w] |= t.y[w] & t.left[w]
		maybe[w] |= t.m[w] & t.left[w]
	}
}

// A shared test is evaluated once a block, for all who ask it.
type shared struct {
	test
	at   int
	y, m bitmap
}

func (t *shared) eval(b int, _, yes, maybe *bitmap) {
	if t.at != b {
		t.test.eval(b, &ones, &t.y, &t.m)
		t.at = b
	}
	*yes, *maybe = t.y, t.m
}
