package complaint

import (
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Term is what the firm's procedure promises, in days from receipt.
type Term struct {
	Acknowledge int64 `json:"acknowledge"` // first reply, with what happens next and the dispute body
	Answer      int64 `json:"answer"`      // final reply
	Extended    int64 `json:"extended"`    // final reply at the latest, after a message that asks for patience
}

// Usual are the terms of a procedure that says nothing else: a week, six weeks, and
// ten when the client was told why. After eight weeks without an answer a client may
// go to the dispute body.
var Usual = Term{Acknowledge: 7, Answer: 42, Extended: 70}

// disputeAfter is after how many days without an answer the client may go to the
// dispute body, whatever the procedure says.
const disputeAfter = 56

// ClockIn asks until when a complaint must be answered.
type ClockIn struct {
	Received calendar.Date            `json:"received"`
	Reopened canon.Opt[calendar.Date] `json:"reopened"` // the clock starts anew
	Answered canon.Opt[calendar.Date] `json:"answered"` // first reply since; null: none
	Extended canon.Opt[calendar.Date] `json:"extended"` // the client was told; null: not
	Handled  canon.Opt[calendar.Date] `json:"handled"`  // null: not yet
	Terms    Term                     `json:"terms"`
}

// Check returns what is wrong with the question as a whole.
func (in ClockIn) Check() (faults []fault.Detail) {
	if in.Received.IsZero() {
		faults = append(faults, rule.Missing("/received", "Geef de dag waarop de klacht is ontvangen."))
	}
	if t := in.Terms; t.Acknowledge < 0 || t.Answer < t.Acknowledge || t.Extended < t.Answer || t.Extended > 3660 {
		faults = append(faults, fault.Detail{Pointer: "/terms", Reason: "terms", Text: "Geef termijnen in dagen die niet korter worden: eerste reactie, antwoord, antwoord na uitstel."})
	}
	return faults
}

// ClockOut says what must be done before the end of which day; null: nothing.
type ClockOut struct {
	rule.Why
	Acknowledge canon.Opt[calendar.Date] `json:"acknowledge"`
	Answer      canon.Opt[calendar.Date] `json:"answer"`
	Dispute     canon.Opt[calendar.Date] `json:"dispute"` // from this day the client may go to the dispute body
}

// Clock decides until when a complaint must be answered. The decree names no days:
// article 50 asks for a procedure, and the terms are those that the firm's own
// procedure promises. Days run on through weekends and holidays.
var Clock = rule.New("complaint_clock", 1, []ident.Norm{"bfd:50"}, clock, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"from_receipt":   "De klok loopt vanaf de ontvangst op {start}.",
	"from_reopening": "De klacht is op {start} heropend. De klok loopt vanaf die dag.",
	"acknowledge":    "De klachtenprocedure belooft een eerste reactie binnen {days} dagen: uiterlijk op {day}.",
	"answer":         "De klachtenprocedure belooft een antwoord binnen {days} dagen: uiterlijk op {day}.",
	"extended":       "De klant is op {told} om geduld gevraagd. Dan is het antwoord er uiterlijk na {days} dagen: op {day}.",
	"dispute":        "Is er na {days} dagen geen antwoord, dan kan de klant naar de geschilleninstantie: vanaf {day}.",
	"handled":        "De klacht is op {day} afgehandeld. Er loopt geen termijn meer.",
}))

func clock(in ClockIn) (out ClockOut) {
	none := canon.Null[calendar.Date]()
	out.Acknowledge, out.Answer, out.Dispute = none, none, none
	if in.Handled.Given && !in.Handled.Null {
		out.Say("handled", "bfd:50", "day", in.Handled.V.String())
		return out
	}
	start := in.Received
	if again := in.Reopened; again.Given && !again.Null && again.V.After(start) {
		start = again.V
		out.Say("from_reopening", "bfd:50", "start", start.String())
	} else {
		out.Say("from_receipt", "bfd:50", "start", start.String())
	}
	say := func(code string, days int64, more ...string) canon.Opt[calendar.Date] {
		day := start.AddDays(int(days))
		out.Say(code, "bfd:50", append([]string{"days", strconv.FormatInt(days, 10), "day", day.String()}, more...)...)
		return canon.Some(day)
	}
	if answered := in.Answered; !answered.Given || answered.Null || answered.V.Before(start) {
		out.Acknowledge = say("acknowledge", in.Terms.Acknowledge)
	}
	if told := in.Extended; told.Given && !told.Null && !told.V.Before(start) {
		out.Answer = say("extended", in.Terms.Extended, "told", told.V.String())
	} else {
		out.Answer = say("answer", in.Terms.Answer)
	}
	out.Dispute = say("dispute", disputeAfter)
	return out
}

func opt(d calendar.Date) canon.Opt[calendar.Date] {
	if d.IsZero() {
		return canon.Null[calendar.Date]()
	}
	return canon.Some(d)
}

// Question is what the rule is asked about a complaint under these terms.
func (c Complaint) Question(t Term) ClockIn {
	return ClockIn{
		Received: c.Case.Received, Reopened: opt(c.Reopened), Answered: opt(c.Answered), Extended: opt(c.Extended), Handled: opt(c.Handled), Terms: t,
	}
}

// Dues are what must be done about a complaint, and the reasons of each day. Words
// that ask nothing are counted and not handled.
func (c Complaint) Dues(t Term) (dues []casework.Due) {
	if c.Sort == Unease {
		return nil
	}
	in := c.Question(t)
	out := Clock.Ask(in)
	asked := casework.Asked{Rule: "complaint_clock", Version: 1, Given: canon.Must(in)}
	add := func(code, title string, day canon.Opt[calendar.Date]) {
		if day.Given && !day.Null {
			dues = append(dues, casework.Due{Code: code, Title: title, Day: day.V, Norm: "bfd:50", Asked: asked})
		}
	}
	add("bevestigen", "Bevestig de ontvangst en noem de geschilleninstantie", out.Acknowledge)
	add("antwoorden", "Beantwoord de klacht", out.Answer)
	slices.SortStableFunc(dues, func(a, b casework.Due) int { return a.Day.Compare(b.Day) })
	return dues
}
