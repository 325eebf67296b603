package incident

import "zorgplicht/rule"

// KeepMonths is how long article 11 lets the record of an incident be kept at least.
const KeepMonths = keepMonths

// Keeping is until when article 11 keeps the record, as a decision.
func (i Incident) Keeping() (RecordOut, rule.Decision) { return IncidentRecord.Decide(i.asked()) }

// Emptied is what is left of an incident once its content was destroyed: days, kinds
// and what was judged, which reports count, without a word that anybody wrote.
func (i Incident) Emptied() Incident {
	i.Facts, i.Function, i.Concerns, i.Circle, i.Measures = "", "", "", nil, nil
	if i.Judged != nil {
		j := *i.Judged
		j.By, j.Why = "", ""
		i.Judged = &j
	}
	if i.Told != nil {
		d := *i.Told
		d.By, d.Facts, d.Function, d.Document = "", "", "", ""
		i.Told = &d
	}
	return i
}
