package criteria

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// The largest set: more is split in sets of their own.
const (
	maxFields     = 1000
	maxRules      = 1000
	maxCategories = 16
	maxValues     = 62 // words of one list, so that a list of choices is one number
)

// A builder turns a set into a program, and collects every fault.
type builder struct {
	set   Set
	check *checker
	ids   map[string]bool
	wrong []fault.Detail
}

func (b *builder) fail(at, code, text string) {
	b.wrong = append(b.wrong, fault.Detail{Pointer: at, Reason: code, Text: text})
}

var (
	namePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)
	idPattern   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)
)

// reserved are the words with a meaning of their own.
var reserved = []string{"in", "true", "false", "null", "euro", "percent", "months", "days", "date", "min", "max", "known", "months_between"}

func (b *builder) build() *Program {
	s := &b.set
	b.head()
	fields := b.fields()
	b.check = newChecker(fields)
	b.thresholds()
	criteria := b.criteria()
	p := &Program{set: *s, fields: fields, criteria: criteria}
	for _, f := range fields {
		p.run = append(p.run, f.Run)
	}
	for i := range s.Rules {
		if r, ok := b.rule(&s.Rules[i], "/rules/"+strconv.Itoa(i)); ok {
			p.rules = append(p.rules, r)
		}
	}
	return p
}

func (b *builder) head() {
	s := &b.set
	if s.Language != Language {
		b.fail("/language", "language", "Zet hier 1: dit is de versie van de taal die dit programma kent.")
	}
	if !idPattern.MatchString(s.Name) {
		b.fail("/name", "name", "Geef de regelset een naam van letters, cijfers, punten en streepjes.")
	}
	if s.Version < 1 {
		b.fail("/version", "version", "Nummer de versies vanaf 1.")
	}
	if s.From.IsZero() {
		b.fail("/from", "date", "Zet hier de eerste dag waarop de regelset geldt.")
	}
	b.period("/through", &s.From, s.Through)
	b.free("/title", s.Title)
	switch n := len(s.Categories); {
	case n < 2 || n > maxCategories:
		b.fail("/categories", "categories", "Noem 2 tot en met 16 categorieën, van licht naar zwaar.")
	case len(slices.Compact(slices.Sorted(slices.Values(s.Categories)))) < n || slices.Contains(s.Categories, ""):
		b.fail("/categories", "categories", "Geef elke categorie een eigen naam.")
	}
	if len(s.Fields) > maxFields || len(s.Rules) > maxRules {
		b.fail("/rules", "too-many", "Splits deze regelset: hij mag hoogstens 1000 velden en 1000 regels hebben.")
	}
	if len(s.Rules) == 0 {
		b.fail("/rules", "empty", "Schrijf ten minste één regel.")
	}
}

// free holds a text that people wrote against what may not stand in one.
func (b *builder) free(at, written string) {
	if text.HoldsBSN(written) {
		b.fail(at, "bsn", "Haal het burgerservicenummer uit deze tekst.")
	}
}

func (b *builder) period(at string, from, through *calendar.Date) {
	if from != nil && through != nil && through.Before(*from) {
		b.fail(at, "period", "Laat de laatste dag niet voor de eerste liggen.")
	}
}

// claim checks a name and that nothing else has it.
func (b *builder) claim(at, name string) {
	switch {
	case !namePattern.MatchString(name):
		b.fail(at, "name", "Gebruik een naam van kleine letters, cijfers en _, die met een letter begint.")
	case slices.Contains(reserved, name):
		b.fail(at, "reserved", "Kies een andere naam: deze heeft in de taal al een betekenis.")
	case b.ids[name]:
		b.fail(at, "double", "Kies een andere naam: deze is al vergeven.")
	}
	b.ids[name] = true
}

func (b *builder) norm(at string, n ident.Norm, must bool) {
	if n == "" && !must {
		return
	}
	if _, err := ident.ParseNorm(string(n)); err != nil {
		b.fail(at, "norm", "Noem een norm die bestaat, zoals bfd:61:1 of afm:pri:1.")
	}
}

func (b *builder) thresholds() {
	for i, t := range b.set.Thresholds {
		at := "/thresholds/" + strconv.Itoa(i)
		b.claim(at+"/name", t.Name)
		b.norm(at+"/norm", t.Norm, false)
		b.free(at+"/title", t.Title)
		m := &meaning{name: t.Name, norm: t.Norm}
		b.check.named[t.Name] = m
		n := b.node(at+"/value", t.Value, (*checker).check)
		switch {
		case n.bad():
		case n.op != opConst:
			b.fail(at+"/value", "constant", "Geef een grens een vaste waarde, zoals euro(1500) of months(3).")
		default:
			m.n = n
		}
	}
}

// node parses and checks one text.
func (b *builder) node(at, written string, check func(*checker, *expr) *node) *node {
	e, wrong := parse(written)
	b.check.wrong = wrong
	n := check(b.check, e)
	for _, f := range b.check.wrong {
		b.fail(at, f.Code, "Teken "+strconv.Itoa(len([]rune(written[:min(f.At, len(written))]))+1)+": "+f.Text)
	}
	if len(b.check.wrong) == 0 && n.weigh() > maxSize {
		b.fail(at, "too-long", "Maak deze voorwaarde eenvoudiger: met haar criteria uitgeschreven heeft zij meer dan 2000 delen.")
		return &node{op: opBad}
	}
	if len(b.check.wrong) > 0 {
		return &node{op: opBad}
	}
	return n
}

// criteria checks the sub-criteria in the order in which they lean on each other.
func (b *builder) criteria() (list []named) {
	list = make([]named, len(b.set.Criteria))
	order, place := map[string]int{}, map[string]int{} // 1: being checked, 2: done
	for i, c := range b.set.Criteria {
		at := "/criteria/" + strconv.Itoa(i)
		b.claim(at+"/name", c.Name)
		b.norm(at+"/norm", c.Norm, false)
		b.free(at+"/title", c.Title)
		b.check.named[c.Name] = &meaning{name: c.Name, norm: c.Norm}
		place[c.Name] = i
	}
	var visit func(i int, path []string)
	visit = func(i int, path []string) {
		c := b.set.Criteria[i]
		at := "/criteria/" + strconv.Itoa(i) + "/when"
		path = append(path, c.Name)
		order[c.Name] = 1
		e, _ := parse(c.When)
		for _, name := range e.names(nil) {
			j, ok := place[name]
			switch {
			case !ok || order[name] == 2:
			case order[name] == 1:
				b.fail(at, "circle", "Haal de kring weg: dit criterium verwijst naar zichzelf, langs "+strings.Join(append(path[slices.Index(path, name):], name), " → ")+".")
			default:
				visit(j, path)
			}
		}
		order[c.Name] = 2
		n := b.node(at, c.When, (*checker).condition)
		list[i] = named{c.Name, n}
		if !n.bad() {
			m := b.check.named[c.Name]
			m.n, m.size = n, n.weigh()
		}
	}
	for i, c := range b.set.Criteria {
		if order[c.Name] == 0 {
			visit(i, nil)
		}
	}
	return list
}

// A named is a sub-criterion of a program.
type named struct {
	name string
	n    *node
}

// names returns the names in a text, after list.
func (e *expr) names(list []string) []string {
	if e.op == "name" {
		list = append(list, e.text)
	}
	for _, a := range e.args {
		list = a.names(list)
	}
	return list
}

func (b *builder) rule(r *Rule, at string) (ruleOf, bool) {
	before := len(b.wrong)
	b.id(at+"/id", r.ID)
	b.norm(at+"/norm", r.Norm, true)
	b.period(at+"/through", r.From, r.Through)
	out := ruleOf{rule: r, category: slices.Index(b.set.Categories, r.Category)}
	if out.category < 1 {
		b.fail(at+"/category", "category", "Kies een categorie uit de lijst bovenaan, zwaarder dan de eerste.")
	}
	out.say = b.template(at+"/reason", r.Reason)
	out.when = b.except(b.node(at+"/when", r.When, (*checker).condition), r.Except, at, 1)
	if len(b.wrong) > before {
		return out, false
	}
	out.prepare()
	return out, true
}

func (b *builder) id(at, id string) {
	switch {
	case !idPattern.MatchString(id):
		b.fail(at, "id", "Geef de regel een kenmerk van letters, cijfers, punten en streepjes.")
	case b.ids["#"+id]:
		b.fail(at, "double", "Kies een ander kenmerk: dit is al vergeven.")
	}
	b.ids["#"+id] = true
}

// except returns the condition when, less its exceptions.
func (b *builder) except(when *node, list []Exception, at string, depth int) *node {
	if len(list) > 0 && depth > 5 {
		b.fail(at+"/except", "too-deep", "Schrijf hoogstens vijf lagen van uitzonderingen.")
		return when
	}
	for i, x := range list {
		at := at + "/except/" + strconv.Itoa(i)
		b.id(at+"/id", x.ID)
		b.norm(at+"/norm", x.Norm, false)
		b.template(at+"/reason", x.Reason)
		n := b.except(b.node(at+"/when", x.When, (*checker).condition), x.Except, at, depth+1)
		n = &node{op: opNamed, typ: yesNo, a: n, name: x.ID, norm: x.Norm}
		when = &node{op: opAnd, typ: yesNo, a: when, b: &node{op: opNot, typ: yesNo, a: n}}
	}
	return when
}

// A part of a reason is a piece of text, then a value: of a field, or fixed.
type part struct {
	text  string
	field int // -1 for none
	fixed string
}

func (b *builder) template(at, written string) (list []part) {
	if strings.TrimSpace(written) == "" {
		b.fail(at, "reason", "Schrijf in het Nederlands waarom de regel geldt.")
		return nil
	}
	b.free(at, written)
	for rest := written; rest != ""; {
		before, after, open := strings.Cut(rest, "{")
		if !open {
			return append(list, part{before, -1, ""})
		}
		name, tail, closed := strings.Cut(after, "}")
		p := part{text: before, field: -1}
		i, isField := b.check.byName[name]
		m := b.check.named[name]
		switch {
		case closed && isField:
			p.field = i
		case closed && m != nil && m.n != nil && m.n.op == opConst:
			p.fixed = m.n.typ.Dutch(Cell{m.n.val, true})
		case closed && m != nil && m.n == nil: // its own fault was told
		default:
			b.fail(at, "placeholder", "Zet tussen { en } de naam van een veld of grens.")
			return nil
		}
		list, rest = append(list, p), tail
	}
	return list
}
