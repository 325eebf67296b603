package appropriateness

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// An Outcome is what the test says of the service for this client.
type Outcome string

// The three outcomes. CannotBeJudged means that too little information was
// given: the open answers could still turn the outcome.
const (
	Appropriate    Outcome = "appropriate"
	NotAppropriate Outcome = "not_appropriate"
	CannotBeJudged Outcome = "cannot_be_judged"
)

// A Sitting is what Grading is given: the sealed test, the questions of the form
// and the options chosen. A question without an answer is left open.
type Sitting struct {
	Test    rule.Sealed[Test]       `json:"test"`
	Form    []QuestionID            `json:"form"`
	Answers map[QuestionID]OptionID `json:"answers"`
}

// Open fetches the sealed test and checks that form and answers belong to it.
func (s *Sitting) Open(open rule.Opener) error {
	if err := s.Test.Open(open); err != nil {
		return err
	}
	return fault.All(rule.BadQuestion, s.strangers())
}

// strangers returns every question of the form and every answer that is not of
// the test.
func (s *Sitting) strangers() []fault.Detail {
	var faults []fault.Detail
	inForm := map[QuestionID]bool{}
	for i, id := range s.Form {
		at := fmt.Sprintf("/form/%d", i)
		if _, ok := s.Test.Thing.Question(id); !ok {
			faults = append(faults, fault.Detail{Pointer: at, Reason: "unknown-question", Text: "Deze vraag staat niet in de toets."})
		}
		if inForm[id] {
			faults = append(faults, fault.Detail{Pointer: at, Reason: "duplicate-question", Text: "Deze vraag staat twee keer in de vragenlijst."})
		}
		inForm[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(s.Answers)) {
		option := s.Answers[id]
		q, _ := s.Test.Thing.Question(id)
		if _, ok := q.Option(option); !ok || !inForm[id] {
			faults = append(faults, fault.Detail{Pointer: "/answers/" + string(id), Reason: "foreign-option", Text: "Dit antwoord hoort niet bij deze vraag in deze vragenlijst."})
		}
	}
	return faults
}

// A Verdict (oordeel) is the outcome with all that led to it. Points are whole.
type Verdict struct {
	rule.Why
	Outcome  Outcome      `json:"outcome"`
	Points   int          `json:"points"`     // earned
	Out      int          `json:"max_points"` // that the form holds
	Cut      int          `json:"cut_points"` // that must be reached
	Open     []QuestionID `json:"open"`
	Decided  []QuestionID `json:"knocked_out_by"`
	Short    int          `json:"short"` // points missing to the cut; 0 when it is reached
	WarnOwed bool         `json:"warning_needed"`
	Parts    []PartPoints `json:"parts,omitempty"` // that have a cut of their own; version 2

	Fit       Fit     `json:"target_group,omitempty"` // where the answers place the client; version 3
	Knowledge Outcome `json:"knowledge,omitempty"`    // what knowledge and experience alone say; version 3
}

// Grading is the rule that judges a sitting of a kennistoets/1: by all points
// together. See GradingParts.
var Grading = rule.New("test_verdict", 1,
	[]ident.Norm{"afm:ket:assess", "afm:ket:knockout", "wft:4:24:1", "wft:4:24:3", "bgfo:80e:1", "bgfo:80e:2"}, grade,
	rule.Profile("actueel"),
	rule.Texts(map[string]string{
		"knocked_out":     "Vraag {question} beslist de toets op zichzelf en is niet goed beantwoord.",
		"below_cut":       "Met {points} van {max} punten, en nog {open} punten open, is de grens van {cut} punten niet meer te halen.",
		"cut_reached":     "Met {points} van {max} punten is de grens van {cut} punten gehaald en geen beslissende vraag ging mis.",
		"open_could_turn": "Er staan {questions} vragen open; die kunnen de uitkomst nog veranderen. Er is te weinig informatie voor een oordeel.",
		"warning_due":     "De klant moet worden gewaarschuwd dat advies inwinnen raadzaam is.",
	}))

// grade holds the answers against the sealed test.
//
// Norms afm:ket:assess and afm:ket:knockout. A knock-out that is wrong, or a cut
// that is out of reach whatever the open answers are: not appropriate. A cut
// reached and no knock-out open: appropriate. All else cannot be judged, and
// warns as a fail does, since nothing shows that the service fits.
func grade(s Sitting) Verdict {
	v, openPoints, knockoutOpen := count(s)
	decisive := Knockout.Ask(KnockoutIn{Answers: decisiveAnswers(s)})
	switch {
	case decisive.KnockedOut:
		v.Outcome = NotAppropriate
		for _, q := range v.Decided {
			v.because("knocked_out", "afm:ket:knockout", map[string]string{"question": string(q)})
		}
	case v.Points+openPoints < v.Cut:
		v.Outcome = NotAppropriate
		v.because("below_cut", "afm:ket:assess", v.values(openPoints))
	case v.Points >= v.Cut && !knockoutOpen:
		v.Outcome = Appropriate
		v.because("cut_reached", "afm:ket:assess", v.values(openPoints))
	default:
		v.Outcome = CannotBeJudged
		v.because("open_could_turn", "bgfo:80e:1", v.values(openPoints))
	}
	if v.WarnOwed = v.Outcome != Appropriate; v.WarnOwed {
		v.because("warning_due", "wft:4:24:3", nil)
	}
	return v
}

func count(s Sitting) (v Verdict, openPoints int, knockoutOpen bool) {
	v.Open, v.Decided = []QuestionID{}, []QuestionID{}
	for _, id := range s.Form {
		q, _ := s.Test.Thing.Question(id)
		v.Out += q.Weight
		switch s.Answers[id] {
		case q.RightOption():
			v.Points += q.Weight
		case "":
			v.Open = append(v.Open, id)
			openPoints += q.Weight
			knockoutOpen = knockoutOpen || q.Decides()
		default:
			if q.Decides() {
				v.Decided = append(v.Decided, id)
			}
		}
	}
	v.Cut = (v.Out*s.Test.Thing.Scoring.Percent + 99) / 100 // a part of a point is not enough: rounded up
	v.Short = max(0, v.Cut-v.Points)
	return v, openPoints, knockoutOpen
}

// decisiveAnswers tells rule knockout how each knock-out was answered, in its
// own words: need_advice yes, understand_terms no, any other right or wrong.
func decisiveAnswers(s Sitting) map[string]Said {
	answers := map[string]Said{}
	for _, id := range s.Form {
		q, _ := s.Test.Thing.Question(id)
		given := s.Answers[id]
		if !q.Decides() || given == "" {
			continue
		}
		right := given == q.RightOption()
		switch q.Fixed {
		case NeedAdvice:
			answers[string(NeedAdvice)] = word(right, "no", "yes")
		case UnderstandsTerms:
			answers[string(UnderstandsTerms)] = word(right, "yes", "no")
		default:
			answers[string(id)] = word(right, "right", "wrong")
		}
	}
	return answers
}

func word(right bool, yes, no Said) Said {
	if right {
		return yes
	}
	return no
}

func (v *Verdict) because(code string, norm ident.Norm, values map[string]string) {
	v.Because = append(v.Because, rule.Reason{Code: code, Norm: norm, Values: values})
}

func (v *Verdict) values(openPoints int) map[string]string {
	return map[string]string{
		"points": strconv.Itoa(v.Points), "max": strconv.Itoa(v.Out), "cut": strconv.Itoa(v.Cut),
		"open": strconv.Itoa(openPoints), "questions": strconv.Itoa(len(v.Open)),
	}
}
