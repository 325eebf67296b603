package criteria

import (
	"slices"

	"zorgplicht/internal/solve"
)

// A Sameness says whether two versions mean the same for every contract.
type Sameness struct {
	Same    bool   // proved: for all contracts, on all days of the new version
	Decided bool   // false: neither proved nor refuted, Text says why
	Text    string // Dutch
	Before  *Case  // a contract that they treat differently, as the old version reads it
	After   *Case  // and the new
}

// A RuleSameness is Sameness of one rule of both versions.
type RuleSameness struct {
	ID string
	Sameness
}

// Same holds two versions of a set against each other, as if both decided on the
// days of the new one: whether every contract gets the same category, and could
// get the same, and of each rule that both have whether it says the same. It
// speaks of contracts that both catalogues allow. That something is unknown is a
// case like others.
func Same(was, is *Program) (whole Sameness, rules []RuleSameness) {
	p := newPair(was, is)
	if p.why != "" {
		return Sameness{Text: p.why}, nil
	}
	for i, r := range is.set.Rules {
		if k := slices.IndexFunc(was.set.Rules, func(o Rule) bool { return o.ID == r.ID }); k >= 0 {
			rules = append(rules, RuleSameness{r.ID, p.rule(r.ID, k, i)})
		}
	}
	return p.categories(), rules
}

// A pair is two programs over the same contracts.
type pair struct {
	was, is *view
	why     string // what cannot be held against each other
}

func newPair(was, is *Program) *pair {
	from, to, ok := is.days()
	for i, run := range was.run {
		if run {
			from, to = max(from, was.fields[i].From), min(to, was.fields[i].Through)
		}
	}
	if !ok || from > to {
		return &pair{why: "Niet beslist: er is geen dag waarop beide versies kunnen rekenen."}
	}
	q := newProblem(from, to)
	p := &pair{is: q.view(is, make([]solve.Var, len(is.fields))), was: q.view(was, make([]solve.Var, len(was.fields)))}
	taken := make([]bool, len(was.fields))
	for i := range is.fields {
		f := &is.fields[i]
		k := slices.IndexFunc(was.fields, func(o Field) bool { return o.Name == f.Name })
		if k < 0 {
			p.is.vars[i] = q.number(f, bounded{f.From, f.Through})
			continue
		}
		taken[k] = true
		if !p.share(q, k, i) {
			p.why = "Niet beslist: het veld " + f.Name + " is in de twee versies van een andere soort, of heeft geen waarden die beide kennen."
			return p
		}
	}
	for k := range was.fields {
		if f := &was.fields[k]; !taken[k] {
			p.was.vars[k] = q.number(f, bounded{f.From, f.Through})
		}
	}
	p.was.read()
	p.is.read()
	return p
}

// share makes one number of a field that both have; false when that cannot be.
func (p *pair) share(q *problem, k, i int) bool {
	a, b := &p.was.p.fields[k], &p.is.p.fields[i]
	both := bounded{max(a.From, b.From), min(a.Through, b.Through)}
	if a.Type.Kind != b.Type.Kind || a.Type.Unit != b.Type.Unit || a.Type.Decimals != b.Type.Decimals || a.Run != b.Run {
		return false
	}
	if (a.Type.Kind == Choice || a.Type.Kind == Choices) && !slices.Equal(a.Type.Values, b.Type.Values) {
		n := int64(0)
		p.was.codes[k], p.is.codes[i] = make([]int64, len(a.Type.Values)), make([]int64, len(b.Type.Values))
		for x := range a.Type.Values {
			p.was.codes[k][x] = unshared + int64(x)
		}
		for y, word := range b.Type.Values {
			p.is.codes[i][y] = 2*unshared + int64(y)
			if x := slices.Index(a.Type.Values, word); x >= 0 {
				p.was.codes[k][x], p.is.codes[i][y] = n, n
				n++
			}
		}
		both = bounded{0, n - 1}
	}
	if both.lo > both.hi && a.Type.Kind != Choices {
		return false
	}
	v := q.number(b, both)
	p.was.vars[k], p.is.vars[i] = v, v
	return true
}

// rule holds one rule against its other version.
func (p *pair) rule(id string, k, i int) Sameness {
	old, now := p.was.rules[k], p.is.rules[i]
	open := false
	for _, g := range [][2]solve.Goal{
		{goal(old, solve.IsYes), goal(now, solve.NotYes)},
		{goal(now, solve.IsYes), goal(old, solve.NotYes)},
		{goal(old, solve.IsNo), goal(now, solve.NotNo)},
		{goal(now, solve.IsNo), goal(old, solve.NotNo)},
	} {
		got := p.is.s.Seek(g[0], g[1])
		if got.Found {
			s := p.shown(got, []int{k}, []int{i})
			t, u := p.was.p.rules[k].at(s.Before), p.is.p.rules[i].at(s.After)
			s.Text = id + " betekent iets anders: voor het voorbeeld was de uitkomst " + t.Dutch() + " en wordt zij " + u.Dutch() + "."
			return s
		}
		open = open || got.Open
	}
	if open {
		return Sameness{Text: "Niet beslist of " + id + " hetzelfde betekent: daarvoor waren meer stappen nodig dan het onderzoek mag nemen."}
	}
	return Sameness{Same: true, Decided: true, Text: id + " betekent voor elk contract hetzelfde."}
}

func (r *ruleOf) at(c *Case) Truth {
	if !r.applies(c.Day) {
		return No
	}
	return r.when.truth(c.Row)
}

func (p *pair) shown(a solve.Answer, old, now []int) Sameness {
	return Sameness{Decided: true, Before: p.was.show(a, old), After: p.is.show(a, now)}
}

// categories holds the outcome of the whole sets against each other.
func (p *pair) categories() Sameness {
	rank, ok := ranks(p.was.p.set.Categories, p.is.p.set.Categories)
	if !ok {
		return Sameness{Text: "Niet beslist: de categorieën van de twee versies staan niet in één volgorde. Vergelijk per regel."}
	}
	open := false
	for _, w := range []solve.Want{solve.IsYes, solve.NotNo} {
		for _, side := range [][2]*view{{p.is, p.was}, {p.was, p.is}} {
			for i, r := range side[0].rules {
				goals := []solve.Goal{goal(r, w)}
				own := rank[side[0].categoryOf(i)]
				for j, o := range side[1].rules {
					if rank[side[1].categoryOf(j)] >= own {
						goals = append(goals, goal(o, [...]solve.Want{solve.NotYes, solve.IsNo}[w]))
					}
				}
				if got := p.is.s.Seek(goals...); got.Found {
					return p.differs(got)
				} else if got.Open {
					open = true
				}
			}
		}
	}
	if open {
		return Sameness{Text: "Niet beslist of elk contract dezelfde categorie krijgt: daarvoor waren meer stappen nodig dan het onderzoek mag nemen."}
	}
	return Sameness{Same: true, Decided: true, Text: "Elk contract krijgt in beide versies dezelfde categorie."}
}

func (v *view) categoryOf(rule int) string { return v.p.set.Categories[v.p.rules[rule].category] }

// differs says what the two sets make of a contract.
func (p *pair) differs(a solve.Answer) Sameness {
	before, after := p.was.truths(a), p.is.truths(a)
	s := p.shown(a, speaking(before), speaking(after))
	from, high := p.was.p.categories(before)
	to, high2 := p.is.p.categories(after)
	old, now := p.was.p.set.Categories, p.is.p.set.Categories
	s.Text = "De versies verschillen: het voorbeeld was " + old[from] + " en wordt " + now[to] + "."
	if old[from] == now[to] {
		s.Text = "De versies verschillen in wat nog kan: het voorbeeld is in beide " + now[to] + ", kon hoogstens " + old[high] + " worden en nu hoogstens " + now[high2] + "."
	}
	return s
}

func (v *view) truths(a solve.Answer) []Truth {
	day, row := v.point(a)
	return v.p.Truths(day, row)
}

// speaking lists the rules that hold or could.
func speaking(truths []Truth) (list []int) {
	for i, t := range truths {
		if t != No {
			list = append(list, i)
		}
	}
	return list
}

// ranks puts the categories of two lists in one order, and fails when one list is
// not the other with some left out.
func ranks(a, b []string) (map[string]int, bool) {
	if len(a) > len(b) {
		a, b = b, a
	}
	rank := map[string]int{}
	for i, name := range b {
		rank[name] = i
	}
	last := -1
	for _, name := range a {
		i, ok := rank[name]
		if !ok || i <= last {
			return nil, false
		}
		last = i
	}
	return rank, a[0] == b[0]
}
