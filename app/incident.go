package app

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/incident"
	incidentstore "zorgplicht/incident/store"
	incidentweb "zorgplicht/incident/web"
)

// makeIncident makes the room of incidents, which the shared casework asks who sees
// them.
func (a *App) makeIncident() {
	a.Incident = &incident.Service{
		Store: &incidentstore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID, OnePerson: a.onePerson,
	}
}

// furnishIncident opens its pages.
func (a *App) furnishIncident() {
	incidentweb.Mount(a.site, a.Incident, a.guard, incidentweb.Options{
		Casework: a.Casework, NewID: newID, Now: a.Now, Colleagues: a.colleagues, Names: a.accountNames, Facts: a.factsAbout, Root: a.behind,
	})
}

// accountNames are the names of all accounts of a firm, by id.
func (a *App) accountNames(ctx context.Context, firm ident.Firm) (map[string]string, error) {
	accounts, err := a.Staff.Accounts(ctx, firm)
	names := make(map[string]string, len(accounts))
	for _, c := range accounts {
		names[c.ID] = c.Name
	}
	return names, err
}
