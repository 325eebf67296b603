// Package api lets a firm's programs keep commission agreements, have months
// computed, and read what each contract and each intermediary gets.
package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

// The scopes of a token that these operations ask.
const (
	Read  = "provisie:lezen"
	Write = "provisie:schrijven"
)

// A Desk is what the operations ask of the room; commission.Service is one, and says
// what each method does.
type Desk interface {
	Agreements(context.Context, ident.Actor) ([]commission.Agreement, error)
	Agreement(context.Context, ident.Actor, string) (commission.Agreement, error)
	WriteAgreement(context.Context, ident.Actor, commission.AgreementWriting) (commission.Agreement, error)
	Start(ctx context.Context, by ident.Actor, month, key string) (commission.Run, error)
	Runs(context.Context, ident.Actor) ([]commission.Run, error)
	Run(context.Context, ident.Actor, string) (commission.Run, error)
	Lines(ctx context.Context, by ident.Actor, run string, f commission.LineFilter, from, most int) (commission.LinePage, error)
	Explain(ctx context.Context, by ident.Actor, run, ref string) (commission.Explained, error)
	Correct(context.Context, ident.Actor, commission.CorrectionOrder) (commission.Correction, error)
	Corrections(context.Context, ident.Actor) ([]commission.Correction, error)
	Statement(ctx context.Context, by ident.Actor, run, agreement string) (commission.Statement, error)
	NameOffice(ctx context.Context, by ident.Actor, id, office, key string) (commission.Agreement, error)
	Received(context.Context, ident.Actor) ([]commission.Received, error)
	ReceivedStatement(ctx context.Context, by ident.Actor, c commission.Receipt, run string, do func(commission.Line) error) (commission.Statement, error)
}

// Mount mounts the operations.
func Mount(a *rest.API, d Desk) {
	o := operations{d}
	a.Explain(texts)
	const tag, agreed, months, fixes, received = "Provisie", "/provisieafspraken", "/provisieberekeningen", "/provisiecorrecties", "/ontvangen-provisieafrekeningen"
	rest.Read(a, rest.Op{ID: "list-provisieafspraken", Path: agreed, Tag: tag, Scope: Read, Summary: "Vraag de provisieafspraken op", About: "Op naam van de bemiddelaar."}, o.agreements)
	rest.Write(a, rest.Op{
		ID: "voeg-provisieafspraak-toe", Path: agreed, Tag: tag, Scope: Write, Status: http.StatusCreated, Summary: "Voeg een provisieafspraak toe",
		About: "Wat de artikelen 64 en 67 verbieden, wordt geweigerd, met elke norm: een percentage korter dan een maand, een ander percentage voor lopend krediet dat niet doorlopend is, een langere periode, en betaling anders dan door overschrijving.",
	}, o.add)
	rest.Read(a, rest.Op{ID: "get-provisieafspraak", Path: agreed + "/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één provisieafspraak op"}, o.agreement)
	rest.Write(a, rest.Op{
		ID: "maak-provisieafspraakversie", Path: agreed + "/{id}/versies", Tag: tag, Scope: Write, Status: http.StatusCreated, Errors: []int{404}, Summary: "Wijzig een provisieafspraak",
		About: "Noem in `saw` de versie die u zag; is er intussen een nieuwere, dan is dat een 409. Wat gold in maanden die zijn vastgesteld, kan niet meer wijzigen.",
	}, o.change)
	rest.Read(a, rest.Op{ID: "list-provisieberekeningen", Path: months, Tag: tag, Scope: Read, Summary: "Vraag de berekeningen op", About: "De laatste maand eerst."}, o.runs)
	rest.Write(a, rest.Op{
		ID: "start-provisieberekening", Path: months, Tag: tag, Scope: Write, Status: http.StatusCreated, Summary: "Bereken een maand",
		About: "De berekening loopt op de achtergrond. Vraag haar op om te zien hoe ver zij is. Goedkeuren doet een medewerker.",
	}, o.start)
	rest.Read(a, rest.Op{ID: "get-provisieberekening", Path: months + "/{id}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één berekening op", About: "Met wat elke bemiddelaar krijgt, en het bewijs (root)."}, o.run)
	rest.Read(a, rest.Op{ID: "list-provisie-uitkomsten", Path: months + "/{id}/uitkomsten", Tag: tag, Scope: Read, Errors: []int{404, 409}, Summary: "Vraag de uitkomst per contract op", About: "Op kenmerk van het contract."}, o.lines)
	rest.Read(a, rest.Op{ID: "get-provisie-uitleg", Path: months + "/{id}/uitleg", Tag: tag, Scope: Read, Errors: []int{404, 409}, Summary: "Vraag op waarom een contract dit gaf", About: "Met elke reden, de norm en het bewijs. `zorgplicht screen verify` controleert het bewijs zonder deze installatie."}, o.explain)
	rest.Read(a, rest.Op{ID: "get-provisieafrekening", Path: months + "/{id}/afrekeningen/{afspraak}", Tag: tag, Scope: Read, Errors: []int{404, 409}, Summary: "Vraag de afrekening van één bemiddelaar op"}, o.statement)
	rest.Write(a, rest.Op{
		ID: "geef-bemiddelaar-inzage", Path: agreed + "/{id}/inzagen", Tag: tag, Scope: Write, Errors: []int{404}, Summary: "Laat de bemiddelaar zijn afrekeningen lezen",
		About: "Geef het kenmerk van zijn onderneming in deze installatie; met een leeg kenmerk eindigt de inzage.",
	}, o.nameOffice)
	rest.Read(a, rest.Op{ID: "list-ontvangen-provisieafrekeningen", Path: received, Tag: tag, Scope: Read, Summary: "Vraag de afrekeningen op die u als bemiddelaar kreeg", About: "Van elke aanbieder die u inzage gaf, elke maand die is goedgekeurd; de laatste eerst."}, o.received)
	rest.Read(a, rest.Op{ID: "get-ontvangen-provisieafrekening", Path: received + "/{aanbieder}/{berekening}/{afspraak}", Tag: tag, Scope: Read, Errors: []int{404}, Summary: "Vraag één afrekening op die u als bemiddelaar kreeg"}, o.receivedOne)
	rest.Read(a, rest.Op{ID: "list-provisiecorrecties", Path: fixes, Tag: tag, Scope: Read, Summary: "Vraag de correcties op", About: "De nieuwste eerst."}, o.corrections)
	rest.Write(a, rest.Op{
		ID: "corrigeer-provisie", Path: fixes, Tag: tag, Scope: Write, Status: http.StatusCreated, Errors: []int{404}, Summary: "Corrigeer een vastgestelde maand",
		About: "Geef hoe het contract op de laatste dag van de maand werkelijk stond. Het verschil komt op de volgende afrekening. Provisie die door achterstand is ingehouden, wordt niet alsnog betaald als de achterstand later is ingelopen.",
	}, o.correct)
}

type operations struct{ Desk }

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"unknown-commission-agreement": "Deze provisieafspraak is er niet, of staat niet in deze berekening.",
	"unknown-commission-run":       "Deze berekening is er niet, of hoort niet bij uw onderneming.",
	"unknown-commission-contract":  "Dit contract staat niet in deze berekening.",
	"agreement-changed":            "Er is intussen een nieuwere versie. Vraag de afspraak opnieuw op.",
	"run-under-way":                "Er loopt al een berekening. Wacht tot die klaar is.",
	"month-not-approved":           "Een eerdere maand wacht op goedkeuring. Laat die eerst goedkeuren.",
	"run-not-done":                 "Deze berekening is nog niet klaar, of mislukt. Vraag haar op voor de stand.",
	"month-not-settled":            "Deze maand is nog niet vastgesteld. Herstel het contract en bereken de maand opnieuw.",
	"no-intermediary":              "Dit contract hoort bij geen bemiddelaar met een afspraak.",
	"invalid-office":               "Het kenmerk van de onderneming klopt niet.",
	"invalid-commission-agreement": "De afspraak klopt niet, of mag zo niet.",
	"invalid-commission-month":     "De maand klopt niet.",
	"invalid-correction":           "De correctie klopt niet.",
}

// ProvisiePercentage is a percentage from a day on.
type ProvisiePercentage struct {
	Kind    string        `json:"kind" enum:"revolving,non_revolving" doc:"Doorlopend krediet, of ander krediet."`
	From    calendar.Date `json:"from" doc:"Voor overeenkomsten die vanaf deze dag worden afgesloten."`
	Percent string        `json:"percent" maxLength:"12" doc:"Percentage van het saldo per maand." example:"0.35"`
	Running bool          `json:"running,omitempty" doc:"Of lopend doorlopend krediet meegaat, elk na 24 maanden."`
}

// NieuweProvisieafspraak is what a program wants of an agreement.
type NieuweProvisieafspraak struct {
	Code        string               `json:"code" maxLength:"40" doc:"Zoals de contracten de bemiddelaar noemen." example:"NOORD"`
	Name        string               `json:"name" maxLength:"70" doc:"Naam van de bemiddelaar, zoals de rekening heet."`
	IBAN        string               `json:"iban" maxLength:"42" doc:"Rekening waarop wordt betaald." example:"NL91ABNA0417164300"`
	From        calendar.Date        `json:"from" doc:"Eerste dag."`
	Until       *calendar.Date       `json:"until,omitempty" doc:"Laatste dag waarop hij bemiddelt."`
	Percentages []ProvisiePercentage `json:"percentages" maxItems:"400" doc:"Wat is afgesproken."`
	PaidIn      string               `json:"paidIn,omitempty" maxLength:"40" doc:"Hoe wordt betaald. Alleen transfer (overschrijving) mag." example:"transfer"`
	Period      string               `json:"period,omitempty" maxLength:"40" doc:"Hoe vaak wordt betaald. Alleen month mag." example:"month"`
	Saw         int                  `json:"saw,omitempty" doc:"Bij een wijziging: het nummer van de versie die u zag."`
}

func (n NieuweProvisieafspraak) writing(id, key string) (w commission.AgreementWriting, err error) {
	w = commission.AgreementWriting{ID: id, Saw: n.Saw, Code: n.Code, Name: n.Name, IBAN: n.IBAN, PaidIn: n.PaidIn, Period: n.Period, Key: key}
	w.From, w.Until = n.From, n.Until
	var wrong []fault.Detail
	for i, p := range n.Percentages {
		percent, ok := commission.ParsePercent(p.Percent)
		if !ok {
			wrong = append(wrong, fault.Detail{Pointer: "/percentages/" + strconv.Itoa(i) + "/percent", Reason: "invalid-value", Text: "Geef een percentage van 0 tot en met 100 met hooguit zes cijfers achter de punt."})
		}
		if p.Kind != commission.Revolving && p.Kind != commission.NonRevolving {
			wrong = append(wrong, fault.Detail{Pointer: "/percentages/" + strconv.Itoa(i) + "/kind", Reason: "unknown-value", Text: "Kies revolving of non_revolving."})
		}
		w.Percentages = append(w.Percentages, commission.Agreed{Kind: p.Kind, From: p.From, Percent: percent, Running: p.Running})
	}
	return w, fault.All("invalid-commission-agreement", wrong)
}

// Provisieafspraak is what was agreed with one intermediary.
type Provisieafspraak struct {
	ID          string               `json:"id" format:"uuid" doc:"Kenmerk."`
	Code        string               `json:"code" doc:"Zoals de contracten de bemiddelaar noemen."`
	Name        string               `json:"name" doc:"Naam van de bemiddelaar."`
	IBAN        string               `json:"iban" doc:"Rekening waarop wordt betaald."`
	From        string               `json:"from" format:"date" doc:"Eerste dag."`
	Until       string               `json:"until,omitempty" format:"date" doc:"Laatste dag waarop hij bemiddelt."`
	Percentages []ProvisiePercentage `json:"percentages" doc:"Wat is afgesproken, op soort en dag."`
	Version     int                  `json:"version" doc:"Nummer van de versie."`
	Written     time.Time            `json:"written" doc:"Wanneer vastgelegd."`
}

func agreementOf(a commission.Agreement) Provisieafspraak {
	out := Provisieafspraak{ID: a.ID, Code: a.Code, Name: a.Name, IBAN: a.IBAN, From: a.From.String(), Percentages: []ProvisiePercentage{}, Version: a.Nr, Written: a.At}
	if a.Until != nil {
		out.Until = a.Until.String()
	}
	for _, p := range a.Percentages {
		out.Percentages = append(out.Percentages, ProvisiePercentage{p.Kind, p.From, p.Percent.String(), p.Running})
	}
	return out
}

type nothingAsked struct{ rest.Query }

type agreementsOut struct {
	Body struct {
		Items []Provisieafspraak `json:"items" doc:"De afspraken van uw onderneming."`
	} `nameHint:"Provisieafspraken"`
}

func (o operations) agreements(ctx context.Context, c rest.Caller, _ *nothingAsked) (*agreementsOut, error) {
	all, err := o.Agreements(ctx, c.Actor)
	out := &agreementsOut{}
	out.Body.Items = []Provisieafspraak{}
	for _, a := range all {
		out.Body.Items = append(out.Body.Items, agreementOf(a))
	}
	return out, err
}

type idAsked struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type agreementOut struct {
	Location string `header:"Location" doc:"Pad van de afspraak."`
	Body     Provisieafspraak
}

func agreementReply(a commission.Agreement, err error) (*agreementOut, error) {
	return &agreementOut{rest.Prefix + "/provisieafspraken/" + a.ID, agreementOf(a)}, err
}

func (o operations) agreement(ctx context.Context, c rest.Caller, in *idAsked) (*agreementOut, error) {
	return agreementReply(o.Agreement(ctx, c.Actor, in.ID))
}

type addIn struct {
	rest.Command
	Body rest.JSON[NieuweProvisieafspraak]
}

func (o operations) add(ctx context.Context, c rest.Caller, in *addIn) (*agreementOut, error) {
	return o.write(ctx, c, in.Body.Value, "", in.Key)
}

type changeIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[NieuweProvisieafspraak]
}

func (o operations) change(ctx context.Context, c rest.Caller, in *changeIn) (*agreementOut, error) {
	return o.write(ctx, c, in.Body.Value, in.ID, in.Key)
}

func (o operations) write(ctx context.Context, c rest.Caller, n NieuweProvisieafspraak, id, key string) (*agreementOut, error) {
	if id != "" {
		if _, err := o.Agreement(ctx, c.Actor, id); err != nil {
			return nil, err
		}
	}
	w, err := n.writing(id, key)
	if err != nil {
		return nil, err
	}
	return agreementReply(o.WriteAgreement(ctx, c.Actor, w))
}
