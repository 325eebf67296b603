package app

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// demoMonths is over how many months the demo has commission computed.
const demoMonths = 12

// fillCommission lets the mortgage house of the demo agree with two intermediaries, have
// each of the past months computed by one and approved by another, and paid. The last
// month waits for approval; one month was wrong for one contract.
func (a *App) fillCommission(ctx context.Context, actors map[string]ident.Actor) error {
	maker, approver := actors["hanneke@delinde.example"], actors["samir@delinde.example"]
	s := *a.Commission
	today := calendar.Of(a.Now())
	first := today.AddDays(1 - today.Day()).AddMonths(-demoMonths)
	at := first.Start().Add(9 * time.Hour)
	s.Now = func() time.Time { return at }
	if err := s.SetPayer(ctx, approver, commission.Payer{Name: DemoFirm, IBAN: "NL20INGB0001234567"}); err != nil {
		return err
	}
	for _, w := range demoMediators(first) {
		agreed, err := s.WriteAgreement(ctx, approver, w)
		if office := actors["jeroen@noord.example"].Firm; err == nil && w.Name == demoOffice && office != "" {
			_, err = s.NameOffice(ctx, approver, agreed.ID, string(office), "")
		}
		if err != nil {
			return fmt.Errorf("fill the commission: %w", err)
		}
	}
	for n := range demoMonths {
		at = first.AddMonths(n + 1).Start().Add(34*time.Hour + time.Duration(n*7)*time.Minute)
		if at.After(a.Now()) {
			at = a.Now()
		}
		_, err := a.Loanbook.Stand(ctx, maker.Firm, first.AddMonths(n))
		if fault.Is(err, fault.NotFound) {
			continue // there are no balances of that day
		}
		if err != nil {
			return err
		}
		if err := fillMonth(ctx, &s, maker, approver, first.AddMonths(n), n+1 == demoMonths, &at); err != nil {
			return fmt.Errorf("fill the commission: %w", err)
		}
	}
	return nil
}

// demoMediators are what was agreed: with Noord for both kinds of credit, the
// percentages lowered once; with Haven not for revolving credit.
func demoMediators(first calendar.Date) []commission.AgreementWriting {
	start := first.AddMonths(-70)
	lower := first.AddMonths(-10)
	return []commission.AgreementWriting{
		{Code: "NOORD", Name: demoOffice, IBAN: "NL91ABNA0417164300", Dated: commission.Dated{From: start, Percentages: []commission.Agreed{
			{Kind: commission.Revolving, From: start, Percent: 300_000},
			{Kind: commission.Revolving, From: lower, Percent: 250_000, Running: true},
			{Kind: commission.NonRevolving, From: start, Percent: 200_000},
			{Kind: commission.NonRevolving, From: lower, Percent: 180_000},
		}}},
		{Code: "HAVEN", Name: "Kredietbureau De Haven", IBAN: "NL44RABO0123456789", Dated: commission.Dated{From: start, Percentages: []commission.Agreed{
			{Kind: commission.NonRevolving, From: start, Percent: 150_000},
		}}},
	}
}

// fillMonth computes a month, and unless it is the last approves and pays it.
func fillMonth(ctx context.Context, s *commission.Service, maker, approver ident.Actor, month calendar.Date, last bool, at *time.Time) error {
	r, err := s.Start(ctx, maker, commission.MonthKey(month), "")
	if err != nil {
		return err
	}
	if err := s.Work(ctx, maker.Firm, r.ID, func() bool { return false }); err != nil {
		return err
	}
	if r, err = s.Run(ctx, maker, r.ID); err != nil || last {
		return err
	}
	if !r.Ready() {
		return fmt.Errorf("the run of %s is %s: %s", r.Month, r.State, r.Why)
	}
	*at = at.Add(5 * time.Hour)
	if _, err := s.Approve(ctx, approver, r.ID, ""); err != nil {
		return err
	}
	if r.Total() > 0 {
		*at = at.Add(time.Hour)
		if _, err := s.MakeBankFile(ctx, approver, r.ID, calendar.Of(*at).AddDays(1).String()); err != nil {
			return err
		}
	}
	if month.Month() == time.June {
		return demoCorrection(ctx, s, maker, r)
	}
	return nil
}

// demoCorrection says of one contract of a settled month that its balance was wrong.
func demoCorrection(ctx context.Context, s *commission.Service, by ident.Actor, r commission.Run) error {
	page, err := s.Lines(ctx, by, r.ID, commission.LineFilter{Outcome: commission.Paid, Highest: true}, 0, 1)
	if err != nil || len(page.Lines) == 0 {
		return err
	}
	facts := page.Lines[0].Contract
	facts.Balance -= facts.Balance / 5
	_, err = s.Correct(ctx, by, commission.CorrectionOrder{
		Run: r.ID, Contract: facts.Ref, Facts: facts, Reason: "Een aflossing van de 28e was pas in de volgende maand geboekt; zie het bankafschrift.",
	})
	return err
}
