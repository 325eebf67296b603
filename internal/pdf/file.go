package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf16"
)

// A file is a PDF file under way: its objects, the first one being number 1.
type file struct {
	objects [][]byte
}

// packers are the compressors of all documents, one for each that is under way: they
// are large, and most of the time of a short document went into making one. At this
// level a document of a thousand paragraphs takes a sixth less time than at the usual
// one, and is a twentieth larger.
var packers = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(io.Discard, 3)
	if err != nil {
		panic(err) // there is a level 3
	}
	return w
}}

// reserve returns the number of an object that is set later.
func (f *file) reserve() int {
	f.objects = append(f.objects, nil)
	return len(f.objects)
}

func (f *file) set(n int, format string, args ...any) {
	f.objects[n-1] = fmt.Appendf(nil, format, args...)
}

// add sets a new object and returns its number.
func (f *file) add(format string, args ...any) int {
	n := f.reserve()
	f.set(n, format, args...)
	return n
}

// packed adds a compressed stream.
func (f *file) packed(dict string, b []byte) int {
	return f.plain(dict+" /Filter /FlateDecode", pack(b))
}

// pack compresses.
func pack(b []byte) []byte {
	var z bytes.Buffer
	w := packers.Get().(*zlib.Writer)
	defer packers.Put(w)
	w.Reset(&z)
	w.Write(b)
	w.Close() // a buffer takes everything
	return z.Bytes()
}

// plain adds a stream as it is.
func (f *file) plain(dict string, b []byte) int {
	return f.add("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(b), b)
}

// bytes returns the whole file. Its id is the digest of all objects, so that it
// says nothing of when or where the file was written.
func (f *file) bytes(catalog, info int) []byte {
	var b bytes.Buffer
	most := 1024
	for _, o := range f.objects {
		most += len(o) + 48
	}
	b.Grow(most)
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	starts := make([]int, len(f.objects))
	for i, o := range f.objects {
		starts[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	id := sha256.Sum256(b.Bytes())
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(starts)+1)
	for _, at := range starts {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%X> <%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(starts)+1, catalog, info, id[:16], id[:16], xref)
	return b.Bytes()
}

// words writes a text string: UTF-16 with its mark, in hexadecimals.
func words(s string) string { return "<FEFF" + hex16(s) + ">" }

// hex16 writes UTF-16 in hexadecimals.
func hex16(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// literal writes an ASCII string.
func literal(s string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s) + ")"
}
