package pdf

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
)

// A cut is a font under way to its subset. Tables and fields are those of the
// OpenType specification 1.9.
type cut struct {
	from   map[string][]byte
	glyphs []int       // in their new order
	place  map[int]int // of a part of composed glyphs, by its number in the font
}

// subset returns a TrueType font with the glyphs that the face has drawn and
// those they are composed of, in the order of their numbers.
func (f *face) subset() []byte {
	c := &cut{from: f.tables, glyphs: []int{0}, place: map[int]int{}}
	for _, r := range f.order {
		c.glyphs = append(c.glyphs, int(f.typeface.glyphs[r].index))
	}
	var glyf, loca, hmtx bytes.Buffer
	for i := 0; i < len(c.glyphs); i++ { // grows while it runs
		put(&loca, uint32(glyf.Len()))
		glyf.Write(c.outline(c.glyphs[i]))
		pad(&glyf)
		put(&hmtx, c.metric(c.glyphs[i]))
	}
	put(&loca, uint32(glyf.Len()))
	out := map[string][]byte{"glyf": glyf.Bytes(), "loca": loca.Bytes(), "hmtx": hmtx.Bytes()}
	for _, k := range []string{"head", "hhea", "maxp", "cvt ", "fpgm", "prep"} {
		out[k] = slices.Clone(c.from[k])
	}
	n := uint16(len(c.glyphs))
	binary.BigEndian.PutUint32(out["head"][8:], 0)  // the checksum, until it is known
	binary.BigEndian.PutUint16(out["head"][50:], 1) // loca is long
	binary.BigEndian.PutUint16(out["hhea"][34:], n) // every glyph has its own metric
	binary.BigEndian.PutUint16(out["maxp"][4:], n)
	return join(out)
}

// outline returns a copy of a glyph with the numbers of its parts as they are in
// the subset.
func (c *cut) outline(g int) []byte {
	d := slices.Clone(c.from["glyf"][c.start(g):c.start(g+1)])
	if len(d) < 10 || signed(d, 0) >= 0 { // empty, or not composed
		return d
	}
	const words, scale, more, scales, matrix = 1, 8, 0x20, 0x40, 0x80
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(d[at:])
		binary.BigEndian.PutUint16(d[at+2:], uint16(c.part(int(binary.BigEndian.Uint16(d[at+2:])))))
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&scales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return d
		}
	}
}

// part returns the new number of a glyph that others are composed of.
func (c *cut) part(g int) int {
	n, ok := c.place[g]
	if !ok {
		n = len(c.glyphs)
		c.place[g] = n
		c.glyphs = append(c.glyphs, g)
	}
	return n
}

// start returns where an outline begins in the font.
func (c *cut) start(g int) int {
	if signed(c.from["head"], 50) == 1 {
		return int(binary.BigEndian.Uint32(c.from["loca"][4*g:]))
	}
	return 2 * int(binary.BigEndian.Uint16(c.from["loca"][2*g:]))
}

// metric returns advance and side bearing. The last advance of a font holds for
// all glyphs behind it.
func (c *cut) metric(g int) [2]uint16 {
	full := int(binary.BigEndian.Uint16(c.from["hhea"][34:]))
	at := func(i int) uint16 { return binary.BigEndian.Uint16(c.from["hmtx"][i:]) }
	if g < full {
		return [2]uint16{at(4 * g), at(4*g + 2)}
	}
	return [2]uint16{at(4 * (full - 1)), at(4*full + 2*(g-full))}
}

// join makes a font file of its tables.
func join(parts map[string][]byte) []byte {
	var head, body bytes.Buffer
	n := len(parts)
	power, log := 1, 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	put(&head, uint32(0x00010000), uint16(n), uint16(16*power), uint16(log), uint16(16*(n-power)))
	start, checksum := 12+16*n, 0
	for _, tag := range slices.Sorted(maps.Keys(parts)) {
		if tag == "head" {
			checksum = start + body.Len() + 8
		}
		head.WriteString(tag)
		put(&head, sum(parts[tag]), uint32(start+body.Len()), uint32(len(parts[tag])))
		body.Write(parts[tag])
		pad(&body)
	}
	out := append(head.Bytes(), body.Bytes()...)
	binary.BigEndian.PutUint32(out[checksum:], 0xB1B0AFBA-sum(out))
	return out
}

// sum adds up big-endian words, the last one filled with zeros.
func sum(b []byte) uint32 {
	var n uint32
	for i, c := range b {
		n += uint32(c) << (24 - 8*(i%4))
	}
	return n
}

// put appends numbers, the highest byte first.
func put(b *bytes.Buffer, numbers ...any) {
	for _, n := range numbers {
		switch n := n.(type) { // those of each glyph: the others are few
		case uint32:
			b.Write(binary.BigEndian.AppendUint32(b.AvailableBuffer(), n))
			continue
		case [2]uint16:
			b.Write(binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b.AvailableBuffer(), n[0]), n[1]))
			continue
		}
		out, err := binary.Append(nil, binary.BigEndian, n)
		if err != nil {
			panic(err) // a type without a fixed size
		}
		b.Write(out)
	}
}

// pad fills up to a multiple of four bytes.
func pad(b *bytes.Buffer) {
	for b.Len()%4 != 0 {
		b.WriteByte(0)
	}
}
