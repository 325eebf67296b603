// Package api lets a firm's programs record advice in one call, write down what came
// of it, and read a file as it is or as it was on any day.
package api

import (
	"context"
	"net/http"
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	Read = "advies:lezen"
	Keep = "advies:schrijven"
)

// A Desk is what the operations ask of the room; advice.Service is one, and says what
// each method does.
type Desk interface {
	Record(context.Context, ident.Actor, advice.Entry) (advice.File, error)
	Correct(context.Context, ident.Actor, casework.ID, int64, advice.Correction) (advice.File, error)
	Follow(context.Context, ident.Actor, casework.ID, int64, advice.Sequel) (advice.File, error)
	Advice(context.Context, ident.Firm, casework.ID) (advice.Dossier, error)
	Files(context.Context, ident.Firm, advice.Filter) (advice.Page, error)
	AsOf(context.Context, ident.Firm, casework.ID, calendar.Date) (advice.Past, error)
	Procedures(context.Context, ident.Firm) ([]advice.Procedure, error)
}

// Mount mounts the operations.
func Mount(a *rest.API, d Desk) {
	o := operations{d}
	a.Explain(texts)
	const tag = "Adviesdossiers"
	rest.Read(a, rest.Op{ID: "list-adviesdossiers", Path: "/adviesdossiers", Tag: tag, Scope: Read, Summary: "Vraag de adviesdossiers op", About: "Het nieuwste advies eerst."}, o.list)
	rest.Write(a, rest.Op{
		ID: "leg-advies-vast", Path: "/adviesdossiers", Tag: tag, Scope: Keep, Status: http.StatusCreated,
		Summary: "Leg een advies vast", About: "Klantprofiel, advies en, als die bekend is, de afloop in één aanroep. Met `procedure` en `answers` beslist uw gestandaardiseerde procedure welk product het advies is.",
	}, o.record)
	rest.Read(a, rest.Op{
		ID: "get-adviesdossier", Path: "/adviesdossiers/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één adviesdossier op",
		About: "Met wat het nog mist, tot wanneer het moet blijven en waarom.",
	}, o.one)
	rest.Read(a, rest.Op{
		ID: "reconstrueer-adviesdossier", Path: "/adviesdossiers/{id}/standen/{day}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Reconstrueer een adviesdossier",
		About: "Zoals het was aan het eind van die dag, samengesteld uit de feiten van het journaal. `held` zegt of dat lukte.",
	}, o.asOf)
	rest.Write(a, rest.Op{
		ID: "verbeter-adviesdossier", Path: "/adviesdossiers/{id}/verbeteringen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Vul een adviesdossier aan of verbeter het", About: "Er komt een nieuwe versie; de vorige blijft. Noem in `saw` de `revision` die u zag.",
	}, o.correct)
	rest.Write(a, rest.Op{
		ID: "leg-afloop-vast", Path: "/adviesdossiers/{id}/aflopen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Leg vast wat er van het advies kwam", About: "Koos de klant een ander product, geef dan in `choice` waaruit blijkt dat de klant dat zelf koos.",
	}, o.follow)
	rest.Read(a, rest.Op{ID: "list-adviesprocedures", Path: "/adviesprocedures", Tag: tag, Scope: Read, Summary: "Vraag de procedures voor advies op", About: "De nieuwste eerst."}, o.procedures)
}

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"unknown-case":      "Dit adviesdossier is er niet, of hoort niet bij uw onderneming.",
	"advice-destroyed":  "Dit adviesdossier is vernietigd toen de bewaartermijn voorbij was.",
	"case-changed":      "Het dossier is intussen gewijzigd. Vraag het opnieuw op en noem de nieuwe `revision`.",
	"unknown-procedure": "Deze procedure is op de dag van het advies niet in gebruik.",
}

type operations struct{ Desk }

type listIn struct {
	rest.Query
	rest.Paging
	Sought  string `query:"q" maxLength:"200" doc:"Woorden, of uw eigen kenmerk van een klant."`
	State   string `query:"state" enum:"onvolledig,zonder-bewijs,volledig,afloop-onbekend,procedure,afgeweken" doc:"Alleen dossiers in deze stand."`
	Product string `query:"kind" enum:"hypotheek,krediet,levensverzekering,schadeverzekering,inkomensverzekering,uitvaartverzekering,beleggen,sparen,anders" doc:"Alleen dit soort product."`
	Result  string `query:"result" enum:"open,recommended,other,none" doc:"Alleen met deze afloop."`
}

type listOut struct{ Body rest.Page[Adviesdossier] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	from, err := in.From()
	if err != nil {
		return nil, err
	}
	f := advice.Filter{Sought: in.Sought, State: advice.State(in.State), Kind: advice.ProductKind(in.Product), Result: advice.Result(in.Result), Limit: in.Limit}
	if from != nil {
		f.Cursor = advice.Cursor{Key: calendar.Of(from.At).String(), ID: casework.ID(from.ID)}
	}
	page, err := o.Files(ctx, c.Actor.Firm, f)
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Items = make([]Adviesdossier, len(page.Rows))
	for i, r := range page.Rows {
		out.Body.Items[i] = row(r)
	}
	if page.Next != nil {
		last := page.Rows[len(page.Rows)-1]
		out.Body.NextCursor = rest.Place{At: last.Advised.Start().Add(12 * time.Hour), ID: string(last.ID)}.Cursor()
	}
	return out, nil
}

type recordIn struct {
	rest.Command
	Body rest.JSON[NieuwAdvies]
}

type fileOut struct {
	Location string `header:"Location" doc:"Pad van het dossier."`
	Body     AdviesdossierVoluit
}

func (o operations) record(ctx context.Context, c rest.Caller, in *recordIn) (*fileOut, error) {
	f, err := o.Record(ctx, c.Actor, in.Body.Value.entry(in.Key))
	return o.made(ctx, c, f, err)
}

// made is the answer to what changed a file: all of it.
func (o operations) made(ctx context.Context, c rest.Caller, f advice.File, err error) (*fileOut, error) {
	if err != nil {
		return nil, err
	}
	d, err := o.Advice(ctx, c.Actor.Firm, f.ID())
	return &fileOut{Location: rest.Prefix + "/adviesdossiers/" + string(f.ID()), Body: whole(d)}, err
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van het dossier."`
}

type oneOut struct{ Body AdviesdossierVoluit }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	d, err := o.Advice(ctx, c.Actor.Firm, casework.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &oneOut{whole(d)}, nil
}

type asOfIn struct {
	rest.Query
	ID  string `path:"id" maxLength:"64" doc:"Kenmerk van het dossier."`
	Day string `path:"day" format:"date" maxLength:"10" doc:"De dag, aan het eind waarvan." example:"2026-03-31"`
}

type asOfOut struct{ Body AdviesdossierToen }

func (o operations) asOf(ctx context.Context, c rest.Caller, in *asOfIn) (*asOfOut, error) {
	day, err := calendar.Parse(in.Day)
	if err != nil {
		return nil, rest.Wrong("path", "/day", "day", "Geef een datum, zoals 2026-03-31.")
	}
	p, err := o.AsOf(ctx, c.Actor.Firm, casework.ID(in.ID), day)
	if err != nil {
		return nil, err
	}
	return &asOfOut{then(p)}, nil
}

type correctIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van het dossier."`
	Body rest.JSON[Verbetering]
}

func (o operations) correct(ctx context.Context, c rest.Caller, in *correctIn) (*fileOut, error) {
	v := in.Body.Value
	f, err := o.Correct(ctx, c.Actor, casework.ID(in.ID), int64(v.Saw), advice.Correction{
		Role: advice.Role(v.Role), Profile: v.Profile.profile(), Advice: v.Advice.recommendation(), Why: v.Why, Key: in.Key,
	})
	return o.made(ctx, c, f, err)
}

type followIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van het dossier."`
	Body rest.JSON[NieuweAfloop]
}

func (o operations) follow(ctx context.Context, c rest.Caller, in *followIn) (*fileOut, error) {
	v := in.Body.Value
	f, err := o.Follow(ctx, c.Actor, casework.ID(in.ID), int64(v.Saw), advice.Sequel{Outcome: v.Outcome.outcome(), Choice: v.Choice.choice(), Key: in.Key})
	return o.made(ctx, c, f, err)
}

type proceduresIn struct{ rest.Query }

type proceduresOut struct {
	Body struct {
		Items []Adviesprocedure `json:"items" doc:"De procedures van uw onderneming."`
	} `nameHint:"Adviesprocedures"`
}

func (o operations) procedures(ctx context.Context, c rest.Caller, _ *proceduresIn) (*proceduresOut, error) {
	all, err := o.Procedures(ctx, c.Actor.Firm)
	var out proceduresOut
	out.Body.Items = make([]Adviesprocedure, len(all))
	for i, p := range all {
		out.Body.Items[i] = Adviesprocedure{ID: p.ID, Name: p.Name, Title: p.Title, Version: p.Version, Kind: string(p.Kind), From: p.From.String(), Hash: p.Hash.String(), Made: p.Made}
		if !p.Ended.IsZero() {
			out.Body.Items[i].Ended = p.Ended.String()
		}
	}
	return &out, err
}
