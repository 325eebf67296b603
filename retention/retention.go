// Package retention is the room that knows how long the records of all rooms are
// kept: at least, at most, and while somebody holds them.
//
// Norms: articles 11, 14, 15, 48 and 52 of the decree (Besluit financiële
// dienstverlening, 2005). What a room asks of one record stands in that room; here
// stands what follows where duties meet. So far that is advice on credit.
package retention

import (
	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// CreditAdviceIn asks until when the two files of a credit that was advised on
// must be kept. What is absent is not at issue.
type CreditAdviceIn struct {
	Role                   *string                  `json:"role"`
	Product                *string                  `json:"product"`
	Advice                 *calendar.Date           `json:"advice"`
	ContractOnRecommended  *bool                    `json:"contract_on_recommended"`
	Contract               canon.Opt[calendar.Date] `json:"contract"` // null: it was not concluded
	Settled                canon.Opt[calendar.Date] `json:"settled"`  // in full; null: not yet
	Transferred            *calendar.Date           `json:"transferred"`
	StandardisedProcedure  *bool                    `json:"standardised_procedure"`
	VerifiableBySupervisor *bool                    `json:"verifiable_by_supervisor"`
	AllAdviceResultsFromIt *bool                    `json:"all_advice_results_from_it"`
}

// advice returns what AdviceRetention is asked. A contract that was not concluded
// is none on what was recommended.
func (in CreditAdviceIn) advice() advice.RetentionIn {
	q := advice.RetentionIn{
		Role: in.Role, Advice: in.Advice, ContractOnRecommended: in.ContractOnRecommended,
		StandardisedProcedure: in.StandardisedProcedure, VerifiableBySupervisor: in.VerifiableBySupervisor, AllAdviceResultsFromIt: in.AllAdviceResultsFromIt,
	}
	switch {
	case in.Contract.Given && !in.Contract.Null:
		q.Contract = &in.Contract.V
	case in.Contract.Null && in.ContractOnRecommended == nil:
		q.ContractOnRecommended = new(false)
	}
	return q
}

func (in CreditAdviceIn) credit() credit.RetentionIn {
	return credit.RetentionIn{Role: in.Role, Product: in.Product, Contract: in.Contract, Settled: in.Settled, Transferred: in.Transferred}
}

// Check asks what the two rules ask, each fault once.
func (in CreditAdviceIn) Check() []fault.Detail {
	wrong := in.advice().Check()
	for _, d := range in.credit().Check() {
		if d.Pointer != "/role" || len(wrong) == 0 {
			wrong = append(wrong, d)
		}
	}
	return wrong
}

// CreditAdviceOut is the answer of CreditAndAdvice. A day is absent where that file
// need not be kept or nothing is said of its start, and null while the credit
// is not settled.
type CreditAdviceOut struct {
	rule.Why
	AdviceRequired      bool                     `json:"advice_retention_required"`
	AdviceRetainThrough canon.Opt[calendar.Date] `json:"advice_retain_through"`
	CreditRequired      bool                     `json:"credit_retention_required"`
	CreditRetainThrough canon.Opt[calendar.Date] `json:"credit_retain_through"`
	WholeFileThrough    *calendar.Date           `json:"whole_file_through"` // the later of the two, where both are known
}

// CreditAndAdvice decides until when each file of a credit that was advised on is
// kept. The advice file and the credit file have terms of their own: article 15
// does not reach the advice (note), article 14 does.
var CreditAndAdvice = rule.New("credit_and_advice_retention", 1,
	[]ident.Norm{"bfd:14:1", "bfd:14:2", "bfd:14:3", "bfd:14:4", "bfd:15"},
	creditAndAdvice, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"two_terms":       "Het adviesdossier en het kredietdossier hebben elk hun eigen termijn. Artikel 15 geldt niet voor het advies, artikel 14 wel.",
		"advice_through":  "Het adviesdossier moet ten minste een jaar blijven: tot en met {through}.",
		"advice_open":     "De dag van het advies is niet opgegeven. Tot wanneer het adviesdossier moet blijven, is niet te zeggen.",
		"advice_not_kept": "Het adviesdossier hoeft niet te worden bewaard. Vraag advice_retention voor de reden.",
		"credit_through":  "Het kredietdossier moet tot vijf jaar na de afwikkeling blijven: tot en met {through}.",
		"credit_open":     "De overeenkomst is voor zover opgegeven nog niet afgewikkeld. Tot wanneer het kredietdossier moet blijven, staat nog niet vast.",
		"credit_not_kept": "Het kredietdossier hoeft niet te worden bewaard. Vraag credit_retention voor de reden.",
	}))

func creditAndAdvice(in CreditAdviceIn) CreditAdviceOut {
	a, c := advice.AdviceRetention.Ask(in.advice()), credit.CreditRetention.Ask(in.credit())
	out := CreditAdviceOut{
		AdviceRequired: a.Required, AdviceRetainThrough: a.Through,
		CreditRequired: c.Required,
	}
	if !c.Through.Null || in.Settled.Given {
		out.CreditRetainThrough = c.Through
	}
	out.Say("two_terms", "bfd:15")
	lid := a.Because[len(a.Because)-1].Norm
	switch {
	case !a.Required:
		out.Say("advice_not_kept", lid)
	case !a.Through.Given:
		out.Say("advice_open", lid)
	default:
		out.Say("advice_through", lid, "through", a.Last().String())
	}
	switch {
	case !c.Required:
		out.Say("credit_not_kept", "bfd:15")
	case c.Through.Null:
		out.Say("credit_open", "bfd:15")
	default:
		out.Say("credit_through", "bfd:15", "through", c.Last().String())
	}
	if last := a.Last(); !last.IsZero() && !c.Last().IsZero() {
		if c.Last().After(last) {
			last = c.Last()
		}
		out.WholeFileThrough = &last
	}
	return out
}
