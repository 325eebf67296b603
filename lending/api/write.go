package api

import (
	"context"
	"maps"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/lending"
	"zorgplicht/money"
)

// NieuweKredietaanvraag is an application as a program brings it in.
type NieuweKredietaanvraag struct {
	Received calendar.Date `json:"received" doc:"Dag van ontvangst."`
	Aanvraaggegevens
}

// Aanvraaggegevens are what is told of an application.
type Aanvraaggegevens struct {
	Name      string            `json:"name" maxLength:"120" doc:"Aanvrager."`
	Reference string            `json:"reference,omitempty" maxLength:"60" doc:"Uw klantnummer; geen burgerservicenummer."`
	Request   Kredietvraag      `json:"request" doc:"Wat wordt gevraagd."`
	Set       string            `json:"set,omitempty" maxLength:"60" doc:"Regelset waarmee wordt beoordeeld; nodig als er meer gelden."`
	Answers   map[string]string `json:"answers,omitempty" doc:"Wat de aanvrager opgaf, per veld van de criteria. Bedragen met een punt."`
}

// GewijzigdeKredietaanvraag are what is told now.
type GewijzigdeKredietaanvraag struct {
	Aanvraaggegevens
	Saw int64 `json:"saw" doc:"De revisie die u zag."`
}

// cents reads an amount with a point; what is none is refused with the rest.
func cents(s string) money.Cents {
	if s == "" {
		return 0
	}
	c, err := money.ParseCents(strings.Replace(s, ".", ",", 1))
	if err != nil {
		return -1
	}
	return c
}

func (g Aanvraaggegevens) told() lending.Told {
	r := g.Request
	return lending.Told{
		Applicant: lending.Person{Name: g.Name, Reference: g.Reference}, Set: g.Set, Answers: maps.Clone(g.Answers),
		Request: lending.Request{
			Business: r.Business, Form: lending.Form(r.Form), Amount: cents(r.Amount), Down: cents(r.Down), Months: r.Months, Purpose: lending.Purpose(r.Purpose),
			Household: lending.Household(r.Household), Children: r.Children, Collateral: lending.Collateral(r.Collateral), Value: cents(r.Value), Product: r.Product,
		},
	}
}

type receiveIn struct {
	rest.Command
	Body rest.JSON[NieuweKredietaanvraag]
}

type madeOut struct {
	Location string `header:"Location" doc:"Pad van de aanvraag."`
	Body     KredietaanvraagVoluit
}

func (o operations) receive(ctx context.Context, c rest.Caller, in *receiveIn) (*madeOut, error) {
	b := in.Body.Value
	a, err := o.Receive(ctx, c.Actor, lending.Intake{Received: b.Received, Told: b.told(), Key: in.Key})
	out, err := o.after(ctx, c, a, flat(err))
	if err != nil {
		return nil, err
	}
	return &madeOut{Location: rest.Prefix + path + "/" + string(a.ID()), Body: out.Body}, nil
}

// flat leads faults of the applicant to where they stand in the body.
func flat(err error) error {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return err
	}
	details := slices.Clone(f.Details)
	for i := range details {
		details[i].Pointer = strings.TrimPrefix(details[i].Pointer, "/applicant")
	}
	return fault.All(f.Reason, details)
}

// after answers with the application as it then stands.
func (o operations) after(ctx context.Context, c rest.Caller, a lending.Application, err error) (*oneOut, error) {
	if err != nil {
		return nil, err
	}
	f, err := o.File(ctx, c.Actor.Firm, a.ID())
	if err != nil {
		return nil, err
	}
	return &oneOut{o.whole(f)}, nil
}

// A stepIn is one thing that is done to an application.
type stepIn[T any] struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[T]
}

func (in *stepIn[T]) at(saw int64) lending.At {
	return lending.At{ID: casework.ID(in.ID), Saw: saw, Key: in.Key}
}

func (o operations) change(ctx context.Context, c rest.Caller, in *stepIn[GewijzigdeKredietaanvraag]) (*oneOut, error) {
	a, err := o.Change(ctx, c.Actor, in.at(in.Body.Value.Saw), in.Body.Value.told())
	return o.after(ctx, c, a, flat(err))
}

// GezieneAanvraag says which state of the application was looked at.
type GezieneAanvraag struct {
	Saw int64 `json:"saw" doc:"De revisie die u zag."`
}

func (o operations) judge(ctx context.Context, c rest.Caller, in *stepIn[GezieneAanvraag]) (*oneOut, error) {
	a, err := o.JudgeAnew(ctx, c.Actor, in.at(in.Body.Value.Saw))
	return o.after(ctx, c, a, err)
}

// NieuweKredietraadpleging is that somebody looked in the credit register.
type NieuweKredietraadpleging struct {
	GezieneAanvraag
	On        calendar.Date `json:"on" doc:"Dag."`
	System    string        `json:"system" maxLength:"120" doc:"Stelsel van kredietregistratie." example:"BKR"`
	Reference string        `json:"reference" maxLength:"60" doc:"Kenmerk van de raadpleging."`
	Found     string        `json:"found,omitempty" maxLength:"20000" doc:"Wat er stond."`
}

func (o operations) consult(ctx context.Context, c rest.Caller, in *stepIn[NieuweKredietraadpleging]) (*oneOut, error) {
	b := in.Body.Value
	a, err := o.Consult(ctx, c.Actor, in.at(b.Saw), lending.Looking{On: b.On, System: b.System, Reference: b.Reference, Found: b.Found})
	return o.after(ctx, c, a, err)
}

// NieuwKredietbesluit is what is decided on an application.
type NieuwKredietbesluit struct {
	GezieneAanvraag
	Decision string `json:"decision" enum:"accept,decline,withdraw" doc:"Aanvaarden, weigeren, of ingetrokken door de klant."`
	Why      string `json:"why,omitempty" maxLength:"20000" doc:"Waarom. Nodig als de criteria het aan u laten, als u weigert wat voldoet, en bij intrekking."`
}

func (o operations) decide(ctx context.Context, c rest.Caller, in *stepIn[NieuwKredietbesluit]) (*oneOut, error) {
	b := in.Body.Value
	if b.Decision == "withdraw" {
		a, err := o.Withdraw(ctx, c.Actor, in.at(b.Saw), b.Why)
		return o.after(ctx, c, a, err)
	}
	a, err := o.Decide(ctx, c.Actor, in.at(b.Saw), b.Decision == "accept", b.Why)
	return o.after(ctx, c, a, err)
}

// GeslotenKredietovereenkomst is that the agreement is concluded.
type GeslotenKredietovereenkomst struct {
	GezieneAanvraag
	On        calendar.Date `json:"on" doc:"Dag."`
	Reference string        `json:"reference" maxLength:"60" doc:"Nummer van de overeenkomst."`
}

func (o operations) conclude(ctx context.Context, c rest.Caller, in *stepIn[GeslotenKredietovereenkomst]) (*oneOut, error) {
	b := in.Body.Value
	a, err := o.Conclude(ctx, c.Actor, in.at(b.Saw), b.On, b.Reference)
	return o.after(ctx, c, a, err)
}

// NieuweEffectenwaardering is what the pledged securities were worth on a day.
type NieuweEffectenwaardering struct {
	GezieneAanvraag
	On    calendar.Date `json:"on" doc:"Dag."`
	Value string        `json:"value" maxLength:"20" doc:"Waarde in euro." example:"85000.00"`
}

func (o operations) value(ctx context.Context, c rest.Caller, in *stepIn[NieuweEffectenwaardering]) (*oneOut, error) {
	b := in.Body.Value
	value := cents(b.Value)
	if b.Value == "" {
		value = -1 // nothing is no value of nil
	}
	a, err := o.Value(ctx, c.Actor, in.at(b.Saw), b.On, value)
	return o.after(ctx, c, a, err)
}

// Kredietafwikkeling is the day on which all was paid and settled.
type Kredietafwikkeling struct {
	GezieneAanvraag
	On calendar.Date `json:"on" doc:"Dag."`
}

func (o operations) settle(ctx context.Context, c rest.Caller, in *stepIn[Kredietafwikkeling]) (*oneOut, error) {
	a, err := o.Settle(ctx, c.Actor, in.at(in.Body.Value.Saw), in.Body.Value.On)
	return o.after(ctx, c, a, err)
}

// Kredietoverdracht is that the portfolio went to another provider.
type Kredietoverdracht struct {
	GezieneAanvraag
	On calendar.Date `json:"on" doc:"Dag."`
	To string        `json:"to" maxLength:"120" doc:"Aan welke aanbieder."`
}

func (o operations) transfer(ctx context.Context, c rest.Caller, in *stepIn[Kredietoverdracht]) (*oneOut, error) {
	a, err := o.Transfer(ctx, c.Actor, in.at(in.Body.Value.Saw), in.Body.Value.On, in.Body.Value.To)
	return o.after(ctx, c, a, err)
}

// Kredietnormbedrag is an amount that the firm entered with its source.
type Kredietnormbedrag struct {
	ID        string `json:"id" format:"uuid" doc:"Kenmerk."`
	Name      string `json:"name" doc:"Veld van de criteria." example:"leefnorm"`
	Household string `json:"household,omitempty" doc:"Huishouden; ontbreekt als het voor alle geldt."`
	Value     string `json:"value" doc:"Bedrag in euro." example:"1060.00"`
	From      string `json:"from" format:"date" doc:"Eerste dag."`
	Source    string `json:"source" doc:"Bron."`
	Counts    bool   `json:"counts" doc:"Of het vandaag telt."`
}

// NieuwKredietnormbedrag is an amount to enter.
type NieuwKredietnormbedrag struct {
	Name      string        `json:"name" maxLength:"40" doc:"Veld van de criteria." example:"leefnorm"`
	Household string        `json:"household,omitempty" enum:"alleenstaand,alleenstaande ouder,samenwonend,gezin" doc:"Huishouden; laat weg voor alle."`
	Value     string        `json:"value" maxLength:"20" doc:"Bedrag in euro." example:"1060.00"`
	From      calendar.Date `json:"from" doc:"Eerste dag."`
	Source    string        `json:"source" maxLength:"300" doc:"Bron: welke tabel, van welke dag."`
}

type normsIn struct{ rest.Query }

type normsOut struct {
	Body struct {
		Items []Kredietnormbedrag `json:"items" doc:"De normbedragen van uw onderneming."`
	} `nameHint:"Normbedragen"`
}

func (o operations) norms(ctx context.Context, c rest.Caller, _ *normsIn) (*normsOut, error) {
	all, err := o.Norms(ctx, c.Actor.Firm)
	if err != nil {
		return nil, err
	}
	counts := lending.Counts(all, o.today())
	var out normsOut
	out.Body.Items = make([]Kredietnormbedrag, 0, len(all))
	for _, n := range all {
		out.Body.Items = append(out.Body.Items, amount(n, counts[n.ID]))
	}
	return &out, nil
}

func amount(n lending.SetNorm, counts bool) Kredietnormbedrag {
	return Kredietnormbedrag{ID: n.ID, Name: n.Name, Household: string(n.Household), Value: n.Value.String(), From: n.From.String(), Source: n.Source, Counts: counts}
}

type setNormIn struct {
	rest.Command
	Body rest.JSON[NieuwKredietnormbedrag]
}

type setNormOut struct{ Body Kredietnormbedrag }

func (o operations) setNorm(ctx context.Context, c rest.Caller, in *setNormIn) (*setNormOut, error) {
	b := in.Body.Value
	n, err := o.SetNorm(ctx, c.Actor, lending.Setting{Name: b.Name, Household: lending.Household(b.Household), Value: b.Value, From: b.From, Source: b.Source, Key: in.Key})
	if err != nil {
		return nil, err
	}
	all, err := o.Norms(ctx, c.Actor.Firm)
	return &setNormOut{amount(n, lending.Counts(all, o.today())[n.ID])}, err
}
