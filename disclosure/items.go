package disclosure

import (
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// coolingMonths is above how many months a life insurance has a cooling-off right.
const coolingMonths = 6

// ItemIn asks whether the cooling-off right must be explained.
type ItemIn struct {
	Product    *string        `json:"product"`
	Individual *bool          `json:"individual"`
	TermMonths *money.Decimal `json:"term_months"`
}

// Check asks for a known product.
func (in ItemIn) Check() []fault.Detail { return wantKind(in.Product, chooseProduct) }

// ItemOut is the answer of InformationItem.
type ItemOut struct {
	rule.Why
	Item     string `json:"item,omitempty"` // the onderdeel that asks it
	Required bool   `json:"required"`
}

// InformationItem decides whether the way to use the cooling-off right must be
// told: of life insurance only of an individual contract of more than six months.
// Norm bfd:32:1:m, by its note.
var InformationItem = rule.New("information_item", 1, []ident.Norm{"bfd:32:1:m", "bfd:34:1:i"}, informationItem, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"required":   "De verzekeraar moet uitleggen hoe de consument zijn bedenktijd gebruikt.",
	"collective": "Het is een collectieve verzekering. De informatie over de bedenktijd hoeft niet.",
	"short":      "De looptijd is niet langer dan zes maanden. De informatie over de bedenktijd hoeft niet.",
	"funeral":    "Bij een natura-uitvaartverzekering kent de toelichting geen uitzondering naar soort of looptijd.",
	"no_item":    "Voor dit product vraagt het besluit geen uitleg over een bedenktijd.",
}))

func informationItem(in ItemIn) ItemOut {
	var out ItemOut
	switch kindOf(in.Product) {
	case life, unitLinked:
		out.Item = "32:1:m"
	case funeral, funeralFund:
		out.Item, out.Required = "34:1:i", true
		out.Say("required", "bfd:34:1:i")
		out.Say("funeral", "bfd:34:1:i")
		return out
	default:
		out.Say("no_item", "bfd:32:1:m")
		return out
	}
	switch {
	case rule.Fails(in.Individual):
		out.Say("collective", "bfd:32:1:m")
	case in.TermMonths != nil && in.TermMonths.Cmp(money.Whole(coolingMonths)) <= 0:
		out.Say("short", "bfd:32:1:m")
	default:
		out.Required = true
		out.Say("required", "bfd:32:1:m")
	}
	return out
}

// ItemsIn asks whether all information on an insurance was given in time.
type ItemsIn struct {
	Product       *string   `json:"product"`
	Delivered     *[]string `json:"delivered"` // letters of the product's own list
	Before        *bool     `json:"before_contract"`
	Indexation    *bool     `json:"indexation_applies"`     // of a funeral insurance: 34(1)(f)
	Investment    *bool     `json:"investment_information"` // of fund formation: 34(6)
	NotApplicable *[]string `json:"not_applicable"`         // letters that do not apply to this contract
}

// A list is what an article asks, by letter.
type list struct {
	lid     ident.Norm
	letters string
}

var lists = map[kind]list{
	nonLife:     {"bfd:31:1", "abc"},
	life:        {"bfd:32:1", "abcdefghijklmnopqrst"},
	unitLinked:  {"bfd:32:1", "abcdefghijklmnopqrst"},
	funeral:     {"bfd:34:1", "abcdefghijklm"},
	funeralFund: {"bfd:34:1", "abcdefghijklm"},
}

// Check asks for an insurance.
func (in ItemsIn) Check() []fault.Detail {
	return wantKind(in.Product, "Kies non_life, life, unit_linked_life, funeral_in_kind of funeral_fund_formation.", nonLife, life, unitLinked, funeral, funeralFund)
}

// ItemsOut is the answer of InformationItems.
type ItemsOut struct {
	law.Finding
	Missing []string `json:"missing,omitempty"`
}

// InformationItems decides whether a consumer got every item on an insurance
// before the contract. What lacks names the lid, and the letters are listed.
// Norms bfd:31:1, 32:1, 34:1 and 34:6.
var InformationItems = rule.New("information_items", 1, []ident.Norm{"bfd:31:1", "bfd:32:1", "bfd:34:1", "bfd:34:1:f", "bfd:34:5", "bfd:34:6"},
	informationItems, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"missing":     "Deze onderdelen ontbreken: {letters}.",
		"indexation":  "De verzekering kent indexering, dus onderdeel f hoort erbij.",
		"too_late":    "De informatie kwam niet voor de overeenkomst. Of zij later mocht, beslist de regel later_information_allowed.",
		"investments": "De consument is niet verteld hoe de inleg wordt belegd.",
		"by_analogy":  "Artikel 34, eerste lid, geldt via het vijfde lid ook voor fondsvorming voor de uitvaart.",
		"complete":    "Alle informatie is gegeven, voor zover hier opgegeven en van toepassing.",
	}))

func informationItems(in ItemsIn) ItemsOut {
	var out ItemsOut
	k := kindOf(in.Product)
	l := lists[k]
	skip := in.NotApplicable
	if l.lid == "bfd:34:1" && !rule.Holds(in.Indexation) {
		skip = &[]string{"f"}
		if in.NotApplicable != nil {
			*skip = append(*skip, *in.NotApplicable...)
		}
	}
	if out.Missing = lacking(l.letters, in.Delivered, skip); out.Missing != nil {
		out.Hold(l.lid, "missing", "letters", strings.Join(out.Missing, ", "))
	}
	if slices.Contains(out.Missing, "f") && l.lid == "bfd:34:1" {
		out.Say("indexation", "bfd:34:1:f")
	}
	if rule.Fails(in.Before) {
		out.Hold(l.lid, "too_late")
	}
	if k == funeralFund {
		out.Say("by_analogy", "bfd:34:5")
		if rule.Fails(in.Investment) {
			out.Hold("bfd:34:6", "investments")
		}
	}
	out.Close("complete", l.lid)
	return out
}

// lacking returns the letters that were not given and apply; nothing where it is
// not known what was given.
func lacking(letters string, given, skip *[]string) (missing []string) {
	for _, letter := range letters {
		if l := string(letter); given != nil && !among(given, l) && !among(skip, l) {
			missing = append(missing, l)
		}
	}
	return missing
}

// PolicyIn asks whether a consumer got the investment policy of the fund that a
// benefit is expressed in.
type PolicyIn struct {
	Product    *string           `json:"product"`
	Requested  *bool             `json:"requested"`
	HandedOver canon.Opt[string] `json:"handed_over"` // null: nothing
	Aspects    *[]string         `json:"aspects"`     // of other material: "objective", "restrictions", "instruments"
}

var (
	enoughOnPolicy = []string{"fund_prospectus", "prospectus", "product_brochure", "brochure", "leaflet", "policy_information"}
	nothing        = []string{"nothing", "none"}
	policyAspects  = []string{"objective", "restrictions", "instruments"}
)

// Check asks for a document that can be judged.
func (in PolicyIn) Check() []fault.Detail {
	if in.Aspects != nil || !in.HandedOver.Given || in.HandedOver.Null {
		return nil
	}
	return wantWord("/handed_over", &in.HandedOver.V, "Kies fund_prospectus, product_brochure of none, of noem met aspects wat het stuk behandelt.", slices.Concat(enoughOnPolicy, nothing)...)
}

// PolicyOut is the answer of FundPolicyInformation.
type PolicyOut struct {
	law.Finding
	Missing []string `json:"missing,omitempty"`
}

// FundPolicyInformation decides whether the insurer handed over, when asked, what
// the investment policy is. The prospectus of the fund is enough. Norm bfd:32:5.
var FundPolicyInformation = rule.New("fund_policy_information", 1, []ident.Norm{"bfd:32:5"}, fundPolicy, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"not_asked":    "De consument heeft er niet om gevraagd. Deze informatie hoeft alleen op verzoek.",
	"not_handed":   "De consument vroeg om informatie over het beleggingsbeleid en kreeg die niet.",
	"aspects":      "Het stuk behandelt niet alle onderdelen: {missing}.",
	"enough":       "Het prospectus van de beleggingsinstelling is genoeg, volgens de toelichting. Ander materiaal mag ook als het de drie onderdelen behandelt.",
	"not_in_units": "Bij dit product wordt de uitkering niet uitgedrukt in rechten van deelneming. Artikel 32, vijfde lid, geldt niet.",
}))

func fundPolicy(in PolicyIn) PolicyOut {
	var out PolicyOut
	if k := kindOf(in.Product); in.Product != nil && k != unitLinked && k != life {
		out.Close("not_in_units", "bfd:32:5")
		return out
	}
	if rule.Fails(in.Requested) {
		out.Close("not_asked", "bfd:32:5")
		return out
	}
	if h := in.HandedOver; h.Given && (h.Null || slices.Contains(nothing, h.V)) {
		out.Hold("bfd:32:5", "not_handed")
	} else if in.Aspects != nil && !slices.Contains(enoughOnPolicy[:2], h.V) {
		for _, a := range policyAspects {
			if !among(in.Aspects, a) {
				out.Missing = append(out.Missing, a)
			}
		}
		if out.Missing != nil {
			out.Hold("bfd:32:5", "aspects", "missing", strings.Join(out.Missing, ", "))
		}
	}
	out.Close("enough", "bfd:32:5")
	return out
}
