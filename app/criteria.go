package app

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/criteria/store"
	"zorgplicht/criteria/web"
	"zorgplicht/ident"
)

// furnishCriteria opens the rule sets that firms keep.
func (a *App) furnishCriteria() {
	s := &store.Store{DB: a.db, Pen: a.desk.pen, Opener: a.desk.open, OnePerson: a.desk.people.OnePerson}
	a.Criteria = &criteria.Service{Store: s, Now: a.Now, NewID: newID}
	web.Mount(a.site, a.Criteria, a.guard, a.names, setBooks{a})
}

// setBooks are the portfolios, as the pages of rule sets know them.
type setBooks struct{ *App }

// Portfolios lists those of the firm.
func (a setBooks) Portfolios(ctx context.Context, by ident.Actor) ([]criteria.Portfolio, error) {
	return a.Screener.Portfolios(ctx, by)
}

// Effect counts what another version of a set does to one of them.
func (a setBooks) Effect(ctx context.Context, by ident.Actor, portfolio string, was, is *criteria.Program, day calendar.Date) (*criteria.Effect, error) {
	return a.Screener.Effect(ctx, by, portfolio, was, is, day)
}
