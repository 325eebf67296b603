package pdf

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"unicode/utf16"
)

// A parser reads values and operators.
type parser struct {
	t *testing.T
	b []byte
}

func (p *parser) space() { p.b = bytes.TrimLeft(p.b, " \n") }

var token = regexp.MustCompile(`^[^ \n\[\]<>()/]+`)

// value reads one value; an operator comes back as itself, the end as nil.
func (p *parser) value() any {
	p.space()
	switch {
	case len(p.b) == 0:
		return nil
	case bytes.HasPrefix(p.b, []byte("<<")):
		p.b = p.b[2:]
		return p.dict()
	case p.b[0] == '[':
		p.b = p.b[1:]
		return p.array()
	case p.b[0] == '<':
		end := bytes.IndexByte(p.b, '>')
		b, err := hex.DecodeString(string(p.b[1:end]))
		if err != nil {
			p.t.Fatal(err)
		}
		p.b = p.b[end+1:]
		return b
	case p.b[0] == '(':
		return p.literal()
	case p.b[0] == '/':
		w := token.Find(p.b[1:])
		p.b = p.b[1+len(w):]
		return name(w)
	}
	return p.word()
}

type operator string

var reference = regexp.MustCompile(`^(\d+) 0 R\b`)

func (p *parser) word() any {
	if m := reference.FindSubmatch(p.b); m != nil {
		p.b = p.b[len(m[0]):]
		return ref(number(string(m[1])))
	}
	w := token.Find(p.b)
	if len(w) == 0 {
		p.t.Fatalf("cannot read %.40q", p.b)
	}
	p.b = p.b[len(w):]
	if n, err := strconv.Atoi(string(w)); err == nil {
		return n
	}
	if n, err := strconv.ParseFloat(string(w), 64); err == nil {
		return n
	}
	return operator(w)
}

func (p *parser) dict() dict {
	d := dict{}
	for {
		p.space()
		if bytes.HasPrefix(p.b, []byte(">>")) {
			p.b = p.b[2:]
			return d
		}
		k, ok := p.value().(name)
		if !ok {
			p.t.Fatalf("no name before %.40q", p.b)
		}
		if _, twice := d[k]; twice {
			p.t.Errorf("%s stands twice", k)
		}
		d[k] = p.value()
	}
}

func (p *parser) array() []any {
	a := []any{}
	for {
		p.space()
		if p.b[0] == ']' {
			p.b = p.b[1:]
			return a
		}
		a = append(a, p.value())
	}
}

func (p *parser) literal() []byte {
	var out []byte
	for i := 1; ; i++ {
		switch p.b[i] {
		case '\\':
			i++
		case '(':
			p.t.Fatalf("a bracket without a stroke in %.40q", p.b)
		case ')':
			p.b = p.b[i+1:]
			return out
		}
		out = append(out, p.b[i])
	}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// utf16Text decodes big-endian UTF-16.
func utf16Text(b []byte) string {
	var u []uint16
	for i := 0; i+1 < len(b); i += 2 {
		u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(u))
}

// show prints a value, names in order.
func show(v any) string { return fmt.Sprintf("%T %v\n", v, v) }
