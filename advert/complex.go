package advert

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// later reports whether something is said to come later, and lacks whether it is
// given as not there.
func later(s *rule.Said) bool { return s != nil && s.Word == "later" }

func lacks(s *rule.Said) bool {
	return s != nil && !s.Is && (s.Word == "" || s.Word == "none" || s.Word == "no")
}

// complex answers article 27.
func (out *Out) complex(in In) {
	if rule.Fails(in.About) {
		out.Say("not_about", "bfd:27:1")
		return
	}
	if rule.Fails(in.Leaflet) {
		out.Hold("bfd:27:4", "no_leaflet")
	}
	if slices.Contains(fundManagers, rule.Word(in.Provider)) {
		out.Say("fund", "bfd:2")
		return
	}
	if !in.offer() {
		out.risks(in)
	}
	if in.Returns != nil {
		out.returns(in)
	}
	if rule.Holds(in.Guarantee) {
		out.guarantee(in)
	}
}

// risks holds an advertisement against 27(1) to (3), each with its own medium.
func (out *Out) risks(in In) {
	lid, missing := ident.Norm("bfd:27:1"), rule.Fails(in.RiskText) || rule.Fails(in.RiskIndicator)
	code := "no_risks"
	switch rule.Word(in.Medium) {
	case "tv", "television":
		lid, missing, code = "bfd:27:2", rule.Fails(in.RiskIndicator), "no_indicator"
	case "radio":
		lid, missing, code = "bfd:27:3", rule.Fails(in.Spoken), "not_spoken"
	}
	if missing {
		out.Hold(lid, code)
	}
	if later(in.Risk) {
		out.Hold(lid, "risks_later")
		out.Say("note_risks_later", "bfd:27:6")
	}
	out.otherRisks(in, lid)
}

func (out *Out) otherRisks(in In, lid ident.Norm) {
	if rule.Word(in.Product) == "investment_object" && rule.Fails(in.OtherRisks) {
		out.Hold(lid, "no_other_risks")
	}
}

// returns holds a return that is mentioned against 27(5) and (6).
func (out *Out) returns(in In) {
	if in.broadcast() {
		switch {
		case lacks(in.Costs):
			out.Hold("bfd:27:6", "no_costs")
		case later(in.Costs):
			out.Say("costs_later", "bfd:27:6")
			out.later(in, "bfd:27:6", in.CostsForm)
		}
		return
	}
	if lacks(in.Costs) || later(in.Costs) {
		out.Hold("bfd:27:5", "no_costs")
	}
	if rule.Fails(in.RiskText) || later(in.Risk) {
		out.Hold("bfd:27:5", "returns_without_risks")
	}
	out.otherRisks(in, "bfd:27:5")
}

// guarantee holds a guaranteed return against 27(7): only an advertisement may
// give the conditions later.
func (out *Out) guarantee(in In) {
	switch {
	case lacks(in.GuaranteeTerms):
		out.Hold("bfd:27:7", "no_conditions")
	case later(in.GuaranteeTerms) && in.offer():
		out.Hold("bfd:27:7", "offer_not_later")
	case later(in.GuaranteeTerms):
		out.Say("conditions_later", "bfd:27:7")
		out.later(in, "bfd:27:7", in.LaterForm)
	}
}
