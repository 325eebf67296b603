package app

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/lending"
	lendingstore "zorgplicht/lending/store"
)

// furnishLending opens the room of applications for credit.
func (a *App) furnishLending() {
	a.Lending = &lending.Service{
		Store: &lendingstore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID,
		Sets: func(ctx context.Context, firm ident.Firm, day calendar.Date) ([]criteria.Published, error) {
			return a.Criteria.For(ctx, firm, criteria.Acceptance, day)
		},
	}
}
