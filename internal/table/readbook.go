package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// mostBookRows is how many rows a tab of a workbook can have.
const mostBookRows = 1 << 20

// Bounds on what a workbook may unpack to that is read row by row: a small file can hold
// a large one. Only the texts that cells share are in memory together.
const (
	mostShared  = 256 << 20
	mostRowText = 1 << 20
)

// readBook reads the first tab of a workbook, as a stream: its rows are never in
// memory together, only the texts that cells share.
func readBook(file []byte, most int, row func(Record) error) error {
	z, sheet, err := openBook(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return err
	}
	defer sheet.Close()
	shared, err := sharedTexts(z, mostUnpacked)
	if err != nil {
		return unread(err)
	}
	return eachRow(&bounded{sheet, mostUnpacked}, shared, most, row)
}

// streamBook is readBook for a workbook as large as a workbook can be.
func streamBook(file io.ReaderAt, size int64, row func(Record) error) error {
	z, sheet, err := openBook(file, size)
	if err != nil {
		return err
	}
	defer sheet.Close()
	shared, err := sharedTexts(z, mostShared)
	if err != nil {
		return unread(err)
	}
	one := &bounded{sheet, mostRowText}
	return eachRow(one, shared, mostBookRows, func(r Record) error {
		one.left = mostRowText
		return row(r)
	})
}

func openBook(file io.ReaderAt, size int64) (*zip.Reader, io.ReadCloser, error) {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrUnread, err)
	}
	sheet, ok := part(z, "xl/worksheets/sheet1.xml")
	if !ok {
		return nil, nil, ErrUnread
	}
	return z, sheet, nil
}

// eachRow reads the rows of a sheet. An error of row comes back as it is.
func eachRow(sheet io.Reader, shared *texts, most int, row func(Record) error) error {
	var stopped error
	err := rows(xml.NewDecoder(sheet), shared, most, func(r Record) error { stopped = row(r); return stopped })
	if stopped != nil {
		return stopped
	}
	return unread(err)
}

// unread gives an error of the workbook its kind: packing, XML and marks of cells
// each fail in words of their own.
func unread(err error) error {
	if err == nil || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrTooMany) || errors.Is(err, ErrUnread) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnread, err)
}

// texts are many texts, one behind the other.
type texts struct {
	all  []byte
	ends []uint32
}

func (t *texts) add(s string) {
	t.all = append(t.all, s...)
	t.ends = append(t.ends, uint32(len(t.all))) // mostShared keeps it far below 4 GB
}

// at returns one by its number.
func (t *texts) at(n int) (string, bool) {
	if n < 0 || n >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return string(t.all[from:t.ends[n]]), true
}

// sharedTexts reads the texts that cells name by number.
func sharedTexts(z *zip.Reader, most int64) (*texts, error) {
	list := &texts{}
	f, ok := part(z, "xl/sharedStrings.xml")
	if !ok {
		return list, nil
	}
	defer f.Close()
	d := xml.NewDecoder(&bounded{f, most})
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "si" {
			text, err := plainText(d, "si")
			if err != nil {
				return nil, err
			}
			list.add(text)
		}
	}
}

// plainText joins the texts inside an element; what tells how a word sounds is
// passed over.
func plainText(d *xml.Decoder, end string) (string, error) {
	var b strings.Builder
	inText, sounds := false, 0
	for {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				sounds++
			}
		case xml.CharData:
			if inText && sounds == 0 {
				b.Write(t)
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				sounds--
			case end:
				return unnumbered(b.String()), nil
			}
		}
	}
}

// unnumbered gives back the characters that the text has by number: _x0041_ is A.
func unnumbered(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var units []uint16
	for i := 0; i < len(s); {
		if s[i] == '_' && numbered(s[i:]) {
			n, _ := strconv.ParseUint(s[i+2:i+6], 16, 16) // numbered says that it is one
			units, i = append(units, uint16(n)), i+7
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		units, i = utf16.AppendRune(units, r), i+size
	}
	return string(utf16.Decode(units))
}

// rows reads the cells of a sheet.
func rows(d *xml.Decoder, shared *texts, most int, row func(Record) error) error {
	rec, last := Record{}, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				rec = Record{Row: last + 1}
				if n, err := strconv.Atoi(attribute(t, "r")); err == nil && n > last {
					rec.Row = n
				}
				if last = rec.Row; rec.Row > most {
					return ErrTooMany
				}
			case "c":
				if err := cell(d, t, shared, &rec); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				if err := given(rec, row); err != nil {
					return err
				}
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// mostColumns is more than any file of ours has; what stands further is not read.
const mostColumns = 256

// cell reads one cell into its place.
func cell(d *xml.Decoder, e xml.StartElement, shared *texts, rec *Record) error {
	place := len(rec.Cells)
	if n, ok := columnOf(attribute(e, "r")); ok {
		place = n
	}
	kind, value, hasFormula := attribute(e, "t"), "", false
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "f":
				hasFormula = true
				if err := d.Skip(); err != nil {
					return err
				}
			case "v":
				if err := d.DecodeElement(&value, &t); err != nil {
					return err
				}
			case "is":
				if value, err = plainText(d, "is"); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if t.Name.Local != "c" {
				continue
			}
			if kind == "s" {
				n, err := strconv.Atoi(value)
				text, ok := shared.at(n)
				if err != nil || !ok {
					return ErrUnread
				}
				value = text
			}
			rec.put(place, value, hasFormula)
			return nil
		}
	}
}

func (r *Record) put(place int, value string, hasFormula bool) {
	if place >= mostColumns {
		return
	}
	for len(r.Cells) <= place {
		r.Cells = append(r.Cells, "")
	}
	r.Cells[place] = value
	if hasFormula {
		r.Formulas = append(r.Formulas, place)
	}
}

// columnOf reads the letters of a cell's name: B7 stands in place 1.
func columnOf(name string) (int, bool) {
	n := 0
	for i := range len(name) {
		c := name[i]
		if c < 'A' || c > 'Z' {
			return n - 1, n > 0
		}
		if n = n*26 + int(c-'A'+1); n > 1<<20 {
			return 0, false
		}
	}
	return 0, false
}
