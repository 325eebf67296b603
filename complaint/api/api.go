// Package api lets a firm's programs write complaints down, handle and read them.
package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"zorgplicht/casework"
	caseworkapi "zorgplicht/casework/api"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	Read  = "klachten:lezen"
	Write = "klachten:schrijven"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *complaint.Service) {
	o := operations{s}
	a.Explain(texts)
	const tag = "Klachten"
	one := func(id, path, summary, about string) rest.Op {
		return rest.Op{ID: id, Path: "/klachten/{id}/" + path, Tag: tag, Scope: Write, Status: http.StatusCreated, Errors: []int{404}, Summary: summary, About: about}
	}
	rest.Read(a, rest.Op{ID: "list-klachten", Path: "/klachten", Tag: tag, Scope: Read, Summary: "Vraag de klachten op", About: "De laatst ontvangen eerst, zonder wie klaagt."}, o.list)
	rest.Read(a, rest.Op{ID: "get-klacht", Path: "/klachten/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één klacht op", About: "Met wie klaagt, wat er moet gebeuren, notities en berichten."}, o.one)
	rest.Write(a, rest.Op{
		ID: "schrijf-klacht-op", Path: "/klachten", Tag: tag, Scope: Write, Status: http.StatusCreated, Summary: "Schrijf een klacht op",
		About: "De woorden van de klant zijn daarna niet te wijzigen. De dag van ontvangst is alleen met een reden te verbeteren. Een burgerservicenummer wordt geweigerd.",
	}, o.receive)
	rest.Write(a, one("schrijf-klachtnotitie", "notities", "Schrijf een notitie bij een klacht", "Een notitie verandert niet meer."), o.note)
	rest.Write(a, one("deel-klacht-in", "indelingen", "Zeg waar een klacht over gaat", "Noem in `revision` de herziening die u zag; is er intussen een nieuwere, dan is dat een 409. Wie klaagt blijft zoals het is."), o.classify)
	rest.Write(a, one("corrigeer-klacht", "correcties", "Verbeter wat een klacht is", "Met een reden, ook nadat zij is afgehandeld. Cijfers tellen haar daarna zoals zij is."), o.correct)
	mountImport(a, o)
	mountTogether(a, o)
	rest.Write(a, one("verbeter-klachtontvangst", "ontvangstverbeteringen", "Verbeter de dag van ontvangst", "De termijnen lopen dan vanaf de goede dag. De oude dag en de reden blijven bewaard."), o.correctReceipt)
	rest.Write(a, one("leg-klachtbericht-vast", "berichten", "Leg een bericht aan de klant vast", "Zoals het is verstuurd. Het eerste en het laatste bericht noemen de geschilleninstantie."), o.reply)
	rest.Write(a, one("handel-klacht-af", "afhandelingen", "Handel een klacht af", "Zolang iets van artikel 51 ontbreekt, is dit een 400 die alles noemt."), o.conclude)
	rest.Write(a, one("heropen-klacht", "heropeningen", "Heropen een klacht", "De termijnen beginnen opnieuw."), o.reopen)
}

var texts = map[string]string{
	"unknown-case":       "Deze klacht is er niet, of hoort niet bij uw onderneming.",
	"case-changed":       "De klacht is veranderd sinds u haar opvroeg. Vraag haar opnieuw op en besluit dan.",
	"complaint-handled":  "De klacht is afgehandeld. Heropen haar eerst.",
	"complaint-open":     "De klacht is nog open. Heropenen kan pas als zij is afgehandeld.",
	"invalid-complaint":  "De klacht is zo niet op te schrijven. Zie errors.",
	"invalid-class":      "Deze indeling is zo niet te bewaren. Zie errors.",
	"invalid-correction": "Deze correctie is zo niet te bewaren. Zie errors.",
	"invalid-joint":      "Deze klachten zijn zo niet samen te wijzigen. Zie errors.",
	"invalid-import":     "Deze lijst is zo niet in te lezen. Zie errors.",
	"invalid-undo":       "Dit is zo niet terug te draaien. Zie errors.",
	"invalid-reply":      "Dit bericht is zo niet vast te leggen. Zie errors.",
	"invalid-conclusion": "De klacht kan zo niet worden afgehandeld. Zie errors.",
	"invalid-reopening":  "De klacht kan zo niet worden heropend. Zie errors.",
	"invalid-receipt":    "De dag van ontvangst is zo niet te verbeteren. Zie errors.",
	"invalid-note":       "De notitie is zo niet te bewaren. Zie errors.",
}

type operations struct{ *complaint.Service }

// Klacht is a complaint as the list shows it.
type Klacht struct {
	ID       string `json:"id" format:"uuid" doc:"Kenmerk."`
	Number   string `json:"number" doc:"Nummer." example:"K-2026-0001"`
	Title    string `json:"title" doc:"Waar de klacht over gaat, in een regel."`
	Received string `json:"received" format:"date" doc:"Dag van ontvangst."`
	Way      string `json:"way" doc:"Hoe zij binnenkwam." example:"telefoon"`
	Sort     string `json:"sort" enum:"klacht,claim,ongenoegen" doc:"Wat de klant wil."`
	Product  string `json:"product,omitempty" doc:"Product."`
	Service  string `json:"service,omitempty" doc:"Dienst."`
	Cause    string `json:"cause,omitempty" doc:"Oorzaak." example:"informatie"`
	Outcome  string `json:"outcome,omitempty" doc:"Uitkomst; ontbreekt zolang de klacht open is." example:"gegrond"`
	Redress  int64  `json:"redress,omitempty" doc:"Vergoed, in centen."`
	Handled  string `json:"handled,omitempty" format:"date" doc:"Dag van afhandeling."`
	Group    string `json:"group,omitempty" doc:"Groep van gelijke standaardklachten."`
	Handler  string `json:"handler,omitempty" doc:"Kenmerk van de behandelaar."`
	Revision int64  `json:"revision" doc:"Hoe vaak zij is gewijzigd; stuur dit mee als u iets met de klacht doet."`
}

// Klager is who complains.
type Klager struct {
	Name     string `json:"name" maxLength:"120" doc:"Naam."`
	Address  string `json:"address" maxLength:"120" doc:"Straat en huisnummer."`
	Postcode string `json:"postcode,omitempty" maxLength:"12" doc:"Postcode."`
	Town     string `json:"town" maxLength:"120" doc:"Plaats."`
	Email    string `json:"email,omitempty" maxLength:"254" doc:"E-mailadres."`
	Phone    string `json:"phone,omitempty" maxLength:"30" doc:"Telefoon."`
}

func (k Klager) person() complaint.Person {
	return complaint.Person{Name: k.Name, Address: k.Address, Postcode: k.Postcode, Town: k.Town, Email: k.Email, Phone: k.Phone}
}

// KlachtVoluit is a complaint with all about it.
type KlachtVoluit struct {
	Klacht
	From     Klager            `json:"from" doc:"Wie klaagt."`
	For      string            `json:"for,omitempty" doc:"Namens wie."`
	Original string            `json:"original" doc:"De klacht, zoals zij binnenkwam."`
	About    string            `json:"about,omitempty" doc:"Omschrijving."`
	Dues     []Klachttermijn   `json:"dues" doc:"Wat er voor welke dag moet gebeuren."`
	Replies  []Klachtbericht   `json:"replies" doc:"Berichten aan de klant, het oudste eerst."`
	Notes    []Klachtnotitie   `json:"notes" doc:"Notities, de oudste eerst."`
	Lacks    []Klachtontbreekt `json:"lacks" doc:"Wat de administratie van artikel 51 nog mist."`
}

// Klachttermijn is something that must be done before the end of a day.
type Klachttermijn struct {
	Title string `json:"title" doc:"Wat er moet gebeuren."`
	Day   string `json:"day" format:"date" doc:"Laatste dag."`
	Norm  string `json:"norm,omitempty" doc:"Norm waaruit dit volgt."`
}

// Klachtbericht is what was written to the client.
type Klachtbericht struct {
	Kind string    `json:"kind" enum:"bevestiging,tussenbericht,antwoord" doc:"Soort bericht."`
	At   time.Time `json:"at" doc:"Wanneer verstuurd."`
	Way  string    `json:"way" doc:"Hoe verstuurd."`
	Text string    `json:"text" doc:"Tekst."`
}

// Klachtnotitie is a note.
type Klachtnotitie struct {
	At   time.Time `json:"at" doc:"Wanneer het was."`
	By   string    `json:"by" doc:"Van wie, zoals het journaal dat bewaart."`
	Way  string    `json:"way" doc:"Hoe het contact ging."`
	Text string    `json:"text" doc:"Tekst."`
}

// Klachtontbreekt is something the record lacks.
type Klachtontbreekt struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Norm."`
	Text string `json:"text" doc:"Wat ontbreekt."`
}

func row(b complaint.Brief) Klacht {
	return Klacht{
		ID: string(b.Case.ID), Number: b.Case.Number, Title: b.Case.Title, Received: b.Case.Received.String(), Way: string(b.Way), Sort: string(b.Sort), Product: b.Case.Product,
		Service: b.Service, Cause: string(b.Cause), Outcome: string(b.Outcome), Redress: b.Redress, Handled: b.Handled.String(), Group: b.Group,
		Handler: b.Case.Handler, Revision: b.Case.Revision,
	}
}

func whole(f complaint.File) KlachtVoluit {
	c := f.Complaint
	out := KlachtVoluit{
		Klacht: row(complaint.Brief{Case: c.Case, Way: c.Way, Sort: c.Sort, Service: c.Service, Cause: c.Cause, Outcome: c.Outcome, Redress: c.Redress, Handled: c.Handled, Group: c.Group}),
		From:   Klager(c.From), For: c.For.Name, Original: c.Original, About: c.About,
		Dues: []Klachttermijn{}, Replies: []Klachtbericht{}, Notes: []Klachtnotitie{}, Lacks: []Klachtontbreekt{},
	}
	for _, d := range f.Under.Dues {
		out.Dues = append(out.Dues, Klachttermijn{d.Title, d.Day.String(), string(d.Norm)})
	}
	for _, r := range c.Replies {
		out.Replies = append(out.Replies, Klachtbericht{string(r.Kind), r.At, string(r.Way), r.Text})
	}
	for _, n := range f.Under.Notes {
		out.Notes = append(out.Notes, Klachtnotitie{n.At, n.By, string(n.Way), n.Text})
	}
	for _, r := range c.Lacks() {
		out.Lacks = append(out.Lacks, Klachtontbreekt{r.Code, string(r.Norm), r.Text})
	}
	return out
}

type listIn struct {
	rest.Query
	rest.Paging
	State   string `query:"state" enum:"open,gesloten" doc:"Alleen open of afgehandelde klachten."`
	Cause   string `query:"cause" maxLength:"40" doc:"Alleen met deze oorzaak."`
	Outcome string `query:"outcome" maxLength:"40" doc:"Alleen met deze uitkomst."`
	Product string `query:"product" maxLength:"120" doc:"Alleen over dit product."`
}

type listOut struct{ Body rest.Page[Klacht] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f, err := caseworkapi.Filter(in.Paging)
	if err != nil {
		return nil, err
	}
	f.State, f.Product, f.Facets = casework.State(in.State), in.Product, casework.Facets{complaint.FacetCause: in.Cause, complaint.FacetOutcome: in.Outcome}
	page, err := o.List(ctx, c.Actor.Firm, f)
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Items = slices.Grow([]Klacht{}, len(page.Rows))
	for _, b := range page.Rows {
		out.Body.Items = append(out.Body.Items, row(b))
	}
	out.Body.NextCursor = caseworkapi.Cursor(page.Next)
	return out, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de klacht."`
}

type oneOut struct{ Body KlachtVoluit }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	return o.now(ctx, c.Actor, casework.ID(in.ID), nil)
}

// now is the complaint as it stands after something was done.
func (o operations) now(ctx context.Context, by ident.Actor, id casework.ID, err error) (*oneOut, error) {
	if err != nil {
		return nil, err
	}
	f, err := o.File(ctx, by.Firm, id)
	if err != nil {
		return nil, err
	}
	return &oneOut{whole(f)}, nil
}
