package complaint

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// KeepMonths is how long article 52 lets the data of a complaint be kept at least.
const KeepMonths = keepMonths

// Kept is what retention needs to know of a complaint.
type Kept struct {
	ID       casework.ID
	Number   string
	Client   ident.Person
	Sort     Sort
	Received calendar.Date
	Handled  calendar.Date // zero: not yet, or not yet again
	Reopened calendar.Date // the last time; zero never
	Dispute  Dispute
	Gone     bool // its content was destroyed
}

// Ended is the day from which its terms count, the zero day while they do not. A
// complaint that lies at a dispute body has no end before that body has done with it,
// though article 52 would let it go: the firm needs it there. Words that ask nothing
// end on the day they came in.
func (k Kept) Ended() calendar.Date {
	switch d := k.Dispute; {
	case k.Sort == Unease && k.Handled.IsZero():
		return k.Received
	case k.Handled.IsZero(), d.Body != "" && d.Ended.IsZero():
		return calendar.Date{}
	case d.Ended.After(k.Handled):
		return d.Ended
	}
	return k.Handled
}

// Law asks until when article 52 wants the record kept. Of words that ask nothing it
// wants nothing: ok is false.
func (k Kept) Law() (through canon.Opt[calendar.Date], d rule.Decision, ok bool) {
	if k.Sort == Unease && k.Handled.IsZero() {
		return through, d, false
	}
	in := RetentionIn{Received: &k.Received, Handled: opt(k.Handled)}
	if !k.Reopened.IsZero() {
		in.HandledAgain = opt(k.Handled)
	}
	if k.Dispute.Body != "" && !k.Dispute.Ended.IsZero() {
		in.DisputeBodyRuling, in.RulingCounts = &k.Dispute.Ended, new(true)
	}
	out, d := ComplaintRetention.Decide(in)
	return out.Through, d, true
}
