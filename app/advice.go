package app

import (
	"zorgplicht/advice"
	advicestore "zorgplicht/advice/store"
	adviceweb "zorgplicht/advice/web"
)

// furnishAdvice opens the advice files.
func (a *App) furnishAdvice() {
	a.Advice = &advice.Service{
		Store: &advicestore.Store{DB: a.db, Casework: a.desk.casework.In, Book: a.desk.people}, Casework: a.Casework, Sets: a.Criteria, Now: a.Now, NewID: newID,
		Facts: a.factsAbout,
	}
	adviceweb.Mount(a.site, a.Advice, a.guard, adviceweb.House{
		Casework: a.Casework, Names: a.names, FirmName: a.clientName, Facts: a.factsAbout,
		Explain: a.explainDecision,
	})
}
