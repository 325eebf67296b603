package api

import (
	"context"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
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
	Provider              string `json:"provider,omitempty" maxLength:"36" doc:"Kenmerk van de aanbieder, als de klant diens toets maakt. Daarvoor is een distributieovereenkomst nodig. Zonder dit veld is het een eigen toets."`
	Client                *Klant `json:"client,omitempty" doc:"Wie de klant is. Dan telt elke poging mee: op al uw kanalen en, bij de toets van een aanbieder, ook bij andere bemiddelaars. Wij bewaren deze gegevens niet. Zonder dit veld telt alleen uw eigen kenmerk."`
}

// Klant tells a client from all others. It is turned into a match key and let go.
type Klant struct {
	FamilyName string `json:"familyName" maxLength:"100" doc:"Achternaam, met of zonder tussenvoegsel." example:"van der Berg"`
	BirthDate  string `json:"birthDate" maxLength:"10" format:"date" doc:"Geboortedatum." example:"1985-03-09"`
	Postcode   string `json:"postcode" maxLength:"12" doc:"Postcode." example:"1234 AB"`
}

func (k *Klant) identity() appropriateness.Identity {
	if k == nil {
		return appropriateness.Identity{}
	}
	return appropriateness.Identity{FamilyName: k.FamilyName, BirthDate: k.BirthDate, Postcode: k.Postcode}
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
	if b.Client != nil && !b.Client.identity().Given() {
		b.Client.FamilyName = " " // an empty client is not no client: all that is missing is said
	}
	s, err := o.Start(ctx, c.Actor, appropriateness.Start{
		Test: b.Test, Reference: b.ClientReference, Channel: b.Channel,
		AdviceGiven: b.AdviceGiven, RecentAdviceElsewhere: b.RecentAdviceElsewhere, Key: in.Key,
		Provider: ident.Firm(b.Provider), Client: b.Client.identity(),
	})
	if err != nil {
		return nil, err
	}
	id := string(s.Attempt.ID)
	return &startOut{Location: rest.Prefix + "/toetspogingen/" + id, Body: GestarteToetspoging{
		ID: id, Link: o.link(s.Token), LinkExpires: s.Attempt.LinkUntil, State: string(s.Attempt.State), Resumed: s.Resumed,
	}}, nil
}
