package desk

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/money"
)

// A Counter (counterfactual) is one change to what was given that would have
// changed what was decided: "this would have passed with …". All else stays.
type Counter struct {
	Field   string   // where, such as "advice" or "answers.need_advice"
	From    any      // what was given, nil with Absent or where null was given
	Absent  bool     // nothing was given there
	To      any      // what it would have to be
	Removed bool     // it would have to be left out
	Changes []string // the fields of the answer that would differ
	Answer  canon.Raw
}

// Limits that keep the search short, whatever the rule.
const (
	mostAsks     = 4000
	mostCounters = 40
	farSteps     = 1 << 46 // of a number's smallest step
)

// Counters returns the smallest single changes that would have given another
// decision: for each field of the question the other words, yes for no, the
// nearest day and number on both sides, or leaving it out. Another date or amount
// in the answer alone is no other decision. It returns what Ask returns where the
// question is wrong. The search is bounded; where it gives nothing, no change of
// one field was found.
func (d *Desk) Counters(name string, version int, given []byte) ([]Counter, error) {
	reply, err := d.Ask(name, version, given)
	if err != nil {
		return nil, err
	}
	r, err := d.Rule(name, version)
	if err != nil {
		return nil, err
	}
	s := &search{desk: d, rule: r}
	if s.given, err = parse(given); err != nil {
		return nil, err
	}
	if s.answer, err = parse(reply.Answer); err != nil {
		return nil, err
	}
	s.outline = string(canon.Must(outline(s.answer)))
	s.object(nil, r.Question)
	return s.found, nil
}

// A search is one run through the fields of a question.
type search struct {
	desk    *Desk
	rule    Rule
	given   any
	answer  any
	outline string
	asks    int
	found   []Counter
}

// object tries every field of an object, and the fields of those that are given.
func (s *search) object(path []string, shape canon.Shape) {
	for _, p := range shape.Fields {
		s.field(append(slices.Clone(path), p.Name), p.Shape)
	}
	if shape.Values == nil {
		return
	}
	held, _ := at(s.given, path)
	if m, ok := held.(map[string]any); ok && len(path) > 0 {
		for _, key := range sortedKeys(m) {
			s.field(append(slices.Clone(path), key), *shape.Values)
		}
	}
}

func (s *search) field(path []string, shape canon.Shape) {
	now, there := at(s.given, path)
	if there {
		s.try(path, nil, true)
	}
	if now != nil && there && shape.Takes("null") && shape.Types != nil {
		s.try(path, nil, false)
	}
	switch {
	case shape.Enum != nil:
		s.words(path, now, shape.Enum)
	case shape.Takes("boolean") && shape.Types != nil:
		s.words(path, now, nil)
		for _, v := range []bool{true, false} {
			if now != v {
				s.try(path, v, false)
			}
		}
	case shape.Format == "date":
		s.day(path, now)
	case shape.Takes("string") && shape.Types != nil && !shape.Takes("number"):
		s.words(path, now, s.examples(path))
	case shape.Takes("number") && shape.Types != nil || shape.Takes("integer") && shape.Types != nil:
		s.number(path, now)
	case shape.Items != nil:
		s.list(path, now)
	case there && len(path) < 3 && (shape.Fields != nil || shape.Values != nil):
		s.object(path, shape)
	}
}

// words tries each other word.
func (s *search) words(path []string, now any, words []string) {
	for _, w := range words {
		if now != w {
			s.try(path, w, false)
		}
	}
}

// list tries a list without each of its items.
func (s *search) list(path []string, now any) {
	items, _ := now.([]any)
	if len(items) > 60 {
		return
	}
	for i := range items {
		s.try(path, slices.Concat(items[:i], items[i+1:]), false)
	}
}

// day tries the nearest days before and after that decide otherwise.
func (s *search) day(path []string, now any) {
	text, _ := now.(string)
	day, err := calendar.Parse(text)
	if err != nil {
		return
	}
	s.nearest(path, int64(firstDay.DaysUntil(day)), func(steps int64) any { return day.AddDays(int(-steps)).String() })
	s.nearest(path, int64(day.DaysUntil(lastDay)), func(steps int64) any { return day.AddDays(int(steps)).String() })
}

// The days between which the search looks.
var firstDay, lastDay = calendar.MustParse("1900-01-01"), calendar.MustParse("2199-12-31")

// number tries the nearest numbers below and above that decide otherwise, in steps
// of its last written place.
func (s *search) number(path []string, now any) {
	text := Written(now)
	n, err := money.Parse(text)
	if err != nil || now == nil {
		return
	}
	step := money.Whole(1)
	if _, places, ok := strings.Cut(n.String(), "."); ok {
		step = money.MustParse("1e-" + money.Whole(int64(len(places))).String())
	}
	down := int64(farSteps)
	if n.Sign() >= 0 { // what is not negative stays so
		if steps, err := strconv.ParseInt(strings.Replace(n.String(), ".", "", 1), 10, 64); err == nil {
			down = min(down, steps)
		}
	}
	s.nearest(path, down, func(steps int64) any { return canon.Number(n.Sub(step.Mul(money.Whole(steps))).String()) })
	s.nearest(path, farSteps, func(steps int64) any { return canon.Number(n.Add(step.Mul(money.Whole(steps))).String()) })
}

// nearest looks for the fewest steps at which the decision differs: first by
// doubling, then by halving between the last step that did not and the first that did.
func (s *search) nearest(path []string, far int64, value func(steps int64) any) {
	differs := func(steps int64) bool { _, differs := s.ask(path, value(steps), false); return differs }
	same, other := int64(0), min(1, far)
	for other > same && !differs(other) {
		same, other = other, min(other*2, far)
	}
	if other <= same {
		return // as far as it goes, nothing changes
	}
	for other-same > 1 {
		if middle := same + (other-same)/2; differs(middle) {
			other = middle
		} else {
			same = middle
		}
	}
	s.try(path, value(other), false)
}

// try keeps the change if it would have decided otherwise.
func (s *search) try(path []string, to any, removed bool) {
	c, differs := s.ask(path, to, removed)
	if differs && len(s.found) < mostCounters {
		s.found = append(s.found, c)
	}
}

// ask asks the rule with one change.
func (s *search) ask(path []string, to any, removed bool) (Counter, bool) {
	if s.asks++; s.asks > mostAsks {
		return Counter{}, false
	}
	changed := with(s.given, path, func(m map[string]any, key string) {
		if m[key] = to; removed {
			delete(m, key)
		}
	})
	given, err := canon.Encode(changed)
	if err != nil {
		return Counter{}, false
	}
	reply, err := s.desk.Ask(s.rule.Name, s.rule.Version, given)
	if err != nil {
		return Counter{}, false // no question any more, so no answer either
	}
	answer, err := parse(reply.Answer)
	if err != nil || string(canon.Must(outline(answer))) == s.outline {
		return Counter{}, false
	}
	from, there := at(s.given, path)
	return Counter{
		Field: strings.Join(path, "."), From: from, Absent: !there, To: to, Removed: removed,
		Changes: differing(s.answer, answer), Answer: reply.Answer,
	}, true
}

// examples are the words that the worked examples give for this field.
func (s *search) examples(path []string) (words []string) {
	for _, e := range s.rule.Examples {
		given, err := parse(e.Given)
		if err != nil {
			continue
		}
		if v, ok := at(given, path); ok {
			if w, ok := v.(string); ok && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return words
}
