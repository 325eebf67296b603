package criteria

import "math/bits"

// Block is how many rows are decided at a time.
const Block = 1024

// words is how many machine words hold a bit for each row of a block.
const words = Block / 64

// A bitmap holds a bit for each row of a block.
type bitmap [words]uint64

// A Column holds one field of many rows, cut into bit planes: of each block the
// lowest bits of all rows, then the next bits, and so on, counted from the least
// value of the field. A comparison with a fixed value then takes one step a bit
// for 64 rows at once, on any machine. Planes above the highest bit that is set
// in a block are left out, so a column takes no more memory than its values ask.
type Column struct {
	field  *Field
	width  int // planes that the range of the field asks
	rows   int
	planes []uint64 // of each block its planes, the lowest first
	start  []int    // of each block where its planes begin, then where the last end
	known  []uint64 // of each block one bitmap; nil when all are known
	open   []uint64 // all planes of the block that is being filled
	spare  [64]uint64
}

// NewColumn returns an empty column of the field, with room for this many rows.
func NewColumn(f *Field, room int) *Column {
	width := bits.Len64(uint64(f.Through) - uint64(f.From))
	blocks := (room + Block - 1) / Block
	return &Column{field: f, width: width, planes: make([]uint64, 0, blocks*width*words), start: make([]int, 1, blocks+1)}
}

// Rows returns how many cells were appended.
func (c *Column) Rows() int { return c.rows }

// Append adds the cell of the next row, which must be in bounds.
func (c *Column) Append(cell Cell) {
	at := c.rows % 64
	if c.rows%Block == 0 {
		c.grow()
	}
	c.spare[at] = 0
	word := c.rows / 64
	if cell.Known {
		c.spare[at] = uint64(cell.V) - uint64(c.field.From)
	} else if c.known == nil {
		c.allKnown()
	}
	if c.known != nil && cell.Known {
		c.known[word] |= 1 << at
	}
	c.rows++
	if at == 63 {
		c.flush(word)
	}
}

// grow begins a block.
func (c *Column) grow() {
	if c.open == nil {
		c.open = make([]uint64, c.width*words)
	}
	if c.known != nil {
		c.known = append(c.known, make([]uint64, words)...)
	}
}

// allKnown begins to keep which cells are known: all so far.
func (c *Column) allKnown() {
	c.known = make([]uint64, (c.rows/Block+1)*words)
	for i := range c.rows {
		c.known[i/64] |= 1 << (i % 64)
	}
}

// Close keeps the last rows. It must be called before the column is decided by,
// and nothing may be appended after it.
func (c *Column) Close() {
	if at := c.rows % 64; at > 0 {
		clear(c.spare[at:])
		c.flush(c.rows / 64)
	}
	if c.rows%Block > 0 && len(c.start)*Block < c.rows+Block {
		c.end()
	}
	c.open = nil
}

// flush writes 64 rows into the planes of the block that is being filled.
func (c *Column) flush(word int) {
	transpose(&c.spare)
	for p := range c.width {
		c.open[p*words+word%words] = c.spare[p]
	}
	if word%words == words-1 {
		c.end()
	}
}

// end keeps the planes of the block up to the highest that has a bit.
func (c *Column) end() {
	used := len(c.open)
	for used > 0 && c.open[used-1] == 0 {
		used--
	}
	used = (used + words - 1) / words * words
	c.planes = append(c.planes, c.open[:used]...)
	c.start = append(c.start, len(c.planes))
	clear(c.open)
}

// block returns the planes of a block that have a bit, the lowest first.
func (c *Column) block(b int) []uint64 { return c.planes[c.start[b]:c.start[b+1]] }

// plane returns one plane of a block.
func (c *Column) plane(b, p int) *bitmap {
	if at := c.start[b] + p*words; at < c.start[b+1] {
		return (*bitmap)(c.planes[at:])
	}
	return &none
}

// values writes 64 rows of a block, as numbers, into out.
func (c *Column) values(b, word int, out *[64]uint64) {
	block := c.block(b)
	clear(out[:])
	for p := 0; p*words < len(block); p++ {
		out[p] = block[p*words+word]
	}
	transpose(out)
}

// Cell returns the cell of a row of a column that was closed.
func (c *Column) Cell(row int) Cell {
	if c.known != nil && c.known[row/64]>>(row%64)&1 == 0 {
		return Cell{}
	}
	block := c.block(row / Block)
	word, bit := row%Block/64, row%64
	var v uint64
	for p := 0; p*words < len(block); p++ {
		v |= block[p*words+word] >> bit & 1 << p
	}
	return Cell{int64(v + uint64(c.field.From)), true}
}

// transpose turns a square of 64 by 64 bits over its diagonal, by halves.
func transpose(a *[64]uint64) {
	mask := uint64(0x00000000FFFFFFFF)
	for j := 32; j != 0; j >>= 1 {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (a[k]>>j ^ a[k+j]) & mask
			a[k] ^= t << j
			a[k+j] ^= t
		}
		mask ^= mask << (j >> 1)
	}
}
