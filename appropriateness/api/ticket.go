package api

import (
	"context"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/rest"
)

type ticketIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de toetspoging."`
	Body rest.JSON[VraagPoortbewijs]
}

// VraagPoortbewijs asks for a gate ticket.
type VraagPoortbewijs struct {
	Audience string `json:"audience" maxLength:"64" doc:"Het systeem dat het bewijs zal controleren; komt als aud in het bewijs." example:"verkoop"`
}

type ticketOut struct{ Body Poortbewijs }

// Poortbewijs is a signed gate ticket.
type Poortbewijs struct {
	ID      string    `json:"id" format:"uuid" doc:"Kenmerk van het bewijs (jti)."`
	Verdict string    `json:"verdict" enum:"appropriate,went_on_after_warning" doc:"Passend, of na de waarschuwing toch verdergegaan."`
	Expires time.Time `json:"expires" doc:"Tot wanneer het bewijs geldt."`
	Ticket  string    `json:"ticket" doc:"Het bewijs zelf: een compacte JWS (EdDSA). Controleer het met de sleutels op /.well-known/jwks.json."`
}

func (o operations) ticket(ctx context.Context, c rest.Caller, in *ticketIn) (*ticketOut, error) {
	t, err := o.Ticket(ctx, c.Actor, appropriateness.TicketOrder{Attempt: appropriateness.AttemptID(in.ID), Audience: in.Body.Value.Audience, Key: in.Key})
	if err != nil {
		return nil, err
	}
	signed, err := o.sign(t)
	if err != nil {
		return nil, err
	}
	return &ticketOut{Poortbewijs{ID: t.ID, Verdict: t.Verdict, Expires: t.Expires, Ticket: signed}}, nil
}

// Poort says whether the sale without advice may begin now.
type Poort struct {
	Open    bool       `json:"open" doc:"Of de verkoop zonder advies nu mag beginnen."`
	Verdict string     `json:"verdict,omitempty" enum:"appropriate,went_on_after_warning" doc:"Op welke grond; ontbreekt als de poort dicht is."`
	Until   *time.Time `json:"until,omitempty" doc:"Tot wanneer; ontbreekt als de poort dicht is."`
	Reasons []Reden    `json:"reasons" doc:"Waarom."`
}

func poort(g appropriateness.GateOut) Poort {
	return Poort{Open: g.Open, Verdict: g.Verdict, Until: g.Until, Reasons: reasons(g.Reasons())}
}
