package incident

import (
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Term is what the firm's policy on incidents promises, in days.
type Term struct {
	Record int64 `json:"record"` // from noticing: the record is whole
	Judge  int64 `json:"judge"`  // from noticing: whether the supervisor must be told is decided
	Notify int64 `json:"notify"` // from that decision: the supervisor is told
	Check  int64 `json:"check"`  // from carrying a measure out: whether it works is looked at
}

// Usual are the terms while the firm has no policy of its own.
var Usual = Term{Record: 7, Judge: 2, Notify: 1, Check: 90}

func (t Term) wrong() bool {
	for _, n := range []int64{t.Record, t.Judge, t.Notify, t.Check} {
		if n < 0 || n > 3660 {
			return true
		}
	}
	return false
}

func (t Term) check() []fault.Detail {
	if !t.wrong() {
		return nil
	}
	return []fault.Detail{{Pointer: "/terms", Reason: "terms", Text: "Geef elke termijn in hele dagen, van 0 tot en met 3660."}}
}

// ClockIn asks what must be done about an incident, and before the end of which day.
type ClockIn struct {
	Noticed  calendar.Date            `json:"noticed"`
	Recorded *bool                    `json:"recorded"` // the record holds all that article 11 asks
	Judged   canon.Opt[calendar.Date] `json:"judged"`   // whether the supervisor must be told; null: not yet
	InScope  *bool                    `json:"in_scope"` // of article 10, as it was judged
	Notify   *bool                    `json:"notify"`   // must be told, as it was judged
	Notified canon.Opt[calendar.Date] `json:"notified"` // null: not yet
	Ended    canon.Opt[calendar.Date] `json:"ended"`    // the handling; null: not yet
	Terms    Term                     `json:"terms"`
}

// Check returns what is wrong with the question as a whole.
func (in ClockIn) Check() (faults []fault.Detail) {
	if in.Noticed.IsZero() {
		faults = append(faults, rule.Missing("/noticed", "Geef de dag waarop het incident is opgemerkt."))
	}
	return append(faults, in.Terms.check()...)
}

// ClockOut says what must be done before the end of which day; null: nothing.
type ClockOut struct {
	rule.Why
	Record canon.Opt[calendar.Date] `json:"record"`
	Judge  canon.Opt[calendar.Date] `json:"judge"`
	Notify canon.Opt[calendar.Date] `json:"notify"`
}

// Clock decides until when an incident must be recorded, judged and told. Articles 11
// and 12 name no days: article 10 asks for a policy, and the terms are those that the
// firm's own policy promises. Days run on through weekends and holidays.
var Clock = rule.New("incident_clock", 1, []ident.Norm{"bfd:10", "bfd:11", "bfd:12:1"}, clock, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"record":    "Het incident is op {from} opgemerkt. Het beleid belooft een volledige vastlegging binnen {days} dagen: uiterlijk op {day}.",
	"judge":     "Het incident is op {from} opgemerkt. Het beleid belooft binnen {days} dagen een besluit over melden: uiterlijk op {day}.",
	"notify":    "Op {from} is besloten dat het incident moet worden gemeld. Het beleid belooft de melding binnen {days} dagen: uiterlijk op {day}.",
	"no_days":   "De artikelen 11 en 12 noemen geen termijn. De dagen zijn die van het beleid van de onderneming.",
	"outside":   "Het incident valt niet onder artikel 10. Er loopt geen termijn.",
	"ended":     "Het incident is op {day} afgerond. Er loopt geen termijn meer.",
	"told":      "De toezichthouder is op {day} geïnformeerd.",
	"not_asked": "Het incident hoeft niet te worden gemeld.",
}))

func clock(in ClockIn) (out ClockOut) {
	none := canon.Null[calendar.Date]()
	out.Record, out.Judge, out.Notify = none, none, none
	if is(in.Ended) {
		out.Say("ended", "bfd:10", "day", in.Ended.V.String())
		return out
	}
	if rule.Fails(in.InScope) {
		out.Say("outside", "bfd:10")
		return out
	}
	from := func(code string, norm ident.Norm, from calendar.Date, days int64) canon.Opt[calendar.Date] {
		day := from.AddDays(int(days))
		out.Say(code, norm, "from", from.String(), "days", strconv.FormatInt(days, 10), "day", day.String())
		return canon.Some(day)
	}
	if !rule.Holds(in.Recorded) {
		out.Record = from("record", "bfd:11", in.Noticed, in.Terms.Record)
	}
	switch {
	case !is(in.Judged):
		out.Judge = from("judge", "bfd:12:1", in.Noticed, in.Terms.Judge)
	case is(in.Notified):
		out.Say("told", "bfd:12:1", "day", in.Notified.V.String())
	case rule.Holds(in.Notify):
		out.Notify = from("notify", "bfd:12:1", in.Judged.V, in.Terms.Notify)
	default:
		out.Say("not_asked", "bfd:12:1")
	}
	out.Say("no_days", "bfd:10")
	return out
}

func is(d canon.Opt[calendar.Date]) bool { return d.Given && !d.Null }

func opt(d calendar.Date) canon.Opt[calendar.Date] {
	if d.IsZero() {
		return canon.Null[calendar.Date]()
	}
	return canon.Some(d)
}

// MeasureIn asks until when a measure must be carried out, and its effect looked at.
type MeasureIn struct {
	By         calendar.Date            `json:"by"`      // as agreed when it was decided on
	Done       canon.Opt[calendar.Date] `json:"done"`    // null: not yet
	Checked    canon.Opt[calendar.Date] `json:"checked"` // null: not yet
	CheckAfter int64                    `json:"check_after"`
}

// Check returns what is wrong with the question as a whole.
func (in MeasureIn) Check() (faults []fault.Detail) {
	if in.By.IsZero() {
		faults = append(faults, rule.Missing("/by", "Geef de dag waarop de maatregel moet zijn uitgevoerd."))
	}
	return append(faults, Term{Check: in.CheckAfter}.check()...)
}

// MeasureOut says what must be done before the end of which day; null: nothing.
type MeasureOut struct {
	rule.Why
	Do    canon.Opt[calendar.Date] `json:"do"`
	Check canon.Opt[calendar.Date] `json:"check"`
}

// MeasureClock decides until when a measure after an incident must be carried out and
// its effect looked at. The note to article 10 wants incidents to lead to measures
// that correct; whether they do shows only afterwards.
var MeasureClock = rule.New("incident_measure", 1, []ident.Norm{"bfd:10"}, measureClock, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"do":      "Afgesproken is dat de maatregel uiterlijk op {day} is uitgevoerd.",
	"check":   "De maatregel is op {from} uitgevoerd. Het beleid belooft dat na {days} dagen is bekeken of zij werkt: uiterlijk op {day}.",
	"checked": "Op {day} is bekeken of de maatregel werkt. Er loopt geen termijn meer.",
}))

func measureClock(in MeasureIn) (out MeasureOut) {
	none := canon.Null[calendar.Date]()
	out.Do, out.Check = none, none
	switch {
	case is(in.Checked):
		out.Say("checked", "bfd:10", "day", in.Checked.V.String())
	case is(in.Done):
		day := in.Done.V.AddDays(int(in.CheckAfter))
		out.Check = canon.Some(day)
		out.Say("check", "bfd:10", "from", in.Done.V.String(), "days", strconv.FormatInt(in.CheckAfter, 10), "day", day.String())
	default:
		out.Do = canon.Some(in.By)
		out.Say("do", "bfd:10", "day", in.By.String())
	}
	return out
}
