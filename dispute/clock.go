package dispute

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ClockIn asks what the firm must do in a dispute, and before when. Null is not
// asked, not given or not done.
type ClockIn struct {
	AnswerBy  canon.Opt[calendar.Date] `json:"answer_by"` // the last day that the body gave
	Answered  canon.Opt[calendar.Date] `json:"answered"`
	Ended     canon.Opt[calendar.Date] `json:"ended"` // the outcome was made known
	PerformBy canon.Opt[calendar.Date] `json:"perform_by"`
	Performed canon.Opt[calendar.Date] `json:"performed"`
}

// Check refuses a day of performing without an outcome.
func (in ClockIn) Check() []fault.Detail {
	if set(in.PerformBy) && !set(in.Ended) {
		return []fault.Detail{rule.Missing("/ended", "Geef de dag waarop de uitkomst is meegedeeld.")}
	}
	return nil
}

// ClockOut says what must be done before the end of which day; null: nothing.
type ClockOut struct {
	rule.Why
	Answer  canon.Opt[calendar.Date] `json:"answer"`
	Perform canon.Opt[calendar.Date] `json:"perform"`
}

func set(d canon.Opt[calendar.Date]) bool { return d.Given && !d.Null }

// Clock decides what the firm must do in a dispute. The decree gives it no days: the
// body gives a day for the answer, by rules that let both sides speak (article
// 55(1)(e)), and the outcome, or the firm itself, one for what was advised.
var Clock = rule.New("dispute_clock", 1, []ident.Norm{"bfd:55:1:e", "bfd:55:1:o"}, clock, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"answer":    "De geschilleninstantie vroeg uw reactie uiterlijk op {day}. Zij hoort beide partijen.",
	"answered":  "Uw reactie is op {day} gegeven.",
	"not_asked": "De geschilleninstantie heeft nog geen dag genoemd voor uw reactie.",
	"perform":   "De uitkomst is op {from} meegedeeld. Zij moet uiterlijk op {day} zijn uitgevoerd.",
	"performed": "De uitkomst is op {day} uitgevoerd.",
	"ended":     "Het geschil is op {day} geëindigd. Er hoeft niets te worden uitgevoerd.",
}))

func clock(in ClockIn) (out ClockOut) {
	out.Answer, out.Perform = canon.Null[calendar.Date](), canon.Null[calendar.Date]()
	switch {
	case set(in.Ended) && set(in.Performed):
		out.Say("performed", "bfd:55:1:o", "day", in.Performed.V.String())
	case set(in.Ended) && set(in.PerformBy):
		out.Perform = in.PerformBy
		out.Say("perform", "bfd:55:1:o", "from", in.Ended.V.String(), "day", in.PerformBy.V.String())
	case set(in.Ended):
		out.Say("ended", "bfd:55:1:o", "day", in.Ended.V.String())
	case set(in.Answered):
		out.Say("answered", "bfd:55:1:e", "day", in.Answered.V.String())
	case set(in.AnswerBy):
		out.Answer = in.AnswerBy
		out.Say("answer", "bfd:55:1:e", "day", in.AnswerBy.V.String())
	default:
		out.Say("not_asked", "bfd:55:1:e")
	}
	return out
}

// Dues are what must be done in the dispute.
func (d Dispute) Dues() (dues []casework.Due) {
	in := d.question()
	out := Clock.Ask(in)
	asked := casework.Asked{Rule: Clock.Name(), Version: 1, Given: canon.Must(in)}
	if set(out.Answer) {
		dues = append(dues, casework.Due{Code: "reactie", Title: "Geef de geschilleninstantie uw reactie", Day: out.Answer.V, Norm: "bfd:55:1:e", Asked: asked})
	}
	if set(out.Perform) {
		dues = append(dues, casework.Due{Code: "uitvoeren", Title: "Voer de uitkomst van het geschil uit", Day: out.Perform.V, Norm: "bfd:55:1:o", Asked: asked})
	}
	return dues
}

func (d Dispute) question() ClockIn {
	return ClockIn{AnswerBy: opt(d.AnswerBy), Answered: opt(d.Answered), Ended: opt(d.Ended), PerformBy: opt(d.PerformBy), Performed: opt(d.Performed)}
}
