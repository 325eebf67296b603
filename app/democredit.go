package app

import (
	"context"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/money"
)

// demoCredits are what the mortgage house of the demo lends on.
var demoCredits = []struct {
	content func(from calendar.Date) credit.Content
	open    bool
	papers  []credit.PaperKind
}{
	{
		func(from calendar.Date) credit.Content {
			return credit.Content{Name: "Linde Doorlopend Krediet", From: from, Terms: credit.Terms{
				Kind: credit.Revolving, Charge: credit.Variable, Amounts: euros(5000, 10000, 15000, 25000), Rate: number("8.4"), Share: number("2"),
			}}
		},
		true,
		[]credit.PaperKind{credit.AdvertTable, credit.Prospectus},
	},
	{
		func(from calendar.Date) credit.Content {
			return credit.Content{Name: "Linde Persoonlijke Lening", From: from, Terms: credit.Terms{
				Kind: credit.Annuity, Charge: credit.Fixed, Amounts: euros(5000, 10000, 20000, 30000), Rate: number("7.2"), Months: new(int64(48)),
				Promo: number("5.9"), PromoMonths: new(int64(6)), EarlyFee: number("1"),
			}}
		},
		true,
		[]credit.PaperKind{credit.Prospectus},
	},
	{
		func(from calendar.Date) credit.Content {
			return credit.Content{Name: "Linde Hypotheek, annuïtair", From: from, Collateral: "een recht van hypotheek op de woning", Insurance: "een opstalverzekering", Terms: credit.Terms{
				Kind: credit.Annuity, Mortgage: new(true), Charge: credit.Fixed, Amounts: euros(150000, 250000, 350000), Rate: number("3.85"), Months: new(int64(360)), Fee: number("995"),
			}}
		},
		false,
		[]credit.PaperKind{credit.AdvertTable},
	},
}

func euros(all ...int64) (list []money.Decimal) {
	for _, n := range all {
		list = append(list, money.Whole(n))
	}
	return list
}

func number(s string) *money.Decimal { return new(money.MustParse(s)) }

// fillCredit gives the mortgage house its products, and documents of the past weeks.
func (a *App) fillCredit(ctx context.Context, firm ident.Firm, by ident.Actor) error {
	at := a.Now().AddDate(0, 0, -40)
	s := *a.Credit
	s.Now = func() time.Time { return at }
	from := calendar.Of(at)
	for _, d := range demoCredits {
		p, err := s.Write(ctx, by, credit.Writing{Content: d.content(from)})
		if err == nil && d.open {
			_, err = s.Set(ctx, by, p.ID, true, true, "")
		}
		for _, kind := range d.papers {
			at = at.Add(26 * time.Hour)
			if err == nil {
				_, err = s.IssueFigures(ctx, by, p.ID, 0, kind, "")
			}
		}
		if err != nil {
			return err
		}
	}
	return a.fillAgreements(ctx, &s, by, &at)
}

// fillAgreements issues a statement, a final account and a notice.
func (a *App) fillAgreements(ctx context.Context, s *credit.Service, by ident.Actor, at *time.Time) error {
	start := calendar.Of(*at).AddMonths(-14)
	entries := []credit.Entry{{On: &start, Kind: "draw", Amount: number("7500")}}
	for month := 1; month <= 13; month++ {
		entries = append(entries, credit.Entry{On: new(start.AddMonths(month)), Kind: "pay", Amount: number("150")})
	}
	rates := []credit.RateFrom{{From: &start, Rate: number("8.9")}, {From: new(start.AddMonths(9)), Rate: number("8.4")}}
	until := calendar.Of(*at)
	account := credit.AccountIn{Rates: rates, Entries: entries, Until: &until}
	if _, err := s.IssueAccount(ctx, by, credit.Agreement{Reference: "DK-2025-0418", Cost: "2.50", Account: &account}); err != nil {
		return err
	}
	*at = at.Add(50 * time.Hour)
	final := credit.AccountIn{Rates: rates, Entries: entries, Until: new(until.AddDays(1)), Settled: new(true)}
	owed := credit.CreditAccount.Ask(final).Balance
	final.Entries = append(final.Entries, credit.Entry{On: final.Until, Kind: "pay", Amount: number(owed)})
	if _, err := s.IssueAccount(ctx, by, credit.Agreement{Reference: "DK-2025-0418", Account: &final}); err != nil {
		return err
	}
	*at = at.Add(20 * time.Hour)
	_, err := s.IssueNotice(ctx, by, credit.Agreement{Reference: "DK-2024-1107", Change: &credit.ChangeIn{
		On: new(until.AddDays(21)), Old: number("8.4"), New: number("8.1"), Balance: number("4310.55"), Payment: number("150"),
	}})
	return err
}
