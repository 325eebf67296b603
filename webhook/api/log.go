package api

import (
	"context"
	"time"

	"zorgplicht/internal/rest"
	"zorgplicht/webhook"
)

// Aflevering is one event on its way to a subscription.
type Aflevering struct {
	ID      string     `json:"id" format:"uuid" doc:"Kenmerk van de aflevering."`
	Event   string     `json:"event" format:"uuid" doc:"Kenmerk van de gebeurtenis: id van het bericht, bij elke poging gelijk."`
	Type    string     `json:"type" doc:"Soort gebeurtenis."`
	Subject string     `json:"subject" doc:"Waar de gebeurtenis over gaat."`
	State   string     `json:"state" enum:"waiting,delivered,given_up" doc:"Wacht, aangekomen of opgegeven."`
	Again   bool       `json:"again" doc:"Of de gebeurtenis opnieuw is verstuurd."`
	Tries   int        `json:"tries" doc:"Aantal pogingen."`
	Created time.Time  `json:"created" doc:"Wanneer de aflevering ontstond."`
	Next    *time.Time `json:"next,omitempty" doc:"Wanneer de volgende poging is, zolang de aflevering wacht."`
	Ended   *time.Time `json:"ended,omitempty" doc:"Wanneer zij aankwam of is opgegeven."`
	Status  int        `json:"status,omitempty" doc:"Statuscode van het laatste antwoord; ontbreekt waar er geen was."`
	Result  string     `json:"result,omitempty" doc:"Wat van de laatste poging kwam." example:"timeout"`
}

// AfleveringMetPogingen is a delivery with all that was tried.
type AfleveringMetPogingen struct {
	Aflevering
	Attempts []Poging `json:"attempts" doc:"De pogingen, de oudste eerst."`
}

// Poging is one time that a message was sent.
type Poging struct {
	At         time.Time `json:"at" doc:"Wanneer."`
	DurationMs int64     `json:"durationMs" doc:"Hoe lang het duurde, in milliseconden."`
	Status     int       `json:"status,omitempty" doc:"Statuscode van het antwoord; ontbreekt waar er geen was."`
	Result     string    `json:"result" doc:"Wat ervan kwam." example:"ok"`
	Response   string    `json:"response,omitempty" doc:"Begin van het antwoord, hooguit 1.024 bytes, zonder wat op een geheim lijkt."`
}

type deliveriesIn struct {
	rest.Query
	rest.Paging
	ID    string `path:"id" maxLength:"64" doc:"Kenmerk van de webhook."`
	State string `query:"state" enum:"waiting,delivered,given_up" doc:"Alleen in deze stand."`
}

type deliveriesOut struct {
	Body struct {
		Items      []Aflevering `json:"items" doc:"De afleveringen van deze bladzijde."`
		NextCursor string       `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"Afleveringen"`
}

func (o operations) deliveries(ctx context.Context, c rest.Caller, in *deliveriesIn) (*deliveriesOut, error) {
	from, err := in.From()
	if err != nil {
		return nil, err
	}
	f := webhook.Filter{State: webhook.State(in.State), Limit: in.Limit}
	if from != nil {
		f.Cursor = webhook.Cursor{Made: from.At, ID: webhook.DeliveryID(from.ID)}
	}
	p, err := o.Deliveries(ctx, c.Actor, webhook.ID(in.ID), f)
	if err != nil {
		return nil, err
	}
	var out deliveriesOut
	out.Body.Items = make([]Aflevering, len(p.Rows))
	for i, d := range p.Rows {
		out.Body.Items[i] = aflevering(d)
	}
	if p.Next != nil {
		out.Body.NextCursor = rest.Place{At: p.Next.Made, ID: string(p.Next.ID)}.Cursor()
	}
	return &out, nil
}

func aflevering(d webhook.Delivery) Aflevering {
	a := Aflevering{
		ID: string(d.ID), Event: d.Event, Type: string(d.Type), Subject: d.Subject, State: string(d.State), Again: d.Again, Tries: d.Tries,
		Created: d.Made, Ended: when(d.Ended), Status: d.Status, Result: string(d.Result),
	}
	if d.State == webhook.Waiting {
		a.Next = when(d.Next)
	}
	return a
}

type deliveryIn struct {
	rest.Query
	ID       string `path:"id" maxLength:"64" doc:"Kenmerk van de webhook."`
	Delivery string `path:"aflevering" maxLength:"64" doc:"Kenmerk van de aflevering."`
}

type deliveryOut struct{ Body AfleveringMetPogingen }

func (o operations) delivery(ctx context.Context, c rest.Caller, in *deliveryIn) (*deliveryOut, error) {
	f, err := o.Delivery(ctx, c.Actor, webhook.ID(in.ID), webhook.DeliveryID(in.Delivery))
	if err != nil {
		return nil, err
	}
	out := AfleveringMetPogingen{Aflevering: aflevering(f.Delivery), Attempts: make([]Poging, len(f.Tried))}
	for i, t := range f.Tried {
		out.Attempts[i] = Poging{At: t.At, DurationMs: t.Took.Milliseconds(), Status: t.Status, Result: string(t.Result), Response: t.Response}
	}
	return &deliveryOut{out}, nil
}
