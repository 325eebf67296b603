package credit

import (
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// FiguresSheet makes the table or the prospectus figures of a version of a product, with
// the decision that computed them. A product of which an example has no figures is a
// Conflict "no-figures"; a mortgage has no prospectus of article 36: "no-prospectus".
func FiguresSheet(v Version, kind PaperKind) (s Sheet, d rule.Decision, err error) {
	switch {
	case kind != AdvertTable && kind != Prospectus:
		return s, d, fault.New(fault.Invalid, "unknown-paper-kind", string(kind))
	case kind == Prospectus && v.Terms.IsMortgage():
		return s, d, fault.New(fault.Conflict, "no-prospectus", v.Name)
	}
	out, d := CreditFigures.Decide(v.Terms)
	if !out.Displayed {
		return s, d, fault.New(fault.Conflict, "no-figures", v.Name)
	}
	if s = tableSheet(v, out); kind == Prospectus {
		s = prospectusSheet(v, out)
	}
	s.Kind = kind
	return s, d, nil
}

// AgreementSheet makes the specified statement, the final account or the notice of a
// changed charge of an agreement, with the decision that computed it. What is wrong is
// one fault.Invalid "invalid-credit-paper"; a change of which nothing is to be told is a
// Conflict "no-notice".
func AgreementSheet(a Agreement) (s Sheet, d rule.Decision, err error) {
	if err := a.Check(); err != nil {
		return s, d, err
	}
	if a.Account == nil {
		out, d := ChargeChange.Decide(*a.Change)
		if !out.Notice {
			return s, d, fault.New(fault.Conflict, "no-notice", a.Reference)
		}
		s = noticeSheet(a, out)
		s.Kind = Notice
		return s, d, nil
	}
	out, d := CreditAccount.Decide(*a.Account)
	s = accountSheet(a, out)
	if s.Kind = Statement; rule.Holds(a.Account.Settled) {
		s.Kind = FinalBill
	}
	return s, d, nil
}

// At is the sheet as a firm makes it at a moment.
func (s Sheet) At(firm string, at time.Time) Sheet {
	s.Format, s.Firm, s.Made = sheetFormat, firm, at.UTC().Format(time.RFC3339)
	return s
}
