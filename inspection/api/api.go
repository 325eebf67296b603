// Package api tells a firm's programs which inspections were opened and what was read
// and taken along. Opening and ending one is for people, and so is reading by a guest.
package api

import (
	"context"
	"time"

	"zorgplicht/inspection"
	"zorgplicht/internal/rest"
)

// Read is the scope of a token that these operations ask.
const Read = "inzagen:lezen"

const path = "/inzagen"

// Mount mounts the operations.
func Mount(a *rest.API, s *inspection.Service) {
	o := operations{s}
	a.Explain(map[string]string{"unknown-inspection": "Deze inzage is er niet, of hoort niet bij uw onderneming."})
	const tag = "Inzagen"
	rest.Read(a, rest.Op{ID: "list-inzagen", Path: path, Tag: tag, Scope: Read, Summary: "Vraag de inzagen op", About: "Wat een toezichthouder mag lezen en tot wanneer. De nieuwste eerst."}, o.list)
	rest.Read(a, rest.Op{
		ID: "get-inzage", Path: path + "/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één inzage op", About: "Met de laatste 200 handelingen: wat er is gelezen en meegenomen, door wie en wanneer.",
	}, o.one)
}

type operations struct{ *inspection.Service }

// Inzage is an inspection as programs read it.
type Inzage struct {
	ID        string            `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string            `json:"number" doc:"Nummer voor mensen." example:"INZ-2026-0001"`
	Authority string            `json:"authority" doc:"Toezichthouder."`
	Kinds     []string          `json:"kinds" doc:"Soorten dossiers die voor de periode zijn geopend."`
	From      string            `json:"from,omitempty" format:"date" doc:"Eerste dag van de periode."`
	Through   string            `json:"through,omitempty" format:"date" doc:"Laatste dag van de periode."`
	Files     int64             `json:"files" doc:"Aantal dossiers dat bij naam is geopend."`
	Guest     string            `json:"guest" doc:"Kenmerk van het account van de gast."`
	Until     string            `json:"until" format:"date" doc:"Laatste dag van de inzage."`
	State     string            `json:"state" enum:"open,verlopen,beeindigd" doc:"Stand van vandaag."`
	Opened    time.Time         `json:"opened" doc:"Wanneer zij is geopend."`
	Deeds     []Inzagehandeling `json:"deeds,omitempty" doc:"Wat ermee is gedaan, het laatste eerst. Alleen bij één inzage."`
}

// Inzagehandeling is something that was done with an inspection.
type Inzagehandeling struct {
	At     time.Time `json:"at" doc:"Wanneer."`
	By     string    `json:"by" doc:"Wie, als soort en kenmerk." example:"staff:0193a000-0000-7000-8000-000000000001"`
	What   string    `json:"what" doc:"Wat, als soort feit." example:"inspection.seen/1"`
	Kind   string    `json:"kind,omitempty" doc:"Soort dossier."`
	File   string    `json:"file,omitempty" doc:"Kenmerk van het dossier."`
	Number string    `json:"number,omitempty" doc:"Nummer van het dossier."`
}

func (o operations) row(i inspection.Inspection) Inzage {
	kinds := []string{}
	for _, k := range i.Kinds {
		kinds = append(kinds, string(k))
	}
	return Inzage{
		ID: i.ID, Number: i.Number, Authority: i.Authority, Kinds: kinds, From: i.From.String(), Through: i.Through.String(), Files: int64(len(i.Files)),
		Guest: i.Guest, Until: i.Until.String(), State: string(i.StandOn(o.Today())), Opened: i.Opened,
	}
}

type listIn struct {
	rest.Query
	rest.Paging
}

type listOut struct{ Body rest.Page[Inzage] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	place, err := in.From()
	if err != nil {
		return nil, err
	}
	all, err := o.List(ctx, inspection.Reader{Actor: c.Actor, All: true})
	if err != nil {
		return nil, err
	}
	out := &listOut{Body: rest.Page[Inzage]{Items: []Inzage{}}}
	for _, i := range all {
		if place != nil && i.ID >= place.ID {
			continue
		}
		if len(out.Body.Items) == in.Limit {
			last := out.Body.Items[in.Limit-1]
			out.Body.NextCursor = rest.Place{At: last.Opened, ID: last.ID}.Cursor()
			break
		}
		out.Body.Items = append(out.Body.Items, o.row(i))
	}
	return out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body Inzage }

// mostDeeds is how many deeds are told.
const mostDeeds = 200

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	by := inspection.Reader{Actor: c.Actor, All: true}
	i, _, err := o.Inspection(ctx, by, in.ID)
	if err != nil {
		return nil, err
	}
	deeds, err := o.Deeds(ctx, by, in.ID)
	out := &oneOut{o.row(i)}
	for _, d := range deeds[:min(len(deeds), mostDeeds)] {
		out.Body.Deeds = append(out.Body.Deeds, Inzagehandeling{d.At, d.By, d.Kind, string(d.About.Kind), d.About.ID, d.About.Number})
	}
	return out, err
}
