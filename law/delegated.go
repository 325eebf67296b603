package law

import (
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// DelegatedIn asks what it means that a rule to be made by minister or supervisor
// is not there.
type DelegatedIn struct {
	Rule   string `json:"rule"` // the provision that delegates, such as "39:4"
	Loaded *bool  `json:"rules_loaded"`
}

// DelegatedOut says whether the decree cannot be applied without the rule.
type DelegatedOut struct {
	rule.Why
	Status string `json:"status"`
}

// What a delegated rule can be.
const (
	RuleMissing  = "mandatory_rule_missing" // it must be made, and is not in the source
	RuleLoaded   = "mandatory_rule_loaded"
	RuleOptional = "optional_rule" // it may be made
)

// delegations are the provisions that leave something to a further rule, and
// whether that rule must be made ("stelt regels", "worden vastgesteld") or may be
// ("kan regels stellen").
var delegations = map[string]bool{
	"19:1": true, "19:2": false, "25": true, "29": false, "35:5": false, "36:8": false, "38:4": false,
	"39:1:h": false, "39:2:i": false, "39:4": true, "39:5": true, "48:1:c": false, "48:3": false,
	"68:1": true, "72:1": true, "72:2": true, "72:3": false,
}

// delegation returns the provision without the name of the decree, down to the
// level that delegates.
func delegation(asked string) (provision string, must, ok bool) {
	for n := strings.TrimPrefix(asked, "bfd:"); n != ""; n = n[:max(0, strings.LastIndexByte(n, ':'))] {
		if must, ok := delegations[n]; ok {
			return n, must, true
		}
	}
	return "", false, false
}

// Check refuses a provision that delegates nothing.
func (in DelegatedIn) Check() []fault.Detail {
	if _, _, ok := delegation(in.Rule); !ok {
		return []fault.Detail{rule.Unknown("/rule", "Noem een bepaling die iets aan een nadere regel overlaat, zoals 29, 35:5 of 39:4.")}
	}
	return nil
}

// DelegatedRule is the rule on what the decree leaves to further rules. Their
// content is not in the source and is never guessed.
var DelegatedRule = rule.New("delegated_rule", 1, []ident.Norm{"bfd:29", "bfd:35:5", "bfd:36:8", "bfd:39:4", "bfd:39:5", "bfd:48:3"}, func(in DelegatedIn) DelegatedOut {
	provision, must, _ := delegation(in.Rule)
	out, norm := DelegatedOut{Status: RuleOptional}, ident.Norm("bfd:"+provision)
	switch {
	case must && rule.Holds(in.Loaded):
		out.Status = RuleLoaded
		out.Say("must_and_there", norm)
	case must:
		out.Status = RuleMissing
		out.Say("must_and_missing", norm)
	case rule.Holds(in.Loaded):
		out.Say("may_and_there", norm)
	default:
		out.Say("may", norm)
	}
	switch provision {
	case "19:2":
		out.Say("when_developments", norm)
	case "29":
		out.Say("not_for_article_28", norm)
	case "36:8":
		out.Say("note_says_ninth", norm)
	case "39:5":
		out.Say("directive_only", norm)
	}
	return out
}, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"must_and_there":     "Deze bepaling schrijft een nadere regel voor. Die regel is geladen.",
	"must_and_missing":   "Deze bepaling schrijft een nadere regel voor. Die regel staat niet in de bron en is niet geladen: zonder haar is de norm niet volledig toe te passen.",
	"may_and_there":      "Deze bepaling laat een nadere regel toe, maar schrijft hem niet voor. Er is een regel geladen.",
	"may":                "Deze bepaling laat een nadere regel toe, maar schrijft hem niet voor. Ook zonder die regel geldt de norm.",
	"when_developments":  "De plicht om deze regel vast te stellen ontstaat alleen als ontwikkelingen op de markt of in de regelgeving daar aanleiding toe geven.",
	"not_for_article_28": "Regels over berekeningen kunnen alleen gaan over artikel 27, niet over artikel 28, hoewel de toelichting die wel verwacht.",
	"note_says_ninth":    "De toelichting noemt deze bepaling het negende lid; het is het achtste.",
	"directive_only":     "Deze regels dienen alleen om de richtlijn voor beleggingsinstellingen uit te voeren.",
}))
