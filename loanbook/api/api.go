// Package api lets a firm's programs read files into the credit portfolio, ask its
// agreements and tell what happened to them.
package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/loanbook"
	"zorgplicht/money"
)

// The scopes of a token that these operations ask.
const (
	Read = "krediet:lezen"
	Keep = "krediet:schrijven"
)

// LoadsPath takes a file as its body.
const LoadsPath = "/kredietbestanden"

// A Desk is what the operations ask of the room; loanbook.Service is one, and says what
// each method does.
type Desk interface {
	Loans(context.Context, ident.Actor, loanbook.Filter) (loanbook.Page, error)
	Loan(ctx context.Context, by ident.Actor, reference string) (loanbook.File, error)
	Record(ctx context.Context, by ident.Actor, e loanbook.Event, key string) (loanbook.File, error)
	Import(context.Context, ident.Actor, loanbook.Order, io.Reader) (loanbook.Load, error)
	Loads(context.Context, ident.Actor) ([]loanbook.Load, error)
	Load(context.Context, ident.Actor, int) (loanbook.Load, error)
	Undo(ctx context.Context, by ident.Actor, number int, why string) (loanbook.Load, error)
}

// Mount mounts the operations.
func Mount(a *rest.API, d Desk) {
	o := operations{d}
	a.Explain(texts)
	const tag = "Kredietportefeuille"
	rest.Read(a, rest.Op{ID: "list-kredietovereenkomsten", Path: "/kredietovereenkomsten", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag de overeenkomsten op", About: "Van de nieuwste stand, op kenmerk, met wat daarna is vastgelegd."}, o.loans)
	rest.Read(a, rest.Op{ID: "get-kredietovereenkomst", Path: "/kredietovereenkomsten/{kenmerk}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één overeenkomst op", About: "Met haar rentes, saldo per stand, gebeurtenissen en berichten."}, o.loan)
	rest.Write(a, rest.Op{
		ID: "leg-kredietgebeurtenis-vast", Path: "/kredietovereenkomsten/{kenmerk}/gebeurtenissen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Leg vast wat er met een overeenkomst gebeurde", About: "Een gewijzigde variabele rente vraagt een bericht aan de consument (artikel 49, eerste lid); dat staat daarna klaar.",
	}, o.record)
	rest.Read(a, rest.Op{ID: "list-kredietbestanden", Path: LoadsPath, Tag: tag, Scope: Read, Summary: "Vraag de ingelezen bestanden op", About: "Het nieuwste eerst."}, o.loads)
	rest.Upload(a, rest.Op{
		ID: "lees-kredietbestand-in", Path: LoadsPath, Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Lees een bestand met overeenkomsten in",
		About: "De body is een CSV-bestand (UTF-8), Parquet, of een werkboek (XLSX) zonder formules, met alle overeenkomsten zoals zij op één dag stonden. Het inlezen gebeurt op de achtergrond: vraag het bestand op om te zien hoe ver het is. De portefeuille verandert pas als alles is gelezen.",
	}, []string{"text/csv", "application/vnd.apache.parquet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, o.upload)
	rest.Read(a, rest.Op{ID: "get-kredietbestand", Path: LoadsPath + "/{nummer}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één ingelezen bestand op", About: "Met hoe ver het is, de eerste honderd fouten, de aantallen en het bewijs (root)."}, o.load)
	rest.Write(a, rest.Op{ID: "maak-kredietbestand-ongedaan", Path: LoadsPath + "/{nummer}/ongedaanmakingen", Tag: tag, Scope: Keep, Errors: []int{404}, Summary: "Maak een ingelezen bestand ongedaan", About: "De portefeuille toont daarna het bestand van daarvoor."}, o.undo)
}

type operations struct{ Desk }

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"no-book":             "Er is nog geen bestand met overeenkomsten ingelezen.",
	"unknown-loan":        "Deze overeenkomst staat niet in de portefeuille, of hoort niet bij uw onderneming.",
	"unknown-load":        "Dit bestand is er niet, of hoort niet bij uw onderneming.",
	"load-not-done":       "Dit bestand staat niet in de portefeuille. Alleen wat is ingelezen, kan ongedaan worden gemaakt.",
	"load-raced":          "Iemand anders las op hetzelfde moment een bestand in. Probeer het opnieuw.",
	"file-missing":        "Het bestand is er niet meer.",
	"bad-cursor":          "Geef de cursor van het vorige antwoord, onveranderd.",
	loanbook.BadFile:      "Het bestand is niet te gebruiken.",
	"invalid-load":        "De opdracht klopt niet.",
	"invalid-loan-event":  "De gebeurtenis klopt niet.",
	"invalid-loan-reason": "De reden klopt niet.",
}

// Kredietovereenkomst is an agreement as it stands.
type Kredietovereenkomst struct {
	Reference    string `json:"reference" doc:"Uw eigen kenmerk."`
	Product      string `json:"product,omitempty" doc:"Product."`
	Intermediary string `json:"intermediary,omitempty" doc:"Uw eigen kenmerk van de bemiddelaar."`
	Kind         string `json:"kind" enum:"doorlopend,anders" doc:"Soort krediet."`
	Charge       string `json:"charge" enum:"vast,variabel" doc:"Kredietvergoeding."`
	Concluded    string `json:"concluded" format:"date" doc:"Dag van de overeenkomst."`
	Sum          string `json:"sum" doc:"Kredietlimiet of kredietsom, in euro." example:"5000.00"`
	Rate         string `json:"rate" doc:"Rente per jaar, in procenten." example:"8.4"`
	RateSince    string `json:"rateSince" format:"date" doc:"Sinds wanneer."`
	Balance      string `json:"balance" doc:"Uitstaand saldo, in euro." example:"1250.00"`
	State        string `json:"state" enum:"lopend,achterstand,opgeeist,ontbonden,afgelost,overgedragen" doc:"Stand."`
	Arrears      string `json:"arrearsSince,omitempty" format:"date" doc:"Vervaldag van het oudste onbetaalde bedrag."`
	Ceiling      string `json:"ceiling" enum:"within,within-unconfirmed,above-unconfirmed,above,unwatched" doc:"Hoe de rente staat tegenover het maximum. Unconfirmed: het rust op een wettelijke rente zonder tweede bron."`
	AboveSince   string `json:"aboveSince,omitempty" format:"date" doc:"Boven het maximum sinds."`
}

var ceilings = map[loanbook.Watch]string{
	loanbook.Within: "within", loanbook.WithinUnsure: "within-unconfirmed", loanbook.AboveUnsure: "above-unconfirmed", loanbook.Above: "above", loanbook.Unwatched: "unwatched",
}

func loanOf(r loanbook.Row) Kredietovereenkomst {
	return Kredietovereenkomst{
		Reference: r.Reference, Product: r.Product, Intermediary: r.Intermediary, Kind: r.Kind, Charge: r.Charge, Concluded: r.Concluded.String(),
		Sum: loanbook.Euros(r.Sum), Rate: r.Now().Nominal.String(), RateSince: r.Now().From.String(), Balance: loanbook.Euros(r.Balance), State: string(r.State()),
		Arrears: r.Arrears.String(), Ceiling: ceilings[r.Watch.Watch], AboveSince: r.Watch.Since.String(),
	}
}

// KredietovereenkomstVoluit is an agreement with all that is known of it.
type KredietovereenkomstVoluit struct {
	Kredietovereenkomst
	Rates    []Kredietrente        `json:"rates" doc:"Het verloop van de rente, voor zover bekend."`
	Balances []Kredietsaldo        `json:"balances" doc:"Saldo per stand, oudste eerst."`
	Events   []Kredietgebeurtenis  `json:"events" doc:"Wat is vastgelegd, het laatste eerst."`
	Notices  []Kredietrentebericht `json:"notices" doc:"Berichten van rentewijziging."`
}

// Kredietrente is the rate from a day on.
type Kredietrente struct {
	From      string `json:"from" format:"date" doc:"Vanaf."`
	Rate      string `json:"rate" doc:"Rente per jaar, in procenten."`
	Effective string `json:"effective" doc:"Effectieve rente per jaar, in procenten."`
}

// Kredietsaldo is the balance on the day of a stand.
type Kredietsaldo struct {
	On      string `json:"on" format:"date" doc:"Dag."`
	Balance string `json:"balance" doc:"Saldo, in euro."`
}

// Kredietgebeurtenis is what was told of an agreement.
type Kredietgebeurtenis struct {
	ID        string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Kind      string    `json:"kind" doc:"Wat er gebeurde."`
	On        string    `json:"on" format:"date" doc:"Op welke dag."`
	At        time.Time `json:"at" doc:"Wanneer vastgelegd."`
	Withdrawn bool      `json:"withdrawn" doc:"Of zij is ingetrokken."`
}

// Kredietrentebericht is a notice of a changed charge.
type Kredietrentebericht struct {
	ID      string `json:"id" format:"uuid" doc:"Kenmerk."`
	From    string `json:"from" format:"date" doc:"Vanaf welke dag de rente wijzigt."`
	OldRate string `json:"oldRate" doc:"Oude rente, in procenten."`
	NewRate string `json:"newRate" doc:"Nieuwe rente, in procenten."`
	Given   string `json:"given,omitempty" format:"date" doc:"Gegeven op; ontbreekt zolang het wacht."`
}

func fileOf(f loanbook.File) KredietovereenkomstVoluit {
	out := KredietovereenkomstVoluit{Kredietovereenkomst: loanOf(f.Row), Rates: []Kredietrente{}, Balances: []Kredietsaldo{}, Events: []Kredietgebeurtenis{}, Notices: []Kredietrentebericht{}}
	for _, r := range f.Rates {
		out.Rates = append(out.Rates, Kredietrente{r.From.String(), r.Nominal.String(), r.Real().String()})
	}
	for _, p := range f.Points {
		out.Balances = append(out.Balances, Kredietsaldo{p.Day.String(), loanbook.Euros(p.Balance)})
	}
	for _, e := range f.Events {
		out.Events = append(out.Events, Kredietgebeurtenis{e.ID, string(e.Kind), e.On.String(), e.At, e.Withdrawn != ""})
	}
	for _, n := range f.Notices {
		out.Notices = append(out.Notices, Kredietrentebericht{n.ID, n.From.String(), n.Old.Nominal.String(), n.New.Nominal.String(), n.Told.String()})
	}
	return out
}

type loansIn struct {
	rest.Query
	rest.Paging
	State        string `query:"state" enum:"lopend,achterstand,opgeeist,ontbonden,afgelost,overgedragen" doc:"Alleen in deze stand."`
	Product      string `query:"product" maxLength:"80" doc:"Alleen van dit product."`
	Intermediary string `query:"intermediary" maxLength:"60" doc:"Alleen van deze bemiddelaar."`
	Above        bool   `query:"above" doc:"Alleen boven het maximum."`
}

type loansOut struct {
	Body rest.Page[Kredietovereenkomst] `nameHint:"Kredietovereenkomsten"`
}

func (o operations) loans(ctx context.Context, c rest.Caller, in *loansIn) (*loansOut, error) {
	f := loanbook.Filter{State: loanbook.State(in.State), Product: in.Product, Intermediary: in.Intermediary, Above: in.Above, Limit: in.Limit}
	after, err := in.FromWord()
	if err != nil {
		return nil, err
	}
	if after != "" {
		f.After = &loanbook.Cursor{Reference: after}
	}
	p, err := o.Loans(ctx, c.Actor, f)
	if err != nil {
		return nil, err
	}
	out := &loansOut{}
	out.Body.Items = []Kredietovereenkomst{}
	for _, r := range p.Rows {
		out.Body.Items = append(out.Body.Items, loanOf(r))
	}
	if p.Next != nil {
		out.Body.NextCursor = rest.WordCursor(p.Next.Reference)
	}
	return out, nil
}

type loanIn struct {
	rest.Query
	Reference string `path:"kenmerk" maxLength:"200" doc:"Uw eigen kenmerk van de overeenkomst."`
}

type loanOut struct{ Body KredietovereenkomstVoluit }

func (o operations) loan(ctx context.Context, c rest.Caller, in *loanIn) (*loanOut, error) {
	f, err := o.Loan(ctx, c.Actor, in.Reference)
	if err != nil {
		return nil, err
	}
	return &loanOut{fileOf(f)}, nil
}

// NieuweKredietgebeurtenis is what a program tells of an agreement.
type NieuweKredietgebeurtenis struct {
	Kind      string        `json:"kind" enum:"rente,achterstand,bijgewerkt,saldo,opgeeist,afgelost,ontbonden,ongedaan,overgedragen" doc:"Wat er gebeurde."`
	On        calendar.Date `json:"on" doc:"Op welke dag. Bij achterstand: de vervaldag van het oudste onbetaalde bedrag."`
	Rate      string        `json:"rate,omitempty" doc:"Bij rente: de nieuwe rente per jaar, in procenten." example:"8.9"`
	Effective string        `json:"effective,omitempty" doc:"Bij rente: de effectieve rente, als er naast rente andere kosten zijn."`
	Balance   string        `json:"balance,omitempty" doc:"Bij saldo: het saldo in euro." example:"1250.00"`
	To        string        `json:"to,omitempty" maxLength:"80" doc:"Bij overgedragen: de andere aanbieder."`
}

func (n NieuweKredietgebeurtenis) event(reference string) loanbook.Event {
	e := loanbook.Event{Reference: reference, Kind: loanbook.EventKind(n.Kind), On: n.On, To: n.To}
	var err error
	if e.Nominal, err = loanbook.ParseRate(n.Rate); err != nil {
		e.Nominal = -1
	}
	if n.Effective != "" {
		if e.Effective, err = loanbook.ParseRate(n.Effective); err != nil {
			e.Effective = -1
		}
	}
	var cents money.Cents
	if cents, err = loanbook.ParseAmount(n.Balance); err != nil {
		cents = -1
	}
	e.Balance = cents
	return e
}

type recordIn struct {
	rest.Command
	Reference string `path:"kenmerk" maxLength:"200" doc:"Uw eigen kenmerk van de overeenkomst."`
	Body      rest.JSON[NieuweKredietgebeurtenis]
}

func (o operations) record(ctx context.Context, c rest.Caller, in *recordIn) (*loanOut, error) {
	f, err := o.Record(ctx, c.Actor, in.Body.Value.event(in.Reference), in.Key)
	if err != nil {
		return nil, err
	}
	return &loanOut{fileOf(f)}, nil
}

// Kredietbestand is a file that was read, or is being read.
type Kredietbestand struct {
	Number  int                    `json:"number" doc:"Nummer."`
	Day     string                 `json:"day" format:"date" doc:"Op welke dag de overeenkomsten zo stonden."`
	Mode    string                 `json:"mode" enum:"alles,goede,proef" doc:"Wat er met foute regels gebeurt."`
	State   string                 `json:"state" enum:"waiting,running,done,tried,refused,failed,undone" doc:"Hoe ver het is."`
	Rows    int                    `json:"rows" doc:"Goede regels tot nu toe."`
	Bad     int                    `json:"bad" doc:"Regels met een fout."`
	Faults  []FouteKredietregel    `json:"faults" doc:"De eerste honderd fouten. Nooit met de waarde zelf."`
	Balance string                 `json:"balance" doc:"Saldo samen, in euro."`
	Notices int                    `json:"notices" doc:"Berichten van rentewijziging die dit bestand vraagt."`
	Root    string                 `json:"root,omitempty" doc:"Root van de boom over de overeenkomsten; ontbreekt zolang het niet is ingelezen."`
	Scan    *Kredietplafondtelling `json:"ceiling,omitempty" doc:"Lopende overeenkomsten tegenover het maximum."`
}

// FouteKredietregel is what is wrong in one place of a file.
type FouteKredietregel struct {
	Line   int    `json:"line" doc:"Regel van het bestand."`
	Column string `json:"column,omitempty" doc:"Kolom; ontbreekt waar het om de hele regel gaat."`
	Code   string `json:"code" doc:"Vaste code." example:"value"`
	Text   string `json:"text" doc:"Wat er hoort te staan."`
}

// Kredietplafondtelling is how the portfolio stands against its maxima.
type Kredietplafondtelling struct {
	On     string `json:"on" format:"date" doc:"Op welke dag."`
	Count  int    `json:"count" doc:"Lopende overeenkomsten."`
	Above  int    `json:"above" doc:"Boven het maximum."`
	Unsure int    `json:"aboveUnconfirmed" doc:"Boven een maximum op een wettelijke rente zonder tweede bron."`
	Within int    `json:"within" doc:"Binnen het maximum."`
	Doubt  int    `json:"withinUnconfirmed" doc:"Binnen een maximum op een wettelijke rente zonder tweede bron."`
}

func loadOf(l loanbook.Load) Kredietbestand {
	out := Kredietbestand{Number: l.Number, Day: l.Day.String(), Mode: string(l.Mode), State: string(l.State), Rows: l.Rows, Bad: l.Bad, Faults: []FouteKredietregel{}, Balance: loanbook.Euros(l.Balance), Notices: l.Notices}
	for _, b := range l.Shown {
		out.Faults = append(out.Faults, FouteKredietregel(b))
	}
	if !l.Root.IsZero() {
		out.Root = l.Root.String()
	}
	if s := l.Scan; s != nil {
		out.Scan = &Kredietplafondtelling{s.On.String(), s.Count, s.Above, s.Unsure, s.Within, s.Doubt}
	}
	return out
}

type loadsIn struct{ rest.Query }

type loadsOut struct {
	Body struct {
		Items []Kredietbestand `json:"items" doc:"De bestanden van uw onderneming."`
	} `nameHint:"Kredietbestanden"`
}

func (o operations) loads(ctx context.Context, c rest.Caller, _ *loadsIn) (*loadsOut, error) {
	all, err := o.Loads(ctx, c.Actor)
	out := &loadsOut{}
	out.Body.Items = []Kredietbestand{}
	for _, l := range all {
		out.Body.Items = append(out.Body.Items, loadOf(l))
	}
	return out, err
}

type loadIn struct {
	rest.Query
	Number int `path:"nummer" minimum:"1" doc:"Nummer."`
}

type loadOut struct{ Body Kredietbestand }

func (o operations) load(ctx context.Context, c rest.Caller, in *loadIn) (*loadOut, error) {
	l, err := o.Load(ctx, c.Actor, in.Number)
	if err != nil {
		return nil, err
	}
	return &loadOut{loadOf(l)}, nil
}

type uploadIn struct {
	rest.File
	Day  string `query:"day" required:"true" doc:"Op welke dag de overeenkomsten zo stonden." example:"2026-10-31"`
	Mode string `query:"mode" enum:"alles,goede,proef" default:"alles" doc:"alles: met één fout wordt niets overgenomen; goede: foute regels vallen weg; proef: er wordt niets overgenomen."`
}

type uploadOut struct {
	Location string `header:"Location" doc:"Pad van het bestand."`
	Body     Kredietbestand
}

func (o operations) upload(ctx context.Context, c rest.Caller, in *uploadIn) (*uploadOut, error) {
	l, err := o.Import(ctx, c.Actor, loanbook.Order{Day: in.Day, Mode: loanbook.Mode(in.Mode), Key: in.Key}, in.Stream)
	if err != nil {
		return nil, err
	}
	return &uploadOut{Location: rest.Prefix + LoadsPath + "/" + strconv.Itoa(l.Number), Body: loadOf(l)}, nil
}

// RedenVanOngedaan says why a file is taken out.
type RedenVanOngedaan struct {
	Reason string `json:"reason" maxLength:"300" doc:"Waarom." example:"Verkeerd bestand gestuurd."`
}

type undoIn struct {
	rest.Command
	Number int `path:"nummer" minimum:"1" doc:"Nummer."`
	Body   rest.JSON[RedenVanOngedaan]
}

func (o operations) undo(ctx context.Context, c rest.Caller, in *undoIn) (*loadOut, error) {
	l, err := o.Undo(ctx, c.Actor, in.Number, in.Body.Value.Reason)
	if fault.Has(err, "load-not-done") { // a repetition of the same command
		if l, again := o.Load(ctx, c.Actor, in.Number); again == nil && l.State == loanbook.LoadUndone {
			return &loadOut{loadOf(l)}, nil
		}
	}
	if err != nil {
		return nil, err
	}
	return &loadOut{loadOf(l)}, nil
}
