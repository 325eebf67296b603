package app

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/integrity"
	integritystore "zorgplicht/integrity/store"
	integrityweb "zorgplicht/integrity/web"
)

// makeIntegrity makes the room of reliability, which the shared casework asks who
// reads of whom.
func (a *App) makeIntegrity() {
	a.Integrity = &integrity.Service{
		Store: &integritystore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID,
		Account: func(ctx context.Context, firm ident.Firm, id string) (bool, error) {
			names, err := a.accountNames(ctx, firm)
			_, there := names[id]
			return there, err
		},
	}
}

// furnishIntegrity opens its pages.
func (a *App) furnishIntegrity() {
	integrityweb.Mount(a.site, a.Integrity, a.guard, integrityweb.Options{Casework: a.Casework, NewID: newID, Names: a.accountNames, Facts: a.factsAbout})
}
