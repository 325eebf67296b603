package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/loanbook"
)

// demoLoanCount is how many agreements the mortgage house of the demo has.
const demoLoanCount = 420

// demoStands is of how many month ends the demo has a stand.
const demoStands = 13

// fillLoans reads the portfolio of the mortgage house, a stand for each of the past
// month ends, and tells something of a few agreements.
func (a *App) fillLoans(ctx context.Context, by ident.Actor) error {
	s := *a.Loanbook
	at := a.Now()
	s.Now = func() time.Time { return at }
	today := calendar.Of(a.Now())
	newest := loanbook.LastOf(today.AddMonths(-1))
	var last loanbook.Load
	for n := demoStands - 1; n >= 0; n-- {
		day := loanbook.LastOf(newest.AddDays(1 - newest.Day()).AddMonths(-n))
		at = day.AddDays(1).Start().Add(9*time.Hour + time.Duration(n)*time.Minute)
		l, err := s.Import(ctx, by, loanbook.Order{Day: day.String()}, bytes.NewReader(demoBookFile(newest, day)))
		if err == nil {
			err = s.Work(ctx, by.Firm, l.Number, func(int) {}, func() bool { return false })
		}
		if err == nil {
			last, err = s.Load(ctx, by, l.Number)
		}
		if err != nil {
			return fmt.Errorf("fill the portfolio: %w", err)
		}
		if last.State != loanbook.LoadDone {
			return fmt.Errorf("fill the portfolio: stand %d is %s: %v", l.Number, last.State, last.Shown)
		}
		if last.Notices > 0 {
			if _, err := s.TellAll(ctx, by, l.Number, calendar.Of(at)); err != nil {
				return err
			}
			if err := s.Work(ctx, by.Firm, l.Number, func(int) {}, func() bool { return false }); err != nil {
				return err
			}
		}
	}
	at = newest.AddDays(12).Start().Add(10 * time.Hour)
	if at.After(a.Now()) {
		at = a.Now()
	}
	on := calendar.Of(at)
	for _, e := range []loanbook.Event{
		{Reference: "DK-", Kind: loanbook.RateChanged, On: on.AddDays(14), Nominal: 79_000},
		{Reference: "PL-", Kind: loanbook.FellLate, On: on.AddDays(-10)},
		{Reference: "PL-", Kind: loanbook.WasSettled, On: on},
	} {
		page, err := s.Loans(ctx, by, loanbook.Filter{Search: e.Reference, State: loanbook.Running, Limit: 5})
		if err != nil {
			return err
		}
		e.Reference = page.Rows[len(page.Rows)-1].Reference
		if _, err := s.Record(ctx, by, e, ""); err != nil {
			return fmt.Errorf("fill the portfolio: %w", err)
		}
	}
	return nil
}

// demoBookFile is the portfolio as it stood on a day: revolving credit whose rate was
// raised once, loans that are paid off, some in arrears, and one above the maximum.
func demoBookFile(newest, day calendar.Date) []byte {
	var b strings.Builder
	b.WriteString("kenmerk;product;bemiddelaar;soort;vergoeding;afgesloten;som;rente;renteverloop;saldo;maandbedrag;achterstand_sinds;opgeeist\n")
	raised := loanbook.LastOf(newest.AddDays(1 - newest.Day()).AddMonths(-4)).AddDays(1)
	left := (newest.Year()-day.Year())*12 + int(newest.Month()) - int(day.Month())
	for i := range demoLoanCount {
		concluded := newest.AddMonths(-14 - i%52).AddDays(-(i * 7) % 28)
		broker := []string{"NOORD", "NOORD", "", "HAVEN"}[i%4]
		late, called := "", ""
		if i%23 == 5 {
			late = newest.AddMonths(-1 - i%4).AddDays(-9).String()
		}
		if late > day.String() {
			late = ""
		}
		if i == 28 && late != "" {
			called = late
		}
		if i%2 == 0 {
			limit := []int{5000, 10000, 15000, 25000}[i%8/2]
			balance := limit*(45+i%50)/100 + left*limit/100 + 13
			rate, course := "8,1", concluded.String()+" 8,1"
			switch {
			case i == 40:
				rate, course = "14,9", concluded.String()+" 14,9" // above every maximum of these years
			case !day.Before(raised):
				rate, course = "8,4", course+" | "+raised.String()+" 8,4"
			}
			fmt.Fprintf(&b, "DK-%d-%04d;Linde Doorlopend Krediet;%s;doorlopend;variabel;%s;%d,00;%s;%s;%d,%02d;%d,00;%s;%s\n",
				concluded.Year(), i, broker, concluded, limit, rate, course, min(balance, limit), i%100, limit/50, late, called)
			continue
		}
		sum := []int{5000, 10000, 20000, 30000}[i%8/2]
		paid := (day.Year()-concluded.Year())*12 + int(day.Month()) - int(concluded.Month())
		fmt.Fprintf(&b, "PL-%d-%04d;Linde Persoonlijke Lening;%s;anders;vast;%s;%d,00;7,2;;%d,%02d;%d,00;%s;\n",
			concluded.Year(), i, broker, concluded, sum, max(sum*(72-paid)/72, 0), i%100, sum/41, late)
	}
	return []byte(b.String())
}
