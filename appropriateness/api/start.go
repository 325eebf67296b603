package api

import (
	"context"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/rest"
)

type startIn struct {
	rest.Command
	Body rest.JSON[StartToetspoging]
}

// StartToetspoging asks for a test of one client.
type StartToetspoging struct {
	Test                  string `json:"test" doc:"Kenmerk van een toets die in gebruik is." example:"hypotheek-zonder-advies"`
	ClientReference       string `json:"clientReference" maxLength:"64" doc:"Uw eigen kenmerk van de klant, zoals een dossiernummer. Geen burgerservicenummer." example:"D-2041"`
	Channel               string `json:"channel" enum:"website,intermediary,office" doc:"Waar de klant de toets begint: uw website, een bemiddelaar of uw kantoor."`
	AdviceGiven           bool   `json:"adviceGiven" doc:"Of u deze klant over dit product advies hebt gegeven."`
	RecentAdviceElsewhere bool   `json:"recentAdviceElsewhere,omitempty" doc:"Of de klant kort geleden elders advies kreeg."`
}

type startOut struct {
	Location string `header:"Location" doc:"Pad van de toetspoging."`
	Body     GestarteToetspoging
}

// GestarteToetspoging is what the firm needs to send its client to the test.
type GestarteToetspoging struct {
	ID          string    `json:"id" format:"uuid" doc:"Kenmerk van de toetspoging."`
	Link        string    `json:"link" format:"uri" doc:"Adres dat de klant opent. Geef het alleen aan de klant: wie de link heeft, kan de toets maken."`
	LinkExpires time.Time `json:"linkExpires" doc:"Tot wanneer de link opengaat."`
	State       string    `json:"state" enum:"ready,begun,judged,lapsed" doc:"Stand van de poging."`
	Resumed     bool      `json:"resumed" doc:"De klant had nog een lopende poging; dit is die poging."`
}

func (o operations) start(ctx context.Context, c rest.Caller, in *startIn) (*startOut, error) {
	b := in.Body.Value
	s, err := o.Start(ctx, c.Actor, appropriateness.Start{
		Test: b.Test, Reference: b.ClientReference, Channel: b.Channel,
		AdviceGiven: b.AdviceGiven, RecentAdviceElsewhere: b.RecentAdviceElsewhere, Key: in.Key,
	})
	if err != nil {
		return nil, err
	}
	id := string(s.Attempt.ID)
	return &startOut{Location: rest.Prefix + "/toetspogingen/" + id, Body: GestarteToetspoging{
		ID: id, Link: o.link(s.Token), LinkExpires: s.Attempt.LinkUntil, State: string(s.Attempt.State), Resumed: s.Resumed,
	}}, nil
}
