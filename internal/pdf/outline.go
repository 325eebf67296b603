package pdf

import (
	"fmt"
	"strings"
)

// An entry is a heading in the outline, with those below it.
type entry struct {
	mark
	kids []*entry
}

// outline writes the bookmarks, one for each heading under the title, and returns
// their object, or 0 when there are no headings.
func (f *file) outline(p *press, pages []int) int {
	if len(p.heads) == 0 {
		return 0
	}
	top := &entry{}
	for _, m := range p.heads {
		under := top
		if m.elem.tag == "H3" {
			under = top.kids[len(top.kids)-1]
		}
		under.kids = append(under.kids, &entry{mark: m})
	}
	root := f.reserve()
	firstKid, lastKid := f.entries(top.kids, root, pages)
	f.set(root, "<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", firstKid, lastKid, len(top.kids))
	return root
}

// entries writes entries beside each other and returns the first and the last.
// Those below them are folded away.
func (f *file) entries(es []*entry, parent int, pages []int) (int, int) {
	numbers := make([]int, len(es))
	for i := range es {
		numbers[i] = f.reserve()
	}
	for i, e := range es {
		var b strings.Builder
		if i > 0 {
			fmt.Fprintf(&b, " /Prev %d 0 R", numbers[i-1])
		}
		if i+1 < len(es) {
			fmt.Fprintf(&b, " /Next %d 0 R", numbers[i+1])
		}
		if len(e.kids) > 0 {
			from, to := f.entries(e.kids, numbers[i], pages)
			fmt.Fprintf(&b, " /First %d 0 R /Last %d 0 R /Count %d", from, to, -len(e.kids))
		}
		f.set(numbers[i], "<</Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ null %s null]%s>>",
			words(e.text), parent, pages[e.sheet], sheetHeight-e.top+pt(6), b.String())
	}
	return numbers[0], numbers[len(numbers)-1]
}
