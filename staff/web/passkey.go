package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const (
	passkeyDoor   = door + "/passkey"
	passkeysPath  = accountPath + "/passkeys"
	newPasskey    = passkeysPath + "/nieuw"
	passkeyCookie = "-passkey" // the secret under which this browser answers what it was asked
	passkeyWait   = 5 * time.Minute
)

func mountPasskeys(s *site.Site, g *Guard) {
	s.Handle("POST "+passkeyDoor+"/vraag", g.askPasskey)
	s.Handle("POST "+passkeyDoor, g.signInByPasskey)
	s.Handle("GET "+newPasskey, g.Staff(staff.SignIn, g.showNewPasskey))
	s.Handle("POST "+newPasskey+"/vraag", g.Staff(staff.SignIn, g.askNewPasskey))
	s.Handle("POST "+newPasskey, g.Staff(staff.SignIn, g.addPasskey))
	s.Handle("POST "+passkeysPath+"/{id}/verwijderen", g.Staff(staff.SignIn, g.removePasskey))
	s.Explain(passkeyMessages)
}

var passkeyMessages = map[string]site.Message{
	staff.PasskeyNone: {
		Title: "Deze installatie kan geen passkeys gebruiken",
		Text:  "Een passkey werkt alleen op een https-adres met een naam, of op localhost.",
		Do:    "Meld u aan met uw wachtwoord.", Next: again,
	},
	staff.PasskeyStale: {
		Title: "Het duurde te lang of begon ergens anders",
		Text:  "Wij kunnen dit antwoord niet bij een vraag aan deze browser brengen. Een vraag geldt vijf minuten en één keer.",
		Do:    "Begin opnieuw.", Next: site.Link{Text: "Naar uw account", Href: accountPath},
	},
	staff.PasskeyRefused: {
		Title: "De passkey is niet toegevoegd",
		Text:  "Het antwoord van uw apparaat klopt niet bij de vraag.",
		Do:    "Probeer het opnieuw, of gebruik een ander apparaat.", Next: site.Link{Text: "Naar uw account", Href: accountPath},
	},
	staff.NotFresh: {
		Title: "Meld u eerst opnieuw aan",
		Text:  "Een passkey voegt u toe binnen tien minuten na het aanmelden. Zo kan niemand dat doen op een computer waarop u aangemeld bleef.",
		Do:    "Meld u af en weer aan.", Next: site.Link{Text: "Naar uw account", Href: accountPath},
	},
	"passkeys-many": {
		Title: "U hebt al tien passkeys",
		Text:  "Meer dan tien passkeys kan niet.",
		Do:    "Verwijder een passkey die u niet meer gebruikt.", Next: site.Link{Text: "Naar uw account", Href: accountPath},
	},
	"passkey-exists": {
		Title: "Deze passkey is er al",
		Text:  "Dezelfde passkey is al eerder toegevoegd.",
		Next:  site.Link{Text: "Naar uw account", Href: accountPath},
	},
	"passkey-unknown": {
		Title: "Deze passkey is er niet meer",
		Text:  "De passkey was al verwijderd.",
		Next:  site.Link{Text: "Naar uw account", Href: accountPath},
	},
}

// asking is what a script of ours gets: what to ask the browser, or what to tell.
type asking struct {
	Options json.RawMessage `json:"options,omitempty"`
	Problem string          `json:"problem,omitempty"`
}

func (a asking) reply(status int) (site.Reply, error) {
	body, err := json.Marshal(a)
	return site.JSON(status, body), err
}

func (g *Guard) askPasskey(r *http.Request) (site.Reply, error) {
	options, secret, err := g.service.AskPasskey(r.Context())
	if err != nil {
		return nil, err
	}
	reply, err := asking{Options: options}.reply(http.StatusOK)
	return g.bake(reply, passkeyCookie, secret, passkeyWait), err
}

func (g *Guard) signInByPasskey(r *http.Request) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	p := doorPage{Back: localPath(r.PostForm.Get("naar")), Passkeys: g.service.PasskeyOrigin()}
	who, err := g.service.SignInByPasskey(r.Context(), g.cookieOf(r, passkeyCookie), []byte(r.PostForm.Get("antwoord")), g.knock(r))
	if err != nil {
		reply, err := p.refused(err)
		if err != nil {
			return nil, err
		}
		return g.bake(reply, passkeyCookie, "", 0), nil
	}
	reply, err := g.welcome(r, who, p.Back)
	if err != nil {
		return nil, err
	}
	return g.bake(reply, passkeyCookie, "", 0), nil
}

type passkeyPage struct {
	frame    site.Work
	origin   string // where passkeys work; empty where they never do
	fresh    bool   // they signed in so lately that they may add one
	name     string
	problems []site.Problem
}

func (g *Guard) passkeyPage(r *http.Request, who staff.Session) (p passkeyPage, err error) {
	p.frame = g.Frame(r, who, "Passkey toevoegen")
	p.frame.Trail = []site.Link{{Text: "Mijn account", Href: accountPath}}
	p.origin, p.name = g.service.PasskeyOrigin(), browserOf(r.UserAgent())
	p.fresh, err = g.service.Fresh(r.Context(), who)
	return p, err
}

func (p passkeyPage) reply(status int) site.Reply {
	if p.origin == "" || !p.fresh {
		return site.Page(status, showNewPasskey(p))
	}
	return site.PasskeyPage(status, showNewPasskey(p))
}

func (g *Guard) showNewPasskey(r *http.Request, who staff.Session) (site.Reply, error) {
	p, err := g.passkeyPage(r, who)
	if err != nil {
		return nil, err
	}
	return p.reply(http.StatusOK), nil
}

func (g *Guard) askNewPasskey(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	options, secret, err := g.service.AskNewPasskey(r.Context(), who, r.PostForm.Get("naam"))
	if f := fault.As(err); f != nil && len(f.Details) > 0 {
		return asking{Problem: f.Details[0].Text}.reply(http.StatusBadRequest)
	} else if f != nil && passkeyMessages[f.Reason].Title != "" {
		m := passkeyMessages[f.Reason]
		return asking{Problem: m.Title + ". " + m.Do}.reply(site.StatusOf(err))
	}
	if err != nil {
		return nil, err
	}
	reply, err := asking{Options: options}.reply(http.StatusOK)
	return g.bake(reply, passkeyCookie, secret, passkeyWait), err
}

func (g *Guard) addPasskey(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	name := r.PostForm.Get("naam")
	_, err := g.service.AddPasskey(r.Context(), who, g.cookieOf(r, passkeyCookie), name, []byte(r.PostForm.Get("antwoord")))
	if f := fault.As(err); f != nil && len(f.Details) > 0 {
		p, err := g.passkeyPage(r, who)
		if err != nil {
			return nil, err
		}
		p.name, p.frame.Failed = name, true
		for _, d := range f.Details {
			p.problems = append(p.problems, site.Problem{Field: "naam", Text: d.Text})
		}
		return p.reply(http.StatusBadRequest), nil
	}
	if err != nil {
		return nil, err
	}
	return g.bake(site.SeeOther(accountPath+"?gedaan=passkey"), passkeyCookie, "", 0), nil
}

func (g *Guard) removePasskey(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := g.service.RemovePasskey(r.Context(), who, r.PathValue("id")); err != nil {
		return nil, err
	}
	return site.SeeOther(accountPath + "?gedaan=passkey-weg"), nil
}

func doubted(list []staff.Passkey) bool {
	return slices.ContainsFunc(list, func(p staff.Passkey) bool { return !p.Doubted.IsZero() })
}

// lastUse says when a passkey was used last.
func lastUse(p staff.Passkey) string {
	if p.Used.IsZero() {
		return "nog niet"
	}
	return calendar.DutchTime(p.Used)
}
