package law

import (
	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// AffiliatedIn asks whether somebody is an affiliated party (gelieerde partij) of
// a provider of investment objects by what it can decide there.
type AffiliatedIn struct {
	Votes  *money.Decimal `json:"votes_percent"`
	Rights *bool          `json:"other_rights"` // that give significant influence (invloed van betekenis)
}

// AffiliatedOut says whether significant influence is presumed.
type AffiliatedOut struct {
	rule.Why
	Affiliated string `json:"affiliated"` // "presumed" or "not_presumed"
}

// presumedFrom is the share of the votes, in percent, from which significant
// influence is presumed: at least 20 (article 2:389 BW, by the note).
var presumedFrom = money.Whole(20)

// AffiliatedParty is the rule on the second limb of the definition.
var AffiliatedParty = rule.New("affiliated_party", 1, []ident.Norm{"bfd:1::i:2"}, func(in AffiliatedIn) AffiliatedOut {
	out := AffiliatedOut{Affiliated: "not_presumed"}
	if rule.Holds(in.Rights) {
		out.Affiliated = "presumed"
		out.Say("other_rights", "bfd:1::i:2")
	}
	switch {
	case in.Votes == nil:
	case in.Votes.Cmp(presumedFrom) >= 0:
		out.Affiliated = "presumed"
		out.Say("votes_from_20", "bfd:1::i:2", "votes", in.Votes.String())
	default:
		out.Say("votes_below_20", "bfd:1::i:2", "votes", in.Votes.String())
	}
	if len(out.Because) == 0 {
		out.Say("nothing_given", "bfd:1::i:2")
	}
	if out.Affiliated == "not_presumed" {
		out.Say("influence_otherwise", "bfd:1::i:2")
	}
	return out
}, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"votes_from_20":       "Met {votes}% van de stemrechten is het vermoeden dat er invloed van betekenis is. Dat vermoeden begint bij ten minste 20% (artikel 2:389 BW, volgens de toelichting).",
	"votes_below_20":      "Met {votes}% van de stemrechten is er nog geen vermoeden van invloed van betekenis. Dat begint bij ten minste 20%.",
	"other_rights":        "Er zijn andere rechten waarmee invloed van betekenis kan worden uitgeoefend. Dan is het al een gelieerde partij, ook zonder het vermoeden van de toelichting.",
	"influence_otherwise": "Zonder vermoeden kan iemand toch een gelieerde partij zijn: door de statuten, een overeenkomst of een persoonlijke relatie. De toelichting spreekt ook van een vijfde onderdeel, maar het artikel heeft er vier.",
	"nothing_given":       "Er zijn geen stemrechten of andere rechten opgegeven.",
}))
