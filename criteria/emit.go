package criteria

import "encoding/binary"

// What leaves a block, on any machine.

// plainKeep writes the rows of a rule, and adds them to those of its category. No bits
// stay behind the last row, so that equal runs are equal bits.
func plainKeep(out []uint64, level, rows, sel *bitmap) {
	o := (*bitmap)(out)
	for w := range words {
		v := rows[w] & sel[w]
		o[w] = v
		level[w] |= v
	}
}

// plainCategories writes of each row the heaviest level that has its bit. Behind out
// lies room for whole words of 64 rows.
func plainCategories(levels []bitmap, out []uint8) {
	for k := range (len(out) + 63) / 64 {
		var p0, p1, p2, p3 uint64 // the category of 64 rows, bit by bit
		taken := uint64(0)
		for c := len(levels) - 1; c > 0; c-- {
			fresh := levels[c][k] &^ taken
			taken |= fresh
			p0 |= fresh & -(uint64(c) & 1)
			p1 |= fresh & -(uint64(c) >> 1 & 1)
			p2 |= fresh & -(uint64(c) >> 2 & 1)
			p3 |= fresh & -(uint64(c) >> 3 & 1)
		}
		row := (*[64]uint8)(out[k*64 : k*64+64 : k*64+64])
		if len(levels) <= 8 {
			for i := 0; i < 64; i += 8 {
				binary.LittleEndian.PutUint64(row[i:i+8], spread[uint8(p0>>i)]|spread[uint8(p1>>i)]<<1|spread[uint8(p2>>i)]<<2)
			}
			continue
		}
		for i := 0; i < 64; i += 8 {
			binary.LittleEndian.PutUint64(row[i:i+8], spread[uint8(p0>>i)]|spread[uint8(p1>>i)]<<1|spread[uint8(p2>>i)]<<2|spread[uint8(p3>>i)]<<3)
		}
	}
}

// spread gives each bit of a byte a byte of its own.
var spread = func() (t [256]uint64) {
	for b := range t {
		for i := range 8 {
			t[b] |= uint64(b) >> i & 1 << (8 * i)
		}
	}
	return t
}()

// plainReasons writes of each row which of at most sixteen rules fire. Behind out lies
// room for whole words of 64 rows.
func plainReasons(rules []uint64, out []uint16) {
	for k := range (len(out) + 63) / 64 {
		var a [16]uint64
		for i := range len(rules) / words {
			a[i] = rules[i*words+k]
		}
		turn16(&a)
		row := (*[64]uint16)(out[k*64 : k*64+64 : k*64+64])
		for i := range 16 {
			v := a[i]
			row[i] = uint16(v)
			row[i+16] = uint16(v >> 16)
			row[i+32] = uint16(v >> 32)
			row[i+48] = uint16(v >> 48)
		}
	}
}

// turn16 turns four squares of 16 by 16 bits, that lie side by side, each over
// its diagonal.
func turn16(a *[16]uint64) {
	for i := range 8 {
		a[i], a[i+8] = swap(a[i], a[i+8], 8, 0x00FF00FF00FF00FF)
	}
	for i := range 8 {
		i += i & 4
		a[i], a[i+4] = swap(a[i], a[i+4], 4, 0x0F0F0F0F0F0F0F0F)
	}
	for i := range 8 {
		i += i & 6
		a[i], a[i+2] = swap(a[i], a[i+2], 2, 0x3333333333333333)
	}
	for i := 0; i < 16; i += 2 {
		a[i], a[i+1] = swap(a[i], a[i+1], 1, 0x5555555555555555)
	}
}

// swap changes the high bits of each part of x for the low bits of y.
func swap(x, y uint64, by int, low uint64) (uint64, uint64) {
	t := (x>>by ^ y) & low
	return x ^ t<<by, y ^ t
}
