package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"testing"
)

// What follows is a reader of PDF files, as strict as our own files allow. It
// shares no code with the writer, so that one finds the faults of the other.

type (
	name string
	ref  int
	dict map[name]any
)

// An opened is a file that was read: its objects, those with a stream apart.
type opened struct {
	t       *testing.T
	objects map[ref]any
	streams map[ref][]byte
	trailer dict
	maps    map[ref]map[int]string // to Unicode, of fonts
}

var object = regexp.MustCompile(`^(\d+) 0 obj\n`)

// readFile follows the table of objects; each must stand where it says.
func readFile(t *testing.T, b []byte) *opened {
	t.Helper()
	r := &opened{t: t, objects: map[ref]any{}, streams: map[ref][]byte{}, maps: map[ref]map[int]string{}}
	tail := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(b)
	if tail == nil {
		t.Fatal("no end of file")
	}
	table := b[number(string(tail[1])):]
	lines := bytes.SplitN(table, []byte("\n"), 3)
	if string(lines[0]) != "xref" {
		t.Fatal("no table of objects where the file says it is")
	}
	n := number(strings.Fields(string(lines[1]))[1])
	for i := range n {
		entry := string(lines[2][20*i : 20*i+20])
		if i > 0 {
			r.object(ref(i), b[number(entry[:10]):])
		}
	}
	rest := lines[2][20*n:]
	p := &parser{t: t, b: rest[len("trailer\n"):]}
	r.trailer = p.value().(dict)
	if got := r.trailer["Size"]; got != n {
		t.Errorf("the trailer counts %v objects, the table %d", got, n)
	}
	return r
}

func (r *opened) object(n ref, b []byte) {
	head := object.FindSubmatch(b)
	if head == nil || number(string(head[1])) != int(n) {
		r.t.Fatalf("object %d is not where the table says", n)
	}
	p := &parser{t: r.t, b: b[len(head[0]):]}
	r.objects[n] = p.value()
	p.space()
	if bytes.HasPrefix(p.b, []byte("stream\n")) {
		d := r.objects[n].(dict)
		size := d["Length"].(int)
		r.streams[n] = r.unpack(d, p.b[7:7+size])
		p.b = p.b[7+size:]
		if !bytes.HasPrefix(p.b, []byte("\nendstream\nendobj\n")) {
			r.t.Errorf("the stream of object %d does not end where it says", n)
		}
		return
	}
	if !bytes.HasPrefix(p.b, []byte("endobj\n")) {
		r.t.Errorf("object %d has no end: %.40q", n, p.b)
	}
}

func (r *opened) unpack(d dict, b []byte) []byte {
	if d["Filter"] == nil {
		return b
	}
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		r.t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

// get follows names from a value to what it holds.
func (r *opened) get(v any, names ...name) any {
	for _, n := range names {
		d, ok := r.follow(v).(dict)
		if !ok {
			r.t.Fatalf("%v has no %s", v, n)
		}
		v = d[n]
	}
	return r.follow(v)
}

func (r *opened) follow(v any) any {
	n, ok := v.(ref)
	if !ok {
		return v
	}
	if r.objects[n] == nil {
		r.t.Fatalf("there is no object %d", n)
	}
	return r.objects[n]
}

// write returns the bytes of a document.
func write(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (r *opened) catalog() dict { return r.get(r.trailer, "Root").(dict) }

// pages returns the objects of all pages.
func (r *opened) pages() []any {
	kids := r.get(r.catalog(), "Pages", "Kids").([]any)
	if n := r.get(r.catalog(), "Pages", "Count"); n != len(kids) {
		r.t.Errorf("the tree counts %v pages and has %d", n, len(kids))
	}
	return kids
}
