package disclosure

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// onSiteMonths is how long the information stays on the site: three years.
const onSiteMonths = 3 * 12

// WebsiteIn asks until when information stays on the provider's own site. What is
// absent is not at issue.
type WebsiteIn struct {
	Product   *string        `json:"product"`
	Item      *string        `json:"item"` // onderdeel of article 48(1), such as "48:1:a"
	Published *calendar.Date `json:"published"`
	Website   *bool          `json:"website"`     // the provider has one of its own
	AllOnSite *bool          `json:"all_of_48_1"` // reading of the note: all that 48(1) names stays on the site
}

// items are the onderdelen of 48(1), and whether 48(2) names them.
var items = map[string]bool{"48:1:a": true, "48:1:b": true, "48:1:c": false}

var (
	// investmentObjects are the products of article 48; those of article 3 are
	// treated alike.
	investmentObjects = []string{"investment_object", "article_3_product", "investment_object_rules"}
	otherProducts     = []string{
		"consumer_credit", "mortgage_credit", "securities_credit", "credit", "life", "unit_linked_life", "non_life", "funeral_in_kind",
		"complex", "investment_fund", "ucits", "savings", "payment",
	}
)

func (in WebsiteIn) item() string { return strings.TrimPrefix(rule.Word(in.Item), "bfd:") }

// Check asks for a product and an item that are known.
func (in WebsiteIn) Check() (wrong []fault.Detail) {
	p := rule.Word(in.Product)
	other := slices.Contains(otherProducts, p)
	if in.Product != nil && !other && !slices.Contains(investmentObjects, p) {
		wrong = append(wrong, rule.Unknown("/product", "Kies investment_object of een ander product, zoals life."))
	}
	if _, known := items[in.item()]; in.Item != nil && !known && !other {
		wrong = append(wrong, rule.Unknown("/item", "Kies 48:1:a, 48:1:b of 48:1:c."))
	}
	return wrong
}

// WebsiteOut is the answer of WebsiteRetention.
type WebsiteOut struct {
	rule.Why
	law.Keeping
	Status string `json:"status,omitempty"` // "source_gap": the source does not say what a provider without a site does
}

// WebsiteRetention decides whether and until when information on an investment
// object (beleggingsobject) stays available on the provider's own site: the
// audited accounts and the valuation, for three years from publication. Norm
// bfd:48:2.
var WebsiteRetention = rule.New("website_retention", 1, []ident.Norm{"bfd:3", "bfd:48:1:a", "bfd:48:1:b", "bfd:48:1:c", "bfd:48:2"},
	websiteRetention, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_investment_object": "Dit product is geen beleggingsobject. Artikel 48 geldt niet.",
		"article_3":            "Voor een product als bedoeld in artikel 3 gelden de regels voor beleggingsobjecten ook.",
		"item_not_named":       "Het tweede lid noemt alleen de onderdelen a en b. Wat de minister volgens onderdeel c aanwijst, hoeft niet op de website te blijven.",
		"note_says_all":        "De toelichting zegt dat alle informatie van het eerste lid drie jaar op de website moet blijven. Het artikel gaat voor; met all_of_48_1 kiest u de lezing van de toelichting.",
		"reading_all":          "Gekozen is voor de lezing van de toelichting: alle informatie van het eerste lid blijft drie jaar op de website.",
		"three_years":          "De informatie staat sinds {published} op de website en moet daar ten minste drie jaar blijven: tot en met {through}.",
		"no_day":               "De dag van publicatie is niet opgegeven. De informatie moet ten minste drie jaar op de eigen website blijven.",
		"no_website":           "De dienstverlener heeft geen eigen website. Het besluit zegt niet wat dan moet gebeuren: laat iemand dit beoordelen.",
	}))

func websiteRetention(in WebsiteIn) WebsiteOut {
	var out WebsiteOut
	p := rule.Word(in.Product)
	if slices.Contains(otherProducts, p) {
		out.Say("no_investment_object", "bfd:48:2")
		return out
	}
	if p != "" && p != "investment_object" {
		out.Say("article_3", "bfd:3")
	}
	if named, known := items[in.item()]; known && !named {
		if !rule.Holds(in.AllOnSite) {
			out.Say("item_not_named", "bfd:48:2")
			out.Say("note_says_all", "bfd:48:2")
			return out
		}
		out.Say("reading_all", "bfd:48:2")
	}
	out.Required = true
	if rule.Fails(in.Website) {
		out.Status = "source_gap"
		out.Say("no_website", "bfd:48:2")
	}
	if in.Published == nil {
		out.Say("no_day", "bfd:48:2")
		return out
	}
	out.Keeping = law.KeptFor(*in.Published, onSiteMonths)
	out.Say("three_years", "bfd:48:2", "published", in.Published.String(), "through", out.Last().String())
	return out
}
