package criteria

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
)

// A Program decides by a compiled set. It is never changed, so many may ask it at
// once.
type Program struct {
	set      Set
	fields   []Field
	run      []bool
	criteria []named
	rules    []ruleOf
}

// A ruleOf is a compiled rule.
type ruleOf struct {
	rule     *Rule
	category int
	when     *node // its exceptions taken in
	say      []part
	atoms    []atomOf
	reads    []int     // fields
	ofField  [][]*node // comparisons that read each of reads
}

// An atomOf is a comparison of a rule, with the named part in which it stands.
type atomOf struct {
	n      *node
	within *node // nil for the rule itself
}

// prepare lists the comparisons of the rule and what they read.
func (r *ruleOf) prepare() {
	var walk func(n, within *node)
	walk = func(n, within *node) {
		switch {
		case n.atom():
			r.atoms = append(r.atoms, atomOf{n, within})
			if n.touches == nil {
				n.touches = slices.Sorted(slices.Values(n.fields()))
			}
			return
		case n.op == opNamed:
			within = n
		}
		if n.a != nil {
			walk(n.a, within)
		}
		if n.b != nil {
			walk(n.b, within)
		}
	}
	walk(r.when, nil)
	r.reads = r.when.fields()
	r.ofField = make([][]*node, len(r.reads))
	for i, f := range r.reads {
		for _, a := range r.atoms {
			if a.n.reads(f) {
				r.ofField[i] = append(r.ofField[i], a.n)
			}
		}
	}
}

// applies reports whether the rule is in use on this day.
func (r *ruleOf) applies(day calendar.Date) bool {
	return (r.rule.From == nil || !day.Before(*r.rule.From)) && (r.rule.Through == nil || !day.After(*r.rule.Through))
}

// Set returns the set that was compiled.
func (p *Program) Set() Set { return p.set }

// Fields returns the catalogue, in the order of the cells of a row.
func (p *Program) Fields() []Field { return p.fields }

// InForce reports whether the set may decide for this day.
func (p *Program) InForce(day calendar.Date) bool {
	return !day.Before(p.set.From) && (p.set.Through == nil || !day.After(*p.set.Through))
}

// Row returns a row of which nothing is known but the day it is decided for.
func (p *Program) Row(day calendar.Date) Row {
	r := make(Row, len(p.fields))
	for i, run := range p.run {
		if run {
			r[i] = Cell{dayNumber(day), true}
		}
	}
	return r
}

// Reason writes why this rule fires, with the values of the row.
func (p *Program) Reason(rule int, r Row) string {
	var b strings.Builder
	for _, part := range p.rules[rule].say {
		b.WriteString(part.text)
		if part.field >= 0 {
			b.WriteString(p.fields[part.field].Type.Dutch(r[part.field]))
		}
		b.WriteString(part.fixed)
	}
	return b.String()
}
