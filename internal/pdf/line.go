package pdf

import (
	"strconv"
	"unicode/utf8"
)

// A length is in thousandths of a point.
type length int

// pt converts whole points.
func pt(n int) length { return length(n) * 1000 }

func (l length) String() string { return string(l.write(nil)) }

// write puts a length behind b as PDF writes it: in points.
func (l length) write(b []byte) []byte {
	if l < 0 {
		b, l = append(b, '-'), -l
	}
	b = strconv.AppendInt(b, int64(l/1000), 10)
	rest := l % 1000
	if rest == 0 {
		return b
	}
	b = append(b, '.')
	for unit := length(100); rest != 0; unit /= 10 {
		b = append(b, '0'+byte(rest/unit))
		rest %= unit
	}
	return b
}

// A line is what stands beside each other, in pieces of one dress each.
type line struct {
	pieces []piece
	width  length // as seen: without the space at its end
}

// A piece is a part of a line that is drawn at once.
type piece struct {
	text  string
	span  *span
	width length
}

// typefaces returns the fonts by the numbers of faces.
func typefaces() [2]*typeface { return [2]*typeface{regular(), bold()} }

// lines breaks characters into lines no wider than width, in time linear in
// their number. It breaks at spaces, which stay at the end of their line for who
// reads the text without its shape. A word that is too wide alone is cut, behind
// a hyphen, stroke, dot or the like if there is one.
func lines(cs []char, st style, width length) []line {
	if len(cs) == 0 {
		return nil
	}
	faces := typefaces()
	at := make([]int, len(cs)+1) // where each character begins, in thousandths of the size
	for i, c := range cs {
		at[i+1] = at[i] + faces[c.span.face].advance(c.r)
	}
	room := int(width) * 1000 / int(st.size)
	var out []line
	start, space, stroke := 0, -1, -1
	end := func(i, next int) {
		out = append(out, newLine(cs, at, start, i, next, st.size))
		start, space, stroke = next, -1, -1
	}
	for i := 0; i < len(cs); i++ {
		c := cs[i]
		if c.r == '\n' {
			end(i, i+1)
			continue
		}
		if c.r == ' ' {
			space = i
			continue
		}
		if at[i+1]-at[start] > room && i > start {
			switch {
			case space >= start:
				end(space, space+1)
			case stroke > start:
				end(stroke, stroke)
			default:
				end(i, i)
			}
			i = start - 1 // what was carried over is looked at again; it is shorter than a line
			continue
		}
		switch c.r {
		case '-', '/', '.', '_', '@', '?', '&', '=', ',', ';', ':':
			stroke = i + 1
		}
	}
	end(len(cs), len(cs))
	return out
}

// newLine cuts the characters from start up to next into pieces; those from seen
// are no part of the width.
func newLine(cs []char, at []int, start, seen, next int, size length) line {
	scale := func(n int) length { return length(n) * size / 1000 }
	l := line{width: scale(at[seen] - at[start])}
	text := make([]byte, 0, next-start)
	from := start
	for i := start; i < next; i++ {
		r := cs[i].r
		if r == '\n' {
			r = ' '
		}
		text = utf8.AppendRune(text, r)
		if i+1 == next || cs[i+1].span != cs[i].span {
			l.pieces = append(l.pieces, piece{string(text), cs[i].span, scale(at[min(i+1, seen)] - at[min(from, seen)])})
			text, from = text[:0], i+1
		}
	}
	return l
}
