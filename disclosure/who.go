package disclosure

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// WhoIn asks who must give information.
type WhoIn struct {
	Product  *string `json:"product"`
	Channel  *string `json:"channel"`                     // through whom it is offered; "direct" when absent
	Provider *bool   `json:"agreement_provider_delivers"` // the two agreed that the provider does
	Moment   *string `json:"moment"`                      // "during_term", or before the contract
}

var (
	channels = []string{"direct", "intermediary", "authorised_agent", "sub_authorised_agent"}
	moments  = []string{"during_term", "before_contract", "precontract"}
)

const (
	chooseChannel = "Kies direct, intermediary, authorised_agent of sub_authorised_agent."
	chooseMoment  = "Kies during_term of before_contract."
	duringTerm    = "during_term"
)

// A chain is what the article of a product says of who delivers.
type chain struct {
	moves  ident.Norm // the lid that moves the duty along the chain
	agents bool       // it names the (sub-)authorised agents too
	site   ident.Norm // the lid that asks a website of the provider
	term   ident.Norm // the duty during the term
}

var chains = map[kind]chain{
	nonLife:          {moves: "bfd:31:3", agents: true},
	life:             {moves: "bfd:32:4", agents: true, term: "bfd:45:1"},
	unitLinked:       {moves: "bfd:32:4", agents: true, term: "bfd:45:1"},
	funeral:          {moves: "bfd:34:4", agents: true, term: "bfd:46:1"},
	funeralFund:      {moves: "bfd:34:4", agents: true, term: "bfd:46:2"},
	object:           {moves: "bfd:35:2", site: "bfd:35:1", term: "bfd:48:1"},
	credit:           {moves: "bfd:36:2", site: prospectus, term: "bfd:49:1"},
	securitiesCredit: {moves: "bfd:36:2", site: prospectus, term: "bfd:49:1"},
	complexKind:      {moves: "bfd:38:2", agents: true, site: leaflet},
	fundUnit:         {moves: "bfd:38:2", agents: true, site: leaflet},
	ucits:            {moves: "bfd:38:2", agents: true},
}

// Check asks for a product whose article says who delivers.
func (in WhoIn) Check() (wrong []fault.Detail) {
	if in.Product == nil || chains[kindOf(in.Product)] == (chain{}) {
		wrong = wantKind(in.Product, "Kies non_life, life, funeral_in_kind, funeral_fund_formation, investment_object, consumer_credit of complex_product.", nonLife)
	}
	wrong = append(wrong, wantWord("/channel", in.Channel, chooseChannel, channels...)...)
	return append(wrong, wantWord("/moment", in.Moment, chooseMoment, moments...)...)
}

// WhoOut is the answer of WhoDelivers.
type WhoOut struct {
	rule.Why
	By      string `json:"by"`
	Website string `json:"website_duty,omitempty"` // who keeps it on a website, where the article asks one
}

// WhoDelivers decides who gives the information on a product: who stands between
// provider and consumer, unless agreed otherwise, and during the term always the
// provider. Norms bfd:31:3, 32:4, 34:4, 35:2, 36:2, 38:2 and 45:1.
var WhoDelivers = rule.New("who_delivers", 1,
	[]ident.Norm{"bfd:31:3", "bfd:32:4", "bfd:34:4", "bfd:34:5", "bfd:35:1", "bfd:35:2", prospectus, "bfd:36:2", leaflet, "bfd:38:2", "bfd:45:1", "bfd:46:1", "bfd:46:2", "bfd:48:1", "bfd:49:1"},
	whoDelivers, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"provider_in_term": "Gedurende de looptijd geeft de aanbieder de informatie zelf. De regels over tussenpersonen gelden alleen voor de overeenkomst.",
		"direct":           "Er staat niemand tussen aanbieder en consument. De aanbieder geeft de informatie.",
		"agreed":           "Aanbieder en tussenpersoon zijn overeengekomen dat de aanbieder de informatie zelf geeft.",
		"not_named":        "Deze bepaling noemt alleen de bemiddelaar. Bij een (onder)gevolmachtigde agent blijft de plicht bij de aanbieder.",
		"moved":            "De plicht rust op wie het product aan de consument aanbiedt; er is niet anders overeengekomen.",
		"website":          "Wat op een website moet staan, blijft een plicht van de aanbieder, wie het product ook verkoopt (toelichting bij artikel 36).",
		"by_analogy":       "Artikel 34, vierde lid, geldt via het vijfde lid ook voor fondsvorming voor de uitvaart.",
	}))

func whoDelivers(in WhoIn) WhoOut {
	out := WhoOut{By: "provider"}
	c, channel := chains[kindOf(in.Product)], rule.Word(in.Channel)
	agent := channel == "authorised_agent" || channel == "sub_authorised_agent"
	if rule.Word(in.Moment) == duringTerm {
		out.Say("provider_in_term", c.inTerm())
		return out
	}
	switch {
	case channel == "" || channel == "direct":
		out.Say("direct", c.moves)
	case agent && !c.agents:
		out.Say("not_named", c.moves)
	case rule.Holds(in.Provider):
		out.Say("agreed", c.moves)
	default:
		out.By = channel
		out.Say("moved", c.moves)
	}
	if kindOf(in.Product) == funeralFund {
		out.Say("by_analogy", "bfd:34:5")
	}
	if c.site != "" {
		out.Website = "provider"
		out.Say("website", c.site)
	}
	return out
}

// inTerm returns the duty during the term; a product without one of its own is
// answered by that of life insurance, which addresses the provider alone.
func (c chain) inTerm() ident.Norm {
	if c.term == "" {
		return "bfd:45:1"
	}
	return c.term
}

// GeneralWhoOut is the answer of WhoDeliversGeneral.
type GeneralWhoOut struct {
	rule.Why
	By string `json:"by"`
}

// GeneralWhoIn asks who must give the information of article 30(1).
type GeneralWhoIn struct {
	Product  *string `json:"product"` // any
	Channel  *string `json:"channel"`
	Provider *bool   `json:"agreement_provider_delivers"`
}

// Check asks for a known channel.
func (in GeneralWhoIn) Check() []fault.Detail {
	return wantWord("/channel", in.Channel, chooseChannel, channels...)
}

// WhoDeliversGeneral decides who tells the consumer about itself: whoever is in
// contact with the consumer; an agreement does not move that. Norm bfd:30:1.
var WhoDeliversGeneral = rule.New("who_delivers_general", 1, []ident.Norm{general}, whoDeliversGeneral, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"in_contact":      "Artikel 30 richt zich tot de dienstverlener met wie de consument in contact staat.",
	"agreement_moves": "Een afspraak dat de aanbieder informatie verstrekt, verplaatst deze plicht niet.",
}))

func whoDeliversGeneral(in GeneralWhoIn) GeneralWhoOut {
	out := GeneralWhoOut{By: "provider"}
	if c := rule.Word(in.Channel); c != "" && c != "direct" {
		out.By = c
	}
	out.Say("in_contact", general)
	if rule.Holds(in.Provider) && out.By != "provider" {
		out.Say("agreement_moves", general)
	}
	return out
}

// ReceivesIn asks whom the information on an insurance goes to.
type ReceivesIn struct {
	Product *string `json:"product"`
	Client  *string `json:"client"`
}

var employers = []string{"employer_group_pension", "employer", "group_pension"}

// Check asks for an insurance.
func (in ReceivesIn) Check() []fault.Detail {
	if in.Product == nil {
		return nil
	}
	return wantKind(in.Product, chooseProduct)
}

// ReceivesOut is the answer of WhoReceives.
type ReceivesOut struct {
	rule.Why
	Recipient string `json:"recipient"`
	Times     int    `json:"times,omitempty"`
	Employees string `json:"employees_by,omitempty"` // who passes it on to them
}

// WhoReceives decides whom the information on a life insurance goes to: the
// policyholder, which for a promised group pension is the employer, once.
// Norm bfd:32:1, by its note.
var WhoReceives = rule.New("who_receives", 1, []ident.Norm{"bfd:32:1"}, whoReceives, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"employer":     "Bij een collectieve regeling voor een toegezegd pensioen telt de werkgever als consument. Hij krijgt de informatie eenmalig en geeft haar door aan zijn werknemers.",
	"policyholder": "De informatie gaat naar de consument die de verzekering sluit. Dat is niet altijd de begunstigde.",
}))

func whoReceives(in ReceivesIn) ReceivesOut {
	k := kindOf(in.Product)
	if slices.Contains(employers, rule.Word(in.Client)) && (in.Product == nil || k == life || k == unitLinked) {
		out := ReceivesOut{Recipient: "employer", Times: 1, Employees: "employer"}
		out.Say("employer", "bfd:32:1")
		return out
	}
	out := ReceivesOut{Recipient: "consumer"}
	out.Say("policyholder", "bfd:32:1")
	return out
}
