package api

import (
	"context"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/internal/rest"
)

// Doorlichting is a run of a rule set over a portfolio.
type Doorlichting struct {
	ID         string         `json:"id" format:"uuid" doc:"Kenmerk van de doorlichting."`
	Portfolio  string         `json:"portfolio" format:"uuid" doc:"Kenmerk van de portefeuille."`
	Number     int            `json:"number" doc:"Volgnummer van het bestand van de portefeuille."`
	Set        string         `json:"set" doc:"Naam van de regelset."`
	Version    int            `json:"version" doc:"Versie van de regelset."`
	SetHash    string         `json:"setHash" doc:"SHA-256 van de verzegelde regelset."`
	Day        string         `json:"day" format:"date" doc:"Dag waarvoor is gerekend."`
	State      string         `json:"state" enum:"waiting,running,done,failed" doc:"Wacht, loopt, klaar of mislukt."`
	Error      string         `json:"error,omitempty" doc:"Waarom zij mislukte: een code."`
	Progress   int            `json:"progress" doc:"Contracten die zijn gedaan."`
	Total      int            `json:"total" doc:"Contracten in het bestand."`
	Created    time.Time      `json:"created" doc:"Wanneer gevraagd."`
	Ended      *time.Time     `json:"ended,omitempty" doc:"Wanneer klaar of mislukt."`
	Open       int            `json:"open" doc:"Contracten waarvan de categorie niet zeker is."`
	Categories []Telling      `json:"categories" doc:"Contracten per categorie, van licht naar zwaar."`
	Rules      []Telling      `json:"rules" doc:"Contracten per regel."`
	Root       string         `json:"root,omitempty" doc:"Root van de boom over alle contracten (RFC 6962), zoals het journaal haar bewaart."`
	Columns    string         `json:"columns" doc:"SHA-256 van het kolombestand."`
	Gone       bool           `json:"dataRemoved" doc:"Of de gegevens van de portefeuille zijn weggehaald; dan zijn er geen uitkomsten per contract meer."`
	Before     string         `json:"before,omitempty" doc:"De vorige doorlichting, waarmee is vergeleken."`
	Moves      []Verschuiving `json:"moves" doc:"Hoeveel contracten sindsdien van categorie wisselden."`
}

// Telling is how many contracts a category or a rule has.
type Telling struct {
	Name  string `json:"name" doc:"Categorie of regel."`
	Count int    `json:"count" doc:"Contracten."`
	Open  int    `json:"open" doc:"Bij een regel: contracten waarvan zij niet te beslissen is."`
}

// Verschuiving is how many contracts went from one category to another.
type Verschuiving struct {
	From  string `json:"from" doc:"Categorie in de vorige doorlichting; leeg voor een nieuw contract."`
	To    string `json:"to" doc:"Categorie nu; leeg voor een contract dat er niet meer is."`
	Count int    `json:"count" doc:"Contracten."`
}

func runOf(r criteria.Run) Doorlichting {
	d := Doorlichting{
		ID: r.ID, Portfolio: r.Portfolio, Number: r.Number, Set: r.SetName, Version: r.Version, SetHash: r.Set.String(), Day: r.Day.String(),
		State: string(r.State), Error: r.Why, Progress: r.Progress, Total: r.Total, Created: r.Made, Columns: r.File.String(), Gone: r.Gone,
		Open: r.Sum.Open, Categories: tellings(r.Sum.Categories), Rules: tellings(r.Sum.Rules), Before: r.Before, Moves: []Verschuiving{},
	}
	if !r.Ended.IsZero() {
		d.Ended = &r.Ended
	}
	if r.State == criteria.RunDone {
		d.Root = r.Sum.Root.String()
	}
	for _, m := range r.Moves {
		d.Moves = append(d.Moves, Verschuiving(m))
	}
	return d
}

func tellings(list []criteria.RunCount) []Telling {
	out := []Telling{}
	for _, c := range list {
		out = append(out, Telling(c))
	}
	return out
}

type runsIn struct {
	rest.Query
	rest.Paging
	Portfolio string `query:"portefeuille" maxLength:"64" doc:"Alleen van deze portefeuille."`
	State     string `query:"state" enum:"waiting,running,done,failed" doc:"Alleen in deze stand."`
}

type runsOut struct {
	Body struct {
		Items      []Doorlichting `json:"items" doc:"De doorlichtingen van deze bladzijde."`
		NextCursor string         `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"Doorlichtingen"`
}

func (o runOperations) runs(ctx context.Context, c rest.Caller, in *runsIn) (*runsOut, error) {
	from, err := in.From()
	if err != nil {
		return nil, err
	}
	list, err := o.Runs(ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	out := &runsOut{}
	out.Body.Items = []Doorlichting{}
	var last criteria.Run
	for _, r := range list {
		after := from == nil || r.Made.Before(from.At) || r.Made.Equal(from.At) && r.ID < from.ID
		if !after || in.Portfolio != "" && r.Portfolio != in.Portfolio || in.State != "" && string(r.State) != in.State {
			continue
		}
		if len(out.Body.Items) == in.Limit {
			out.Body.NextCursor = rest.Place{At: last.Made, ID: last.ID}.Cursor()
			break
		}
		out.Body.Items, last = append(out.Body.Items, runOf(r)), r
	}
	return out, nil
}

type startIn struct {
	rest.Command
	Body rest.JSON[NieuweDoorlichting]
}

// NieuweDoorlichting is what a program wants screened.
type NieuweDoorlichting struct {
	Portfolio string `json:"portfolio" maxLength:"64" doc:"Kenmerk van de portefeuille; haar nieuwste bestand telt."`
	Set       string `json:"set" maxLength:"60" doc:"Naam van een regelset die op die dag in gebruik is." example:"aandacht"`
	Day       string `json:"day,omitempty" format:"date" doc:"Dag waarvoor wordt gerekend; zonder is dat vandaag." example:"2026-11-22"`
}

type runOut struct {
	Location string `header:"Location" doc:"Pad van de doorlichting."`
	Body     Doorlichting
}

func (o runOperations) start(ctx context.Context, c rest.Caller, in *startIn) (*runOut, error) {
	b := in.Body.Value
	r, err := o.Start(ctx, c.Actor, criteria.RunOrder{Portfolio: b.Portfolio, Set: b.Set, Day: b.Day, Key: in.Key})
	return &runOut{runPath(r), runOf(r)}, err
}

func runPath(r criteria.Run) string { return rest.Prefix + "/doorlichtingen/" + r.ID }

func (o runOperations) run(ctx context.Context, c rest.Caller, in *idAsked) (*runOut, error) {
	r, err := o.Run(ctx, c.Actor, in.ID)
	return &runOut{runPath(r), runOf(r)}, err
}
