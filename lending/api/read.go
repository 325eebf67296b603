package api

import (
	"context"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/lending"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// Kredietaanvraag is an application as the list has it.
type Kredietaanvraag struct {
	ID        string `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string `json:"number" doc:"Nummer, voor mensen." example:"A-2026-0012"`
	Name      string `json:"name" doc:"Aanvrager."`
	Product   string `json:"product,omitempty" doc:"Product."`
	Received  string `json:"received" format:"date" doc:"Dag van ontvangst."`
	Amount    string `json:"amount" doc:"Bedrag dat telt: som of limiet, in euro." example:"12500.00"`
	State     string `json:"state" enum:"ontvangen,aanvaard,geweigerd,ingetrokken,gesloten,afgewikkeld" doc:"Stand."`
	Verdict   string `json:"verdict,omitempty" enum:"accept,refer,refuse,incomplete" doc:"Oordeel over de gegevens van nu; ontbreekt als zij niet zijn beoordeeld."`
	Concluded string `json:"concluded,omitempty" doc:"Dag waarop de overeenkomst is gesloten."`
}

// RedenVanOordeel is one reason of a rule.
type RedenVanOordeel struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Kenmerk van de norm."`
	Text string `json:"text" doc:"De zin."`
}

// AndereWaarde is another value with which the outcome had been different.
type AndereWaarde struct {
	Field string `json:"field" doc:"Veld van de criteria."`
	From  string `json:"from" doc:"Wat het was; leeg als het niet bekend was."`
	To    string `json:"to" doc:"Waarmee de uitkomst anders was geweest."`
}

// Acceptatiecriterium is what one rule of the criteria said.
type Acceptatiecriterium struct {
	ID       string         `json:"id" doc:"Kenmerk van de regel in de regelset."`
	Category string         `json:"category" doc:"Waar de regel toe leidt."`
	Outcome  string         `json:"outcome" enum:"no,unknown,yes" doc:"Of de regel raakt."`
	Changes  []AndereWaarde `json:"changes" doc:"De kleinste wijziging die dit omdraait."`
}

// Kredietoordeel is what the criteria of a day said.
type Kredietoordeel struct {
	Nr       int64                 `json:"nr" doc:"Het hoeveelste van deze aanvraag."`
	Data     int64                 `json:"data" doc:"Over welke stand van de gegevens."`
	Day      string                `json:"day" format:"date" doc:"Dag van beoordelen."`
	Set      string                `json:"set" doc:"Naam van de regelset."`
	Version  int                   `json:"version" doc:"Versie."`
	Hash     string                `json:"hash" doc:"Zegel van de versie, SHA-256."`
	Verdict  string                `json:"verdict" enum:"accept,refer,refuse,incomplete" doc:"Oordeel."`
	Category string                `json:"category" doc:"Categorie van de regelset."`
	Values   map[string]string     `json:"values" doc:"Waarmee is beoordeeld, per veld."`
	Criteria []Acceptatiecriterium `json:"criteria" doc:"Wat elk criterium zegt."`
	Missing  []string              `json:"missing" doc:"Velden die nog nodig zijn."`
	Changes  []AndereWaarde        `json:"changes" doc:"Waarmee de aanvraag had voldaan."`
	Reasons  []RedenVanOordeel     `json:"reasons" doc:"Waarom."`
}

// Kredietraadpleging is that somebody looked in the credit register.
type Kredietraadpleging struct {
	On        string `json:"on" format:"date" doc:"Dag."`
	System    string `json:"system" doc:"Stelsel."`
	Reference string `json:"reference" doc:"Kenmerk."`
	Found     string `json:"found,omitempty" doc:"Wat er stond."`
}

// Effectenwaardering is what the pledged securities were worth on a day.
type Effectenwaardering struct {
	On    string `json:"on" format:"date" doc:"Dag."`
	Value string `json:"value" doc:"Waarde in euro."`
}

// KredietaanvraagVoluit is an application with all about it.
type KredietaanvraagVoluit struct {
	Kredietaanvraag
	Revision   int64                `json:"revision" doc:"Telt de wijzigingen; noem haar als saw."`
	Reference  string               `json:"reference,omitempty" doc:"Uw klantnummer."`
	Request    Kredietvraag         `json:"request" doc:"Wat is gevraagd."`
	Set        string               `json:"set,omitempty" doc:"Regelset waarmee wordt beoordeeld, als er meer gelden."`
	Answers    map[string]string    `json:"answers" doc:"Wat de aanvrager opgaf, per veld."`
	Judgements []Kredietoordeel     `json:"judgements" doc:"Alle oordelen, het laatste eerst."`
	Consulted  []Kredietraadpleging `json:"consulted" doc:"Raadplegingen van het kredietregister."`
	Values     []Effectenwaardering `json:"values" doc:"Waarderingen van beleende effecten tijdens de looptijd."`
	Lacks      []RedenVanOordeel    `json:"lacks" doc:"Wat nog nodig is voor de overeenkomst kan worden gesloten."`
	Agreement  string               `json:"agreement,omitempty" doc:"Nummer van de overeenkomst."`
	Settled    string               `json:"settled,omitempty" doc:"Dag waarop alles was afgewikkeld."`
	KeptUntil  string               `json:"keptUntil,omitempty" doc:"Laatste dag waarop het dossier er moet zijn; ontbreekt zolang die niet bekend is."`
}

// Kredietvraag is what is asked.
type Kredietvraag struct {
	Business   bool   `json:"business,omitempty" doc:"De klant handelt zakelijk."`
	Form       string `json:"form" enum:"lening,doorlopend,goederen" doc:"Soort krediet."`
	Amount     string `json:"amount" maxLength:"20" doc:"Som, limiet of contante prijs, in euro." example:"12500.00"`
	Down       string `json:"down,omitempty" maxLength:"20" doc:"Aanbetaling bij goederenkrediet, in euro."`
	Months     int64  `json:"months,omitempty" doc:"Looptijd in maanden."`
	Purpose    string `json:"purpose" enum:"vervoer,woning,aflossing,aankoop,effecten,anders" doc:"Waarvoor."`
	Household  string `json:"household,omitempty" enum:"alleenstaand,alleenstaande ouder,samenwonend,gezin" doc:"Huishouden."`
	Children   int64  `json:"children,omitempty" doc:"Aantal kinderen."`
	Collateral string `json:"collateral,omitempty" enum:"beurs,openbare prijs,geen prijs" doc:"Beleende effecten, naar hoe hun prijs bekend is."`
	Value      string `json:"value,omitempty" maxLength:"20" doc:"Waarde van de effecten, in euro."`
	Product    string `json:"product,omitempty" maxLength:"120" doc:"Product."`
}

// euros writes an amount with a point.
func euros(c money.Cents) string {
	return strings.NewReplacer("€\u00a0", "", ".", "", ",", ".").Replace(c.Dutch())
}

func maybe(c money.Cents) string {
	if c == 0 {
		return ""
	}
	return euros(c)
}

func request(r lending.Request) Kredietvraag {
	return Kredietvraag{
		Business: r.Business, Form: string(r.Form), Amount: euros(r.Amount), Down: maybe(r.Down), Months: r.Months, Purpose: string(r.Purpose),
		Household: string(r.Household), Children: r.Children, Collateral: string(r.Collateral), Value: maybe(r.Value), Product: r.Product,
	}
}

func reasons(list []rule.Reason) []RedenVanOordeel {
	all := make([]RedenVanOordeel, 0, len(list))
	for _, r := range list {
		all = append(all, RedenVanOordeel{r.Code, string(r.Norm), r.Text})
	}
	return all
}

func judgement(j lending.Judgement) Kredietoordeel {
	body := j.Body.Said()
	out := Kredietoordeel{
		Nr: j.Nr, Data: j.Data, Day: j.Day.String(), Set: j.Set, Version: j.Version, Hash: j.Hash.String(), Verdict: string(j.Verdict), Category: body.Ruling.Category,
		Values: body.Values, Criteria: []Acceptatiecriterium{}, Missing: body.Missing, Changes: []AndereWaarde{}, Reasons: append(reasons(body.OfVerdict), reasons(body.OfRuling)...),
	}
	for _, r := range body.Ruling.Rules {
		c := Acceptatiecriterium{ID: r.ID, Category: r.Category, Outcome: r.Outcome, Changes: []AndereWaarde{}}
		for _, x := range r.Changes {
			c.Changes = append(c.Changes, AndereWaarde(x))
		}
		out.Criteria = append(out.Criteria, c)
	}
	for _, x := range body.Changes {
		out.Changes = append(out.Changes, AndereWaarde(x))
	}
	return out
}

func (o operations) whole(f lending.File) KredietaanvraagVoluit {
	a := f.Application
	row := lending.Row{ID: a.ID(), Number: a.Case.Number, Name: a.Applicant.Name, Product: a.Request.Product, Received: a.Case.Received, Amount: a.Request.Credit(), State: a.State, Concluded: a.Concluded}
	if a.Judged != nil {
		row.Verdict = a.Judged.Verdict
	}
	out := KredietaanvraagVoluit{
		Kredietaanvraag: brief(row), Revision: a.Case.Revision, Reference: a.Applicant.Reference, Request: request(a.Request), Set: a.Set, Answers: a.Answers,
		Judgements: []Kredietoordeel{}, Consulted: []Kredietraadpleging{}, Values: []Effectenwaardering{}, Lacks: []RedenVanOordeel{}, Agreement: a.Agreement, Settled: a.Settled.String(),
		KeptUntil: credit.CreditRetention.Ask(a.Keeping()).Last().String(),
	}
	if out.Answers == nil {
		out.Answers = map[string]string{}
	}
	for _, j := range f.Judgements {
		out.Judgements = append(out.Judgements, judgement(j))
	}
	for _, c := range a.Consulted {
		out.Consulted = append(out.Consulted, Kredietraadpleging{c.On.String(), c.System, c.Reference, c.Found})
	}
	for _, v := range a.Values {
		out.Values = append(out.Values, Effectenwaardering{v.On.String(), euros(v.Value)})
	}
	if a.State == lending.Received || a.State == lending.Accepted {
		out.Lacks = reasons(a.Lacks(o.today()))
	}
	return out
}

func brief(r lending.Row) Kredietaanvraag {
	return Kredietaanvraag{
		ID: string(r.ID), Number: r.Number, Name: r.Name, Product: r.Product, Received: r.Received.String(), Amount: euros(r.Amount), State: string(r.State),
		Verdict: string(r.Verdict), Concluded: r.Concluded.String(),
	}
}

type listOut struct {
	Body rest.Page[Kredietaanvraag]
}

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f := lending.Filter{State: lending.State(in.State), Verdict: lending.Verdict(in.Verdict), Order: lending.Order(in.Order), Limit: in.Limit}.Search(in.Sought)
	place, err := in.FromWord()
	if err != nil {
		return nil, err
	}
	if id, key, ok := strings.Cut(place, " "); ok && ident.Valid(id) {
		f.After = &lending.Place{ID: casework.ID(id), Key: key}
	} else if place != "" {
		return nil, rest.Wrong("query", "/cursor", "cursor-invalid", "Geef nextCursor van de vorige bladzijde, onveranderd.")
	}
	p, err := o.Applications(ctx, c.Actor.Firm, f)
	if err != nil {
		return nil, err
	}
	var out listOut
	out.Body.Items = make([]Kredietaanvraag, 0, len(p.Rows))
	for _, r := range p.Rows {
		out.Body.Items = append(out.Body.Items, brief(r))
	}
	if p.Next != nil {
		out.Body.NextCursor = rest.WordCursor(string(p.Next.ID) + " " + p.Next.Key)
	}
	return &out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body KredietaanvraagVoluit }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	f, err := o.File(ctx, c.Actor.Firm, casework.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &oneOut{o.whole(f)}, nil
}
