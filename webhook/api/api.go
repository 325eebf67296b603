// Package api lets a firm's programs keep webhooks and read what was sent to them.
package api

import (
	"context"
	"net/http"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/webhook"
)

// The scopes of a token that these operations ask.
const (
	Read = "webhooks:lezen"
	Keep = "webhooks:schrijven"
)

// A Desk is what the operations ask of the room; webhook.Service is one, and says
// what each method does.
type Desk interface {
	List(context.Context, ident.Actor) ([]webhook.Subscription, error)
	One(context.Context, ident.Actor, webhook.ID) (webhook.Subscription, error)
	Add(context.Context, ident.Actor, webhook.Order) (webhook.Subscription, string, error)
	Change(context.Context, ident.Actor, webhook.ID, webhook.Order) (webhook.Subscription, error)
	Rotate(context.Context, ident.Actor, webhook.ID, string) (webhook.Subscription, string, error)
	Trial(context.Context, ident.Actor, webhook.ID, string) (webhook.DeliveryID, error)
	Replay(context.Context, ident.Actor, webhook.ID, webhook.Range, string) (int, error)
	Deliveries(context.Context, ident.Actor, webhook.ID, webhook.Filter) (webhook.Page, error)
	Delivery(context.Context, ident.Actor, webhook.ID, webhook.DeliveryID) (webhook.File, error)
}

// Mount mounts the operations.
func Mount(a *rest.API, d Desk) {
	o := operations{d}
	a.Explain(texts)
	const tag = "Webhooks"
	rest.Read(a, rest.Op{ID: "list-webhooks", Path: "/webhooks", Tag: tag, Scope: Read, Summary: "Vraag de webhooks op", About: "De oudste eerst, zonder hun geheim."}, o.list)
	rest.Write(a, rest.Op{
		ID: "voeg-webhook-toe", Path: "/webhooks", Tag: tag, Scope: Keep, Status: http.StatusCreated,
		Summary: "Voeg een webhook toe", About: "Het antwoord bevat het geheim. Dat is daarna niet meer op te vragen.",
	}, o.add)
	rest.Read(a, rest.Op{ID: "get-webhook", Path: "/webhooks/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één webhook op"}, o.one)
	rest.Write(a, rest.Op{
		ID: "wijzig-webhook", Path: "/webhooks/{id}/wijzigingen", Tag: tag, Scope: Keep, Errors: []int{404},
		Summary: "Wijzig een webhook", About: "Geef alle velden. Met `active` zet u de webhook uit of weer aan.",
	}, o.change)
	rest.Write(a, rest.Op{
		ID: "vernieuw-geheim", Path: "/webhooks/{id}/geheimen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Maak een nieuw geheim", About: "Het vorige geheim ondertekent nog 24 uur mee.",
	}, o.rotate)
	rest.Write(a, rest.Op{
		ID: "verstuur-proefbericht", Path: "/webhooks/{id}/proefberichten", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Verstuur een proefbericht",
	}, o.trial)
	rest.Write(a, rest.Op{
		ID: "verstuur-opnieuw", Path: "/webhooks/{id}/herhalingen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Verstuur gebeurtenissen opnieuw", About: "Eén aflevering, of alle gebeurtenissen van een periode van hooguit 1.000 gebeurtenissen. Het kenmerk van een bericht blijft gelijk.",
	}, o.replay)
	rest.Read(a, rest.Op{
		ID: "list-afleveringen", Path: "/webhooks/{id}/afleveringen", Tag: tag, Scope: Read, Errors: []int{404},
		Summary: "Vraag de afleveringen op", About: "De nieuwste eerst. Zij blijven negentig dagen bewaard.",
	}, o.deliveries)
	rest.Read(a, rest.Op{
		ID: "get-aflevering", Path: "/webhooks/{id}/afleveringen/{aflevering}", Tag: tag, Scope: Read, Errors: []int{404},
		Summary: "Vraag één aflevering op", About: "Met elke poging en het begin van elk antwoord.",
	}, o.delivery)
}

type operations struct{ Desk }

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"unknown-webhook":   "Deze webhook is er niet, of hoort niet bij uw onderneming.",
	"unknown-delivery":  "Deze aflevering is er niet, of hoort niet bij deze webhook.",
	"webhook-inactive":  "Deze webhook staat uit. Zet hem eerst aan.",
	"too-many-webhooks": "Een onderneming kan hooguit twintig webhooks hebben.",
	"range-empty":       "Het einde van de periode ligt niet na het begin.",
	"range-too-long":    "In deze periode zijn meer dan 1.000 gebeurtenissen. Kies een kortere periode.",
}

// Webhook is a subscription, without its secret.
type Webhook struct {
	ID            string     `json:"id" format:"uuid" doc:"Kenmerk van de webhook."`
	URL           string     `json:"url" format:"uri" doc:"Waar de berichten heen gaan."`
	Description   string     `json:"description" doc:"Omschrijving."`
	Types         []string   `json:"types" doc:"Soorten gebeurtenissen, zoals CloudEvents ze noemt." example:"nl.zorgplicht.toetspoging.beoordeeld"`
	Active        bool       `json:"active" doc:"Of er berichten heen gaan."`
	SecretVersion int        `json:"secretVersion" doc:"Nummer van het geheim dat ondertekent."`
	OverlapUntil  *time.Time `json:"overlapUntil,omitempty" doc:"Tot wanneer het vorige geheim meetekent."`
	Created       time.Time  `json:"created" doc:"Wanneer toegevoegd."`
	FailingSince  *time.Time `json:"failingSince,omitempty" doc:"Sinds wanneer berichten niet aankomen."`
	Stopped       *time.Time `json:"stopped,omitempty" doc:"Wanneer wij zelf zijn gestopt met versturen."`
	StoppedReason string     `json:"stoppedReason,omitempty" enum:"unreachable,gone" doc:"Waarom wij zijn gestopt: drie dagen kwam niets aan, of de ontvanger antwoordde 410."`
}

// WebhookMetGeheim is a subscription with a secret that was just made.
type WebhookMetGeheim struct {
	Webhook
	Secret string `json:"secret" doc:"Geheim waarmee berichten worden ondertekend (HMAC-SHA-256), na whsec_ in base64. Bewaar het: het is niet opnieuw op te vragen."`
}

// NieuweWebhook is what a program wants of a subscription.
type NieuweWebhook struct {
	URL         string   `json:"url" maxLength:"500" doc:"Adres met https://, vanaf het internet te bereiken." example:"https://systeem.example.nl/berichten"`
	Description string   `json:"description" maxLength:"120" doc:"Omschrijving, zoals de naam van het ontvangende systeem." example:"Verkoopsysteem"`
	Types       []string `json:"types" doc:"Soorten gebeurtenissen, ten minste één." example:"nl.zorgplicht.toetspoging.beoordeeld"`
	Active      bool     `json:"active" doc:"Of er berichten heen gaan."`
}

func (n NieuweWebhook) order(key string) webhook.Order {
	o := webhook.Order{URL: n.URL, Description: n.Description, Active: n.Active, Key: key}
	for _, t := range n.Types {
		o.Types = append(o.Types, webhook.Type(t))
	}
	return o
}

func subscription(s webhook.Subscription) Webhook {
	w := Webhook{
		ID: string(s.ID), URL: s.URL, Description: s.Description, Types: []string{}, Active: s.Active, SecretVersion: s.Version, Created: s.Made,
		OverlapUntil: when(s.Overlap), FailingSince: when(s.Failing), Stopped: when(s.Stopped), StoppedReason: string(s.Why),
	}
	for _, t := range s.Types {
		w.Types = append(w.Types, string(t))
	}
	return w
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
