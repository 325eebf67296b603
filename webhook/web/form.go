package web

import (
	"net/http"
	"slices"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
	"zorgplicht/webhook"
)

// A form is a subscription as somebody fills it in.
type form struct {
	frame    site.Work
	action   string
	order    webhook.Order
	known    bool // it exists: whether it is on can be said
	problems []site.Problem
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, formPage(p.newForm(r, who))), nil
}

func (p pages) newForm(r *http.Request, who staff.Session) form {
	f := form{frame: p.guard.Frame(r, who, "Webhook toevoegen"), action: newPath, order: webhook.Order{Types: webhook.Types, Active: true, Key: p.desk.NewForm()}}
	f.frame.Trail = []site.Link{{Text: "Webhooks", Href: listPath}}
	return f
}

// read takes over what was filled in.
func (f *form) read(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f.order.URL, f.order.Description = r.PostFormValue("adres"), r.PostFormValue("omschrijving")
	f.order.Types = nil
	for _, t := range r.PostForm["soorten"] {
		f.order.Types = append(f.order.Types, webhook.Type(t))
	}
	if f.known {
		f.order.Active = r.PostFormValue("aan") == "ja"
	}
	return nil
}

// fields leads a fault of the service to the field of the page.
var fields = map[string]string{"/url": "adres", "/description": "omschrijving", "/types": "soorten"}

// refused shows the form again with what is wrong; other errors go on.
func (f form) refused(err error) (site.Reply, error) {
	if !fault.Has(err, "invalid-webhook") {
		return nil, err
	}
	for _, d := range fault.As(err).Details {
		f.problems = append(f.problems, site.Problem{Field: fields[d.Pointer], Text: d.Text})
	}
	f.frame.Failed = true
	return site.Page(http.StatusBadRequest, formPage(f)), nil
}

func (f form) problem(field string) string {
	if i := slices.IndexFunc(f.problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return f.problems[i].Text
	}
	return ""
}

func (f form) chosen(t string) bool { return slices.Contains(f.order.Types, webhook.Type(t)) }

func (f form) on() string {
	if f.order.Active {
		return "ja"
	}
	return "nee"
}

// add subscribes the address and shows the secret, once.
func (p pages) add(r *http.Request, who staff.Session) (site.Reply, error) {
	f := p.newForm(r, who)
	if err := f.read(r); err != nil {
		return nil, err
	}
	if sent := r.PostFormValue("formulier"); sent != "" {
		f.order.Key = sent
	}
	s, secret, err := p.desk.Add(r.Context(), who.Actor(), f.order)
	if err != nil {
		return f.refused(err)
	}
	return p.tellSecret(r, who, s, secret)
}

func (p pages) showChange(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.changeForm(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, formPage(f)), nil
}

func (p pages) changeForm(r *http.Request, who staff.Session) (form, error) {
	s, err := p.desk.One(r.Context(), who.Actor(), webhook.ID(r.PathValue("id")))
	if err != nil {
		return form{}, err
	}
	f := form{frame: p.guard.Frame(r, who, "Webhook wijzigen"), action: onePath(s.ID) + "/wijzigen", known: true}
	f.order = webhook.Order{URL: s.URL, Description: s.Description, Types: s.Types, Active: s.Active}
	f.frame.Trail = []site.Link{{Text: "Webhooks", Href: listPath}, {Text: s.Description, Href: onePath(s.ID)}}
	return f, nil
}

func (p pages) change(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.changeForm(r, who)
	if err != nil {
		return nil, err
	}
	if err := f.read(r); err != nil {
		return nil, err
	}
	s, err := p.desk.Change(r.Context(), who.Actor(), webhook.ID(r.PathValue("id")), f.order)
	if err != nil {
		return f.refused(err)
	}
	return site.SeeOther(onePath(s.ID)), nil
}

func (p pages) rotate(r *http.Request, who staff.Session) (site.Reply, error) {
	id, key := webhook.ID(r.PathValue("id")), ""
	if seen := r.PostFormValue("versie"); seen != "" { // pressed twice on one page it makes one secret
		key = "after secret " + seen + " of " + string(id)
	}
	s, secret, err := p.desk.Rotate(r.Context(), who.Actor(), id, key)
	if err != nil {
		return nil, err
	}
	return p.tellSecret(r, who, s, secret)
}

// tellSecret shows a secret that was just made. No cache may keep it.
func (p pages) tellSecret(r *http.Request, who staff.Session, s webhook.Subscription, secret string) (site.Reply, error) {
	f := p.guard.Frame(r, who, "Geheim van de webhook")
	f.Trail = []site.Link{{Text: "Webhooks", Href: listPath}, {Text: s.Description, Href: onePath(s.ID)}}
	return site.WithHeader(site.Page(http.StatusOK, secretPage(f, s, secret)), "Cache-Control", "no-store"), nil
}
