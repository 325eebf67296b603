package appropriateness

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v4"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// RequiredIn asks whether a product may only be sold without advice after a test.
// What is absent is not at issue.
type RequiredIn struct {
	Product               *string        `json:"product"`                 // free words; those the AFM names weigh
	Purpose               *string        `json:"purpose"`                 // what a term life insurance is for
	AdviceGiven           *bool          `json:"advice_given"`            // by the firm that offers or mediates
	RecentAdviceElsewhere *bool          `json:"recent_advice_elsewhere"` // by another adviser
	Date                  *calendar.Date `json:"date"`                    // of the sale
	Use                   *string        `json:"use"`                     // what the money is for: "sustainability"
	Amount                *money.Decimal `json:"amount"`                  // in euro
	MortgageSince         *calendar.Date `json:"mortgage_since"`          // when the mortgage that is raised was closed
}

// Check asks for the product where the answer turns on it.
func (in RequiredIn) Check() []fault.Detail { return in.first().Check() }

// first is what version 1 is given.
func (in RequiredIn) first() RequiredIn1 {
	return RequiredIn1{in.Product, in.Purpose, in.AdviceGiven, in.RecentAdviceElsewhere}
}

// An Exemption (vrijstelling) is dated data: from when to when, under which
// conditions, and by which source no test is needed.
type Exemption struct {
	ID          string        `yaml:"id"`
	Product     string        `yaml:"product"`
	Use         string        `yaml:"use"`
	AtMost      int64         `yaml:"at_most"`      // euro
	WithinYears int           `yaml:"within_years"` // after the mortgage that is raised was closed
	From        calendar.Date `yaml:"from"`
	Until       calendar.Date `yaml:"until"` // last day; zero while it has no end
	Source      string        `yaml:"source"`
	Verified    bool          `yaml:"verified"` // the provision itself was read
	Text        string        `yaml:"text"`
}

//go:embed exemptions2.yaml
var exemptions2 []byte

// Exemptions are those that rule test_required knows, in the order of their file.
var Exemptions = mustExemptions(exemptions2)

// mustExemptions reads a list that ships with the program; a fault in it is one of
// the programmer.
func mustExemptions(file []byte) (list []Exemption) {
	d := yaml.NewDecoder(bytes.NewReader(file))
	d.KnownFields(true)
	if err := d.Decode(&list); err != nil {
		panic(fmt.Sprintf("appropriateness: exemptions: %v", err))
	}
	for _, e := range list {
		if e.ID == "" || e.Product == "" || e.Use == "" || e.From.IsZero() || e.Source == "" || e.Text == "" {
			panic("appropriateness: exemption " + e.ID + " lacks product, use, first day, source or text")
		}
	}
	return list
}

// fits reports whether the exemption may be at issue: the use is the one it names,
// and no fact that was given fails a condition. sure is whether every condition has
// its fact.
func (e Exemption) fits(in RequiredIn, product string) (fits, sure bool) {
	if product != e.Product || word0(in.Use) != e.Use {
		return false, false
	}
	fits, sure = true, in.Date != nil && in.Amount != nil && in.MortgageSince != nil
	if in.Date != nil {
		fits = !in.Date.Before(e.From) && (e.Until.IsZero() || !in.Date.After(e.Until))
	}
	if in.Amount != nil && in.Amount.Cmp(money.Whole(e.AtMost)) > 0 {
		fits = false
	}
	if in.Date != nil && in.MortgageSince != nil {
		fits = fits && !in.Date.Before(*in.MortgageSince) && !in.Date.After(in.MortgageSince.AddMonths(12*e.WithinYears))
	}
	return fits, sure
}

// TestRequired decides whether the test is compulsory. It is TestRequired1 with the
// exemptions: one that was verified and whose conditions all hold lifts the duty,
// one that was not verified, or of which a fact is absent, is named and lifts
// nothing. Whoever advises asks no exemption.
//
// Norms afm:ket:duty and afm:ket:products with wft:4:24:1 and bgfo:80e:1, which
// holds the exemptions.
var TestRequired = rule.New("test_required", 2,
	[]ident.Norm{"afm:ket:duty", "afm:ket:products", "afm:ket:recent-advice", "wft:4:24:1", "bgfo:80e:1"},
	func(in RequiredIn) RequiredOut { return lifted(in, required(in.first()), Exemptions) },
	rule.Texts(map[string]string{
		"advice_given":               "De klant krijgt advies over dit product. De toets is alleen verplicht als er niet wordt geadviseerd.",
		"named_product":              "De AFM noemt dit product als een product waarvoor de toets verplicht is.",
		"complex_product":            "Dit is een complex product in de zin van artikel 1 BGfo. Daarvoor is de toets verplicht.",
		"payment_protection":         "De overlijdensrisicoverzekering moet de betalingen voor de hypotheek dekken. Daarmee is zij een betalingsbeschermer, en daarvoor is de toets verplicht.",
		"execution_only":             "Wie dit product zonder advies aanbiedt of erin bemiddelt, moet eerst vragen naar de kennis en ervaring van de klant.",
		"recent_advice_no_exemption": "De klant kreeg kort geleden advies van een ander. Dat heft de plicht niet op: neem de toets toch af.",
		"not_named":                  "De AFM noemt dit product niet, maar haar opsomming is niet volledig. Kijk in artikel 80e, eerste lid, BGfo of de toets verplicht is.",
		"exempt":                     "Vrijgesteld sinds {from}: {text}. Bron: {source}.",
		"possibly_exempt":            "Mogelijk vrijgesteld, controleer: {text}, sinds {from}. Zolang dat niet vaststaat, is de toets verplicht. Bron: {source}.",
	}))

func lifted(in RequiredIn, out RequiredOut, list []Exemption) RequiredOut {
	if out.Required != MustTest {
		return out
	}
	for _, e := range list {
		fits, sure := e.fits(in, word0(in.Product))
		switch {
		case !fits:
		case e.Verified && sure:
			return RequiredOut{Required: NoTest, Exemption: e.ID, Why: because(e.reason("exempt"))}
		default:
			out.PossiblyExempt = append(out.PossiblyExempt, e.ID)
			out.Why.Because = append(out.Why.Because, e.reason("possibly_exempt"))
		}
	}
	return out
}

func (e Exemption) reason(code string) rule.Reason {
	return reason(code, "bgfo:80e:1", "exemption", e.ID, "from", e.From.String(), "text", e.Text, "source", e.Source)
}
