package criteria

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
)

var compareOps = map[string]op{"<": opLt, "<=": opLe, ">": opGt, ">=": opGe, "==": opEq, "!=": opNe}

// yesNo is the type of what is true or false.
var yesNo = Type{Kind: Bool}

func (c *checker) compare(e *expr) *node {
	l, r := e.args[0], e.args[1]
	if r.op == "string" || l.op == "string" {
		return c.compareWord(e)
	}
	a, b := c.check(l), c.check(r)
	if a.bad() || b.bad() {
		return &node{op: opBad, at: e.at}
	}
	o := compareOps[e.op]
	if a.typ.Kind == Bool || b.typ.Kind == Bool {
		return c.compareTruth(e, a, b)
	}
	switch equal := o == opEq || o == opNe; {
	case !a.typ.same(b.typ):
		return c.fail(e.at, "unit", "Vergelijk gelijke eenheden: links staat "+unitName(a.typ)+", rechts "+unitName(b.typ)+"."+mendUnit(a, b))
	case a.typ.Kind == Choices:
		return c.fail(e.at, "list", "Vraag van een lijst of een woord erin staat: \"woord\" in veld.")
	case a.typ.Kind == Choice && !equal:
		return c.fail(e.at, "order", "Gebruik bij een keuze == of !=: keuzes hebben geen volgorde.")
	}
	if a, b = c.aligned(a, b); a.bad() || b.bad() {
		return &node{op: opBad, at: e.at}
	}
	if a.op == opConst && b.op != opConst { // the threshold stands right
		a, b, o = b, a, mirrored(o)
	}
	return &node{op: o, at: e.at, typ: yesNo, a: a, b: b, text: e.format(c.canonical)}
}

// mirrored is the comparison with its sides changed.
func mirrored(o op) op {
	switch o {
	case opLt:
		return opGt
	case opLe:
		return opGe
	case opGt:
		return opLt
	case opGe:
		return opLe
	}
	return o
}

// compareTruth reads x == true as x, and x == false as !x.
func (c *checker) compareTruth(e *expr, a, b *node) *node {
	if a.op == opTruth {
		a, b = b, a
	}
	if b.op != opTruth || a.typ.Kind != Bool || e.op != "==" && e.op != "!=" {
		return c.fail(e.at, "truth", "Vergelijk een voorwaarde alleen met == true of == false; schrijf anders && of ||.")
	}
	if (b.val == int64(Yes)) == (e.op == "==") {
		return a
	}
	return &node{op: opNot, at: e.at, typ: yesNo, a: a}
}

func (c *checker) compareWord(e *expr) *node {
	l, r := e.args[0], e.args[1]
	if l.op == "string" {
		l, r = r, l
	}
	if l.op == "string" || l.op == "list" {
		return c.fail(e.at, "lone-word", "Vergelijk een woord met een keuzeveld.")
	}
	a := c.check(l)
	if a.bad() {
		return a
	}
	if a.typ.Kind != Choice {
		return c.fail(r.at, "unit", "Vergelijk hier met "+unitName(a.typ)+", zonder aanhalingstekens."+pick(a.typ.Kind == Date, ` Een datum schrijft u als date("2026-11-22").`, ""))
	}
	if e.op != "==" && e.op != "!=" {
		return c.fail(e.at, "order", "Gebruik bij een keuze == of !=: keuzes hebben geen volgorde.")
	}
	b := c.word(r, a.typ)
	if b.bad() {
		return b
	}
	return &node{op: compareOps[e.op], at: e.at, typ: yesNo, a: a, b: b, text: e.format(c.canonical)}
}

func (c *checker) word(e *expr, t Type) *node {
	i := slices.Index(t.Values, e.text)
	if e.op != "string" || i < 0 {
		return c.fail(e.at, "word", "Kies een woord dat de catalogus kent, tussen aanhalingstekens: "+strings.Join(t.Values, ", ")+".")
	}
	return constant(e.at, Type{Kind: Choice, Values: t.Values}, int64(i))
}

// member checks a in [list], and "word" in a field that holds a list.
func (c *checker) member(e *expr) *node {
	l, r := e.args[0], e.args[1]
	if r.op != "list" {
		return c.has(e)
	}
	if l.op == "string" {
		return c.fail(l.at, "lone-word", "Zet voor in een veld, en de woorden erachter.")
	}
	a := c.check(l)
	if a.bad() {
		return a
	}
	if a.typ.Kind == Bool || a.typ.Kind == Choices {
		return c.fail(l.at, "list", "Vraag alleen van een keuze, een getal of een datum of het in een lijst staat.")
	}
	if len(r.args) == 0 {
		return c.fail(r.at, "empty", "Zet ten minste één waarde in de lijst.")
	}
	n := &node{op: opIn, at: e.at, typ: yesNo, a: a, text: e.format(c.canonical)}
	for _, item := range r.args {
		v := c.item(item, a)
		if v.bad() {
			n.op = opBad
			continue
		}
		n.set = append(n.set, v.val)
	}
	slices.Sort(n.set)
	n.set = slices.Compact(n.set)
	return n
}

// item checks one value of a list against what is looked for in it.
func (c *checker) item(e *expr, a *node) *node {
	if a.typ.Kind == Choice {
		return c.word(e, a.typ)
	}
	v := c.check(e)
	switch {
	case v.bad():
		return v
	case v.op != opConst || !v.typ.same(a.typ):
		return c.fail(e.at, "item", "Zet in deze lijst alleen vaste waarden met de eenheid van wat ervoor staat."+mendUnit(a, v))
	case v.typ.Decimals > a.typ.Decimals:
		return c.fail(e.at, "decimals", "Gebruik in deze lijst niet meer decimalen dan het veld heeft.")
	}
	return c.scale(v, a.typ.Decimals)
}

func (c *checker) has(e *expr) *node {
	a := c.check(e.args[1])
	if a.bad() {
		return a
	}
	if a.op != opField || a.typ.Kind != Choices {
		return c.fail(e.args[1].at, "list", "Zet achter in een lijst tussen [ en ], of een veld dat een lijst van keuzes is.")
	}
	word := c.word(e.args[0], Type{Values: a.typ.Values})
	if word.bad() {
		return word
	}
	return &node{op: opHas, at: e.at, typ: yesNo, a: a, val: word.val, text: e.format(c.canonical)}
}

// call checks the functions: units, date, min, max, known and months_between.
func (c *checker) call(e *expr) *node {
	switch e.text {
	case "euro", "percent", "months", "days":
		if n := e.literal(); n != nil {
			v := c.number(n, Unit(e.text))
			if !v.bad() && e.args[0].op == "neg" {
				v.val, v.lo, v.hi = -v.val, -v.val, -v.val
			}
			return v
		}
		return c.fail(e.at, "literal", "Zet hier één vast getal tussen de haakjes, zoals "+e.text+"(12).")
	case "date":
		if len(e.args) == 1 && e.args[0].op == "string" {
			if d, err := calendar.Parse(e.args[0].text); err == nil && dayNumber(d) >= firstDay && dayNumber(d) <= lastDay {
				return constant(e.at, Type{Kind: Date}, dayNumber(d))
			}
		}
		return c.fail(e.at, "date", `Schrijf een datum die bestaat als date("2026-11-22").`)
	case "min", "max":
		return c.least(e)
	case "known":
		if len(e.args) == 1 && e.args[0].op == "name" {
			if i, ok := c.byName[e.args[0].text]; ok {
				return &node{op: opKnown, at: e.at, typ: yesNo, val: int64(i), text: e.format(c.canonical)}
			}
		}
		return c.fail(e.at, "known", "Zet tussen de haakjes van known de naam van één veld.")
	case "months_between":
		return c.between(e)
	}
	for _, a := range e.args {
		c.check(a) // their own faults are told at once
	}
	return c.fail(e.at, "unknown-function", "Kies een functie die bestaat: euro, percent, months, days, date, min, max, known of months_between.")
}

// literal returns the one number between the parentheses.
func (e *expr) literal() *expr {
	if len(e.args) != 1 {
		return nil
	}
	n := e.args[0]
	if n.op == "neg" {
		n = n.args[0]
	}
	if n.op != "number" {
		return nil
	}
	return n
}

func (c *checker) least(e *expr) *node {
	if len(e.args) < 2 {
		return c.fail(e.at, "arguments", "Zet bij "+e.text+" ten minste twee waarden tussen de haakjes.")
	}
	n := c.numeric(e.args[0])
	for _, arg := range e.args[1:] {
		m := c.numeric(arg)
		switch {
		case n.bad() || m.bad():
			n = &node{op: opBad, at: e.at}
			continue
		case !n.typ.same(m.typ):
			n = c.fail(arg.at, "unit", "Geef alle waarden dezelfde eenheid: hier staat "+unitName(m.typ)+", ervoor "+unitName(n.typ)+"."+mendUnit(n, m))
			continue
		}
		if n, m = c.aligned(n, m); n.bad() || m.bad() {
			continue
		}
		n = c.combine(e, pick(e.text == "min", opMin, opMax), n.typ, n, m)
	}
	return n
}

func (c *checker) between(e *expr) *node {
	if len(e.args) != 2 {
		return c.fail(e.at, "arguments", "Zet bij months_between twee datums tussen de haakjes.")
	}
	a, b := c.numeric(e.args[0]), c.numeric(e.args[1])
	switch {
	case a.bad() || b.bad():
		return &node{op: opBad, at: e.at}
	case a.typ.Kind != Date || b.typ.Kind != Date:
		return c.fail(e.at, "unit", "Zet bij months_between twee datums tussen de haakjes.")
	}
	return c.combine(e, opMonthsBetween, Type{Kind: Number, Unit: Months}, a, b)
}

// canonical is the name by which a text names what may have two names.
func (c *checker) canonical(name string) string {
	if _, ok := c.named[name]; ok {
		return name
	}
	if i, ok := c.byName[name]; ok {
		return c.fields[i].Name
	}
	return name
}
