package competence

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// MinisterIn asks whether the minister set terms for exams (toetstermen) or for
// permanent education as article 19 wants it. Only what is given is answered.
type MinisterIn struct {
	Terms        *string              `json:"terms"` // "exam" or "pe"
	Regulation   *bool                `json:"regulation_published"`
	Developments *bool                `json:"developments"` // on the markets or in the rules, that give cause for new terms
	PETerms      canon.Opt[canon.Raw] `json:"pe_terms"`     // null: none were set
	Consultation *bool                `json:"consultation"`
	ExamOn       *calendar.Date       `json:"exam_published"`
	PEOn         *calendar.Date       `json:"pe_published"` // of the terms for the same year
}

// MinisterOut says whether terms have their basis, whether a duty to set them was
// breached, and whether the way to them was as it should be.
type MinisterOut struct {
	rule.Why
	ValidBasis *bool     `json:"valid_basis"`
	Breached   *bool     `json:"duty_breached"`
	Compliant  *bool     `json:"compliant"`
	Violated   *[]string `json:"violated"`
}

func minister(in MinisterIn) (out MinisterOut) {
	if in.Regulation != nil {
		norm := ident.Norm("bfd:19:1")
		if rule.Word(in.Terms) == "pe" {
			norm = "bfd:19:2"
		}
		out.ValidBasis = in.Regulation
		out.Say(choose(*in.Regulation, "by_regulation", "no_regulation"), norm)
	}
	if in.Developments != nil || in.PETerms.Given {
		out.Breached = new(rule.Holds(in.Developments) && in.PETerms.Null)
		switch {
		case *out.Breached:
			out.Say("terms_lacking", "bfd:19:2")
		case rule.Holds(in.Developments):
			out.Say("terms_set", "bfd:19:2")
		default:
			out.Say("no_cause", "bfd:19:2")
		}
	}
	if in.Consultation == nil && (in.ExamOn == nil || in.PEOn == nil) {
		if len(out.Because) == 0 {
			out.Say("nothing_given", "bfd:19:1")
		}
		return out
	}
	violated := []string{}
	if in.Consultation != nil {
		out.Say(choose(*in.Consultation, "consulted", "not_consulted"), "bfd:19:3")
		if !*in.Consultation {
			violated = append(violated, "bfd:19:3")
		}
	}
	if in.ExamOn != nil && in.PEOn != nil {
		together := in.ExamOn.Compare(*in.PEOn) == 0
		out.Say(choose(together, "same_day", "other_day"), "bfd:19:4", "exam", in.ExamOn.String(), "pe", in.PEOn.String())
		if !together {
			violated = append(violated, "bfd:19:4")
		}
	}
	out.Compliant = new(len(violated) == 0)
	if len(violated) > 0 {
		out.Violated = &violated
	}
	return out
}

func choose(holds bool, yes, no string) string {
	if holds {
		return yes
	}
	return no
}

// MinisterRule is the rule on how the minister sets terms (article 19).
var MinisterRule = rule.New("minister_rule", 1, []ident.Norm{"bfd:19:1", "bfd:19:2", "bfd:19:3", "bfd:19:4"}, minister,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"by_regulation": "De toetstermen staan in een gepubliceerde ministeriële regeling. Dat is de vorm die het artikel vraagt.",
		"no_regulation": "De toetstermen staan niet in een gepubliceerde ministeriële regeling. Dan hebben ze geen geldige basis.",
		"terms_lacking": "Ontwikkelingen geven aanleiding tot toetstermen voor permanente educatie, maar die zijn niet vastgesteld.",
		"terms_set":     "Er zijn ontwikkelingen, en dat toetstermen voor permanente educatie ontbreken, is niet gegeven.",
		"no_cause":      "Zonder ontwikkelingen die daar aanleiding toe geven, hoeven er geen toetstermen voor permanente educatie te komen. Het is geen periodieke plicht.",
		"consulted":     "Belanghebbenden konden vooraf reageren.",
		"not_consulted": "Belanghebbenden konden niet vooraf reageren. Dat moet wel.",
		"same_day":      "De toetstermen voor examens en die voor permanente educatie zijn op dezelfde dag openbaar gemaakt ({exam}).",
		"other_day":     "De toetstermen voor examens zijn openbaar gemaakt op {exam} en die voor permanente educatie op {pe}. Dat moet gelijktijdig.",
		"nothing_given": "Er is niets gegeven waarover artikel 19 iets zegt.",
	}))
