package pdftext

import (
	"strconv"
	"strings"
)

// A font says which letters its codes are.
type font struct {
	letters map[uint32]string
	wide    bool // codes of two bytes where the table says nothing of them
	widths  map[int]bool
	read    int  // letters, again and again
	known   bool // codes that are in no table are letters of Latin 1
}

// mostLetters is how many letters of a font are read.
const mostLetters = 70_000

func (r *reader) font(v any) *font {
	n, isRef := v.(ref)
	if f := r.fonts[n]; isRef && f != nil {
		return f
	}
	f := &font{letters: map[uint32]string{}, widths: map[int]bool{}}
	if isRef {
		r.fonts[n] = f
	}
	d := r.dict(v)
	f.wide = d["Subtype"] == name("Type0")
	f.known = !f.wide
	r.differences(f, d)
	if m, ok := d["ToUnicode"].(ref); ok {
		if b, ok := r.unpack(r.objects[m]); ok {
			f.table(b)
		}
	}
	return f
}

var digits = strings.Fields("zero one two three four five six seven eight nine")

// glyph is the letter of a name that a font gives to a code; "" is not known.
func glyph(n name) string {
	s, _, _ := strings.Cut(string(n), ".")
	if len(s) == 1 {
		return s
	}
	for i, d := range digits {
		if s == d {
			return strconv.Itoa(i)
		}
	}
	if h, ok := strings.CutPrefix(s, "uni"); ok && len(h) >= 4 {
		if c, err := strconv.ParseUint(h[:4], 16, 16); err == nil {
			return string(rune(c))
		}
	}
	switch s {
	case "space":
		return " "
	case "period":
		return "."
	case "hyphen", "minus":
		return "-"
	}
	return ""
}

// differences reads the names that a font gives to codes. Other words than those of
// glyph stand for letters that no number holds; in a font of drawings, which invents
// its names, they may.
func (r *reader) differences(f *font, d dict) {
	drawn, code := d["Subtype"] == name("Type3"), 0
	for _, v := range r.array(r.dict(d["Encoding"])["Differences"]) {
		switch v := r.get(v).(type) {
		case int:
			code = v
		case name:
			letter := glyph(v)
			if letter == "" && !drawn {
				letter = "\u00b7"
			}
			if letter != "" && code >= 0 && code < 256 {
				f.letters[uint32(code)] = letter
			}
			code++
		}
	}
	if drawn {
		f.known = false
	}
}

// table reads a table from codes to letters.
func (f *font) table(b []byte) {
	p := &parser{b}
	var held []any
	for f.read < mostLetters {
		v := p.value(0)
		switch v {
		case nil:
			return
		case operator("endcodespacerange"):
			for i := 0; i+1 < len(held); i += 2 {
				if s, ok := held[i].(string); ok && len(s) > 0 && len(s) <= 4 {
					f.widths[len(s)] = true
				}
			}
		case operator("endbfchar"):
			for i := 0; i+1 < len(held); i += 2 {
				from, ok1 := held[i].(string)
				to, ok2 := held[i+1].(string)
				if ok1 && ok2 && len(from) <= 4 {
					f.letters[code(from)] = utf16be(to)
					f.read++
				}
			}
		case operator("endbfrange"):
			for i := 0; i+2 < len(held); i += 3 {
				f.ranges(held[i], held[i+1], held[i+2])
			}
		}
		if _, word := v.(operator); word {
			held = held[:0]
		} else if len(held) < 3*mostLetters {
			held = append(held, v)
		}
	}
}

func (f *font) ranges(a, b, to any) {
	from, ok1 := a.(string)
	through, ok2 := b.(string)
	if !ok1 || !ok2 || len(from) > 4 || len(through) > 4 {
		return
	}
	first, last := code(from), code(through)
	for n := first; n <= last && f.read < mostLetters; n++ {
		f.read++
		switch to := to.(type) {
		case string:
			units := []rune(utf16be(to))
			if len(units) == 0 {
				return
			}
			units[len(units)-1] += rune(n - first)
			f.letters[n] = string(units)
		case array:
			if int(n-first) >= len(to) {
				return
			}
			s, _ := to[n-first].(string)
			f.letters[n] = utf16be(s)
		default:
			return
		}
		if n == 1<<32-1 {
			return
		}
	}
}

func code(s string) (n uint32) {
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

// size is how many bytes a code has.
func (f *font) size() int {
	for _, n := range []int{1, 2, 3, 4} {
		if f.widths[n] && (n > 1 || !f.wide || !f.widths[2]) {
			return n
		}
	}
	if f.wide {
		return 2
	}
	return 1
}

// text is what a string says in this font, and how many letters that is; ok is false
// where a code is no letter that is known.
func (f *font) text(s string) (text string, count int, ok bool) {
	var out strings.Builder
	size := 1
	if f.wide {
		size = f.size()
	}
	ok = true
	for ; len(s) > 0; s = s[min(size, len(s)):] {
		c := code(s[:min(size, len(s))])
		letter, there := f.letters[c]
		switch {
		case there:
			out.WriteString(letter)
		case f.known && c < 256:
			out.WriteRune(rune(c))
		default:
			ok = false
			out.WriteRune('\u00b7')
		}
		count++
	}
	return out.String(), count, ok
}
