package canon

import (
	"cmp"
	"iter"
	"slices"
)

// A Kind is what sort of JSON value a node is.
type Kind uint8

// The kinds of JSON value. None is the kind of a node that is not there.
const (
	None Kind = iota
	Nil
	False
	True
	Num
	Str
	Arr
	Obj
)

// A Node is one value in a parsed text. The zero Node is not Valid. Nodes may be
// read by many at once.
type Node struct {
	d *doc
	i int32
}

// Valid reports whether there is a value.
func (n Node) Valid() bool { return n.d != nil }

// Release gives back the memory of the text that n came from. It is never
// needed, and saves work where many texts are read. After it no node of that
// text may be used; strings taken from them may.
func (n Node) Release() {
	if n.d != nil {
		n.d.release()
	}
}

// Kind returns what sort of value it is, None when there is none.
func (n Node) Kind() Kind {
	if n.d == nil {
		return None
	}
	return n.d.cells[n.i].kind
}

// Text returns the characters of a string, "" for all else.
func (n Node) Text() string {
	if n.Kind() != Str {
		return ""
	}
	return n.d.text(n.i)
}

// Number returns the canonical form of a number, "" for all else.
func (n Node) Number() Number {
	if n.Kind() != Num {
		return ""
	}
	c := n.d.cells[n.i]
	s, _ := normal(n.d.src[c.at:c.end])
	return Number(s)
}

// Len returns how many items or members an array or object has.
func (n Node) Len() int {
	if n.d == nil {
		return 0
	}
	return int(n.d.cells[n.i].count)
}

// Get returns the member of an object with this key; where a key occurs twice,
// the first.
func (n Node) Get(key string) Node {
	for k, v := range n.Members() {
		if k == key {
			return v
		}
	}
	return Node{}
}

// Items returns the items of an array in order.
func (n Node) Items() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if n.Kind() != Arr {
			return
		}
		for i, end := n.i+1, n.d.cells[n.i].next; i < end; i = n.d.cells[i].next {
			if !yield(Node{n.d, i}) {
				return
			}
		}
	}
}

// Members returns keys and values of an object in the order of the text.
func (n Node) Members() iter.Seq2[string, Node] {
	return func(yield func(string, Node) bool) {
		if n.Kind() != Obj {
			return
		}
		for i, end := n.i+1, n.d.cells[n.i].next; i < end; i = n.d.cells[i+1].next {
			if !yield(n.d.text(i), Node{n.d, i + 1}) {
				return
			}
		}
	}
}

// Append writes the canonical form of the value after b.
func (n Node) Append(b []byte) []byte {
	switch n.Kind() {
	case None, Nil:
		return append(b, "null"...)
	case False:
		return append(b, "false"...)
	case True:
		return append(b, "true"...)
	case Num:
		return append(b, n.Number()...)
	case Str:
		return AppendString(b, n.Text())
	case Arr:
		b = append(b, '[')
		first := true
		for item := range n.Items() {
			if !first {
				b = append(b, ',')
			}
			b, first = item.Append(b), false
		}
		return append(b, ']')
	}
	return n.appendObject(b)
}

func (n Node) appendObject(b []byte) []byte {
	type member struct {
		key string
		v   Node
	}
	members := make([]member, 0, n.Len())
	for k, v := range n.Members() {
		members = append(members, member{k, v})
	}
	slices.SortStableFunc(members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	b = append(b, '{')
	for i, m := range members {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(AppendString(b, m.key), ':')
		b = m.v.Append(b)
	}
	return append(b, '}')
}

// text returns the characters of the string in cell i.
func (d *doc) text(i int32) string {
	c := d.cells[i]
	s := d.src[c.at:c.end]
	if c.escaped {
		return unescape(s)
	}
	return s
}
