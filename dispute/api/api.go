// Package api lets a firm's programs read the register of dispute bodies, and write
// down and read the disputes there.
package api

import (
	"context"
	"net/http"

	"zorgplicht/casework"
	caseworkapi "zorgplicht/casework/api"
	"zorgplicht/dispute"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	Read = "geschillen:lezen"
	Keep = "geschillen:schrijven"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *dispute.Service) {
	o := operations{s}
	a.Explain(map[string]string{
		"unknown-case": "Dit geschil of deze instantie is er niet, of hoort niet bij uw onderneming.",
		"case-changed": "Het geschil is gewijzigd sinds u het opvroeg. Vraag het opnieuw op en beslis dan.",
		"dispute-over": "Dit geschil is klaar. Er kan niets meer bij.",
		"invalid-body": "Dit is zo niet over de instantie vast te leggen. Zie errors.",

		"recognition-withdrawn": "De erkenning van deze instantie is ingetrokken. Er kan niets meer bij; schrijf haar opnieuw in als zij weer erkenning vraagt.",
		"invalid-receipt":       "De dag waarop het geschil begon is zo niet te verbeteren. Zie errors.",
		"invalid-dispute":       "Het geschil is zo niet vast te leggen. Zie errors.",
	})
	const tag = "Geschillen"
	rest.Read(a, rest.Op{ID: "list-geschilleninstanties", Path: "/geschilleninstanties", Tag: tag, Scope: Read, Summary: "Vraag de geschilleninstanties op", About: "Met erkenning, oordeel over artikel 54 tot en met 58 en onze aansluiting."}, o.bodies)
	rest.Read(a, rest.Op{ID: "get-geschilleninstantie", Path: "/geschilleninstanties/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één geschilleninstantie op", About: "Zonder de namen van de leden."}, o.body)
	rest.Read(a, rest.Op{ID: "list-geschillen", Path: "/geschillen", Tag: tag, Scope: Read, Summary: "Vraag de geschillen op", About: "Het nieuwste eerst."}, o.list)
	rest.Read(a, rest.Op{ID: "get-geschil", Path: "/geschillen/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één geschil op"}, o.one)
	rest.Write(a, rest.Op{ID: "schrijf-geschil", Path: "/geschillen", Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Schrijf een geschil in", About: "Een geschil staat naast het klachtenregister."}, o.file)
	mountWrites(a, o)
}

type operations struct{ *dispute.Service }

// Instantie is a dispute body as programs read it.
type Instantie struct {
	ID            string   `json:"id" format:"uuid" doc:"Kenmerk."`
	Number        string   `json:"number" doc:"Nummer voor mensen." example:"GI-2026-0001"`
	Name          string   `json:"name" doc:"Naam."`
	State         string   `json:"state" enum:"niet-erkend,aangevraagd,erkend,geweigerd,elders-erkend,ingetrokken" doc:"Hoe het staat met de erkenning door de minister van Financiën."`
	DecideBy      string   `json:"decideBy,omitempty" format:"date" doc:"Laatste dag waarop de minister op tijd beslist."`
	Decided       string   `json:"decided,omitempty" format:"date" doc:"Dag van het besluit."`
	Joined        string   `json:"joined,omitempty" format:"date" doc:"Uw onderneming is aangesloten sinds."`
	Left          string   `json:"left,omitempty" format:"date" doc:"Aangesloten tot en met."`
	Looked        bool     `json:"looked" doc:"Of reglement en orgaan zijn bekeken."`
	Violated      []string `json:"violated" doc:"Normen die de instantie overtreedt, voor zover bekeken."`
	NextStatement int      `json:"nextStatement,omitempty" doc:"Eerste jaar waarvan de opgave nog niet is gezien."`
	Revision      int64    `json:"revision" doc:"Telt de wijzigingen."`

	Members    []Instantielid         `json:"members,omitempty" doc:"Leden, zonder hun naam. Alleen bij één instantie."`
	Conditions []Instantievoorschrift `json:"conditions,omitempty" doc:"Voorschriften bij de erkenning. Alleen bij één instantie."`
}

// Instantievoorschrift is a condition tied to the recognition.
type Instantievoorschrift struct {
	ID   string `json:"id" format:"uuid" doc:"Kenmerk."`
	Day  string `json:"day" format:"date" doc:"Van."`
	Text string `json:"text" doc:"Wat het vraagt."`
	Met  *bool  `json:"met,omitempty" doc:"Of de instantie het nakomt; ontbreekt zolang niemand keek."`
}

// Instantielid is a member of the organ, without a name.
type Instantielid struct {
	ID          string   `json:"id" format:"uuid" doc:"Kenmerk."`
	Chair       bool     `json:"chair" doc:"Of het lid voorzitter is."`
	Office      string   `json:"office" format:"date" doc:"In functie sinds."`
	Ended       string   `json:"ended,omitempty" format:"date" doc:"In functie tot en met."`
	Independent bool     `json:"independent" doc:"Of het lid onafhankelijk is (artikel 54), naar wat erover is vastgelegd."`
	Reasons     []string `json:"reasons" doc:"Waarom."`
}

func bodyOf(b dispute.Body) Instantie {
	i := Instantie{
		ID: string(b.ID()), Number: b.Case.Number, Name: b.Name, State: string(b.State()), Joined: b.Joined.String(), Left: b.Left.String(), Looked: b.Looked(), Violated: []string{}, Revision: b.Case.Revision,
	}
	if !b.Applied.IsZero() {
		i.DecideBy = b.DecideBy().DecideBy.String()
	}
	if b.Ruling != nil {
		i.Decided = b.Ruling.Day.String()
	}
	if v := b.Verdict().Violated; v != nil {
		i.Violated = *v
	}
	if b.State() == dispute.Recognised {
		i.NextStatement = b.NextStatement()
	}
	return i
}

// Geschil is a dispute as programs read it.
type Geschil struct {
	ID        string `json:"id" format:"uuid" doc:"Kenmerk."`
	Number    string `json:"number" doc:"Nummer voor mensen." example:"GS-2026-0001"`
	Body      string `json:"body" format:"uuid" doc:"Kenmerk van de instantie."`
	How       string `json:"how" enum:"aanhangig,doorgestuurd" doc:"Hoe het kwam."`
	Filed     string `json:"filed" format:"date" doc:"Sinds."`
	Reference string `json:"reference,omitempty" doc:"Kenmerk bij de instantie."`
	Complaint string `json:"complaint,omitempty" doc:"Nummer van uw klacht."`
	Title     string `json:"title" doc:"Waar het over gaat, in één regel."`
	AnswerBy  string `json:"answerBy,omitempty" format:"date" doc:"Reageren voor."`
	Answered  string `json:"answered,omitempty" format:"date" doc:"Gereageerd op."`
	Outcome   string `json:"outcome,omitempty" enum:"niet-bindend-advies,bindend-advies,schikking,niet-behandeld,ingetrokken,als-klacht-behandeld" doc:"Hoe het eindigde."`
	Result    string `json:"result,omitempty" enum:"klant,deels,onderneming,geen" doc:"Voor wie de uitkomst was."`
	Ended     string `json:"ended,omitempty" format:"date" doc:"Dag waarop de uitkomst is meegedeeld."`
	PerformBy string `json:"performBy,omitempty" format:"date" doc:"Uitvoeren voor."`
	Performed string `json:"performed,omitempty" format:"date" doc:"Uitgevoerd op."`
	Open      bool   `json:"open" doc:"Of er nog iets moet gebeuren."`
	Revision  int64  `json:"revision" doc:"Telt de wijzigingen."`
}

func caseOf(d dispute.Dispute) Geschil {
	return Geschil{
		ID: string(d.ID()), Number: d.Case.Number, Body: string(d.Body), How: string(d.How), Filed: d.Case.Received.String(), Reference: d.Reference, Complaint: d.Complaint, Title: d.Case.Title, AnswerBy: d.AnswerBy.String(), Answered: d.Answered.String(),
		Outcome: string(d.Outcome), Result: string(d.Result), Ended: d.Ended.String(), PerformBy: d.PerformBy.String(), Performed: d.Performed.String(), Open: d.Case.Open(), Revision: d.Case.Revision,
	}
}

type bodiesIn struct {
	rest.Query
	rest.Paging
}

type bodiesOut struct{ Body rest.Page[Instantie] }

func (o operations) bodies(ctx context.Context, c rest.Caller, in *bodiesIn) (*bodiesOut, error) {
	f, err := caseworkapi.Filter(in.Paging)
	if err != nil {
		return nil, err
	}
	list, next, err := o.Bodies(ctx, c.Actor.Firm, f)
	out := &bodiesOut{Body: rest.Page[Instantie]{Items: []Instantie{}, NextCursor: caseworkapi.Cursor(next)}}
	for _, b := range list {
		out.Body.Items = append(out.Body.Items, bodyOf(b))
	}
	return out, err
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type bodyOut struct{ Body Instantie }

func (o operations) body(ctx context.Context, c rest.Caller, in *oneIn) (*bodyOut, error) {
	f, err := o.Body(ctx, c.Actor.Firm, casework.ID(in.ID))
	if err != nil {
		return nil, err
	}
	out := bodyOf(f.Body)
	for _, m := range f.Members {
		judged := m.Independent()
		one := Instantielid{ID: m.ID, Chair: m.Chair, Office: m.Office.String(), Ended: m.Ended.String(), Independent: judged.Independent, Reasons: []string{}}
		for _, r := range judged.Because {
			one.Reasons = append(one.Reasons, r.Text)
		}
		out.Members = append(out.Members, one)
	}
	for _, one := range f.Conditions {
		out.Conditions = append(out.Conditions, Instantievoorschrift{one.ID, one.Day.String(), one.Text, one.Met})
	}
	return &bodyOut{out}, nil
}

type listIn struct {
	rest.Query
	rest.Paging
	At   string `query:"body" format:"uuid" doc:"Alleen bij deze instantie."`
	Open bool   `query:"open" doc:"Alleen wat nog open is."`
}

type listOut struct{ Body rest.Page[Geschil] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f, err := caseworkapi.Filter(in.Paging)
	if err != nil {
		return nil, err
	}
	f.Facets = casework.Facets{dispute.FacetBody: in.At}
	if in.Open {
		f.State = casework.IsOpen
	}
	list, next, err := o.Disputes(ctx, c.Actor.Firm, f)
	out := &listOut{Body: rest.Page[Geschil]{Items: []Geschil{}, NextCursor: caseworkapi.Cursor(next)}}
	for _, d := range list {
		out.Body.Items = append(out.Body.Items, caseOf(d))
	}
	return out, err
}

type oneOut struct{ Body Geschil }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	f, err := o.Dispute(ctx, c.Actor.Firm, casework.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &oneOut{caseOf(f.Dispute)}, nil
}

// NieuwGeschil is what a program writes down.
type NieuwGeschil struct {
	Body        string `json:"body" format:"uuid" doc:"Kenmerk van de instantie."`
	How         string `json:"how" enum:"aanhangig,doorgestuurd" doc:"Hoe het kwam."`
	Filed       string `json:"filed" format:"date" doc:"Sinds: vandaag of eerder."`
	About       string `json:"about" maxLength:"20000" doc:"Waar het over gaat."`
	Reference   string `json:"reference,omitempty" maxLength:"60" doc:"Kenmerk bij de instantie."`
	Complaint   string `json:"complaint,omitempty" maxLength:"30" doc:"Nummer van uw klacht."`
	Complainant string `json:"complainant,omitempty" maxLength:"200" doc:"Wie het geschil heeft."`
	Product     string `json:"product,omitempty" maxLength:"200" doc:"Product."`
	AnswerBy    string `json:"answerBy,omitempty" format:"date" doc:"Reageren voor."`
}

type fileIn struct {
	rest.Command
	Body rest.JSON[NieuwGeschil]
}

type fileOut struct {
	Location string `header:"Location" doc:"Pad van het geschil."`
	Body     Geschil
}

func (o operations) file(ctx context.Context, c rest.Caller, in *fileIn) (*fileOut, error) {
	b := in.Body.Value
	d, err := o.File(ctx, c.Actor, "", dispute.Filing{
		Detail: dispute.Detail{Reference: b.Reference, Complaint: b.Complaint, Complainant: b.Complainant, Product: b.Product},
		Body:   casework.ID(b.Body), How: dispute.How(b.How), Filed: caseworkapi.Day(b.Filed), About: b.About, AnswerBy: caseworkapi.Day(b.AnswerBy), Key: in.Key,
	})
	if err != nil {
		return nil, err
	}
	return &fileOut{rest.Prefix + "/geschillen/" + string(d.ID()), caseOf(d)}, nil
}
