package app

import (
	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
)

func (a *App) furnishAppropriateness() {
	s := &store.Store{DB: a.db, Pen: a.desk.pen, Opener: a.desk.open, People: a.desk.people, Once: keys{}}
	a.Appropriateness = &appropriateness.Service{Store: s, Now: a.Now, NewID: newID, Dice: a.Dice, Token: a.Keys.Link}
}
