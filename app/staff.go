package app

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/staff"
	staffstore "zorgplicht/staff/store"
	staffweb "zorgplicht/staff/web"
)

// hashesAtOnce bounds the memory that passwords take: 19 MiB each.
const hashesAtOnce = 4

func (a *App) furnishStaff() {
	s := &staffstore.Store{DB: a.db, Pen: a.desk.pen}
	a.Staff = &staff.Service{
		Store: s, Hasher: staff.NewHasher(staff.DefaultCost, hashesAtOnce), Now: a.Now, NewID: newID, Random: random,
		FirmName: func(ctx context.Context, id ident.Firm) (string, error) {
			f, err := a.Party.Firm(ctx, id)
			return f.Name, err
		},
	}
	a.guard = staffweb.NewGuard(staffweb.Options{
		Service: a.Staff, Sessions: &staffstore.Sessions{DB: a.db, Now: a.Now}, Secure: a.secure(), Address: a.site.Address,
		Nav: []staffweb.Entry{
			{Text: "Toetspogingen", Href: "/werk/toetspogingen", Do: staff.SeeAttempts},
			{Text: "Resultaten", Href: "/werk/toetsresultaten", Do: staff.SeeAttempts},
			{Text: "Vragenbank", Href: "/werk/vragen", Do: staff.SeeQuestions},
			{Text: "Toetsen", Href: "/werk/toetsen", Do: staff.SeeTests},
			{Text: "Normen", Href: "/werk/normen", Do: staff.AskRules},
			{Text: "Huisstijl", Href: "/werk/huisstijl", Do: staff.SetLook},
			{Text: "Toets nodig?", Href: "/werk/toets-nodig", Do: staff.AskRules},
			{Text: "Distributie", Href: "/werk/distributie", Do: staff.SeeDistribution},
			{Text: "Regels", Href: "/werk/regels", Do: staff.AskRules},
			{Text: "Webhooks", Href: "/werk/webhooks", Do: staff.SeeWebhooks},
			{Text: "Medewerkers", Href: "/werk/medewerkers", Do: staff.SeeStaff},
		},
	})
	staffweb.Mount(a.site, a.guard)
	a.sweeps = append(a.sweeps, s.Sweep)
}
