package app

import (
	ruledesk "zorgplicht/desk"
	deskweb "zorgplicht/desk/web"
)

// furnishDesk opens the rule desk for staff; programs reach it through the API.
func (a *App) furnishDesk() (err error) {
	if a.Desk, err = ruledesk.New(a.Rules); err != nil {
		return err
	}
	deskweb.Mount(a.site, a.Desk, a.guard)
	return nil
}
