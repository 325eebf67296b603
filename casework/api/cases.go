package api

import (
	"context"
	"net/http"
	"slices"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask, beside those of the kind of a case.
const (
	Read  = "zaken:lezen"
	Write = "zaken:schrijven"
)

// A Gate is what a program may do with cases, by the scopes of its token.
type Gate interface {
	casework.Gate
	// Sees returns a case that it may see, and records that where the kind asks it:
	// fault.NotFound "unknown-case".
	Sees(context.Context, casework.ID) (casework.Case, error)
	// Sight is what it may see in lists.
	Sight(context.Context) (casework.Sight, error)
	// Path is where the API has the cases of a kind.
	Path(casework.Kind) string
}

// Mount mounts what programs do with cases of any kind. gate says what each may do.
func Mount(a *rest.API, s *casework.Service, gate func(rest.Caller) Gate) {
	o := operations{s, gate}
	a.Explain(texts)
	const tag = "Zaken"
	rest.Read(a, rest.Op{
		ID: "list-zaken", Path: "/zaken", Tag: tag, Scope: Read, Summary: "Vraag de zaken van alle soorten op",
		About: "De laatst ontvangen eerst. Alleen van soorten waarvoor het token ook het eigen recht heeft, zoals `klachten:lezen`.",
	}, o.list)
	rest.Read(a, rest.Op{ID: "get-zaak", Path: "/zaken/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één zaak op", About: "Wat elke soort zaak heeft, met wat er moet gebeuren. De rest staat bij `path`. Bij incidenten en betrouwbaarheid wordt vastgelegd dat zij is opgevraagd."}, o.one)
	rest.Ask(a, rest.Op{
		ID: "proef-zaakbewerking", Path: "/zaakbewerkingscontroles", Tag: tag, Scope: Write, Summary: "Bekijk wat samen bijwerken zou doen",
		About: "Per zaak wat er verandert, of waarom zij blijft zoals zij is. Er wordt niets bewaard. Stuur de zaken met de `revision` uit het antwoord aan `/zaakbewerkingen` om het te doen.",
	}, o.try)
	rest.Write(a, rest.Op{
		ID: "bewerk-zaken", Path: "/zaakbewerkingen", Tag: tag, Scope: Write, Status: http.StatusCreated, Summary: "Werk zaken samen bij",
		About: "Geef ze aan een behandelaar of team, zet bij elke dezelfde taak of schrijf er dezelfde notitie bij. Elke zaak staat op zichzelf: een zaak die intussen is gewijzigd of die niet kan, blijft zoals zij is en staat met de reden in het antwoord. Breekt het af, stuur dan dezelfde opdracht met dezelfde sleutel: wat gedaan is, wordt niet nog eens gedaan.",
	}, o.do)
}

var texts = map[string]string{
	"unknown-case":  "Deze zaak is er niet, hoort niet bij uw onderneming, of uw token mag haar soort niet zien.",
	"invalid-joint": "Deze zaken zijn zo niet samen bij te werken. Zie errors.",
}

type operations struct {
	*casework.Service
	gate func(rest.Caller) Gate
}

// Zaak is what every case has, whatever its kind.
type Zaak struct {
	ID       string `json:"id" format:"uuid" doc:"Kenmerk."`
	Number   string `json:"number" doc:"Nummer voor mensen." example:"K-2026-0001"`
	Kind     string `json:"kind" doc:"Soort." example:"klacht"`
	Title    string `json:"title" doc:"Waar zij over gaat, in een regel." example:"Rente te hoog berekend"`
	Received string `json:"received" format:"date" doc:"Dag van ontvangst, of waarop zij begon."`
	Open     bool   `json:"open" doc:"Of er nog aan wordt gewerkt."`
	Handler  string `json:"handler,omitempty" doc:"Kenmerk van de behandelaar."`
	Team     string `json:"team,omitempty" doc:"Team." example:"Nazorg"`
	Product  string `json:"product,omitempty" doc:"Product."`
	Harm     int    `json:"harm" doc:"Schade voor de klant, van 0 (geen of onbekend) tot 3 (ernstig)."`
	Revision int64  `json:"revision" doc:"Hoe vaak zij is gewijzigd; stuur dit mee als u iets met de zaak doet." example:"3"`
	Path     string `json:"path" doc:"Waar de API alles van deze zaak heeft." example:"/v1/klachten/019e3b7c-0000-7000-8000-000000000001"`
}

// ZaakVoluit is a case with what must be done.
type ZaakVoluit struct {
	Zaak
	Dues []Zaaktermijn `json:"dues" doc:"Wat er voor welke dag moet gebeuren."`
}

// Zaaktermijn is something that must be done before the end of a day.
type Zaaktermijn struct {
	Title string `json:"title" doc:"Wat er moet gebeuren." example:"Bel de klant terug"`
	Day   string `json:"day" format:"date" doc:"Laatste dag."`
	Norm  string `json:"norm,omitempty" doc:"Norm waaruit dit volgt; ontbreekt bij een taak van een mens of programma."`
	For   string `json:"for,omitempty" doc:"Kenmerk van wie het moet doen; ontbreekt als dat de behandelaar is."`
}

func rowOf(g Gate, c casework.Case) Zaak {
	return Zaak{
		ID: string(c.ID), Number: c.Number, Kind: string(c.Kind), Title: c.Title, Received: c.Received.String(), Open: c.Open(), Handler: c.Handler, Team: c.Team,
		Product: c.Product, Harm: int(c.Harm), Revision: c.Revision, Path: g.Path(c.Kind) + "/" + string(c.ID),
	}
}

type listIn struct {
	rest.Query
	rest.Paging
	Kind    string `query:"kind" enum:"klacht,oorzaak,geschilleninstantie,geschil,aanvraag,advies,incident,betrouwbaarheid" doc:"Alleen van deze soort."`
	State   string `query:"state" enum:"open,gesloten" doc:"Alleen open of gesloten zaken."`
	Handler string `query:"handler" maxLength:"64" doc:"Alleen van deze behandelaar; - voor zaken van niemand."`
	Words   string `query:"words" maxLength:"200" doc:"Alleen waarin al deze woorden staan."`
}

type listOut struct{ Body rest.Page[Zaak] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f, err := Filter(in.Paging)
	if err != nil {
		return nil, err
	}
	g := o.gate(c)
	if f.Sight, err = g.Sight(ctx); err != nil {
		return nil, err
	}
	f.Kind, f.State, f.Handler = casework.Kind(in.Kind), casework.State(in.State), in.Handler
	if in.Words != "" {
		f = f.Search(in.Words)
	}
	page, err := o.Cases(ctx, c.Actor.Firm, f)
	if err != nil {
		return nil, err
	}
	out := &listOut{Body: rest.Page[Zaak]{Items: slices.Grow([]Zaak{}, len(page.Rows)), NextCursor: Cursor(page.Next)}}
	for _, one := range page.Rows {
		out.Body.Items = append(out.Body.Items, rowOf(g, one))
	}
	return out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de zaak."`
}

type oneOut struct{ Body ZaakVoluit }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	if !ident.Valid(in.ID) {
		return nil, fault.New(fault.NotFound, "unknown-case", "")
	}
	g := o.gate(c)
	of, err := g.Sees(ctx, casework.ID(in.ID))
	if err != nil {
		return nil, err
	}
	f, err := o.File(ctx, c.Actor.Firm, of.ID)
	if err != nil {
		return nil, err
	}
	out := ZaakVoluit{Zaak: rowOf(g, f.Case), Dues: []Zaaktermijn{}}
	for _, d := range f.Dues {
		out.Dues = append(out.Dues, Zaaktermijn{d.Title, d.Day.String(), string(d.Norm), d.For})
	}
	return &oneOut{out}, nil
}
