package complaint

import (
	"maps"
	"slices"

	"zorgplicht/rule"
)

// ConductIn describes a dispute body as BodyIn does, and what it does with its rules.
type ConductIn struct {
	BodyIn
	Rules     *bool `json:"has_rules"`             // it has rules (reglement) at all
	Keeps     *bool `json:"acts_by_rules"`         // and acts by them
	Hears     *bool `json:"short_procedure_hears"` // in a short procedure each side is heard once at least
	Available *bool `json:"rules_available"`       // for whoever asks
}

// conduct holds what the body does with its rules against article 55(1): it has them,
// acts by them, and hears both sides in a short procedure too (note to 55(1)(i)).
func (f *finding) conduct(in ConductIn) {
	if rule.Fails(in.Rules) {
		f.breach("bfd:55:1", "no_rules")
	}
	if rule.Fails(in.Keeps) {
		f.breach("bfd:55:1", "rules_not_kept")
	}
	if rule.Fails(in.Hears) {
		f.breach("bfd:55:1:i", "not_heard")
	}
}

// available holds how its rules are to be had against article 55(2).
func (f *finding) available(in ConductIn) {
	if rule.Fails(in.Available) {
		f.breach("bfd:55:2", "rules_not_at_hand")
	}
}

// DisputeBody is the rule on what a dispute body must be and do (articles 54 to 58).
var DisputeBody = rule.New("dispute_body", 2, append(slices.Clone(DisputeBody1.Norms()), "bfd:55:1:i"), body, rule.Profile(rule.Bfd2005), rule.Texts(conductTexts()))

func conductTexts() map[string]string {
	texts := maps.Clone(bodyTexts)
	texts["no_rules"] = "De instantie heeft geen reglement voor de behandeling van geschillen."
	texts["rules_not_kept"] = "De instantie handelt niet naar haar reglement. Om die reden kan een erkenning worden ingetrokken (toelichting)."
	texts["not_heard"] = "In een verkorte procedure of bij een voorlopig oordeel kunnen partijen hun standpunt niet ten minste één keer geven. Dat moet wel (toelichting)."
	texts["rules_not_at_hand"] = "De instantie houdt haar reglement niet beschikbaar voor iedere belanghebbende."
	return texts
}
