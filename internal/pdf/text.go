package pdf

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Text is what stands in one paragraph, item or cell: runs behind each other,
// with no space between them but their own. White space counts as one space; a
// newline begins a new line.
type Text []Run

// A Run is a stretch of text in one dress.
type Run struct {
	Text string
	Bold bool
	Link string // where it leads: an absolute https, http, mailto or tel address; empty for no link
}

// Plain returns a text of one plain run.
func Plain(s string) Text { return Text{{Text: s}} }

// Bold returns a text of one bold run.
func Bold(s string) Text { return Text{{Text: s, Bold: true}} }

// Link returns a text of one run that leads to address.
func Link(s, address string) Text { return Text{{Text: s, Link: address}} }

// Join puts texts behind each other: Join(Plain("Bel "), Bold("nu"), Plain(".")).
func Join(parts ...Text) Text {
	var t Text
	for _, p := range parts {
		t = append(t, p...)
	}
	return t
}

// Missing returns the characters of s that a document cannot show, each once, in
// order of appearance. Who lets others write texts asks it when they are kept.
func Missing(s string) []rune {
	var lost []rune
	for _, r := range tidy(s) {
		if !shows(r) && !slices.Contains(lost, r) {
			lost = append(lost, r)
		}
	}
	return lost
}

// NoGlyph is the error of a character that the fonts lack.
type NoGlyph struct{ Char rune }

func (e *NoGlyph) Error() string {
	if !unicode.IsPrint(e.Char) {
		return fmt.Sprintf("no font here has the character %U", e.Char)
	}
	return fmt.Sprintf("no font here has the character %c (%U)", e.Char, e.Char)
}

// shows tells whether both fonts hold the character, or it ends a line. They hold all
// of ASCII that is printed.
func shows(r rune) bool {
	return r >= ' ' && r <= '~' || r == '\n' || regular().has(r) && bold().has(r)
}

const hardSpace = '\u00a0' // keeps an amount with its sign

// tidy composes letters with their accents, and replaces characters that differ
// from one in the fonts by width or breaking alone. What is invisible by
// definition is left out.
func tidy(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return ' '
		case '\u2007', '\u2009', '\u202f': // figure space, thin space, narrow hard space
			return hardSpace
		case '\u2010', '\u2011': // hyphen, hard hyphen: lines are not broken at hyphens
			return '-'
		case '\u00ad', '\u200b', '\u2060', '\ufeff': // soft hyphen, and three without width
			return -1
		}
		return r
	}, norm.NFC.String(s))
}

// oneLine returns s tidied, without newlines and outer space.
func oneLine(s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(tidy(s), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
	for _, r := range s {
		if !shows(r) {
			return "", &NoGlyph{r}
		}
	}
	return s, nil
}

// A span is a run as it is drawn: its dress, and its place in the structure.
type span struct {
	face int
	link string
	elem *elem // of a link, once its first piece is drawn
}

// A char is one character of a text with its dress.
type char struct {
	r    rune
	span *span
}

// chars checks a text and returns its characters: no space at either end of a
// line, nowhere two.
func (t Text) chars(bolder bool) ([]char, error) {
	most := 0
	for _, run := range t {
		most += len(run.Text)
	}
	out := make([]char, 0, most)
	for _, run := range t {
		s, err := run.span(bolder)
		if err != nil {
			return nil, err
		}
		for _, r := range tidy(run.Text) {
			n := len(out)
			if r == '\n' && n > 0 && out[n-1].r == ' ' {
				out, n = out[:n-1], n-1
			}
			if r == ' ' && (n == 0 || out[n-1].r == ' ' || out[n-1].r == '\n') {
				continue
			}
			if !shows(r) {
				return nil, &NoGlyph{r}
			}
			out = append(out, char{r, s})
		}
	}
	for n := len(out); n > 0 && (out[n-1].r == ' ' || out[n-1].r == '\n'); n = len(out) {
		out = out[:n-1]
	}
	return out, nil
}

func (r Run) span(bolder bool) (*span, error) {
	s := &span{link: r.Link}
	if r.Bold || bolder {
		s.face = 1
	}
	if r.Link == "" {
		return s, nil
	}
	u, err := url.Parse(r.Link)
	if err != nil {
		return nil, fmt.Errorf("link: %w", err)
	}
	switch u.Scheme {
	case "https", "http", "mailto", "tel":
	default:
		return nil, fmt.Errorf("link %q does not begin with https, http, mailto or tel", r.Link)
	}
	s.link = u.String()
	for _, c := range []byte(s.link) {
		if c <= ' ' || c > '~' {
			return nil, fmt.Errorf("link %q holds more than ASCII", r.Link)
		}
	}
	return s, nil
}
