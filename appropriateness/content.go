package appropriateness

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// ContentIn is what rule test_content is given of a test as a whole.
type ContentIn struct {
	Items            []string       `json:"items,omitempty"`   // elements that are asked after
	ShareSubstantive *money.Decimal `json:"share_substantive"` // of the questions, from 0 to 1
	RisksCovered     *bool          `json:"risks_covered"`
	ProductSpecific  *bool          `json:"product_specific"`
	Reason           *string        `json:"reason"` // why the test is as short as it is: "drop_out"
	Questions        *money.Decimal `json:"questions"`
	Reliable         *bool          `json:"reliable"`
}

// ContentOut says whether all elements are asked after, and what else is amiss.
type ContentOut struct {
	rule.Why
	Complete *bool     `json:"complete"` // absent where no items were given
	Missing  *[]string `json:"missing"`  // the same; empty where it is complete
	Flags    []string  `json:"flags"`
}

// The flags of rule test_content.
const (
	NotSubstantive = "not mainly substantive"
	NotSpecific    = "not product specific"
	Unbalanced     = "unbalanced"
	Sacrificed     = "reliability sacrificed"
)

// TestContent is the rule on what a test must hold.
var TestContent = rule.New("test_content", 1,
	[]ident.Norm{"afm:ket:knowledge-items", "afm:ket:experience-items", "afm:ket:content", "afm:ket:selfreport", "afm:ket:length", "bgfo:80e:2"}, testContent,
	rule.Texts(map[string]string{
		"complete":               "De toets vraagt naar alle zeven onderdelen.",
		"element_missing":        "De toets vraagt niet naar {element}. Dat moet wel.",
		"not_mainly_substantive": "Het deel inhoudelijke vragen is {share}. De vragen moeten overwegend inhoudelijk zijn.",
		"unbalanced":             "De toets vraagt niet naar de risico's. Een goede toets belicht niet alleen de positieve kanten.",
		"not_product_specific":   "De vragen gaan niet over dit product en deze dienst. Maak ze specifiek.",
		"reliability_sacrificed": "De toets is kort gehouden om afhaken te voorkomen, en is daardoor niet betrouwbaar. Dat mag geen reden zijn.",
		"nothing_found":          "Er is niets gevonden dat de AFM afraadt.",
	}))

// testContent holds what is given against the page; what is absent is not at
// issue. "Mainly substantive" is more than half: a half is not mainly.
func testContent(in ContentIn) ContentOut {
	out := ContentOut{Flags: []string{}}
	flag := func(text, code string, norm ident.Norm, values ...string) {
		out.Flags = append(out.Flags, text)
		out.Because = append(out.Because, reason(code, norm, values...))
	}
	if in.Items != nil {
		out.lookFor(in.Items)
	}
	if in.ShareSubstantive != nil && in.ShareSubstantive.Cmp(half) <= 0 {
		flag(NotSubstantive, "not_mainly_substantive", "afm:ket:selfreport", "share", in.ShareSubstantive.String())
	}
	if fails(in.ProductSpecific) {
		flag(NotSpecific, "not_product_specific", "afm:ket:content")
	}
	if fails(in.RisksCovered) {
		flag(Unbalanced, "unbalanced", "afm:ket:content")
	}
	if word0(in.Reason) == "drop_out" && fails(in.Reliable) {
		flag(Sacrificed, "reliability_sacrificed", "afm:ket:length")
	}
	if len(out.Because) == 0 {
		out.Why = because(reason("nothing_found", "afm:ket:content"))
	}
	return out
}

var half = money.MustParse("0.5")

func (o *ContentOut) lookFor(items []string) {
	missing := []string{}
	for _, e := range Elements {
		if slices.Contains(items, string(e)) {
			continue
		}
		norm := ident.Norm("afm:ket:knowledge-items")
		if e.Experience() {
			norm = "afm:ket:experience-items"
		}
		missing = append(missing, string(e))
		o.Because = append(o.Because, reason("element_missing", norm, "element", string(e)))
	}
	o.Complete, o.Missing = new(len(missing) == 0), &missing
	if *o.Complete {
		o.Because = append(o.Because, reason("complete", "afm:ket:knowledge-items"))
	}
}
