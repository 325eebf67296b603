package app

import (
	"zorgplicht/calendar"
	"zorgplicht/law"
	lawweb "zorgplicht/law/web"
)

// furnishLaw opens the catalogue of norms for staff; programs reach it through the
// API and `zorgplicht norms`.
func (a *App) furnishLaw() {
	go law.Search("") // makes the index now, so that nobody's first search waits for it
	lawweb.Mount(a.site, a.guard, Carry(a.Rules), a.ownNorms, func() calendar.Date { return calendar.Of(a.Now()) })
}
