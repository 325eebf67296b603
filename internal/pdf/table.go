package pdf

import (
	"errors"
	"fmt"
)

const (
	gutter    length = 14000  // between columns
	rowPad    length = 5000   // above and below the text of a row
	narrowest length = 24000  // a column that any character fits in
	headMax   length = 200000 // so that rows fit under it on every page
	together         = 32     // lines of a row that stay on one page
	chunk            = 4      // lines of a longer row that do
)

// A grid is a table being set.
type grid struct {
	column
	cols    []column
	right   []bool
	table   *elem
	rowHead bool
	terms   bool
}

func (b Table) set(f *flow) error {
	parts := make([]int, len(b.Columns))
	g := &grid{column: f.column, rowHead: b.RowHead}
	heads := make([]Text, len(b.Columns))
	for i, c := range b.Columns {
		parts[i], heads[i] = c.Parts, Plain(c.Head)
		g.right = append(g.right, c.Right)
	}
	if err := g.divide(parts); err != nil {
		return err
	}
	g.table = f.root.add("Table")
	head, err := g.row(heads, true)
	if err != nil {
		return fmt.Errorf("head: %w", err)
	}
	if len(head) > 1 || head[0].height > headMax {
		return errors.New("the head is too high for a page")
	}
	head[0].keep = true
	f.add(pt(2), 0, head...)
	return g.rows(f, b.Rows, &f.slices[len(f.slices)-1])
}

func (b Terms) set(f *flow) error {
	g := &grid{column: f.column, right: make([]bool, 2), rowHead: true, terms: true}
	if err := g.divide([]int{30, 70}); err != nil || len(b) == 0 {
		return err
	}
	var rows [][]Text
	for _, t := range b {
		rows = append(rows, []Text{Plain(t.Name), t.Text})
	}
	g.table = f.root.add("Table")
	f.rule(faint, 600, 2000, 0)
	f.stay()
	return g.rows(f, rows, nil)
}

// divide gives each column its share of the width.
func (g *grid) divide(parts []int) error {
	sum := 0
	for i, n := range parts {
		if n < 0 || n > 1000 {
			return fmt.Errorf("column %d: %d parts is not between 0 and 1000", i+1, n)
		}
		parts[i] = max(n, 1)
		sum += parts[i]
	}
	if sum == 0 {
		return errors.New("a table without columns")
	}
	room := g.width - gutter*length(len(parts)-1)
	left := g.left
	for i, n := range parts {
		w := room * length(n) / length(sum)
		if w < narrowest {
			return fmt.Errorf("column %d is too narrow", i+1)
		}
		g.cols = append(g.cols, column{left, w})
		left += w + gutter
	}
	return nil
}

// rows adds the rows behind their head, which may be nil.
func (g *grid) rows(f *flow, rows [][]Text, head *slice) error {
	var heads [2]*slice // above a row, and above the rest of one
	if head != nil {
		above, inside := *head, *head
		inside.height += rowPad
		heads = [2]*slice{&above, &inside}
	}
	for i, cells := range rows {
		if len(cells) != len(g.cols) {
			return fmt.Errorf("row %d: %d cells for %d columns", i+1, len(cells), len(g.cols))
		}
		ss, err := g.row(cells, false)
		if err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
		for i := range ss {
			ss[i].head = heads[min(i, 1)]
		}
		f.add(0, 0, ss...)
	}
	f.air = 16000
	return nil
}

// row makes slices of one row: one, unless it is long.
func (g *grid) row(cells []Text, head bool) ([]slice, error) {
	tr := g.table.add("TR")
	elems, texts, styles := make([]*elem, len(cells)), make([][]line, len(cells)), make([]style, len(cells))
	most := 1
	for i, t := range cells {
		elems[i], styles[i] = g.cell(tr, i, head)
		var err error
		if texts[i], err = t.lines(styles[i], g.cols[i].width); err != nil {
			return nil, fmt.Errorf("cell %d: %w", i+1, err)
		}
		most = max(most, len(texts[i]))
	}
	step := most
	if most > together {
		step = chunk
	}
	var out []slice
	for from := 0; from < most; from += step {
		to := min(from+step, most)
		s := slice{height: cell.leading * length(to-from)}
		inner := length(0)
		if from == 0 {
			s.height, inner = s.height+rowPad, rowPad
		}
		last := to == most
		if last {
			s.height += rowPad
		}
		s.draw = func(p *press, top length) {
			for i, ls := range texts {
				g.draw(p, i, elems[i], ls[min(from, len(ls)):min(to, len(ls))], styles[i], top+inner)
			}
			if last {
				g.line(p, top+s.height, head)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// cell adds the element of a cell and picks its style.
func (g *grid) cell(tr *elem, i int, head bool) (*elem, style) {
	switch {
	case head:
		e := tr.add("TH")
		e.attr = "/A <</O /Table /Scope /Column>>"
		return e, cellHead
	case i == 0 && g.rowHead:
		e := tr.add("TH")
		e.attr = "/A <</O /Table /Scope /Row>>"
		if g.terms {
			return e, cellHead
		}
		return e, cell
	}
	return tr.add("TD"), cell
}

func (g *grid) draw(p *press, i int, e *elem, ls []line, st style, top length) {
	for n, l := range ls {
		left := g.cols[i].left
		if g.right[i] {
			left += g.cols[i].width - l.width
		}
		p.show(e, l, st, left, top+st.leading*length(n))
	}
}

func (g *grid) line(p *press, at length, head bool) {
	if head {
		p.bar(soft, g.left, at, g.width, 900)
		return
	}
	p.bar(faint, g.left, at, g.width, 600)
}
