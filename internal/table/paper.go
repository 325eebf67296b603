package table

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdf"
)

// PDF is a list on paper: pages with their number of how many, and the hash of its
// rows. It is for people: a list of more than mostPaper rows is refused.
const PDF Format = "pdf"

// mostPaper is how many rows a list on paper holds; besideColumns how many fit beside
// each other: with more each row is a piece of its own.
const (
	mostPaper     = 2000
	besideColumns = 8
)

// paper gathers the rows of a list, which a document needs whole.
type paper struct {
	w    io.Writer
	of   Sheet
	hash hash.Hash
	rows [][]pdf.Text
}

func newPaper(w io.Writer, s Sheet) (Writer, error) {
	if s.Made.IsZero() {
		return nil, fmt.Errorf("sheet %q on paper has no day", s.Name)
	}
	return &paper{w: w, of: s, hash: sha256.New()}, nil
}

// Row keeps a row. The hash is over its cells as text, each between quotes.
func (p *paper) Row(cells ...any) error {
	if err := p.of.fits(cells); err != nil {
		return err
	}
	if len(p.rows) == mostPaper {
		return fault.New(fault.Invalid, "list-too-long", "")
	}
	row := make([]pdf.Text, len(cells))
	for i, c := range cells {
		s := written(c)
		fmt.Fprintf(p.hash, "%s;", strconv.Quote(s))
		row[i] = pdf.Plain(printable(s))
	}
	fmt.Fprintln(p.hash)
	p.rows = append(p.rows, row)
	return nil
}

func written(cell any) string {
	switch c := cell.(type) {
	case nil:
		return ""
	case time.Time:
		return calendar.DutchTime(c)
	}
	return fmt.Sprint(cell)
}

// printable is a text without what a document cannot show.
func printable(s string) string {
	for _, c := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(c), "?")
	}
	return s
}

// Close writes the document.
func (p *paper) Close() error {
	sum := fmt.Sprintf("%x", p.hash.Sum(nil))
	d := pdf.Document{
		Title: p.of.Name, Subject: fmt.Sprintf("%d regels, op %s", len(p.rows), p.of.Made.Dutch()), Author: "Zorgplicht",
		Footer: p.of.Name + " op " + p.of.Made.Dutch() + ", SHA-256 " + sum[:16], Made: p.of.Made.Start(),
	}
	var about pdf.Terms
	for _, a := range p.of.About {
		if a[1] != "" {
			about = append(about, pdf.Term{Name: a[0], Text: pdf.Plain(printable(a[1]))})
		}
	}
	if about != nil {
		d.Blocks = append(d.Blocks, about)
	}
	above := d.Blocks
	write := func(beside bool) (*bytes.Buffer, error) {
		var b bytes.Buffer
		d.Blocks = slices.Concat(above, p.body(beside), []pdf.Block{pdf.Small{Text: pdf.Plain("SHA-256 van de regels: " + sum)}})
		err := d.Write(&b)
		return &b, err
	}
	b, err := write(len(p.of.Columns) <= besideColumns)
	if err != nil { // a column would be too narrow to read
		b, err = write(false)
	}
	if err != nil {
		return err
	}
	_, err = b.WriteTo(p.w)
	return err
}

// body is the rows: in columns beside each other, or each a piece of its own.
func (p *paper) body(beside bool) (blocks []pdf.Block) {
	if len(p.rows) == 0 {
		return []pdf.Block{pdf.Paragraph{Text: pdf.Plain("Geen regels.")}}
	}
	if beside {
		t := pdf.Table{RowHead: true, Rows: p.rows}
		for _, c := range p.of.Columns {
			t.Columns = append(t.Columns, pdf.Column{Head: c.Name, Parts: min(max(c.Width, 10), 40)})
		}
		return []pdf.Block{t}
	}
	for _, row := range p.rows {
		var terms pdf.Terms
		for i, c := range p.of.Columns[1:] {
			if len(row[i+1]) > 0 && row[i+1][0].Text != "" {
				terms = append(terms, pdf.Term{Name: c.Name, Text: row[i+1]})
			}
		}
		head := "–"
		if len(row[0]) > 0 && strings.TrimSpace(row[0][0].Text) != "" {
			head = row[0][0].Text
		}
		blocks = append(blocks, pdf.Heading{Level: 2, Text: head}, terms)
	}
	return blocks
}
