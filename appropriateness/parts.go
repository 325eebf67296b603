package appropriateness

import (
	"strconv"

	"zorgplicht/rule"
)

// PartPoints is how one part of a form went that has a cut of its own.
type PartPoints struct {
	Part   string `json:"part"` // Knowledge, Experience, or an element
	Points int    `json:"points"`
	Out    int    `json:"max_points"`
	Cut    int    `json:"cut_points"`
	Open   int    `json:"open_points"` // of questions that were left open
}

// The parts that hold several elements.
const (
	KnowledgePart  = "knowledge"
	ExperiencePart = "experience"
)

// A part of a form has a cut of its own, in whole percent of its points.
type part struct {
	name    string
	percent int
	holds   func(Element) bool
}

// parts lists the parts that have a cut, in a fixed order.
func (c Cut) parts() (all []part) {
	add := func(name string, percent int, holds func(Element) bool) {
		if percent > 0 {
			all = append(all, part{name, percent, holds})
		}
	}
	add(KnowledgePart, c.Knowledge, Element.Knowledge)
	add(ExperiencePart, c.Experience, Element.Experience)
	for _, e := range Elements {
		add(string(e), c.Elements[e], func(of Element) bool { return of == e })
	}
	return all
}

// cutOf is the smallest number of points that is this share of out: a part of a
// point is not enough, so it is rounded up.
func cutOf(out, percent int) int { return (out*percent + 99) / 100 }

// grading is the version of rule test_verdict that judges this test: a test keeps
// being judged by the version it was published under.
func (t Test) grading() rule.Rule[Sitting, Verdict] {
	switch t.Format {
	case Format2:
		return GradingParts
	case Format3:
		return GradingTarget
	}
	return Grading
}

// GradingParts is version 2 of rule test_verdict: beside the cut of the whole form
// its parts may have cuts of their own.
var GradingParts = rule.New("test_verdict", 2, Grading.Norms(), gradeParts, rule.Profile("actueel"), rule.Texts(gradingTexts))

var gradingTexts = map[string]string{
	"knocked_out":     "Vraag {question} beslist de toets op zichzelf en is niet goed beantwoord.",
	"below_cut":       "Met {points} van {max} punten, en nog {open} punten open, is de grens van {cut} punten niet meer te halen.",
	"part_below_cut":  "Voor het onderdeel {part} is met {points} van {max} punten, en nog {open} punten open, de grens van {cut} punten niet meer te halen.",
	"cut_reached":     "Met {points} van {max} punten is de grens van {cut} punten gehaald en geen beslissende vraag ging mis.",
	"part_reached":    "Voor het onderdeel {part} is met {points} van {max} punten de grens van {cut} punten gehaald.",
	"open_could_turn": "Er staan {questions} vragen open; die kunnen de uitkomst nog veranderen. Er is te weinig informatie voor een oordeel.",
	"warning_due":     "De klant moet worden gewaarschuwd dat advies inwinnen raadzaam is.",
}

// gradeParts holds the answers against the sealed test.
//
// Norms afm:ket:assess and afm:ket:knockout. As version 1, and: a part whose cut
// is out of reach makes the service not appropriate, whatever the whole is. All
// that keeps the client out is named.
func gradeParts(s Sitting) Verdict {
	v, openPoints, knockoutOpen := count(s)
	v.Parts = countParts(s)
	if Knockout.Ask(KnockoutIn{Answers: decisiveAnswers(s)}).KnockedOut {
		for _, q := range v.Decided {
			v.because("knocked_out", "afm:ket:knockout", map[string]string{"question": string(q)})
		}
	}
	if v.Points+openPoints < v.Cut {
		v.because("below_cut", "afm:ket:assess", v.values(openPoints))
	}
	reached := v.Points >= v.Cut && !knockoutOpen
	for _, p := range v.Parts {
		if p.Points+p.Open < p.Cut {
			v.because("part_below_cut", "afm:ket:assess", p.values())
		}
		reached = reached && p.Points >= p.Cut
	}
	switch {
	case len(v.Because) > 0:
		v.Outcome = NotAppropriate
	case reached:
		v.Outcome = Appropriate
		v.because("cut_reached", "afm:ket:assess", v.values(openPoints))
		for _, p := range v.Parts {
			v.because("part_reached", "afm:ket:assess", p.values())
		}
	default:
		v.Outcome = CannotBeJudged
		v.because("open_could_turn", "bgfo:80e:1", v.values(openPoints))
	}
	if v.WarnOwed = v.Outcome != Appropriate; v.WarnOwed {
		v.because("warning_due", "wft:4:24:3", nil)
	}
	return v
}

func countParts(s Sitting) []PartPoints {
	var all []PartPoints
	for _, p := range s.Test.Thing.Scoring.parts() {
		n := PartPoints{Part: p.name}
		for _, id := range s.Form {
			q, _ := s.Test.Thing.Question(id)
			if !p.holds(q.Element) {
				continue
			}
			n.Out += q.Weight
			switch s.Answers[id] {
			case q.RightOption():
				n.Points += q.Weight
			case "":
				n.Open += q.Weight
			}
		}
		n.Cut = cutOf(n.Out, p.percent)
		all = append(all, n)
	}
	return all
}

func (p PartPoints) values() map[string]string {
	return map[string]string{
		"part": p.Part, "points": strconv.Itoa(p.Points), "max": strconv.Itoa(p.Out), "cut": strconv.Itoa(p.Cut), "open": strconv.Itoa(p.Open),
	}
}
