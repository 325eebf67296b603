package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// mountImport mounts what brings an old register over, and corrects what came.
func mountImport(a *rest.API, o operations) {
	op := func(id, path, summary, about string) rest.Op {
		return rest.Op{ID: id, Path: path, Tag: "Klachten", Scope: Write, Status: http.StatusCreated, Summary: summary, About: about}
	}
	rest.Write(a, op("importeer-klachten", "/klachtimporten", "Lees klachten in uit een ander register",
		"Alle klachten of geen: met een fout wordt niets bewaard, en staan alle fouten in `faults`; met `goodOnes` komen de goede binnen. Met `dryRun` wordt er alleen gekeken. Met een uitkomst komt een klacht binnen als afgehandeld op de dag van toen; haar bewaartermijn telt daarvan. Door haar kenmerk komt een klacht één keer binnen, hoe vaak u de lijst ook stuurt."), o.bring)
	undo := op("draai-klachtimport-terug", "/klachtimporten/{id}/terugdraaiingen", "Draai het inlezen van klachten terug", "Waar al aan is gewerkt blijft staan, en ook dat er is ingelezen en teruggedraaid.")
	rest.Write(a, undo, o.undo)
	rest.Read(a, rest.Op{
		ID: "list-klachtimporten", Path: "/klachtimporten", Tag: "Klachten", Scope: Read, Summary: "Vraag op welke bestanden en lijsten met klachten zijn ingelezen",
		About: "De laatste eerst. Wat een proef of een lijst met fouten zei, staat alleen in het antwoord van toen: van regels die niet binnenkwamen wordt niets bewaard.",
	}, o.imports)
}

// Klachtregel is a complaint of an old register.
type Klachtregel struct {
	Key          string         `json:"key" maxLength:"60" doc:"Kenmerk waaraan het oude register de klacht herkent."`
	Received     calendar.Date  `json:"received" doc:"Dag van ontvangst."`
	Way          string         `json:"way" enum:"telefoon,brief,e-mail,gesprek" doc:"Hoe zij binnenkwam."`
	Sort         string         `json:"sort" enum:"klacht,claim,ongenoegen" doc:"Wat de klant wil."`
	From         Klager         `json:"from" doc:"Wie klaagt."`
	For          string         `json:"for,omitempty" maxLength:"120" doc:"Namens wie."`
	Original     string         `json:"original" doc:"De klacht, zoals zij binnenkwam."`
	About        string         `json:"about,omitempty" doc:"Omschrijving; van een gesprek dat is afgehandeld verplicht."`
	Product      string         `json:"product,omitempty" maxLength:"120" doc:"Product."`
	Service      string         `json:"service,omitempty" maxLength:"120" doc:"Dienst."`
	Cause        string         `json:"cause,omitempty" enum:"advies,informatie,deskundigheid,administratie,voorwaarden,prijs,behandelduur,anders" doc:"Oorzaak."`
	Acknowledged *calendar.Date `json:"acknowledged,omitempty" doc:"Dag van de ontvangstbevestiging."`
	Answered     *calendar.Date `json:"answered,omitempty" doc:"Dag van het laatste antwoord."`
	Answer       string         `json:"answer,omitempty" doc:"Wat er is geantwoord en gedaan."`
	Outcome      string         `json:"outcome,omitempty" enum:"gegrond,deels-gegrond,ongegrond,geschikt,ingetrokken" doc:"Uitkomst; laat weg als de klacht nog open is."`
	Redress      int64          `json:"redress,omitempty" minimum:"0" doc:"Vergoed, in centen."`
	Handled      *calendar.Date `json:"handled,omitempty" doc:"Dag van afhandeling."`
}

func (k Klachtregel) row(n int) complaint.Row {
	day := func(d *calendar.Date) calendar.Date {
		if d == nil {
			return calendar.Date{}
		}
		return *d
	}
	return complaint.NewRow(n, complaint.Intake{
		Key: k.Key, Received: k.Received, Way: casework.Way(k.Way), Sort: complaint.Sort(k.Sort), From: k.From.person(), For: complaint.Person{Name: k.For},
		Original: k.Original, About: k.About, Product: k.Product,
	}, complaint.Past{
		Service: k.Service, Cause: complaint.Cause(k.Cause), Acknowledged: day(k.Acknowledged), Answered: day(k.Answered), Answer: k.Answer,
		Outcome: complaint.Outcome(k.Outcome), Redress: k.Redress, Handled: day(k.Handled),
	})
}

// ImporteerKlachten holds the complaints of an old register.
type ImporteerKlachten struct {
	Complaints []Klachtregel `json:"complaints" doc:"Hoogstens 2.000 klachten."`
	DryRun     bool          `json:"dryRun,omitempty" doc:"Alleen kijken: niets bewaren."`
	GoodOnes   bool          `json:"goodOnes,omitempty" doc:"Klachten zonder fout wel inlezen, en de rest overslaan."`
}

type bringIn struct {
	rest.Command
	Body rest.JSON[ImporteerKlachten]
}

// Klachtimport says what an import did, or would do.
type Klachtimport struct {
	ID     string             `json:"id,omitempty" format:"uuid" doc:"Kenmerk, om het inlezen terug te draaien. Ontbreekt als er niets is bewaard."`
	New    int                `json:"new" doc:"Klachten die binnenkwamen, of zouden binnenkomen."`
	Known  int                `json:"known" doc:"Klachten die er door hun kenmerk al stonden."`
	Faults []Klachtimportfout `json:"faults" doc:"Alle fouten; staat er één, dan is er niets bewaard, of met goodOnes alleen wat goed is."`
}

// Klachtimportfout is one fault of an import.
type Klachtimportfout struct {
	Row    int    `json:"row" doc:"Plaats in de lijst, vanaf 1."`
	Column string `json:"column" doc:"Kolom, zoals in een bestand." example:"ontvangen"`
	Code   string `json:"code" doc:"Vaste code." example:"future"`
	Text   string `json:"text" doc:"Wat er mis is en wat u doet."`
}

type bringOut struct{ Body Klachtimport }

func (o operations) bring(ctx context.Context, c rest.Caller, in *bringIn) (*bringOut, error) {
	b := in.Body.Value
	if n := len(b.Complaints); n == 0 || n > complaint.MostRows {
		return nil, fault.All("invalid-import", []fault.Detail{{Pointer: "/complaints", Reason: "count", Text: "Stuur 1 tot en met " + strconv.Itoa(complaint.MostRows) + " klachten."}})
	}
	rows := make([]complaint.Row, len(b.Complaints))
	for i, k := range b.Complaints {
		rows[i] = k.row(i + 1)
	}
	list, err := json.Marshal(b.Complaints)
	if err != nil {
		return nil, err
	}
	how := complaint.Whole
	switch {
	case b.DryRun:
		how = complaint.Try
	case b.GoodOnes:
		how = complaint.GoodRows
	}
	im, err := o.Import(ctx, c.Actor, ident.HashOf(list), rows, nil, how)
	if err != nil {
		return nil, err
	}
	out := Klachtimport{New: im.Rows, Known: im.Known, Faults: []Klachtimportfout{}}
	if how != complaint.Try && im.Rows > 0 {
		out.ID = im.ID
	}
	for _, f := range im.Faults {
		out.Faults = append(out.Faults, Klachtimportfout{f.Row, f.Column, f.Code, f.Text})
	}
	return &bringOut{out}, nil
}

// Terugdraaiing takes an import out of the register.
type Terugdraaiing struct {
	Why string `json:"why" doc:"Waarom."`
}

type undoIn struct {
	Of
	Body rest.JSON[Terugdraaiing]
}

// Teruggedraaid says what undoing an import did.
type Teruggedraaid struct {
	Removed int `json:"removed" doc:"Klachten die weer weg zijn."`
	Left    int `json:"left" doc:"Klachten die bleven, omdat er al aan is gewerkt."`
}

type undoOut struct{ Body Teruggedraaid }

func (o operations) undo(ctx context.Context, c rest.Caller, in *undoIn) (*undoOut, error) {
	removed, left, err := o.UndoImport(ctx, c.Actor, in.ID, in.Body.Value.Why)
	if err != nil {
		return nil, err
	}
	return &undoOut{Teruggedraaid{removed, left}}, nil
}

// Klachtcorrectie is what a complaint turned out to be.
type Klachtcorrectie struct {
	Revision int64  `json:"revision" doc:"De herziening die u zag."`
	Sort     string `json:"sort" enum:"klacht,claim,ongenoegen" doc:"Wat de klant wil."`
	Product  string `json:"product,omitempty" maxLength:"120" doc:"Product."`
	Service  string `json:"service,omitempty" maxLength:"120" doc:"Dienst."`
	Cause    string `json:"cause,omitempty" enum:"advies,informatie,deskundigheid,administratie,voorwaarden,prijs,behandelduur,anders" doc:"Oorzaak."`
	Why      string `json:"why" doc:"Waarom."`
}

type correctIn struct {
	Of
	Body rest.JSON[Klachtcorrectie]
}

func (o operations) correct(ctx context.Context, c rest.Caller, in *correctIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	_, err := o.Under(in.Key, n).Correct(ctx, c.Actor, id, n.Revision, complaint.Correction{
		Sort: complaint.Sort(n.Sort), Product: n.Product, Service: n.Service, Cause: complaint.Cause(n.Cause), Why: n.Why,
	})
	return o.now(ctx, c.Actor, id, err)
}

// EerdereKlachtimport is a list of complaints that was read.
type EerdereKlachtimport struct {
	ID      string    `json:"id" format:"uuid" doc:"Kenmerk, om het inlezen terug te draaien en om de klachten ervan te vinden."`
	At      time.Time `json:"at" doc:"Wanneer."`
	State   string    `json:"state" enum:"ingelezen,teruggedraaid,deels-teruggedraaid" doc:"Of het nog geldt; deels als er klachten bleven omdat er al aan was gewerkt."`
	New     int64     `json:"new" doc:"Klachten die binnenkwamen." example:"120"`
	Known   int64     `json:"known" doc:"Klachten die er door hun kenmerk al stonden." example:"3"`
	Removed int64     `json:"removed,omitempty" doc:"Klachten die door terugdraaien weer weg zijn."`
	Left    int64     `json:"left,omitempty" doc:"Klachten die bij terugdraaien bleven."`
}

type importsIn struct {
	rest.Query
	rest.Paging
}

type importsOut struct {
	Body rest.Page[EerdereKlachtimport]
}

func (o operations) imports(ctx context.Context, c rest.Caller, in *importsIn) (*importsOut, error) {
	from, err := in.From()
	if err != nil {
		return nil, err
	}
	all, err := o.Imported(ctx, c.Actor.Firm)
	if err != nil {
		return nil, err
	}
	if from != nil {
		all = all[slices.IndexFunc(all, func(p complaint.PastImport) bool { return p.ID == from.ID })+1:]
	}
	out := &importsOut{Body: rest.Page[EerdereKlachtimport]{Items: []EerdereKlachtimport{}}}
	for _, p := range all[:min(in.Limit, len(all))] {
		one := EerdereKlachtimport{ID: p.ID, At: p.At, State: "ingelezen", New: p.Rows, Known: p.Known, Removed: p.Removed, Left: p.Left}
		switch {
		case p.Undone && p.Left > 0:
			one.State = "deels-teruggedraaid"
		case p.Undone:
			one.State = "teruggedraaid"
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	if len(all) > in.Limit {
		last := all[in.Limit-1]
		out.Body.NextCursor = rest.Place{At: last.At, ID: last.ID}.Cursor()
	}
	return out, nil
}
