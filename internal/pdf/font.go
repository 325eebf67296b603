package pdf

import (
	"encoding/binary"
	"fmt"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A typeface is a font as it came, with what setting needs of it. It does not
// change, and all documents share it.
type typeface struct {
	name                    string
	tables                  map[string][]byte
	glyphs                  []glyph // by character; see has
	box                     [4]int  // of all glyphs, in thousandths of the size, as the next three
	ascent, descent, capped int
	stem                    int
}

// A glyph is a place in the font and how far the pen moves, in thousandths of
// the size. The file tells viewers the same whole number, so what fits here fits
// there.
type glyph struct {
	index   uint16 // 0 where the font has none
	advance uint16
}

// The two fonts, read once. The Go fonts (BSD licence, copyright 2016 Bigelow &
// Holmes) hold all letters of the languages of Europe in Latin, Greek and Cyrillic.
var (
	regular = sync.OnceValue(func() *typeface { return mustRead("Go-Regular", goregular.TTF, 84) })
	bold    = sync.OnceValue(func() *typeface { return mustRead("Go-Bold", gobold.TTF, 150) })
)

// mustRead panics on a font that cannot be read: it is part of the program.
func mustRead(name string, raw []byte, stem int) *typeface {
	t, err := read(name, raw)
	if err != nil {
		panic(fmt.Sprintf("font %s: %v", name, err))
	}
	t.stem = stem
	return t
}

func read(name string, raw []byte) (*typeface, error) {
	f, err := sfnt.Parse(raw)
	if err != nil {
		return nil, err
	}
	t := &typeface{name: name, tables: tables(raw), glyphs: make([]glyph, 0x10000)}
	em := int(f.UnitsPerEm())
	var buf sfnt.Buffer
	for r := range rune(len(t.glyphs)) {
		if !readable(r) {
			continue
		}
		g, err := f.GlyphIndex(&buf, r)
		if err != nil {
			return nil, err
		}
		if g == 0 {
			continue
		}
		a, err := f.GlyphAdvance(&buf, g, fixed.I(em), font.HintingNone)
		if err != nil {
			return nil, err
		}
		t.glyphs[r] = glyph{uint16(g), uint16(thousandths(a.Round(), em))}
	}
	for i := range t.box {
		t.box[i] = thousandths(signed(t.tables["head"], 36+2*i), em)
	}
	t.ascent, t.descent = thousandths(signed(t.tables["hhea"], 4), em), thousandths(signed(t.tables["hhea"], 6), em)
	t.capped = thousandths(signed(t.tables["OS/2"], 88), em)
	return t, nil
}

// readable tells whether a character tells a reader something: those for control
// and private use do not, nor does the sign for one that was lost before.
func readable(r rune) bool {
	return unicode.IsPrint(r) && r != unicode.ReplacementChar || r == hardSpace
}

func (t *typeface) has(r rune) bool {
	return r >= 0 && int(r) < len(t.glyphs) && t.glyphs[r].index != 0
}

// advance is how far the pen moves, for a character that the font has.
func (t *typeface) advance(r rune) int { return int(t.glyphs[r].advance) }

// thousandths converts from units of the font, to the nearest.
func thousandths(n, em int) int {
	if n < 0 {
		return -thousandths(-n, em)
	}
	return (n*2000 + em) / (2 * em)
}

// signed reads a 16-bit number of a table.
func signed(table []byte, at int) int { return int(int16(binary.BigEndian.Uint16(table[at:]))) }

// tables cuts a font file into its tables, by tag.
func tables(raw []byte) map[string][]byte {
	m := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		e := raw[12+16*i:]
		from, size := binary.BigEndian.Uint32(e[8:]), binary.BigEndian.Uint32(e[12:])
		m[string(e[:4])] = raw[from : from+size]
	}
	return m
}

// A face is a typeface as one document uses it: each character gets the next
// number when it is first drawn, and the embedded font has its glyphs in that
// order. So no two characters share a number, whatever the font does.
type face struct {
	*typeface
	common  [0x180]uint16 // numbers of the characters of most words, 0 for none yet
	numbers map[rune]uint16
	order   []rune
}

func newFace(t *typeface) *face { return &face{typeface: t, numbers: map[rune]uint16{}} }

// number returns the number of a character in the document; 0 is the empty box,
// and taken.
func (f *face) number(r rune) uint16 {
	often := r >= 0 && int(r) < len(f.common)
	if often && f.common[r] != 0 {
		return f.common[r]
	}
	n, ok := f.numbers[r]
	if !ok {
		f.order = append(f.order, r)
		n = uint16(len(f.order))
		f.numbers[r] = n
	}
	if often {
		f.common[r] = n
	}
	return n
}
