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
// value of the field. A comparison with a fixed value then takes as many steps as
// the field has bits, for 64 rows at once, on any machine. It takes no more
// memory than the range of the field asks.
type Column struct {
	field  *Field
	width  int // planes
	rows   int
	planes []uint64 // of each block width bitmaps
	known  []uint64 // of each block one bitmap; nil when all are known
	spare  [64]uint64
}

// NewColumn returns an empty column of the field, with room for this many rows.
func NewColumn(f *Field, room int) *Column {
	width := bits.Len64(uint64(f.Through) - uint64(f.From))
	blocks := (room + Block - 1) / Block
	return &Column{field: f, width: width, planes: make([]uint64, 0, blocks*width*words)}
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

// grow adds a block of zeros.
func (c *Column) grow() {
	for range c.width * words {
		c.planes = append(c.planes, 0)
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
}

// flush writes 64 rows into the planes.
func (c *Column) flush(word int) {
	transpose(&c.spare)
	block := c.planes[word/words*c.width*words:]
	for p := range c.width {
		block[p*words+word%words] = c.spare[p]
	}
}

// block returns the planes of a block.
func (c *Column) block(b int) []uint64 { return c.planes[b*c.width*words : (b+1)*c.width*words] }

// values writes 64 rows of a block, as numbers, into out.
func (c *Column) values(b, word int, out *[64]uint64) {
	block := c.block(b)
	clear(out[c.width:])
	for p := range c.width {
		out[p] = block[p*words+word]
	}
	transpose(out)
}

// Cell returns the cell of a row.
func (c *Column) Cell(row int) Cell {
	if c.known != nil && c.known[row/64]>>(row%64)&1 == 0 {
		return Cell{}
	}
	block := c.block(row / Block)
	word, bit := row%Block/64, row%64
	var v uint64
	for p := range c.width {
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
