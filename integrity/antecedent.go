package integrity

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// AntecedentIn asks whether a change in what is known of a policy maker was
// reported as it must be. What is absent is not at issue.
type AntecedentIn struct {
	NoticedOn  canon.Opt[calendar.Date] `json:"noticed_on"`  // in the normal course of business; null: not noticed
	ReportedOn canon.Opt[calendar.Date] `json:"reported_on"` // null: not reported
	Medium     *string                  `json:"medium"`
	AsOf       *calendar.Date           `json:"as_of"` // the day of asking: on the day itself a report can still come
}

// Check asks for a medium that is known.
func (in AntecedentIn) Check() []fault.Detail {
	if _, known := law.InWriting(rule.Word(in.Medium)); in.Medium != nil && !known && !in.NoticedOn.Null {
		return []fault.Detail{rule.Unknown("/medium", "Kies hoe de wijziging is gemeld, zoals letter, email of phone.")}
	}
	return nil
}

// AntecedentOut is the answer of AntecedentChange.
type AntecedentOut struct {
	rule.Why
	law.Breach
	InvestigationDuty bool `json:"investigation_duty"` // never: article 9 asks nobody to look for changes
}

// AntecedentChange decides whether a change in the data that matter for the
// reliability of a policy maker was reported without delay (onverwijld: on the
// day it was noticed) and in writing (e-mail counts). Norm bfd:9.
var AntecedentChange = rule.New("antecedent_change", 1, []ident.Norm{"bfd:9"},
	antecedentChange, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_investigation": "Er is geen plicht om naar wijzigingen te zoeken. Alleen wat in de normale bedrijfsvoering blijkt, moet worden gemeld.",
		"not_noticed":      "De wijziging is niet opgemerkt. Er hoeft dan niets te worden gemeld.",
		"duty":             "De wijziging moet onverwijld en schriftelijk aan de toezichthouder worden gemeld. Onverwijld is hier gelezen als op de dag waarop zij is opgemerkt.",
		"not_reported":     "De wijziging is opgemerkt maar niet gemeld.",
		"reported_late":    "De wijziging is op {noticed} opgemerkt en pas op {reported} gemeld. Dat is niet onverwijld.",
		"not_in_writing":   "De wijziging is niet schriftelijk gemeld. Meld haar per brief of e-mail.",
		"still_open":       "De wijziging is nog niet gemeld. Dat kan vandaag nog op tijd.",
		"reported_well":    "Er is niet gebleken dat de melding te laat of in de verkeerde vorm is gedaan.",
	}))

func antecedentChange(in AntecedentIn) AntecedentOut {
	var out AntecedentOut
	out.Say("no_investigation", "bfd:9")
	if in.NoticedOn.Null {
		out.Breach = law.Held()
		out.Say("not_noticed", "bfd:9")
		return out
	}
	out.Say("duty", "bfd:9")
	wrong := out.late(in)
	if in.Medium != nil {
		if inWriting, _ := law.InWriting(*in.Medium); !inWriting {
			wrong = true
			out.Say("not_in_writing", "bfd:9")
		}
	}
	if wrong {
		out.Breach = law.Held("bfd:9")
		return out
	}
	out.Breach = law.Held()
	out.Say("reported_well", "bfd:9")
	return out
}

// late reports whether the report came after the day, or not at all. Where that
// day is not given nothing is late.
func (out *AntecedentOut) late(in AntecedentIn) bool {
	if !in.NoticedOn.Given {
		return false
	}
	overdue := law.Overdue(in.NoticedOn.V, in.ReportedOn, in.AsOf)
	switch {
	case overdue && in.ReportedOn.Null:
		out.Say("not_reported", "bfd:9")
	case overdue:
		out.Say("reported_late", "bfd:9", "noticed", in.NoticedOn.V.String(), "reported", in.ReportedOn.V.String())
	case in.ReportedOn.Null:
		out.Say("still_open", "bfd:9")
	}
	return overdue
}
