// Package advert is the room of advertisements and other unasked information
// before a contract: what an advertisement for a complex product or for credit
// must show beside what it chooses to show, in which medium, and what it may not
// say.
//
// Norms: articles 27-29 of the decree (Besluit financiële dienstverlening, 2005)
// with their notes. For marketing and the compliance officer who reads along.
// Here stands the rule; it keeps nothing yet.
package advert

import (
	"slices"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// In describes an advertisement or an offer. What is absent is not at issue; a
// list of mentions that is absent holds none.
type In struct {
	Product *string `json:"product"`
	Medium  *string `json:"medium"` // "offer" is no advertisement
	Form    *string `json:"form"`

	About          *bool      `json:"about_product"` // a certain product, not the firm or a group of products
	RiskText       *bool      `json:"risk_text"`
	RiskIndicator  *bool      `json:"risk_indicator"`
	Leaflet        *bool      `json:"leaflet_reference"`
	Spoken         *bool      `json:"spoken_risks"`
	OtherRisks     *bool      `json:"other_risks"`
	Returns        *string    `json:"returns"` // "historic" or "future"
	Costs          *rule.Said `json:"costs"`   // given, not given, or "later"
	CostsForm      *string    `json:"costs_later_form"`
	Before         *bool      `json:"before_contract"` // what comes later comes before the contract
	Risk           *rule.Said `json:"risk"`            // "later"
	Guarantee      *bool      `json:"guarantee"`
	GuaranteeTerms *rule.Said `json:"guarantee_conditions"` // given, not given, or "later"
	Provider       *string    `json:"provider"`

	Prospectus   *bool          `json:"prospectus_availability"`
	Mentions     []string       `json:"mentions,omitempty"`
	SingleTable  *bool          `json:"single_table"`
	TableItems   *[]string      `json:"table_items"`
	Later        *[]string      `json:"later"`
	LaterForm    *string        `json:"later_form"`
	Kind         *string        `json:"kind"`
	Limit        *money.Decimal `json:"limit"`
	Sum          *money.Decimal `json:"sum"`
	Monthly      *money.Decimal `json:"monthly_shown"`
	Goods        *bool          `json:"promotes_goods"`
	TeaserRate   *money.Decimal `json:"teaser_rate"`
	TeaserMonths *money.Decimal `json:"teaser_months"`
	RateAfter    *money.Decimal `json:"rate_after"`
	Period       *bool          `json:"period_stated"`
	After        *bool          `json:"after_stated"`
	BasedOn      *money.Decimal `json:"features_based_on"`
	FixedYears   *money.Decimal `json:"fixed_years"`
	TermYears    *money.Decimal `json:"term_years"`
	Discount     *money.Decimal `json:"discount"`
	Base         *bool          `json:"base_stated"`
	Label        *string        `json:"rate_label"`
	Claims       []string       `json:"claims,omitempty"`
	RateAndSum   *bool          `json:"rate_needs_sum"` // reading of 28(2): a rate counts only beside a sum or limit
}

var (
	complexProducts = []string{"complex", "complex_product", "investment_object", "unit_linked_life", "life", "fund_unit", "ucits"}
	credits         = []string{"consumer_credit", "mortgage_credit", "securities_credit", "credit", "revolving_credit"}
	broadcasts      = []string{"tv", "television", "radio"}
	publications    = []string{"brochure", "internet", "newspaper", "print", "magazine", "website", "email", "letter", "mailing", "billboard", "leaflet", "poster", "social_media"}
	documents       = []string{"offer", "quote"}
	fundManagers    = []string{"fund_manager", "fund"}
)

// Check asks for a product and a medium that the articles tell apart.
func (in In) Check() (wrong []fault.Detail) {
	const text = "Kies complex, investment_object, consumer_credit, mortgage_credit of securities_credit."
	if in.Product == nil {
		wrong = append(wrong, rule.Missing("/product", text))
	} else if !slices.Contains(complexProducts, *in.Product) && !slices.Contains(credits, *in.Product) {
		wrong = append(wrong, rule.Unknown("/product", text))
	}
	if in.Medium != nil && !slices.Contains(slices.Concat(broadcasts, publications, documents), *in.Medium) {
		wrong = append(wrong, rule.Unknown("/medium", "Kies tv, radio, newspaper, brochure, internet, print of offer."))
	}
	return wrong
}

func (in In) broadcast() bool { return slices.Contains(broadcasts, rule.Word(in.Medium)) }

// offer reports whether it is information before a contract that is no
// advertisement.
func (in In) offer() bool { return slices.Contains(documents, rule.Word(in.Medium)) }

func (in In) mortgage() bool { return rule.Word(in.Product) == "mortgage_credit" }

// Out is the answer of AdvertisementCheck.
type Out struct {
	law.Finding
	Missing   []string                 `json:"missing,omitempty"` // features of credit that must stand beside those shown
	LaterDuty *bool                    `json:"later_duty"`        // 28(2)(b) applies, met or not
	Floor     canon.Opt[money.Decimal] `json:"floor"`             // least monthly charge that may be shown; null: none holds
	Temporary *bool                    `json:"rule_28_6_applies"`
	LabelOK   *bool                    `json:"label_ok"`
	BansApply *bool                    `json:"rule_28_10_applies"`
	Status    string                   `json:"status,omitempty"` // "source_gap"
	InWriting *bool                    `json:"written_form_required"`
}

// AdvertisementCheck decides whether an advertisement or offer shows what it must
// beside what it shows. Norms bfd:27 and bfd:28, with 2 and 26:1.
var AdvertisementCheck = rule.New("advertisement_check", 1, []ident.Norm{
	"bfd:1::e", "bfd:2", "bfd:26:1", "bfd:27:1", "bfd:27:2", "bfd:27:3", "bfd:27:4", "bfd:27:5", "bfd:27:6", "bfd:27:7", "bfd:27:8",
	"bfd:28:1", "bfd:28:2", "bfd:28:2:a", "bfd:28:2:b", "bfd:28:3", "bfd:28:4", "bfd:28:5", "bfd:28:6", "bfd:28:6:a", "bfd:28:6:b", "bfd:28:6:c",
	"bfd:28:7", "bfd:28:8", "bfd:28:9", "bfd:28:10:a", "bfd:28:10:b", "bfd:28:10:c", "bfd:28:11", "bfd:28:12", "bfd:28:13", "bfd:36:1",
}, check, rule.Profile(rule.Bfd2005), rule.Texts(texts))

func check(in In) Out {
	var out Out
	isCredit := slices.Contains(credits, rule.Word(in.Product))
	lid := ident.Norm("bfd:27:8")
	if isCredit {
		lid = "bfd:28:13"
	}
	if in.Form != nil {
		out.InWriting = new(in.offer())
		switch {
		case !in.offer():
			out.Say("advert_form_free", lid)
		case *in.Form == "oral":
			out.Hold("bfd:26:1", "oral")
		}
	}
	if isCredit {
		out.credit(in)
		out.Close("in_order", "bfd:28:1")
	} else {
		out.complex(in)
		out.Close("in_order", "bfd:27:1")
	}
	return out
}

// later holds what is told later: before the contract, and in writing.
func (out *Out) later(in In, lid ident.Norm, form *string) {
	if rule.Fails(in.Before) {
		out.Hold(lid, "too_late")
	}
	if rule.Word(form) == "oral" {
		out.Hold("bfd:26:1", "later_oral")
	}
}
