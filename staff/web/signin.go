package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// Mount mounts the door of the workspace, and /werk, which leads to the first
// page that who is signed in may see.
func Mount(s *site.Site, g *Guard) {
	s.Handle("GET "+door, g.showDoor)
	s.Handle("POST "+door, g.signIn)
	s.Handle("POST /werk/afmelden", g.signOut)
	mountAccount(s, g)
	mountPeople(s, g)
	mountFederation(s, g)
	mountPasskeys(s, g)
	s.Explain(messages)
	s.Handle("GET "+home, g.signedIn(g.home))
	s.Handle("GET "+home+"/{$}", g.signedIn(g.home))
}

// door is what the page of the door shows.
type doorPage struct {
	Email    string
	Back     string // path to go to after signing in
	Left     bool   // just signed out
	Outside  bool   // some sign in at a provider of their firm
	Passkeys string // origin of the pages on which passkeys work; empty where they never do
	Problems []site.Problem
}

func (p doorPage) problem(field string) string {
	for _, q := range p.Problems {
		if q.Field == field {
			return q.Text
		}
	}
	return ""
}

// reply shows the door, with the script for passkeys where there can be any.
func (p doorPage) reply(status int) site.Reply {
	if p.Passkeys == "" {
		return site.Page(status, showDoor(p))
	}
	return site.PasskeyPage(status, showDoor(p))
}

func (g *Guard) showDoor(r *http.Request) (site.Reply, error) {
	back := localPath(r.URL.Query().Get("naar"))
	_, _, err := g.who(r)
	if err == nil {
		return site.SeeOther(back), nil
	}
	if !fault.Has(err, staff.SignedOff) {
		return nil, err
	}
	outside, err := g.service.Federated(r.Context())
	if err != nil {
		return nil, err
	}
	p := doorPage{Back: back, Left: r.URL.Query().Has("afgemeld"), Outside: outside, Passkeys: g.service.PasskeyOrigin()}
	return p.reply(http.StatusOK), nil
}

func (g *Guard) signIn(r *http.Request) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	p := doorPage{Email: r.PostForm.Get("email"), Back: localPath(r.PostForm.Get("naar")), Passkeys: g.service.PasskeyOrigin()}
	password := r.PostForm.Get("wachtwoord")
	if p.Email == "" {
		p.Problems = append(p.Problems, site.Problem{Field: "email", Text: "Vul uw e-mailadres in."})
	}
	if password == "" {
		p.Problems = append(p.Problems, site.Problem{Field: "wachtwoord", Text: "Vul uw wachtwoord in."})
	}
	if len(p.Problems) > 0 {
		return p.reply(http.StatusBadRequest), nil
	}
	who, err := g.service.SignIn(r.Context(), p.Email, password, g.knock(r))
	if err != nil {
		return p.refused(err)
	}
	return g.welcome(r, who, p.Back)
}

// refused shows the door again, with what the one who knocked may know.
func (p doorPage) refused(err error) (site.Reply, error) {
	var limited staff.Limited
	switch {
	case errors.As(err, &limited):
		p.Problems = []site.Problem{{Field: "email", Text: waitText(limited.Wait)}}
		seconds := strconv.Itoa(int(limited.Wait/time.Second) + 1)
		return site.WithHeader(p.reply(http.StatusTooManyRequests), "Retry-After", seconds), nil
	case fault.Has(err, staff.Refused):
		p.Problems = []site.Problem{{Field: "email", Text: "Het e-mailadres of het wachtwoord klopt niet. Kijk beide na en probeer het opnieuw."}}
		return p.reply(http.StatusForbidden), nil
	case fault.Has(err, staff.Over):
		last, _ := calendar.Parse(fault.As(err).About) // a day we wrote ourselves
		p.Problems = []site.Problem{{Text: "Uw account liep tot en met " + last.DutchDay() + ". Alleen de onderneming die u toegang gaf, kan het verlengen: vraag het de beheerder van Zorgplicht daar, of als gast de compliance officer die u uitnodigde."}}
		return p.reply(http.StatusForbidden), nil
	case fault.Has(err, staff.PasskeyRefused):
		p.Problems = []site.Problem{{Text: "Met deze passkey kunt u zich hier niet aanmelden. Gebruik uw wachtwoord, of vraag de beheerder van Zorgplicht binnen uw onderneming."}}
		return p.reply(http.StatusForbidden), nil
	case fault.Has(err, staff.PasskeyStale):
		p.Problems = []site.Problem{{Text: "Het aanmelden duurde te lang of begon ergens anders. Probeer het opnieuw."}}
		return p.reply(http.StatusBadRequest), nil
	}
	return nil, err
}

func waitText(wait time.Duration) string {
	minutes := int((wait + time.Minute - 1) / time.Minute)
	if minutes == 1 {
		return "Het aanmelden is te vaak mislukt. Wacht 1 minuut en probeer het dan opnieuw."
	}
	return fmt.Sprintf("Het aanmelden is te vaak mislukt. Wacht %d minuten en probeer het dan opnieuw.", minutes)
}

// welcome starts a session, ends the one this browser may have had, and remembers
// the browser.
func (g *Guard) welcome(r *http.Request, who staff.Session, back string) (site.Reply, error) {
	token, err := g.start(r, who)
	if err != nil {
		return nil, err
	}
	device, err := g.service.Remember(r.Context(), who, g.cookieOf(r, deviceCookie))
	if err != nil {
		return nil, err
	}
	return g.cookie(g.remember(site.SeeOther(back), device), token), nil
}

// start begins a session under a new token, so that nobody can have put one ready.
func (g *Guard) start(r *http.Request, who staff.Session) (token string, err error) {
	ctx, err := g.load(r)
	if err != nil {
		return "", err
	}
	if err := g.sessions.RenewToken(ctx); err != nil {
		return "", fmt.Errorf("renew session: %w", err)
	}
	a := who.Account
	at := staff.Seat{ID: who.Seat, Firm: a.Firm, Account: a.ID, Epoch: a.Epoch, Browser: browserOf(r.UserAgent()), Means: who.Means}
	for name, v := range at.Values() {
		g.sessions.Put(ctx, name, v)
	}
	g.sessions.Put(ctx, "roles", rolesOf(a))
	if token, _, err = g.sessions.Commit(ctx); err != nil {
		return "", fmt.Errorf("start session: %w", err)
	}
	return token, nil
}

// signOut ends the session first and tells the journal then: whoever leaves is
// gone, whatever goes wrong after.
func (g *Guard) signOut(r *http.Request) (site.Reply, error) {
	ctx, who, err := g.who(r)
	gone := fault.Has(err, staff.SignedOff)
	if err != nil && !gone {
		return nil, err
	}
	if err := g.sessions.Destroy(ctx); err != nil {
		return nil, fmt.Errorf("end session: %w", err)
	}
	if !gone {
		if err := g.service.SignOut(r.Context(), who); err != nil {
			return nil, err
		}
	}
	return g.cookie(site.SeeOther(door+"?afgemeld"), ""), nil
}

func (g *Guard) home(r *http.Request, who staff.Session) (site.Reply, error) {
	for _, e := range g.nav {
		if who.May(e.Do) {
			return site.SeeOther(e.Href), nil
		}
	}
	return site.Page(http.StatusOK, showEmptyHome(g.Frame(r, who, "Werkplek"))), nil
}

// unreadable is a form that is no form; too large a one stays what it is.
func unreadable(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return fault.Because(fault.Invalid, "form-unreadable", err)
}
