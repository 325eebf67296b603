package appropriateness

import (
	"maps"
	"slices"

	"zorgplicht/internal/fault"
)

// A Form (vragenlijst) is what one client gets: questions in the order asked,
// each with its options in the order shown. It is stored, never re-made.
type Form []Asked

// Asked is one question of a form.
type Asked struct {
	Question QuestionID `json:"question"`
	Options  []OptionID `json:"options"`
}

// Questions returns the ids in the order asked.
func (f Form) Questions() []QuestionID {
	ids := make([]QuestionID, len(f))
	for i, a := range f {
		ids[i] = a.Question
	}
	return ids
}

// Dice throws: IntN returns a number from 0 up to but not including n.
type Dice interface{ IntN(n int) int }

// Seen is what a client saw in earlier attempts, so that another form differs.
type Seen struct {
	Questions   map[QuestionID]bool
	Scenarios   map[string]bool
	Families    map[string]bool
	NewFamilies int // smallest share, in percent, of questions from families not seen
}

// Add marks the questions of a form, but for the fixed ones, as seen.
func (s *Seen) Add(t Test, f Form) {
	if s.Questions == nil {
		s.Questions, s.Scenarios, s.Families = map[QuestionID]bool{}, map[string]bool{}, map[string]bool{}
	}
	for _, asked := range f {
		if q, ok := t.Question(asked.Question); ok && q.Fixed == NotFixed && q.Element != TargetGroup {
			s.Questions[q.ID], s.Families[q.Family] = true, true
			if q.Scenario != "" {
				s.Scenarios[q.Scenario] = true
			}
		}
	}
}

func (s Seen) allows(q Question) bool { return !s.Questions[q.ID] && !s.Scenarios[q.Scenario] }

// Draw makes a form from the test's blueprint: of each element the number asked,
// no two questions of one family, nothing that was seen before, then all criteria of
// the target group, and the fixed knock-outs last, since only at the end can a client say whether they need
// advice. Options are shuffled, but for those of the fixed questions: yes and no
// stay in their usual order, as do the answers about the target group. It is a Conflict "form-impossible" when the bank
// cannot fill the blueprint.
func (t Test) Draw(dice Dice, seen Seen) (Form, error) {
	picked, ok := t.choose(dice, seen)
	if !ok {
		return nil, fault.New(fault.Conflict, "form-impossible", t.ID)
	}
	var free, fixed []Question
	for _, q := range picked {
		if q.Fixed != NotFixed {
			fixed = append(fixed, q)
		} else {
			free = append(free, q)
		}
	}
	shuffle(dice, free)
	slices.SortFunc(fixed, func(a, b Question) int { // terms first, then the need for advice
		return -cmpFixed(a.Fixed, b.Fixed)
	})
	form := make(Form, 0, len(picked))
	for _, q := range free {
		ids := optionIDs(q)
		shuffle(dice, ids)
		form = append(form, Asked{q.ID, ids})
	}
	for _, q := range t.Target {
		form = append(form, Asked{q.ID, optionIDs(q)})
	}
	for _, q := range fixed {
		form = append(form, Asked{q.ID, optionIDs(q)})
	}
	return form, nil
}

func cmpFixed(a, b Fixed) int {
	switch {
	case a == b:
		return 0
	case a == NeedAdvice:
		return -1
	}
	return 1
}

func optionIDs(q Question) []OptionID {
	ids := make([]OptionID, len(q.Options))
	for i, o := range q.Options {
		ids[i] = o.ID
	}
	return ids
}

func shuffle[T any](dice Dice, s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := dice.IntN(i + 1)
		s[i], s[j] = s[j], s[i]
	}
}

// choose picks the questions of a form that has the shares of the blueprint. Most
// forms have them, so some are drawn and looked at first; where none has, one is
// composed, and only where there is none it fails.
func (t Test) choose(dice Dice, seen Seen) ([]Question, bool) {
	const tries = 32
	for range tries {
		picked, ok := t.pick(dice, seen)
		if !ok || t.Blueprint.reaches(picked) {
			return picked, ok
		}
	}
	found := t.compose(dice, 1, seen)
	if found.forms == nil {
		return nil, false
	}
	picked := found.forms[0]
	for _, q := range t.Questions {
		if q.Fixed != NotFixed {
			picked = append(picked, q)
		}
	}
	return picked, true
}

// pick chooses the questions of a form: a matching between the families of the
// bank and the places of the blueprint, by augmenting paths. Families that were
// not seen go first, so that as many of them as can be stand in the form; it
// fails only when no form exists.
func (t Test) pick(dice Dice, seen Seen) ([]Question, bool) {
	var picked []Question
	m := matching{left: map[Element]int{}, at: map[string]Element{}, of: map[string]map[Element][]Question{}}
	for e, n := range t.Blueprint.Elements {
		m.left[e] = n
	}
	taken := map[string]bool{}
	for _, q := range t.Questions {
		if q.Fixed != NotFixed {
			picked = append(picked, q)
			m.left[q.Element]--
			taken[q.Family] = true
		}
	}
	places := 0
	for _, n := range m.left {
		if n < 0 {
			return nil, false
		}
		places += n
	}
	fresh, known := t.families(&m, taken, seen)
	shuffle(dice, fresh)
	shuffle(dice, known)
	filled, unseen := 0, 0
	for i, family := range append(fresh, known...) {
		if filled < places && m.enter(family, map[string]bool{}) {
			filled++
			if i < len(fresh) {
				unseen++
			}
		}
	}
	if filled < places || unseen*100 < places*seen.NewFamilies {
		return nil, false
	}
	for _, family := range slices.Sorted(maps.Keys(m.at)) {
		qs := m.of[family][m.at[family]]
		picked = append(picked, qs[dice.IntN(len(qs))])
	}
	return picked, true
}

// families sorts what may be asked by family and element, and returns the
// families that were not seen and those that were.
func (t Test) families(m *matching, taken map[string]bool, seen Seen) (fresh, known []string) {
	for _, q := range t.Questions {
		if q.Fixed != NotFixed || taken[q.Family] || !seen.allows(q) {
			continue
		}
		if m.of[q.Family] == nil {
			m.of[q.Family] = map[Element][]Question{}
			if seen.Families[q.Family] {
				known = append(known, q.Family)
			} else {
				fresh = append(fresh, q.Family)
			}
		}
		m.of[q.Family][q.Element] = append(m.of[q.Family][q.Element], q)
	}
	return fresh, known
}

// A matching gives families a place under an element.
type matching struct {
	left map[Element]int                   // places not taken yet
	at   map[string]Element                // where a family stands
	of   map[string]map[Element][]Question // what a family can ask
}

// enter gives the family a place, moving others where it must.
func (m *matching) enter(family string, tried map[string]bool) bool {
	tried[family] = true
	for _, e := range Elements {
		if m.of[family][e] != nil && m.left[e] > 0 {
			m.left[e]--
			m.at[family] = e
			return true
		}
	}
	for _, e := range Elements {
		if m.of[family][e] == nil {
			continue
		}
		for _, other := range slices.Sorted(maps.Keys(m.at)) {
			if m.at[other] == e && !tried[other] && m.enter(other, tried) {
				m.at[family] = e // the other took the place it moved to, and left this one
				return true
			}
		}
	}
	return false
}
