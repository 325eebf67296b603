// Package api lets a firm's programs read root causes, write them down, say which
// complaints they explain, and tell what is done about them.
package api

import (
	"context"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/incident"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	Read = "oorzaken:lezen"
	Keep = "oorzaken:schrijven"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *cause.Service) {
	o := operations{s}
	a.Explain(map[string]string{
		"unknown-case":  "Deze oorzaak is er niet, of hoort niet bij uw onderneming.",
		"case-changed":  "De oorzaak is gewijzigd sinds u haar opvroeg. Vraag haar opnieuw op en beslis dan.",
		"cause-ended":   "Deze oorzaak is afgerond. Heropen haar eerst, op de werkplek.",
		"invalid-cause": "De oorzaak is zo niet vast te leggen. Zie errors.",
	})
	const tag, path = "Oorzaken", "/oorzaken"
	rest.Read(a, rest.Op{ID: "list-oorzaken", Path: path, Tag: tag, Scope: Read, Summary: "Vraag de oorzaken op", About: "De laatst gevonden eerst, met hoeveel klachten zij verklaren."}, o.list)
	rest.Read(a, rest.Op{ID: "get-oorzaak", Path: path + "/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één oorzaak op", About: "Met maatregelen en de klachten voor en na elk."}, o.one)
	rest.Write(a, rest.Op{ID: "schrijf-oorzaak", Path: path, Tag: tag, Scope: Keep, Status: http.StatusCreated, Summary: "Schrijf een oorzaak op"}, o.find)
	write := func(id, path, summary string) rest.Op {
		return rest.Op{ID: id, Path: "/oorzaken/{id}/" + path, Tag: tag, Scope: Keep, Status: http.StatusCreated, Errors: []int{404}, Summary: summary}
	}
	rest.Write(a, write("koppel-klachten", "klachten", "Koppel klachten aan een oorzaak"), o.explain)
	rest.Write(a, write("besluit-maatregel", "maatregelen", "Leg een maatregel vast"), o.decide)
	rest.Write(a, write("voer-maatregel-uit", "uitvoeringen", "Leg vast dat een maatregel is uitgevoerd"), o.done)
	rest.Write(a, write("controleer-maatregel", "controles", "Leg vast of een maatregel werkt"), o.check)
}

type operations struct{ *cause.Service }

// sees is what programs see: no case of a compartment.
var sees = casework.Sight{Hidden: []casework.Kind{incident.Kind, "betrouwbaarheid"}}

// Oorzaak is a root cause as programs read it.
type Oorzaak struct {
	ID         string             `json:"id" format:"uuid" doc:"Kenmerk."`
	Number     string             `json:"number" doc:"Nummer voor mensen." example:"O-2026-0001"`
	Title      string             `json:"title" doc:"De oorzaak in een paar woorden."`
	Found      string             `json:"found" format:"date" doc:"Gevonden op."`
	Sort       string             `json:"sort" enum:"advies,informatie,deskundigheid,administratie,voorwaarden,prijs,behandelduur,anders" doc:"Soort oorzaak."`
	Product    string             `json:"product,omitempty" doc:"Product."`
	Service    string             `json:"service,omitempty" doc:"Dienst."`
	State      string             `json:"state" enum:"zonder-maatregel,in-uitvoering,te-controleren,werkt-niet,werkt,geen-maatregel-nodig" doc:"Hoever het is met de maatregelen."`
	Complaints int                `json:"complaints" doc:"Aantal klachten dat de oorzaak verklaart."`
	Open       bool               `json:"open" doc:"Of er nog aan wordt gewerkt."`
	Revision   int64              `json:"revision" doc:"Stuur dit mee als u de oorzaak wijzigt."`
	What       string             `json:"what,omitempty" doc:"Wat er misgaat. Alleen bij één oorzaak."`
	Measures   []Oorzaakmaatregel `json:"measures,omitempty" doc:"Maatregelen. Alleen bij één oorzaak."`
}

// Oorzaakmaatregel is what is done about a root cause.
type Oorzaakmaatregel struct {
	ID      string `json:"id" format:"uuid" doc:"Kenmerk."`
	Kind    string `json:"kind" enum:"persoon,procedure,beleid,herstel,geen" doc:"Waar zij over gaat."`
	What    string `json:"what" doc:"Wat er gebeurt."`
	Due     string `json:"due,omitempty" format:"date" doc:"Uiterlijk uitgevoerd."`
	Done    string `json:"done,omitempty" format:"date" doc:"Uitgevoerd."`
	CheckOn string `json:"checkOn,omitempty" format:"date" doc:"Uiterlijk bekeken of zij werkt."`
	Checked string `json:"checked,omitempty" format:"date" doc:"Bekeken of zij werkt."`
	Effect  string `json:"effect,omitempty" enum:"werkt,deels,werkt-niet" doc:"Of zij werkt."`
	Days    int    `json:"days,omitempty" doc:"Over hoeveel dagen voor en na de uitvoering klachten zijn geteld."`
	Before  int    `json:"before,omitempty" doc:"Klachten in die dagen ervoor."`
	After   int    `json:"after,omitempty" doc:"Klachten in die dagen erna."`
}

func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func rowOf(c cause.Cause, tallies []casework.Tally) Oorzaak {
	return Oorzaak{
		ID: string(c.ID()), Number: c.Case.Number, Title: c.Case.Title, Found: day(c.Case.Received), Sort: string(c.Sort), Product: c.Case.Product, Service: c.Service,
		State: string(c.State()), Complaints: cause.Complaints(tallies, complaint.Kind), Open: c.Case.Open(), Revision: c.Case.Revision,
	}
}

func (o operations) wholeOf(c cause.Cause, tallies []casework.Tally) Oorzaak {
	row := rowOf(c, tallies)
	row.What = c.What
	for _, m := range c.Measures {
		e, _ := cause.Counted(tallies, m.Done, o.Casework.Today())
		row.Measures = append(row.Measures, Oorzaakmaatregel{m.ID, string(m.Kind), m.What, day(m.Due), day(m.Done), day(m.CheckOn), day(m.Checked), string(m.Effect), e.Days, e.Before, e.After})
	}
	return row
}

type listIn struct {
	rest.Query
	rest.Paging
	State string `query:"state" enum:"zonder-maatregel,in-uitvoering,te-controleren,werkt-niet,werkt,geen-maatregel-nodig" doc:"Alleen met deze stand van de maatregelen."`
	Open  bool   `query:"open" doc:"Alleen wat nog open is."`
}

type listOut struct{ Body rest.Page[Oorzaak] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	f := casework.Filter{Limit: in.Limit, Facets: casework.Facets{cause.FacetState: in.State}}
	place, err := in.From()
	if err != nil {
		return nil, err
	}
	if place != nil {
		f.Cursor = casework.Cursor{Received: calendar.Of(place.At), ID: casework.ID(place.ID)}
	}
	if in.Open {
		f.State = casework.IsOpen
	}
	rows, next, err := o.List(ctx, c.Actor.Firm, f)
	out := &listOut{Body: rest.Page[Oorzaak]{Items: []Oorzaak{}}}
	for _, r := range rows {
		out.Body.Items = append(out.Body.Items, rowOf(r.Cause, r.Tallies))
	}
	if next != nil {
		out.Body.NextCursor = rest.Place{At: next.Received.Start(), ID: string(next.ID)}.Cursor()
	}
	return out, err
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body Oorzaak }

// again reads a root cause after it was changed.
func (o operations) again(ctx context.Context, c rest.Caller, id string, err error) (*oneOut, error) {
	if err != nil {
		return nil, err
	}
	f, err := o.File(ctx, c.Actor.Firm, casework.ID(id), sees)
	return &oneOut{o.wholeOf(f.Cause, f.Tallies)}, err
}

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	return o.again(ctx, c, in.ID, nil)
}

// NieuweOorzaak is what a program writes down.
type NieuweOorzaak struct {
	Found   string `json:"found" format:"date" doc:"Gevonden op: vandaag of eerder."`
	Title   string `json:"title" maxLength:"160" doc:"De oorzaak in een paar woorden, zonder namen."`
	What    string `json:"what" maxLength:"20000" doc:"Wat er misgaat, en waaruit dat blijkt."`
	Sort    string `json:"sort" enum:"advies,informatie,deskundigheid,administratie,voorwaarden,prijs,behandelduur,anders" doc:"Soort oorzaak."`
	Product string `json:"product,omitempty" maxLength:"200" doc:"Product."`
	Service string `json:"service,omitempty" maxLength:"200" doc:"Dienst."`
}

type findIn struct {
	rest.Command
	Body rest.JSON[NieuweOorzaak]
}

type findOut struct {
	Location string `header:"Location" doc:"Pad van de oorzaak."`
	Body     Oorzaak
}

func (o operations) find(ctx context.Context, c rest.Caller, in *findIn) (*findOut, error) {
	b := in.Body.Value
	found, _ := calendar.Parse(b.Found) // the schema asks for a day
	one, err := o.Find(ctx, c.Actor, "", cause.Finding{Title: b.Title, What: b.What, Sort: complaint.Cause(b.Sort), Product: b.Product, Service: b.Service, Found: found, Key: in.Key})
	if err != nil {
		return nil, err
	}
	return &findOut{rest.Prefix + "/oorzaken/" + string(one.ID()), o.wholeOf(one, nil)}, nil
}

// TeKoppelen says which complaints a root cause explains. Said twice it is so once.
type TeKoppelen struct {
	Numbers []string `json:"numbers" minItems:"1" maxItems:"200" doc:"Nummers van klachten, zoals K-2026-0001. Een klacht heeft één oorzaak: een andere wordt vervangen."`
}

type explainIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[TeKoppelen]
}

func (o operations) explain(ctx context.Context, c rest.Caller, in *explainIn) (*oneOut, error) {
	_, err := o.Explain(ctx, c.Actor, sees, casework.ID(in.ID), strings.Join(in.Body.Value.Numbers, "\n"))
	return o.again(ctx, c, in.ID, err)
}

// NieuweMaatregel is what is decided on. Sent again it meets another revision.
type NieuweMaatregel struct {
	Revision int64  `json:"revision" doc:"De herziening van de oorzaak die u zag."`
	Kind     string `json:"kind" enum:"persoon,procedure,beleid,herstel,geen" doc:"Waar zij over gaat; geen als er niets nodig is."`
	What     string `json:"what" maxLength:"20000" doc:"Wat er gebeurt, of waarom niets nodig is."`
	Owner    string `json:"owner,omitempty" format:"uuid" doc:"Account van wie haar uitvoert."`
	Due      string `json:"due,omitempty" format:"date" doc:"Uiterlijk uitgevoerd."`
}

type decideIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[NieuweMaatregel]
}

func (o operations) decide(ctx context.Context, c rest.Caller, in *decideIn) (*oneOut, error) {
	b := in.Body.Value
	due, _ := calendar.Parse(b.Due) // the schema asks for a day, none is refused where it must be there
	_, err := o.Decide(ctx, c.Actor, casework.ID(in.ID), b.Revision, cause.Plan{Kind: incident.MeasureKind(b.Kind), What: b.What, Owner: b.Owner, Due: due})
	return o.again(ctx, c, in.ID, err)
}

// UitgevoerdeMaatregel says that a measure was carried out.
type UitgevoerdeMaatregel struct {
	Revision int64  `json:"revision" doc:"De herziening van de oorzaak die u zag."`
	Measure  string `json:"measure" format:"uuid" doc:"Kenmerk van de maatregel."`
	Done     string `json:"done" format:"date" doc:"Uitgevoerd: vandaag of eerder."`
	CheckOn  string `json:"checkOn" format:"date" doc:"Uiterlijk bekeken of zij werkt: na de uitvoering."`
}

type doneIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[UitgevoerdeMaatregel]
}

func (o operations) done(ctx context.Context, c rest.Caller, in *doneIn) (*oneOut, error) {
	b := in.Body.Value
	done, _ := calendar.Parse(b.Done)       // the schema asks for a day
	checkOn, _ := calendar.Parse(b.CheckOn) // likewise
	_, err := o.Done(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Measure, done, checkOn)
	return o.again(ctx, c, in.ID, err)
}

// GecontroleerdeMaatregel says whether a measure works.
type GecontroleerdeMaatregel struct {
	Revision int64  `json:"revision" doc:"De herziening van de oorzaak die u zag."`
	Measure  string `json:"measure" format:"uuid" doc:"Kenmerk van de maatregel."`
	Effect   string `json:"effect" enum:"werkt,deels,werkt-niet" doc:"Of zij werkt."`
	Found    string `json:"found" maxLength:"20000" doc:"Waaruit dat blijkt."`
}

type checkIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[GecontroleerdeMaatregel]
}

func (o operations) check(ctx context.Context, c rest.Caller, in *checkIn) (*oneOut, error) {
	b := in.Body.Value
	_, err := o.Check(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Measure, incident.Finding{Effect: incident.Effect(b.Effect), Found: b.Found})
	return o.again(ctx, c, in.ID, err)
}
