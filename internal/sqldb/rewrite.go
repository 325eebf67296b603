package sqldb

import (
	"fmt"
	"strconv"
	"strings"
)

// firmArg stands in compiled.args for the firm of the transaction.
const firmArg = -1

// compiled is a statement in the words of one engine.
type compiled struct {
	text  string
	args  []int // for each parameter of the engine: index into the caller's arguments, or firmArg
	given int   // arguments that the caller must give
}

// rewrite turns `?`, `:firm` and `:lock` into what the engine reads. Quoted
// text, quoted names and comments stay as they are. On SQLite each parameter is
// a plain `?`; on PostgreSQL the firm is one parameter however often it is named.
func rewrite(text string, e Engine) compiled {
	var c compiled
	var b strings.Builder
	firm := 0
	for _, t := range scan(text) {
		switch {
		case t.kind == symbol && t.text == "?":
			c.args = append(c.args, c.given)
			c.given++
			b.WriteString(placeholder(e, len(c.args)))
		case t.kind == named && t.text == ":firm":
			if e == SQLite || firm == 0 {
				c.args = append(c.args, firmArg)
				firm = len(c.args)
			}
			b.WriteString(placeholder(e, firm))
		case t.kind == named && t.text == ":lock":
			if e == Postgres {
				b.WriteString("for update")
			}
		default:
			b.WriteString(t.text)
		}
	}
	c.text = b.String()
	return c
}

func placeholder(e Engine, n int) string {
	if e == Postgres {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// bind puts the caller's arguments and the firm in the engine's order.
func (c *compiled) bind(firm string, args []any) ([]any, error) {
	if len(args) != c.given {
		return nil, fmt.Errorf("statement takes %d arguments, %d given: %s", c.given, len(args), c.text)
	}
	out := make([]any, len(c.args))
	for i, n := range c.args {
		if n == firmArg {
			out[i] = firm
			continue
		}
		v, err := value(args[n])
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", n+1, err)
		}
		out[i] = v
	}
	return out, nil
}

type tokenKind int

const (
	space  tokenKind = iota // white space and comments
	quoted                  // 'text' or "name"
	word                    // keyword, name or number
	named                   // :firm, :lock and any other :name
	symbol                  // one character, or ::
)

type token struct {
	kind tokenKind
	text string
}

// scan cuts a statement in tokens; joined they are the text again, byte for byte.
func scan(s string) []token {
	var ts []token
	for len(s) > 0 {
		kind, n := next(s)
		ts = append(ts, token{kind, s[:n]})
		s = s[n:]
	}
	return ts
}

func next(s string) (tokenKind, int) {
	switch c := s[0]; {
	case c == '\'' || c == '"':
		return quoted, quotedEnd(s)
	case strings.HasPrefix(s, "--"):
		return space, until(s, "\n")
	case strings.HasPrefix(s, "/*"):
		return space, until(s, "*/")
	case strings.HasPrefix(s, "::"):
		return symbol, 2
	case c == ':' && len(s) > 1 && isWord(s[1]):
		return named, 1 + wordEnd(s[1:])
	case isWord(c):
		return word, wordEnd(s)
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		return space, 1
	default:
		return symbol, 1
	}
}

// quotedEnd finds the closing quote; a doubled quote stays inside. Text that
// never closes runs to the end.
func quotedEnd(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			continue
		}
		if i+1 < len(s) && s[i+1] == s[0] {
			i++
			continue
		}
		return i + 1
	}
	return len(s)
}

func until(s, end string) int {
	if i := strings.Index(s[2:], end); i >= 0 {
		return 2 + i + len(end)
	}
	return len(s)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func wordEnd(s string) int {
	n := 0
	for n < len(s) && isWord(s[n]) {
		n++
	}
	return n
}
