package api

import (
	"context"
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/integrity"
	"zorgplicht/internal/rest"
)

// mountSteps mounts what programs record of somebody.
func mountSteps(a *rest.API, o operations) {
	op := func(id, path, summary, about string) rest.Op {
		return rest.Op{ID: id, Path: "/betrouwbaarheid/{id}/" + path, Tag: "Betrouwbaarheid", Scope: Keep, Status: http.StatusCreated, Errors: []int{404}, Summary: summary, About: about}
	}
	rest.Write(a, op("leg-verklaring-vast", "verklaringen", "Leg vast dat de verklaring omtrent het gedrag is gezien", "Alleen het kenmerk en de dagen; het stuk zelf bewaart u niet."), o.see)
	rest.Write(a, op("leg-faillissement-vast", "faillissementen", "Leg vast of iemand eerder failliet is verklaard", ""), o.declare)
	rest.Write(a, op("leg-mededeling-vast", "mededelingen", "Leg de mededeling van de toezichthouder vast", "Of een eerder oordeel op grond van een wet die artikel 8 noemt."), o.hear)
	rest.Write(a, op("begin-functie", "benoemingen", "Leg vast dat de functie begint", "Dat kan pas als niets meer in de weg staat: een beleidsbepaler begint niet voordat de mededeling van de toezichthouder is vastgelegd (artikel 7)."), o.appoint)
	rest.Write(a, op("merk-wijziging-op", "wijzigingen", "Leg een opgemerkte wijziging vast", "Vanaf die dag moet zij zonder uitstel schriftelijk worden gemeld (artikel 9). U hoeft er niet naar te zoeken."), o.notice)
	rest.Write(a, op("meld-wijziging", "meldingen", "Leg vast dat een wijziging is gemeld", "Schriftelijk: per brief of e-mail."), o.tell)
	rest.Write(a, op("corrigeer-persoon", "correcties", "Verbeter wie iemand is", "Een functie die begon, houdt haar rol."), o.describe)
	rest.Write(a, op("leg-uitzondering-vast", "uitzonderingen", "Leg vast of artikel 6 voor iemand geldt", "Niet voor wie werkt bij een bank of verzekeraar met een eigen vergunning of verklaring. De uitzondering eindigt met het vertrek."), o.exempt)
	rest.Write(a, op("leg-overgangsrecht-vast", "overgangen", "Leg vast wat artikel 81 van iemand vraagt", "Of de persoon dit werk al deed toen de wet in werking trad, bij wie, en of dat daarna bij een ander was. Zonder dit geldt de uitzondering voor niemand."), o.find)
	rest.Write(a, op("beeindig-functie", "vertrekken", "Leg vast dat iemand niet meer bij u werkt", "Een uitzondering van artikel 81 eindigt daarmee."), o.leave)
	rest.Write(a, op("draai-vertrek-terug", "teruggedraaide-vertrekken", "Draai een vertrek terug dat verkeerd is vastgelegd", "Wat er stond en de reden blijven bewaard. Wie echt vertrok en terugkomt, schrijft u opnieuw in."), o.stay)
	rest.Write(a, op("verbeter-benoeming", "benoemingsverbeteringen", "Verbeter de dag waarop een functie begon", "Laat `day` weg als de functie niet is begonnen. Op een dag waarop zij niet mocht beginnen, is dit een 400 met de redenen van de regel."), o.correctAppointed)
	rest.Write(a, op("verbeter-wijziging", "wijzigingsverbeteringen", "Verbeter de dagen van een opgemerkte wijziging", "De termijn van artikel 9 loopt dan vanaf de goede dag. Een dag die u weglaat, blijft zoals zij is."), o.correctChange)
}

// On is embedded by the input of what is recorded of one person.
type On struct {
	rest.Command
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

// named is how the bodies of these operations call what the service finds wrong.
var named = map[string]string{"/word": "/reference", "/appointed": "/day", "/left": "/day", "/reported": "/day", "/outside": "/yearsOutsideSector", "/where": "/with"}

// then is a person as they stand after a step.
func (o operations) then(p integrity.Person, err error) (*oneOut, error) {
	if err != nil {
		return nil, rest.Named(err, named)
	}
	return &oneOut{o.whole(p)}, nil
}

// Gedragsverklaring is a certificate of conduct that somebody saw.
type Gedragsverklaring struct {
	Revision  int64         `json:"revision" doc:"De revision die u zag."`
	Reference string        `json:"reference" maxLength:"60" doc:"Kenmerk van de verklaring."`
	Issued    calendar.Date `json:"issued" doc:"Dag van afgifte."`
	Seen      calendar.Date `json:"seen" doc:"Dag waarop zij is gezien."`
}

type seeIn struct {
	On
	Body rest.JSON[Gedragsverklaring]
}

func (o operations) see(ctx context.Context, c rest.Caller, in *seeIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).See(ctx, c.Actor, casework.ID(in.ID), b.Revision, integrity.Certificate{Reference: b.Reference, Issued: b.Issued, Seen: b.Seen}))
}

// Faillissement says whether somebody was declared bankrupt before.
type Faillissement struct {
	Revision      int64 `json:"revision" doc:"De revision die u zag."`
	Bankrupt      bool  `json:"bankrupt" doc:"Of deze persoon eerder failliet is verklaard."`
	Rehabilitated bool  `json:"rehabilitated,omitempty" doc:"Of deze persoon daarna is gerehabiliteerd."`
}

type declareIn struct {
	On
	Body rest.JSON[Faillissement]
}

func (o operations) declare(ctx context.Context, c rest.Caller, in *declareIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).Declare(ctx, c.Actor, casework.ID(in.ID), b.Revision, &b.Bankrupt, b.Rehabilitated))
}

// Mededeling is the supervisor's word on somebody.
type Mededeling struct {
	Revision  int64         `json:"revision" doc:"De revision die u zag."`
	Day       calendar.Date `json:"day" doc:"Dag van de mededeling."`
	Reference string        `json:"reference" maxLength:"60" doc:"Kenmerk van de mededeling."`
	Act       string        `json:"act,omitempty" maxLength:"80" doc:"Wet van een eerder oordeel (artikel 8); laat weg voor een nieuwe mededeling."`
	Outside   string        `json:"yearsOutsideSector,omitempty" maxLength:"6" doc:"Jaren buiten de financiële sector sinds dat oordeel, zoals 0 of 2.5. Verplicht bij een eerder oordeel."`
	Absence   string        `json:"absence,omitempty" enum:"no_cause,reassesses" doc:"Wat de toezichthouder van die jaren vindt: geen aanleiding, of opnieuw toetsen. Laat weg zolang hij niets zei; de functie kan dan nog niet beginnen."`
}

type hearIn struct {
	On
	Body rest.JSON[Mededeling]
}

func (o operations) hear(ctx context.Context, c rest.Caller, in *hearIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).Hear(ctx, c.Actor, casework.ID(in.ID), b.Revision, integrity.Word{Day: b.Day, Reference: b.Reference, Act: b.Act, Outside: b.Outside, Absence: b.Absence}))
}

// Overgangsrecht is what article 81 asks of somebody.
type Overgangsrecht struct {
	Revision     int64         `json:"revision" doc:"De revision die u zag."`
	Commencement calendar.Date `json:"commencement" doc:"Dag waarop de wet in werking trad; die staat niet in het besluit."`
	There        bool          `json:"there" doc:"Of de persoon vóór die dag al inhoudelijk klantcontact had, onder verantwoordelijkheid van een dienstverlener."`
	With         string        `json:"with,omitempty" maxLength:"120" doc:"Naam van die dienstverlener als het een andere was dan de uwe."`
	Moved        bool          `json:"moved,omitempty" doc:"Of de persoon dit werk daarna voor een andere dienstverlener deed."`
}

type findIn struct {
	On
	Body rest.JSON[Overgangsrecht]
}

func (o operations) find(ctx context.Context, c rest.Caller, in *findIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).Find(ctx, c.Actor, casework.ID(in.ID), b.Revision, integrity.Transition{Commencement: b.Commencement, There: b.There, With: b.With, Moved: b.Moved}))
}

// Functiedag is the day on which a function begins or ends.
type Functiedag struct {
	Revision int64         `json:"revision" doc:"De revision die u zag."`
	Day      calendar.Date `json:"day" doc:"Dag."`
}

type dayIn struct {
	On
	Body rest.JSON[Functiedag]
}

func (o operations) appoint(ctx context.Context, c rest.Caller, in *dayIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, []any{"appoint", b}).Appoint(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Day))
}

func (o operations) leave(ctx context.Context, c rest.Caller, in *dayIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, []any{"leave", b}).Leave(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Day))
}

// Persoonswijziging is a change that was noticed.
type Persoonswijziging struct {
	Revision int64         `json:"revision" doc:"De revision die u zag."`
	Noticed  calendar.Date `json:"noticed" doc:"Dag waarop zij is opgemerkt."`
	What     string        `json:"what" maxLength:"20000" doc:"Wat er is gewijzigd."`
	Incident string        `json:"incident,omitempty" maxLength:"30" doc:"Nummer van het incident waaruit zij bleek."`
}

type noticeIn struct {
	On
	Body rest.JSON[Persoonswijziging]
}

func (o operations) notice(ctx context.Context, c rest.Caller, in *noticeIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).Notice(ctx, c.Actor, casework.ID(in.ID), b.Revision, integrity.Change{Noticed: b.Noticed, What: b.What, Incident: b.Incident}))
}

// Wijzigingsmelding says that a change was told to the supervisor.
type Wijzigingsmelding struct {
	Revision int64         `json:"revision" doc:"De revision die u zag."`
	Change   string        `json:"change" maxLength:"64" doc:"Kenmerk van de wijziging."`
	Day      calendar.Date `json:"day" doc:"Dag van de melding."`
	Medium   string        `json:"medium" enum:"letter,email" doc:"Hoe u meldde."`
}

type tellIn struct {
	On
	Body rest.JSON[Wijzigingsmelding]
}

func (o operations) tell(ctx context.Context, c rest.Caller, in *tellIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).Tell(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Change, b.Day, b.Medium))
}

// Persoonscorrectie is who somebody is, as it should have been written down.
type Persoonscorrectie struct {
	Revision   int64          `json:"revision" doc:"De revision die u zag."`
	Name       string         `json:"name" maxLength:"160" doc:"Naam."`
	Role       string         `json:"role" enum:"policy_maker,co_policy_maker,client_facing,other" doc:"Wat de persoon doet of gaat doen."`
	Employment string         `json:"employment" enum:"employee,temp,seconded" doc:"Hoe de persoon bij u werkt."`
	Started    calendar.Date  `json:"started" doc:"Bij uw onderneming sinds."`
	Contact    *calendar.Date `json:"contact,omitempty" doc:"Klantcontact sinds, als dat later begon."`
}

type describeIn struct {
	On
	Body rest.JSON[Persoonscorrectie]
}

func (o operations) describe(ctx context.Context, c rest.Caller, in *describeIn) (*oneOut, error) {
	b := in.Body.Value
	e := integrity.Entry{Name: b.Name, Role: integrity.Role(b.Role), Employment: b.Employment, Started: b.Started}
	e.Contact = given(b.Contact)
	return o.then(o.Under(in.Key, b).Describe(ctx, c.Actor, casework.ID(in.ID), b.Revision, e))
}

// Uitzondering says whether article 6 reaches somebody.
type Uitzondering struct {
	Revision int64  `json:"revision" doc:"De revision die u zag."`
	Provider string `json:"provider,omitempty" enum:"bank,insurer" doc:"Wat uw onderneming is; laat weg als artikel 6 wel geldt."`
}

type exemptIn struct {
	On
	Body rest.JSON[Uitzondering]
}

func (o operations) exempt(ctx context.Context, c rest.Caller, in *exemptIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, b).Exempt(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Provider))
}

// Vertrekcorrectie says that somebody did not leave after all.
type Vertrekcorrectie struct {
	Revision int64  `json:"revision" doc:"De revision die u zag."`
	Why      string `json:"why" maxLength:"500" doc:"Wat er niet klopte, en waaruit dat blijkt."`
}

type stayIn struct {
	On
	Body rest.JSON[Vertrekcorrectie]
}

func (o operations) stay(ctx context.Context, c rest.Caller, in *stayIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, []any{"stay", b}).Stay(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Why))
}

// Benoemingscorrectie is the day on which a function really began.
type Benoemingscorrectie struct {
	Revision int64          `json:"revision" doc:"De revision die u zag."`
	Day      *calendar.Date `json:"day,omitempty" doc:"Dag waarop de functie werkelijk begon; laat weg als zij niet is begonnen."`
	Why      string         `json:"why" maxLength:"500" doc:"Wat er niet klopte, en waaruit dat blijkt."`
}

type correctAppointedIn struct {
	On
	Body rest.JSON[Benoemingscorrectie]
}

func (o operations) correctAppointed(ctx context.Context, c rest.Caller, in *correctAppointedIn) (*oneOut, error) {
	b := in.Body.Value
	return o.then(o.Under(in.Key, []any{"appointed", b}).CorrectAppointed(ctx, c.Actor, casework.ID(in.ID), b.Revision, given(b.Day), b.Why))
}

// Wijzigingscorrectie are the days of a change as they really were.
type Wijzigingscorrectie struct {
	Revision int64          `json:"revision" doc:"De revision die u zag."`
	Change   string         `json:"change" maxLength:"64" doc:"Kenmerk van de wijziging."`
	Noticed  *calendar.Date `json:"noticed,omitempty" doc:"Dag waarop zij werkelijk is opgemerkt."`
	Reported *calendar.Date `json:"reported,omitempty" doc:"Dag waarop zij werkelijk is gemeld."`
	Why      string         `json:"why" maxLength:"500" doc:"Wat er niet klopte, en waaruit dat blijkt."`
}

type correctChangeIn struct {
	On
	Body rest.JSON[Wijzigingscorrectie]
}

func (o operations) correctChange(ctx context.Context, c rest.Caller, in *correctChangeIn) (*oneOut, error) {
	b := in.Body.Value
	p, err := o.Under(in.Key, []any{"change", b}).CorrectChange(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Change, given(b.Noticed), given(b.Reported), b.Why)
	if err != nil {
		return nil, err
	}
	return &oneOut{o.whole(p)}, nil
}

func given(d *calendar.Date) calendar.Date {
	if d == nil {
		return calendar.Date{}
	}
	return *d
}
