package complaint

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// keepMonths is how long the data of a complaint are kept after it was handled.
const keepMonths = 12

// RetentionIn asks until when the data of a complaint must be kept. What is absent
// is not at issue.
type RetentionIn struct {
	Received          *calendar.Date           `json:"received"`
	Handled           canon.Opt[calendar.Date] `json:"handled"`             // by the provider itself; null: not yet
	HandledAgain      canon.Opt[calendar.Date] `json:"handled_again"`       // after it was taken up anew; null: not yet again
	DisputeBodyRuling *calendar.Date           `json:"dispute_body_ruling"` // starts no term
	RulingCounts      *bool                    `json:"ruling_counts"`       // choice: keep it as long after the ruling too
}

// RetentionOut is the answer of ComplaintRetention.
type RetentionOut struct {
	rule.Why
	law.Keeping
}

// ComplaintRetention decides until when the record of a complaint is kept: one
// year after the provider handled it. Norm bfd:52.
//
// What a dispute body does with it later is no part of the handling (note to 51).
// A complaint that is taken up anew is handled anew.
var ComplaintRetention = rule.New("complaint_retention", 1, []ident.Norm{"bfd:51", "bfd:52"},
	complaintRetention, rule.Profile(rule.Bfd2005), rule.Texts(retentionTexts))

var retentionTexts = map[string]string{
	"not_handled":      "De klacht is nog niet afgehandeld. De termijn van één jaar is nog niet begonnen, en de gegevens moeten bewaard blijven.",
	"handling_unknown": "Over de afhandeling is niets opgegeven. Aangenomen is dat de klacht nog niet is afgehandeld.",
	"one_year":         "De klacht is op {handled} door de dienstverlener afgehandeld. De gegevens moeten ten minste één jaar blijven: tot en met {through}.",
	"handled_again":    "De klacht is na de eerste afhandeling weer opgepakt. De termijn loopt vanaf de laatste afhandeling.",
	"ruling_no_start":  "De uitspraak van de geschilleninstantie begint geen termijn. Artikel 52 telt vanaf de afhandeling door de dienstverlener zelf.",
	"ruling_counts":    "Gekozen is om de gegevens ook na de uitspraak van de geschilleninstantie een jaar te houden. Artikel 52 vraagt dat niet.",
	"receipt_no_start": "De dag van ontvangst begint geen termijn.",
}

func complaintRetention(in RetentionIn) RetentionOut {
	var out RetentionOut
	handled := in.Handled
	if in.HandledAgain.Given {
		handled = in.HandledAgain
	}
	switch {
	case !handled.Given:
		out.Keeping = law.KeptOpen()
		out.Say("handling_unknown", "bfd:52")
	case handled.Null:
		out.Keeping = law.KeptOpen()
		out.Say("not_handled", "bfd:52")
	default:
		out.Keeping = law.KeptFor(handled.V, keepMonths)
		if r := in.DisputeBodyRuling; r != nil && rule.Holds(in.RulingCounts) && r.After(handled.V) {
			out.Keeping = law.KeptFor(*r, keepMonths)
		}
		out.Say("one_year", "bfd:52", "handled", handled.V.String(), "through", out.Last().String())
	}
	if in.HandledAgain.Given {
		out.Say("handled_again", "bfd:52")
	}
	switch {
	case in.DisputeBodyRuling == nil:
	case rule.Holds(in.RulingCounts):
		out.Say("ruling_counts", "bfd:52")
	default:
		out.Say("ruling_no_start", "bfd:51")
	}
	if in.Received != nil {
		out.Say("receipt_no_start", "bfd:52")
	}
	return out
}

// DeletionIn asks whether the data of a complaint were deleted too early.
type DeletionIn struct {
	RetentionIn
	DeletedOn canon.Opt[calendar.Date] `json:"deleted_on"` // null: not deleted
}

// DeletionOut is the answer of ComplaintDeletion.
type DeletionOut struct {
	RetentionOut
	law.Breach
}

// ComplaintDeletion decides whether the data of a complaint were deleted before
// their term was over: on the last day they must still be there. It asks the same
// as ComplaintRetention.
var ComplaintDeletion = rule.New("complaint_deletion", 1, []ident.Norm{"bfd:51", "bfd:52"},
	complaintDeletion, rule.Profile(rule.Bfd2005), rule.Texts(deletionTexts()))

func deletionTexts() map[string]string {
	texts := map[string]string{
		"not_deleted":     "De gegevens zijn niet verwijderd.",
		"deleted_early":   "De gegevens zijn op {deleted} verwijderd. Dat is te vroeg: op de laatste dag moeten zij er nog zijn.",
		"deleted_in_time": "De gegevens zijn op {deleted} verwijderd. Toen hoefden zij niet meer te worden bewaard.",
		"end_not_told":    "Over de afhandeling is niets opgegeven. Het verwijderen is daarom niet beoordeeld.",
	}
	for code, text := range retentionTexts {
		texts[code] = text
	}
	return texts
}

func complaintDeletion(in DeletionIn) DeletionOut {
	out := DeletionOut{RetentionOut: complaintRetention(in.RetentionIn)}
	switch deleted := in.DeletedOn; {
	case !deleted.Given || deleted.Null:
		out.Say("not_deleted", "bfd:52")
	case !in.Handled.Given && !in.HandledAgain.Given:
		out.Say("end_not_told", "bfd:52")
	case out.Forbids(deleted.V):
		out.Say("deleted_early", "bfd:52", "deleted", deleted.V.String())
		out.Breach = law.Held("bfd:52")
		return out
	default:
		out.Say("deleted_in_time", "bfd:52", "deleted", deleted.V.String())
	}
	out.Breach = law.Held()
	return out
}
