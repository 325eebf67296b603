package criteria

import (
	"slices"
	"strconv"

	"zorgplicht/internal/fault"
)

// Misfit is the reason of the fault of a portfolio whose fields are not those of
// the rule set.
const Misfit = "portfolio-misfit"

// A fit says how the columns of a file become those of a program.
type fit struct {
	from []int  // of each field of the program its column in the file, -1 for none
	same []bool // the column serves as it is
}

// Fit holds the fields of a file against those of the program. A field is the same
// by name and type; where its range differs, every value of the file must fit in
// that of the program. A field that the file lacks is unknown of every row.
func (p *Program) fit(c *Columns) (fit, error) {
	m := fit{from: make([]int, len(p.fields)), same: make([]bool, len(p.fields))}
	var wrong []fault.Detail
	for i := range p.fields {
		f := &p.fields[i]
		m.from[i] = slices.IndexFunc(c.Fields, func(g Field) bool { return g.Name == f.Name })
		if p.run[i] || m.from[i] < 0 {
			m.from[i] = -1
			continue
		}
		g := &c.Fields[m.from[i]]
		m.same[i] = g.From == f.From && g.Through == f.Through
		switch at := "/fields/" + strconv.Itoa(i); {
		case !g.Type.same(f.Type) || g.Type.Decimals != f.Type.Decimals:
			wrong = append(wrong, fault.Detail{Pointer: at, Reason: "type", Text: "Laad het bestand opnieuw met deze regelset: het veld " + f.Name + " is daar van een andere soort."})
		case g.From < f.From || g.Through > f.Through:
			wrong = append(wrong, fault.Detail{Pointer: at, Reason: "range", Text: "Laad het bestand opnieuw met deze regelset: het veld " + f.Name + " heeft daar een ruimer bereik."})
		}
	}
	return m, fault.All(Misfit, wrong)
}

// columns returns the columns of a stripe as the program asks for them.
func (m fit) columns(p *Program, s *Stripe) []*Column {
	list := make([]*Column, len(m.from))
	for i, from := range m.from {
		switch {
		case from < 0:
		case m.same[i]:
			list[i] = s.Columns[from]
		default:
			list[i] = s.Columns[from].as(&p.fields[i])
		}
	}
	return list
}

// as returns the column in the range of another field, into which it fits.
func (c *Column) as(f *Field) *Column {
	out := NewColumn(f, c.rows)
	for row := range c.rows {
		out.Append(c.Cell(row))
	}
	out.Close()
	return out
}
