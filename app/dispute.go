package app

import (
	"zorgplicht/dispute"
	disputestore "zorgplicht/dispute/store"
	disputeweb "zorgplicht/dispute/web"
)

// furnishDispute opens the register of dispute bodies and the disputes there.
func (a *App) furnishDispute() {
	a.Dispute = &dispute.Service{Store: &disputestore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID}
	disputeweb.Mount(a.site, a.Dispute, a.guard, disputeweb.Options{Casework: a.Casework, NewID: newID, Names: a.accountNames, Facts: a.factsAbout})
}
