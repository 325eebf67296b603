package criteria

// What is done to whole bitmaps, on any machine. Eight words at a time stay in
// registers: a plane then costs one instruction for 64 rows. A build with SIMD
// does the same with 512 rows at a time, and gives the same bits.

// half is half a bitmap.
type half [words / 2]uint64

func (b *bitmap) halves() (low, high *half) {
	return (*half)(b[:words/2]), (*half)(b[words/2:])
}

// plainAtLeast writes the rows whose planes hold k or more, each bit turned by flip.
// It goes from the lowest bit of k up: a bit of k that is set has to be there
// too, one that is not makes the row greater. K has a bit, and none above the planes.
func plainAtLeast(planes []uint64, k, flip uint64, out *bitmap) {
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

// plainEquals writes the rows whose planes hold k, each bit turned by flip.
func plainEquals(planes []uint64, k, flip uint64, out *bitmap) {
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

// plainAnd writes what both have, and reports whether that is anything.
func plainAnd(out, a, b *bitmap) bool {
	var any uint64
	for w := range words {
		v := a[w] & b[w]
		any |= v
		out[w] = v
	}
	return any != 0
}

// plainOr writes what one of them has.
func plainOr(out, a, b *bitmap) {
	for w := range words {
		out[w] = a[w] | b[w]
	}
}

// plainWithout writes what a has and b has not.
func plainWithout(out, a, b *bitmap) {
	for w := range words {
		out[w] = a[w] &^ b[w]
	}
}

// plainAddPlane writes the sum of three bits of each row into out and carry, which is
// the third of them.
func plainAddPlane(out, carry, a, b *bitmap) {
	for w := range words {
		x, y, c := a[w], b[w], carry[w]
		t := x ^ y
		out[w] = t ^ c
		carry[w] = x&y | t&c
	}
}

// plainCarryPlane is plainAddPlane for a bit and the carry alone. It reports whether any row
// still carries.
func plainCarryPlane(out, carry, a *bitmap) bool {
	var any uint64
	for w := range words {
		x, c := a[w], carry[w]
		out[w] = x ^ c
		carry[w] = x & c
		any |= x & c
	}
	return any != 0
}

// plainHigher keeps in ge the rows where the bits compared so far are at least as
// much, once the next bits a and b are compared too.
func plainHigher(ge, a, b *bitmap) {
	for w := range words {
		x, g := a[w], ge[w]
		ge[w] = g ^ (x^b[w])&(g^x)
	}
}

// plainAlike takes the rows out of eq in which the bits differ.
func plainAlike(eq, a, b *bitmap) {
	for w := range words {
		eq[w] &^= a[w] ^ b[w]
	}
}

// plainTakeApart takes what holds of all rows apart in what holds of known rows, and
// what holds or could hold.
func plainTakeApart(yes, maybe, all, known *bitmap) {
	for w := range words {
		v := all[w]
		yes[w], maybe[w] = v&known[w], v|^known[w]
	}
}
