package app

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	creditstore "zorgplicht/credit/store"
	creditweb "zorgplicht/credit/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
)

// furnishCredit opens the room of credit: the pages of staff, and the calculator that
// anybody may use.
func (a *App) furnishCredit() {
	a.Credit = &credit.Service{
		Store: &creditstore.Store{DB: a.db, Pen: a.desk.pen}, Now: a.Now, NewID: newID, FirmName: a.clientName, Print: creditweb.PDF,
	}
	creditweb.Mount(a.site, a.Credit, a.guard, creditweb.House{Names: a.names, Today: func() calendar.Date { return calendar.Of(a.Now()) }, Base: a.BaseURL, NewForm: newID})
	creditweb.MountCalculator(a.site, creditweb.Counter{Product: a.Credit.Public, Firm: a.clientName, Look: a.firmLook})
}

// clientName is what a firm is called on what its clients read.
func (a *App) clientName(ctx context.Context, firm ident.Firm) (string, error) {
	l, err := a.Party.Look(ctx, firm)
	if err == nil && l.Name != "" {
		return l.Name, nil
	}
	f, err := a.Party.Firm(ctx, firm)
	return f.Name, err
}

// firmLook is in which colours the pages of a firm stand; the house's own where that
// cannot be read now. They stand in no frame.
func (a *App) firmLook(ctx context.Context, firm ident.Firm) site.Look {
	l, err := a.Party.Look(ctx, firm)
	if err != nil {
		return site.Look{}
	}
	return site.Look{Accent: l.Accent, Band: l.Band}
}
