package api

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	caseworkapi "zorgplicht/casework/api"
	"zorgplicht/complaint"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// mountTogether mounts what is done to several complaints at once.
func mountTogether(a *rest.API, o operations) {
	rest.Ask(a, rest.Op{
		ID: "proef-klachtbewerking", Path: "/klachtbewerkingscontroles", Tag: "Klachten", Scope: Write, Summary: "Bekijk wat klachten samen wijzigen zou doen",
		About: "Per klacht wat er verandert, of waarom zij blijft zoals zij is. Er wordt niets bewaard. Stuur de klachten met de `revision` uit het antwoord aan `/klachtbewerkingen` om het te doen.",
	}, o.tryTogether)
	rest.Write(a, rest.Op{
		ID: "bewerk-klachten", Path: "/klachtbewerkingen", Tag: "Klachten", Scope: Write, Status: http.StatusCreated, Summary: "Wijs klachten samen toe of deel ze samen in",
		About: "Elke klacht staat op zichzelf: een klacht die intussen is gewijzigd of die niet kan, blijft zoals zij is en staat met de reden in het antwoord. Breekt het af, stuur dan dezelfde opdracht met dezelfde sleutel: wat gedaan is, wordt niet nog eens gedaan.",
	}, o.doTogether)
}

// Klachtbewerking is what is done to several complaints at once.
type Klachtbewerking struct {
	Cases   []caseworkapi.Gekozen `json:"cases" doc:"Welke klachten: hoogstens 200."`
	Handler string                `json:"handler,omitempty" maxLength:"64" doc:"Kenmerk van de nieuwe behandelaar; - voor niemand. Laat weg wat moet blijven zoals het is."`
	Team    string                `json:"team,omitempty" maxLength:"60" doc:"Nieuw team; - voor geen." example:"Nazorg"`
	Product string                `json:"product,omitempty" maxLength:"120" doc:"Product." example:"hypotheek"`
	Service string                `json:"service,omitempty" maxLength:"120" doc:"Dienst." example:"beheer"`
	Cause   string                `json:"cause,omitempty" enum:"advies,informatie,deskundigheid,administratie,voorwaarden,prijs,behandelduur,anders" doc:"Oorzaak."`
	Group   string                `json:"group,omitempty" maxLength:"120" doc:"Groep van gelijke standaardklachten." example:"Rentebrief januari"`
}

// Klachtbewerkt says what was done to several complaints, or would be.
type Klachtbewerkt struct {
	Changed int              `json:"changed" doc:"Hoeveel klachten zijn gewijzigd, of zouden wijzigen."`
	Left    int              `json:"left" doc:"Hoeveel blijven zoals zij zijn; zie leftAlone."`
	Cases   []KlachtUitkomst `json:"cases" doc:"De klachten, in uw volgorde."`
}

// KlachtUitkomst is what became of one of them.
type KlachtUitkomst struct {
	ID        string                  `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string                  `json:"number,omitempty" doc:"Nummer; ontbreekt als de klacht er niet is." example:"K-2026-0001"`
	Title     string                  `json:"title,omitempty" doc:"Waar zij over gaat. Alleen bij een controle."`
	Revision  int64                   `json:"revision,omitempty" doc:"De herziening: bij een controle om mee te sturen, na het wijzigen de nieuwe." example:"3"`
	Was       *Klachtstand            `json:"was,omitempty" doc:"Hoe zij was."`
	Is        *Klachtstand            `json:"is,omitempty" doc:"Hoe zij nu is, of zou zijn. Ontbreekt als zij blijft zoals zij is."`
	LeftAlone []caseworkapi.Zaakreden `json:"leftAlone,omitempty" doc:"Waarom zij blijft zoals zij is, met alle redenen; ontbreekt als zij wijzigt."`
}

// Klachtstand is what of a complaint is changed together.
type Klachtstand struct {
	Handler string `json:"handler,omitempty" doc:"Kenmerk van de behandelaar; ontbreekt bij niemand."`
	Team    string `json:"team,omitempty" doc:"Team; ontbreekt bij geen."`
	Product string `json:"product,omitempty" doc:"Product."`
	Service string `json:"service,omitempty" doc:"Dienst."`
	Cause   string `json:"cause,omitempty" doc:"Oorzaak." example:"informatie"`
	Group   string `json:"group,omitempty" doc:"Groep."`
}

func standOf(c complaint.Complaint) *Klachtstand {
	return &Klachtstand{c.Case.Handler, c.Case.Team, c.Case.Product, c.Service, string(c.Cause), c.Group}
}

type tryTogetherIn struct {
	rest.Query
	Body rest.Late[Klachtbewerking]
}

type doTogetherIn struct {
	rest.Command
	Body rest.Late[Klachtbewerking]
}

type togetherOut struct{ Body Klachtbewerkt }

func (o operations) tryTogether(ctx context.Context, c rest.Caller, in *tryTogetherIn) (*togetherOut, error) {
	return o.together(ctx, c, &in.Body, "")
}

func (o operations) doTogether(ctx context.Context, c rest.Caller, in *doTogetherIn) (*togetherOut, error) {
	return o.together(ctx, c, &in.Body, in.Key)
}

// together does it, under a key; without one it says what that would do.
func (o operations) together(ctx context.Context, c rest.Caller, body *rest.Late[Klachtbewerking], key string) (*togetherOut, error) {
	b, try := body.Value, key == ""
	cases, faults := caseworkapi.Chosen(b.Cases, !try, complaint.MostTogether)
	j := complaint.Joint{
		Handler: b.Handler, Team: strings.TrimSpace(b.Team), Product: strings.TrimSpace(b.Product), Service: strings.TrimSpace(b.Service), Cause: complaint.Cause(b.Cause), Group: strings.TrimSpace(b.Group),
	}
	var wrong []fault.Detail
	if len(body.Faults()) == 0 || !j.Empty() {
		var err error
		if wrong, err = o.JointWrong(ctx, c.Actor.Firm, j); err != nil {
			return nil, err
		}
	}
	for _, d := range wrong {
		if d.Pointer == "/what" {
			d.Pointer = ""
		}
		faults = append(faults, d)
	}
	if err := fault.All("invalid-joint", caseworkapi.Join(body.Faults(), faults)); err != nil {
		return nil, err
	}
	chosen := make([]complaint.Chosen, len(cases))
	for n, one := range cases {
		chosen[n] = complaint.Chosen(one)
	}
	all, err := o.Under(key, b).Together(ctx, c.Actor, chosen, j, try)
	if err != nil {
		return nil, err
	}
	out := Klachtbewerkt{Cases: []KlachtUitkomst{}}
	for _, r := range all {
		u := outcome(r, try)
		if u.LeftAlone == nil {
			out.Changed++
		} else {
			out.Left++
		}
		out.Cases = append(out.Cases, u)
	}
	return &togetherOut{out}, nil
}

func outcome(r complaint.JointResult, try bool) KlachtUitkomst {
	u := KlachtUitkomst{ID: string(r.ID), Number: r.Number}
	for _, d := range r.Refused {
		u.LeftAlone = append(u.LeftAlone, caseworkapi.Zaakreden{Code: d.Reason, Detail: cmp.Or(leftTexts[d.Reason], d.Text)})
	}
	if r.Number == "" {
		return u
	}
	u.Was, u.Revision = standOf(r.Was), max(r.Was.Case.Revision, 0)
	if try {
		u.Title = r.Title
	}
	if u.LeftAlone == nil {
		u.Is = standOf(r.Is)
		if !try {
			u.Revision = r.Is.Case.Revision
		}
	}
	return u
}

var leftTexts = map[string]string{"case-changed": "De klacht is veranderd sinds u haar opvroeg. Controleer haar opnieuw en besluit dan."}
