// Package web has the pages on which staff see and keep webhooks, below
// /werk/webhooks.
package web

import (
	"context"
	"net/http"

	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
	"zorgplicht/webhook"
)

// A Desk is what the pages ask of the room; webhook.Service is one, and says what
// each method does.
type Desk interface {
	List(context.Context, ident.Actor) ([]webhook.Subscription, error)
	One(context.Context, ident.Actor, webhook.ID) (webhook.Subscription, error)
	NewForm() string
	Add(context.Context, ident.Actor, webhook.Order) (webhook.Subscription, string, error)
	Change(context.Context, ident.Actor, webhook.ID, webhook.Order) (webhook.Subscription, error)
	Rotate(context.Context, ident.Actor, webhook.ID, string) (webhook.Subscription, string, error)
	Trial(context.Context, ident.Actor, webhook.ID, string) (webhook.DeliveryID, error)
	Replay(context.Context, ident.Actor, webhook.ID, webhook.Range, string) (int, error)
	Deliveries(context.Context, ident.Actor, webhook.ID, webhook.Filter) (webhook.Page, error)
	Delivery(context.Context, ident.Actor, webhook.ID, webhook.DeliveryID) (webhook.File, error)
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

const listPath = "/werk/webhooks"

const newPath = listPath + "/nieuw"

func onePath(id webhook.ID) string { return listPath + "/" + string(id) }

func deliveryPath(id webhook.ID, d webhook.DeliveryID) string {
	return onePath(id) + "/afleveringen/" + string(d)
}

// Mount mounts the pages. A secret is shown in the answer to the post that made it,
// and nowhere else.
func Mount(s *site.Site, d Desk, g Guard) {
	p := pages{d, g}
	s.Explain(messages)
	see := func(pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle("GET "+listPath+pattern, g.Staff(staff.SeeWebhooks, page))
	}
	keep := func(pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle(pattern, g.Staff(staff.KeepWebhooks, page))
	}
	see("", p.list)
	see("/{id}", p.one)
	see("/{id}/afleveringen/{aflevering}", p.delivery)
	keep("GET "+newPath, p.showNew)
	keep("POST "+newPath, p.add)
	keep("GET "+listPath+"/{id}/wijzigen", p.showChange)
	keep("POST "+listPath+"/{id}/wijzigen", p.change)
	keep("POST "+listPath+"/{id}/geheim", p.rotate)
	keep("POST "+listPath+"/{id}/proef", p.trial)
	keep("POST "+listPath+"/{id}/opnieuw", p.replay)
}

type pages struct {
	desk  Desk
	guard Guard
}

var messages = map[string]site.Message{
	"unknown-webhook": {
		Title: "Deze webhook is er niet", Text: "Er is geen webhook met dit kenmerk bij uw onderneming.",
		Next: site.Link{Text: "Naar de webhooks", Href: listPath},
	},
	"unknown-delivery": {
		Title: "Deze aflevering is er niet", Text: "Er is geen aflevering met dit kenmerk bij deze webhook. Afleveringen worden na negentig dagen opgeruimd.",
		Next: site.Link{Text: "Naar de webhooks", Href: listPath},
	},
	"webhook-inactive": {
		Title: "Deze webhook staat uit", Text: "Er wordt niets verstuurd zolang de webhook uitstaat.",
		Do: "Zet de webhook eerst aan, en verstuur daarna.", Next: site.Link{Text: "Naar de webhooks", Href: listPath},
	},
	"idempotency-key-reused": {
		Title: "Dit formulier is al verstuurd", Text: "De webhook die u ermee toevoegde, staat in de lijst. Wat u daarna in het formulier veranderde, is niet bewaard.",
		Do: "Open de webhook in de lijst en wijzig hem daar, of begin een nieuw formulier.", Next: site.Link{Text: "Naar de webhooks", Href: listPath},
	},
	"too-many-webhooks": {
		Title: "Er zijn al twintig webhooks", Text: "Een onderneming kan er niet meer hebben.",
		Do: "Wijzig een webhook die u niet meer gebruikt.", Next: site.Link{Text: "Naar de webhooks", Href: listPath},
	},
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	all, err := p.desk.List(r.Context(), who.Actor())
	if err != nil {
		return nil, err
	}
	f := p.guard.Frame(r, who, "Webhooks")
	f.Lead = "Een webhook vertelt een systeem van uw onderneming wat er gebeurt: een bericht per gebeurtenis, ondertekend en zonder persoonsgegevens."
	return site.Page(http.StatusOK, listPage(f, all, who.May(staff.KeepWebhooks))), nil
}
