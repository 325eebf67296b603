package credit

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// keepMonths is how long a credit file is kept after the contract was settled.
const keepMonths = 5 * 12

// RetentionIn asks until when a credit file must be kept. What is absent is not
// at issue.
type RetentionIn struct {
	Role        *string                  `json:"role"`
	Product     *string                  `json:"product"`
	Offered     *calendar.Date           `json:"offered"`
	Contract    canon.Opt[calendar.Date] `json:"contract"`    // null: it was not concluded
	Settled     canon.Opt[calendar.Date] `json:"settled"`     // in full; null: not yet
	Transferred *calendar.Date           `json:"transferred"` // the portfolio went to another provider
	AsOf        *calendar.Date           `json:"as_of"`       // the day on which the file is asked for
}

var (
	creditProducts = []string{"credit", "consumer_credit", "mortgage_credit", "mortgage", "securities_credit", "revolving", "personal_loan", "goods_credit"}
	otherProducts  = []string{"life", "non_life", "investment_object", "savings", "funeral_in_kind", "unit_linked_life", "complex", "investment_fund"}
	otherRoles     = []string{"intermediary", "advisor", "adviser", "agent", "sub_agent"}
)

// Check asks for a role and a product that are known.
func (in RetentionIn) Check() (wrong []fault.Detail) {
	if r := rule.Word(in.Role); in.Role != nil && r != "provider" && !slices.Contains(otherRoles, r) {
		wrong = append(wrong, rule.Unknown("/role", "Kies provider, intermediary of advisor."))
	}
	if p := rule.Word(in.Product); in.Product != nil && !slices.Contains(creditProducts, p) && !slices.Contains(otherProducts, p) {
		wrong = append(wrong, rule.Unknown("/product", "Kies credit, consumer_credit, mortgage_credit of een ander product, zoals life."))
	}
	return wrong
}

// RetentionOut is the answer of CreditRetention.
type RetentionOut struct {
	rule.Why
	law.Keeping
}

// CreditRetention decides whether and until when a provider of credit keeps what
// it learned of the consumer, and the contract it offered: until five years after
// the day on which the contract was settled in full. Norm bfd:15.
var CreditRetention = rule.New("credit_retention", 1, []ident.Norm{"bfd:15"},
	retention, rule.Profile(rule.Bfd2005), rule.Texts(retentionTexts))

var retentionTexts = map[string]string{
	"not_the_provider": "Artikel 15 geldt voor de aanbieder van krediet. Voor een bemiddelaar of adviseur geldt deze bewaarplicht niet.",
	"no_credit":        "Dit product is geen krediet. Artikel 15 geldt niet.",
	"not_concluded":    "Er is geen overeenkomst gesloten. De informatie en het aanbod hoeven dan niet te worden bewaard, volgens artikel en toelichting.",
	"conclusion_taken": "Niet opgegeven is of de overeenkomst tot stand kwam. Aangenomen is dat dit zo is.",
	"running":          "De overeenkomst is nog niet volledig afgewikkeld. De termijn van vijf jaar is nog niet begonnen, en alles moet bewaard blijven.",
	"settlement_taken": "Over de afwikkeling is niets opgegeven. Aangenomen is dat de overeenkomst nog loopt.",
	"five_years":       "De overeenkomst is op {settled} volledig afgewikkeld. De gegevens moeten blijven tot vijf jaar na die dag: tot en met {through}.",
	"term_over":        "Op {on} is de termijn voorbij. De gegevens hoeven niet meer te worden bewaard.",
	"transferred":      "De portefeuille is overgedragen. De bewaarplicht gaat door: ook wie de overeenkomst als wederpartij beheert of uitvoert, is aanbieder.",
	"no_advice":        "De plicht geldt niet voor een advies over het krediet. Daarvoor geldt artikel 14.",
}

func retention(in RetentionIn) RetentionOut {
	var out RetentionOut
	const norm = "bfd:15"
	switch {
	case slices.Contains(otherRoles, rule.Word(in.Role)):
		out.Say("not_the_provider", norm)
		return out
	case slices.Contains(otherProducts, rule.Word(in.Product)):
		out.Say("no_credit", norm)
		return out
	case in.Contract.Null:
		out.Say("not_concluded", norm)
		return out
	case !in.Contract.Given && !in.Settled.Given:
		out.Say("conclusion_taken", norm)
	}
	out.term(in)
	if in.Transferred != nil {
		out.Say("transferred", norm)
	}
	return out
}

// term answers until when, of a contract that was concluded.
func (out *RetentionOut) term(in RetentionIn) {
	if !in.Settled.Given || in.Settled.Null {
		out.Keeping = law.KeptOpen()
		if !in.Settled.Given {
			out.Say("settlement_taken", "bfd:15")
		}
		out.Say("running", "bfd:15")
		return
	}
	out.Keeping = law.KeptFor(in.Settled.V, keepMonths)
	out.Say("five_years", "bfd:15", "settled", in.Settled.V.String(), "through", out.Last().String())
	if in.AsOf != nil && in.AsOf.After(out.Last()) {
		out.Required = false
		out.Say("term_over", "bfd:15", "on", in.AsOf.String())
	}
}

// DeletionIn asks whether a credit file was deleted too early.
type DeletionIn struct {
	RetentionIn
	DeletedOn canon.Opt[calendar.Date] `json:"deleted_on"` // null: not deleted
}

// DeletionOut is the answer of CreditDeletion.
type DeletionOut struct {
	RetentionOut
	law.Breach
}

// CreditDeletion decides whether a credit file was deleted before its term was
// over: on the last day it must still be there. It asks the same as
// CreditRetention.
var CreditDeletion = rule.New("credit_deletion", 1, []ident.Norm{"bfd:15"},
	deletion, rule.Profile(rule.Bfd2005), rule.Texts(deletionTexts()))

func deletionTexts() map[string]string {
	texts := map[string]string{
		"not_deleted":     "De gegevens zijn niet verwijderd.",
		"deleted_early":   "De gegevens zijn op {deleted} verwijderd. Dat is te vroeg: op de laatste dag moeten zij er nog zijn.",
		"deleted_in_time": "De gegevens zijn op {deleted} verwijderd. Toen hoefden zij niet te worden bewaard.",
		"end_not_told":    "Over de afwikkeling is niets opgegeven. Het verwijderen is daarom niet beoordeeld.",
	}
	for code, text := range retentionTexts {
		texts[code] = text
	}
	return texts
}

func deletion(in DeletionIn) DeletionOut {
	in.AsOf = nil // the day of deletion is what counts
	out := DeletionOut{RetentionOut: retention(in.RetentionIn)}
	switch deleted := in.DeletedOn; {
	case !deleted.Given || deleted.Null:
		out.Say("not_deleted", "bfd:15")
	case out.Required && !in.Settled.Given && !in.Contract.Given:
		out.Say("end_not_told", "bfd:15")
	case out.Forbids(deleted.V):
		out.Say("deleted_early", "bfd:15", "deleted", deleted.V.String())
		out.Breach = law.Held("bfd:15")
		return out
	default:
		out.Say("deleted_in_time", "bfd:15", "deleted", deleted.V.String())
	}
	out.Breach = law.Held()
	return out
}
