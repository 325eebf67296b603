package lending

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ChoiceIn asks whether the firm may decide so on an application.
type ChoiceIn struct {
	Decision *string `json:"decision"`     // accept or decline
	Verdict  *string `json:"verdict"`      // of the criteria; absent where they were not asked
	Exempt   *bool   `json:"exempt"`       // article 61(2), or no consumer
	Reason   *bool   `json:"reason_given"` // somebody wrote why
}

// Check refuses words that the rule must choose by and does not know.
func (in ChoiceIn) Check() (wrong []fault.Detail) {
	if d := rule.Word(in.Decision); d != "accept" && d != "decline" {
		wrong = append(wrong, rule.Unknown("/decision", "Kies accept of decline."))
	}
	switch Verdict(rule.Word(in.Verdict)) {
	case "", Fits, Discuss, Refuse, Incomplete:
	default:
		wrong = append(wrong, rule.Unknown("/verdict", "Kies accept, refer, refuse of incomplete."))
	}
	return wrong
}

// ChoiceOut is the answer of ApplicationDecision.
type ChoiceOut struct {
	rule.Why
	Allowed bool `json:"allowed"`
}

// ApplicationDecision decides whether the firm may accept or decline an application
// after what its criteria said. Article 61 asks that they are applied: what they refuse
// is not accepted by hand, an exception belongs in the criteria. What they leave to a
// person, and a refusal of what they accept, asks a written reason. Norms bfd:61:1 and
// bfd:61:2.
var ApplicationDecision = rule.New("application_decision", 1, []ident.Norm{"bfd:61:1", "bfd:61:2"}, choose,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"exempt":     "De criteria van artikel 61 gelden niet voor dit krediet.",
		"not_judged": "De aanvraag is nog niet volledig beoordeeld. Vul aan wat ontbreekt en beoordeel opnieuw.",
		"refused":    "De criteria staan aanvaarden niet toe. Een uitzondering hoort in de criteria zelf.",
		"follows":    "Het besluit volgt de criteria.",
		"no_reason":  "Schrijf op waarom u zo besluit: de criteria laten dit aan u, of u wijkt ervan af.",
		"reasoned":   "Een medewerker besloot en schreef op waarom.",
	}))

func choose(in ChoiceIn) (out ChoiceOut) {
	v, accept := Verdict(rule.Word(in.Verdict)), rule.Word(in.Decision) == "accept"
	exempt := in.Exempt != nil && *in.Exempt
	reasoned := in.Reason != nil && *in.Reason
	switch {
	case exempt && (accept || reasoned):
		out.Allowed = true
		out.Say("exempt", "bfd:61:2")
	case accept && (v == "" || v == Incomplete):
		out.Say("not_judged", "bfd:61:1")
	case accept && v == Refuse:
		out.Say("refused", "bfd:61:1")
	case accept && v == Fits, !accept && v == Refuse:
		out.Allowed = true
		out.Say("follows", "bfd:61:1")
	case !reasoned:
		out.Say("no_reason", "bfd:61:1")
	default:
		out.Allowed = true
		out.Say("reasoned", "bfd:61:1")
	}
	return out
}
