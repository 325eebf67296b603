package lending

import (
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/credit"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// decimal writes an amount as rules read it.
func decimal(c money.Cents) *money.Decimal {
	n := int64(c)
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return new(money.MustParse(sign + strconv.FormatInt(n/100, 10) + "." + strconv.FormatInt(n%100+100, 10)[1:]))
}

var collateralWords = map[Collateral]string{Listed: "listed", PublicPrice: "unlisted_public_price", NoPrice: "unlisted_no_price"}

// Asked is what rule credit_conclusion_check is asked about an application, as if the
// agreement were concluded on this day.
func (a Application) Asked(day calendar.Date) credit.ConclusionIn {
	r := a.Request
	in := credit.ConclusionIn{Client: new("consumer"), Concluded: new(day.String())}
	if r.Business {
		in.Client = new("business")
	}
	switch r.Form {
	case Goods:
		in.CashValue, in.CashPaid = decimal(r.Amount), decimal(r.Down)
	case Revolving:
		in.Limit = decimal(r.Amount)
	default:
		in.Sum = decimal(r.Amount)
	}
	in.Information = canon.Null[string]()
	if a.Judged != nil {
		in.Information = canon.Some("durable") // enough was kept to judge by: the note to article 59
		if a.Judged.Verdict == Incomplete {
			in.Information = canon.Some("insufficient")
		}
	}
	in.Consulted = canon.Null[string]()
	if n := len(a.Consulted); n > 0 {
		in.Consulted = canon.Some(a.Consulted[n-1].On.String())
	}
	judged := a.Judged != nil && a.Judged.Verdict != Incomplete
	in.CriteriaRecorded, in.CriteriaApplied = new(a.Judged != nil), new(judged)
	a.securities(&in)
	return in
}

// securities adds what is pledged, where that is at issue.
func (a Application) securities(in *credit.ConclusionIn) {
	r := a.Request
	if r.Collateral == NoSecurities && r.Purpose != ForSecurities {
		return
	}
	in.Product, in.Purpose, in.Collateral = new("securities_credit"), new("other"), new("none")
	if r.Purpose == ForSecurities {
		in.Purpose = new("finance_securities")
	}
	if w := collateralWords[r.Collateral]; w != "" {
		in.Collateral, in.SecuritiesValue = &w, decimal(r.Value)
	}
	for _, v := range a.Values {
		in.SecuritiesValues = append(in.SecuritiesValues, *decimal(v.Value))
	}
}

// lacking are the reasons of rule credit_conclusion_check that say what is not there.
var lacking = map[string]bool{"not_kept": true, "not_consulted": true, "no_criteria": true}

// Lacks says what must still be there before the agreement may be concluded on this
// day, with the norm of each.
func (a Application) Lacks(day calendar.Date) (list []rule.Reason) {
	for _, r := range credit.CreditConclusionCheck.Ask(a.Asked(day)).Because {
		if lacking[r.Code] {
			list = append(list, r)
		}
	}
	return list
}

// Exempt reports whether articles 59 to 61 do not hold on this application: credit on
// securities for securities, within 70%, or no consumer.
func (a Application) Exempt(day calendar.Date) bool {
	out := credit.CreditConclusionCheck.Ask(a.Asked(day))
	return !out.RulesApply || rule.Holds(out.Exempt61)
}

// Margin is what rule securities_margin is asked of the pledged securities; false where
// none are pledged.
func (a Application) Margin() (in MarginIn, pledged bool) {
	if a.Request.Collateral == NoSecurities {
		return in, false
	}
	in.Amount = decimal(a.Request.Credit())
	in.Values = []ValueOn{{On: &a.Case.Received, Value: decimal(a.Request.Value)}}
	for _, v := range a.Values {
		in.Values = append(in.Values, ValueOn{On: &v.On, Value: decimal(v.Value)})
	}
	return in, true
}

// Dues are what must be done while the credit on securities runs: value them again in
// time, and act when the margin is lost.
func (a Application) Dues() []casework.Due {
	in, pledged := a.Margin()
	if !pledged || a.State != Concluded || !a.Choice.Exempt {
		return nil
	}
	out := SecuritiesMargin.Ask(in)
	asked := casework.Asked{Rule: SecuritiesMargin.Name(), Version: SecuritiesMargin.Version(), Given: canon.Must(in)}
	dues := []casework.Due{{Code: "waardering", Title: "Waardeer de beleende effecten opnieuw", Day: out.Next, Norm: "bfd:59:2", Asked: asked}}
	if !out.Within {
		dues = append(dues, casework.Due{Code: "marge", Title: "Krediet is hoger dan 70% van de effecten: herstel de marge of vul het dossier aan", Day: *out.Since, Norm: "bfd:59:2", Asked: asked})
	}
	return dues
}

// Keeping is what rule credit_retention is asked of the file.
func (a Application) Keeping() credit.RetentionIn {
	in := credit.RetentionIn{Role: new("provider"), Product: new("credit"), Contract: canon.Null[calendar.Date](), Settled: canon.Null[calendar.Date]()}
	if !a.Concluded.IsZero() {
		in.Contract = canon.Some(a.Concluded)
	}
	if !a.Settled.IsZero() {
		in.Settled = canon.Some(a.Settled)
	}
	if !a.Transfer.IsZero() {
		in.Transferred = &a.Transfer
	}
	return in
}
