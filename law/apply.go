package law

import (
	"slices"
	"strings"
)

// A Firm is how a financial service provider describes itself, to learn which
// norms are addressed to it. Roles are Bearers of the list below, Products those
// it works in.
type Firm struct {
	Roles    []string // of FirmRoles
	Products []string // of FirmProducts
	Distance bool     // concludes contracts at a distance: by website, phone or post
	Calls    bool     // approaches consumers by phone or message unasked
	Adverts  bool     // advertises
}

// FirmRoles are the codes of Bearers that a firm can be.
var FirmRoles = []string{
	"provider", "intermediary", "adviser", "agent", "sub_agent", "tied", "affiliated", "bank", "insurer", "reinsurance_intermediary", "fund", "composer",
	"exam_institute", "dispute_body",
}

// FirmProducts are the codes of Products that a firm can work in.
var FirmProducts = []string{
	"revolving_credit", "non_revolving_credit", "goods_credit", "securities_credit", "mortgage_credit", "investment_object", "investing", "fund", "non_life", "life", "disability",
	"funeral_in_kind", "savings", "complex",
}

// widerProducts says of each product of a firm what wider products it belongs to.
var widerProducts = map[string][]string{
	"revolving_credit":     {"consumer_credit", "credit"},
	"non_revolving_credit": {"consumer_credit", "credit"},
	"goods_credit":         {"consumer_credit", "credit"},
	"securities_credit":    {"consumer_credit", "credit"},
	"mortgage_credit":      {"credit"},
	"investment_object":    {"complex"},
	"fund":                 {"investing"},
	"non_life":             {"insurance"},
	"life":                 {"insurance"},
	"disability":           {"non_life", "insurance"},
	"funeral_in_kind":      {"insurance"},
}

// atDistance are the articles about contracts at a distance alone.
var atDistance = []string{"bfd:40", "bfd:41", "bfd:42", "bfd:43", "bfd:47"}

// unasked is the article about unasked contact.
var unasked = []string{"bfd:44"}

// serves are the roles of a firm that gives financial services.
var serves = []string{"provider", "intermediary", "adviser", "agent", "sub_agent", "tied", "affiliated", "bank", "insurer", "reinsurance_intermediary"}

// An Application says whether a norm is addressed to a firm, and why.
type Application struct {
	Norm    Norm
	Applies bool
	Because string // of Reasons
	What    string // the role, product or way of working that decided; may be empty
}

// The reasons of an Application.
const (
	EveryFirm    = "every_firm"    // it binds all financial service providers
	ByRole       = "by_role"       // it binds this role
	NoSuchRole   = "no_such_role"  // it binds others
	NoSuchTrade  = "no_such_trade" // it is about other products
	NoDistance   = "no_distance"   // it is about contracts at a distance
	NoCalls      = "no_calls"      // it is about unasked contact
	NoAdverts    = "no_adverts"    // it is about advertising
	ForEverybody = "for_everybody" // it binds nobody by itself: definitions, scope, dates
)

// becauseDutch are the reasons in Dutch; {what} is filled in.
var becauseDutch = map[string]string{
	EveryFirm:    "Geldt voor elke financiële dienstverlener.",
	ByRole:       "Geldt voor u als {what}.",
	NoSuchRole:   "Richt zich tot anderen: {what}.",
	NoSuchTrade:  "Gaat over producten die u niet voert: {what}.",
	NoDistance:   "Gaat alleen over overeenkomsten op afstand.",
	NoCalls:      "Gaat alleen over ongevraagd contact.",
	NoAdverts:    "Gaat alleen over reclame.",
	ByOwnRule:    "Geldt volgens uw eigen regelset. {what}",
	NotByOwn:     "Geldt niet volgens uw eigen regelset: geen regel voor deze norm is van toepassing.",
	OpenByOwn:    "Uw eigen regelset kan dit niet beslissen. Daarom staat de norm bij wat geldt.",
	ForEverybody: "Bindt niemand zelf, maar zegt hoe de andere normen te lezen zijn.",
}

// Dutch says in Dutch why the norm applies or does not.
func (a Application) Dutch() string {
	return strings.ReplaceAll(becauseDutch[a.Because], "{what}", a.What)
}

// Apply says of each norm whether it is addressed to the firm. It reads bearers
// and products as the catalogue writes them, and knows nothing of exceptions for
// one case: those stand at the norm.
func (f Firm) Apply(norms []Norm) []Application {
	roles, products := f.roles(), f.products()
	list := make([]Application, len(norms))
	for i, n := range norms {
		list[i] = f.apply(n, roles, products)
	}
	return list
}

func (f Firm) apply(n Norm, roles, products []string) Application {
	a := Application{Norm: n}
	role := common(n.Bearers, roles)
	switch {
	case len(n.Bearers) == 0:
		a.Applies, a.Because = true, ForEverybody
		return a
	case role == "":
		a.Because, a.What = NoSuchRole, inDutch(Bearers, n.Bearers)
		return a
	case len(n.Products) > 0 && !slices.Contains(n.Products, "any") && common(n.Products, products) == "":
		a.Because, a.What = NoSuchTrade, inDutch(Products, n.Products)
		return a
	case !f.Distance && isWithin(n, atDistance):
		a.Because = NoDistance
		return a
	case !f.Calls && isWithin(n, unasked):
		a.Because = NoCalls
		return a
	case !f.Adverts && n.Moment == "advertising":
		a.Because = NoAdverts
		return a
	}
	a.Applies, a.Because = true, ByRole
	if role == "firm" || role == "employee" {
		a.Because = EveryFirm
		return a
	}
	a.What = inDutch(Bearers, []string{role})
	return a
}

// roles are those of the firm with what follows from them.
func (f Firm) roles() []string {
	roles := slices.Clone(f.Roles)
	if common(f.Roles, serves) != "" {
		roles = append(roles, "firm", "employee")
	}
	add := func(follows bool, role string) {
		if follows {
			roles = append(roles, role)
		}
	}
	is := func(role string) bool { return slices.Contains(f.Roles, role) }
	add(!is("provider") && (is("bank") || is("insurer")), "provider")
	add(is("tied"), "intermediary") // a verbonden bemiddelaar is one
	in := f.products()
	provides, mediates := is("provider") || is("bank") || is("insurer"), is("intermediary") || is("tied")
	add(provides && slices.Contains(in, "credit"), "credit_provider")
	add(provides && slices.Contains(in, "investment_object"), "object_provider")
	add(mediates && slices.Contains(in, "insurance"), "insurance_intermediary")
	return roles
}

func (f Firm) products() []string {
	products := slices.Clone(f.Products)
	for _, p := range f.Products {
		products = append(products, widerProducts[p]...)
	}
	return products
}

// common returns the first of a that is in b, "" when none is.
func common(a, b []string) string {
	for _, x := range a {
		if slices.Contains(b, x) {
			return x
		}
	}
	return ""
}

func isWithin(n Norm, articles []string) bool {
	return slices.ContainsFunc(articles, func(a string) bool { return within(string(n.ID), a) })
}

// inDutch names codes in Dutch, with commas.
func inDutch(list Words, codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = c
		if w, ok := list.Find(c); ok {
			names[i] = w.Dutch
		}
	}
	return strings.Join(names, ", ")
}
