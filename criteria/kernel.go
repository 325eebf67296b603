package criteria

// What is done to whole bitmaps. Eight words at a time stay in registers: a
// plane then costs one instruction for 64 rows.

// half is half a bitmap.
type half [words / 2]uint64

func (b *bitmap) halves() (low, high *half) {
	return (*half)(b[:words/2]), (*half)(b[words/2:])
}

// atLeast writes the rows whose planes hold k or more, each bit turned by flip.
// It goes from the lowest bit of k up: a bit of k that is set has to be there
// too, one that is not makes the row greater. K has a bit, and none above the planes.
func atLeast(planes []uint64, k, flip uint64, out *bitmap) {
	low, high := out.halves()
	atLeastHalf(planes, k, flip, low)
	atLeastHalf(planes[words/2:], k, flip, high)
}

func atLeastHalf(planes []uint64, k, flip uint64, out *half) {
	for k&1 == 0 {
		planes, k = planes[words:], k>>1
	}
	q := (*half)(planes)
	r0, r1, r2, r3, r4, r5, r6, r7 := q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7]
	for len(planes) >= words+words/2 {
		planes, k = planes[words:], k>>1
		q := (*half)(planes)
		if k&1 == 1 {
			r0 &= q[0]
			r1 &= q[1]
			r2 &= q[2]
			r3 &= q[3]
			r4 &= q[4]
			r5 &= q[5]
			r6 &= q[6]
			r7 &= q[7]
		} else {
			r0 |= q[0]
			r1 |= q[1]
			r2 |= q[2]
			r3 |= q[3]
			r4 |= q[4]
			r5 |= q[5]
			r6 |= q[6]
			r7 |= q[7]
		}
	}
	*out = half{r0 ^ flip, r1 ^ flip, r2 ^ flip, r3 ^ flip, r4 ^ flip, r5 ^ flip, r6 ^ flip, r7 ^ flip}
}

// equals writes the rows whose planes hold k, each bit turned by flip.
func equals(planes []uint64, k, flip uint64, out *bitmap) {
	low, high := out.halves()
	equalsHalf(planes, k, flip, low)
	if len(planes) > 0 {
		planes = planes[words/2:]
	}
	equalsHalf(planes, k, flip, high)
}

func equalsHalf(planes []uint64, k, flip uint64, out *half) {
	var r0, r1, r2, r3, r4, r5, r6, r7 uint64 // the rows that differ
	for len(planes) >= words/2 {
		q := (*half)(planes)
		turn := -(k & 1)
		r0 |= q[0] ^ turn
		r1 |= q[1] ^ turn
		r2 |= q[2] ^ turn
		r3 |= q[3] ^ turn
		r4 |= q[4] ^ turn
		r5 |= q[5] ^ turn
		r6 |= q[6] ^ turn
		r7 |= q[7] ^ turn
		if len(planes) < words {
			break
		}
		planes, k = planes[words:], k>>1
	}
	flip = ^flip
	*out = half{r0 ^ flip, r1 ^ flip, r2 ^ flip, r3 ^ flip, r4 ^ flip, r5 ^ flip, r6 ^ flip, r7 ^ flip}
}

// and writes what both have, and reports whether that is anything.
func and(out, a, b *bitmap) bool {
	var any uint64
	for w := range words {
		v := a[w] & b[w]
		any |= v
		out[w] = v
	}
	return any != 0
}

// or writes what one of them has.
func or(out, a, b *bitmap) {
	for w := range words {
		out[w] = a[w] | b[w]
	}
}

// without writes what a has and b has not.
func without(out, a, b *bitmap) {
	for w := range words {
		out[w] = a[w] &^ b[w]
	}
}

// addPlane writes the sum of three bits of each row into out and carry, which is
// the third of them.
func addPlane(out, carry, a, b *bitmap) {
	for w := range words {
		x, y, c := a[w], b[w], carry[w]
		t := x ^ y
		out[w] = t ^ c
		carry[w] = x&y | t&c
	}
}

// carryPlane is addPlane for a bit and the carry alone. It reports whether any row
// still carries.
func carryPlane(out, carry, a *bitmap) bool {
	var any uint64
	for w := range words {
		x, c := a[w], carry[w]
		out[w] = x ^ c
		carry[w] = x & c
		any |= x & c
	}
	return any != 0
}

// higher keeps in ge the rows where the bits compared so far are at least as
// much, once the next bits a and b are compared too.
func higher(ge, a, b *bitmap) {
	for w := range words {
		x, g := a[w], ge[w]
		ge[w] = g ^ (x^b[w])&(g^x)
	}
}

// alike takes the rows out of eq in which the bits differ.
func alike(eq, a, b *bitmap) {
	for w := range words {
		eq[w] &^= a[w] ^ b[w]
	}
}
