package web

import (
	"bytes"
	"strings"
	"time"

	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/pdf"
)

// PDF prints a sheet as a tagged PDF. The same sheet gives the same bytes.
func PDF(firm string, made time.Time, s credit.Sheet) ([]byte, error) {
	d := pdf.Document{Title: printable(s.Title), Subject: printable(s.Subject), Author: printable(firm), Made: made, Footer: printable(s.Title)}
	for _, p := range s.Pieces {
		d.Blocks = append(d.Blocks, blocks(p)...)
	}
	var b bytes.Buffer
	err := d.Write(&b)
	return b.Bytes(), err
}

func blocks(p credit.Piece) (all []pdf.Block) {
	if p.Heading != "" {
		all = append(all, pdf.Heading{Level: 2, Text: printable(p.Heading)})
	}
	switch {
	case p.Text != "" && p.Small:
		all = append(all, pdf.Small{Text: plain(p.Text)})
	case p.Text != "":
		all = append(all, pdf.Paragraph{Text: plain(p.Text)})
	}
	if p.Prescribed != "" {
		all = append(all, pdf.Small{Text: plain("Deze tekst is voorgeschreven (" + norm(p.Prescribed) + ").")})
	}
	if len(p.Terms) > 0 {
		terms := pdf.Terms{}
		for _, t := range p.Terms {
			terms = append(terms, pdf.Term{Name: printable(t[0]), Text: plain(t[1])})
		}
		all = append(all, terms)
	}
	if len(p.Columns) > 0 {
		t := pdf.Table{RowHead: true}
		for _, c := range p.Columns {
			t.Columns = append(t.Columns, pdf.Column{Head: printable(c)})
		}
		for _, row := range p.Rows {
			var cells []pdf.Text
			for _, cell := range row {
				cells = append(cells, plain(cell))
			}
			t.Rows = append(t.Rows, cells)
		}
		all = append(all, t)
	}
	return all
}

func norm(id string) string { return ident.Norm(id).Dutch() }

func plain(s string) pdf.Text { return pdf.Plain(printable(s)) }

// printable puts a question mark where the fonts of a document have no character.
func printable(s string) string {
	for _, r := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(r), "?")
	}
	return s
}
