package app

import (
	"zorgplicht/criteria"
	"zorgplicht/criteria/store"
	"zorgplicht/criteria/web"
)

// furnishCriteria opens the rule sets that firms keep.
func (a *App) furnishCriteria() {
	s := &store.Store{DB: a.db, Pen: a.desk.pen, Opener: a.desk.open, OnePerson: a.desk.people.OnePerson}
	a.Criteria = &criteria.Service{Store: s, Now: a.Now, NewID: newID}
	web.Mount(a.site, a.Criteria, a.guard, a.names)
}
