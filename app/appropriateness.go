package app

import (
	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
	"zorgplicht/appropriateness/web"
)

func (a *App) furnishAppropriateness() {
	s := &store.Store{DB: a.db, Pen: a.desk.pen, Opener: a.desk.open, People: a.desk.people}
	a.Appropriateness = &appropriateness.Service{Store: s, Now: a.Now, NewID: newID, Dice: a.Dice, Token: a.Keys.Link}
	web.MountClient(a.site, a.Appropriateness)
}
