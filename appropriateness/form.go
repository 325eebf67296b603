package appropriateness

import (
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

// Draw makes a form from the test's blueprint: of each element the number asked,
// no two questions of one family, the fixed knock-outs last, since only at the
// end can a client say whether they need advice. Options are shuffled, but for
// those of the fixed questions: yes and no stay in their usual order. It is a
// Conflict "form-impossible" when the bank cannot fill the blueprint.
func (t Test) Draw(dice Dice) (Form, error) {
	picked, ok := t.pick(dice)
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

// pick chooses the questions of a form: a matching between the places of the
// blueprint and the families of the bank, found by augmenting paths, so that it
// fails only when no form exists at all.
func (t Test) pick(dice Dice) ([]Question, bool) {
	var picked []Question
	left := map[Element]int{}
	for e, n := range t.Blueprint.Elements {
		left[e] = n
	}
	taken := map[string]bool{}
	for _, q := range t.Questions {
		if q.Fixed != NotFixed {
			picked = append(picked, q)
			left[q.Element]--
			taken[q.Family] = true
		}
	}
	m := matching{holder: map[string]int{}}
	for _, e := range Elements {
		for range left[e] {
			m.places = append(m.places, t.candidates(e, taken, dice))
		}
		if left[e] < 0 {
			return nil, false
		}
	}
	m.chosen = make([]Question, len(m.places))
	for place := range m.places {
		if !m.fill(place, map[string]bool{}) {
			return nil, false
		}
	}
	return append(picked, m.chosen...), true
}

// candidates returns the questions that may stand for e, shuffled.
func (t Test) candidates(e Element, taken map[string]bool, dice Dice) []Question {
	var qs []Question
	for _, q := range t.Questions {
		if q.Element == e && q.Fixed == NotFixed && !taken[q.Family] {
			qs = append(qs, q)
		}
	}
	shuffle(dice, qs)
	return qs
}

type matching struct {
	places [][]Question   // what may stand on each place
	holder map[string]int // family -> place that holds it
	chosen []Question
}

func (m *matching) fill(place int, tried map[string]bool) bool {
	for _, q := range m.places[place] {
		if tried[q.Family] {
			continue
		}
		tried[q.Family] = true
		other, held := m.holder[q.Family]
		if !held || m.fill(other, tried) {
			m.holder[q.Family], m.chosen[place] = place, q
			return true
		}
	}
	return false
}
