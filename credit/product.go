package credit

import (
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A ProductID is the id of a credit product.
type ProductID string

// A Product is what a firm lends on: the newest version of its terms, and whether
// it is still sold and may be calculated with by anybody.
type Product struct {
	ID      ProductID
	Active  bool // still offered
	Open    bool // anybody may calculate with it, at an address of its own
	Made    time.Time
	Version // the newest
}

// A Version is the terms of a product from a day on. It never changes: what is kept
// is addressed by the hash of its content.
type Version struct {
	Nr   int
	Hash ident.Hash
	At   time.Time // when it was written
	By   string
	Content
}

// contentFormat is the encoding of a version's content. What must change becomes a /2.
const contentFormat = "kredietproduct/1"

// Content is what a version says.
type Content struct {
	Format     string        `json:"format"`
	Name       string        `json:"name"`
	From       calendar.Date `json:"from"`       // from which day these terms are offered
	Insurance  string        `json:"insurance"`  // to be taken out to get the credit (article 28(1)(e)); empty for none
	Collateral string        `json:"collateral"` // rights to be established for the provider; empty for none
	Terms      Terms         `json:"terms"`
}

// Seal returns the canonical bytes of the content and their hash.
func (c Content) Seal() ([]byte, ident.Hash) {
	b := canon.Must(c)
	return b, ident.HashOf(b)
}

// lengths of texts.
const (
	maxName = 80
	maxText = 400
)

// Check returns all that is wrong with the content as one fault.Invalid
// "invalid-credit-product"; nil when it can be kept.
func (c Content) Check() error {
	var wrong []fault.Detail
	say := func(at, text string) {
		wrong = append(wrong, fault.Detail{Pointer: at, Reason: "invalid-credit-product", Text: text})
	}
	if n := utf8.RuneCountInString(c.Name); n == 0 || n > maxName {
		say("/name", "Geef een naam van ten hoogste 80 tekens.")
	}
	if c.From.IsZero() {
		say("/from", "Geef de dag waarop deze voorwaarden ingaan.")
	} else if _, found := interestOn(c.From); !found {
		say("/from", "Geef een latere dag. Van daarvoor is de wettelijke rente niet bekend.")
	}
	for at, s := range map[string]string{"/insurance": c.Insurance, "/collateral": c.Collateral} {
		if utf8.RuneCountInString(s) > maxText {
			say(at, "Geef een tekst van ten hoogste 400 tekens.")
		}
	}
	for at, s := range map[string]string{"/name": c.Name, "/insurance": c.Insurance, "/collateral": c.Collateral} {
		if text.HoldsBSN(s) {
			say(at, "Haal het burgerservicenummer weg. Dat hoort hier niet.")
		}
	}
	switch c.Terms.Kind {
	case Revolving, Annuity, Linear, InterestOnly:
	default:
		say("/terms/kind", "Kies hoe het krediet wordt afgelost.")
	}
	for _, d := range c.Terms.Check() {
		if d.Pointer != "/kind" {
			say("/terms"+d.Pointer, d.Text)
		} else if c.Terms.IsRevolving() {
			say("/terms/kind", d.Text)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return fault.All("invalid-credit-product", sorted(wrong))
}

// trim takes the space around what people typed away.
func (c Content) trim() Content {
	c.Format = contentFormat
	c.Name, c.Insurance, c.Collateral = strings.TrimSpace(c.Name), strings.TrimSpace(c.Insurance), strings.TrimSpace(c.Collateral)
	return c
}

// On returns the version that is offered on a day: the newest of those that have
// begun by then; false when there is none.
func On(versions []Version, day calendar.Date) (on Version, found bool) {
	for _, v := range versions {
		if !v.From.After(day) && (!found || v.Nr > on.Nr) {
			on, found = v, true
		}
	}
	return on, found
}
