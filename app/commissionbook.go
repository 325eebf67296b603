package app

import (
	"context"
	"iter"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/loanbook"
)

// loanContracts are the contracts of the credit portfolio, as commission knows them.
type loanContracts struct{ a *App }

// Contracts gives every contract as it stood on the last day of a month. What went to
// another provider before that day has no balance here.
func (b loanContracts) Contracts(ctx context.Context, firm ident.Firm, last calendar.Date) iter.Seq2[commission.Contract, error] {
	return func(yield func(commission.Contract, error) bool) {
		for m, err := range b.a.Loanbook.MonthEnd(ctx, firm, last) {
			c := commission.Contract{
				Ref: m.Reference, Partner: m.Intermediary, Revolving: m.Kind == loanbook.Revolving, Concluded: m.Concluded, Balance: m.Balance,
				Due: m.Arrears, Demanded: m.Demanded, Dissolved: m.Dissolved, Undone: m.Undone,
			}
			if !m.Transferred.IsZero() {
				c.Balance = 0
			}
			if !yield(c, err) {
				return
			}
		}
	}
}
