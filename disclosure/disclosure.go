// Package disclosure is the room of the duty to inform: who gives what to whom,
// when and on which carrier, in which language, what comes later, what can still
// be undone, and how long it stays available.
//
// Norms: articles 26, 30-42 and 45-49 of the decree (Besluit financiële
// dienstverlening, 2005) with their notes. For compliance officers and whoever
// makes the documents. Here stand the rules; it keeps nothing yet.
package disclosure

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// The provisions that the rules of this room cite most.
const (
	inWriting  ident.Norm = "bfd:26:1"
	inDutch    ident.Norm = "bfd:26:2"
	general    ident.Norm = "bfd:30:1"
	atOnce     ident.Norm = "bfd:30:2"
	prospectus ident.Norm = "bfd:36:1"
	leaflet    ident.Norm = "bfd:38:1"
	distance   ident.Norm = "bfd:41:1"
)

// A kind is a kind of product as articles 31 to 49 look at it.
type kind int

const (
	otherKind kind = iota + 1
	nonLife
	life
	unitLinked // a life insurance whose value depends on markets
	funeral    // funeral insurance in kind
	funeralFund
	credit
	mortgage
	securitiesCredit
	object
	complexKind
	fundUnit
	ucits
)

var kinds = map[string]kind{
	"non_life": nonLife, "motor": nonLife, "home_insurance": nonLife, "travel_insurance": nonLife, "disability_insurance": nonLife,
	"life": life, "term_life": life, "endowment": life, "annuity": life,
	"unit_linked_life": unitLinked, "unit_linked": unitLinked, "investment_insurance": unitLinked,
	"funeral_in_kind": funeral, "funeral_fund_formation": funeralFund,
	"consumer_credit": credit, "credit": credit, "revolving_credit": credit, "mortgage_credit": mortgage, "mortgage": mortgage,
	"securities_credit": securitiesCredit, "investment_object": object, "complex_product": complexKind, "complex": complexKind,
	"fund_unit": fundUnit, "investment_fund": fundUnit, "ucits": ucits,
	"savings": otherKind, "savings_account": otherKind, "payment": otherKind, "payment_account": otherKind, "securities": otherKind,
	"investment": otherKind, "electronic_money": otherKind,
}

func kindOf(product *string) kind { return kinds[rule.Word(product)] }

// insurance reports whether the kind is an insurance. Fund formation for a
// funeral is not, though insurers offer it.
func (k kind) insurance() bool { return k >= nonLife && k <= funeral }

const chooseProduct = "Kies een product dat deze regel kent, zoals non_life, life, unit_linked_life, funeral_in_kind, funeral_fund_formation, consumer_credit, mortgage_credit, investment_object of complex_product."

// wantKind returns the fault of a product that the rule must choose by and that
// is not one of these kinds, or of none at all.
func wantKind(product *string, text string, among ...kind) []fault.Detail {
	k := kindOf(product)
	switch {
	case product == nil:
		return []fault.Detail{rule.Missing("/product", text)}
	case k == 0, len(among) > 0 && !slices.Contains(among, k):
		return []fault.Detail{rule.Unknown("/product", text)}
	}
	return nil
}

// wantWord returns the fault of a word that is given and not one of these.
func wantWord(at string, word *string, text string, among ...string) []fault.Detail {
	if word == nil || slices.Contains(among, *word) {
		return nil
	}
	return []fault.Detail{rule.Unknown(at, text)}
}

// among reports whether the list, when given, holds the word.
func among(list *[]string, word string) bool { return list != nil && slices.Contains(*list, word) }
