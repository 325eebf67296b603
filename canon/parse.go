package canon

import (
	"strings"
	"sync"
	"unicode/utf8"

	"zorgplicht/internal/fault"
)

// A cell is one value or key of a document, in the order of the text. Flat cells
// instead of a tree of nodes keep reading at one allocation for most documents.
type cell struct {
	kind    Kind
	escaped bool  // a string that holds a backslash
	at, end int32 // its text in src; of a string without the quotes
	next    int32 // the cell after this value and all it holds
	count   int32 // items of an array, members of an object
}

// A doc is a parsed text. It is not written to after parse, so many may read it.
type doc struct {
	src    string
	cells  []cell
	faults []fault.Detail
	broken bool   // not JSON at all: the cells mean nothing
	path   []step // where the parser is
}

// A step is one part of a JSON pointer: a key, or an index when key is absent.
type step struct {
	key   string
	index int // -1 for a key
}

var docs = sync.Pool{New: func() any { return new(doc) }}

func (d *doc) release() {
	if cap(d.cells) > 1<<14 { // a rare big document must not stay in the pool
		return
	}
	clear(d.path[:cap(d.path)])
	*d = doc{cells: d.cells[:0], path: d.path[:0]}
	docs.Put(d)
}

// parse fills the doc from src. It keeps the first fault of form, or every
// duplicate key.
func (d *doc) parse(src string) {
	d.src = src
	if len(src) > 1<<30 {
		d.fail(CodeTooLong, textTooLong)
		return
	}
	if !utf8.ValidString(src) {
		d.fail(CodeNotUTF8, textNotUTF8)
		return
	}
	i, ok := d.value(d.space(0), 0)
	if !ok {
		return
	}
	if i = d.space(i); i < len(src) {
		d.syntax(i)
	}
}

func (d *doc) fail(code, text string) {
	d.broken = true
	d.faults = append(d.faults, fault.Detail{Pointer: pointer("", d.path), Reason: code, Text: text})
}

func (d *doc) syntax(i int) (int, bool) {
	d.faults = nil // duplicates before the break are no help to who must mend the form first
	d.path = d.path[:0]
	d.fail(CodeSyntax, textSyntax(i+1))
	return i, false
}

func (d *doc) space(i int) int {
	for i < len(d.src) {
		switch d.src[i] {
		case ' ', '\t', '\n', '\r':
			i++
		default:
			return i
		}
	}
	return i
}

// value reads the value at i and returns where it ends.
func (d *doc) value(i, depth int) (int, bool) {
	if i >= len(d.src) {
		return d.syntax(i)
	}
	switch c := d.src[i]; c {
	case '{':
		return d.object(i, depth+1)
	case '[':
		return d.array(i, depth+1)
	case '"':
		return d.str(i)
	case 't':
		return d.word(i, "true", True)
	case 'f':
		return d.word(i, "false", False)
	case 'n':
		return d.word(i, "null", Nil)
	default:
		return d.number(i)
	}
}

func (d *doc) add(c cell) { d.cells = append(d.cells, c) }

func (d *doc) word(i int, w string, k Kind) (int, bool) {
	if !strings.HasPrefix(d.src[i:], w) {
		return d.syntax(i)
	}
	d.add(cell{kind: k, at: int32(i), end: int32(i + len(w)), next: int32(len(d.cells) + 1)})
	return i + len(w), true
}

func (d *doc) number(i int) (int, bool) {
	end, ok := scanNumber(d.src, i)
	if !ok {
		return d.syntax(end)
	}
	if end-i > maxNumber || strings.IndexByte(d.src[i:end], 'e') >= 0 || strings.IndexByte(d.src[i:end], 'E') >= 0 {
		if _, ok := normal(d.src[i:end]); !ok {
			d.fail(CodeNumberTooLong, textNumberTooLong)
			return i, false
		}
	}
	d.add(cell{kind: Num, at: int32(i), end: int32(end), next: int32(len(d.cells) + 1)})
	return end, true
}

func (d *doc) str(i int) (int, bool) {
	start, escaped := i+1, false
	for i = start; i < len(d.src); i++ {
		switch c := d.src[i]; {
		case c == '"':
			d.add(cell{kind: Str, escaped: escaped, at: int32(start), end: int32(i), next: int32(len(d.cells) + 1)})
			return i + 1, true
		case c == '\\':
			escaped = true
			n := escape(d.src[i:])
			if n == 0 {
				return d.syntax(i)
			}
			i += n - 1
		case c < ' ':
			return d.syntax(i)
		}
	}
	return d.syntax(i)
}

func (d *doc) array(i, depth int) (int, bool) {
	if depth > MaxDepth {
		d.fail(CodeTooDeep, textTooDeep)
		return i, false
	}
	me, ok := len(d.cells), false
	d.add(cell{kind: Arr, at: int32(i)})
	count := 0
	i = d.space(i + 1)
	if i < len(d.src) && d.src[i] == ']' {
		return d.close(me, i, 0)
	}
	for {
		d.path = append(d.path, step{index: count})
		if i, ok = d.value(d.space(i), depth); !ok {
			return i, false
		}
		d.path = d.path[:len(d.path)-1]
		count++
		i = d.space(i)
		switch {
		case i < len(d.src) && d.src[i] == ',':
			i++
		case i < len(d.src) && d.src[i] == ']':
			return d.close(me, i, count)
		default:
			return d.syntax(i)
		}
	}
}

func (d *doc) object(i, depth int) (int, bool) {
	if depth > MaxDepth {
		d.fail(CodeTooDeep, textTooDeep)
		return i, false
	}
	me, ok := len(d.cells), false
	d.add(cell{kind: Obj, at: int32(i)})
	var keys keyset
	i = d.space(i + 1)
	if i < len(d.src) && d.src[i] == '}' {
		return d.close(me, i, 0)
	}
	for count := 0; ; {
		i = d.space(i)
		if i >= len(d.src) || d.src[i] != '"' {
			return d.syntax(i)
		}
		key := len(d.cells)
		if i, ok = d.str(i); !ok {
			return i, false
		}
		if i = d.space(i); i >= len(d.src) || d.src[i] != ':' {
			return d.syntax(i)
		}
		name := d.text(int32(key))
		d.path = append(d.path, step{key: name, index: -1})
		if !keys.add(name) {
			d.faults = note(d.faults, "", d.path, CodeDuplicate, textDuplicate)
		}
		if i, ok = d.value(d.space(i+1), depth); !ok {
			return i, false
		}
		d.path = d.path[:len(d.path)-1]
		count++
		i = d.space(i)
		switch {
		case i < len(d.src) && d.src[i] == ',':
			i++
		case i < len(d.src) && d.src[i] == '}':
			return d.close(me, i, count)
		default:
			return d.syntax(i)
		}
	}
}

func (d *doc) close(me, i, count int) (int, bool) {
	c := &d.cells[me]
	c.end, c.next, c.count = int32(i+1), int32(len(d.cells)), int32(count)
	return i + 1, true
}

// A keyset holds the keys of one object: a few in place, many in a map.
type keyset struct {
	few  [12]string
	n    int
	many map[string]struct{}
}

// add reports whether the key is new.
func (k *keyset) add(key string) bool {
	if k.many != nil {
		_, old := k.many[key]
		k.many[key] = struct{}{}
		return !old
	}
	for _, f := range k.few[:k.n] {
		if f == key {
			return false
		}
	}
	if k.n < len(k.few) {
		k.few[k.n] = key
		k.n++
		return true
	}
	k.many = make(map[string]struct{}, 2*len(k.few))
	for _, f := range k.few {
		k.many[f] = struct{}{}
	}
	k.many[key] = struct{}{}
	return true
}
