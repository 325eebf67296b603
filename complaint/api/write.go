package api

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/rest"
)

// NieuweKlacht is a complaint as it came in.
type NieuweKlacht struct {
	Received calendar.Date `json:"received" doc:"Dag van ontvangst: vandaag of eerder."`
	Way      string        `json:"way" enum:"telefoon,brief,e-mail,gesprek" doc:"Hoe zij binnenkwam."`
	Sort     string        `json:"sort" enum:"klacht,claim,ongenoegen" doc:"Wat de klant wil."`
	From     Klager        `json:"from" doc:"Wie klaagt."`
	For      string        `json:"for,omitempty" maxLength:"120" doc:"Namens wie; laat weg voor zichzelf."`
	Original string        `json:"original" doc:"De klacht, zoals zij binnenkwam."`
	About    string        `json:"about,omitempty" doc:"Omschrijving."`
	Product  string        `json:"product,omitempty" maxLength:"120" doc:"Product."`
}

type receiveIn struct {
	rest.Command
	Body rest.JSON[NieuweKlacht]
}

type receiveOut struct {
	Location string `header:"Location" doc:"Pad van de klacht."`
	Body     KlachtVoluit
}

func (o operations) receive(ctx context.Context, c rest.Caller, in *receiveIn) (*receiveOut, error) {
	n := in.Body.Value
	got, err := o.Receive(ctx, c.Actor, complaint.Intake{
		Received: n.Received, Way: casework.Way(n.Way), Sort: complaint.Sort(n.Sort), From: n.From.person(), For: complaint.Person{Name: n.For},
		Original: n.Original, About: n.About, Product: n.Product, Key: in.Key,
	})
	if err != nil {
		return nil, err
	}
	now, err := o.now(ctx, c.Actor, got.ID(), nil)
	if err != nil {
		return nil, err
	}
	return &receiveOut{rest.Prefix + "/klachten/" + string(got.ID()), now.Body}, nil
}

// Of is embedded by the input of what is done to one complaint.
type Of struct {
	rest.Command
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de klacht."`
}

// NieuweKlachtnotitie is a note that is written.
type NieuweKlachtnotitie struct {
	Way  string `json:"way" enum:"intern,telefoon,brief,e-mail,gesprek" doc:"Hoe het contact ging."`
	Text string `json:"text" doc:"Wat er is gezegd of gedaan."`
}

type noteIn struct {
	Of
	Body rest.JSON[NieuweKlachtnotitie]
}

func (o operations) note(ctx context.Context, c rest.Caller, in *noteIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	err := o.Under(in.Key, n).Note(ctx, c.Actor, id, casework.Note{Way: casework.Way(n.Way), Text: n.Text})
	return o.now(ctx, c.Actor, id, err)
}

// Klachtindeling says what a complaint is about.
type Klachtindeling struct {
	Revision int64  `json:"revision" doc:"De herziening die u zag."`
	About    string `json:"about" doc:"Omschrijving."`
	Product  string `json:"product,omitempty" maxLength:"120" doc:"Product."`
	Service  string `json:"service,omitempty" maxLength:"120" doc:"Dienst."`
	Cause    string `json:"cause,omitempty" enum:"advies,informatie,deskundigheid,administratie,voorwaarden,prijs,behandelduur,anders" doc:"Oorzaak."`
	Against  string `json:"against,omitempty" maxLength:"64" doc:"Kenmerk van de medewerker over wie de klacht gaat."`
	Harm     int    `json:"harm,omitempty" minimum:"0" maximum:"3" doc:"Schade voor de klant, van 0 (geen of onbekend) tot 3 (ernstig)."`
	Group    string `json:"group,omitempty" maxLength:"120" doc:"Groep van gelijke standaardklachten."`
}

type classifyIn struct {
	Of
	Body rest.JSON[Klachtindeling]
}

func (o operations) classify(ctx context.Context, c rest.Caller, in *classifyIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	f, err := o.File(ctx, c.Actor.Firm, id)
	if err != nil {
		return nil, err
	}
	_, err = o.Under(in.Key, n).Classify(ctx, c.Actor, id, n.Revision, complaint.Class{
		About: n.About, Product: n.Product, Service: n.Service, Cause: complaint.Cause(n.Cause), Against: n.Against, Harm: casework.Harm(n.Harm), Group: n.Group, From: f.From,
	})
	return o.now(ctx, c.Actor, id, err)
}

// NieuwKlachtbericht is a message to the client as it was sent.
type NieuwKlachtbericht struct {
	Revision int64  `json:"revision" doc:"De herziening die u zag."`
	Kind     string `json:"kind" enum:"bevestiging,tussenbericht,antwoord" doc:"Soort bericht."`
	Way      string `json:"way" enum:"telefoon,brief,e-mail,gesprek" doc:"Hoe het is verstuurd."`
	Text     string `json:"text" doc:"Tekst, zoals zij is verstuurd."`
}

type replyIn struct {
	Of
	Body rest.JSON[NieuwKlachtbericht]
}

func (o operations) reply(ctx context.Context, c rest.Caller, in *replyIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	body, err := o.DisputeBody(ctx, c.Actor.Firm)
	if err != nil {
		return nil, err
	}
	_, err = o.Under(in.Key, n).Reply(ctx, c.Actor, id, n.Revision, complaint.Reply{Kind: complaint.ReplyKind(n.Kind), Way: casework.Way(n.Way), Text: n.Text}, body)
	return o.now(ctx, c.Actor, id, err)
}

// Klachtafhandeling is how a complaint ends.
type Klachtafhandeling struct {
	Revision int64  `json:"revision" doc:"De herziening die u zag."`
	Outcome  string `json:"outcome" enum:"gegrond,deels-gegrond,ongegrond,geschikt,ingetrokken" doc:"Uitkomst."`
	Redress  int64  `json:"redress,omitempty" doc:"Vergoeding in centen."`
	Note     string `json:"note" doc:"Hoe de klacht is afgehandeld."`
}

type concludeIn struct {
	Of
	Body rest.JSON[Klachtafhandeling]
}

func (o operations) conclude(ctx context.Context, c rest.Caller, in *concludeIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	_, err := o.Under(in.Key, n).Conclude(ctx, c.Actor, id, n.Revision, complaint.Conclusion{Outcome: complaint.Outcome(n.Outcome), Redress: n.Redress, Note: n.Note})
	return o.now(ctx, c.Actor, id, err)
}

// Klachtheropening takes up a complaint anew.
type Klachtheropening struct {
	Revision int64  `json:"revision" doc:"De herziening die u zag."`
	Why      string `json:"why" doc:"Waarom."`
}

type reopenIn struct {
	Of
	Body rest.JSON[Klachtheropening]
}

func (o operations) reopen(ctx context.Context, c rest.Caller, in *reopenIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	_, err := o.Under(in.Key, n).Reopen(ctx, c.Actor, id, n.Revision, n.Why)
	return o.now(ctx, c.Actor, id, err)
}

// Ontvangstverbetering is the day on which a complaint really came in.
type Ontvangstverbetering struct {
	Revision int64         `json:"revision" doc:"De herziening die u zag."`
	Received calendar.Date `json:"received" doc:"Dag waarop de klacht werkelijk binnenkwam."`
	Why      string        `json:"why" maxLength:"500" doc:"Waarom de dag niet klopte, en waaruit dat blijkt."`
}

type receiptIn struct {
	Of
	Body rest.JSON[Ontvangstverbetering]
}

func (o operations) correctReceipt(ctx context.Context, c rest.Caller, in *receiptIn) (*oneOut, error) {
	n, id := in.Body.Value, casework.ID(in.ID)
	_, err := o.Under(in.Key, n).CorrectReceipt(ctx, c.Actor, id, n.Revision, n.Received, n.Why)
	return o.now(ctx, c.Actor, id, err)
}
