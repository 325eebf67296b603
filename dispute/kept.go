package dispute

import "zorgplicht/calendar"

// EndedOn is the day from which terms of retention count: that on which the outcome was
// carried out, or made known where nothing had to be done; zero while it runs.
func (d Dispute) EndedOn() calendar.Date {
	switch {
	case d.Case.Open():
		return calendar.Date{}
	case d.Performed.After(d.Ended):
		return d.Performed
	}
	return d.Ended
}

// Emptied is what is left of a dispute once its content was destroyed: its body and
// complaint by id, days, outcome, result and amount, which figures count.
func (d Dispute) Emptied() Dispute {
	d.Reference, d.Complainant, d.About, d.Why = "", "", "", ""
	return d
}

// EndedOn is the day from which terms of retention count: the last of that on which the
// firm left the body, or its recognition was withdrawn, and those on which disputes
// there ended. It is zero while the firm stays or a dispute runs.
func (b Body) EndedOn(disputes []Past) (last calendar.Date) {
	switch {
	case b.Withdrawn != nil:
		last = b.Withdrawn.Day
	case !b.Left.IsZero():
		last = b.Left
	default:
		return last
	}
	for _, p := range disputes {
		if p.Outcome == "" {
			return calendar.Date{}
		}
		if p.Ended.After(last) {
			last = p.Ended
		}
	}
	return last
}

// Emptied is what is left of a body once its content was destroyed: what it is called,
// how it stood with the minister and what was found of it, without its members and
// without a word that somebody wrote.
func (b Body) Emptied() Body {
	b.Site, b.Members, b.Weighing, b.Conditions = "", nil, nil, nil
	if b.Organ != nil {
		o := *b.Organ
		o.Evidence = ""
		b.Organ = &o
	}
	if b.Reading != nil {
		r := *b.Reading
		r.Version, r.Topics = "", map[string]Topic{}
		for letter, t := range b.Reading.Topics {
			r.Topics[letter] = Topic{Held: t.Held}
		}
		b.Reading = &r
	}
	b.Statements = append([]Statement(nil), b.Statements...)
	for i := range b.Statements {
		b.Statements[i].Reference = ""
	}
	return b
}
