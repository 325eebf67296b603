package criteria

import (
	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// An Outcome is what one rule says of a row.
type Outcome struct {
	Rule    int // place in the set
	Truth   Truth
	Applies bool     // false outside the days of the rule; then Truth is No
	Steps   []Step   // every comparison, in the order of the text
	Changes []Change // the smallest change that turns yes into no, or no into yes; empty when there is none
}

// A Step is one comparison of a rule with what it found.
type Step struct {
	Text      string
	Truth     Truth
	Decides   bool // the outcome of the rule rests on it
	Type      Type // of both values
	Value     Cell
	Threshold Cell       // absent for a comparison with a list, and for yes or no
	Part      string     // sub-criterion or exception it stands in, "" for the rule itself
	Norm      ident.Norm // of the threshold, else of the part, else of the rule
}

// A Change is another value for one field.
type Change struct {
	Field    int
	From, To Cell
}

// A Decision is what a set says of a row. Where Category and Highest differ the
// category is not known: something unknown could still make it heavier.
type Decision struct {
	Category int // the heaviest of the rules that fire, 0 when none does
	Highest  int // the heaviest of the rules that fire or could fire
	Rules    []Outcome
	Question int // field that would decide when asked; -1 when nothing is open, or no one field does
}

// Truths returns what each rule says of the row, without saying why.
func (p *Program) Truths(day calendar.Date, r Row) []Truth {
	list := make([]Truth, len(p.rules))
	for i := range p.rules {
		if p.rules[i].applies(day) {
			list[i] = p.rules[i].when.truth(r)
		}
	}
	return list
}

// categories returns the least and the most the category can be.
func (p *Program) categories(truths []Truth) (sure, highest int) {
	for i, t := range truths {
		c := p.rules[i].category
		if t == Yes {
			sure = max(sure, c)
		}
		if t != No {
			highest = max(highest, c)
		}
	}
	return sure, max(sure, highest)
}

// Decide decides a row and explains it. The row must have a cell for each field,
// in bounds; Row and Read make such rows.
func (p *Program) Decide(day calendar.Date, r Row) Decision {
	d := Decision{Rules: make([]Outcome, len(p.rules)), Question: -1}
	truths := p.Truths(day, r)
	d.Category, d.Highest = p.categories(truths)
	n := 0
	for i := range p.rules {
		n += len(p.rules[i].atoms)
	}
	steps := make([]Step, 0, n)
	s := search{p: p, try: make(Row, len(r)), room: make([]Change, 0, len(p.rules))}
	for i := range p.rules {
		o := &d.Rules[i]
		o.Rule, o.Truth, o.Applies = i, truths[i], p.rules[i].applies(day)
		if !o.Applies {
			continue
		}
		from := len(steps)
		steps = p.rules[i].steps(r, steps)
		o.Steps = steps[from:]
		if o.Truth != Unknown {
			o.Changes = s.change(&p.rules[i], r, o.Truth)
		}
	}
	if d.Category != d.Highest {
		d.Question = p.question(day, r, truths)
	}
	return d
}

// steps writes every comparison of the rule after list.
func (r *ruleOf) steps(row Row, list []Step) []Step {
	from := len(list)
	list = list[:from+len(r.atoms)]
	rest := list[from:]
	for i := range r.atoms {
		r.atoms[i].step(row, r.rule.Norm, &rest[i])
	}
	mark(r.when, rest)
	return list
}

// step writes into s what the comparison found.
func (a *atomOf) step(row Row, norm ident.Norm, s *Step) {
	n := a.n
	s.Text, s.Truth, s.Norm, s.Decides = n.text, n.truth(row), norm, true
	if a.within != nil {
		s.Part = a.within.name
		if a.within.norm != "" {
			s.Norm = a.within.norm
		}
	}
	switch n.op {
	case opYes, opKnown:
		s.Type, s.Value = yesNo, row[n.val]
		if n.op == opKnown {
			s.Value = Cell{int64(s.Truth) / 2, true}
		}
		return
	}
	s.Type = n.a.typ
	s.Value.V, s.Value.Known = n.a.number(row)
	if n.b != nil {
		s.Threshold.V, s.Threshold.Known = n.b.number(row)
		if n.b.norm != "" {
			s.Norm = n.b.norm
		}
	}
}

// mark returns the outcome of n and how many comparisons it has, the first of steps,
// and says of each whether that outcome rests on it. Of an and that fails, all that
// fail count; of an or that holds, all that hold.
func mark(n *node, steps []Step) (Truth, int) {
	switch {
	case n.op == opTruth:
		return Truth(n.val), 0
	case n.atom():
		return steps[0].Truth, 1
	case n.op == opNot:
		t, k := mark(n.a, steps)
		return t.not(), k
	case n.op == opNamed:
		return mark(n.a, steps)
	}
	a, left := mark(n.a, steps)
	b, right := mark(n.b, steps[left:])
	whole := pick(n.op == opAnd, min(a, b), max(a, b))
	if a != whole {
		idle(steps[:left])
	}
	if b != whole {
		idle(steps[left : left+right])
	}
	return whole, left + right
}

// idle says of steps that nothing rests on them.
func idle(steps []Step) {
	for i := range steps {
		steps[i].Decides = false
	}
}
