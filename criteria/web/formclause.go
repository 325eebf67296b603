package web

import (
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
)

// The kinds of clause that the form shows.
const (
	aRule = iota
	anException
	aCriterion
)

// A clauseRow is a rule, an exception or a sub-criterion as the form shows it.
type clauseRow struct {
	at       string // "rules-0-except-1": its place in the text
	kind     int
	id, of   string // of is the clause from which an exception takes
	category string
	when     string
	lines    []criteria.Condition
	plain    bool // its condition is lines that all must hold
	reason   string
	title    string
	norm     ident.Norm
	from     string
	through  string
	except   []clauseRow
}

func (c clauseRow) legend() string {
	switch c.kind {
	case anException:
		return "Uitzondering " + c.id + " op " + c.of
	case aCriterion:
		return "Deelvoorwaarde " + c.id
	}
	return "Regel " + c.id
}

// keys are the single values that the form shows of a clause, with what the text says.
func (c clauseRow) keys() [][2]string {
	switch c.kind {
	case anException:
		return [][2]string{{"reason", c.reason}, {"norm", string(c.norm)}}
	case aCriterion:
		return [][2]string{{"title", c.title}, {"norm", string(c.norm)}}
	}
	return [][2]string{{"category", c.category}, {"reason", c.reason}, {"norm", string(c.norm)}, {"from", c.from}, {"through", c.through}}
}

func (f formPage) rules() (list []clauseRow) {
	for i, r := range f.program.Set().Rules {
		c := clauseRow{at: fmt.Sprintf("rules-%d", i), id: r.ID, category: r.Category, when: r.When, reason: r.Reason, norm: r.Norm, from: dayOf(r.From), through: dayOf(r.Through)}
		c.except = f.exceptions(c, r.Except)
		list = append(list, f.split(c))
	}
	return list
}

func (f formPage) exceptions(of clauseRow, all []criteria.Exception) (list []clauseRow) {
	for i, x := range all {
		c := clauseRow{at: fmt.Sprintf("%s-except-%d", of.at, i), kind: anException, id: x.ID, of: of.id, when: x.When, reason: x.Reason, norm: x.Norm}
		c.except = f.exceptions(c, x.Except)
		list = append(list, f.split(c))
	}
	return list
}

func (f formPage) criteria() (list []clauseRow) {
	for i, c := range f.program.Set().Criteria {
		list = append(list, f.split(clauseRow{at: fmt.Sprintf("criteria-%d", i), kind: aCriterion, id: c.Name, when: c.When, title: c.Title, norm: c.Norm}))
	}
	return list
}

// split shows the condition of a clause as lines, where it is so simple.
func (f formPage) split(c clauseRow) clauseRow {
	c.lines, c.plain = criteria.Split(c.when)
	for j, l := range c.lines {
		if k := f.program.Field(l.Left); k >= 0 {
			c.lines[j].Right = f.program.Fields()[k].Type.Filled(l.Right)
		}
	}
	return c
}

func dayOf(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// each gives every clause, one before those in it.
func (f formPage) each(fn func(clauseRow)) {
	var walk func([]clauseRow)
	walk = func(list []clauseRow) {
		for _, c := range list {
			fn(c)
			walk(c.except)
		}
	}
	walk(f.criteria())
	walk(f.rules())
}

// clauses are those to which an exception can be made.
func (f formPage) clauses() (list []site.Choice) {
	f.each(func(c clauseRow) {
		if c.kind != aCriterion {
			list = append(list, site.Choice{Value: c.at, Text: c.legend()})
		}
	})
	return list
}

// parts are all that can be taken out of the text, one before those in it.
func (f formPage) parts() (list []string) {
	for i := range f.program.Set().Thresholds {
		list = append(list, fmt.Sprintf("thresholds-%d", i))
	}
	f.each(func(c clauseRow) { list = append(list, c.at) })
	return list
}

// pointer is the place in the text of a field of the form.
func pointer(name string) string { return "/" + strings.ReplaceAll(name, "-", "/") }

// before returns where a part stood before others were taken out of their lists.
func before(at string, gone []string) string {
	for _, g := range gone {
		list, place, _ := cutLast(g)
		rest, ok := strings.CutPrefix(at, list+"-")
		if !ok {
			continue
		}
		number, below, deeper := strings.Cut(rest, "-")
		if i := whole(number); i >= place {
			at = fmt.Sprintf("%s-%d", list, i+1)
			if deeper {
				at += "-" + below
			}
		}
	}
	return at
}

// cutLast parts a place into its list and its number in that.
func cutLast(at string) (list string, place int, ok bool) {
	i := strings.LastIndexByte(at, '-')
	if i < 0 {
		return at, -1, false
	}
	return at[:i], whole(at[i+1:]), true
}

// whole reads a number; -1 where there is none.
func whole(s string) int {
	var n int
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil {
		return -1
	}
	return n
}

// ticked are the parts that somebody takes out.
func (f formPage) ticked(has func(string) bool) (list []string) {
	for _, at := range f.parts() {
		if has(at + "-weg") {
			list = append(list, at)
		}
	}
	return list
}

// removals takes parts out, those that stand last first, so that each still stands
// where it stood.
func removals(gone []string) (list []criteria.Edit) {
	for _, at := range slices.Backward(gone) {
		list = append(list, criteria.Edit{Pointer: pointer(at), Gone: true})
	}
	return list
}
