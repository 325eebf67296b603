package api

import (
	"context"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

// Toetspoging is an attempt as the list shows it.
type Toetspoging struct {
	ID              string     `json:"id" format:"uuid" doc:"Kenmerk van de toetspoging."`
	Test            string     `json:"test" doc:"Kenmerk van de toets."`
	TestHash        string     `json:"testHash" doc:"SHA-256 van de verzegelde toets waarop deze poging gaat."`
	Product         string     `json:"product" doc:"Product waar de toets over gaat." example:"mortgage"`
	ClientReference string     `json:"clientReference,omitempty" doc:"Uw eigen kenmerk van de klant; ontbreekt als de klant is vergeten."`
	Channel         string     `json:"channel" doc:"Waar de klant de toets begon."`
	State           string     `json:"state" enum:"ready,begun,judged,lapsed" doc:"Klaargezet, begonnen, beoordeeld of verlopen."`
	Outcome         string     `json:"outcome,omitempty" enum:"appropriate,not_appropriate,cannot_be_judged" doc:"Uitkomst; ontbreekt tot de toets is beoordeeld."`
	Created         time.Time  `json:"created" doc:"Wanneer de poging is klaargezet."`
	LinkExpires     time.Time  `json:"linkExpires" doc:"Tot wanneer de link opengaat."`
	Begun           *time.Time `json:"begun,omitempty" doc:"Wanneer de eerste vraag is getoond. Vanaf dan telt de poging."`
	OpenUntil       *time.Time `json:"openUntil,omitempty" doc:"Tot wanneer de klant kan antwoorden."`
	Judged          *time.Time `json:"judged,omitempty" doc:"Wanneer de toets is verstuurd en beoordeeld."`
}

// ToetspogingMetOordeel is an attempt with its verdict.
type ToetspogingMetOordeel struct {
	Toetspoging
	Verdict *Oordeel `json:"verdict,omitempty" doc:"Het oordeel; ontbreekt tot de toets is beoordeeld."`
	Choice  string   `json:"choice,omitempty" enum:"stop,go_on" doc:"Wat de klant na de waarschuwing koos, waar de onderneming dat toelaat."`
	Gate    Poort    `json:"gate" doc:"Of de verkoop zonder advies nu mag beginnen."`
}

// Oordeel is a verdict with what led to it.
type Oordeel struct {
	Outcome       string     `json:"outcome" enum:"appropriate,not_appropriate,cannot_be_judged" doc:"Passend, niet passend, of te weinig informatie voor een oordeel."`
	Points        int        `json:"points" doc:"Behaalde punten."`
	MaxPoints     int        `json:"maxPoints" doc:"Punten die te behalen waren."`
	CutPoints     int        `json:"cutPoints" doc:"Punten die nodig waren."`
	WarningNeeded bool       `json:"warningNeeded" doc:"Of de klant moest worden gewaarschuwd dat advies raadzaam is."`
	NoticeShown   *time.Time `json:"noticeShown,omitempty" doc:"Wanneer de uitslag voor het eerst aan de klant is getoond."`
	Reasons       []Reden    `json:"reasons" doc:"De redenen, in de volgorde waarin zij wogen."`
}

// Reden is one reason of a verdict.
type Reden struct {
	Code        string `json:"code" doc:"Vaste code." example:"below_cut"`
	Norm        string `json:"norm" doc:"Norm waarop de reden rust." example:"wft:4:24:3"`
	Citation    string `json:"citation" doc:"Dezelfde norm, voluit." example:"artikel 4:24, derde lid, Wft"`
	Juriconnect string `json:"juriconnect,omitempty" doc:"Dezelfde norm als Juriconnect-verwijzing; ontbreekt waar die er niet is."`
	Text        string `json:"text" doc:"De reden in gewone woorden."`
}

type listIn struct {
	rest.Query
	rest.Paging
	ClientReference string    `query:"clientReference" maxLength:"64" doc:"Alleen van deze klant: uw eigen kenmerk, voluit."`
	State           string    `query:"state" enum:"ready,begun,judged,lapsed" doc:"Alleen in deze stand."`
	Outcome         string    `query:"outcome" enum:"appropriate,not_appropriate,cannot_be_judged" doc:"Alleen met deze uitkomst."`
	CreatedFrom     time.Time `query:"createdFrom" doc:"Klaargezet op of na dit tijdstip."`
	CreatedBefore   time.Time `query:"createdBefore" doc:"Klaargezet voor dit tijdstip."`
}

type listOut struct {
	Body struct {
		Items      []Toetspoging `json:"items" doc:"De pogingen van deze bladzijde."`
		NextCursor string        `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"Toetspogingen"`
}

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	from, err := in.From()
	if err != nil {
		return nil, err
	}
	f := appropriateness.Filter{
		Reference: in.ClientReference, State: appropriateness.State(in.State), Outcome: appropriateness.Outcome(in.Outcome),
		From: in.CreatedFrom, Before: in.CreatedBefore, Limit: in.Limit,
	}
	if from != nil {
		f.Cursor = appropriateness.Cursor{Created: from.At, ID: appropriateness.AttemptID(from.ID)}
	}
	p, err := o.List(ctx, c.Actor, f)
	if err != nil {
		return nil, err
	}
	var out listOut
	out.Body.Items = make([]Toetspoging, len(p.Rows))
	for i, row := range p.Rows {
		out.Body.Items[i] = attempt(row, row.State)
	}
	if p.Next != nil {
		out.Body.NextCursor = rest.Place{At: p.Next.Created, ID: string(p.Next.ID)}.Cursor()
	}
	return &out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de toetspoging."`
}

type oneOut struct{ Body ToetspogingMetOordeel }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	f, err := o.File(ctx, c.Actor, appropriateness.AttemptID(in.ID))
	if err != nil {
		return nil, err
	}
	out := ToetspogingMetOordeel{Toetspoging: attempt(f.Row, f.State), Choice: string(f.Choice), Gate: poort(f.Gate)}
	if f.Verdict != nil {
		out.Verdict = &Oordeel{
			Outcome: string(f.Verdict.Outcome), Points: f.Verdict.Points, MaxPoints: f.Verdict.Out, CutPoints: f.Verdict.Cut,
			WarningNeeded: f.Verdict.WarnOwed, NoticeShown: when(f.Shown), Reasons: reasons(f.Verdict.Reasons()),
		}
	}
	return &oneOut{out}, nil
}

func attempt(r appropriateness.Row, state appropriateness.State) Toetspoging {
	return Toetspoging{
		ID: string(r.ID), Test: r.TestID, TestHash: r.Test.String(), Product: r.Product, ClientReference: r.Reference,
		Channel: r.Channel, State: string(state), Outcome: string(r.Outcome), Created: r.Created, LinkExpires: r.LinkUntil,
		Begun: when(r.Begun), OpenUntil: when(r.OpenUntil), Judged: when(r.Judged),
	}
}

func reasons(list []rule.Reason) []Reden {
	out := make([]Reden, len(list))
	for i, r := range list {
		out[i] = Reden{Code: r.Code, Norm: string(r.Norm), Citation: r.Norm.Dutch(), Juriconnect: r.Norm.Juriconnect(), Text: r.Text}
	}
	return out
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type testsIn struct{ rest.Query }

type testsOut struct {
	Body struct {
		Items []Toets `json:"items" doc:"De toetsen die in gebruik zijn."`
	} `nameHint:"Toetsen"`
}

// Toets is a sealed test that is in use, without its questions.
type Toets struct {
	ID        string    `json:"id" doc:"Kenmerk van de toets."`
	Hash      string    `json:"hash" doc:"SHA-256 van de verzegelde toets."`
	Title     string    `json:"title" doc:"Titel."`
	Product   string    `json:"product" doc:"Product waar de toets over gaat." example:"mortgage"`
	Language  string    `json:"language" doc:"Taal." example:"nl"`
	Questions int       `json:"questions" doc:"Hoeveel vragen een klant krijgt."`
	Minutes   int       `json:"minutes" doc:"Hoe lang de toets ongeveer duurt; er loopt geen klok."`
	InUse     time.Time `json:"inUse" doc:"Sinds wanneer in gebruik."`

	Until    *time.Time `json:"until,omitempty" doc:"Vanaf wanneer deze versie niet meer in gebruik is; ontbreekt zolang er geen einde is."`
	Planned  *time.Time `json:"planned,omitempty" doc:"Wanneer de volgende versie ingaat, als er een gepland staat."`
	Versions int        `json:"versions" doc:"Hoeveel versies in gebruik waren, zijn, of gepland staan."`
}

func (o operations) tests(ctx context.Context, c rest.Caller, _ *testsIn) (*testsOut, error) {
	list, err := o.Tests(ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	rows, err := o.TestList(ctx, c.Actor, appropriateness.TestFilter{State: appropriateness.StateInUse})
	if err != nil {
		return nil, err
	}
	of := map[string]appropriateness.TestRow{}
	for _, r := range rows {
		of[r.ID] = r
	}
	var out testsOut
	out.Body.Items = make([]Toets, len(list))
	for i, p := range list {
		t := Toets{
			ID: p.Test.ID, Hash: p.Hash.String(), Title: p.Test.Title, Product: p.Test.Product, Language: p.Test.Language,
			Questions: p.Test.Blueprint.Questions, Minutes: p.Test.Minutes, InUse: p.From, Versions: of[p.Test.ID].Versions,
		}
		if r := of[p.Test.ID]; r.Current != nil {
			t.Until = r.Current.To
		}
		if r := of[p.Test.ID]; r.Planned != nil {
			t.Planned = &r.Planned.From
		}
		out.Body.Items[i] = t
	}
	return &out, nil
}
