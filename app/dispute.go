package app

import (
	"zorgplicht/dispute"
	disputeweb "zorgplicht/dispute/web"
)

// furnishDispute opens the register of dispute bodies and the disputes there.
func (a *App) furnishDispute() {
	a.Dispute = &dispute.Service{Store: a.disputeStore(), Casework: a.Casework, Now: a.Now, NewID: newID}
	disputeweb.Mount(a.site, a.Dispute, a.guard, disputeweb.Options{Casework: a.Casework, NewID: newID, Names: a.accountNames, Facts: a.factsAbout, Mails: a.mailsOf})
}
