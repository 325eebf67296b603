package table

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// text writes CSV as spreadsheets in the Netherlands open it: a byte order mark,
// semicolons, lines that end in CR LF (RFC 4180). encoding/csv quotes only where
// it must; here every text is quoted, so that a comma or tab in it starts no new
// cell, and with it a formula, in a spreadsheet that splits on those.
type text struct {
	sheet Sheet
	w     *bufio.Writer
	b     []byte // of the row, used again
}

func newText(w io.Writer, s Sheet) (*text, error) {
	t := &text{sheet: s, w: bufio.NewWriterSize(w, 1<<15)}
	if _, err := t.w.WriteString("\uFEFF"); err != nil {
		return nil, err
	}
	return t, t.Row(s.names()...)
}

func (t *text) Row(cells ...any) error {
	if err := t.sheet.fits(cells); err != nil {
		return err
	}
	t.b = t.b[:0]
	for i, c := range cells {
		if i > 0 {
			t.b = append(t.b, ';')
		}
		switch c := c.(type) {
		case nil:
		case string:
			t.b = quote(t.b, c)
		case int:
			t.b = strconv.AppendInt(t.b, int64(c), 10)
		case time.Time:
			t.b = local(c).AppendFormat(t.b, "2006-01-02 15:04")
		default:
			return fmt.Errorf("a %T is no cell", c)
		}
	}
	t.b = append(t.b, '\r', '\n')
	_, err := t.w.Write(t.b)
	return err
}

func (t *text) Close() error { return t.w.Flush() }

// quote writes a text between quotes, after an apostrophe where a spreadsheet
// would read a formula.
func quote(b []byte, s string) []byte {
	b = append(b, '"')
	if formula(s) {
		b = append(b, '\'')
	}
	for s != "" {
		before, after, found := strings.Cut(s, `"`)
		b = append(b, before...)
		if found {
			b = append(b, '"', '"')
		}
		s = after
	}
	return append(b, '"')
}

// formula reports whether a spreadsheet may read the text as a formula. Excel
// also takes the wide signs of a Japanese keyboard.
func formula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}
