package criteria

// An expr is a node of the text as it was written.
type expr struct {
	op   string // sign, "name", "number", "string", "call", "list", "neg", "bad"
	text string // name, number, content of a string
	at   int
	args []*expr
}

// maxDepth is how deep parentheses and exceptions may be nested.
const maxDepth = 50

// maxText is how long one condition may be, in bytes.
const maxText = 10_000

type parser struct {
	tokens []token
	i      int
	depth  int
	wrong  []Fault
}

// parse reads a condition. It goes on after a fault, so that all are named.
func parse(s string) (*expr, []Fault) {
	if len(s) > maxText {
		return &expr{op: "bad"}, []Fault{{0, "too-long", "Maak deze voorwaarde korter: deel haar op in benoemde criteria."}}
	}
	tokens, wrong := lex(s)
	p := &parser{tokens: tokens, wrong: wrong}
	e := p.binary(0)
	for p.peek().kind != tEnd {
		t := p.next()
		p.fail(t.at, "operator", "Zet tussen deze delen een teken zoals &&, || of ==, of haal het overtollige deel weg.")
		p.skip()
		if q := p.peek(); q.kind == tEnd {
			break
		} else if q.text != ")" && q.text != "]" && q.text != "," {
			p.next()
			p.binary(0)
		}
	}
	return e, p.wrong
}

func (p *parser) peek() token { return p.tokens[p.i] }

func (p *parser) next() token {
	t := p.tokens[p.i]
	if t.kind != tEnd {
		p.i++
	}
	return t
}

func (p *parser) is(sign string) bool {
	t := p.peek()
	return t.text == sign && (t.kind == tSign || sign == "in" && t.kind == tName)
}

func (p *parser) take(sign string) bool {
	if p.is(sign) {
		p.i++
		return true
	}
	return false
}

func (p *parser) fail(at int, code, text string) { p.wrong = append(p.wrong, Fault{at, code, text}) }

// skip goes to where a new part of the condition may begin.
func (p *parser) skip() {
	for t := p.peek(); t.kind != tEnd && !(t.kind == tSign && (t.text == "&&" || t.text == "||" || t.text == ")" || t.text == "]" || t.text == ",")); t = p.peek() {
		p.i++
	}
}

// levels holds the signs between two parts, the loosest first.
var levels = [][]string{{"||"}, {"&&"}, {"<=", ">=", "==", "!=", "<", ">", "in"}, {"+", "-"}, {"*", "/", "%"}}

const comparing = 2 // the level that does not repeat

func (p *parser) binary(level int) *expr {
	if level == len(levels) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for {
		sign, at := p.oneOf(levels[level])
		if sign == "" {
			return left
		}
		if level == comparing && left.op != "bad" && comparison(left.op) && left.text != "()" {
			p.fail(at, "chain", "Vergelijk twee dingen per keer: schrijf a < b && b < c.")
			p.binary(level + 1)
			left = &expr{op: "bad", at: at}
			continue
		}
		left = &expr{op: sign, at: at, args: []*expr{left, p.binary(level + 1)}}
	}
}

func comparison(op string) bool {
	switch op {
	case "<", "<=", ">", ">=", "==", "!=", "in":
		return true
	}
	return false
}

func (p *parser) oneOf(list []string) (string, int) {
	at := p.peek().at
	for _, sign := range list {
		if p.take(sign) {
			return sign, at
		}
	}
	return "", at
}

func (p *parser) unary() *expr {
	p.depth++
	defer func() { p.depth-- }()
	t := p.peek()
	switch {
	case p.depth > maxDepth:
		p.fail(t.at, "too-deep", "Maak deze voorwaarde minder diep: geef een deel een naam als criterium.")
		p.i = len(p.tokens) - 1
		return &expr{op: "bad", at: t.at}
	case p.take("!"):
		return &expr{op: "!", at: t.at, args: []*expr{p.unary()}}
	case p.take("-"):
		return &expr{op: "neg", at: t.at, args: []*expr{p.unary()}}
	}
	return p.primary()
}

func (p *parser) primary() *expr {
	t := p.peek()
	switch {
	case t.kind == tNumber:
		p.i++
		return &expr{op: "number", text: t.text, at: t.at}
	case t.kind == tString:
		p.i++
		return &expr{op: "string", text: t.text, at: t.at}
	case t.kind == tName && t.text != "in":
		p.i++
		if p.take("(") {
			return &expr{op: "call", text: t.text, at: t.at, args: p.list(")")}
		}
		return &expr{op: "name", text: t.text, at: t.at}
	case p.take("["):
		return &expr{op: "list", at: t.at, args: p.list("]")}
	case p.take("("):
		e := p.binary(0)
		p.close(")")
		if comparison(e.op) {
			e.text = "()" // parentheses around a comparison are meant
		}
		return e
	}
	if t.kind == tEnd {
		p.fail(t.at, "missing", "Vul aan: hier ontbreekt een veld, een waarde of een voorwaarde.")
	} else {
		p.fail(t.at, "unexpected", "Zet hier een veld, een waarde of een voorwaarde: dit teken kan hier niet staan.")
		if t.text != ")" && t.text != "]" && t.text != "," && t.text != "&&" && t.text != "||" {
			p.i++
			p.skip()
		}
	}
	return &expr{op: "bad", at: t.at}
}

func (p *parser) list(end string) (args []*expr) {
	if p.take(end) {
		return nil
	}
	for {
		args = append(args, p.binary(0))
		if !p.take(",") {
			break
		}
	}
	p.close(end)
	return args
}

func (p *parser) close(end string) {
	if p.take(end) {
		return
	}
	p.fail(p.peek().at, "not-closed", "Zet hier "+end+" neer: een haakje staat nog open.")
	p.skip()
	p.take(end)
}
