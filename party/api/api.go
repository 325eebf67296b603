// Package api lets a firm's programs read and set how its clients see it: name,
// colours, and the sites that may show the test in a frame.
package api

import (
	"context"
	"net/http"

	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/party"
)

// The scopes of a token that these operations ask.
const (
	ReadSettings  = "instellingen:lezen"
	WriteSettings = "instellingen:schrijven"
)

// Looks is what the operations ask of the room; party.Service is one, and says what
// each method does.
type Looks interface {
	Look(context.Context, ident.Firm) (party.Look, error)
	SetLook(ctx context.Context, by ident.Actor, l party.Look, key string) (party.Look, error)
}

// Mount mounts the operations.
func Mount(a *rest.API, s Looks) {
	o := operations{s}
	const tag = "Instellingen"
	rest.Read(a, rest.Op{
		ID: "get-instellingen", Path: "/instellingen", Tag: tag, Scope: ReadSettings,
		Summary: "Vraag de instellingen van de onderneming op", About: "Hoe klanten de onderneming zien, en op welke websites de toets mag staan.",
	}, o.read)
	rest.Write(a, rest.Op{
		ID: "set-instellingen", Path: "/instellingen", Tag: tag, Scope: WriteSettings, Status: http.StatusOK,
		Summary: "Leg de instellingen vast",
		About: "Vervangt alle instellingen; een veld dat u weglaat, wordt leeg. Een accentkleur moet leesbaar zijn (WCAG 2.2, niveau AA, 4,5 op 1): " +
			"anders is het een 400 met de dichtstbijzijnde kleur die wel kan. Elke wijziging wordt een feit in het journaal.",
	}, o.write)
}

type operations struct{ Looks }

type readIn struct{ rest.Query }

type writeIn struct {
	rest.Command
	Body rest.JSON[Instellingen]
}

type out struct{ Body Instellingen }

// Instellingen are the settings of a firm.
type Instellingen struct {
	Name         string   `json:"name,omitempty" maxLength:"120" doc:"Naam zoals klanten die kennen (handelsnaam). Leeg: de naam van de onderneming."`
	Accent       string   `json:"accent,omitempty" doc:"Kleur van links en knoppen. Leeg: die van Zorgplicht." example:"#14506e"`
	Band         string   `json:"band,omitempty" doc:"Kleur van de band bovenaan elke pagina. Leeg: de accentkleur." example:"#ffcc00"`
	FrameOrigins []string `json:"frameOrigins,omitempty" maxItems:"20" doc:"Websites die de toets in een iframe mogen tonen: alleen https, zonder pad." example:"[\"https://www.example.nl\"]"`
}

func (o operations) read(ctx context.Context, c rest.Caller, _ *readIn) (*out, error) {
	l, err := o.Look(ctx, c.Actor.Firm)
	if err != nil {
		return nil, err
	}
	return &out{told(l)}, nil
}

func (o operations) write(ctx context.Context, c rest.Caller, in *writeIn) (*out, error) {
	b := in.Body.Value
	l, err := o.SetLook(ctx, c.Actor, party.Look{Name: b.Name, Accent: b.Accent, Band: b.Band, Origins: b.FrameOrigins}, in.Key)
	if err != nil {
		return nil, err
	}
	return &out{told(l)}, nil
}

func told(l party.Look) Instellingen {
	return Instellingen{Name: l.Name, Accent: l.Accent, Band: l.Band, FrameOrigins: l.Origins}
}
