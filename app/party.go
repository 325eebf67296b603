package app

import (
	"context"

	"zorgplicht/internal/site"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/party"
	partystore "zorgplicht/party/store"
)

func (a *App) furnishParty() {
	s := &partystore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now, NewID: newID}
	a.Party = &party.Service{Store: s, Now: a.Now, NewID: newID, Near: site.NearestTo}
	a.desk.people = s
}

// Agree records an agreement that both firms made: offered and accepted in one go
// by who keeps the installation. A first day left empty is today.
func (a *App) Agree(ctx context.Context, o party.Offer, provider ident.Firm) (party.Agreement, error) {
	if o.From.IsZero() {
		o.From = calendar.Of(a.Now())
	}
	if _, err := a.Party.Firm(ctx, provider); err != nil {
		return party.Agreement{}, err
	}
	offered, err := a.Party.Offer(ctx, operator(provider), o)
	if err != nil {
		return party.Agreement{}, err
	}
	return a.Party.Accept(ctx, operator(o.Distributor), offered.ID, "")
}

// EndAgreement gives an agreement of the firm its last day, today where none is
// given.
func (a *App) EndAgreement(ctx context.Context, firm ident.Firm, e party.Ending) error {
	if e.Last.IsZero() {
		e.Last = calendar.Of(a.Now())
	}
	_, err := a.Party.End(ctx, operator(firm), e)
	return err
}
