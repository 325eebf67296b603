package web

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const (
	outsidePath = door + "/onderneming"
	returnPath  = door + "/terug"
)

// stateCookie is what the name of the cookie ends in that ties a visit to the provider
// to one browser: nobody signs another in by a link.
const stateCookie = "-bezoek"

const stateFor = 10 * time.Minute

func mountFederation(s *site.Site, g *Guard) {
	s.Handle("GET "+outsidePath, g.showOutside)
	s.Handle("POST "+outsidePath, g.leave)
	s.Handle("GET "+returnPath, g.comeBack)
	s.Explain(outsideMessages)
}

var again = site.Link{Text: "Opnieuw aanmelden", Href: door}

var outsideMessages = map[string]site.Message{
	staff.OutsideStale: {
		Title: "Het aanmelden duurde te lang of begon ergens anders",
		Text:  "Wij kunnen dit antwoord van uw onderneming niet bij een vraag van deze browser brengen.",
		Do:    "Begin opnieuw met aanmelden.", Next: again,
	},
	staff.OutsideRefused: {
		Title: "U bent niet aangemeld",
		Text:  "Uw onderneming herkende u, maar wij konden het antwoord niet vertrouwen, of u hebt hier geen account waarmee u zich kunt aanmelden.",
		Do:    "Vraag degene die bij uw onderneming de accounts van Zorgplicht beheert.", Next: again,
	},
	staff.OutsideAway: {
		Title: "De aanmelddienst van uw onderneming antwoordt niet",
		Text:  "Wij kunnen u nu niet via uw onderneming aanmelden.",
		Do:    "Probeer het over een paar minuten opnieuw, of meld u aan met uw wachtwoord.", Next: again,
	},
}

type outsidePage struct {
	email, back string
	there, host string // address of the provider, once known
	problems    []site.Problem
}

func (g *Guard) showOutside(r *http.Request) (site.Reply, error) {
	return site.Page(http.StatusOK, showOutside(outsidePage{back: localPath(r.URL.Query().Get("naar"))})), nil
}

// leave shows a link to the provider: our forms lead to ourselves only, so it is no
// redirect.
func (g *Guard) leave(r *http.Request) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	p := outsidePage{email: r.PostForm.Get("email"), back: localPath(r.PostForm.Get("naar"))}
	there, state, err := g.service.Leave(r.Context(), p.email, p.back)
	if fault.Has(err, staff.OutsideUnknown) {
		p.problems = []site.Problem{{Field: "email", Text: "Voor dit e-mailadres meldt u zich hier aan, met uw wachtwoord."}}
		return site.Page(http.StatusBadRequest, showOutside(p)), nil
	}
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(there)
	if err != nil {
		return nil, err
	}
	p.there, p.host = there, u.Hostname()
	return g.bake(site.Page(http.StatusOK, showOutside(p)), stateCookie, state, stateFor), nil
}

func (g *Guard) comeBack(r *http.Request) (site.Reply, error) {
	q := r.URL.Query()
	state := q.Get("state")
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(g.cookieOf(r, stateCookie))) != 1 {
		return nil, fault.New(fault.Invalid, staff.OutsideStale, "")
	}
	who, back, err := g.service.Return(r.Context(), state, q.Get("iss"), q.Get("code"), g.knock(r))
	if err != nil {
		return nil, err
	}
	reply, err := g.welcome(r, who, localPath(back))
	if err != nil {
		return nil, err
	}
	return g.bake(reply, stateCookie, "", 0), nil
}
