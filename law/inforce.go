package law

import (
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// AssumedCommencement is the day on which the desk takes the decree to have entered into
// force when no other is given. The source does not hold it: article 83 leaves it
// to a royal decree, which may differ for each article.
var AssumedCommencement = calendar.MustParse("2006-01-01")

// CommencedOn returns the day that was given, or else AssumedCommencement with a reason
// that says so.
func CommencedOn(given *calendar.Date, why *rule.Why) calendar.Date {
	if given != nil {
		return *given
	}
	why.Say("commencement_assumed", "bfd:83", "commencement", AssumedCommencement.String())
	return AssumedCommencement
}

// AssumedText is the Dutch sentence of the reason that CommencedOn gives.
const AssumedText = "De bron noemt geen dag van inwerkingtreding (artikel 83). Er is uitgegaan van {commencement}."

// InForceIn asks whether an article of the decree is in force on a day, and for
// an agreement whether it applies. InForceFrom null says that no day was set yet.
type InForceIn struct {
	Article      string                   `json:"article"` // "38", "38:1" or "bfd:38:1"
	InForceFrom  canon.Opt[calendar.Date] `json:"in_force_from"`
	AsOf         *calendar.Date           `json:"as_of"`
	Commencement *calendar.Date           `json:"commencement"`
	Agreement    *calendar.Date           `json:"agreement"` // day on which a credit agreement was concluded
	Revolving    *bool                    `json:"revolving"`
}

// Check refuses what is no article of the decree, which has 84.
func (in InForceIn) Check() []fault.Detail {
	if n := in.number(); n < 1 || n > 84 {
		return []fault.Detail{rule.Unknown("/article", "Noem een artikel van het besluit, zoals 38 of bfd:38:1.")}
	}
	return nil
}

func (in InForceIn) number() int {
	first, _, _ := strings.Cut(strings.TrimPrefix(in.Article, "bfd:"), ":")
	n, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	return n
}

// InForceOut says whether the article is in force, and which older rule holds
// until it is. Applies is answered for an agreement that is given.
type InForceOut struct {
	rule.Why
	InForce bool   `json:"in_force"`
	OldRule string `json:"old_rule,omitempty"`
	Applies *bool  `json:"applies"`
}

// leaflet is the decree that article 38 replaces.
const leaflet = "Besluit financiële bijsluiter"

// before1992 is the day from which the commission articles reach fixed credit.
var before1992 = calendar.MustParse("1992-01-01")

// RuleInForce is the rule on entry into force and transitional law (articles 71,
// 82 and 83).
var RuleInForce = rule.New("rule_in_force", 1, []ident.Norm{"bfd:71", "bfd:82", "bfd:83"}, ruleInForce, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"no_day_set":           "Er is nog geen dag bepaald waarop dit artikel in werking treedt. Dat gebeurt bij koninklijk besluit, en kan per artikel verschillen.",
	"in_force":             "Het artikel is in werking vanaf {from}.",
	"not_yet":              "Het artikel treedt pas op {from} in werking.",
	"no_day_asked":         "Er is geen peildag opgegeven. Het antwoord geldt vanaf de dag van inwerkingtreding.",
	"commencement_assumed": AssumedText,
	"leaflet_holds":        "Tot artikel 38 in werking treedt, blijft het Besluit financiële bijsluiter gelden. Artikel 82 trekt het op dat moment in.",
	"old_fixed_credit":     "De overeenkomst is van voor 1 januari 1992 en is geen doorlopend krediet. De artikelen 62 tot en met 66 gelden daar niet voor.",
	"bank_money_stays":     "Artikel 71 noemt artikel 67 niet. Provisie moet ook bij deze oude overeenkomst giraal worden betaald, hoewel artikel 62, dat de reikwijdte regelt, er niet voor geldt.",
	"reaches_agreement":    "Artikel 71 zondert deze overeenkomst niet uit.",
}))

func ruleInForce(in InForceIn) (out InForceOut) {
	number := in.number()
	switch {
	case in.InForceFrom.Null:
		out.Say("no_day_set", "bfd:83")
	default:
		from := in.InForceFrom.V
		if !in.InForceFrom.Given {
			from = CommencedOn(in.Commencement, &out.Why)
		}
		out.InForce = in.AsOf == nil || !in.AsOf.Before(from)
		code := "not_yet"
		if out.InForce {
			code = "in_force"
		}
		out.Say(code, "bfd:83", "from", from.String())
		if in.AsOf == nil {
			out.Say("no_day_asked", "bfd:83")
		}
	}
	if !out.InForce && (number == 38 || number == 82) {
		out.OldRule = leaflet
		out.Say("leaflet_holds", "bfd:82")
	}
	if in.Agreement != nil {
		out.reach(number, in)
	}
	return out
}

// reach says whether an article reaches an agreement on credit of this day.
func (out *InForceOut) reach(number int, in InForceIn) {
	old := in.Agreement.Before(before1992) && !rule.Holds(in.Revolving)
	out.Applies = new(out.InForce && (!old || number < 62 || number > 66))
	switch {
	case old && number >= 62 && number <= 66:
		out.Say("old_fixed_credit", "bfd:71")
	case old && number == 67:
		out.Say("bank_money_stays", "bfd:71")
	default:
		out.Say("reaches_agreement", "bfd:71")
	}
}
