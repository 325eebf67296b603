package api

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/internal/rest"
)

// Instantiecorrectie is which body it is, and since when the firm is affiliated, as it
// should have been written down.
type Instantiecorrectie struct {
	Revision int64          `json:"revision" doc:"De revision die u zag."`
	Name     string         `json:"name" maxLength:"160" doc:"Naam."`
	Site     string         `json:"site,omitempty" maxLength:"200" doc:"Adres van de website."`
	Joined   *calendar.Date `json:"joined,omitempty" doc:"Uw onderneming is aangesloten sinds."`
	Left     *calendar.Date `json:"left,omitempty" doc:"Aangesloten tot en met."`
}

type describeIn struct {
	On
	Body rest.JSON[Instantiecorrectie]
}

func (o operations) describe(ctx context.Context, c rest.Caller, in *describeIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Describe(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Entry{Name: b.Name, Site: b.Site, Joined: dateOf(b.Joined), Left: dateOf(b.Left)})
	return o.now(ctx, c, in.ID, err)
}

// Staatscourantmededeling says when a decision came in the Staatscourant.
type Staatscourantmededeling struct {
	Revision  int64         `json:"revision" doc:"De revision die u zag."`
	Announced calendar.Date `json:"announced" doc:"Dag van de Staatscourant."`
	Gazette   string        `json:"gazette,omitempty" maxLength:"60" doc:"Nummer van de Staatscourant."`
}

type announceIn struct {
	On
	Body rest.JSON[Staatscourantmededeling]
}

func (o operations) announce(ctx context.Context, c rest.Caller, in *announceIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Announce(ctx, c.Actor, casework.ID(in.ID), b.Revision, b.Announced, b.Gazette)
	return o.now(ctx, c, in.ID, err)
}

// Erkenningsvoorschrift is a condition tied to a recognition.
type Erkenningsvoorschrift struct {
	Revision  int64          `json:"revision" doc:"De revision die u zag."`
	Condition string         `json:"condition,omitempty" maxLength:"64" doc:"Kenmerk van een voorschrift dat er al is; laat weg voor een nieuw."`
	Day       *calendar.Date `json:"day,omitempty" doc:"Dag van een nieuw voorschrift."`
	Text      string         `json:"text,omitempty" maxLength:"20000" doc:"Wat een nieuw voorschrift vraagt."`
	Met       *bool          `json:"met,omitempty" doc:"Of de instantie het nakomt; nodig bij een voorschrift dat er al is."`
}

type conditionIn struct {
	On
	Body rest.JSON[Erkenningsvoorschrift]
}

func (o operations) condition(ctx context.Context, c rest.Caller, in *conditionIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Condition(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Condition{ID: b.Condition, Day: dateOf(b.Day), Text: b.Text, Met: b.Met})
	return o.now(ctx, c, in.ID, err)
}

// Intrekking is the end of a recognition.
type Intrekking struct {
	Revision  int64          `json:"revision" doc:"De revision die u zag."`
	Day       calendar.Date  `json:"day" doc:"Dag van de intrekking."`
	Ground    string         `json:"ground" enum:"request,data,breach,condition" doc:"Op verzoek, onjuiste gegevens, voldoet niet meer, of een voorschrift niet nagekomen."`
	Announced *calendar.Date `json:"announced,omitempty" doc:"Dag van de Staatscourant."`
	Gazette   string         `json:"gazette,omitempty" maxLength:"60" doc:"Nummer van de Staatscourant."`
}

type revokeIn struct {
	On
	Body rest.JSON[Intrekking]
}

func (o operations) revoke(ctx context.Context, c rest.Caller, in *revokeIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Revoke(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Withdrawal{Day: b.Day, Ground: b.Ground, Announced: dateOf(b.Announced), Gazette: b.Gazette})
	return o.now(ctx, c, in.ID, err)
}

// Orgaan is what somebody found of the organ, of outcomes, costs and joining.
type Orgaan struct {
	Revision    int64         `json:"revision" doc:"De revision die u zag."`
	Day         calendar.Date `json:"day" doc:"Dag waarop u dit bekeek."`
	Evidence    string        `json:"evidence" maxLength:"20000" doc:"Waar dit uit blijkt."`
	Independent *bool         `json:"independent,omitempty" doc:"Of het orgaan onafhankelijk is."`
	Expert      *bool         `json:"expert,omitempty" doc:"Of het deskundig is."`
	Lawyer      *bool         `json:"lawyer,omitempty" doc:"Of de voorzitter meester in de rechten is."`
	Written     *bool         `json:"written,omitempty" doc:"Of de procedure van benoeming schriftelijk vastligt."`
	Outcomes    []string      `json:"outcomes,omitempty" maxItems:"3" doc:"Hoe een geschil kan eindigen: non_binding, binding, settlement." example:"[\"non_binding\"]"`
	Consent     *bool         `json:"consent,omitempty" doc:"Of een bindend advies alleen kan als partijen vooraf instemmen; nodig bij binding."`
	RulesFee    string        `json:"rulesFee,omitempty" maxLength:"12" doc:"Kosten van het reglement, in euro's." example:"0"`
	FilingFee   string        `json:"filingFee,omitempty" maxLength:"12" doc:"Kosten om een geschil aanhangig te maken, in euro's." example:"50"`
	Claim       string        `json:"claim,omitempty" maxLength:"12" doc:"Bij een vordering van, in euro's." example:"1000"`
	Months      string        `json:"months,omitempty" maxLength:"12" doc:"Hoeveel maanden een geschil duurt." example:"8"`
	Other       *bool         `json:"other,omitempty" doc:"Of de instantie aan aansluiting voorwaarden stelt die niet over geschillen gaan."`
	Code        *bool         `json:"code,omitempty" doc:"Of een gedragscode meetelt in de uitspraak."`
	Signed      *bool         `json:"signed,omitempty" doc:"Of uw onderneming die ondertekende; nodig als een gedragscode meetelt."`
	Keeps       *bool         `json:"keepsRules,omitempty" doc:"Of de instantie naar haar reglement handelt."`
	Hears       *bool         `json:"hears,omitempty" doc:"Of partijen ook in een verkorte procedure hun standpunt kunnen geven; laat weg als die er niet is."`
	Available   *bool         `json:"rulesAvailable,omitempty" doc:"Of de instantie haar reglement beschikbaar houdt."`
}

type lookIn struct {
	On
	Body rest.JSON[Orgaan]
}

func (o operations) look(ctx context.Context, c rest.Caller, in *lookIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Look(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Organ{
		Day: b.Day, Evidence: b.Evidence, Independent: b.Independent, Expert: b.Expert, Lawyer: b.Lawyer, Written: b.Written, Outcomes: b.Outcomes, Consent: b.Consent,
		RulesFee: b.RulesFee, FilingFee: b.FilingFee, Claim: b.Claim, Months: b.Months, Other: b.Other, Code: b.Code, Signed: b.Signed, Keeps: b.Keeps, Hears: b.Hears, Available: b.Available,
	})
	return o.now(ctx, c, in.ID, err)
}

// Toegangsweging is what a person decided where the decree gives no number.
type Toegangsweging struct {
	Revision int64  `json:"revision" doc:"De revision die u zag."`
	Fee      bool   `json:"feeReasonable" doc:"Of de kosten de toegang openlaten."`
	Term     bool   `json:"termReasonable" doc:"Of de behandeling binnen een redelijke termijn eindigt."`
	Why      string `json:"why" maxLength:"20000" doc:"Waarom."`
}

type weighIn struct {
	On
	Body rest.JSON[Toegangsweging]
}

func (o operations) weigh(ctx context.Context, c rest.Caller, in *weighIn) (*bodyOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Weigh(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Weighing{FeeFine: &b.Fee, TermFine: &b.Term, Why: b.Why})
	return o.now(ctx, c, in.ID, err)
}

// Geschilaanvulling is what may not be known of a dispute when it comes in. What is
// left out is emptied.
type Geschilaanvulling struct {
	Revision    int64  `json:"revision" doc:"De revision die u zag."`
	Reference   string `json:"reference,omitempty" maxLength:"60" doc:"Kenmerk bij de instantie."`
	Complaint   string `json:"complaint,omitempty" maxLength:"30" doc:"Nummer van uw klacht."`
	Complainant string `json:"complainant,omitempty" maxLength:"200" doc:"Wie het geschil heeft."`
	Product     string `json:"product,omitempty" maxLength:"200" doc:"Product."`
}

type completeIn struct {
	On
	Body rest.JSON[Geschilaanvulling]
}

func (o operations) complete(ctx context.Context, c rest.Caller, in *completeIn) (*oneOut, error) {
	b := in.Body.Value
	_, err := o.Under(in.Key, b).Complete(ctx, c.Actor, casework.ID(in.ID), b.Revision, dispute.Detail{Reference: b.Reference, Complaint: b.Complaint, Complainant: b.Complainant, Product: b.Product})
	return o.then(ctx, c, in.ID, err)
}
