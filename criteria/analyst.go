package criteria

import (
	"strconv"

	"zorgplicht/internal/solve"
)

// An analyst asks the questions of the analysis, and remembers what the contracts
// it met say of every rule.
type analyst struct {
	*view
	list   []Finding
	fires  []bool // it can
	idle   []bool // it never decides the category, or never fires
	first  []bool // it was seen to decide the category
	shown  []solve.Answer
	meets  []bitset       // of each rule those seen to hold at the same time
	always []bitset       // of each rule those that held whenever it was seen to hold
	wait   []solve.Answer // contracts that are still to be asked what they say
	texts  []*clause

	goals   []solve.Goal // room that is used again
	heavier []int

	days bool      // the rules may be asked on some day
	data *seenView // nil without data
}

func goal(f *solve.Formula, w solve.Want) solve.Goal { return solve.Goal{Of: f, Want: w} }

func (p *Program) analyst() *analyst {
	from, to, ok := p.days()
	q := newProblem(from, to)
	a := &analyst{view: q.view(p, q.numbers(p)), days: ok}
	a.readAll()
	n := len(p.rules)
	a.fires, a.idle, a.first, a.shown = make([]bool, n), make([]bool, n), make([]bool, n), make([]solve.Answer, n)
	for i := range p.rules {
		a.texts = append(a.texts, p.rules[i].clause(i))
		a.meets = append(a.meets, newBitset(n))
		all := newBitset(n)
		for k := range all {
			all[k] = ^uint64(0)
		}
		a.always = append(a.always, all)
	}
	return a
}

// add reports a finding about some rules, by a contract that shows it.
func (a *analyst) add(code string, g Grade, pointer string, rules []int, text, mend string, shown *solve.Answer) {
	f := Finding{Code: code, Grade: g, Pointer: pointer, Text: text, Mend: mend, About: make([]string, 0, len(rules))}
	for _, i := range rules {
		f.About = append(f.About, a.p.rules[i].rule.ID)
	}
	if shown != nil && shown.Found {
		f.Case = a.show(*shown, rules)
	}
	a.list = append(a.list, f)
}

// show turns an answer into a case that speaks of what the rules read.
func (v *view) show(x solve.Answer, rules []int) *Case {
	day, row := v.point(x)
	c := &Case{Day: day, Row: row}
	matter := make([]bool, len(row))
	for _, i := range rules {
		for _, f := range v.p.rules[i].reads {
			matter[f] = !v.p.run[f]
		}
	}
	for f, is := range matter {
		if is {
			c.Fields = append(c.Fields, f)
		}
	}
	return c
}

// open reports that a question was not decided.
func (a *analyst) open(pointer string, rules []int, question string) {
	a.add(NotDecided, Undecided, pointer, rules, "Niet beslist "+question+a.why(rules), "Schrijf de vergelijking eenvoudiger, zonder velden met elkaar te vermenigvuldigen of op elkaar te delen, of maak de bereiken smaller.", nil)
}

// why says what makes rules hard to look through.
func (a *analyst) why(rules []int) string {
	for _, i := range rules {
		for _, x := range a.p.rules[i].atoms {
			hard := false
			x.n.each(func(n *node) {
				if n.op >= opMul && n.op <= opMonthsBetween && n.op != opNeg && len(n.a.fields()) > 0 && (n.op != opMul || len(n.b.fields()) > 0) {
					hard = true
				}
			})
			if hard {
				return ": in " + a.p.rules[i].rule.ID + " rekent " + x.n.text + " met velden onderling, en daarvoor waren meer stappen nodig dan het onderzoek mag nemen."
			}
		}
	}
	return ": daarvoor waren meer stappen nodig dan het onderzoek mag nemen."
}

func at(rule int) string { return "/rules/" + strconv.Itoa(rule) }

// category is the name of the category of a rule.
func (a *analyst) category(rule int) string { return a.p.set.Categories[a.p.rules[rule].category] }

// analyse asks everything.
func (a *analyst) analyse(how Analysis) {
	if !a.days {
		a.add(NoDay, Wrong, "/from", nil, "De regelset geldt op geen enkele dag die een veld met run: true mag hebben.", "Laat het bereik van dat veld de dagen bevatten waarop de regelset geldt.", nil)
	}
	for i := range a.rules {
		a.alone(i)
	}
	a.noteAll()
	for i := range a.rules {
		a.below(i)
	}
	a.implications()
	a.overlaps()
	a.categories()
	if how.Complete {
		a.gap()
	}
	for _, t := range a.texts {
		a.exceptions(t, t)
	}
	if how.Seen != nil && how.Seen.Rows > 0 {
		a.data = a.p.within(how.Seen)
	}
	a.comparisons()
}

// alone looks at one rule: whether it can fire, and can fail to.
func (a *analyst) alone(i int) {
	id := a.p.rules[i].rule.ID
	got := a.s.Seek(goal(a.rules[i], solve.IsYes))
	switch {
	case got.Open:
		a.open(at(i), []int{i}, "of "+id+" ooit geldt")
		return
	case !got.Found:
		a.never(i)
		return
	}
	a.fires[i], a.shown[i] = true, got
	a.wait = append(a.wait, got)
	if few := a.s.SeekFew(goal(a.rules[i], solve.IsYes)); few.Found {
		a.wait = append(a.wait, few)
	}
	in := goal(a.applies(&a.p.rules[i]), solve.IsYes)
	switch no := a.s.Seek(in, goal(a.rules[i], solve.IsNo)); {
	case no.Open:
		a.open(at(i), []int{i}, "of "+id+" voor elk contract geldt")
	case !no.Found:
		text := id + " geldt voor elk contract"
		if a.s.Seek(in, goal(a.rules[i], solve.NotYes)).Found {
			text += " waarvan de velden bekend zijn"
		}
		a.add(AlwaysFires, Doubtful, at(i), []int{i}, text+": de voorwaarde sluit niets uit.", "Kijk of een grens of een ontkenning verkeerd staat. Is het zo bedoeld, schrijf dan true.", &got)
	}
}

func (a *analyst) never(i int) {
	a.idle[i] = true
	r := a.p.rules[i].rule
	if got := a.s.Seek(goal(a.applies(&a.p.rules[i]), solve.IsYes)); !got.Found {
		a.add(NeverFires, Wrong, at(i), []int{i}, r.ID+" geldt nooit: haar dagen liggen buiten die van de regelset.", "Verander de eerste of laatste dag, of haal de regel weg.", nil)
		return
	}
	text := r.ID + " geldt nooit: geen enkel contract voldoet aan de voorwaarde."
	if got := a.s.Seek(goal(a.formula(a.texts[i].base), solve.IsYes)); got.Found {
		text = r.ID + " geldt nooit: haar uitzonderingen halen elk contract eruit."
	}
	if maybe := a.s.Seek(goal(a.rules[i], solve.NotNo)); maybe.Found {
		text += " Zolang een veld onbekend is, noemt het programma haar toch als regel die nog kan gelden."
	}
	a.add(NeverFires, Wrong, at(i), []int{i}, text, "Zoek de delen die elkaar tegenspreken en verander een grens, of haal de regel weg.", nil)
}

// below asks whether a rule decides for some contract: whether it can fire where
// no heavier one does.
func (a *analyst) below(i int) {
	if !a.fires[i] || a.first[i] {
		return
	}
	goals := append(a.goals[:0], goal(a.rules[i], solve.IsYes))
	heavier := a.heavier[:0]
	for j := range a.rules {
		if a.p.rules[j].category > a.p.rules[i].category && a.fires[j] {
			goals = append(goals, goal(a.rules[j], solve.NotYes))
			heavier = append(heavier, j)
		}
	}
	a.goals, a.heavier = goals, heavier // their room serves the next
	if len(heavier) == 0 {
		return
	}
	switch got := a.s.Seek(goals...); {
	case got.Found:
		a.note(got)
	case got.Open:
		a.open(at(i), []int{i}, "of "+a.p.rules[i].rule.ID+" ooit de categorie bepaalt")
	default:
		a.idle[i] = true
		a.shadowed(i, heavier)
	}
}

func (a *analyst) shadowed(i int, heavier []int) {
	id := a.p.rules[i].rule.ID
	text, about := "Telkens als "+id+" geldt, geldt ook een zwaardere regel", []int{i}
	for _, j := range heavier {
		if a.always[i].has(j) && a.implies(i, j) == proved {
			about = append(about, j)
		}
	}
	if len(about) > 1 {
		text += ": " + a.ids(about[1:])
	} else { // some of them, each for its own contracts
		for _, j := range heavier {
			if a.meets[i].has(j) {
				about = append(about, j)
			}
		}
		text += ", nu eens de ene en dan weer de andere: " + a.ids(about[1:])
	}
	a.add(NeverDecides, Wrong, at(i), about, text+". De regel bepaalt nooit de categorie "+a.category(i)+".", "Geef de regel een zwaardere categorie of een voorwaarde die verder reikt, of haal haar weg.", &a.shown[i])
}

// ids writes rules in a row, the first ten of them.
func (a *analyst) ids(rules []int) string {
	text := ""
	for k, i := range rules {
		switch {
		case k == 10:
			return text + " en nog " + strconv.Itoa(len(rules)-10)
		case k > 0 && k == len(rules)-1:
			text += " en "
		case k > 0:
			text += ", "
		}
		text += a.p.rules[i].rule.ID
	}
	return text
}

// What a question about all contracts came to.
type proof uint8

const (
	refuted proof = iota
	proved
	unsure
)

// implies asks whether j holds wherever i does.
func (a *analyst) implies(i, j int) proof {
	got := a.s.SeekFew(goal(a.rules[i], solve.IsYes), goal(a.rules[j], solve.NotYes))
	switch {
	case got.Found:
		a.note(got)
		return refuted
	case got.Open:
		return unsure
	}
	return proved
}
