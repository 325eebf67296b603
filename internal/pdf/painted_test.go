package pdf

import (
	"strings"
	"testing"
)

// A painted is what stands on one page, read back from its content.
type painted struct {
	marked    map[int]string // text by number of marked content
	tags      map[int]name
	order     []int
	artifacts []string
	lines     []placed
}

// A placed is a shown string, from left to right in points.
type placed struct {
	left, right, base float64
	text              string
	artifact          bool
}

// A painter reads the content of one page.
type painter struct {
	*opened
	painted
	page     any
	open     name // tag of the marked content that is open
	mcid     int
	font     any
	size     float64
	left, up float64
	inText   bool
}

func (r *opened) paint(page any) painted {
	p := &painter{opened: r, page: page, painted: painted{marked: map[int]string{}, tags: map[int]name{}}}
	in := &parser{t: r.t, b: r.streams[r.get(page).(dict)["Contents"].(ref)]}
	var args []any
	for v := in.value(); v != nil; v = in.value() {
		op, ok := v.(operator)
		if !ok {
			args = append(args, v)
			continue
		}
		p.do(op, args)
		args = nil
	}
	if p.open != "" || p.inText {
		r.t.Error("the content of a page ends half way")
	}
	return p.painted
}

func (p *painter) do(op operator, args []any) {
	switch op {
	case "BDC", "BMC":
		p.begin(args)
	case "EMC":
		if p.open == "" {
			p.t.Error("marked content ends that did not begin")
		}
		p.open = ""
	case "BT", "ET":
		p.inText = op == "BT"
	case "Tf":
		p.font, p.size = p.get(p.page, "Resources", "Font", args[0].(name)), float(args[1])
	case "Td":
		p.left, p.up = float(args[0]), float(args[1])
	case "Tj":
		p.shown(args[0].([]byte))
	case "f":
		p.inside(op)
	case "rg", "re":
	default:
		p.t.Errorf("operator %s, which this test does not know", op)
	}
}

// begin takes note of marked content. It must not lie in other, and be an
// artifact or have a number that no other has.
func (p *painter) begin(args []any) {
	if p.open != "" {
		p.t.Errorf("%v begins within %s", args, p.open)
	}
	p.open, p.mcid = args[0].(name), -1
	if p.open == "Artifact" {
		return
	}
	p.mcid = args[1].(dict)["MCID"].(int)
	if _, twice := p.tags[p.mcid]; twice {
		p.t.Errorf("marked content %d stands twice on a page", p.mcid)
	}
	p.tags[p.mcid] = p.open
	p.order = append(p.order, p.mcid)
}

// inside is our rule: what paints is tagged or an artifact.
func (p *painter) inside(op operator) {
	if p.open == "" {
		p.t.Errorf("%s paints outside marked content", op)
	}
}

func (p *painter) shown(codes []byte) {
	p.inside("Tj")
	text, width := p.decode(p.font, codes)
	p.lines = append(p.lines, placed{p.left, p.left + width*p.size/1000, p.up, text, p.mcid < 0})
	if p.mcid < 0 {
		p.artifacts = append(p.artifacts, text)
		return
	}
	p.marked[p.mcid] += text
}

// decode returns text and width as a viewer finds them: by the font's map to
// Unicode and its list of widths.
func (r *opened) decode(font any, codes []byte) (string, float64) {
	m := r.toUnicode(r.get(font).(dict)["ToUnicode"].(ref))
	inner := r.get(font, "DescendantFonts").([]any)[0]
	widths := r.get(inner, "W").([]any)
	if widths[0] != 1 {
		r.t.Fatal("widths do not begin at 1")
	}
	list := widths[1].([]any)
	var text strings.Builder
	width := 0.0
	for i := 0; i+1 < len(codes); i += 2 {
		n := int(codes[i])<<8 | int(codes[i+1])
		s, ok := m[n]
		if !ok || n < 1 || n > len(list) {
			r.t.Fatalf("character %d has no Unicode or no width", n)
		}
		text.WriteString(s)
		width += float(list[n-1])
	}
	return text.String(), width
}

// toUnicode reads a map of characters; each in it once, at most 100 in one go.
func (r *opened) toUnicode(at ref) map[int]string {
	if r.maps[at] != nil {
		return r.maps[at]
	}
	m := map[int]string{}
	p := &parser{t: r.t, b: r.streams[at]}
	for v := p.value(); v != nil; v = p.value() {
		n, isNumber := v.(int)
		if !isNumber || p.value() != operator("beginbfchar") {
			continue
		}
		if n > 100 {
			r.t.Errorf("%d characters in one go", n)
		}
		for range n {
			code := p.value().([]byte)
			m[int(code[0])<<8|int(code[1])] = utf16Text(p.value().([]byte))
		}
		if p.value() != operator("endbfchar") {
			r.t.Error("a map with more characters than it says")
		}
	}
	r.maps[at] = m
	return m
}

func float(v any) float64 {
	if n, ok := v.(int); ok {
		return float64(n)
	}
	return v.(float64)
}

// A node is an element of the structure as read back.
type node struct {
	tag  name
	dict dict
	text string // of itself and all below
	kids []*node
}

// structure reads the tree, and checks that content and links know their element.
func (r *opened) structure() *node {
	root := r.get(r.catalog(), "StructTreeRoot").(dict)
	w := &walker{opened: r, owners: map[int]any{}, pages: map[ref]painted{}, seen: map[string]bool{}}
	nums := r.get(root, "ParentTree", "Nums").([]any)
	for i := 0; i < len(nums); i += 2 {
		if i > 0 && nums[i].(int) <= nums[i-2].(int) {
			r.t.Error("the parent tree is out of order")
		}
		w.owners[nums[i].(int)] = nums[i+1]
	}
	for _, page := range r.pages() {
		w.pages[page.(ref)] = r.paint(page)
	}
	n := w.node(root["K"].([]any)[0].(ref), r.catalog()["StructTreeRoot"].(ref))
	for page, p := range w.pages {
		for _, id := range p.order {
			if !w.seen[key(page, id)] {
				r.t.Errorf("content %d of page object %d is in no element", id, page)
			}
		}
	}
	return n
}

type walker struct {
	*opened
	owners map[int]any
	pages  map[ref]painted
	seen   map[string]bool
}

func (w *walker) node(at, parent ref) *node {
	d := w.get(at).(dict)
	if d["P"] != parent {
		w.t.Errorf("element %d says its parent is %v, not %d", at, d["P"], parent)
	}
	n := &node{tag: d["S"].(name), dict: d}
	for _, k := range d["K"].([]any) {
		switch v := k.(type) {
		case int:
			n.text += w.content(at, d["Pg"].(ref), v, n.tag)
		case dict:
			if v["Type"] == name("MCR") {
				n.text += w.content(at, v["Pg"].(ref), v["MCID"].(int), n.tag)
				continue
			}
			if owner := w.owners[w.get(v["Obj"], "StructParent").(int)]; owner != at {
				w.t.Errorf("a link belongs to %v, not to %d", owner, at)
			}
		case ref:
			kid := w.node(v, at)
			n.kids = append(n.kids, kid)
			n.text += kid.text
		}
	}
	return n
}

func (w *walker) content(at, page ref, id int, tag name) string {
	if owners := w.follow(w.owners[w.get(page, "StructParents").(int)]).([]any); owners[id] != at {
		w.t.Errorf("content %d belongs to %v, not to %d", id, owners[id], at)
	}
	if w.pages[page].tags[id] != tag {
		w.t.Errorf("content of %s is marked as %s", tag, w.pages[page].tags[id])
	}
	if w.seen[key(page, id)] {
		w.t.Errorf("content %d is in two elements", id)
	}
	w.seen[key(page, id)] = true
	return w.pages[page].marked[id]
}

func key(page ref, id int) string { return string(rune(page)) + "/" + string(rune(id)) }

// find returns all elements with a tag, in reading order.
func (n *node) find(tag name) []*node {
	var out []*node
	if n.tag == tag {
		out = append(out, n)
	}
	for _, k := range n.kids {
		out = append(out, k.find(tag)...)
	}
	return out
}

// inspect reads a document back; most rules are checked by that alone.
func inspect(t *testing.T, d Document) (*opened, *node) {
	t.Helper()
	r := readFile(t, write(t, d))
	return r, r.structure()
}
