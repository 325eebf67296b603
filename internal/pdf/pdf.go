// Package pdf writes durable documents (duurzame gegevensdragers) as tagged PDF:
// a room says what there is to read, in blocks, and need not know PDF.
//
// What holds for every document:
//   - All content is tagged or an artifact, in reading order, with the language
//     and the title told; each font is embedded as far as it is used and tells
//     which character each glyph stands for.
//   - The same document gives the same bytes: no clock, no chance, no floating
//     point. Its id derives from its content. The streams are packed by
//     compress/zlib, so another Go release may pack the same content otherwise;
//     keep the bytes, or their digest with the version of the program.
//   - A character that the font lacks is an error that names it, never an empty
//     box. Missing tells beforehand.
//
// The aim is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) on PDF 1.7 (ISO
// 32000-1). No validator of those has seen these files, so the metadata claims
// neither.
//
// Lengths are whole thousandths of a point throughout. Text is ragged right and
// is broken at spaces; only a word wider than its column is cut.
package pdf

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// A Document is all that its reader sees, and what its metadata tells.
type Document struct {
	Title   string    // the only heading of the first level; also the name of the window
	Subject string    // one sentence under the title; may be empty
	Author  string    // who answers for it, the firm; stands above the title
	Footer  string    // at the foot of every page, left of its number; cut off where it does not fit; Author when empty
	Lang    string    // "nl" or "en"; nl when empty. It also gives the words of the page number
	Made    time.Time // when it was made, told in whole seconds UTC; required
	Blocks  []Block
}

// Write lays the document out on A4 and writes it. It fails, before the first
// byte, on a character that no font has (as *NoGlyph), on a block that cannot be
// set, and where title, author or time are missing.
func (d Document) Write(w io.Writer) error {
	d, err := d.complete()
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	p, err := d.print()
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	_, err = w.Write(assemble(d, p))
	return err
}

// complete fills in what may be left out and refuses what may not.
func (d Document) complete() (Document, error) {
	if d.Lang == "" {
		d.Lang = "nl"
	}
	if d.Footer == "" {
		d.Footer = d.Author
	}
	for _, s := range []*string{&d.Title, &d.Subject, &d.Author, &d.Footer} {
		var err error
		if *s, err = oneLine(*s); err != nil {
			return d, err
		}
	}
	switch {
	case d.Title == "":
		return d, errors.New("a document needs a title")
	case d.Author == "":
		return d, errors.New("a document needs an author")
	case d.Made.Year() < 1 || d.Made.Year() > 9999 || d.Made.IsZero():
		return d, errors.New("a document needs the time it was made")
	case pageOf[d.Lang] == "":
		return d, fmt.Errorf("no words for language %q", d.Lang)
	}
	d.Made = d.Made.UTC().Truncate(time.Second)
	return d, nil
}

// print sets all blocks and puts them on pages.
func (d Document) print() (*press, error) {
	f := &flow{column: page, root: &elem{tag: "Document"}}
	if err := f.opening(d); err != nil {
		return nil, err
	}
	if err := f.blocks(d.Blocks); err != nil {
		return nil, err
	}
	p := &press{faces: [2]*face{newFace(regular()), newFace(bold())}, root: f.root}
	p.run(f.slices)
	p.margins(d)
	return p, nil
}
