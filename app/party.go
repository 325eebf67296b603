package app

import (
	"zorgplicht/internal/site"
	"zorgplicht/party"
	partystore "zorgplicht/party/store"
)

func (a *App) furnishParty() {
	s := &partystore.Store{DB: a.db, Pen: a.desk.pen, Now: a.Now, NewID: newID}
	a.Party = &party.Service{Store: s, Now: a.Now, NewID: newID, Near: site.NearestTo}
	a.desk.people = s
}
