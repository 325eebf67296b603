package criteria

import (
	"slices"
	"strings"

	"zorgplicht/ident"
)

// A meaning is what a name stands for beside the fields: a threshold, or a
// sub-criterion.
type meaning struct {
	n    *node // nil while it is being checked, and for one that has faults
	name string
	norm ident.Norm
	size int
}

// A checker gives expressions their types, units and bounds, and collects every
// fault. A part with a fault is bad, and silent above it.
type checker struct {
	fields []Field
	byName map[string]int
	named  map[string]*meaning
	wrong  []Fault
}

func newChecker(fields []Field) *checker {
	c := &checker{fields: fields, byName: map[string]int{}, named: map[string]*meaning{}}
	for i, f := range fields {
		c.byName[f.Name] = i
		if f.English != "" {
			c.byName[f.English] = i
		}
	}
	return c
}

func (c *checker) fail(at int, code, text string) *node {
	c.wrong = append(c.wrong, Fault{at, code, text})
	return &node{op: opBad, at: at}
}

// condition checks an expression that must be true or false.
func (c *checker) condition(e *expr) *node {
	n := c.check(e)
	switch {
	case n.bad() || n.typ.Kind == Bool:
		return n
	}
	return c.fail(e.at, "no-condition", "Vergelijk deze waarde met iets: hier hoort een voorwaarde die waar of niet waar is.")
}

func (c *checker) check(e *expr) *node {
	switch e.op {
	case "bad":
		return &node{op: opBad, at: e.at}
	case "name":
		return c.name(e)
	case "number":
		return c.number(e, Count)
	case "string":
		return c.fail(e.at, "lone-word", "Vergelijk dit woord met een keuzeveld, zoals product == \"hypotheek\".")
	case "list":
		return c.fail(e.at, "lone-list", "Zet een lijst alleen achter in, zoals product in [\"hypotheek\"].")
	case "call":
		return c.call(e)
	case "!":
		n := c.condition(e.args[0])
		return &node{op: pick(n.bad(), opBad, opNot), at: e.at, typ: Type{Kind: Bool}, a: n}
	case "&&", "||":
		a, b := c.condition(e.args[0]), c.condition(e.args[1])
		return &node{op: pick(a.bad() || b.bad(), opBad, pick(e.op == "&&", opAnd, opOr)), at: e.at, typ: Type{Kind: Bool}, a: a, b: b}
	case "in":
		return c.member(e)
	case "neg":
		return c.negative(e)
	}
	if comparison(e.op) {
		return c.compare(e)
	}
	return c.arithmetic(e)
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

func (c *checker) name(e *expr) *node {
	if e.text == "true" || e.text == "false" {
		return &node{op: opTruth, at: e.at, typ: Type{Kind: Bool}, val: int64(truth(e.text == "true")), text: e.text}
	}
	if m, ok := c.named[e.text]; ok {
		switch {
		case m.n == nil:
			return &node{op: opBad, at: e.at} // its own fault was told
		case m.n.typ.Kind == Bool:
			return &node{op: opNamed, at: e.at, typ: m.n.typ, a: m.n, name: m.name, norm: m.norm, size: 1 + m.size}
		}
		n := *m.n
		n.at, n.name, n.norm = e.at, m.name, m.norm
		return &n
	}
	i, ok := c.byName[e.text]
	if !ok {
		return c.fail(e.at, "unknown-name", "Kies een veld, grens of criterium dat bestaat"+c.near(e.text)+".")
	}
	f := &c.fields[i]
	if f.Type.Kind == Bool {
		return &node{op: opYes, at: e.at, typ: f.Type, val: int64(i), hi: 1, text: f.Name}
	}
	return &node{op: opField, at: e.at, typ: f.Type, val: int64(i), lo: f.From, hi: f.Through}
}

// near proposes the name that looks most like what was written.
func (c *checker) near(written string) string {
	best, least := "", len(written)/2+1
	var names []string
	for i := range c.fields {
		names = append(names, c.fields[i].Name)
	}
	for name := range c.named {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if d := distance(written, name); d < least {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; bedoelt u " + best + "?"
}

// distance counts the letters to change, add or leave out between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func (c *checker) number(e *expr, unit Unit) *node {
	_, frac, _ := strings.Cut(e.text, ".")
	v, ok := parseDecimal(e.text, len(frac))
	if !ok || len(frac) > 9 {
		return c.fail(e.at, "too-big", "Maak dit getal kleiner: hoogstens 18 cijfers, waarvan 9 achter de punt.")
	}
	if (unit == Months || unit == Days) && len(frac) > 0 {
		return c.fail(e.at, "whole", "Schrijf hier een geheel getal.")
	}
	return constant(e.at, Type{Kind: Number, Unit: unit, Decimals: len(frac)}, v)
}

func constant(at int, t Type, v int64) *node {
	return &node{op: opConst, at: at, typ: t, val: v, lo: v, hi: v}
}

// numeric checks an expression that must be a number or a day.
func (c *checker) numeric(e *expr) *node {
	n := c.check(e)
	if n.bad() || n.typ.Kind == Number || n.typ.Kind == Date {
		return n
	}
	return c.fail(e.at, "no-number", "Reken alleen met getallen en datums.")
}

func (c *checker) negative(e *expr) *node {
	n := c.numeric(e.args[0])
	switch {
	case n.bad():
		return n
	case n.typ.Kind == Date:
		return c.fail(e.at, "no-number", "Zet een min alleen voor een getal, niet voor een datum.")
	}
	return c.combine(e, opNeg, n.typ, n, nil)
}

// combine makes a computed node, folds it when all is constant, and refuses what
// could become too big.
func (c *checker) combine(e *expr, o op, t Type, a, b *node) *node {
	var other bounded
	if b != nil {
		other = b.bounds()
	}
	if (o == opDiv || o == opMod) && other.lo <= 0 && other.hi >= 0 {
		return c.fail(e.at, "zero", "Deel niet door iets dat nul kan zijn: de deler loopt van "+b.typ.Dutch(Cell{other.lo, true})+" tot en met "+b.typ.Dutch(Cell{other.hi, true})+". Schrijf de vergelijking als vermenigvuldiging, of maak het bereik in de catalogus smaller.")
	}
	r, ok := o.bounds(a.bounds(), other)
	if !ok {
		return c.fail(e.at, "overflow", "Maak deze berekening kleiner: met "+a.typ.Dutch(Cell{a.hi, true})+" als grootste waarde links past de uitkomst niet. Verklein het bereik in de catalogus of de factor.")
	}
	if t.Kind == Date && (r.lo < firstDay || r.hi > lastDay) {
		return c.fail(e.at, "overflow", "Maak deze berekening kleiner: de datum kan voor het jaar 1600 of na het jaar 2999 komen te liggen.")
	}
	if a.op == opConst && (b == nil || b.op == opConst) {
		n := constant(e.at, t, r.lo)
		if b == nil || b.name == "" {
			n.name, n.norm = a.name, a.norm
		}
		return n
	}
	return &node{op: o, at: e.at, typ: t, lo: r.lo, hi: r.hi, a: a, b: b}
}

// scale returns n with as many decimals as asked.
func (c *checker) scale(n *node, decimals int) *node {
	k := decimals - n.typ.Decimals
	if n.bad() || k == 0 || n.typ.Kind != Number {
		return n
	}
	t := n.typ
	t.Decimals = decimals
	if k > 18 {
		return c.fail(n.at, "overflow", "Gebruik minder decimalen: de uitkomst past niet.")
	}
	return c.combine(&expr{at: n.at}, opMul, t, n, constant(n.at, Type{Kind: Number}, tenTo(k)))
}

// aligned returns both with the same number of decimals.
func (c *checker) aligned(a, b *node) (*node, *node) {
	d := max(a.typ.Decimals, b.typ.Decimals)
	return c.scale(a, d), c.scale(b, d)
}

func (c *checker) arithmetic(e *expr) *node {
	a, b := c.numeric(e.args[0]), c.numeric(e.args[1])
	if a.bad() || b.bad() {
		return &node{op: opBad, at: e.at}
	}
	switch e.op {
	case "+", "-":
		return c.sum(e, a, b)
	case "*":
		return c.product(e, a, b)
	}
	return c.quotient(e, a, b)
}

func (c *checker) sum(e *expr, a, b *node) *node {
	o := pick(e.op == "+", opAdd, opSub)
	switch {
	case a.typ.Kind == Date && b.typ.Kind == Date && o == opSub:
		return c.combine(e, opSub, Type{Kind: Number, Unit: Days}, a, b)
	case a.typ.Kind == Date && b.typ.Unit == Days:
		return c.combine(e, o, a.typ, a, b)
	case a.typ.Kind == Date && b.typ.Unit == Months:
		if o == opSub {
			b = c.combine(e, opNeg, b.typ, b, nil)
		}
		if b.bad() {
			return b
		}
		return c.combine(e, opAddMonths, a.typ, a, b)
	case a.typ.Kind == Date || b.typ.Kind == Date:
		return c.fail(e.at, "unit", "Tel bij een datum dagen of maanden op, zoals peildatum + days(30); trek datums van elkaar af voor het aantal dagen.")
	case a.typ.Unit != b.typ.Unit:
		return c.fail(e.at, "unit", "Geef beide kanten dezelfde eenheid: links staat "+unitName(a.typ)+", rechts "+unitName(b.typ)+".")
	}
	a, b = c.aligned(a, b)
	if a.bad() || b.bad() {
		return &node{op: opBad, at: e.at}
	}
	return c.combine(e, o, a.typ, a, b)
}

func (c *checker) product(e *expr, a, b *node) *node {
	t := a.typ
	t.Decimals += b.typ.Decimals
	switch {
	case a.typ.Kind == Date || b.typ.Kind == Date:
		return c.fail(e.at, "unit", "Vermenigvuldig geen datum; reken eerst het aantal dagen of maanden uit.")
	case b.typ.Unit == Count:
	case a.typ.Unit == Count:
		t.Unit = b.typ.Unit
	case b.typ.Unit == Percent:
		t.Decimals += 2
	case a.typ.Unit == Percent:
		t.Unit, t.Decimals = b.typ.Unit, t.Decimals+2
	default:
		return c.fail(e.at, "unit", "Vermenigvuldig met een getal zonder eenheid of met een percentage: "+unitName(a.typ)+" maal "+unitName(b.typ)+" heeft geen betekenis.")
	}
	return c.combine(e, opMul, t, a, b)
}

// quotient divides towards zero, at the decimals of what is divided.
func (c *checker) quotient(e *expr, a, b *node) *node {
	o := pick(e.op == "/", opDiv, opMod)
	switch {
	case a.typ.Kind == Date || b.typ.Kind == Date:
		return c.fail(e.at, "unit", "Deel geen datum; reken eerst het aantal dagen of maanden uit.")
	case a.typ.Unit == b.typ.Unit && (o == opDiv || a.typ.Decimals+b.typ.Decimals == 0):
		t := Type{Kind: Number}
		if o == opMod {
			t = a.typ
		}
		if a, b = c.aligned(a, b); a.bad() || b.bad() {
			return &node{op: opBad, at: e.at}
		}
		return c.combine(e, o, t, a, b)
	case b.typ.Unit == Count && b.typ.Decimals == 0 && (o == opDiv || a.typ.Decimals == 0):
		return c.combine(e, o, a.typ, a, b)
	}
	return c.fail(e.at, "unit", "Deel door een geheel getal of door iets met dezelfde eenheid; een rest bestaat alleen van gehele getallen.")
}

func unitName(t Type) string {
	switch {
	case t.Kind == Date:
		return "een datum"
	case t.Kind == Choice:
		return "een keuze"
	case t.Kind == Choices:
		return "een lijst van keuzes"
	case t.Unit == Euro:
		return "een bedrag in euro's"
	case t.Unit == Percent:
		return "een percentage"
	case t.Unit == Months:
		return "een aantal maanden"
	case t.Unit == Days:
		return "een aantal dagen"
	}
	return "een getal zonder eenheid"
}

// mendUnit says how a bare number gets the unit of the other side.
func mendUnit(a, b *node) string {
	for _, pair := range [][2]*node{{a, b}, {b, a}} {
		if n, other := pair[0], pair[1]; n.op == opConst && n.name == "" && n.typ.Unit == Count && other.typ.Kind == Number && other.typ.Unit != Count {
			return " Schrijf " + string(other.typ.Unit) + "(" + decimal(n.val, n.typ.Decimals) + ")."
		}
	}
	return ""
}
