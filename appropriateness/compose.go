package appropriateness

import (
	"maps"
	"slices"
)

// A form that must reach shares is found exactly: family by family, all states
// that can still become a form are kept, and of two states with the same counts
// only the one with the better balance of substance. It says no only where there
// is no such form. Several forms can be composed at once, so that none holds what
// another showed: that is whether a policy on retakes can be met at all.
//
// The work is bounded; where the bound is met nothing is known.

// composeLimit bounds the states that are looked at.
const composeLimit = 400_000

// A composition is what composer.run found.
type composition struct {
	forms  [][]Question // one list for each form, without the fixed questions; nil when there is none
	beyond bool         // the bound was met: nothing is known
}

type composer struct {
	test     Test
	forms    int
	families []familyOf
	down, up int // questions that a form needs
	fresh    int // families not seen before, from the second form on (all, where something was seen before)
	firstToo bool
	known    map[string]bool // families seen before
	percent  int             // smallest share of substance
	seen     int             // states kept so far
}

// familyOf is a family with the questions that may be asked.
type familyOf struct {
	name      string
	questions []Question
}

// counts is how far one form is: the places left of each element, and what it
// holds, up to what it needs.
type counts struct {
	left            [7]int8
	down, up, fresh int8
}

// A state is how far all forms are; slack is by how much each is above its share
// of substance, in hundredths of a point.
type state struct {
	slack [6]int
	pick  [6]*Question
	from  *state
}

type stateKey [6]counts

// need is how many of n make this share, rounded up.
func need(n, percent int) int { return (n*percent + 99) / 100 }

func elementIndex(e Element) int { return slices.Index(Elements, e) }

// compose looks for this many forms of t, of which none holds a question or a
// scenario of another or of what was seen. dice says in which order it looks.
func (t Test) compose(dice Dice, forms int, seen Seen) composition {
	c := composer{test: t, forms: forms, known: seen.Families, firstToo: len(seen.Questions) > 0, percent: t.Blueprint.Substantive}
	start, places, ok := c.start()
	if !ok {
		return composition{}
	}
	c.down, c.up = need(places, t.Blueprint.Downside), need(places, t.Blueprint.Upside)
	c.fresh = need(places, seen.NewFamilies)
	c.gather(dice, seen)
	return c.run(start)
}

// start is the state without a free question: the fixed ones have their places.
func (c *composer) start() (stateKey, int, bool) {
	var one counts
	places := 0
	for i, e := range Elements {
		one.left[i] = int8(c.test.Blueprint.Elements[e])
	}
	for _, q := range c.test.Questions {
		if i := elementIndex(q.Element); q.Fixed != NotFixed && i >= 0 {
			one.left[i]--
		}
	}
	for _, n := range one.left {
		if n < 0 {
			return stateKey{}, 0, false
		}
		places += int(n)
	}
	var k stateKey
	for i := range c.forms {
		k[i] = one
	}
	return k, places, c.forms <= len(k)
}

// gather lists the families that may be asked, those of one element together, so
// that few elements are under way at a time.
func (c *composer) gather(dice Dice, seen Seen) {
	taken := map[string]bool{}
	for _, q := range c.test.Questions {
		taken[q.Family] = taken[q.Family] || q.Fixed != NotFixed
	}
	of := map[string][]Question{}
	for _, q := range c.test.Questions {
		if !taken[q.Family] && seen.allows(q) && elementIndex(q.Element) >= 0 {
			of[q.Family] = append(of[q.Family], q)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		qs := of[name]
		shuffle(dice, qs)
		c.families = append(c.families, familyOf{name, qs})
	}
	shuffle(dice, c.families)
	first := func(f familyOf) int {
		least := len(Elements)
		for _, q := range f.questions {
			least = min(least, elementIndex(q.Element))
		}
		return least
	}
	slices.SortStableFunc(c.families, func(a, b familyOf) int { return first(a) - first(b) })
}

// run goes through the families.
func (c *composer) run(start stateKey) composition {
	after := c.capacity()
	layer := map[stateKey][]*state{start: {{}}}
	for i, f := range c.families {
		next := map[stateKey][]*state{}
		for _, k := range sortedKeys(layer) {
			for _, s := range layer[k] {
				c.spread(next, k, s, f, 0, &after[i+1])
				if c.seen > composeLimit {
					return composition{beyond: true}
				}
			}
		}
		layer = next
	}
	for _, k := range sortedKeys(layer) {
		if !c.done(k) {
			continue
		}
		for _, s := range layer[k] {
			if c.substantive(s) {
				return composition{forms: c.back(s)}
			}
		}
	}
	return composition{}
}

// sortedKeys gives the states an order, so that the same dice give the same form.
func sortedKeys(layer map[stateKey][]*state) []stateKey {
	return slices.SortedFunc(maps.Keys(layer), func(a, b stateKey) int {
		for i := range a {
			if c := slices.Compare(a[i].list(), b[i].list()); c != 0 {
				return c
			}
		}
		return 0
	})
}

func (c counts) list() []int8 { return append(c.left[:], c.down, c.up, c.fresh) }

// capacity is how many families from i on can serve each element.
func (c *composer) capacity() [][7]int {
	after := make([][7]int, len(c.families)+1)
	for i := len(c.families) - 1; i >= 0; i-- {
		after[i] = after[i+1]
		serves := [7]bool{}
		for _, q := range c.families[i].questions {
			serves[elementIndex(q.Element)] = true
		}
		for e, yes := range serves {
			if yes {
				after[i][e]++
			}
		}
	}
	return after
}

// spread adds to next every way in which the forms from this one on can take one
// question of the family, or none.
func (c *composer) spread(next map[stateKey][]*state, k stateKey, s *state, f familyOf, form int, after *[7]int) {
	if form == 0 {
		s = &state{slack: s.slack, from: s}
	}
	if form == c.forms {
		c.keep(next, k, s, after)
		return
	}
	c.spread(next, k, s, f, form+1, after)
	for i := range f.questions {
		q := &f.questions[i]
		e := elementIndex(q.Element)
		if k[form].left[e] == 0 || shown(s, form, q) {
			continue
		}
		with, grown := k, *s
		with[form].left[e]--
		with[form].down = c.capped(with[form].down, q.Side == "downside", c.down)
		with[form].up = c.capped(with[form].up, q.Side == "upside", c.up)
		with[form].fresh = c.capped(with[form].fresh, c.isFresh(s, form, f.name), c.fresh)
		grown.pick[form] = q
		grown.slack[form] += slackOf(*q, c.percent)
		c.spread(next, with, &grown, f, form+1, after)
	}
}

func (c *composer) capped(n int8, more bool, most int) int8 {
	if more && int(n) < most {
		return n + 1
	}
	return n
}

// isFresh reports whether no earlier form, and nothing seen before, has the family.
func (c *composer) isFresh(s *state, form int, family string) bool {
	for i := range form {
		if s.pick[i] != nil {
			return false
		}
	}
	return !c.known[family]
}

// shown reports whether an earlier form holds the question or its scenario. Only
// one family at a time is looked at: a scenario that two families share is found
// when a form is drawn.
func shown(s *state, form int, q *Question) bool {
	for i := range form {
		if p := s.pick[i]; p != nil && (p.ID == q.ID || p.Scenario != "" && p.Scenario == q.Scenario) {
			return true
		}
	}
	return false
}

func slackOf(q Question, percent int) int {
	if q.Kind == "substantive" {
		return (100 - percent) * q.Weight
	}
	return -percent * q.Weight
}

// keep adds the state, unless the families to come cannot fill its places or a
// state with the same counts is at least as good.
func (c *composer) keep(next map[stateKey][]*state, k stateKey, s *state, after *[7]int) {
	for i := range c.forms {
		for e, n := range k[i].left {
			if int(n) > after[e] {
				return
			}
		}
	}
	better := func(a, b *state) bool {
		for i := range c.forms {
			if a.slack[i] < b.slack[i] {
				return false
			}
		}
		return true
	}
	if slices.ContainsFunc(next[k], func(o *state) bool { return better(o, s) }) {
		return
	}
	c.seen++
	next[k] = append(slices.DeleteFunc(next[k], func(o *state) bool { return better(s, o) }), s)
}

func (c *composer) done(k stateKey) bool {
	for i := range c.forms {
		if k[i].left != [7]int8{} || int(k[i].down) < c.down || int(k[i].up) < c.up {
			return false
		}
		if (i > 0 || c.firstToo) && int(k[i].fresh) < c.fresh {
			return false
		}
	}
	return true
}

func (c *composer) substantive(s *state) bool {
	for i := range c.forms {
		if s.slack[i] < 0 && c.percent > 0 {
			return false
		}
	}
	return true
}

// back follows a state to its start and gathers what each form took.
func (c *composer) back(s *state) [][]Question {
	forms := make([][]Question, c.forms)
	for ; s != nil; s = s.from {
		for i := range c.forms {
			if q := s.pick[i]; q != nil {
				forms[i] = append(forms[i], *q)
			}
		}
	}
	return forms
}

// reaches reports whether a form of these questions has the shares of the
// blueprint.
func (b Blueprint) reaches(form []Question) bool {
	places, down, up, points, substantive := 0, 0, 0, 0, 0
	for _, q := range form {
		if q.Fixed != NotFixed {
			continue
		}
		places++
		points += q.Weight
		switch q.Side {
		case "downside":
			down++
		case "upside":
			up++
		}
		if q.Kind == "substantive" {
			substantive += q.Weight
		}
	}
	return down*100 >= places*b.Downside && up*100 >= places*b.Upside && substantive*100 >= points*b.Substantive
}
