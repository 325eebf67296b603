// Package api lets a firm's programs, such as that of personnel, register people whose
// reliability matters, and read whether their function may start. Each reading of one
// is a fact.
package api

import (
	"context"
	"net/http"
	"slices"

	"zorgplicht/casework"
	caseworkapi "zorgplicht/casework/api"
	"zorgplicht/integrity"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	Read = "betrouwbaarheid:lezen"
	Keep = "betrouwbaarheid:schrijven"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *integrity.Service) {
	o := operations{s}
	a.Explain(map[string]string{
		"unknown-case":   "Deze persoon is er niet, of hoort niet bij uw onderneming.",
		"invalid-person": "Dit is zo niet vast te leggen. Zie errors.",
		"case-changed":   "De persoon is gewijzigd sinds u die opvroeg. Vraag opnieuw op en leg dan vast.",
		"person-left":    "Deze persoon werkt niet meer bij u. Er kan niets meer bij. Is het vertrek verkeerd vastgelegd, draai het dan terug.",
		"person-works":   "Deze persoon werkt bij u. Er is geen vertrek om terug te draaien.",
	})
	const tag = "Betrouwbaarheid"
	rest.Read(a, rest.Op{ID: "list-personen", Path: "/betrouwbaarheid", Tag: tag, Scope: Read, Summary: "Vraag de personen op", About: "De laatst ingeschreven persoon eerst, zonder naam en zonder wat is gezien."}, o.list)
	rest.Read(a, rest.Op{ID: "get-persoon", Path: "/betrouwbaarheid/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één persoon op", About: "Met naam, en waarom de functie nog niet mag beginnen. Dat de persoon is opgevraagd, wordt vastgelegd."}, o.one)
	rest.Write(a, rest.Op{ID: "schrijf-persoon", Path: "/betrouwbaarheid", Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Schrijf een persoon in", About: "Doe dit voordat de functie begint. Wat is gezien, legt een medewerker vast op de werkplek."}, o.register)
	mountSteps(a, o)
}

type operations struct{ *integrity.Service }

// Persoon is somebody as programs read them.
type Persoon struct {
	ID         string        `json:"id" format:"uuid" doc:"Kenmerk."`
	Number     string        `json:"number" doc:"Nummer voor mensen." example:"B-2026-0001"`
	Name       string        `json:"name,omitempty" doc:"Naam. Alleen bij één persoon."`
	Role       string        `json:"role" enum:"policy_maker,co_policy_maker,client_facing,other" doc:"Wat de persoon doet of gaat doen."`
	Employment string        `json:"employment" enum:"employee,temp,seconded" doc:"Hoe de persoon bij u werkt."`
	Started    string        `json:"started" format:"date" doc:"Bij uw onderneming sinds."`
	Appointed  string        `json:"appointed,omitempty" format:"date" doc:"In functie sinds; ontbreekt zolang de functie niet is begonnen."`
	Left       string        `json:"left,omitempty" format:"date" doc:"Laatste werkdag."`
	MayStart   bool          `json:"mayStart" doc:"Of de functie vandaag mag beginnen, of al begon."`
	Barriers   []Belemmering `json:"barriers,omitempty" doc:"Waarom de functie nog niet mag beginnen. Alleen bij één persoon."`
	ToReport   bool          `json:"toReport" doc:"Of een opgemerkte wijziging nog aan de toezichthouder moet worden gemeld."`
	Revision   int64         `json:"revision" doc:"Telt de wijzigingen."`

	Changes []Opgemerkt `json:"changes,omitempty" doc:"Opgemerkte wijzigingen, zonder wat zij waren. Alleen bij één persoon."`
}

// Opgemerkt is a change that was noticed, by its days.
type Opgemerkt struct {
	ID       string `json:"id" format:"uuid" doc:"Kenmerk."`
	Noticed  string `json:"noticed" format:"date" doc:"Opgemerkt op."`
	Incident string `json:"incident,omitempty" doc:"Nummer van het incident waaruit zij bleek."`
	Reported string `json:"reported,omitempty" format:"date" doc:"Aan de toezichthouder gemeld op; ontbreekt zolang dat niet is gedaan."`
}

// Belemmering is a reason of the rule.
type Belemmering struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Norm waar de reden op rust." example:"bfd:7"`
	Text string `json:"text" doc:"De reden in het Nederlands."`
}

func (o operations) row(p integrity.Person) Persoon {
	return Persoon{
		ID: string(p.ID()), Number: p.Case.Number, Role: string(p.Entry.Role), Employment: p.Entry.Employment, Started: p.Entry.Started.String(), Appointed: p.Appointed.String(), Left: p.Left.String(),
		MayStart: p.Left.IsZero() && len(p.Barriers(o.Casework.Today())) == 0, Revision: p.Case.Revision,
		ToReport: slices.ContainsFunc(p.Changes, func(c integrity.Change) bool { return c.Reported.IsZero() }),
	}
}

func (o operations) whole(p integrity.Person) Persoon {
	row := o.row(p)
	row.Name = p.Entry.Name
	for _, r := range p.Barriers(o.Casework.Today()) {
		row.Barriers = append(row.Barriers, Belemmering{r.Code, string(r.Norm), r.Text})
	}
	for _, c := range p.Changes {
		row.Changes = append(row.Changes, Opgemerkt{c.ID, c.Noticed.String(), c.Incident, c.Reported.String()})
	}
	return row
}

type listIn struct {
	rest.Query
	rest.Paging
}

type listOut struct{ Body rest.Page[Persoon] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f, err := caseworkapi.Filter(in.Paging)
	if err != nil {
		return nil, err
	}
	all, err := o.List(ctx, c.Actor, f)
	if err != nil {
		return nil, err
	}
	out := &listOut{Body: rest.Page[Persoon]{Items: []Persoon{}}}
	for n, p := range all[:min(in.Limit, len(all))] {
		out.Body.Items = append(out.Body.Items, o.row(p))
		if n == in.Limit-1 && len(all) > in.Limit {
			out.Body.NextCursor = caseworkapi.Cursor(&casework.Cursor{Received: p.Case.Received, ID: p.ID()})
		}
	}
	return out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body Persoon }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	f, err := o.Open(ctx, c.Actor, casework.ID(in.ID), "api")
	if err != nil {
		return nil, err
	}
	return &oneOut{o.whole(f.Person)}, nil
}

// NieuwPersoon is whom a program registers.
type NieuwPersoon struct {
	Name       string `json:"name" maxLength:"160" doc:"Naam."`
	Role       string `json:"role" enum:"policy_maker,co_policy_maker,client_facing,other" doc:"Wat de persoon gaat doen."`
	Employment string `json:"employment" enum:"employee,temp,seconded" doc:"Hoe de persoon bij u werkt."`
	Started    string `json:"started" format:"date" doc:"Bij uw onderneming sinds; hooguit een jaar vooruit."`
	Contact    string `json:"contact,omitempty" format:"date" doc:"Klantcontact sinds, als dat later begon."`
}

type registerIn struct {
	rest.Command
	Body rest.JSON[NieuwPersoon]
}

type registerOut struct {
	Location string `header:"Location" doc:"Pad van de persoon."`
	Body     Persoon
}

func (o operations) register(ctx context.Context, c rest.Caller, in *registerIn) (*registerOut, error) {
	b := in.Body.Value
	p, err := o.RegisterOnce(ctx, c.Actor, in.Key, integrity.Entry{Name: b.Name, Role: integrity.Role(b.Role), Employment: b.Employment, Started: caseworkapi.Day(b.Started), Contact: caseworkapi.Day(b.Contact)})
	if err != nil {
		return nil, err
	}
	return &registerOut{rest.Prefix + "/betrouwbaarheid/" + string(p.ID()), o.whole(p)}, nil
}
