// Package pdftext reads the words of PDF files that others made, so that what may not
// be kept is found in them.
//
// It looks for objects by their marks rather than by the table at the end, since files
// are often mended; it knows the filters and fonts that writers of documents use, and
// says so where a file holds something else. It draws nothing and follows no link. What
// it does is bounded by the sizes below, whatever the file says.
package pdftext

import (
	"bytes"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Why the words of a file could not all be read.
var (
	ErrEncrypted = errors.New("the file is encrypted")
	ErrNoText    = errors.New("the file holds pages without text")
	ErrUnknown   = errors.New("the file holds text in a form that is not known")
	ErrTooLarge  = errors.New("the file holds more than is read")
)

// The most that is read of one file.
const (
	mostUnpacked = 64 << 20 // bytes
	mostWork     = 128 << 20
	mostObjects  = 200_000
	mostText     = 4 << 20 // bytes
	mostDepth    = 24
	mostShown    = 2_000_000 // operators
)

type (
	name  string
	ref   int
	dict  map[name]any
	array []any
)

// An object is a value, with the bytes of its stream where it has one.
type object struct {
	value any
	raw   []byte // as it lies in the file
}

// A reader holds the objects of one file.
type reader struct {
	objects  map[ref]object
	unpacked int
	shown    int
	work     int // bytes that were looked through
	fonts    map[ref]*font
	out      strings.Builder
	drawn    bool  // the page holds a picture, or curves: they may be letters
	failed   error // the first reason
}

func (r *reader) fail(err error) {
	if r.failed == nil {
		r.failed = err
	}
}

// Read returns the words of a PDF file, and why they are not all: what it returns
// beside an error is what could be read.
func Read(file []byte) (string, error) {
	r := &reader{objects: map[ref]object{}, fonts: map[ref]*font{}}
	r.find(file)
	if r.encrypted(file) {
		return "", ErrEncrypted
	}
	r.expand()
	pages := 0
	for _, n := range slices.Sorted(maps.Keys(r.objects)) {
		d, ok := r.objects[n].value.(dict)
		if !ok {
			continue
		}
		if d["Type"] == name("Page") {
			pages++
			before := r.out.Len()
			r.drawn = false
			r.page(d)
			if strings.TrimSpace(r.out.String()[before:]) == "" && (r.drawn || r.pictures(d)) {
				r.fail(ErrNoText)
			}
		}
		r.said(d)
	}
	if pages == 0 {
		r.fail(ErrUnknown)
	}
	return boxed.ReplaceAllStringFunc(r.out.String(), func(s string) string {
		return digitsApart.ReplaceAllStringFunc(s, func(s string) string { return strings.ReplaceAll(s, "\t", "") })
	}), r.failed
}

// boxed are eight or nine digits that each lie in a box of a form: they are one number,
// though what lies so far apart is otherwise kept apart.
var (
	boxed       = regexp.MustCompile(`(?m)(?:^|[^\d\t]\t)\d(?:\t\d){7,8}(?:$|\t\D)`)
	digitsApart = regexp.MustCompile(`\d(?:\t\d)+`)
)

// works counts bytes that are looked through, and reports whether that may go on.
func (r *reader) works(n int) bool {
	if r.work += n; r.work > mostWork {
		r.fail(ErrTooLarge)
		return false
	}
	return true
}

// first is the value at the front of bytes, with what comes after it.
func (r *reader) first(b []byte) (any, []byte) {
	p := &parser{b}
	v := p.value(0)
	r.works(len(b) - len(p.b))
	return v, p.b
}

var mark = regexp.MustCompile(`(?:^|[\s>])(\d{1,7})\s+\d{1,5}\s+obj\b`)

// find reads the objects that lie in the file. Of a number that comes twice the later
// one holds, as where a file was added to.
func (r *reader) find(file []byte) {
	marks := mark.FindAllSubmatchIndex(file, mostObjects+1)
	for i, m := range marks {
		if i >= mostObjects || r.work > mostWork {
			r.fail(ErrTooLarge)
			return
		}
		n, _ := strconv.Atoi(string(file[m[2]:m[3]])) // up to seven digits
		end := len(file)
		if i+1 < len(marks) {
			end = marks[i+1][2]
		}
		v, rest := r.first(file[m[1]:end])
		one := object{value: v}
		if _, ok := v.(dict); ok {
			one.raw = stream(rest)
		}
		r.objects[ref(n)] = one
	}
}

// encrypted reports whether a trailer of the file names a key.
func (r *reader) encrypted(file []byte) bool {
	for _, o := range r.objects {
		if d, ok := o.value.(dict); ok && d["Type"] == name("XRef") && d["Encrypt"] != nil {
			return true
		}
	}
	for rest := file; r.work <= mostWork; {
		_, after, ok := bytes.Cut(rest, []byte("trailer"))
		if !ok {
			return false
		}
		v, _ := r.first(after[:min(len(after), 1<<16)])
		if d, ok := v.(dict); ok && d["Encrypt"] != nil {
			return true
		}
		rest = after
	}
	return false
}

// expand reads the objects that lie packed in streams of objects.
func (r *reader) expand() {
	for _, n := range slices.Sorted(maps.Keys(r.objects)) {
		o := r.objects[n]
		d, ok := o.value.(dict)
		if !ok || d["Type"] != name("ObjStm") {
			continue
		}
		b, ok := r.unpack(o)
		first, count := r.int(d["First"]), r.int(d["N"])
		if !ok || first <= 0 || first > len(b) {
			r.fail(ErrUnknown)
			continue
		}
		head := &parser{b: b[:first]}
		for range min(count, mostObjects) {
			n, isN := head.value(0).(int)
			at, isAt := head.value(0).(int)
			if !isN || !isAt || r.work > mostWork || at < 0 || first+at > len(b) || n < 0 || n > 9_999_999 {
				break
			}
			if _, there := r.objects[ref(n)]; !there {
				v, _ := r.first(b[first+at:])
				r.objects[ref(n)] = object{value: v}
			}
		}
	}
}

// get follows a reference to what it names.
func (r *reader) get(v any) any {
	for range 8 {
		n, ok := v.(ref)
		if !ok {
			return v
		}
		v = r.objects[n].value
	}
	return nil
}

func (r *reader) dict(v any) dict { d, _ := r.get(v).(dict); return d }

func (r *reader) array(v any) array { a, _ := r.get(v).(array); return a }

func (r *reader) int(v any) int { n, _ := r.get(v).(int); return n }

// said writes what people typed outside the pages: fields of forms, notes, the title.
func (r *reader) said(d dict) {
	for _, key := range []name{"V", "Contents", "TU", "Title", "Subject", "Keywords", "Author"} {
		if s, ok := d[key].(string); ok {
			r.write("\n" + plain(s) + "\n")
		}
	}
}

func (r *reader) write(s string) {
	if r.out.Len()+len(s) > mostText {
		r.fail(ErrTooLarge)
		return
	}
	r.out.WriteString(s)
}

// inherited is what a page or one of the pages above it holds under a name.
func (r *reader) inherited(d dict, key name) any {
	for range mostDepth {
		if v := r.get(d[key]); v != nil {
			return v
		}
		if d = r.dict(d["Parent"]); d == nil {
			return nil
		}
	}
	return nil
}

func (r *reader) page(d dict) {
	var content []byte
	parts := r.array(d["Contents"])
	if parts == nil {
		parts = array{d["Contents"]}
	}
	for _, p := range parts {
		n, ok := p.(ref)
		if !ok {
			continue
		}
		b, ok := r.unpack(r.objects[n])
		if !ok {
			r.fail(ErrUnknown)
		}
		content = append(append(content, b...), '\n')
	}
	resources, _ := r.inherited(d, "Resources").(dict)
	r.show(content, resources, one, 0)
	r.write("\n")
}

// pictures reports whether a page shows pictures, which may hold words.
func (r *reader) pictures(d dict) bool {
	resources, _ := r.inherited(d, "Resources").(dict)
	for _, v := range r.dict(resources["XObject"]) {
		if r.dict(v)["Subtype"] == name("Image") {
			return true
		}
	}
	return false
}
