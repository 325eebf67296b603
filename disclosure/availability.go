package disclosure

import (
	"slices"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// AvailabilityIn asks whether a prospectus or leaflet is available as it must be.
// What is absent is not at issue.
type AvailabilityIn struct {
	Product        *string           `json:"product"`
	Website        *bool             `json:"website"` // the provider has one
	OnSite         *bool             `json:"on_site"` // the document is on it
	Requested      *bool             `json:"requested"`
	Delivered      canon.Opt[string] `json:"delivered"` // when, after the request; null: not
	Fee            *money.Decimal    `json:"fee"`
	CreditProducts *money.Decimal    `json:"credit_products"`
	Prospectuses   *money.Decimal    `json:"prospectuses"`
	Purpose        *string           `json:"purpose"`    // of securities credit
	Collateral     *string           `json:"collateral"` // of securities credit
	LTV            *money.Decimal    `json:"ltv"`        // not looked at: article 36(9) has no ceiling
	Before         *bool             `json:"delivered_before_contract"`
	Clients        *string           `json:"clients"`
	Statement      *bool             `json:"statement"` // that the offer is not made to consumers in the Netherlands
	Composer       *string           `json:"composer"`  // who made one product of several
	Elements       *[]string         `json:"elements"`
	General        *bool             `json:"generally_available"` // and not composed for one client
	Counterparty   *bool             `json:"counterparty"`        // the composer is party to the whole
	Leaflets       *[]string         `json:"leaflets"`            // of which elements there is one; "combination" for the whole
	SiteFallback   *bool             `json:"website_fallback"`    // reading: without a website, delivery before the contract is enough for article 38 too
}

func (in AvailabilityIn) combined() bool {
	return in.Elements != nil || in.Composer != nil || in.Leaflets != nil
}

// Check asks for a product, or for the elements of which one is composed.
func (in AvailabilityIn) Check() (wrong []fault.Detail) {
	if in.Product != nil || !in.combined() {
		wrong = wantKind(in.Product, chooseProduct)
	}
	if in.Elements != nil {
		at := slices.ContainsFunc(law.ClassifyIn{Elements: elementsOf(*in.Elements)}.Check(), func(d fault.Detail) bool { return d.Pointer == "/elements" })
		if at {
			wrong = append(wrong, rule.Unknown("/elements", "Kies soorten producten die classify kent, zoals life, unit_linked_life, mortgage_credit of investment_object."))
		}
	}
	return wrong
}

// elementsOf returns the elements as article 1(d) names them.
func elementsOf(words []string) []string {
	named := make([]string, len(words))
	for i, w := range words {
		switch kinds[w] {
		case unitLinked:
			w = "unit_linked"
		case fundUnit, ucits:
			w = "open_end_fund"
		}
		named[i] = w
	}
	return named
}

// AvailabilityOut is the answer of Availability.
type AvailabilityOut struct {
	law.Finding
	Duty    bool     `json:"duty"` // to have the document available
	By      string   `json:"by,omitempty"`
	Missing []string `json:"missing,omitempty"`
}

// Availability decides whether the prospectus of an investment object or credit,
// or the financial leaflet of a complex product, is available and given as it
// must be. Norms bfd:35:1, 36:1, 36:9, 38:1, 38:3 and 38:5.
var Availability = rule.New("availability", 1,
	[]ident.Norm{"bfd:1::d", "bfd:1::d:6", "bfd:35:1", prospectus, "bfd:36:9", leaflet, "bfd:38:3", "bfd:38:3:a", "bfd:38:3:b", "bfd:38:5"},
	availability, rule.Profile(rule.Bfd2005), rule.Texts(availabilityTexts))

func availability(in AvailabilityIn) AvailabilityOut {
	var out AvailabilityOut
	k := kindOf(in.Product)
	if norm, code := in.exempt(k); code != "" {
		out.Close(code, norm)
		return out
	}
	if in.combined() && (k == 0 || k == complexKind) && !out.composed(in) {
		out.Close("no_duty", leaflet)
		return out
	}
	out.Duty = true
	norm := leaflet
	switch k {
	case object:
		norm = "bfd:35:1"
	case credit, securitiesCredit:
		norm = prospectus
	}
	out.given(in, k, norm)
	if in.Fee != nil && in.Fee.Sign() > 0 {
		out.Hold(norm, "fee")
	}
	if norm == prospectus && in.CreditProducts != nil && in.Prospectuses != nil && in.CreditProducts.Cmp(*in.Prospectuses) > 0 {
		out.Hold(norm, "one_each")
	}
	out.Close("available", norm)
	return out
}

// exempt returns why there is no duty, "" where there is one.
func (in AvailabilityIn) exempt(k kind) (ident.Norm, string) {
	purpose, collateral, clients := rule.Word(in.Purpose), rule.Word(in.Collateral), rule.Word(in.Clients)
	financed := purpose == "finance_securities" && slices.Contains(pricedSecurities, collateral)
	if k == securitiesCredit {
		financed = (purpose == "" || purpose == "finance_securities") && (collateral == "" || slices.Contains(pricedSecurities, collateral))
	}
	switch {
	case k == mortgage:
		return prospectus, "mortgage"
	case k == otherKind, k.insurance() && k != life && k != unitLinked:
		return leaflet, "no_document"
	case (k == credit || k == securitiesCredit) && financed:
		return "bfd:36:9", "securities"
	case k == fundUnit, k == ucits:
		return "", ""
	case clients == "business_only" && (k == credit || k == securitiesCredit || k == object):
		return general, "no_consumers"
	case clients == "business_only":
		return "bfd:38:3:b", "business_only"
	case clients == "abroad_only" && k != credit && k != securitiesCredit && k != object && !rule.Fails(in.Statement):
		return "bfd:38:3:a", "abroad_only"
	}
	return "", ""
}

var pricedSecurities = []string{"listed", "listed_securities", "public_price", "publicly_priced"}

// given holds the site and the delivery against the document's own rule.
func (out *AvailabilityOut) given(in AvailabilityIn, k kind, norm ident.Norm) {
	refused := rule.Holds(in.Requested) && in.Delivered.Given && (in.Delivered.Null || !slices.Contains(promptly, in.Delivered.V))
	active := k == ucits
	switch {
	case active:
		out.Say("always_active", leaflet)
		refused = refused && in.Before == nil
	case rule.Fails(in.Website) && norm != leaflet:
		out.Say("no_site_active", norm)
		active, refused = true, refused && in.Before == nil
	case rule.Fails(in.Website):
		active = rule.Holds(in.SiteFallback)
		if out.Say("no_site_gap", leaflet); !active {
			out.Hold(leaflet, "no_site")
		}
	case rule.Fails(in.OnSite):
		out.Hold(norm, "not_on_site")
	}
	if active && rule.Fails(in.Before) {
		out.Hold(norm, "not_before")
	}
	if refused {
		out.Hold(norm, "not_at_once")
	}
	if rule.Word(in.Clients) == "abroad_only" && rule.Fails(in.Statement) && norm == leaflet && k != fundUnit && k != ucits {
		out.Say("no_statement", "bfd:38:3:a")
	}
}

// composed looks at a product made of several, and reports whether a leaflet is
// due for the whole.
func (out *AvailabilityOut) composed(in AvailabilityIn) bool {
	if rule.Fails(in.General) {
		out.Say("for_one_client", leaflet)
		return false
	}
	if in.Elements != nil {
		if whole := law.Classify.Ask(law.ClassifyIn{Elements: elementsOf(*in.Elements)}); !rule.Holds(whole.Complex) {
			out.Say("not_complex", "bfd:1::d")
			return false
		}
		out.Say("complex_whole", "bfd:1::d:6")
	}
	switch {
	case in.Composer != nil && rule.Holds(in.Counterparty):
		out.By = "provider"
		out.Say("composer_is_provider", leaflet)
	case in.Composer != nil:
		out.By = "composer"
		out.Say("composer", "bfd:38:5")
	}
	if in.Leaflets != nil && !slices.ContainsFunc(*in.Leaflets, func(l string) bool {
		return l == "combination" || l == "leaflet for the combination" || l == "combined"
	}) {
		out.Missing = []string{"leaflet for the combination"}
		out.Hold(leaflet, "no_leaflet_for_whole")
	}
	return true
}

var availabilityTexts = map[string]string{
	"available":            "Het document is beschikbaar en wordt gegeven zoals het moet, voor zover hier opgegeven.",
	"no_duty":              "Voor het geheel hoeft geen financiële bijsluiter beschikbaar te zijn.",
	"mortgage":             "Voor hypothecair krediet bestaat geen prospectus van artikel 36.",
	"no_document":          "Voor dit product vraagt het besluit geen prospectus en geen financiële bijsluiter.",
	"securities":           "Dit krediet financiert effecten en beleent effecten met een openbare prijs. Artikel 36 geldt niet; het negende lid kent geen bovengrens voor de belening.",
	"no_consumers":         "De dienst richt zich alleen tot wie handelt in bedrijf of beroep. Bij dit product zijn dat geen consumenten.",
	"business_only":        "De diensten worden alleen verleend aan wie handelt in bedrijf of beroep. De bijsluiterplicht geldt niet.",
	"abroad_only":          "De diensten worden alleen verleend aan consumenten buiten Nederland en de informatie zegt dat het aanbod niet is gericht tot consumenten in Nederland. De bijsluiterplicht geldt niet.",
	"no_statement":         "De informatie zegt niet dat het aanbod niet is gericht tot consumenten in Nederland. De uitzondering gaat daarom niet op.",
	"fee":                  "De consument moest voor het document betalen. Het moet kosteloos zijn.",
	"one_each":             "Er zijn minder prospectussen dan kredietproducten. Elk kredietproduct heeft een eigen prospectus nodig (toelichting).",
	"not_on_site":          "Het document staat niet op de website van de aanbieder.",
	"not_before":           "Het document is niet voor de overeenkomst aan de consument gegeven.",
	"not_at_once":          "De consument vroeg om het document en kreeg het niet onverwijld; onverwijld is hier gelezen als op dezelfde dag.",
	"always_active":        "Een recht van deelneming in een icbe vraagt altijd een bijsluiter voor de overeenkomst, in plaats van op de website.",
	"no_site_active":       "Zonder website moet de aanbieder het document aan elke consument voor de overeenkomst geven.",
	"no_site_gap":          "Anders dan de artikelen 35 en 36 zegt artikel 38 niet wat een aanbieder zonder website moet doen. Met website_fallback kiest u de lezing dat verstrekken voor de overeenkomst dan volstaat.",
	"no_site":              "De aanbieder heeft geen website, zodat de bijsluiter daar niet beschikbaar is.",
	"for_one_client":       "De combinatie is voor één klant gemaakt, als uitkomst van advies. Dat is geen complex product dat in de markt verkrijgbaar is.",
	"not_complex":          "Deze combinatie is geen complex product.",
	"complex_whole":        "De combinatie is zelf een complex product.",
	"composer":             "De samensteller wordt niet de wederpartij voor het geheel. Hij moet de bijsluiter voor het geheel beschikbaar houden.",
	"composer_is_provider": "De samensteller wordt de wederpartij voor het geheel. Hij is de aanbieder.",
	"no_leaflet_for_whole": "Er zijn bijsluiters voor de delen, maar niet voor de combinatie. De wisselwerking tussen de delen blijft dan onbesproken.",
}
