//go:build goexperiment.simd && amd64

package criteria

import "simd/archsimd"

// Wide reports whether this program decides 512 rows at a time: it was built
// with SIMD, and this machine has AVX-512.
var Wide = archsimd.X86.AVX512()

// v512 is half a bitmap in one register.
type v512 = archsimd.Uint64x8

func (b *bitmap) load() (low, high v512) {
	l, h := b.halves()
	return archsimd.LoadUint64x8((*[8]uint64)(l)), archsimd.LoadUint64x8((*[8]uint64)(h))
}

func (b *bitmap) store(low, high v512) {
	l, h := b.halves()
	low.Store((*[8]uint64)(l))
	high.Store((*[8]uint64)(h))
}

func some(low, high v512) bool {
	return low.Or(high).NotEqual(archsimd.BroadcastUint64x8(0)).ToBits() != 0
}

func atLeast(planes []uint64, k, flip uint64, out *bitmap) {
	if !Wide {
		plainAtLeast(planes, k, flip, out)
		return
	}
	for k&1 == 0 {
		planes, k = planes[words:], k>>1
	}
	low, high := (*bitmap)(planes).load()
	for planes, k = planes[words:], k>>1; len(planes) >= words; planes, k = planes[words:], k>>1 {
		a, b := (*bitmap)(planes).load()
		if k&1 == 1 {
			low, high = low.And(a), high.And(b)
		} else {
			low, high = low.Or(a), high.Or(b)
		}
	}
	turn := archsimd.BroadcastUint64x8(flip)
	out.store(low.Xor(turn), high.Xor(turn))
}

func equals(planes []uint64, k, flip uint64, out *bitmap) {
	if !Wide {
		plainEquals(planes, k, flip, out)
		return
	}
	low := archsimd.BroadcastUint64x8(0) // the rows that differ
	high := low
	for ; len(planes) >= words; planes, k = planes[words:], k>>1 {
		a, b := (*bitmap)(planes).load()
		turn := archsimd.BroadcastUint64x8(-(k & 1))
		low, high = low.Or(a.Xor(turn)), high.Or(b.Xor(turn))
	}
	turn := archsimd.BroadcastUint64x8(^flip)
	out.store(low.Xor(turn), high.Xor(turn))
}

func and(out, a, b *bitmap) bool {
	if !Wide {
		return plainAnd(out, a, b)
	}
	a0, a1 := a.load()
	b0, b1 := b.load()
	a0, a1 = a0.And(b0), a1.And(b1)
	out.store(a0, a1)
	return some(a0, a1)
}

func or(out, a, b *bitmap) {
	if !Wide {
		plainOr(out, a, b)
		return
	}
	a0, a1 := a.load()
	b0, b1 := b.load()
	out.store(a0.Or(b0), a1.Or(b1))
}

func without(out, a, b *bitmap) {
	if !Wide {
		plainWithout(out, a, b)
		return
	}
	a0, a1 := a.load()
	b0, b1 := b.load()
	out.store(a0.AndNot(b0), a1.AndNot(b1))
}

func addPlane(out, carry, a, b *bitmap) {
	if !Wide {
		plainAddPlane(out, carry, a, b)
		return
	}
	a0, a1 := a.load()
	b0, b1 := b.load()
	c0, c1 := carry.load()
	t0, t1 := a0.Xor(b0), a1.Xor(b1)
	out.store(t0.Xor(c0), t1.Xor(c1))
	carry.store(a0.And(b0).Or(t0.And(c0)), a1.And(b1).Or(t1.And(c1)))
}

func carryPlane(out, carry, a *bitmap) bool {
	if !Wide {
		return plainCarryPlane(out, carry, a)
	}
	a0, a1 := a.load()
	c0, c1 := carry.load()
	out.store(a0.Xor(c0), a1.Xor(c1))
	c0, c1 = c0.And(a0), c1.And(a1)
	carry.store(c0, c1)
	return some(c0, c1)
}

func higher(ge, a, b *bitmap) {
	if !Wide {
		plainHigher(ge, a, b)
		return
	}
	a0, a1 := a.load()
	b0, b1 := b.load()
	g0, g1 := ge.load()
	ge.store(g0.Xor(a0.Xor(b0).And(g0.Xor(a0))), g1.Xor(a1.Xor(b1).And(g1.Xor(a1))))
}

func alike(eq, a, b *bitmap) {
	if !Wide {
		plainAlike(eq, a, b)
		return
	}
	a0, a1 := a.load()
	b0, b1 := b.load()
	e0, e1 := eq.load()
	eq.store(e0.AndNot(a0.Xor(b0)), e1.AndNot(a1.Xor(b1)))
}

func takeApart(yes, maybe, all, known *bitmap) {
	if !Wide {
		plainTakeApart(yes, maybe, all, known)
		return
	}
	a0, a1 := all.load()
	k0, k1 := known.load()
	yes.store(a0.And(k0), a1.And(k1))
	maybe.store(a0.Or(k0.Not()), a1.Or(k1.Not()))
}

func keep(out []uint64, level, rows, sel *bitmap) {
	if !Wide {
		plainKeep(out, level, rows, sel)
		return
	}
	a0, a1 := rows.load()
	s0, s1 := sel.load()
	l0, l1 := level.load()
	a0, a1 = a0.And(s0), a1.And(s1)
	(*bitmap)(out).store(a0, a1)
	level.store(l0.Or(a0), l1.Or(a1))
}

func categories(levels []bitmap, out []uint8) {
	if !Wide {
		plainCategories(levels, out)
		return
	}
	for k := range (len(out) + 63) / 64 {
		c := archsimd.BroadcastUint8x64(0)
		for i := 1; i < len(levels); i++ {
			c = c.Max(archsimd.BroadcastUint8x64(uint8(i)).Masked(archsimd.Mask8x64FromBits(levels[i][k])))
		}
		c.Store((*[64]uint8)(out[k*64 : k*64+64 : k*64+64]))
	}
}

func reasons(rules []uint64, out []uint16) {
	if !Wide {
		plainReasons(rules, out)
		return
	}
	for k := range (len(out) + 63) / 64 {
		low := archsimd.BroadcastUint16x32(0)
		high := low
		for i := range len(rules) / words {
			x := rules[i*words+k]
			bit := archsimd.BroadcastUint16x32(1 << i)
			low = low.Or(bit.Masked(archsimd.Mask16x32FromBits(uint32(x))))
			high = high.Or(bit.Masked(archsimd.Mask16x32FromBits(uint32(x >> 32))))
		}
		row := (*[64]uint16)(out[k*64 : k*64+64 : k*64+64])
		low.Store((*[32]uint16)(row[:32]))
		high.Store((*[32]uint16)(row[32:]))
	}
}
