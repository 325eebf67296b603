package complaint

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// ProcedureIn asks whether somebody in the firm has the description of how
// complaints are handled.
type ProcedureIn struct {
	Role      *string `json:"role"` // "handles_complaints" (taken when absent), or any other
	Available *bool   `json:"procedure_available"`
}

// ProcedureOut says whether that is as article 50 wants it.
type ProcedureOut struct {
	rule.Why
	Compliant bool      `json:"compliant"`
	Violated  *[]string `json:"violated"`
	Tariff    string    `json:"tariff,omitempty"`
}

// Procedure is the rule on the description of the procedure (article 50): for
// everybody who is involved in handling complaints, and for nobody else.
var Procedure = rule.New("complaint_procedure", 1, []ident.Norm{"bfd:50"}, func(in ProcedureIn) ProcedureOut {
	out := ProcedureOut{Compliant: true}
	switch role := rule.Word(in.Role); {
	case role != "" && role != "handles_complaints":
		out.Say("not_involved", "bfd:50")
	case rule.Fails(in.Available):
		out.Compliant = false
		out.Violated, out.Tariff = broken("bfd:50")
		out.Say("not_available", "bfd:50")
	default:
		out.Say("available", "bfd:50")
	}
	return out
}, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"not_involved":  "Deze persoon is niet betrokken bij de afhandeling van klachten. Voor hem hoeft de beschrijving niet klaar te liggen.",
	"not_available": "De beschrijving van de klachtenprocedure is niet beschikbaar voor iemand die klachten behandelt. Dat moet wel.",
	"available":     "De beschrijving van de klachtenprocedure is beschikbaar voor wie klachten behandelt.",
}))
