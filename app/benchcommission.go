package app

import (
	"context"
	"fmt"
	"iter"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// BenchCommission computes a month over a made-up book in a store of its own in dir:
// contracts are decided, kept and proved, and then decided again as replay does. The
// book itself costs next to nothing.
func BenchCommission(ctx context.Context, dir string, contracts, rounds int, tell func(Figure), progress func(string)) error {
	a, err := Open(ctx, Config{Data: dir})
	if err != nil {
		return err
	}
	defer a.Close()
	f, err := a.Party.AddFirm(ctx, "Bench", false)
	if err != nil {
		return err
	}
	s, by := *a.Commission, operator(f.ID)
	s.Book = madeUpBook(contracts)
	start := calendar.MustParse("2015-01-01")
	for partner := range benchPartners {
		w := commission.AgreementWriting{Code: fmt.Sprintf("P%03d", partner), Name: fmt.Sprintf("Kantoor %d", partner), IBAN: "NL91ABNA0417164300"}
		w.From = start
		for n := range commission.Percent(6) {
			w.Percentages = append(w.Percentages,
				commission.Agreed{Kind: commission.Revolving, From: start.AddMonths(int(n) * 20), Percent: 300_000 - 10_000*n, Running: n%2 == 1},
				commission.Agreed{Kind: commission.NonRevolving, From: start.AddMonths(int(n) * 20), Percent: 200_000 - 10_000*n})
		}
		if _, err := s.WriteAgreement(ctx, by, w); err != nil {
			return err
		}
	}
	today := calendar.Of(a.Now())
	month := commission.MonthKey(today.AddDays(-today.Day()))
	var whole, again []float64
	for round := range rounds {
		progress(fmt.Sprintf("commission, round %d of %d", round+1, rounds))
		r, err := s.Start(ctx, by, month, "")
		if err != nil {
			return err
		}
		at := time.Now()
		if err := s.Work(ctx, f.ID, r.ID, func() bool { return ctx.Err() != nil }); err != nil {
			return err
		}
		whole = append(whole, time.Since(at).Seconds())
		if r, err = s.Run(ctx, by, r.ID); err != nil || r.Rows != contracts {
			return fault.Because(fault.Conflict, "rows-differ", fmt.Errorf("%d of %d contracts: %w", r.Rows, contracts, err))
		}
		at = time.Now()
		if _, err := s.Lines(ctx, by, r.ID, commission.LineFilter{Highest: true}, 0, 50); err != nil {
			return err
		}
		again = append(again, time.Since(at).Seconds())
	}
	how := fmt.Sprintf("%d contracts, %d intermediaries, decided, kept on SQLite and proved", contracts, benchPartners)
	tell(NewFigure("commission of a month", "s", how, whole).under(10 * max(1, float64(contracts)/1_000_000)))
	tell(NewFigure("the highest amounts of that month", "s", "every line read and sorted", again))
	return nil
}

// benchPartners is how many intermediaries the made-up book has.
const benchPartners = 200

// madeUpBook is a book of so many contracts: some in arrears, some demanded or
// dissolved, concluded over ten years.
type madeUpBook int

// Contracts gives them all.
func (n madeUpBook) Contracts(context.Context, ident.Firm, calendar.Date) iter.Seq2[commission.Contract, error] {
	return func(yield func(commission.Contract, error) bool) {
		first := calendar.MustParse("2015-01-01")
		var days [3650]calendar.Date
		for i := range days {
			days[i] = first.AddDays(i)
		}
		for i := range int(n) {
			c := commission.Contract{
				Ref: fmt.Sprintf("K%09d", i), Partner: fmt.Sprintf("P%03d", i*7919%benchPartners), Revolving: i%3 != 0,
				Concluded: days[i*31%len(days)], Balance: money.Cents(10_000 + i*7907%2_500_000),
			}
			switch {
			case i%40 == 7:
				c.Due = days[len(days)-1-i%90]
			case i%333 == 5:
				c.Demanded = days[len(days)-1]
			case i%777 == 6:
				c.Dissolved = days[len(days)-2]
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}
