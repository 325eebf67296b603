package competence

import (
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
)

// An Activity is a kind of product somebody deals with face to face with clients.
// A cover that is sold along with another product (linked) may fall under the
// annexes of that product.
type Activity struct {
	Product string
	Linked  []string // the products it is sold with
	Along   bool     // sold along with another activity of the list
	Alone   bool     // sold alone, whatever else is sold
}

type writtenActivity struct {
	Product string   `json:"product"`
	Linked  []string `json:"linked_to,omitempty"`
	Along   bool     `json:"sold_along,omitempty"`
	Alone   bool     `json:"sold_alone,omitempty"`
}

// Canon writes the activity.
func (a Activity) Canon() any { return writtenActivity(a) }

// Shape says what the JSON of an activity looks like.
func (a Activity) Shape() canon.Shape {
	return objectShape("een werkzaamheid: product, en linked_to of sold_alone")
}

const activityForm = "een werkzaamheid met product, en als dat nodig is linked_to, sold_along of sold_alone"

// ReadCanon reads a product, or an object with one. Other members are read by
// what they say: a text or list is what it is sold with, true or false whether.
func (a *Activity) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.Str:
		a.Product = n.Text()
		return ""
	case canon.Obj:
	default:
		return activityForm
	}
	for key, v := range n.Members() {
		switch {
		case key == "product" && v.Kind() == canon.Str:
			a.Product = v.Text()
		case isBool(v):
			a.readFact(key, v.Kind() == canon.True)
		case v.Kind() == canon.Str || v.Kind() == canon.Arr:
			if !a.readLinked(key, v) {
				return activityForm
			}
		case v.Kind() != canon.Nil:
			return activityForm
		}
	}
	return ""
}

// readFact reads a member that is true or false: sold alone, sold along, or with
// the product that its name names.
func (a *Activity) readFact(key string, holds bool) {
	switch {
	case says(key, "alone", "separate", "separately", "standalone"):
		a.Alone = holds
	case wordOf(key) != "":
		if holds {
			a.Linked = append(a.Linked, wordOf(key))
		}
	case says(key, "along", "linked", "combined", "combination"):
		a.Along, a.Alone = holds, !holds
	}
}

// readLinked reads a member that is a text or a list of texts. Where its name
// says that it is about what goes along, it holds products; else only words that
// are products count.
func (a *Activity) readLinked(key string, v canon.Node) bool {
	items := []canon.Node{v}
	if v.Kind() == canon.Arr {
		items = slices.Collect(v.Items())
	}
	about := says(key, "linked", "with", "along", "combin")
	for _, item := range items {
		if item.Kind() != canon.Str {
			return false
		}
		if about || wordOf(item.Text()) != "" {
			a.Linked = append(a.Linked, item.Text())
		}
	}
	return true
}

// A module is what article 16(1) asks beside annex 1 for a kind of product.
type module struct {
	annexes []int
	section string   // of annex 11, where a diploma bridges annex 6
	norm    string   // onderdeel of article 16(1)
	covers  []string // kinds of cover that may be sold along under it
}

var modules = map[string]module{
	"mortgage_credit": {[]int{2, 6}, "mortgage_credit", "a", []string{"building", "contents", "disability", "term_life"}},
	"consumer_credit": {[]int{3}, "", "b", []string{"disability"}},
	"non_life":        {[]int{4}, "", "c", nil},
	"life":            {[]int{5, 6}, "life", "d", []string{"disability"}},
	"investing_a":     {[]int{6}, "", "e", nil},
	"investing_b":     {[]int{7}, "", "f", nil},
	"none":            {},
}

// kinds are the words for products, and the module each falls under when sold
// alone. Stand-alone term life is a life insurance by the article.
var kinds = map[string]string{
	"mortgage_credit": "mortgage_credit", "mortgage": "mortgage_credit", "hypothecair_krediet": "mortgage_credit",
	"consumer_credit": "consumer_credit", "credit": "consumer_credit", "revolving_credit": "consumer_credit", "securities_credit": "consumer_credit", "consumptief_krediet": "consumer_credit",
	"non_life": "non_life", "non_life_insurance": "non_life", "schadeverzekering": "non_life",
	"building": "non_life", "contents": "non_life", "disability": "non_life", "liability": "non_life", "car": "non_life", "travel": "non_life", "legal_expenses": "non_life",
	"life": "life", "life_insurance": "life", "term_life": "life", "pension": "life", "annuity": "life", "levensverzekering": "life",
	"investing_a": "investing_a", "investment_a": "investing_a", "investments_a": "investing_a", "investment_simple": "investing_a", "beleggen_a": "investing_a", "investing_simple": "investing_a", "investment_product": "investing_a", "investment": "investing_a",
	"investing_b": "investing_b", "investment_b": "investing_b", "investments_b": "investing_b", "investment_complex": "investing_b", "beleggen_b": "investing_b", "investing_complex": "investing_b",
	"funeral_in_kind": "none", "funeral": "none", "savings": "none", "savings_account": "none", "payment": "none", "payment_account": "none", "payments": "none", "investment_object": "none", "none": "none",
}

// covers are the other words for kinds of cover that may be sold along.
var covers = map[string]string{
	"building_insurance": "building", "home_insurance": "building", "opstal": "building", "home": "building", "buildings": "building", "house": "building", "property": "building",
	"buildings_insurance": "building", "homeowners": "building", "homeowners_insurance": "building",
	"contents_insurance": "contents", "home_contents": "contents", "home_contents_insurance": "contents", "household_contents": "contents", "household": "contents", "inboedel": "contents",
	"disability_insurance": "disability", "arbeidsongeschiktheid": "disability", "aov": "disability", "incapacity": "disability", "work_disability": "disability",
	"term_life_insurance": "term_life", "risk_life": "term_life", "orv": "term_life", "death_risk": "term_life",
	"liability_insurance": "liability", "car_insurance": "car", "motor": "car", "travel_insurance": "travel", "legal_expenses_insurance": "legal_expenses",
	"funeral_in_kind_insurance": "funeral_in_kind",
}

// hints are parts of words that tell a product where the whole word is not in the
// tables; the first that fits counts.
var hints = []struct{ part, product string }{
	{"non_life", "non_life"},
	{"schade", "non_life"},
	{"funeral", "funeral_in_kind"},
	{"uitvaart", "funeral_in_kind"},
	{"disab", "disability"},
	{"incapacity", "disability"},
	{"arbeidsongeschikt", "disability"},
	{"content", "contents"},
	{"inboedel", "contents"},
	{"household", "contents"},
	{"term_life", "term_life"},
	{"overlijdensrisico", "term_life"},
	{"life_cover", "term_life"},
	{"building", "building"},
	{"opstal", "building"},
	{"home_ins", "building"},
	{"house_ins", "building"},
	{"mortgage", "mortgage_credit"},
	{"hypothe", "mortgage_credit"},
	{"credit", "consumer_credit"},
	{"krediet", "consumer_credit"},
	{"loan", "consumer_credit"},
	{"invest", "investing_a"},
	{"beleg", "investing_a"},
	{"life", "life"},
	{"leven", "life"},
	{"pension", "life"},
	{"annuit", "life"},
	{"protection", "non_life"},
	{"saving", "savings"},
	{"sparen", "savings"},
	{"payment", "payment"},
	{"insurance", "non_life"},
}

// wordOf returns the word of the tables above that a product stands for, "" where
// nothing tells it.
func wordOf(product string) string {
	if c, ok := covers[product]; ok {
		return c
	}
	if _, ok := kinds[product]; ok {
		return product
	}
	for _, h := range hints {
		switch {
		case !strings.Contains(product, h.part):
		case h.product == "investing_a" && (strings.HasSuffix(product, "_b") || strings.Contains(product, "complex") && !strings.Contains(product, "non_complex")):
			return "investing_b"
		default:
			return h.product
		}
	}
	return ""
}

// A need is a module that an activity falls under.
type need struct {
	module
	kind  string
	under string // the product that carries a linked cover, "" for an activity of its own
}

// needsOf returns what one activity asks. A cover that is sold along with a
// product whose onderdeel names it asks only what that product asks; everything
// else it is combined with asks its own module too.
func needsOf(a Activity, all []Activity) (needs []need) {
	with := a.Linked
	if a.Along && len(with) == 0 {
		for _, other := range all {
			if carries(other.Product, a.Product) {
				with = append(with, other.Product)
				break
			}
		}
	}
	own := wordOf(a.Product)
	carrier := ""
	if !a.Alone {
		for _, w := range with {
			if carries(w, a.Product) {
				carrier = w
			}
		}
	}
	switch {
	case carrier != "":
		needs = append(needs, need{modules[kinds[wordOf(carrier)]], kinds[wordOf(carrier)], own})
	default:
		needs = append(needs, need{modules[kinds[own]], kinds[own], ""})
	}
	for _, w := range with {
		if a.Alone || w == carrier || carries(a.Product, w) || carries(carrier, w) {
			continue
		}
		needs = append(needs, need{modules[kinds[wordOf(w)]], kinds[wordOf(w)], ""})
	}
	return needs
}

// carries reports whether the cover may be sold along under the product.
func carries(product, cover string) bool {
	return slices.Contains(modules[kinds[wordOf(product)]].covers, wordOf(cover))
}

// cite returns the onderdeel of article 16(1) that asks the module.
func (m module) cite() ident.Norm {
	if m.norm == "" {
		return "bfd:16:1"
	}
	return ident.Norm("bfd:16:1:" + m.norm)
}
