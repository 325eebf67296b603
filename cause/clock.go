package cause

import (
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// decideWithin is within how many days after a root cause was found, or a measure
// turned out not to work, the firm decides what it does.
const decideWithin = 28

// StepIn is a measure as the clock knows it. Null is not yet.
type StepIn struct {
	By      calendar.Date            `json:"by"` // as agreed when it was decided on
	Done    canon.Opt[calendar.Date] `json:"done"`
	CheckOn canon.Opt[calendar.Date] `json:"check_on"` // as agreed when it was carried out
	Checked canon.Opt[calendar.Date] `json:"checked"`
	Works   *bool                    `json:"works"` // as it was checked; in part is not
}

// ClockIn asks what must be done about a root cause, and before the end of which day.
type ClockIn struct {
	Found    calendar.Date            `json:"found"`
	Measures []StepIn                 `json:"measures"` // in the order in which they were decided on
	NoNeed   *bool                    `json:"no_need"`  // what was decided last is that no measure is needed
	Ended    canon.Opt[calendar.Date] `json:"ended"`    // null: not yet
	Decide   int64                    `json:"decide"`   // days within which a measure is decided on
}

// Check returns what is wrong with the question as a whole.
func (in ClockIn) Check() (faults []fault.Detail) {
	if in.Found.IsZero() {
		faults = append(faults, rule.Missing("/found", "Geef de dag waarop de oorzaak is gevonden."))
	}
	if in.Decide < 0 || in.Decide > 3660 {
		faults = append(faults, fault.Detail{Pointer: "/decide", Reason: "terms", Text: "Geef de termijn in hele dagen, van 0 tot en met 3660."})
	}
	for n, m := range in.Measures {
		at := "/measures/" + strconv.Itoa(n)
		if m.By.IsZero() {
			faults = append(faults, rule.Missing(at+"/by", "Geef de dag waarop de maatregel moet zijn uitgevoerd."))
		}
		if is(m.Done) && !is(m.CheckOn) {
			faults = append(faults, rule.Missing(at+"/check_on", "Geef de dag waarop wordt bekeken of de maatregel werkt."))
		}
		if is(m.Checked) && m.Works == nil {
			faults = append(faults, rule.Missing(at+"/works", "Geef of de maatregel werkt."))
		}
	}
	return faults
}

// StepOut says what must be done about a measure; null: nothing.
type StepOut struct {
	Do    canon.Opt[calendar.Date] `json:"do"`
	Check canon.Opt[calendar.Date] `json:"check"`
}

// ClockOut says what must be done before the end of which day; null: nothing.
type ClockOut struct {
	rule.Why
	Decide   canon.Opt[calendar.Date] `json:"decide"`
	Measures []StepOut                `json:"measures"` // in the order of the question
}

// Clock decides until when a measure about a root cause must be decided on, carried
// out, and looked at. A measure that does not work, or in part, asks for a new one. No
// source names days: they are those that the firm agrees on.
var Clock = rule.New("root_cause_clock", 1, []ident.Norm{"afm:pri:3"}, clock, rule.Texts(map[string]string{
	"decide":   "De oorzaak is op {from} gevonden. Binnen {days} dagen is besloten wat eraan wordt gedaan: uiterlijk op {day}.",
	"again":    "Op {from} bleek dat een maatregel niet of maar voor een deel werkt. Binnen {days} dagen is een nieuwe gekozen: uiterlijk op {day}.",
	"do":       "Afgesproken is dat de maatregel uiterlijk op {day} is uitgevoerd.",
	"check":    "De maatregel is op {from} uitgevoerd. Afgesproken is dat uiterlijk op {day} is bekeken of zij werkt.",
	"works":    "Op {day} is gebleken dat de maatregel werkt.",
	"no_need":  "Besloten is dat geen maatregel nodig is.",
	"ended":    "De oorzaak is op {day} afgerond. Er loopt geen termijn meer.",
	"own_days": "Geen bron noemt een termijn. De dagen zijn eigen afspraken van de onderneming.",
}))

func is(d canon.Opt[calendar.Date]) bool { return d.Given && !d.Null }

func clock(in ClockIn) (out ClockOut) {
	const norm = "afm:pri:3"
	none := canon.Null[calendar.Date]()
	out.Decide, out.Measures = none, make([]StepOut, len(in.Measures))
	for n := range out.Measures {
		out.Measures[n] = StepOut{none, none}
	}
	if is(in.Ended) {
		out.Say("ended", norm, "day", in.Ended.V.String())
		return out
	}
	code, from, asked, pending := "decide", in.Found, true, false
	for n, m := range in.Measures {
		switch {
		case !is(m.Done):
			out.Measures[n].Do = canon.Some(m.By)
			out.Say("do", norm, "day", m.By.String())
			pending = true
		case !is(m.Checked):
			out.Measures[n].Check = m.CheckOn
			out.Say("check", norm, "from", m.Done.V.String(), "day", m.CheckOn.V.String())
			pending = true
		case rule.Holds(m.Works):
			out.Say("works", norm, "day", m.Checked.V.String())
			asked = false
		default:
			code, from, asked = "again", m.Checked.V, true
		}
	}
	switch {
	case rule.Holds(in.NoNeed):
		out.Say("no_need", norm)
	case asked && !pending:
		by := from.AddDays(int(in.Decide))
		out.Decide = canon.Some(by)
		out.Say(code, norm, "from", from.String(), "days", strconv.FormatInt(in.Decide, 10), "day", by.String())
	}
	out.Say("own_days", norm)
	return out
}

// question is what the clock is asked about the root cause.
func (c Cause) question() ClockIn {
	in := ClockIn{Found: c.Case.Received, Measures: []StepIn{}, NoNeed: new(false), Ended: opt(calendar.Date{}), Decide: decideWithin}
	if !c.Case.Open() {
		in.Ended = opt(calendar.Of(c.Case.Closed))
	}
	for _, m := range c.Measures {
		if in.NoNeed = new(m.Kind == incident.NoMeasure); *in.NoNeed {
			continue
		}
		s := StepIn{By: m.Due, Done: opt(m.Done), CheckOn: opt(m.CheckOn), Checked: opt(m.Checked)}
		if !m.Checked.IsZero() {
			s.Works = new(m.Effect == incident.Works)
		}
		in.Measures = append(in.Measures, s)
	}
	return in
}

// Dues are what must be done about the root cause, each by whoever carries it out.
func (c Cause) Dues() (dues []casework.Due) {
	in := c.question()
	out := Clock.Ask(in)
	asked := casework.Asked{Rule: Clock.Name(), Version: 1, Given: canon.Must(in)}
	add := func(code, title string, on canon.Opt[calendar.Date], who string) {
		if is(on) {
			dues = append(dues, casework.Due{Code: code, Title: title, Day: on.V, Norm: "afm:pri:3", Asked: asked, For: who})
		}
	}
	title := "Besluit wat u aan deze oorzaak doet"
	if len(in.Measures) > 0 {
		title = "Kies een nieuwe maatregel: de vorige werkt niet of maar voor een deel"
	}
	add("besluiten", title, out.Decide, "")
	n := 0
	for _, m := range c.Measures {
		if m.Kind == incident.NoMeasure {
			continue
		}
		add("maatregel:"+m.ID, casework.Short("Voer uit: "+m.What), out.Measures[n].Do, m.Owner)
		add("controle:"+m.ID, casework.Short("Kijk of dit werkt: "+m.What), out.Measures[n].Check, m.Owner)
		n++
	}
	return dues
}
