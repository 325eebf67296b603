package appropriateness

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// RequiredIn1 is what version 1 of rule test_required is given.
type RequiredIn1 struct {
	Product               *string `json:"product"`                 // free words; those the AFM names weigh
	Purpose               *string `json:"purpose"`                 // what a term life insurance is for
	AdviceGiven           *bool   `json:"advice_given"`            // by the firm that offers or mediates
	RecentAdviceElsewhere *bool   `json:"recent_advice_elsewhere"` // by another adviser
}

// Check asks for the product where the answer turns on it.
func (in RequiredIn1) Check() []fault.Detail {
	if holds(in.AdviceGiven) || word0(in.Product) != "" {
		return nil
	}
	return missing("/product", "Noem het product: zonder product is niet te zeggen of de toets verplicht is.")
}

// A Requirement is whether a test must be taken.
type Requirement string

// The requirements. CheckBGfo is for a product that the AFM page does not name:
// its list is not whole ("onder meer") and points to article 80e(1) BGfo.
const (
	MustTest  Requirement = "required"
	NoTest    Requirement = "not_required"
	CheckBGfo Requirement = "not_named_check_bgfo_80e"
)

// Canon writes true, false, or that the page does not name the product.
func (r Requirement) Canon() any {
	switch r {
	case MustTest:
		return true
	case NoTest:
		return false
	}
	return string(r)
}

// Shape says in a schema what Canon writes.
func (Requirement) Shape() canon.Shape { return canon.Shape{Types: []string{"boolean", "string"}} }

// RequiredOut is the answer of TestRequired; version 1 leaves the exemptions empty.
type RequiredOut struct {
	rule.Why
	Required Requirement `json:"required"`
	Because  string      `json:"because,omitempty"` // the kind of product it counts as, when not its own

	Exemption      string   `json:"exemption,omitempty"`       // id of the one that lifts the duty
	PossiblyExempt []string `json:"possibly_exempt,omitempty"` // ids of those that might; the duty stands meanwhile
}

// Exempt reports that no test is needed. A product that the page does not name
// is not exempt: somebody must look in the decree.
func (o RequiredOut) Exempt() bool { return o.Required == NoTest }

// The products that the AFM page names, and whether they stand there as a
// complex product in the sense of article 1 BGfo.
var namedProducts = map[string]bool{
	"mortgage":                        false,
	"individual_disability_insurance": false,
	"payment_protection":              false,
	"investment_object":               true,
	"investment_linked_insurance":     true,
	"second_pillar_pension_insurance": true,
	"complex_product":                 true, // in the words of the page: any in the sense of article 1 BGfo
}

// TestRequired1 decided whether the test is compulsory before exemptions were data;
// what it decided is replayed with it.
//
// Norms afm:ket:duty and afm:ket:products with wft:4:24:1 and bgfo:80e:1: who
// offers one of these products or mediates in it without advice. Advice that
// another gave before does not lift the duty (afm:ket:recent-advice).
var TestRequired1 = rule.New("test_required", 1,
	[]ident.Norm{"afm:ket:duty", "afm:ket:products", "afm:ket:recent-advice", "wft:4:24:1", "bgfo:80e:1"},
	required, rule.Texts(map[string]string{
		"advice_given":               "De klant krijgt advies over dit product. De toets is alleen verplicht als er niet wordt geadviseerd.",
		"named_product":              "De AFM noemt dit product als een product waarvoor de toets verplicht is.",
		"complex_product":            "Dit is een complex product in de zin van artikel 1 BGfo. Daarvoor is de toets verplicht.",
		"payment_protection":         "De overlijdensrisicoverzekering moet de betalingen voor de hypotheek dekken. Daarmee is zij een betalingsbeschermer, en daarvoor is de toets verplicht.",
		"execution_only":             "Wie dit product zonder advies aanbiedt of erin bemiddelt, moet eerst vragen naar de kennis en ervaring van de klant.",
		"recent_advice_no_exemption": "De klant kreeg kort geleden advies van een ander. Dat heft de plicht niet op: neem de toets toch af.",
		"not_named":                  "De AFM noemt dit product niet, maar haar opsomming is niet volledig. Kijk in artikel 80e, eerste lid, BGfo of de toets verplicht is.",
	}))

func required(in RequiredIn1) RequiredOut {
	if holds(in.AdviceGiven) {
		return RequiredOut{Required: NoTest, Why: because(reason("advice_given", "afm:ket:duty"))}
	}
	product := word0(in.Product)
	complex, named := namedProducts[product]
	out := RequiredOut{Required: MustTest}
	switch {
	case complex:
		out.Why = because(reason("complex_product", "afm:ket:products", "product", product))
	case named:
		out.Why = because(reason("named_product", "afm:ket:products", "product", product))
	case product == "term_life" && word0(in.Purpose) == "cover_mortgage_payments":
		out.Because = "payment_protection"
		out.Why = because(reason("payment_protection", "afm:ket:products", "product", product, "purpose", *in.Purpose))
	default:
		why := because(reason("not_named", "bgfo:80e:1", "product", product))
		return RequiredOut{Required: CheckBGfo, Why: why}
	}
	out.Why.Because = append(out.Why.Because, reason("execution_only", "wft:4:24:1"))
	if holds(in.RecentAdviceElsewhere) {
		out.Why.Because = append(out.Why.Because, reason("recent_advice_no_exemption", "afm:ket:recent-advice"))
	}
	return out
}

// holds reports whether a fact is given and true.
func holds(fact *bool) bool { return fact != nil && *fact }

// fails reports whether a fact is given and false.
func fails(fact *bool) bool { return fact != nil && !*fact }

// word0 returns a word that may be absent, "" when it is.
func word0(word *string) string {
	if word == nil {
		return ""
	}
	return *word
}

// reason returns a reason with its values, given as name and value in turn.
func reason(code string, norm ident.Norm, values ...string) rule.Reason {
	r := rule.Reason{Code: code, Norm: norm}
	for i := 0; i < len(values); i += 2 {
		if r.Values == nil {
			r.Values = make(map[string]string, len(values)/2)
		}
		r.Values[values[i]] = values[i+1]
	}
	return r
}

func because(reasons ...rule.Reason) rule.Why { return rule.Why{Because: reasons} }

func missing(at, text string) []fault.Detail {
	return []fault.Detail{{Pointer: at, Reason: canon.CodeMissing, Text: text}}
}
