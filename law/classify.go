package law

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ClassifyIn describes a product as far as the definitions of the decree look at
// it. Only what is described is answered.
type ClassifyIn struct {
	Product   *string  `json:"product"`
	OnlyDeath *bool    `json:"pays_only_on_death_before_date"` // of a life insurance
	Elements  []string `json:"elements,omitempty"`             // products sold as one
	Advised   *bool    `json:"individual_advice"`              // they were brought together for one client

	DesignatedFrom *calendar.Date `json:"designated_from"` // article 38(4)
	AsOf           *calendar.Date `json:"as_of"`

	Right     *string `json:"right"` // "proceeds" of a thing (article 3)
	Paid      *bool   `json:"paid"`
	HeldOut   *bool   `json:"money_return_held_out"`
	ManagedBy *string `json:"managed_by"`
	Other     *bool   `json:"other_product"` // one that the Act already names

	Service    *string `json:"service"` // "regular" (article 4)
	Instalment *bool   `json:"instalments_during_service"`

	NewMortgage *bool `json:"mortgage_at_conclusion"`
	OldMortgage *bool `json:"existing_mortgage"`
	Customary   *bool `json:"rate_customary_for_mortgages"`
}

// ClassifyOut says what the product is, as far as it was described.
type ClassifyOut struct {
	rule.Why
	Complex          *bool `json:"complex"`
	ConsumerCredit   *bool `json:"consumer_credit"`
	InvestmentObject *bool `json:"investment_object_rules"`
	GoodsCredit      *bool `json:"goods_credit"`
	MortgageCredit   *bool `json:"mortgage_credit"`
}

// An element is a kind of product as the definition of complex looks at it.
type element struct {
	alone    bool // complex by itself: limbs 2, 3 and 5
	market   bool // depends on financial or other markets
	mortgage bool
	builds   bool // with a mortgage credit it makes limb 4
}

var elements = map[string]element{
	"life":                     {alone: true, builds: true},
	"endowment":                {alone: true, builds: true},
	"annuity":                  {alone: true, builds: true},
	"unit_linked":              {alone: true, market: true, builds: true},
	"investment_insurance":     {alone: true, market: true, builds: true},
	"investment_object":        {alone: true},
	"open_end_fund":            {alone: true, market: true},
	"fund_participation":       {alone: true, market: true},
	"term_life":                {},
	"savings_account":          {builds: true},
	"mortgage_credit":          {mortgage: true},
	"mortgage":                 {mortgage: true},
	"consumer_credit":          {},
	"credit":                   {},
	"securities_credit":        {},
	"revolving_credit":         {},
	"securities":               {market: true},
	"shares":                   {market: true},
	"investment":               {market: true},
	"investment_account":       {market: true},
	"payment_account":          {},
	"non_life":                 {},
	"disability_insurance":     {},
	"home_insurance":           {},
	"contents_insurance":       {},
	"funeral_in_kind":          {},
	"electronic_money":         {},
	"tradable_closed_end_fund": {market: true}, // it has a prospectus of its own
}

// creditKinds are the products that are credit by their name, and whether they
// are mortgage credit.
var creditKinds = map[string]bool{
	"mortgage_credit": true, "mortgage": true,
	"consumer_credit": false, "securities_credit": false, "revolving_credit": false,
}

// managers are those in whose hands the management of the thing makes article 3 apply.
var managers = map[string]bool{
	"provider": true, "third_party": true, "third_party_for_provider": true, "third_party_for_consumer": true,
	"consumer": false, "nobody": false,
}

// Check asks for a description, and refuses words that the rule must choose by
// and does not know.
func (in ClassifyIn) Check() (wrong []fault.Detail) {
	product := rule.Word(in.Product)
	if _, ok := elements[product]; in.Product != nil && !ok && in.DesignatedFrom == nil {
		wrong = append(wrong, rule.Unknown("/product", unknownElement))
	}
	for _, e := range in.Elements {
		if _, ok := elements[e]; !ok {
			wrong = append(wrong, rule.Unknown("/elements", unknownElement))
			break
		}
	}
	if _, ok := managers[rule.Word(in.ManagedBy)]; in.ManagedBy != nil && !ok {
		wrong = append(wrong, rule.Unknown("/managed_by", "Kies provider, third_party, third_party_for_provider, third_party_for_consumer, consumer of nobody."))
	}
	if !in.asksComplex() && !in.asksCredit() && !in.asksObject() && !in.asksGoods() {
		wrong = append(wrong, rule.Missing("/product", "Noem het product of beschrijf het met de andere velden."))
	}
	return wrong
}

const unknownElement = "Kies een soort product die deze regel kent, zoals life, term_life, mortgage_credit, consumer_credit, savings_account, investment_object, open_end_fund, securities of non_life."

func (in ClassifyIn) asksComplex() bool {
	return in.Product != nil || in.OnlyDeath != nil || len(in.Elements) > 0 || in.DesignatedFrom != nil
}

func (in ClassifyIn) asksCredit() bool {
	_, credit := creditKinds[rule.Word(in.Product)]
	return credit || in.NewMortgage != nil || in.OldMortgage != nil || in.Customary != nil
}

func (in ClassifyIn) asksObject() bool {
	return in.Right != nil || in.HeldOut != nil || in.ManagedBy != nil || in.Paid != nil || in.Other != nil
}

func (in ClassifyIn) asksGoods() bool { return in.Service != nil || in.Instalment != nil }

func classify(in ClassifyIn) (out ClassifyOut) {
	if in.asksComplex() {
		out.Complex = new(out.complex(in))
	}
	if in.asksCredit() {
		mortgage := out.mortgage(in)
		out.MortgageCredit, out.ConsumerCredit = &mortgage, new(!mortgage)
	}
	if in.asksObject() {
		out.InvestmentObject = new(out.object(in))
	}
	if in.asksGoods() {
		out.GoodsCredit = new(out.goods(in))
	}
	return out
}

// complex decides article 1(d) with 38(4).
func (out *ClassifyOut) complex(in ClassifyIn) bool {
	single := in.Product != nil || in.OnlyDeath != nil
	if single && out.alone(in.kind(rule.Word(in.Product))) {
		return true
	}
	if out.together(in) {
		return true
	}
	if in.DesignatedFrom != nil {
		designated := in.AsOf == nil || !in.AsOf.Before(*in.DesignatedFrom)
		code := "designated_later"
		if designated {
			code = "designated"
		}
		out.Say(code, "bfd:38:4", "from", in.DesignatedFrom.String())
		return designated
	}
	if !single && len(in.Elements) > 0 {
		out.Say("no_limb", "bfd:1::d")
	}
	return false
}

// kind returns what a product counts as: a life insurance that pays only on death
// before a day counts as term life.
func (in ClassifyIn) kind(product string) string {
	if product == "" || elements[product].builds && elements[product].alone {
		switch {
		case rule.Holds(in.OnlyDeath):
			return "term_life"
		case product == "":
			return "life"
		}
	}
	return product
}

// alone decides whether one product is complex by itself.
func (out *ClassifyOut) alone(kind string) bool {
	e := elements[kind]
	switch {
	case kind == "term_life":
		out.Say("only_death", "bfd:1::d:3")
	case e.alone && e.builds:
		out.Say("life_that_builds", "bfd:1::d:3")
	case kind == "investment_object":
		out.Say("object", "bfd:1::d:5")
	case e.alone:
		out.Say("fund", "bfd:1::d:2")
	default:
		out.Say("no_limb", "bfd:1::d")
	}
	return e.alone
}

// together decides whether products sold as one are complex.
func (out *ClassifyOut) together(in ClassifyIn) bool {
	var kinds []string
	for _, e := range in.Elements {
		kinds = append(kinds, in.kind(e))
	}
	if in.Product != nil && len(kinds) > 0 && !slices.Contains(kinds, in.kind(*in.Product)) {
		kinds = append(kinds, in.kind(*in.Product))
	}
	has := func(is func(element) bool) bool {
		return slices.ContainsFunc(kinds, func(k string) bool { return is(elements[k]) })
	}
	if len(kinds) > 1 && rule.Holds(in.Advised) {
		out.Say("advice_makes_none", "bfd:1::d")
		return has(func(e element) bool { return e.alone })
	}
	switch {
	case len(kinds) == 1:
		return out.alone(kinds[0])
	case has(func(e element) bool { return e.mortgage }) && has(func(e element) bool { return e.builds }):
		out.Say("mortgage_and_builds", "bfd:1::d:4")
	case has(func(e element) bool { return e.alone }):
		out.Say("with_complex", "bfd:1::d:6")
	case len(kinds) > 1 && has(func(e element) bool { return e.market }):
		out.Say("market_combination", "bfd:1::d:1")
	default:
		return false
	}
	if len(kinds) > 2 {
		out.Say("own_leaflet", "bfd:1::d:6")
	}
	return true
}

// mortgage decides article 1(j).
func (out *ClassifyOut) mortgage(in ClassifyIn) bool {
	byName, named := creditKinds[rule.Word(in.Product)]
	described := in.NewMortgage != nil || in.OldMortgage != nil || in.Customary != nil
	switch {
	case rule.Holds(in.NewMortgage):
		out.Say("mortgage_now", "bfd:1::j")
		return true
	case rule.Holds(in.OldMortgage) && rule.Holds(in.Customary):
		out.Say("mortgage_before", "bfd:1::j")
		return true
	case rule.Holds(in.OldMortgage):
		out.Say("rate_not_customary", "bfd:1::j")
	case named && byName && !described:
		out.Say("mortgage_by_name", "bfd:1::j")
		return true
	default:
		out.Say("no_mortgage", "bfd:1::e")
	}
	if rule.Word(in.Product) == "securities_credit" {
		out.Say("securities_credit", "bfd:1::e")
	}
	return false
}

// object decides article 3.
func (out *ClassifyOut) object(in ClassifyIn) bool {
	for _, c := range []struct {
		fails bool
		code  string
	}{
		{in.Right != nil && !slices.Contains([]string{"proceeds", "return", "proceeds_or_return"}, *in.Right), "no_right"},
		{rule.Fails(in.Paid), "not_paid"},
		{rule.Fails(in.HeldOut), "no_return_held_out"},
		{in.ManagedBy != nil && !managers[*in.ManagedBy], "managed_elsewhere"},
		{rule.Holds(in.Other), "other_product"},
	} {
		if c.fails {
			out.Say(c.code, "bfd:3")
			return false
		}
	}
	out.Say("object_rules", "bfd:3")
	return true
}

// goods decides article 4: every service counts, but for a regular one that is
// paid in instalments while it is rendered.
func (out *ClassifyOut) goods(in ClassifyIn) bool {
	switch {
	case rule.Word(in.Service) == "regular" && rule.Holds(in.Instalment):
		out.Say("regular_and_paid_along", "bfd:4")
		return false
	case rule.Word(in.Service) == "regular":
		out.Say("regular_paid_otherwise", "bfd:4")
	default:
		out.Say("designated_service", "bfd:4")
	}
	return true
}
