package app

import (
	"context"

	"zorgplicht/casework"
	"zorgplicht/cause"
	causestore "zorgplicht/cause/store"
	causeweb "zorgplicht/cause/web"
	"zorgplicht/staff"
)

// furnishCause opens the room of root causes, before the rooms on whose pages they stand.
func (a *App) furnishCause() {
	a.Cause = &cause.Service{Store: &causestore.Store{DB: a.db, Casework: a.desk.casework.In}, Casework: a.Casework, Now: a.Now, NewID: newID}
	a.behind = causeweb.Mount(a.site, a.Cause, a.guard, causeweb.Options{
		Casework: a.Casework, NewID: newID, Colleagues: a.colleagues, Names: a.accountNames, Facts: a.factsAbout, Sight: a.sight,
	})
}

// sight is which cases of the firm somebody sees.
func (a *App) sight(ctx context.Context, who staff.Session) (casework.Sight, error) {
	s := casework.Sight{Account: who.Account.ID}
	for _, k := range caseKinds {
		if !who.May(k.See) {
			s.Hidden = append(s.Hidden, k.Kind)
		}
		if c := a.compartments[k.Kind]; c != nil {
			named, barred, err := c.Sight(ctx, who)
			if err != nil {
				return s, err
			}
			s.Named, s.Barred = append(s.Named, named...), append(s.Barred, barred...)
		}
	}
	return s, nil
}
