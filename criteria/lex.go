package criteria

import (
	"strings"
	"unicode/utf8"
)

// A Fault is one thing wrong in a text, where it stands, and what to do.
type Fault struct {
	At   int    // byte in the text, from 0
	Code string // stable
	Text string // Dutch
}

type tokenKind uint8

const (
	tEnd tokenKind = iota
	tName
	tNumber
	tString
	tSign
)

type token struct {
	kind tokenKind
	text string // of a string: its content
	at   int
}

// signs in the order in which they are tried.
var signs = []string{"&&", "||", "<=", ">=", "==", "!=", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", ","}

// lex cuts a text into tokens and names every character it does not know.
func lex(s string) (list []token, wrong []Fault) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case letter(c):
			n := span(s[i:], func(c byte) bool { return letter(c) || digit(c) })
			list = append(list, token{tName, s[i : i+n], i})
			i += n
		case digit(c):
			n := span(s[i:], func(c byte) bool { return digit(c) || letter(c) || c == '.' })
			if strings.Trim(s[i:i+n], "0123456789.") != "" || strings.Count(s[i:i+n], ".") > 1 || s[i+n-1] == '.' {
				wrong = append(wrong, Fault{i, "number", "Schrijf dit getal met cijfers en hoogstens één punt, zoals 1500 of 12.50."})
				list = append(list, token{tNumber, "1", i})
			} else {
				list = append(list, token{tNumber, s[i : i+n], i})
			}
			i += n
		case c == '"' || c == '\'':
			end := strings.IndexByte(s[i+1:], c)
			if end < 0 || strings.ContainsAny(s[i+1:i+1+end], "\\\n") {
				wrong = append(wrong, Fault{i, "text-open", "Sluit dit woord af met hetzelfde aanhalingsteken, op dezelfde regel en zonder schuine streep."})
				return append(list, token{tEnd, "", len(s)}), wrong
			}
			list = append(list, token{tString, s[i+1 : i+1+end], i})
			i += end + 2
		default:
			sign := signAt(s[i:])
			if sign == "" {
				_, n := utf8.DecodeRuneInString(s[i:])
				wrong = append(wrong, Fault{i, "character", mendOf(c)})
				if c == '=' || c == '&' || c == '|' {
					list = append(list, token{tSign, map[byte]string{'=': "==", '&': "&&", '|': "||"}[c], i})
				}
				i += n
				continue
			}
			list = append(list, token{tSign, sign, i})
			i += len(sign)
		}
	}
	return append(list, token{tEnd, "", len(s)}), wrong
}

func signAt(s string) string {
	for _, sign := range signs {
		if strings.HasPrefix(s, sign) {
			return sign
		}
	}
	return ""
}

func mendOf(c byte) string {
	switch c {
	case '=':
		return "Schrijf == om te vergelijken."
	case '&':
		return "Schrijf && voor en."
	case '|':
		return "Schrijf || voor of."
	}
	return "Haal dit teken weg: de taal kent het niet. Namen bestaan uit letters zonder accent, cijfers en _."
}

func letter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

func span(s string, is func(byte) bool) (n int) {
	for n < len(s) && is(s[n]) {
		n++
	}
	return n
}
