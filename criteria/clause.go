package criteria

import (
	"strconv"

	"zorgplicht/internal/solve"
)

// A clause is a rule or an exception, as it is written: what it says by itself,
// and what takes cases out of it.
type clause struct {
	id      string
	rule    int
	pointer string
	base    *node
	except  []*clause
}

// clause takes the condition of the rule apart into what was written.
func (r *ruleOf) clause(i int) *clause {
	return apart(r.when, r.rule.ID, i, at(i), r.rule.Except)
}

func apart(n *node, id string, rule int, pointer string, list []Exception) *clause {
	c := &clause{id: id, rule: rule, pointer: pointer, except: make([]*clause, len(list))}
	for i := len(list) - 1; i >= 0; i-- { // n is … and not (the exception, with a name)
		c.except[i] = apart(n.b.a.a, list[i].ID, rule, pointer+"/except/"+strconv.Itoa(i), list[i].Except)
		n = n.a
	}
	c.base = n
	return c
}

// without is the condition of the clause as if one exception below it was never
// written; nil leaves none out.
func (v *view) without(c, left *clause) *solve.Formula {
	f := v.formula(c.base)
	for _, x := range c.except {
		if x != left {
			f = v.s.And(f, v.s.Not(v.without(x, left)))
		}
	}
	return f
}

// exceptions looks at every exception below a clause of a rule: whether leaving it
// out changes what the rule says of any contract, and whether what it is taken
// from ever stands beside it.
func (a *analyst) exceptions(rule, c *clause) {
	for _, x := range c.except {
		a.exception(rule, c, x)
		a.exceptions(rule, x)
	}
}

func (a *analyst) exception(rule, c, x *clause) {
	in := goal(a.applies(&a.p.rules[rule.rule]), solve.IsYes)
	with, less := a.without(rule, nil), a.without(rule, x)
	differs, open := false, false
	for _, pair := range [][2]*solve.Formula{{with, less}, {less, with}} {
		for _, w := range []solve.Want{solve.IsYes, solve.NotNo} {
			got := a.s.Seek(goal(pair[0], w), goal(pair[1], [...]solve.Want{solve.NotYes, solve.IsNo}[w]), in)
			differs, open = differs || got.Found, open || got.Open
		}
	}
	switch {
	case differs:
	case open:
		a.open(x.pointer, []int{x.rule}, "of de uitzondering "+x.id+" iets verandert")
	default:
		a.named(IdleException, Wrong, x.pointer, x.id, "De uitzondering "+x.id+" verandert niets: zonder haar zegt "+rule.id+" van elk contract hetzelfde.", "Kijk of de voorwaarde van de uitzondering kan samengaan met wat ervoor staat, of haal haar weg.")
		return
	}
	stands := a.s.Seek(goal(a.without(c, nil), solve.IsYes))
	alone := a.s.Seek(goal(a.without(c, x), solve.IsYes))
	switch {
	case stands.Open || alone.Open:
		a.open(x.pointer, []int{x.rule}, "of de uitzondering "+x.id+" "+c.id+" altijd opheft")
	case !stands.Found && alone.Found:
		f := Finding{
			Code: TotalException, Grade: Wrong, Pointer: x.pointer, About: []string{x.id, c.id}, Case: a.show(alone, []int{rule.rule}),
			Text: "De uitzondering " + x.id + " haalt alles weg: " + c.id + " geldt daardoor nooit.", Mend: "Maak de voorwaarde van de uitzondering nauwer.",
		}
		a.list = append(a.list, f)
	}
}

// comparisons looks at every comparison where it is written: whether some value
// meets it, and some value fails it.
func (a *analyst) comparisons() {
	for i, c := range a.p.set.Criteria {
		if n := a.p.criteria[i].n; n != nil {
			a.compared("/criteria/"+strconv.Itoa(i)+"/when", c.Name, n)
		}
	}
	var each func(c *clause)
	each = func(c *clause) {
		a.compared(c.pointer+"/when", c.id, c.base)
		for _, x := range c.except {
			each(x)
		}
	}
	for _, c := range a.texts {
		each(c)
	}
}

// compared looks at the comparisons of one text.
func (a *analyst) compared(pointer, id string, n *node) {
	switch {
	case n.op == opNamed || n.op == opTruth || n.op == opKnown:
		return
	case !n.atom():
		a.compared(pointer, id, n.a)
		if n.b != nil {
			a.compared(pointer, id, n.b)
		}
		return
	}
	yes, no := a.can(n, solve.IsYes), a.can(n, solve.IsNo)
	switch {
	case yes.Open || no.Open:
		a.named(NotDecided, Undecided, pointer, id, "Niet beslist of een waarde aan "+n.text+" voldoet: daarvoor waren meer stappen nodig dan het onderzoek mag nemen.", "Schrijf de vergelijking eenvoudiger.")
	case !yes.Found:
		a.named(NeverTrue, Doubtful, pointer, id, "Geen waarde voldoet aan "+n.text+a.spans(n)+".", "Pas de grens aan, of het bereik van het veld.")
	case !no.Found:
		a.named(AlwaysTrue, Doubtful, pointer, id, "Elke waarde voldoet aan "+n.text+a.spans(n)+".", "Pas de grens aan, of het bereik van het veld, of haal de vergelijking weg.")
	default:
		a.unseen(pointer, id, n)
	}
}

// can asks whether a comparison can be as wanted.
func (a *analyst) can(n *node, w solve.Want) solve.Answer {
	if can, sure := a.s.Simple(a.formula(n), w); sure {
		return solve.Answer{Found: can}
	}
	return a.s.Seek(goal(a.formula(n), w))
}

// spans says which values the fields of a comparison may have.
func (a *analyst) spans(n *node) (text string) {
	for k, i := range n.fields() {
		f := &a.p.fields[i]
		if f.Type.Kind != Number && f.Type.Kind != Date {
			continue
		}
		text += pick(k == 0, ": ", "; ") + f.Name + " heeft " + f.span()
	}
	return text
}
