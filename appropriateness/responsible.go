package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ResponsibleIn asks who answers for the test when clients walk through one
// firm's module on another firm's site. What is absent is not at issue.
type ResponsibleIn struct {
	Site                 *string `json:"site"`                  // whose site the client is on
	Module               *string `json:"module"`                // whose module takes the test; who made it never decides
	IntermediaryMediates *bool   `json:"intermediary_mediates"` // in the product, for this client
	AdviceGiven          *bool   `json:"advice_given"`          // by who mediates or offers
}

// Check asks whether the intermediary mediates where the site does not tell.
func (in ResponsibleIn) Check() []fault.Detail {
	if holds(in.AdviceGiven) || in.IntermediaryMediates != nil {
		return nil
	}
	if site := word0(in.Site); site == "intermediary" || site == "provider" {
		return nil
	}
	return missing("/intermediary_mediates", "Geef aan of de bemiddelaar voor de klant in het product bemiddelt.")
}

// mediates reports whether an intermediary mediates. On an intermediary's own
// site that is taken to be so unless it is said not to be.
func (in ResponsibleIn) mediates() bool {
	return holds(in.IntermediaryMediates) || (in.IntermediaryMediates == nil && word0(in.Site) == "intermediary")
}

// ResponsibleOut is the answer of TestResponsible. Without advice somebody is
// always responsible, for all duties; with advice there is no duty and nobody.
type ResponsibleOut struct {
	rule.Why
	Responsible string   `json:"responsible,omitempty"` // "intermediary" or "provider"
	Duties      []string `json:"duties"`
}

// TestResponsible decides who must take the test and answers for its content.
//
// Norm afm:ket:module: the firm that mediates for the client without advice,
// also when the module is the provider's and when another gave advice before.
// Where nobody mediates the provider offers the product itself, and the duty of
// afm:ket:duty is the provider's.
var TestResponsible = rule.New("test_responsible", 1,
	[]ident.Norm{"afm:ket:module", "afm:ket:duty", "wft:4:24:1", "bgfo:80e:1"},
	responsible, rule.Texts(map[string]string{
		"advice_given":           "De klant krijgt advies over dit product. De toets is alleen verplicht als er niet wordt geadviseerd: niemand hoeft hem af te nemen.",
		"intermediary_mediates":  "De bemiddelaar bemiddelt zonder advies. Daarom moet de bemiddelaar de toets afnemen en is hij ook verantwoordelijk voor de inhoud.",
		"module_does_not_matter": "Dat de module van een ander is, maakt geen verschil: de verantwoordelijkheid gaat niet mee met de module.",
		"provider_offers":        "De bemiddelaar bemiddelt niet. De aanbieder biedt het product zelf zonder advies aan en is daarom verantwoordelijk voor de afname en de inhoud van de toets.",
	}))

func responsible(in ResponsibleIn) ResponsibleOut {
	if holds(in.AdviceGiven) {
		return ResponsibleOut{Duties: []string{}, Why: because(reason("advice_given", "afm:ket:duty"))}
	}
	duties := []string{"taking the test", "content"}
	if !in.mediates() {
		return ResponsibleOut{Responsible: "provider", Duties: duties, Why: because(reason("provider_offers", "afm:ket:duty"))}
	}
	out := ResponsibleOut{Responsible: "intermediary", Duties: duties, Why: because(reason("intermediary_mediates", "afm:ket:module"))}
	if module := word0(in.Module); module != "" && module != "intermediary" {
		out.Why.Because = append(out.Why.Because, reason("module_does_not_matter", "afm:ket:module", "module", module))
	}
	return out
}
