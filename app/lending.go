package app

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/lending"
	lendingstore "zorgplicht/lending/store"
	lendingweb "zorgplicht/lending/web"
)

// furnishLending opens the room of applications for credit.
func (a *App) furnishLending() {
	a.Lending = &lending.Service{
		Store: &lendingstore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID,
		Sets: func(ctx context.Context, firm ident.Firm, day calendar.Date) ([]criteria.Published, error) {
			return a.Criteria.For(ctx, firm, criteria.Acceptance, day)
		},
	}
	lendingweb.Mount(a.site, a.Lending, a.guard, lendingweb.Options{
		Today: a.Casework.Today, NewForm: newID, Colleagues: a.colleagues, Facts: a.factsAbout, Products: a.offeredCredits,
	})
}

// offeredCredits are the names of the credits that a firm offers.
func (a *App) offeredCredits(ctx context.Context, firm ident.Firm) (names []string, err error) {
	all, err := a.Credit.Products(ctx, operator(firm))
	for _, p := range all {
		if p.Active {
			names = append(names, p.Name)
		}
	}
	return names, err
}
