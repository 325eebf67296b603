package credit

import (
	"strings"
	"unicode/utf8"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// maxReference is how long the firm's own reference of an agreement may be.
const maxReference = 60

// Check returns all that is wrong with what a document was asked of, as one
// fault.Invalid "invalid-credit-paper".
func (a Agreement) Check() error {
	var wrong []fault.Detail
	say := func(at, text string) {
		wrong = append(wrong, fault.Detail{Pointer: at, Reason: "invalid-credit-paper", Text: text})
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(a.Reference)); n == 0 || n > maxReference {
		say("/reference", "Geef uw kenmerk van de overeenkomst, ten hoogste 60 tekens.")
	}
	if text.HoldsBSN(a.Reference) {
		say("/reference", "Geef een ander kenmerk. Dit lijkt op een burgerservicenummer.")
	}
	if a.Cost != "" {
		if d, err := money.Parse(a.Cost); err != nil || d.Sign() < 0 || d.Cmp(money.Whole(1000)) > 0 {
			say("/cost", "Geef een bedrag in euro, zoals 2.50, of laat het leeg.")
		}
	}
	var facts []fault.Detail
	switch {
	case a.Account != nil:
		facts = a.Account.Check()
		if rule.Holds(a.Account.Settled) && a.Cost != "" {
			say("/cost", "Laat dit leeg: een eindafrekening is kosteloos.")
		}
	case a.Change != nil:
		facts = a.Change.Check()
	default:
		say("/reference", "Geef de boekingen van de overeenkomst, of de wijziging van de rente.")
	}
	for _, d := range facts {
		say(d.Pointer, d.Text)
	}
	if len(wrong) == 0 {
		return nil
	}
	return fault.All("invalid-credit-paper", sorted(wrong))
}

// reasonsText joins the sentences of reasons.
func reasonsText(all []rule.Reason) string {
	var lines []string
	for _, r := range all {
		lines = append(lines, r.Text)
	}
	return strings.Join(lines, " ")
}
