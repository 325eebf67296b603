package criteria

// A total is a sum of columns and a fixed number, plane by plane.
type total struct {
	digits []shifted
	fixed  uint64

	planes [64]*bitmap // those of columns as they lie, others in room
	n      int
	room   [64]bitmap
	carry  bitmap
}

// fits reports whether every sum stays below 2^63.
func (t *total) fits() bool {
	sum, ok := int64(t.fixed), t.fixed < 1<<62
	for _, d := range t.digits {
		if !ok || d.c.width+d.shift > 62 {
			return false
		}
		sum, ok = add(sum, (1<<d.c.width-1)<<d.shift)
	}
	return ok
}

// sum adds all up for a block.
func (t *total) sum(b int) {
	t.n = 0
	var list [64]*bitmap
	for _, d := range t.digits {
		block := d.c.block(b)
		n := 0
		for ; len(block) > 0; block = block[words:] {
			list[n] = (*bitmap)(block)
			n++
		}
		t.add(list[:n], d.shift)
	}
	n := 0
	for v := t.fixed; v > 0; v >>= 1 {
		list[n] = pick(v&1 == 1, &ones, &none)
		n++
	}
	t.add(list[:n], 0)
}

// add adds a number of which the highest plane has a bit.
func (t *total) add(x []*bitmap, shift int) {
	if len(x) == 0 {
		return
	}
	for ; t.n < shift; t.n++ {
		t.planes[t.n] = &none
	}
	t.carry = none
	some := false // rows that carry
	p := shift
	for ; p < t.n && p-shift < len(x); p++ {
		addPlane(&t.room[p], &t.carry, t.planes[p], x[p-shift])
		t.planes[p], some = &t.room[p], true
	}
	for ; p < t.n && some; p++ {
		some = carryPlane(&t.room[p], &t.carry, t.planes[p])
		t.planes[p] = &t.room[p]
	}
	for ; p-shift < len(x); p, t.n = p+1, t.n+1 {
		if !some {
			t.planes[p] = x[p-shift]
			continue
		}
		some = carryPlane(&t.room[p], &t.carry, x[p-shift])
		t.planes[p] = &t.room[p]
	}
	if some && t.carry != none {
		t.room[p] = t.carry
		t.planes[p] = &t.room[p]
		t.n++
	}
}

// plane returns one plane of the sum.
func (t *total) plane(p int) *bitmap {
	if p < t.n {
		return t.planes[p]
	}
	return &none
}

// A sums holds where one total is at least another, or with equal as much; turned
// round where turned.
type sums struct {
	left, right total
	equal       bool
	turned      bool
	reads       []*Column // those that do not know all rows
	y, m        bitmap
}

func (t *sums) sure() bool  { return len(t.reads) == 0 }
func (t *sums) picks() bool { return false }
func (t *sums) cost() int   { return 1000 }

func (t *sums) eval(b int, _ *bitmap) (yes, maybe *bitmap) {
	t.left.sum(b)
	t.right.sum(b)
	t.y = ones
	for p := range max(t.left.n, t.right.n) {
		if x, y := t.left.plane(p), t.right.plane(p); t.equal {
			alike(&t.y, x, y)
		} else {
			higher(&t.y, x, y)
		}
	}
	if t.turned {
		without(&t.y, &ones, &t.y)
	}
	return doubtAll(b, t.reads, &t.y, &t.m)
}
