package pdftext

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"strconv"
	"unicode/utf16"
)

// A parser reads values and operators from the front of bytes.
type parser struct{ b []byte }

// An operator is a word that is no value.
type operator string

func white(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func ends(c byte) bool { return white(c) || bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (p *parser) space() {
	for len(p.b) > 0 {
		switch {
		case white(p.b[0]):
			p.b = p.b[1:]
		case p.b[0] == '%':
			end := bytes.IndexAny(p.b, "\r\n")
			if end < 0 {
				end = len(p.b)
			}
			p.b = p.b[end:]
		default:
			return
		}
	}
}

// value reads one value: dict, array, string, name, ref, int, float64, bool or operator;
// nil at the end, or of what lies too deep.
func (p *parser) value(depth int) any {
	p.space()
	if len(p.b) == 0 || depth > mostDepth {
		p.b = nil
		return nil
	}
	switch c := p.b[0]; {
	case c == '<' && len(p.b) > 1 && p.b[1] == '<':
		p.b = p.b[2:]
		return p.dict(depth)
	case c == '<':
		return p.hex()
	case c == '(':
		return p.literal()
	case c == '[':
		p.b = p.b[1:]
		return p.array(depth)
	case c == '/':
		p.b = p.b[1:]
		return name(unescape(p.word()))
	case c == ']' || c == ')' || c == '{' || c == '}' || c == '>':
		p.b = p.b[1:]
		if c == '>' && len(p.b) > 0 && p.b[0] == '>' {
			p.b = p.b[1:]
			return operator(">>")
		}
		return operator(c)
	}
	return p.number(string(p.word()))
}

func (p *parser) word() []byte {
	n := 0
	for n < len(p.b) && !ends(p.b[n]) {
		n++
	}
	w := p.b[:n]
	p.b = p.b[n:]
	return w
}

// unescape takes the #xx out of a name.
func unescape(w []byte) []byte {
	if bytes.IndexByte(w, '#') < 0 {
		return w
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) {
			if b, err := hex.DecodeString(string(w[i+1 : i+3])); err == nil {
				out = append(out, b[0])
				i += 2
				continue
			}
		}
		out = append(out, w[i])
	}
	return out
}

// number reads what a word says: a number, a reference where two numbers and R follow,
// or an operator.
func (p *parser) number(w string) any {
	n, err := strconv.Atoi(w)
	if err != nil {
		switch f, err := strconv.ParseFloat(w, 64); {
		case err == nil && (w[0] == '.' || w[0] == '-' || w[0] == '+' || w[0] >= '0' && w[0] <= '9'):
			return f
		case w == "true" || w == "false":
			return w == "true"
		}
		return operator(w)
	}
	rest := parser{p.b}
	rest.space()
	if g := rest.word(); n >= 0 && len(g) > 0 && len(g) < 6 && g[0] >= '0' && g[0] <= '9' {
		rest.space()
		if string(rest.word()) == "R" {
			p.b = rest.b
			return ref(n)
		}
	}
	return n
}

func (p *parser) dict(depth int) dict {
	d := dict{}
	for {
		key := p.value(depth + 1)
		if k, ok := key.(name); ok {
			v := p.value(depth + 1)
			if v == operator(">>") {
				return d
			}
			d[k] = v
			continue
		}
		if key == nil || key == operator(">>") || key == operator("endobj") || key == operator("stream") {
			return d
		}
	}
}

func (p *parser) array(depth int) array {
	a := array{}
	for {
		v := p.value(depth + 1)
		if v == nil || v == operator("]") {
			return a
		}
		a = append(a, v)
	}
}

func (p *parser) hex() string {
	end := bytes.IndexByte(p.b, '>')
	if end < 0 {
		end = len(p.b)
	}
	var digits []byte
	for _, c := range p.b[1:max(end, 1)] {
		if !white(c) {
			digits = append(digits, c)
		}
	}
	p.b = p.b[min(end+1, len(p.b)):]
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, hex.DecodedLen(len(digits)))
	n, _ := hex.Decode(out, digits) // what comes before a fault is kept
	return string(out[:n])
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

func (p *parser) literal() string {
	var out []byte
	deep, b := 0, p.b
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\' && i+1 < len(b):
			i++
			switch e := b[i]; {
			case e >= '0' && e <= '7':
				n := 0
				for k := 0; k < 3 && i < len(b) && b[i] >= '0' && b[i] <= '7'; k++ {
					n = n*8 + int(b[i]-'0')
					i++
				}
				i--
				out = append(out, byte(n))
			case e == '\n' || e == '\r':
			case escapes[e] != 0:
				out = append(out, escapes[e])
			default:
				out = append(out, e)
			}
		case c == '(':
			if deep++; deep > 1 {
				out = append(out, c)
			}
		case c == ')':
			if deep--; deep == 0 {
				p.b = b[i+1:]
				return string(out)
			}
			out = append(out, c)
		default:
			out = append(out, c)
		}
	}
	p.b = nil
	return string(out)
}

// stream returns the bytes of a stream that follows a dictionary; nil where none does.
// The length that the dictionary gives is not believed: the mark at its end is looked for.
func stream(b []byte) []byte {
	p := parser{b}
	p.space()
	rest, ok := bytes.CutPrefix(p.b, []byte("stream"))
	if !ok {
		return nil
	}
	rest = bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("\r")), []byte("\n"))
	end := bytes.Index(rest, []byte("endstream"))
	if end < 0 {
		end = len(rest)
	}
	return rest[:end:end]
}

// unpack returns the bytes of a stream without its filters; ok is false for one that is
// not known, or larger than is read.
func (r *reader) unpack(o object) (b []byte, ok bool) {
	d, _ := o.value.(dict)
	b = o.raw
	filters := r.array(d["Filter"])
	if f, one := r.get(d["Filter"]).(name); one {
		filters = array{f}
	}
	if len(filters) > 4 {
		return nil, false
	}
	for _, f := range filters {
		switch r.get(f) {
		case name("FlateDecode"), name("Fl"):
			z, err := zlib.NewReader(bytes.NewReader(b))
			if err != nil {
				return nil, false
			}
			left := mostUnpacked - r.unpacked
			out, _ := io.ReadAll(io.LimitReader(z, int64(left)+1)) // what comes before a fault is kept
			if len(out) > left {
				r.fail(ErrTooLarge)
				out = out[:left]
			}
			r.unpacked += len(out)
			b = out
		case name("ASCIIHexDecode"), name("AHx"):
			b = []byte((&parser{append([]byte("<"), b...)}).hex())
		case name("ASCII85Decode"), name("A85"):
			if end := bytes.Index(b, []byte("~>")); end >= 0 {
				b = b[:end]
			}
			out := make([]byte, 4*len(b)+4)
			n, _, err := ascii85.Decode(out, b, true)
			if err != nil {
				return nil, false
			}
			b = out[:n]
		default:
			return nil, false
		}
	}
	if d["DecodeParms"] != nil && r.int(r.dict(d["DecodeParms"])["Predictor"]) > 1 {
		return nil, false
	}
	return b, true
}

// plain is a string that stands outside the pages: UTF-16 with its mark, else bytes.
func plain(s string) string {
	if len(s) >= 2 && s[0] == 0xfe && s[1] == 0xff {
		return utf16be(s[2:])
	}
	return latin(s)
}

func utf16be(s string) string {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(units))
}

func latin(s string) string {
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = rune(s[i])
	}
	return string(out)
}
