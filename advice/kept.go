package advice

import (
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// KeepMonths is how long article 14 lets an advice file be kept at least.
const KeepMonths = keepMonths

// A Term is what retention needs to know of an advice file.
type Term struct {
	Begins   calendar.Date // the day of the advice, or of a later contract
	Through  calendar.Date // the last day that article 14 asks for; zero where it asks for none
	Norm     ident.Norm
	Decision rule.Decision
}

// TermOf says until when article 14 keeps a file, in the transaction of who asks.
func TermOf(tx Tx, f File) (Term, error) {
	all, err := (&Service{}).exempt(tx, f)
	if err != nil {
		return Term{}, err
	}
	out, d := AdviceRetention.Decide(f.retentionQuestion(all))
	t := Term{Begins: f.Advice.Day, Through: out.Until(), Norm: f.retentionQuestion(all).duty(), Decision: d}
	if f.Outcome.Day.After(t.Begins) {
		t.Begins = f.Outcome.Day
	}
	if proof := out.ShowOwnChoiceThrough; proof != nil && *proof == t.Through && (!out.Required || *proof != out.Last()) {
		t.Norm = "bfd:14:5"
	}
	return t, nil
}
