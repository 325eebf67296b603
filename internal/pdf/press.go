package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// A press puts slices on sheets.
type press struct {
	faces  [2]*face
	root   *elem
	sheets []*sheet
	y      length // where the next slice goes, from the top
	fresh  bool   // nothing new stands on this sheet yet
	box    *box   // that is open on this sheet
	boxTop length
	again  bool // what is drawn was drawn before: an artifact
	heads  []mark
}

// A sheet is one page under way. What lies under the text is kept apart, so that
// it comes first.
type sheet struct {
	under, over bytes.Buffer
	owners      []*elem // of marked content, by its number
	open        *elem   // whose marked content is not closed yet
	links       []*link
}

// A link is a place on a sheet that leads somewhere.
type link struct {
	elem                     *elem
	left, top, right, bottom length
	address, text            string
}

// A mark is where a heading stands, for the outline.
type mark struct {
	elem  *elem
	sheet int
	top   length
	text  string
}

func (p *press) sheet() *sheet { return p.sheets[len(p.sheets)-1] }

// run places all slices. Those that keep together move to the next sheet
// together, unless they are higher than one.
func (p *press) run(ss []slice) {
	p.turn()
	for i := 0; i < len(ss); {
		end, need := i, ss[i].above+ss[i].height
		for ss[end].keep && end+1 < len(ss) {
			end++
			need += ss[end].above + ss[end].height
		}
		if !p.fresh && p.y+need > bottom {
			p.breakFor(ss[i])
		}
		for ; i <= end; i++ {
			if !p.fresh && p.y+ss[i].above+ss[i].height > bottom {
				p.breakFor(ss[i])
			}
			p.place(ss[i])
		}
	}
	p.closeBox(0)
	p.sheet().close()
}

// turn takes the next sheet.
func (p *press) turn() {
	if len(p.sheets) > 0 {
		p.sheet().close()
	}
	p.sheets = append(p.sheets, &sheet{})
	p.y, p.fresh = top, true
}

// breakFor takes the next sheet, where this slice comes first: in its box again,
// under its head again.
func (p *press) breakFor(s slice) {
	inside := p.box != nil && p.box == s.box
	if inside {
		p.closeBox(boxPad - 3000)
	} else {
		p.closeBox(0)
	}
	p.turn()
	if inside {
		p.box, p.boxTop = s.box, p.y
		p.y += boxPad
	}
	if s.head != nil {
		p.again = true
		s.head.draw(p, p.y)
		p.y += s.head.height
		p.again = false
	}
}

func (p *press) place(s slice) {
	if p.box != nil && p.box != s.box {
		p.closeBox(0)
	}
	if !p.fresh {
		p.y += s.above
	}
	if s.box != nil && p.box == nil {
		p.box, p.boxTop = s.box, p.y
	}
	s.draw(p, p.y)
	p.y += s.height
	p.fresh = false
}

// closeBox draws the frame of the open box, if any, down to a little below here.
func (p *press) closeBox(more length) {
	if p.box == nil {
		return
	}
	b, t := p.box, tones[p.box.tone]
	high := p.y + more - p.boxTop
	p.bar(t.ground, b.left, p.boxTop, b.width, high)
	p.bar(t.border, b.left, p.boxTop, boxBar, high)
	p.bar(t.border, b.left, p.boxTop, b.width, boxLine)
	p.bar(t.border, b.left, p.boxTop+high-boxLine, b.width, boxLine)
	p.bar(t.border, b.left+b.width-boxLine, p.boxTop, boxLine, high)
	p.box = nil
}

// bar fills a rectangle under the text, as an artifact.
func (p *press) bar(c colour, left, top, wide, high length) {
	fmt.Fprintf(&p.sheet().under, "/Artifact BMC %s rg %s %s %s %s re f EMC\n", c, left, sheetHeight-top-high, wide, high)
}

// show draws a line as part of an element, or as an artifact when it was drawn
// before.
func (p *press) show(e *elem, l line, st style, left, top length) {
	base := top + (st.leading-st.size)/2 + st.size*4/5
	for _, piece := range l.pieces {
		s, c := p.sheet(), st.colour
		if piece.span.link != "" {
			c = accent
			p.bar(accent, left, base+st.size/10, piece.width, st.size/16)
		}
		s.mark(p.owner(e, piece), p.pageNumber())
		p.draw(&s.over, piece, st.size, c, left, base)
		if !p.again && piece.span.link != "" {
			s.reach(piece, p.pageNumber(), left, base-st.size*4/5, base+st.size/4)
		}
		left += piece.width
	}
	p.remember(e, l, top)
}

// owner returns whose content a piece is: of the element, of its link, or nobody's.
func (p *press) owner(e *elem, piece piece) *elem {
	switch {
	case p.again:
		return nil
	case piece.span.link == "":
		return e
	case piece.span.elem == nil:
		piece.span.elem = e.add("Link")
	}
	return piece.span.elem
}

func (p *press) pageNumber() int { return len(p.sheets) - 1 }

// remember notes headings for the outline, with all their lines.
func (p *press) remember(e *elem, l line, top length) {
	if p.again || e.tag != "H2" && e.tag != "H3" {
		return
	}
	if n := len(p.heads); n == 0 || p.heads[n-1].elem != e {
		p.heads = append(p.heads, mark{elem: e, sheet: p.pageNumber(), top: top})
	}
	for _, piece := range l.pieces {
		p.heads[len(p.heads)-1].text += piece.text
	}
}

// draw writes the operators for a piece.
func (p *press) draw(w *bytes.Buffer, piece piece, size length, c colour, left, base length) {
	const digits = "0123456789ABCDEF"
	w.Grow(4*len(piece.text) + 100)
	b, f := append(w.AvailableBuffer(), "BT "...), p.faces[piece.span.face]
	b = append(append(b, c...), " rg /F"...)
	b = append(strconv.AppendInt(b, int64(piece.span.face), 10), ' ')
	b = append(size.write(b), " Tf "...)
	b = append(left.write(b), ' ')
	b = append((sheetHeight - base).write(b), " Td <"...)
	for _, r := range piece.text {
		n := f.number(r)
		b = append(b, digits[n>>12], digits[n>>8&15], digits[n>>4&15], digits[n&15])
	}
	w.Write(append(b, "> Tj ET\n"...))
}

// mark makes what follows content of e; of nobody, an artifact, when e is nil.
func (s *sheet) mark(e *elem, number int) {
	if e != nil && s.open == e {
		return
	}
	s.close()
	if e == nil {
		e = artifact
		s.over.WriteString("/Artifact <</Type /Pagination>> BDC\n")
	} else {
		fmt.Fprintf(&s.over, "/%s <</MCID %d>> BDC\n", e.tag, len(s.owners))
		e.kids = append(e.kids, kid{page: number, content: len(s.owners)})
		s.owners = append(s.owners, e)
	}
	s.open = e
}

// artifact stands for content outside the structure.
var artifact = &elem{}

func (s *sheet) close() {
	if s.open != nil {
		s.over.WriteString("EMC\n")
	}
	s.open = nil
}

// reach makes a place that leads where the piece says.
func (s *sheet) reach(piece piece, number int, left, top, bottom length) {
	l := &link{piece.span.elem, left, top, left + piece.width, bottom, piece.span.link, piece.text}
	s.links = append(s.links, l)
	l.elem.kids = append(l.elem.kids, kid{page: number, link: l})
}
