package app

import (
	"context"
	"iter"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
)

// contracts is a book of which a test says what is in it.
type contracts []commission.Contract

// Contracts gives them all, whatever the month.
func (c contracts) Contracts(context.Context, ident.Firm, calendar.Date) iter.Seq2[commission.Contract, error] {
	return func(yield func(commission.Contract, error) bool) {
		for _, one := range c {
			if !yield(one, nil) {
				return
			}
		}
	}
}

// aMediator is an agreement with an intermediary as it may be.
func aMediator(name string) commission.AgreementWriting {
	from := calendar.MustParse("2020-01-01")
	return commission.AgreementWriting{Code: "NOORD", Name: name, IBAN: "NL91ABNA0417164300", Dated: commission.Dated{From: from, Percentages: []commission.Agreed{
		{Kind: commission.Revolving, From: from, Percent: 300_000}, {Kind: commission.NonRevolving, From: from, Percent: 200_000},
	}}}
}

// payCommission lets everything happen to the commission of a month that is recorded
// of it.
func payCommission(t *testing.T, h *house) {
	t.Helper()
	s, ctx := *h.Commission, t.Context()
	c := commission.Contract{Ref: "DK-1", Partner: "NOORD", Revolving: true, Concluded: calendar.MustParse("2024-03-01"), Balance: 5_000_00}
	s.Book = contracts{c}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	agreed, err := s.WriteAgreement(ctx, h.operator(), aMediator("Kantoor Noord"))
	must(err)
	office, err := h.Party.AddFirm(ctx, "Kantoor Noord", false)
	must(err)
	_, err = s.NameOffice(ctx, h.operator(), agreed.ID, string(office.ID), "")
	must(err)
	must(s.SetPayer(ctx, h.operator(), commission.Payer{Name: "De Linde", IBAN: "NL20INGB0001234567"}))
	today := calendar.Of(h.Now())
	r, err := s.Start(ctx, h.operator(), commission.MonthKey(today.AddDays(-today.Day())), "")
	must(err)
	must(s.Work(ctx, h.firm, r.ID, func() bool { return false }))
	_, err = s.Approve(ctx, ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: newID()}, r.ID, "")
	must(err)
	_, err = s.MakeBankFile(ctx, h.operator(), r.ID, today.AddDays(1).String())
	must(err)
	c.Balance = 4_000_00
	_, err = s.Correct(ctx, h.operator(), commission.CorrectionOrder{Run: r.ID, Contract: c.Ref, Facts: c, Reason: "Een betaling was niet geboekt."})
	must(err)
}
