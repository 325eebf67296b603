package appropriateness

import (
	"maps"
	"slices"
)

// A Supply says whether the questions of a test can do what its policy promises.
type Supply string

// The supplies. Enough is shown by forms that were found; the two kinds of too
// few by counting, or by having looked at all; Unproven means that neither was
// done within bounds, and counts as too few.
const (
	Enough       Supply = "enough"
	NoForm       Supply = "no_form"   // not one form can be drawn
	NoRetake     Supply = "no_retake" // no row of forms differs as much as the policy asks
	NotForAll    Supply = "not_for_all"
	UnprovenForm Supply = "unproven"
)

// supply says whether forms can be drawn for a first attempt and for as many
// retakes as the policy allows, whatever the first form was.
func (t Test) supply() Supply {
	if !t.Blueprint.bounded() {
		return NoForm
	}
	one := t.compose(first{}, 1, Seen{})
	switch {
	case one.beyond:
		if _, ok := t.choose(first{}, Seen{}); !ok {
			return UnprovenForm
		}
	case one.forms == nil:
		return NoForm
	}
	r := t.Policy.Retake
	if r.Allow != CoolingOff {
		return Enough
	}
	if !t.enoughToShow(r.AtMost + 1) {
		return NoRetake
	}
	switch {
	case t.retakePossible():
		return Enough
	case t.oneRowDrawn():
		return NotForAll
	}
	row := t.compose(first{}, min(r.AtMost+1, len(stateKey{})), Seen{NewFamilies: r.NewFamilies})
	switch {
	case row.beyond:
		return UnprovenForm
	case row.forms == nil:
		return NoRetake
	}
	return NotForAll
}

// enoughToShow counts whether the bank holds so many forms without a question or a
// scenario in common, by the largest flow from families over what they can ask to
// the places of the elements. A family gives each form one question at most.
//
// Where shares of a form are not asked and no two families share a scenario, the
// count decides: a flow is a bipartite graph of families and places in which no
// node has more lines than there are forms, and such a graph falls apart in as
// many matchings, each of them a form (D. König, Über Graphen und ihre Anwendung
// auf Determinantentheorie und Mengenlehre, Mathematische Annalen 77 (1916)).
func (t Test) enoughToShow(forms int) bool {
	left := maps.Clone(t.Blueprint.Elements)
	taken := map[string]bool{}
	for _, q := range t.Questions {
		if q.Fixed != NotFixed {
			left[q.Element]--
			taken[q.Family] = true
		}
	}
	units := t.units(taken)
	f := flow{holds: map[string]map[Element]int{}, units: units, left: map[Element]int{}, forms: forms}
	places := 0
	for e, n := range left {
		f.left[e] = n * forms
		places += n * forms
	}
	for _, family := range slices.Sorted(maps.Keys(units)) {
		f.holds[family] = map[Element]int{}
		for range forms {
			if !f.push(family, map[string]bool{}) {
				break
			}
			places--
		}
	}
	return places == 0
}

// units counts what a family can ask of an element: questions that share a
// scenario are one, for who saw one may not get the other.
func (t Test) units(taken map[string]bool) map[string]map[Element]int {
	seen := map[string]bool{}
	units := map[string]map[Element]int{}
	for _, q := range t.Questions {
		if taken[q.Family] || q.Scenario != "" && seen[q.Family+"\x00"+string(q.Element)+"\x00"+q.Scenario] {
			continue
		}
		seen[q.Family+"\x00"+string(q.Element)+"\x00"+q.Scenario] = true
		if units[q.Family] == nil {
			units[q.Family] = map[Element]int{}
		}
		units[q.Family][q.Element]++
	}
	return units
}

// A flow gives families their places, one more at a time.
type flow struct {
	holds map[string]map[Element]int // places that a family holds
	units map[string]map[Element]int // the most it can hold
	left  map[Element]int            // places not taken yet
	forms int
}

// push gives the family one place more, moving others where it must.
func (f *flow) push(family string, tried map[string]bool) bool {
	tried[family] = true
	for _, e := range Elements {
		if f.left[e] > 0 && f.holds[family][e] < f.units[family][e] {
			f.left[e]--
			f.holds[family][e]++
			return true
		}
	}
	for _, e := range Elements {
		if f.holds[family][e] >= f.units[family][e] {
			continue
		}
		for _, other := range slices.Sorted(maps.Keys(f.holds)) {
			if f.holds[other][e] > 0 && !tried[other] && f.push(other, tried) {
				f.holds[other][e]--
				f.holds[family][e]++
				return true
			}
		}
	}
	return false
}

// oneRowDrawn reports whether some throws of the dice give a first form and as
// many retakes as the policy allows.
func (t Test) oneRowDrawn() bool {
	for seed := range uint32(100) {
		if t.rowDrawn(seed) {
			return true
		}
	}
	return false
}

// rowDrawn draws a first form and all retakes.
func (t Test) rowDrawn(seed uint32) bool {
	dice := &steady{seed}
	seen := Seen{NewFamilies: t.Policy.Retake.NewFamilies}
	for range t.Policy.Retake.AtMost + 1 {
		form, err := t.Draw(dice, seen)
		if err != nil {
			return false
		}
		seen.Add(t, form)
	}
	return true
}
