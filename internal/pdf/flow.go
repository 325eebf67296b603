package pdf

import (
	"errors"
	"fmt"
)

// A slice is a strip of the page that is not cut: a line, a row, an edge.
type slice struct {
	above  length // air above it, none at the top of a page
	height length
	keep   bool   // on one page with the next slice
	box    *box   // it lies in
	head   *slice // drawn again when a page begins with this slice
	draw   func(p *press, top length)
}

// A flow is all slices of a document in order, and where the next block goes.
type flow struct {
	column
	root   *elem // what blocks become parts of
	slices []slice
	air    length // below the last block
	level  int    // of the last heading
	notes  int
	box    *box
}

// add puts slices behind each other with at least this much air above them, and
// below.
func (f *flow) add(above, below length, ss ...slice) {
	for i, s := range ss {
		s.box = f.box
		if i == 0 {
			s.above = max(above, f.air)
		}
		f.slices = append(f.slices, s)
	}
	f.air = below
}

func (f *flow) blocks(bs []Block) error {
	for i, b := range bs {
		if b == nil {
			return fmt.Errorf("block %d is nil", i+1)
		}
		if err := b.set(f); err != nil {
			return fmt.Errorf("block %d, %T: %w", i+1, b, err)
		}
	}
	return nil
}

// lines breaks a text for a column.
func (t Text) lines(st style, width length) ([]line, error) {
	cs, err := t.chars(st.bold)
	if err != nil {
		return nil, err
	}
	ls := lines(cs, st, width)
	if n := len(ls); st.even && n > 1 && n < 5 {
		ls = balanced(cs, st, width, n)
	}
	return ls, nil
}

// balanced breaks a heading into n lines of about the same width: into the
// narrowest column where n lines will do.
func balanced(cs []char, st style, width length, n int) []line {
	narrow, wide := width/2, width
	for wide-narrow > pt(2) {
		middle := (narrow + wide) / 2
		if len(lines(cs, st, middle)) > n {
			narrow = middle
		} else {
			wide = middle
		}
	}
	return lines(cs, st, wide)
}

// strips makes a slice of each line. No line stands alone at the foot of a page
// or at the head of one.
func strips(e *elem, ls []line, st style, left length) []slice {
	out := make([]slice, len(ls))
	for i, l := range ls {
		out[i] = slice{
			height: st.leading,
			keep:   i+1 < len(ls) && (i == 0 || i+2 == len(ls)),
			draw:   func(p *press, top length) { p.show(e, l, st, left, top) },
		}
	}
	return out
}

// text adds a paragraph with a tag. Nothing comes of one without text.
func (f *flow) text(tag string, t Text, st style, above, below length) error {
	ls, err := t.lines(st, f.width)
	if err != nil || len(ls) == 0 {
		return err
	}
	f.add(above, below, strips(f.root.add(tag), ls, st, f.left)...)
	return nil
}

// stay keeps the last slice with what comes behind it.
func (f *flow) stay() { f.slices[len(f.slices)-1].keep = true }

// opening sets what stands above the blocks.
func (f *flow) opening(d Document) error {
	if err := f.text("P", Plain(d.Author), letterhead, 0, 7000); err != nil {
		return err
	}
	f.rule(accent, 1000, 0, 34000)
	if err := f.text("H1", Plain(d.Title), first, 0, 6000); err != nil {
		return err
	}
	f.level = 1
	f.stay()
	if err := f.text("P", Plain(d.Subject), lead, 0, 6000); err != nil {
		return err
	}
	f.air = 18000
	return nil
}

func (f *flow) rule(c colour, thick, above, below length) {
	at := f.column
	f.add(above, below, slice{height: thick, draw: func(p *press, top length) { p.bar(c, at.left, top, at.width, thick) }})
}

func (Rule) set(f *flow) error {
	f.rule(faint, 600, 14000, 14000)
	return nil
}

func (h Heading) set(f *flow) error {
	st, above, below := second, pt(26), pt(6)
	if h.Level == 3 {
		st, above, below = third, pt(16), pt(3)
	}
	switch {
	case f.box != nil:
		return errors.New("a panel has a title and no headings")
	case h.Level != 2 && h.Level != 3:
		return fmt.Errorf("level %d is not 2 or 3", h.Level)
	case h.Level > f.level+1:
		return fmt.Errorf("level %d stands under level %d", h.Level, f.level)
	}
	n := len(f.slices)
	if err := f.text(fmt.Sprintf("H%d", h.Level), Plain(h.Text), st, above, below); err != nil {
		return err
	}
	if n == len(f.slices) {
		return errors.New("a heading without text")
	}
	for i := range f.slices[n:] {
		f.slices[n+i].keep = true
	}
	f.level = h.Level
	return nil
}

func (b Paragraph) set(f *flow) error { return f.text("P", b.Text, body, 0, 9000) }

func (b Small) set(f *flow) error { return f.text("P", b.Text, small, 0, 7000) }

func (b List) set(f *flow) error {
	var list *elem
	const indent = 18000
	for i, t := range b.Items {
		ls, err := t.lines(body, f.width-indent)
		if err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
		if len(ls) == 0 {
			continue
		}
		if list == nil {
			list = f.root.add("L")
			list.attr = b.numbering()
		}
		f.item(list, b.mark(len(list.kids)+1), ls, indent, b.Numbered)
	}
	f.air = 9000
	return nil
}

func (b List) numbering() string {
	if b.Numbered {
		return "/A <</O /List /ListNumbering /Decimal>>"
	}
	return "/A <</O /List /ListNumbering /Disc>>"
}

func (b List) mark(n int) Text {
	if b.Numbered {
		return Plain(fmt.Sprintf("%d.", n))
	}
	return Plain("•")
}

// item adds one item; its mark is drawn with its first line. Numbers end at the
// same place: one too wide for the indent moves into the margin, not into the text.
func (f *flow) item(list *elem, mark Text, ls []line, indent length, numbered bool) {
	li := list.add("LI")
	label := li.add("Lbl")
	marks, _ := mark.lines(body, indent*4) // of characters known to be there
	ss := strips(li.add("LBody"), ls, body, f.left+indent)
	draw, left := ss[0].draw, f.left+3000
	if numbered {
		left = f.left + indent - 5000 - marks[0].width
	}
	ss[0].draw = func(p *press, top length) {
		p.show(label, marks[0], body, left, top)
		draw(p, top)
	}
	f.add(0, 3000, ss...)
}
