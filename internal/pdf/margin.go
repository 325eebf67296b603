package pdf

import "fmt"

// margins draws what stands on every sheet: the title, from the second on; the
// footer; and which page of how many it is. It comes last, when that is known.
func (p *press) margins(d Document) {
	for i, s := range p.sheets {
		number := p.fit(fmt.Sprintf(pageOf[d.Lang], i+1, len(p.sheets)), page.width)
		left := page.left + page.width - number.width
		p.artifact(s, "Footer", number, left, footerLine)
		p.artifact(s, "Footer", p.fit(d.Footer, page.width-number.width-gutter), page.left, footerLine)
		if i > 0 {
			p.artifact(s, "Header", p.fit(d.Title, page.width), page.left, headerLine)
		}
	}
}

func (p *press) artifact(s *sheet, kind string, piece piece, left, base length) {
	fmt.Fprintf(&s.over, "/Artifact <</Type /Pagination /Subtype /%s>> BDC\n", kind)
	p.draw(&s.over, piece, margin.size, margin.colour, left, base)
	s.over.WriteString("EMC\n")
}

// fit makes a piece of checked text, cut off with an ellipsis where it is wider
// than the room.
func (p *press) fit(text string, room length) piece {
	out, dots := piece{span: &span{}}, p.wide('…')
	rest := length(0)
	for _, r := range text {
		rest += p.wide(r)
	}
	for _, r := range text {
		if w := p.wide(r); out.width+rest <= room || out.width+w+dots <= room {
			out.text, out.width, rest = out.text+string(r), out.width+w, rest-w
			continue
		}
		out.text, out.width = out.text+"…", out.width+dots
		break
	}
	return out
}

func (p *press) wide(r rune) length {
	return length(p.faces[0].advance(r)) * margin.size / 1000
}
