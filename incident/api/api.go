// Package api lets a firm's programs report integrity incidents, judge them and read
// them. A program reads and changes all incidents; each reading of one is a fact.
package api

import (
	"context"
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkapi "zorgplicht/casework/api"
	"zorgplicht/incident"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

// The scopes of a token that these operations ask.
const (
	Read = "incidenten:lezen"
	Keep = "incidenten:schrijven"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *incident.Service) {
	o := operations{s}
	a.Explain(map[string]string{
		"unknown-case":      "Dit incident is er niet, of hoort niet bij uw onderneming.",
		"case-changed":      "Het incident is gewijzigd sinds u het opvroeg. Vraag het opnieuw op en besluit dan.",
		"incident-ended":    "Dit incident is afgerond. Heropen het eerst, op de werkplek.",
		"invalid-incident":  "Het incident is zo niet vast te leggen. Zie errors.",
		"invalid-receipt":   "De dag van opmerken is zo niet te verbeteren. Zie errors.",
		"invalid-judgement": "Zo is niet te beoordelen of het incident moet worden gemeld. Zie errors.",
	})
	const tag = "Incidenten"
	rest.Read(a, rest.Op{ID: "list-incidenten", Path: "/incidenten", Tag: tag, Scope: Read, Summary: "Vraag de incidenten op", About: "Het laatst opgemerkte eerst, zonder de feiten."}, o.list)
	rest.Read(a, rest.Op{ID: "get-incident", Path: "/incidenten/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één incident op", About: "Met feiten, maatregelen en de redenen om te melden of niet. Dat het is opgevraagd, wordt vastgelegd."}, o.one)
	rest.Write(a, rest.Op{ID: "meld-incident", Path: "/incidenten", Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Schrijf een incident op"}, o.report)
	rest.Write(a, rest.Op{
		ID: "beoordeel-incident", Path: "/incidenten/{id}/beoordelingen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Beoordeel of een incident moet worden gemeld", About: "Volgens artikel 10 en 12. De redenen worden bewaard, ook als er niet hoeft te worden gemeld.",
	}, o.judge)
	rest.Write(a, rest.Op{
		ID: "verbeter-incidentdag", Path: "/incidenten/{id}/dagverbeteringen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Verbeter de dag waarop een incident is opgemerkt", About: "De termijnen lopen dan vanaf de goede dag, volgens het beleid dat toen gold. De oude dag en de reden blijven bewaard.",
	}, o.correctNoticed)
}

type operations struct{ *incident.Service }

func hand(c rest.Caller) incident.Hand { return incident.Hand{Actor: c.Actor, All: true} }

// Incident is one as programs read it.
type Incident struct {
	ID          string              `json:"id" format:"uuid" doc:"Kenmerk."`
	Number      string              `json:"number" doc:"Nummer voor mensen." example:"I-2026-0001"`
	Title       string              `json:"title" doc:"Waar het over gaat, zonder namen."`
	Noticed     string              `json:"noticed" format:"date" doc:"Dag waarop het is opgemerkt."`
	Perpetrator string              `json:"perpetrator,omitempty" enum:"policy_maker,manager,client_facing,other,external" doc:"Wie het deed, in de woorden van artikel 10."`
	Stage       string              `json:"stage" enum:"te-beoordelen,te-melden,gemeld,niet-gemeld,buiten-artikel-10" doc:"Hoever het is met de melding."`
	Notified    string              `json:"notified,omitempty" format:"date" doc:"Dag waarop de toezichthouder is geïnformeerd."`
	Open        bool                `json:"open" doc:"Of er nog aan wordt gewerkt."`
	KeepThrough string              `json:"keepThrough,omitempty" format:"date" doc:"Laatste dag van de bewaartermijn van artikel 11."`
	Revision    int64               `json:"revision" doc:"Stuur dit mee als u het incident wijzigt."`
	Facts       string              `json:"facts,omitempty" doc:"Feiten en omstandigheden. Alleen bij één incident."`
	Function    string              `json:"function,omitempty" doc:"Functie van wie het deed. Alleen bij één incident."`
	Reasons     []Meldreden         `json:"reasons,omitempty" doc:"Waarom wel of niet wordt gemeld. Alleen bij één incident."`
	Measures    []Incidentmaatregel `json:"measures,omitempty" doc:"Maatregelen. Alleen bij één incident."`
}

// Meldreden is a reason of the rule.
type Meldreden struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Norm waar de reden op rust." example:"bfd:12:1:a"`
	Text string `json:"text" doc:"De reden in het Nederlands."`
}

// Incidentmaatregel is a measure after an incident.
type Incidentmaatregel struct {
	Kind    string `json:"kind" enum:"persoon,procedure,beleid,herstel,geen" doc:"Waar zij over gaat."`
	What    string `json:"what" doc:"Wat er gebeurt."`
	Due     string `json:"due,omitempty" format:"date" doc:"Uiterlijk uitgevoerd."`
	Done    string `json:"done,omitempty" format:"date" doc:"Uitgevoerd."`
	Checked string `json:"checked,omitempty" format:"date" doc:"Bekeken of zij werkt."`
	Effect  string `json:"effect,omitempty" enum:"werkt,deels,werkt-niet" doc:"Of zij werkt."`
}

func rowOf(i incident.Incident) Incident {
	kept := i.Kept()
	row := Incident{
		ID: string(i.ID()), Number: i.Case.Number, Title: i.Case.Title, Noticed: i.Case.Received.String(), Perpetrator: string(i.Perpetrator),
		Stage: string(i.Stage()), Open: i.Case.Open(), KeepThrough: kept.Last().String(), Revision: i.Case.Revision,
	}
	if i.Told != nil {
		row.Notified = i.Told.Day.String()
	}
	return row
}

func wholeOf(i incident.Incident) Incident {
	row := rowOf(i)
	row.Facts, row.Function, row.Reasons = i.Facts, i.Function, reasonsOf(i.Reasons())
	for _, m := range i.Measures {
		row.Measures = append(row.Measures, Incidentmaatregel{string(m.Kind), m.What, m.Due.String(), m.Done.String(), m.Checked.String(), string(m.Effect)})
	}
	return row
}

func reasonsOf(list []rule.Reason) (out []Meldreden) {
	for _, r := range list {
		out = append(out, Meldreden{r.Code, string(r.Norm), r.Text})
	}
	return out
}

type listIn struct {
	rest.Query
	rest.Paging
	Stage string `query:"stage" enum:"te-beoordelen,te-melden,gemeld,niet-gemeld,buiten-artikel-10" doc:"Alleen met deze stand van de melding."`
}

type listOut struct{ Body rest.Page[Incident] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	page, err := caseworkapi.Filter(in.Paging)
	if err != nil {
		return nil, err
	}
	f := incident.Filter{Stage: incident.Stage(in.Stage)}
	f.Cursor = page.Cursor
	all, err := o.List(ctx, hand(c), f)
	if err != nil {
		return nil, err
	}
	out := &listOut{Body: rest.Page[Incident]{Items: []Incident{}}}
	for n, i := range all[:min(in.Limit, len(all))] {
		out.Body.Items = append(out.Body.Items, rowOf(i))
		if n == in.Limit-1 && len(all) > in.Limit {
			out.Body.NextCursor = caseworkapi.Cursor(&casework.Cursor{Received: i.Case.Received, ID: i.ID()})
		}
	}
	return out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body Incident }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	f, err := o.Open(ctx, hand(c), casework.ID(in.ID), "api")
	return &oneOut{wholeOf(f.Incident)}, err
}

// NieuwIncident is what a program writes down.
type NieuwIncident struct {
	Noticed     string `json:"noticed" format:"date" doc:"Dag waarop het is opgemerkt."`
	Happened    string `json:"happened,omitempty" format:"date" doc:"Dag waarop het gebeurde of begon."`
	Title       string `json:"title" maxLength:"160" doc:"Waar het over gaat, zonder namen."`
	Facts       string `json:"facts" maxLength:"20000" doc:"Feiten en omstandigheden."`
	Function    string `json:"function,omitempty" maxLength:"160" doc:"Functie van wie het deed."`
	Perpetrator string `json:"perpetrator,omitempty" enum:"policy_maker,manager,client_facing,other,external" doc:"Wie het deed, in de woorden van artikel 10."`
}

type reportIn struct {
	rest.Command
	Body rest.JSON[NieuwIncident]
}

type reportOut struct {
	Location string `header:"Location" doc:"Pad van het incident."`
	Body     Incident
}

func (o operations) report(ctx context.Context, c rest.Caller, in *reportIn) (*reportOut, error) {
	b := in.Body.Value
	i, err := o.Report(ctx, hand(c), incident.Report{Noticed: caseworkapi.Day(b.Noticed), Key: in.Key, Description: incident.Description{
		Title: b.Title, Happened: caseworkapi.Day(b.Happened), Facts: b.Facts, Function: b.Function, Perpetrator: incident.Perpetrator(b.Perpetrator),
	}})
	if err != nil {
		return nil, err
	}
	return &reportOut{rest.Prefix + "/incidenten/" + string(i.ID()), wholeOf(i)}, nil
}

// NieuweBeoordeling is what the rules of articles 10 and 12 ask.
type NieuweBeoordeling struct {
	Revision     int64  `json:"revision" doc:"De herziening van het incident die u zag."`
	Danger       *bool  `json:"danger" doc:"Of het een ernstig gevaar is voor een integere bedrijfsvoering."`
	RiskFunction bool   `json:"riskFunction,omitempty" doc:"Of de functie een wezenlijk risico heeft voor de integriteit; weegt bij other."`
	Police       string `json:"police" enum:"no,planned,made" doc:"Of er aangifte is of wordt gedaan."`
	Continuity   string `json:"continuity" enum:"no,possible,yes" doc:"Of het voortbestaan wordt of kan worden bedreigd."`
	Grave        *bool  `json:"grave" doc:"Of de toezichthouder het door ernst, omvang of omstandigheden behoort te weten."`
	Why          string `json:"why" maxLength:"20000" doc:"Waarom dit zo is beoordeeld."`
}

type judgeIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[NieuweBeoordeling]
}

func (o operations) judge(ctx context.Context, c rest.Caller, in *judgeIn) (*oneOut, error) {
	b := in.Body.Value
	i, err := o.Judge(ctx, hand(c), casework.ID(in.ID), b.Revision, incident.Assessment{
		Danger: b.Danger, RiskFunction: b.RiskFunction, Police: b.Police, Continuity: b.Continuity, Grave: b.Grave, Why: b.Why,
	})
	return &oneOut{wholeOf(i)}, err
}

// Opmerkverbetering is the day on which an incident was really noticed.
type Opmerkverbetering struct {
	Revision int64         `json:"revision" doc:"De herziening van het incident die u zag."`
	Noticed  calendar.Date `json:"noticed" doc:"Dag waarop het incident werkelijk is opgemerkt."`
	Why      string        `json:"why" maxLength:"500" doc:"Waarom de dag niet klopte, en waaruit dat blijkt."`
}

type noticedIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[Opmerkverbetering]
}

func (o operations) correctNoticed(ctx context.Context, c rest.Caller, in *noticedIn) (*oneOut, error) {
	b := in.Body.Value
	i, err := o.Under(in.Key, b).CorrectNoticed(ctx, hand(c), casework.ID(in.ID), b.Revision, b.Noticed, b.Why)
	if err != nil {
		return nil, rest.Named(err, map[string]string{"/received": "/noticed", "/happened": "/noticed"})
	}
	return &oneOut{wholeOf(i)}, nil
}
