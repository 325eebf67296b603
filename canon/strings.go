package canon

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escape returns the length of the escape that s starts with, a surrogate pair
// taken as one, or 0 where there is none that stands for a character.
func escape(s string) int {
	if len(s) < 2 {
		return 0
	}
	switch s[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		r, ok := hex4(s)
		switch {
		case !ok || (r >= 0xDC00 && r < 0xE000):
			return 0
		case r >= 0xD800 && r < 0xDC00:
			low, ok := rune(0), len(s) >= 12
			if ok {
				low, ok = hex4(s[6:])
			}
			if !ok || low < 0xDC00 || low >= 0xE000 {
				return 0
			}
			return 12
		}
		return 6
	}
	return 0
}

// hex4 reads \uXXXX at the start of s.
func hex4(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[2:6]) {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

var plain = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape returns the text of a string whose escapes the parser accepted.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		n := escape(s)
		switch {
		case n == 6:
			r, _ := hex4(s)
			b.WriteRune(r)
		case n == 12:
			high, _ := hex4(s)
			low, _ := hex4(s[6:])
			b.WriteRune(utf16.DecodeRune(high, low))
		case plain[s[1]] != 0:
			b.WriteByte(plain[s[1]])
		default:
			b.WriteByte(s[1])
		}
		s = s[n:]
	}
}

// AppendString writes s as a canonical JSON string after b. Bytes that are not
// UTF-8 are the caller's to refuse.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\f':
			b = append(b, `\f`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, `\u00`...)
			b = append(b, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

// keyLimit is how much of a key a pointer repeats: enough for any field of ours,
// too little to blow up the answer to a hostile document.
const keyLimit = 100

// pointer writes the path as a JSON pointer (RFC 6901) after at.
func pointer(at string, path []step) string {
	if len(path) == 0 {
		return at
	}
	b := []byte(at)
	for _, s := range path {
		b = append(b, '/')
		if s.index >= 0 {
			b = strconv.AppendInt(b, int64(s.index), 10)
			continue
		}
		key := s.key
		if len(key) > keyLimit {
			cut := keyLimit
			for !utf8.RuneStart(key[cut]) {
				cut--
			}
			key = key[:cut] + "…"
		}
		key = strings.ReplaceAll(key, "~", "~0")
		b = append(b, strings.ReplaceAll(key, "/", "~1")...)
	}
	return string(b)
}
