package web

import (
	"errors"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

func mountAccount(s *site.Site, g *Guard) {
	s.Handle("GET "+accountPath, g.Staff(staff.SignIn, g.showAccount))
	s.Handle("GET "+passwordPath, g.Staff(staff.SignIn, g.showPassword))
	s.Handle("POST "+passwordPath, g.Staff(staff.SignIn, g.changePassword))
	s.Handle("POST "+accountPath+"/sessies/beeindigen", g.Staff(staff.SignIn, g.endSessions))
	s.Handle("POST "+accountPath+"/sessies/{id}/beeindigen", g.Staff(staff.SignIn, g.endSession))
}

// messages are what pages say of the faults of this room.
var messages = map[string]site.Message{
	"own-account": {
		Title: "Uw eigen account past u niet zelf aan",
		Text:  "Niemand geeft zichzelf rollen of een einddatum, en niemand blokkeert zichzelf.",
		Do:    "Vraag een collega die ook accounts beheert.",
		Next:  site.Link{Text: "Naar de medewerkers", Href: peoplePath},
	},
	"last-manager": {
		Title: "Er moet iemand overblijven die accounts beheert",
		Text:  "Dit is het laatste account met de rol beheerder dat niet geblokkeerd is en geen einddatum heeft.",
		Do:    "Geef eerst iemand anders de rol beheerder.",
		Next:  site.Link{Text: "Naar de medewerkers", Href: peoplePath},
	},
	"account-unknown": {
		Title: "Dit account bestaat niet",
		Text:  "Bij uw onderneming is er geen account met dit kenmerk.",
		Next:  site.Link{Text: "Naar de medewerkers", Href: peoplePath},
	},
	"session-unknown": {
		Title: "Deze sessie is er niet meer",
		Text:  "De sessie was al beëindigd of verlopen.",
		Next:  site.Link{Text: "Naar uw account", Href: accountPath},
	},
	"password-changed": {
		Title: "Uw wachtwoord is intussen gewijzigd",
		Text:  "In een ander venster of door een collega is uw wachtwoord gewijzigd. Deze wijziging is niet bewaard.",
		Do:    "Meld u opnieuw aan.",
		Next:  site.Link{Text: "Naar aanmelden", Href: door},
	},
}

type accountPage struct {
	frame site.Work
	who   staff.Session
	seats []staff.Seat
	keys  []staff.Passkey
	done  string // what was just done: "wachtwoord", "sessie", "passkey", "passkey-weg"
}

func (g *Guard) showAccount(r *http.Request, who staff.Session) (site.Reply, error) {
	seats, err := g.service.Seats(r.Context(), who.Account)
	if err != nil {
		return nil, err
	}
	keys, err := g.service.PasskeysOf(r.Context(), who.Account)
	if err != nil {
		return nil, err
	}
	p := accountPage{frame: g.Frame(r, who, "Mijn account"), who: who, seats: seats, keys: keys, done: r.URL.Query().Get("gedaan")}
	return site.Page(http.StatusOK, showAccount(p)), nil
}

func (p accountPage) terms() []site.Term {
	a := p.who.Account
	terms := []site.Term{{Name: "Naam", Text: a.Name}, {Name: "E-mailadres", Text: a.Email}, {Name: "Onderneming", Text: p.who.FirmName}, {Name: "Rollen", Text: dutchRoles(a.Roles)}}
	if !a.Until.IsZero() {
		terms = append(terms, site.Term{Name: "Laatste dag", Text: lastDay(a).Dutch()})
	}
	return terms
}

func dutchRoles(roles []staff.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.Dutch()
	}
	return strings.Join(names, ", ")
}

// lastDay is the last day on which somebody may use an account that has an end.
func lastDay(a staff.Account) calendar.Date { return calendar.Of(a.Until.Add(-1)) }

type passwordPage struct {
	frame    site.Work
	forced   bool
	problems []site.Problem
}

func (p passwordPage) problem(field string) string { return problemOf(p.problems, field) }

func problemOf(problems []site.Problem, field string) string {
	var texts []string
	for _, q := range problems {
		if q.Field == field {
			texts = append(texts, q.Text)
		}
	}
	return strings.Join(texts, " ")
}

func (g *Guard) passwordPage(r *http.Request, who staff.Session) passwordPage {
	f := g.Frame(r, who, "Wachtwoord wijzigen")
	f.Trail = []site.Link{{Text: "Mijn account", Href: accountPath}}
	if who.Account.MustChange {
		f.Title, f.Nav, f.Trail, f.Account = "Kies een eigen wachtwoord", nil, nil, ""
	}
	return passwordPage{frame: f, forced: who.Account.MustChange}
}

func (g *Guard) showPassword(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, showPassword(g.passwordPage(r, who))), nil
}

// changePassword goes on under a new token: the old one, and all other sessions of
// the account, are worth nothing any more.
func (g *Guard) changePassword(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	next, err := g.service.ChangePassword(r.Context(), who, staff.NewPassword{
		Current: r.PostForm.Get("huidig"), Next: r.PostForm.Get("nieuw"), Again: r.PostForm.Get("herhaling"),
	})
	if err == nil {
		return g.welcome(r, next, accountPath+"?gedaan=wachtwoord")
	}
	p, status := g.passwordPage(r, who), http.StatusBadRequest
	var limited staff.Limited
	switch f := fault.As(err); {
	case errors.As(err, &limited):
		p.problems, status = []site.Problem{{Field: "huidig", Text: waitText(limited.Wait)}}, http.StatusTooManyRequests
	case f != nil && f.Kind == fault.Invalid:
		for _, d := range f.Details {
			p.problems = append(p.problems, site.Problem{Field: passwordFields[d.Pointer], Text: d.Text})
		}
	default:
		return nil, err
	}
	p.frame.Failed = true
	return site.Page(status, showPassword(p)), nil
}

var passwordFields = map[string]string{"/current": "huidig", "/password": "nieuw", "/again": "herhaling"}

func (g *Guard) endSession(r *http.Request, who staff.Session) (site.Reply, error) {
	id := r.PathValue("id")
	if err := g.service.EndSeat(r.Context(), who, id); err != nil {
		return nil, err
	}
	if id == who.Seat {
		return g.cookie(site.SeeOther(door+"?afgemeld"), ""), nil
	}
	return site.SeeOther(accountPath + "?gedaan=sessie"), nil
}

// endSessions signs out everywhere, here too, and makes this browser a stranger.
func (g *Guard) endSessions(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := g.service.EndSessions(r.Context(), who.Actor(), who.Account.ID); err != nil {
		return nil, err
	}
	return g.remember(g.cookie(site.SeeOther(door+"?afgemeld"), ""), ""), nil
}
