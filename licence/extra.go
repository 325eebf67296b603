package licence

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// ExtraIn asks what else the register holds of this kind of provider. What is
// absent is not at issue.
type ExtraIn struct {
	Type              *string `json:"type"`                // such as "bank", "insurance_intermediary", "agent", "sub_agent", "tied_intermediary"
	EntitledToMediate *bool   `json:"entitled_to_mediate"` // in insurance, as a bank is by law
	ActuallyMediates  *bool   `json:"actually_mediates"`   // in insurance
	OwnPolicyMakers   *bool   `json:"own_policy_makers"`   // of a sub-agent list its own policy makers, not those of the agent
}

// ExtraOut is the answer of RegisterExtraFields.
type ExtraOut struct {
	rule.Why
	PolicyMakersListed *bool    `json:"policy_makers_listed"` // absent of a tied intermediary that is not said to mediate in insurance
	MemberStatesListed *bool    `json:"member_states_listed"`
	InsurerListed      *bool    `json:"insurer_listed"`             // the insurer for whom a mandate holds
	PolicyMakersOf     string   `json:"policy_makers_of,omitempty"` // "self" or "agent", "" where none are listed
	Required           []string `json:"required,omitempty"`         // what is listed of the providers of a tied intermediary
}

// providerData are the data of article 5(1)(a)-(d) on the providers who answer
// for a tied intermediary. Seat and number are listed here whether or not the
// provider has them: their own conditions stand in 5(1)(c) and (d).
var providerData = []string{"provider_name_address", "provider_legal_form", "provider_seat_names", "provider_coc"}

// RegisterExtraFields decides what article 5(2) adds to the entry.
//
// To be entitled to mediate in insurance is not to be an intermediary: of a bank
// the states and names are listed only once it really mediates (note to 5).
var RegisterExtraFields = rule.New("register_extra_fields", 1,
	[]ident.Norm{"bfd:5:2:a", "bfd:5:2:b", "bfd:5:2:c"},
	extraFields, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"mediates":            "De dienstverlener bemiddelt in verzekeringen. Het register noemt de lidstaten waarin hij dat mag en de mensen die zijn beleid bepalen.",
		"entitled_only":       "De dienstverlener mag in verzekeringen bemiddelen, maar doet dat niet. Volgens de toelichting gelden de extra gegevens pas als hij daadwerkelijk bemiddelt.",
		"does_not_mediate":    "Niet gezegd is dat de dienstverlener in verzekeringen bemiddelt. De lidstaten en beleidsbepalers van onderdeel a staan dan niet in het register.",
		"not_entitled":        "De dienstverlener bemiddelt zonder daartoe bevoegd te zijn. Er is dus geen lidstaat om te noemen: zoek eerst uit of de vergunning in orde is.",
		"mandate":             "De dienstverlener heeft een volmacht of ondervolmacht. Het register noemt de verzekeraar en de mensen die het beleid van de gevolmachtigde agent bepalen.",
		"sub_agent_reading":   "Van een ondergevolmachtigde agent noemt de tekst de beleidsbepalers van de gevolmachtigde agent, niet die van hemzelf. Zo is hij hier gelezen; met own_policy_makers kiest u de andere lezing.",
		"sub_agent_own":       "Gekozen is voor de lezing waarin het register de beleidsbepalers van de ondergevolmachtigde agent zelf noemt. De tekst noemt die van de gevolmachtigde agent.",
		"tied_intermediary":   "De bemiddelaar is verbonden. Het register noemt naam en adres, rechtsvorm, zetel en namen, en het nummer van de Kamer van Koophandel van de aanbieders die voor hem verantwoordelijk zijn.",
		"provider_conditions": "Zetel, namen en nummer gelden alleen voor een aanbieder die rechtspersoon is of in het handelsregister staat. Zij staan hier in de lijst, ook als dat niet is opgegeven.",
	}))

func extraFields(in ExtraIn) ExtraOut {
	var out ExtraOut
	kind := rule.Word(in.Type)
	mediates := rule.Holds(in.ActuallyMediates) || (in.ActuallyMediates == nil && kind == "insurance_intermediary")
	agent := kind == "agent" || kind == "sub_agent"
	if kind == "tied_intermediary" {
		out.Required = slices.Clone(providerData)
		out.Say("tied_intermediary", "bfd:5:2:c")
		out.Say("provider_conditions", "bfd:5:2:c")
		if in.ActuallyMediates == nil {
			return out
		}
	}
	out.MemberStatesListed, out.PolicyMakersListed = new(mediates), new(mediates || agent)
	if mediates {
		out.PolicyMakersOf = "self"
	}
	out.mediation(in, mediates)
	if agent {
		out.mandate(in, kind)
	}
	return out
}

func (out *ExtraOut) mediation(in ExtraIn, mediates bool) {
	switch {
	case mediates && rule.Fails(in.EntitledToMediate):
		out.Say("mediates", "bfd:5:2:a")
		out.Say("not_entitled", "bfd:5:2:a")
	case mediates:
		out.Say("mediates", "bfd:5:2:a")
	case rule.Holds(in.EntitledToMediate):
		out.Say("entitled_only", "bfd:5:2:a")
	default:
		out.Say("does_not_mediate", "bfd:5:2:a")
	}
}

func (out *ExtraOut) mandate(in ExtraIn, kind string) {
	out.InsurerListed = new(true)
	out.Say("mandate", "bfd:5:2:b")
	switch {
	case kind == "sub_agent" && rule.Holds(in.OwnPolicyMakers):
		out.PolicyMakersOf = "self"
		out.Say("sub_agent_own", "bfd:5:2:b")
	case kind == "sub_agent":
		out.PolicyMakersOf = "agent"
		out.Say("sub_agent_reading", "bfd:5:2:b")
	default:
		out.PolicyMakersOf = "self"
	}
}
