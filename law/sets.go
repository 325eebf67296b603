package law

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// SetsIn asks which sets of information must be given before an agreement.
type SetsIn struct {
	Product  string  `json:"product"`
	Client   *string `json:"client"` // "consumer" (taken) or "business"
	Distance *bool   `json:"distance"`
}

// SetsOut lists the provisions whose information is due, and whether the section
// on distance selling applies.
type SetsOut struct {
	rule.Why
	Sets     []string `json:"sets"`
	Distance bool     `json:"distance_rules"`
}

// informed is what the decree asks for a kind of product beside article 30.
type informed struct {
	insurance bool     // a business client counts as a consumer too (article 6 Wfd)
	sets      []string // of the product itself
	consumers []string // sets that are due to a consumer in the narrow sense only
}

var informedOf = map[string]informed{
	"non_life":               {insurance: true, sets: []string{"31:1"}},
	"life":                   {insurance: true, sets: []string{"32:1"}, consumers: []string{"38:1"}},
	"term_life":              {insurance: true, sets: []string{"32:1"}},
	"funeral_in_kind":        {insurance: true, sets: []string{"34:1"}},
	"funeral_fund_formation": {insurance: true, sets: []string{"34:1", "34:6"}},
	"investment_object":      {sets: []string{"35:1"}, consumers: []string{"38:1"}},
	"consumer_credit":        {sets: []string{"36:1"}},
	"mortgage_credit":        {},
	"securities_credit":      {},
	"complex":                {consumers: []string{"38:1"}},
	"savings_account":        {},
	"payment_account":        {},
	"securities":             {},
}

// Check refuses a product and a client that the rule does not know.
func (in SetsIn) Check() (wrong []fault.Detail) {
	if _, ok := informedOf[in.Product]; !ok {
		wrong = append(wrong, rule.Unknown("/product", "Kies non_life, life, term_life, funeral_in_kind, funeral_fund_formation, investment_object, consumer_credit, mortgage_credit, securities_credit, complex, savings_account, payment_account of securities."))
	}
	if c := rule.Word(in.Client); c != "" && c != "consumer" && c != "business" {
		wrong = append(wrong, rule.Unknown("/client", "Kies consumer of business."))
	}
	return wrong
}

// ApplicableSets is the rule on which information is due before an agreement.
// Where article 41 applies, article 30 does not (article 41(1)).
var ApplicableSets = rule.New("applicable_sets", 1,
	[]ident.Norm{"bfd:30:1", "bfd:31:1", "bfd:32:1", "bfd:34:1", "bfd:34:5", "bfd:34:6", "bfd:35:1", "bfd:36:1", "bfd:38:1", "bfd:40", "bfd:41:1"},
	applicableSets, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"general":             "De algemene informatie van artikel 30 is verschuldigd.",
		"distance":            "De overeenkomst komt op afstand tot stand met een consument. Artikel 41 geldt, in plaats van artikel 30 en naast de regels van het product.",
		"business_client":     "De klant handelt in de uitoefening van een bedrijf of beroep. De paragraaf over verkoop op afstand geldt dan niet.",
		"business_insurance":  "Bij een verzekering telt een zakelijke klant ook als consument (artikel 6 Wfd, volgens de toelichting).",
		"business_other":      "Bij dit product is een zakelijke klant geen consument. Er is geen informatie verschuldigd.",
		"product_set":         "Voor dit product geldt ook de informatie van deze bepaling.",
		"by_analogy":          "Artikel 34, eerste lid, geldt via het vijfde lid ook voor fondsvorming voor de uitvaart.",
		"consumers_only":      "Deze bepaling geldt alleen voor een consument die niet zakelijk handelt.",
		"securities_exempt":   "Voor effectenkrediet gelden de regels over het prospectus niet, voor zover aan artikel 36, negende lid, is voldaan.",
		"mortgage_no_product": "Hypothecair krediet heeft geen prospectus als bedoeld in artikel 36.",
	}))

func applicableSets(in SetsIn) SetsOut {
	kind, business := informedOf[in.Product], rule.Word(in.Client) == "business"
	out := SetsOut{Sets: []string{}}
	if business && !kind.insurance {
		out.Say("business_other", "bfd:30:1")
		return out
	}
	if business {
		out.Say("business_insurance", "bfd:40")
		if rule.Holds(in.Distance) {
			out.Say("business_client", "bfd:40")
		}
	}
	out.Distance = rule.Holds(in.Distance) && !business
	if out.Distance {
		out.Say("distance", "bfd:41:1")
	} else {
		out.Sets = append(out.Sets, "30:1")
		out.Say("general", "bfd:30:1")
	}
	for _, s := range kind.sets {
		out.Sets = append(out.Sets, s)
		out.Say("product_set", ident.Norm("bfd:"+s))
	}
	for _, s := range kind.consumers {
		if business {
			out.Say("consumers_only", ident.Norm("bfd:"+s))
			continue
		}
		out.Sets = append(out.Sets, s)
		out.Say("product_set", ident.Norm("bfd:"+s))
	}
	if out.Distance {
		out.Sets = append(out.Sets, "41:1")
	}
	switch in.Product {
	case "funeral_fund_formation":
		out.Say("by_analogy", "bfd:34:5")
	case "securities_credit":
		out.Say("securities_exempt", "bfd:36:9")
	case "mortgage_credit":
		out.Say("mortgage_no_product", "bfd:36:1")
	}
	return out
}
