package pdf

import (
	"fmt"
	"strings"
)

// An elem is an element of the structure tree (ISO 32000-1, 14.7).
type elem struct {
	tag, attr, id string
	kids          []kid
	up            *elem
	object        int
}

// A kid is an element, a place that leads somewhere, or content of a page.
type kid struct {
	elem          *elem
	link          *link
	page, content int
}

// add makes an element behind the others.
func (e *elem) add(tag string) *elem {
	n := &elem{tag: tag}
	e.take(n)
	return n
}

// take puts an element behind the others.
func (e *elem) take(n *elem) {
	n.up = e
	e.kids = append(e.kids, kid{elem: n})
}

// walk visits an element and all below it, in reading order.
func (e *elem) walk(visit func(*elem)) {
	visit(e)
	for _, k := range e.kids {
		if k.elem != nil {
			k.elem.walk(visit)
		}
	}
}

// structure writes the tree, and the way back from content to it; links are
// objects by then. It returns the object of the root.
func (f *file) structure(p *press, pages []int, links map[*link]int) int {
	root, parents := f.reserve(), f.reserve()
	var names strings.Builder
	p.root.walk(func(e *elem) {
		e.object = f.reserve()
		if e.id != "" {
			fmt.Fprintf(&names, "(%s) %d 0 R ", e.id, e.object)
		}
	})
	p.root.walk(func(e *elem) {
		up := root
		if e.up != nil {
			up = e.up.object
		}
		f.set(e.object, "<</Type /StructElem /S /%s /P %d 0 R%s%s>>", e.tag, up, e.extras(), e.children(pages, links))
	})
	var nums strings.Builder
	for i, s := range p.sheets {
		fmt.Fprintf(&nums, "%d [", i)
		for _, e := range s.owners {
			fmt.Fprintf(&nums, "%d 0 R ", e.object)
		}
		nums.WriteString("]\n")
	}
	next := len(p.sheets)
	for _, s := range p.sheets {
		for _, l := range s.links {
			fmt.Fprintf(&nums, "%d %d 0 R\n", next, l.elem.object)
			next++
		}
	}
	f.set(parents, "<</Nums [%s]>>", nums.String())
	ids := ""
	if names.Len() > 0 {
		ids = fmt.Sprintf(" /IDTree <</Names [%s]>>", names.String())
	}
	f.set(root, "<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d%s>>", p.root.object, parents, next, ids)
	return root
}

// extras are attributes and id.
func (e *elem) extras() string {
	s := ""
	if e.attr != "" {
		s += " " + e.attr
	}
	if e.id != "" {
		s += " /ID (" + e.id + ")"
	}
	return s
}

// children lists the kids. Content on the page that the element names is a bare
// number; on other pages it says which.
func (e *elem) children(pages []int, links map[*link]int) string {
	home := -1
	for _, k := range e.kids {
		if k.elem == nil {
			home = k.page
			break
		}
	}
	var b strings.Builder
	if home >= 0 {
		fmt.Fprintf(&b, " /Pg %d 0 R", pages[home])
	}
	b.WriteString(" /K [")
	for i, k := range e.kids {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case k.elem != nil:
			fmt.Fprintf(&b, "%d 0 R", k.elem.object)
		case k.link != nil:
			fmt.Fprintf(&b, "<</Type /OBJR /Obj %d 0 R /Pg %d 0 R>>", links[k.link], pages[k.page])
		case k.page == home:
			fmt.Fprintf(&b, "%d", k.content)
		default:
			fmt.Fprintf(&b, "<</Type /MCR /Pg %d 0 R /MCID %d>>", pages[k.page], k.content)
		}
	}
	b.WriteByte(']')
	return b.String()
}
