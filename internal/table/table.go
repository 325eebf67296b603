// Package table writes a list as a file, CSV or XLSX for a spreadsheet or PDF for paper, row by
// row: a list of a million takes no more memory than one of ten thousand.
//
// What a cell holds may come from anybody, also from who wishes the reader ill:
// no cell is ever read as a formula.
package table

import (
	"fmt"
	"io"
	"time"

	"zorgplicht/calendar"
)

// A Format is a kind of file.
type Format string

// The formats. Parquet is read only, by PlainParquet.
const (
	CSV     Format = "csv"
	XLSX    Format = "xlsx"
	Parquet Format = "parquet"
)

// MediaType is what a server calls the format.
func (f Format) MediaType() string {
	switch f {
	case PDF:
		return "application/pdf"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8; header=present"
}

// A Sheet is what a file holds: a heading for each column, then the rows.
type Sheet struct {
	Name    string // of the tab, at most 31 characters; CSV has none
	Columns []Column
	About   [][2]string   // name and text: which rows these are; a second tab, CSV has none
	Made    calendar.Date // the day a list on paper names; others need none
}

// A Column is one column of a sheet.
type Column struct {
	Name  string
	Width int // in characters; CSV has none
}

// A Writer writes rows. The file is whole after Close without an error.
type Writer interface {
	// Row writes one row. A cell is a string, an int, a time.Time, which is
	// written as day and minute in Amsterdam, or nil for an empty one.
	Row(cells ...any) error
	Close() error
}

// New returns a writer that has written the headings to w.
func New(f Format, w io.Writer, s Sheet) (Writer, error) {
	switch f {
	case CSV:
		return newText(w, s)
	case XLSX:
		return newBook(w, s, maxRows)
	case PDF:
		return newPaper(w, s)
	}
	return nil, fmt.Errorf("no format %q", f)
}

// local is the moment as a clock on the wall in Amsterdam shows it.
func local(t time.Time) time.Time { return t.In(calendar.Amsterdam) }

func (s Sheet) names() []any {
	names := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		names[i] = c.Name
	}
	return names
}

func (s Sheet) fits(cells []any) error {
	if len(cells) != len(s.Columns) {
		return fmt.Errorf("row of %d cells in %d columns", len(cells), len(s.Columns))
	}
	return nil
}
