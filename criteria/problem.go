package criteria

import (
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/internal/solve"
)

// Steps that the analysis may take for one question, and for all of them.
const (
	questionSteps = 20_000
	analysisSteps = 4_000_000
)

// A problem is a space of contracts in which conditions of programs can be asked
// to hold. The day of the run is one number for all fields that get it.
type problem struct {
	s        *solve.Space
	day      solve.Var
	from, to int64 // of the day
}

func newProblem(from, to int64) *problem {
	s := solve.NewSpace(questionSteps, analysisSteps)
	return &problem{s: s, day: s.Number(from, to, false), from: from, to: to}
}

// days returns the days on which the set decides, within what its fields of the
// run may hold; and whether the two have days in common.
func (p *Program) days() (from, to int64, ok bool) {
	first, last := dayNumber(p.set.From), lastDay
	if p.set.Through != nil {
		last = dayNumber(*p.set.Through)
	}
	from, to = first, last
	for i, run := range p.run {
		if run {
			from, to = max(from, p.fields[i].From), min(to, p.fields[i].Through)
		}
	}
	if from > to {
		return first, last, false
	}
	return from, to, true
}

// A view reads one program into a problem.
type view struct {
	*problem
	p     *Program
	vars  []solve.Var
	codes [][]int64 // of each field of words: what stands for each word; nil as the program has it
	made  map[*node]*solve.Formula
	rules []*solve.Formula // with their days
}

// view reads a program of which these numbers are the fields.
func (q *problem) view(p *Program, vars []solve.Var) *view {
	return &view{problem: q, p: p, vars: vars, codes: make([][]int64, len(p.fields)), made: map[*node]*solve.Formula{}}
}

// number adds a field with these bounds.
func (q *problem) number(f *Field, b bounded) solve.Var {
	switch {
	case f.Run:
		return q.day
	case f.Type.Kind == Choices:
		return q.s.Flags()
	}
	return q.s.Number(b.lo, b.hi, true)
}

// numbers adds every field with its declared bounds.
func (q *problem) numbers(p *Program) (vars []solve.Var) {
	for i := range p.fields {
		vars = append(vars, q.number(&p.fields[i], bounded{p.fields[i].From, p.fields[i].Through}))
	}
	return vars
}

// read makes the conditions of all rules.
func (v *view) read() {
	for i := range v.p.rules {
		r := &v.p.rules[i]
		v.rules = append(v.rules, v.s.And(v.applies(r), v.formula(r.when)))
	}
}

// readAll is read, and makes the criteria that no rule leans on too: what is asked
// of the space must be in it before the first question.
func (v *view) readAll() {
	v.read()
	for _, c := range v.p.criteria {
		if c.n != nil {
			v.formula(c.n)
		}
	}
}

// applies is the condition that the rule is in use.
func (v *view) applies(r *ruleOf) *solve.Formula {
	from, to := v.from, v.to
	if r.rule.From != nil {
		from = max(from, dayNumber(*r.rule.From))
	}
	if r.rule.Through != nil {
		to = min(to, dayNumber(*r.rule.Through))
	}
	if from == v.from && to == v.to {
		return v.s.Constant(solve.Yes)
	}
	return v.s.Among(v.day, []int64{from, to + 1}, func(d int64) bool { return d >= from && d <= to })
}

// formula is the condition n.
func (v *view) formula(n *node) *solve.Formula {
	f, ok := v.made[n]
	if !ok {
		f = v.condition(n)
		v.made[n] = f
	}
	return f
}

func (v *view) condition(n *node) *solve.Formula {
	switch n.op {
	case opTruth:
		return v.s.Constant(solve.Truth(n.val))
	case opNot:
		return v.s.Not(v.formula(n.a))
	case opNamed:
		return v.formula(n.a)
	case opAnd:
		return v.s.And(v.formula(n.a), v.formula(n.b))
	case opOr:
		return v.s.Or(v.formula(n.a), v.formula(n.b))
	case opKnown:
		return v.s.Known(v.vars[n.val])
	case opYes:
		return v.s.Among(v.vars[n.val], []int64{1}, func(x int64) bool { return x == 1 })
	case opHas:
		return v.flag(n)
	case opIn:
		return v.member(n)
	}
	if n.a.typ.Kind == Choice && n.b.op == opConst {
		return v.words(n.a, []int64{n.b.val}, n.op == opEq)
	}
	return v.compare(n)
}

// code is what stands for the word of a field.
func (v *view) code(field *node, word int64) int64 {
	if codes := v.codes[field.val]; codes != nil {
		return codes[word]
	}
	return word
}

// words is the condition that a choice is one of these words, or is none of them.
func (v *view) words(field *node, list []int64, one bool) *solve.Formula {
	is := map[int64]bool{}
	var turns []int64
	for _, w := range list {
		c := v.code(field, w)
		is[c] = true
		turns = append(turns, c, c+1)
	}
	return v.s.Among(v.vars[field.val], turns, func(x int64) bool { return is[x] == one })
}

// flag is the condition that a word is in a list of choices. A word that is not
// shared is in none: known or not is all there is to it.
func (v *view) flag(n *node) *solve.Formula {
	c := v.code(n.a, n.val)
	f := v.s.Flag(v.vars[n.a.val], int(c))
	if c >= unshared {
		return v.s.And(f, v.s.Not(f))
	}
	return f
}

// unshared is where the codes begin of words that one of two programs has.
const unshared = 64

func (v *view) member(n *node) *solve.Formula {
	if n.a.typ.Kind == Choice {
		return v.words(n.a, n.set, true)
	}
	var f *solve.Formula
	for _, x := range n.set {
		one := v.compare(&node{op: opEq, typ: yesNo, a: n.a, b: constant(n.at, n.a.typ, x)})
		if f == nil {
			f = one
		} else {
			f = v.s.Or(f, one)
		}
	}
	return f
}

// compare holds two numbers against each other as a difference against zero.
func (v *view) compare(n *node) *solve.Formula {
	a, b := v.number(n.a), v.number(n.b)
	o := n.op
	if o == opGt || o == opGe { // a > b is b < a
		a, b, o = b, a, mirrored(o)
	}
	d, ok := v.s.Plus(a, -1, b)
	if ok && o == opLt {
		d, ok = v.s.Plus(v.s.Fixed(1), 1, d)
	}
	if !ok {
		var reads []solve.Var
		for _, f := range n.fields() {
			reads = append(reads, v.vars[f])
		}
		return v.s.Beyond(reads, fmt.Sprintf("%p", n))
	}
	switch o {
	case opEq:
		return v.s.Compare(d, solve.IsZero)
	case opNe:
		return v.s.Not(v.s.Compare(d, solve.IsZero))
	}
	return v.s.Compare(d, solve.AtMostZero)
}

// number is the number n.
func (v *view) number(n *node) solve.Number {
	switch n.op {
	case opConst:
		return v.s.Fixed(n.val)
	case opField:
		return v.s.Of(v.vars[n.val])
	case opNeg:
		if x, ok := v.s.Plus(v.s.Fixed(0), -1, v.number(n.a)); ok {
			return x
		}
		return v.call(n, v.number(n.a), v.s.Fixed(0))
	}
	a, b := v.number(n.a), v.number(n.b)
	var x solve.Number
	ok := false
	switch n.op {
	case opAdd:
		x, ok = v.s.Plus(a, 1, b)
	case opSub:
		x, ok = v.s.Plus(a, -1, b)
	case opMul:
		x, ok = v.s.Times(a, b)
	}
	if ok {
		return x
	}
	return v.call(n, a, b)
}

func (v *view) call(n *node, a, b solve.Number) solve.Number {
	o := n.op
	return v.s.Call(&solve.Function{
		Name: fmt.Sprint(o), Apply: o.apply,
		Bounds: func(x, y solve.Range) solve.Range { return o.reach(x, y) },
		Cuts: func(t, a, b solve.Number, ra, rb solve.Range) []solve.Number {
			return (&cuts{s: v.s}).of(o, t, a, b, ra, rb)
		},
	}, a, b, n.lo, n.hi)
}

// reach bounds what o makes of numbers in these ranges.
func (o op) reach(a, b solve.Range) solve.Range {
	if a.Lo == a.Hi && b.Lo == b.Hi && !(b.Lo == 0 && (o == opDiv || o == opMod)) {
		v := o.apply(a.Lo, b.Lo)
		return solve.Range{Lo: v, Hi: v}
	}
	all := solve.Range{Lo: -1 << 62, Hi: 1 << 62}
	if b.Lo <= 0 && b.Hi >= 0 && (o == opDiv || o == opMod) {
		return all
	}
	r, ok := o.bounds(bounded{a.Lo, a.Hi}, bounded{b.Lo, b.Hi})
	if !ok {
		return all
	}
	return solve.Range{Lo: r.lo, Hi: r.hi}
}

// point turns an answer into a contract on a day.
func (v *view) point(a solve.Answer) (calendar.Date, Row) {
	r := make(Row, len(v.p.fields))
	for i, x := range v.vars {
		r[i] = Cell{a.Point[x].V, a.Point[x].Known}
		if codes := v.codes[i]; codes != nil && r[i].Known {
			r[i].V = v.back(i, codes, r[i].V)
		}
	}
	return dayOf(a.Point[v.day].V), r
}

// back turns what stands for words into the words of the program.
func (v *view) back(field int, codes []int64, x int64) (own int64) {
	for i, c := range codes {
		switch {
		case v.p.fields[field].Type.Kind == Choices && x>>c&1 == 1:
			own |= 1 << i
		case v.p.fields[field].Type.Kind == Choice && c == x:
			return int64(i)
		}
	}
	return own
}
