package table

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A Record is one row of a file that was read.
type Record struct {
	Row      int // as a spreadsheet counts, from 1
	Cells    []string
	Formulas []int // places of cells that hold a formula: what they show is not ours to know
}

// What keeps a file from being read.
var (
	ErrTooMany  = errors.New("more rows than are read")
	ErrUnread   = errors.New("no file of this format")
	ErrNotUTF8  = errors.New("text is not UTF-8")
	ErrTooLarge = errors.New("file holds more than is read")
)

// mostUnpacked bounds what a workbook may unpack to: a small file can hold a
// large one.
const mostUnpacked = 64 << 20

// FormatOf tells what a file is by its first bytes.
func FormatOf(file []byte) Format {
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return XLSX
	}
	if bytes.HasPrefix(file, []byte("PAR1")) {
		return Parquet
	}
	return CSV
}

// Read shows each row that is not empty, at most so many. It stops at the first
// error, of the file or of row.
func Read(file []byte, most int, row func(Record) error) error {
	if FormatOf(file) == XLSX {
		return readBook(file, most, row)
	}
	return readText(file, most, row)
}

// readText reads CSV with semicolons, commas or tabs, whichever the first line
// has most of. An apostrophe that Row wrote before a formula is taken off again.
func readText(file []byte, most int, row func(Record) error) error {
	file = bytes.TrimPrefix(file, []byte("\uFEFF"))
	if !utf8.Valid(file) {
		return ErrNotUTF8
	}
	r := csv.NewReader(bytes.NewReader(file))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = divider(file), -1, true
	for n := 1; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUnread, err)
		}
		if n > most {
			return ErrTooMany
		}
		rec := Record{Row: n}
		for i, c := range cells {
			switch {
			case strings.HasPrefix(c, "'") && formula(c[1:]):
				c = c[1:]
			case formula(c):
				rec.Formulas = append(rec.Formulas, i)
			}
			rec.Cells = append(rec.Cells, c)
		}
		if err := given(rec, row); err != nil {
			return err
		}
	}
}

func divider(file []byte) rune {
	line, _, _ := bytes.Cut(file, []byte("\n"))
	best, most := ';', bytes.Count(line, []byte(";"))
	for _, d := range []rune{',', '\t'} {
		if n := bytes.Count(line, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}

// given hands over a row that holds anything.
func given(rec Record, row func(Record) error) error {
	for _, c := range rec.Cells {
		if strings.TrimSpace(c) != "" {
			return row(rec)
		}
	}
	if len(rec.Formulas) > 0 {
		return row(rec)
	}
	return nil
}

// part opens one file of a workbook.
func part(z *zip.Reader, name string) (io.ReadCloser, bool) {
	for _, f := range z.File {
		if strings.EqualFold(f.Name, name) {
			r, err := f.Open()
			return r, err == nil
		}
	}
	return nil, false
}

// bounded reads so many bytes and then fails.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}
