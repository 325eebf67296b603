package appropriateness

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// QuestionID and OptionID name a question within a test and an option within a
// question; both are words the author chose.
type (
	QuestionID string
	OptionID   string
)

// A Test (toets) is everything an author wrote: the bank of questions, how a
// form is drawn from it, where the cut lies and why, and what follows. The JSON
// names are those of the encodings appropriateness.test_sealed/1 to /3 and are
// frozen: a test of format kennistoets/1 has none of the parts that are left out
// when empty, so its bytes and its seal are those of /1; one of kennistoets/2 asks
// nothing of the target group, so they are those of /2.
type Test struct {
	Format    string     `json:"format"` // Format1, Format2 or Format3
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Product   string     `json:"product"` // as rule test_required knows it: "mortgage"
	Service   string     `json:"service"` // "execution_only"
	Language  string     `json:"language"`
	Purpose   string     `json:"purpose"` // shown before the start
	Minutes   int        `json:"minutes"` // an honest estimate, never a countdown
	Author    string     `json:"author"`
	Blueprint Blueprint  `json:"form"`
	Scoring   Cut        `json:"scoring"`
	Policy    Policy     `json:"policy"`
	Questions []Question `json:"questions"`
	Target    []Question `json:"target_group,omitempty"` // criteria of the target group, all asked in every form
}

// The formats. The second knows shares of a form and cuts of its parts, and is
// judged by version 2 of rule test_verdict. The third also asks after the target
// group and is judged by version 3.
const (
	Format1 = "kennistoets/1"
	Format2 = "kennistoets/2"
	Format3 = "kennistoets/3"
)

// A Blueprint says how many questions a form holds, in all and of each element,
// the two fixed knock-outs included. The shares are in whole percent, 0 for none
// asked, and are told of the questions that earn points.
type Blueprint struct {
	Questions   int             `json:"questions"`
	Elements    map[Element]int `json:"elements"`
	Substantive int             `json:"substantive_percent,omitempty"` // smallest share of the points that come from questions of substance
	Downside    int             `json:"downside_percent,omitempty"`    // smallest share of questions on a downside or risk
	Upside      int             `json:"upside_percent,omitempty"`      // smallest share of questions on an upside
}

// A Cut is the smallest share of a form's points, in whole percent, at which
// enough is established that service and product fit, with the reason why. Parts
// of the form may have a cut of their own, so that what a client knows of one
// matter does not hide what they do not know of another; 0 is none.
type Cut struct {
	Percent    int             `json:"cut_percent"`
	Reason     string          `json:"reason"`
	Knowledge  int             `json:"knowledge_percent,omitempty"`  // of the points of the five elements of knowledge
	Experience int             `json:"experience_percent,omitempty"` // of the points of the two of experience
	Elements   map[Element]int `json:"elements,omitempty"`           // of the points of one element
}

// A Policy is what the firm lets happen around the test.
type Policy struct {
	AfterFail string `json:"after_fail"`                  // "stop" (what the AFM finds right) or "go_on" after an explicit confirmation
	WhyGoOn   string `json:"after_fail_reason,omitempty"` // the firm's reason for "go_on"
	Retake    Retake `json:"retake"`
	OpenHours int    `json:"open_hours"` // how long a begun attempt stays open
	LinkDays  int    `json:"link_days"`  // how long an unused link may be opened, and a result read
	ValidDays int    `json:"valid_days"` // how long a pass holds

	// Outside is what an answer outside the target group leads to: "stop" or "warn";
	// "" where the test does not ask. WhyOutside is the firm's reason for "warn".
	Outside    string `json:"outside_target_group,omitempty"`
	WhyOutside string `json:"outside_target_group_reason,omitempty"`
}

// The policies after a fail.
const (
	Stop = "stop"
	GoOn = "go_on"
)

// A Retake says whether a client who did not pass may try again (herkansing),
// with another form: no question and no scenario seen before but the fixed ones.
// That is stricter than the AFM asks (afm:ket:retake).
type Retake struct {
	Allow        string `json:"allow"`                          // "never" or "cooling_off"
	CoolingHours int    `json:"cooling_hours,omitempty"`        // from the end of the attempt before
	AtMost       int    `json:"at_most,omitempty"`              // retakes within the period
	WithinDays   int    `json:"within_days,omitempty"`          // the period, back from now
	NewFamilies  int    `json:"new_families_percent,omitempty"` // smallest share of questions from families not seen before
}

// The retake policies.
const (
	Never      = "never"
	CoolingOff = "cooling_off"
)

// A Question asks one thing (vraag), with what an author and a reviewer need to
// know of it.
type Question struct {
	ID       QuestionID `json:"id"`
	Element  Element    `json:"element"`
	Family   string     `json:"family"`          // questions that ask the same in other words
	Kind     string     `json:"kind"`            // "substantive" or "self_report"
	Side     string     `json:"side"`            // "upside", "downside" or "neutral"
	Weight   int        `json:"weight"`          // points for the right option
	Fixed    Fixed      `json:"fixed,omitempty"` // one of the two fixed knock-outs
	Knockout bool       `json:"knockout,omitempty"`
	Source   string     `json:"source"`
	Scenario string     `json:"scenario,omitempty"`
	Text     string     `json:"text"`
	Options  []Option   `json:"options"`
	Right    string     `json:"right_because,omitempty"`
}

// An Option is one answer that can be chosen; exactly one of a question is right.
type Option struct {
	ID    OptionID `json:"id"`
	Text  string   `json:"text"`
	Right bool     `json:"right,omitempty"`
	Wrong string   `json:"wrong_because,omitempty"`
}

// Decides reports whether a wrong answer to q decides the test by itself.
func (q Question) Decides() bool { return q.Knockout || q.Fixed != NotFixed }

// RightOption returns the option that is right, or "" when none is marked.
func (q Question) RightOption() OptionID {
	for _, o := range q.Options {
		if o.Right {
			return o.ID
		}
	}
	return ""
}

// Option returns the option with this id.
func (q Question) Option(id OptionID) (Option, bool) {
	for _, o := range q.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// Question returns the question with this id.
func (t Test) Question(id QuestionID) (Question, bool) {
	for _, list := range [][]Question{t.Questions, t.Target} {
		for _, q := range list {
			if q.ID == id {
				return q, true
			}
		}
	}
	return Question{}, false
}

// Seal returns the canonical encoding of t and the hash by which facts name it.
// The same test has the same seal wherever and by whomever it was loaded.
func (t Test) Seal() ([]byte, ident.Hash) {
	b := canon.Must(t)
	return b, ident.HashOf(b)
}

func sealedTest(h ident.Hash, t Test) rule.Sealed[Test] { return rule.Sealed[Test]{Hash: h, Thing: t} }
