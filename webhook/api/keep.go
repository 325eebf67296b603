package api

import (
	"context"
	"time"

	"zorgplicht/internal/rest"
	"zorgplicht/webhook"
)

type listIn struct{ rest.Query }

type listOut struct {
	Body struct {
		Items []Webhook `json:"items" doc:"De webhooks van uw onderneming."`
	} `nameHint:"Webhooks"`
}

func (o operations) list(ctx context.Context, c rest.Caller, _ *listIn) (*listOut, error) {
	all, err := o.List(ctx, c.Actor)
	var out listOut
	out.Body.Items = make([]Webhook, len(all))
	for i, s := range all {
		out.Body.Items[i] = subscription(s)
	}
	return &out, err
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de webhook."`
}

type oneOut struct{ Body Webhook }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	s, err := o.One(ctx, c.Actor, webhook.ID(in.ID))
	return &oneOut{subscription(s)}, err
}

type addIn struct {
	rest.Command
	Body rest.JSON[NieuweWebhook]
}

type secretOut struct {
	Location string `header:"Location" doc:"Pad van de webhook."`
	Body     WebhookMetGeheim
}

func (o operations) add(ctx context.Context, c rest.Caller, in *addIn) (*secretOut, error) {
	s, secret, err := o.Add(ctx, c.Actor, in.Body.Value.order(in.Key))
	return withSecret(s, secret), err
}

func withSecret(s webhook.Subscription, secret string) *secretOut {
	return &secretOut{Location: path(s.ID), Body: WebhookMetGeheim{subscription(s), secret}}
}

func path(id webhook.ID) string { return rest.Prefix + "/webhooks/" + string(id) }

type changeIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de webhook."`
	Body rest.JSON[NieuweWebhook]
}

func (o operations) change(ctx context.Context, c rest.Caller, in *changeIn) (*oneOut, error) {
	s, err := o.Change(ctx, c.Actor, webhook.ID(in.ID), in.Body.Value.order(in.Key))
	return &oneOut{subscription(s)}, err
}

type nothingIn struct {
	rest.Command
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de webhook."`
}

func (o operations) rotate(ctx context.Context, c rest.Caller, in *nothingIn) (*secretOut, error) {
	s, secret, err := o.Rotate(ctx, c.Actor, webhook.ID(in.ID), in.Key)
	return withSecret(s, secret), err
}

type trialOut struct {
	Location string `header:"Location" doc:"Pad van de aflevering."`
	Body     struct {
		Delivery string `json:"delivery" format:"uuid" doc:"Kenmerk van de aflevering van het proefbericht."`
	} `nameHint:"Proefbericht"`
}

func (o operations) trial(ctx context.Context, c rest.Caller, in *nothingIn) (*trialOut, error) {
	d, err := o.Trial(ctx, c.Actor, webhook.ID(in.ID), in.Key)
	out := &trialOut{Location: path(webhook.ID(in.ID)) + "/afleveringen/" + string(d)}
	out.Body.Delivery = string(d)
	return out, err
}

type replayIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de webhook."`
	Body rest.JSON[Herhaling]
}

// Herhaling is what to send again: one delivery, or a while.
type Herhaling struct {
	Delivery string    `json:"delivery,omitempty" maxLength:"64" doc:"Kenmerk van één aflevering. Laat dan de periode weg."`
	From     time.Time `json:"from,omitzero" doc:"Begin van de periode."`
	Before   time.Time `json:"before,omitzero" doc:"Einde van de periode; gebeurtenissen op dit tijdstip gaan niet mee."`
}

type replayOut struct {
	Body struct {
		Messages int `json:"messages" doc:"Hoeveel berichten opnieuw gaan."`
	} `nameHint:"HerhaaldeBerichten"`
}

func (o operations) replay(ctx context.Context, c rest.Caller, in *replayIn) (*replayOut, error) {
	b := in.Body.Value
	n, err := o.Replay(ctx, c.Actor, webhook.ID(in.ID), webhook.Range{Delivery: webhook.DeliveryID(b.Delivery), From: b.From, Before: b.Before}, in.Key)
	var out replayOut
	out.Body.Messages = n
	return &out, err
}
