package app

import (
	"zorgplicht/calendar"
	lawweb "zorgplicht/law/web"
)

// furnishLaw opens the catalogue of norms for staff; programs reach it through the
// API and `zorgplicht norms`.
func (a *App) furnishLaw() {
	lawweb.Mount(a.site, a.guard, Carry(a.Rules), func() calendar.Date { return calendar.Of(a.Now()) })
}
