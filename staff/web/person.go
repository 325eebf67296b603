package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

type personPage struct {
	frame   site.Work
	account staff.Account
	form    personForm
	manages bool // who reads may change this account
	own     bool // it is that of who reads
	done    string
	seats   int
	keys    int // passkeys
	now     time.Time
}

func (g *Guard) personPage(r *http.Request, who staff.Session) (p personPage, err error) {
	a, err := g.service.Account(r.Context(), who.Account.Firm, r.PathValue("id"))
	if err != nil {
		return p, err
	}
	seats, err := g.service.Seats(r.Context(), a)
	if err != nil {
		return p, err
	}
	keys, err := g.service.PasskeysOf(r.Context(), a)
	if err != nil {
		return p, err
	}
	p = personPage{
		frame: g.Frame(r, who, a.Name), account: a, own: a.ID == who.Account.ID, done: r.URL.Query().Get("gedaan"), seats: len(seats), keys: len(keys), now: g.service.Now(),
	}
	p.frame.Trail = []site.Link{{Text: "Medewerkers", Href: peoplePath}}
	p.manages = who.May(staff.ManageStaff) && !p.own
	for _, role := range a.Roles {
		p.form.roles = append(p.form.roles, string(role))
	}
	if !a.Until.IsZero() {
		p.form.last = lastDay(a).String()
	}
	return p, nil
}

func (g *Guard) showPerson(r *http.Request, who staff.Session) (site.Reply, error) {
	p, err := g.personPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showPerson(p)), nil
}

func (p personPage) terms() []site.Term {
	a, tag := p.account, stateTag(p.account, p.now)
	terms := []site.Term{{Name: "E-mailadres", Text: a.Email}, {Name: "Rollen", Text: dutchRoles(a.Roles)}, {Name: "Stand", Body: site.Status(tag)}}
	if !a.Blocked.IsZero() {
		terms = append(terms, site.Term{Name: "Geblokkeerd sinds", Text: calendar.DutchTime(a.Blocked)})
	}
	if !a.Until.IsZero() {
		terms = append(terms, site.Term{Name: "Laatste dag", Text: lastDay(a).Dutch()})
	}
	word := "zelf gekozen"
	if a.MustChange {
		word = "ingesteld door een ander; wijzigen bij het aanmelden"
	}
	return append(terms, site.Term{Name: "Wachtwoord", Text: word}, site.Term{Name: "Passkeys", Text: strconv.Itoa(p.keys)})
}

// said is what was just done, for the panel on top.
func (p personPage) said() string {
	return map[string]string{
		"rollen": "De rollen en de einddatum zijn bewaard", "geblokkeerd": "Het account is geblokkeerd",
		"vrijgegeven": "Het account kan zich weer aanmelden", "afgemeld": "Dit account is overal afgemeld",
	}[p.done]
}

func (g *Guard) setRoles(r *http.Request, who staff.Session) (site.Reply, error) {
	p, err := g.personPage(r, who)
	if err != nil {
		return nil, err
	}
	f, a, err := readPerson(r)
	if err != nil {
		return nil, err
	}
	if len(f.problems) == 0 {
		err := g.service.SetRoles(r.Context(), who.Actor(), p.account.ID, a.Roles, a.Until)
		if err == nil {
			return site.SeeOther(personPath(p.account.ID) + "?gedaan=rollen"), nil
		}
		if err := f.blame(err); err != nil {
			return nil, err
		}
	}
	p.form, p.frame.Failed = f, true
	return site.Page(http.StatusBadRequest, showPerson(p)), nil
}

// onPerson does one thing to an account and comes back to its page.
func (g *Guard) onPerson(do func(context.Context, ident.Actor, string) error, done string) site.Handler {
	return g.Staff(staff.ManageStaff, func(r *http.Request, who staff.Session) (site.Reply, error) {
		id := r.PathValue("id")
		if err := do(r.Context(), who.Actor(), id); err != nil {
			return nil, err
		}
		if id == who.Account.ID { // signed out everywhere, by their own hand
			return g.cookie(site.SeeOther(door+"?afgemeld"), ""), nil
		}
		return site.SeeOther(personPath(id) + "?gedaan=" + done), nil
	})
}

func (g *Guard) resetPassword(r *http.Request, who staff.Session) (site.Reply, error) {
	id := r.PathValue("id")
	password, err := g.service.ResetPassword(r.Context(), who.Actor(), id)
	if err != nil {
		return nil, err
	}
	a, err := g.service.Account(r.Context(), who.Account.Firm, id)
	if err != nil {
		return nil, err
	}
	return g.toldOnce(r, who, a, password, "Het wachtwoord is opnieuw ingesteld"), nil
}

// roleHint says what a role is for, to who hands it out.
func roleHint(r staff.Role) string {
	switch r {
	case staff.Handler:
		return "helpt klanten: ziet toetspogingen en zet toetsen klaar"
	case staff.Compliance:
		return "moet alles kunnen laten zien: ziet ook vragen en medewerkers, neemt dossiers mee"
	case staff.Operator:
		return "beheert accounts en huisstijl; ziet geen klanten"
	case staff.Supervisor:
		return "leest mee als gast; met een laatste dag"
	case staff.Author:
		return "schrijft vragen en ontwerpt toetsen; ziet geen klanten"
	case staff.Reviewer:
		return "beoordeelt wat een ander schreef"
	case staff.Publisher:
		return "neemt toetsen in gebruik"
	case staff.Inspector:
		return "gast van een toezichthouder: ziet alleen wat compliance in een inzage opent; met een laatste dag"
	}
	return ""
}

// sessions says in how many browsers an account is signed in.
func sessions(n int) string {
	switch n {
	case 0:
		return "Dit account is nu nergens aangemeld."
	case 1:
		return "Dit account is nu in één browser aangemeld."
	}
	return "Dit account is nu in " + strconv.Itoa(n) + " browsers aangemeld."
}
