package appropriateness

import (
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/rule"
)

// AttemptID is the id (UUIDv7) of an attempt.
type AttemptID string

// A State says how far an attempt is.
type State string

// The states. An attempt counts from Begun: question 1 was shown.
const (
	Ready  State = "ready"  // the link was given, nothing was shown yet
	Begun  State = "begun"  // the client is answering
	Judged State = "judged" // sent and judged
	Lapsed State = "lapsed" // its time ran out before it was sent
)

// An Attempt (toetspoging) is one sitting of one client for one test.
type Attempt struct {
	ID        AttemptID
	Firm      ident.Firm
	Client    ident.Person
	Test      ident.Hash // the sealed test
	TestID    string
	Title     string // of the test
	Product   string
	Channel   string
	Form      Form
	State     State
	Created   time.Time
	LinkUntil time.Time // until when an unused link opens, and a result can be read
	Begun     time.Time // zero before question 1 was shown
	OpenUntil time.Time // zero before question 1 was shown
	Touched   time.Time // the latest instant known here; no later one lies before it
	Judged    time.Time
	Outcome   Outcome
	Points    int
	Out       int
	Shown     time.Time // when the result page was first served
	Choice    Course    // after a warning, where the policy leaves it to the client
	Chosen    time.Time // when they chose
	Changes   int       // how often it was saved
}

// A Course is what a client does after the warning.
type Course string

// The courses, named as the policies are.
const (
	ChoseStop Course = Stop
	ChoseGoOn Course = GoOn
)

// ReadWords stands beside the box that a client ticks who goes on.
var ReadWords = lang.Of("Ik heb de waarschuwing gelezen.", "I have read the warning.")

// Words is what stands on the button of a course.
func (c Course) Words(l lang.Lang) string {
	if c == ChoseGoOn {
		return l.Say(lang.Of("Verder zonder advies", "Go on without advice"))
	}
	return l.Say(lang.Of("Stoppen en advies vragen", "Stop and take advice"))
}

// said is what the client said in choosing so, word for word as the page puts it.
func (c Course) said(l lang.Lang, read bool) []string {
	if read {
		return []string{l.Say(ReadWords), c.Words(l)}
	}
	return []string{c.Words(l)}
}

// Choose keeps what the client does after the warning: once, and only where the
// policy leaves it to them and the warning was served. To go on they must say
// that they read it.
func (a *Attempt) Choose(now time.Time, p Policy, c Course, read bool) error {
	switch {
	case a.State != Judged || a.Shown.IsZero():
		return fault.New(fault.Conflict, "attempt-not-judged", string(a.ID))
	case a.Outcome == Appropriate || p.AfterFail != GoOn:
		return fault.New(fault.Conflict, "no-choice", string(a.ID))
	case a.Choice != "" && a.Choice != c:
		return fault.New(fault.Conflict, "already-chosen", string(a.ID))
	case c != ChoseStop && c != ChoseGoOn:
		return fault.All("invalid-choice", []fault.Detail{{Pointer: "/keuze", Reason: "invalid-value", Text: "Kies of u stopt of verdergaat."}})
	case c == ChoseGoOn && !read:
		return fault.All("invalid-choice", []fault.Detail{{Pointer: "/gelezen", Reason: "missing", Text: "Bevestig dat u de waarschuwing hebt gelezen. Pas dan kunt u verder zonder advies."}})
	}
	if a.Choice == "" {
		a.Touched = a.At(now)
		a.Choice, a.Chosen = c, a.Touched
	}
	return nil
}

// A Given is one answer, as given at one moment. The latest counts.
type Given struct {
	Question QuestionID `json:"question"`
	Option   OptionID   `json:"option"`
	At       time.Time  `json:"at"`
}

// At returns the moment to write for now: never before what was already written,
// so that a clock that goes back reopens nothing and reorders nothing.
func (a Attempt) At(now time.Time) time.Time {
	if now.Before(a.Touched) {
		return a.Touched
	}
	return now
}

// StateAt returns the state at that moment: what is open past its time has lapsed.
func (a Attempt) StateAt(now time.Time) State {
	now = a.At(now)
	switch {
	case a.State == Ready && now.After(a.LinkUntil), a.State == Begun && now.After(a.OpenUntil):
		return Lapsed
	}
	return a.State
}

// Counts reports whether the attempt counts as taken: question 1 was shown.
func (a Attempt) Counts() bool { return !a.Begun.IsZero() }

// Begin opens the attempt: question 1 is about to be shown. To begin what was
// begun already changes nothing and returns false.
func (a *Attempt) Begin(now time.Time, openFor time.Duration) (began bool, err error) {
	now = a.At(now)
	switch a.StateAt(now) {
	case Begun:
		return false, nil
	case Judged:
		return false, fault.New(fault.Conflict, "attempt-closed", string(a.ID))
	case Lapsed:
		return false, fault.New(fault.Gone, "attempt-lapsed", string(a.ID))
	}
	a.State, a.Begun, a.Touched, a.OpenUntil = Begun, now, now, now.Add(openFor)
	return true, nil
}

// Give checks that the answer belongs to the form and that the attempt is open,
// and returns it as it will be kept.
func (a *Attempt) Give(now time.Time, q QuestionID, o OptionID) (Given, error) {
	if err := a.open(now); err != nil {
		return Given{}, err
	}
	for _, asked := range a.Form {
		if asked.Question != q {
			continue
		}
		for _, option := range asked.Options {
			if option == o {
				a.Touched = a.At(now)
				return Given{q, o, a.Touched}, nil
			}
		}
	}
	return Given{}, fault.All("foreign-option", []fault.Detail{{
		Pointer: "/option", Reason: "foreign-option", Text: "Dit antwoord hoort niet bij deze vraag. Kies een van de antwoorden op de pagina.",
	}})
}

func (a *Attempt) open(now time.Time) error {
	switch a.StateAt(now) {
	case Ready:
		return fault.New(fault.Conflict, "attempt-not-begun", string(a.ID))
	case Judged:
		return fault.New(fault.Conflict, "attempt-closed", string(a.ID))
	case Lapsed:
		return fault.New(fault.Gone, "attempt-lapsed", string(a.ID))
	}
	return nil
}

// Close judges the answers and shuts the attempt. A verdict is given once, so
// that nobody tries answers until they fit; a second time is a Conflict
// "attempt-closed".
func (a *Attempt) Close(now time.Time, test Test, answers map[QuestionID]OptionID) (Verdict, rule.Decision, error) {
	if err := a.open(now); err != nil {
		return Verdict{}, rule.Decision{}, err
	}
	v, d := test.grading().Decide(Sitting{
		Test: sealedTest(a.Test, test), Form: a.Form.Questions(), Answers: answers,
	})
	a.Touched = a.At(now)
	a.State, a.Judged, a.Outcome, a.Points, a.Out = Judged, a.Touched, v.Outcome, v.Points, v.Out
	return v, d, nil
}

// Latest returns of each question the option given last.
func Latest(given []Given) map[QuestionID]OptionID {
	m := map[QuestionID]OptionID{}
	for _, g := range given {
		m[g.Question] = g.Option
	}
	return m
}
