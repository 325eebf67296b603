package api

import (
	"context"
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/party"
)

// The scopes of a token that the operations on agreements ask.
const (
	ReadDistribution  = "distributie:lezen"
	WriteDistribution = "distributie:schrijven"
)

// A Distributor is what the operations on agreements ask of room party;
// party.Service is one, and says what each method does.
type Distributor interface {
	Firm(context.Context, ident.Firm) (party.Firm, error)
	Agreements(context.Context, ident.Actor) ([]party.Agreement, error)
	Offer(context.Context, ident.Actor, party.Offer) (party.Agreement, error)
	Accept(ctx context.Context, by ident.Actor, id, key string) (party.Agreement, error)
	End(context.Context, ident.Actor, party.Ending) (party.Agreement, error)
}

// A Library tells which tests a firm may use of others.
type Library interface {
	Modules(context.Context, ident.Actor) ([]appropriateness.Module, error)
	Today() calendar.Date
}

// MountDistribution mounts the operations on distribution agreements.
func MountDistribution(a *rest.API, d Distributor, l Library) {
	o := dealing{d, l}
	a.Explain(map[string]string{
		"unknown-agreement":   "Deze distributieovereenkomst is er niet, of is niet van uw onderneming.",
		"firm-unknown":        "Deze onderneming is hier niet bekend. Vraag de bemiddelaar naar het kenmerk op de eigen pagina Distributie.",
		"agreement-overlaps":  "U hebt met deze onderneming voor dit product al een overeenkomst in deze periode. Beëindig die eerst.",
		"agreement-accepted":  "Deze overeenkomst is al aanvaard.",
		"agreement-ended":     "Deze overeenkomst is geëindigd. Bied een nieuwe aan.",
		"not-the-distributor": "Alleen de bemiddelaar kan de overeenkomst aanvaarden.",
	})
	const tag, path = "Distributie", "/distributieovereenkomsten"
	rest.Read(a, rest.Op{
		ID: "list-distributieovereenkomsten", Path: path, Tag: tag, Scope: ReadDistribution,
		Summary: "Vraag distributieovereenkomsten op",
		About:   "Die van uw onderneming, als aanbieder of als bemiddelaar, de nieuwste eerst. Als bemiddelaar ziet u ook welke toetsen van de aanbieder u nu kunt gebruiken.",
	}, o.list)
	rest.Write(a, rest.Op{
		ID: "bied-distributieovereenkomst-aan", Path: path, Tag: tag, Scope: WriteDistribution, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Bied een bemiddelaar een overeenkomst aan",
		About:   "Zodra de bemiddelaar haar aanvaardt, kunnen diens klanten uw toetsen over dit product maken. Pogingen van één klant tellen dan samen, bij u en bij elke bemiddelaar.",
	}, o.offer)
	rest.Write(a, rest.Op{
		ID: "aanvaard-distributieovereenkomst", Path: path + "/{id}/aanvaardingen", Tag: tag, Scope: WriteDistribution, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Aanvaard een overeenkomst, als bemiddelaar",
		About:   "Wie zonder advies bemiddelt, is verantwoordelijk voor de afname en de inhoud van de toets, ook als de toets van de aanbieder is.",
	}, o.accept)
	rest.Write(a, rest.Op{
		ID: "beeindig-distributieovereenkomst", Path: path + "/{id}/beeindigingen", Tag: tag, Scope: WriteDistribution, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Beëindig een overeenkomst",
		About:   "Na de laatste dag start er geen toets meer onder de overeenkomst. Wie is begonnen, kan de toets afmaken.",
	}, o.end)
}

type dealing struct {
	Distributor
	library Library
}

// Distributieovereenkomst is an agreement as either firm sees it.
type Distributieovereenkomst struct {
	ID          string    `json:"id" format:"uuid" doc:"Kenmerk van de overeenkomst; bij beide ondernemingen hetzelfde."`
	Provider    Partij    `json:"provider" doc:"De aanbieder: van hem zijn de toetsen."`
	Distributor Partij    `json:"distributor" doc:"De bemiddelaar: zijn klanten maken de toetsen."`
	Product     string    `json:"product" doc:"Product waar de overeenkomst over gaat." example:"individual_disability_insurance"`
	From        string    `json:"from" format:"date" doc:"Eerste dag."`
	Until       string    `json:"until,omitempty" format:"date" doc:"Laatste dag; ontbreekt zolang er geen einde is."`
	State       string    `json:"state" enum:"offered,to_begin,in_force,ended" doc:"Aangeboden, nog niet begonnen, van kracht of geëindigd."`
	Reason      string    `json:"reason,omitempty" doc:"Waarom zij eindigt."`
	Tests       []Toetsje `json:"tests" doc:"Voor de bemiddelaar: de toetsen die nu te gebruiken zijn, met als aanbieder deze."`
}

// Partij is a firm at one side of an agreement.
type Partij struct {
	ID   string `json:"id" format:"uuid" doc:"Kenmerk van de onderneming."`
	Name string `json:"name" doc:"Naam."`
}

// Toetsje names a test.
type Toetsje struct {
	ID    string `json:"id" doc:"Kenmerk van de toets."`
	Title string `json:"title" doc:"Titel."`
}

type agreementsOut struct {
	Body struct {
		Items []Distributieovereenkomst `json:"items" doc:"De overeenkomsten."`
	} `nameHint:"Distributieovereenkomsten"`
}

func (o dealing) list(ctx context.Context, c rest.Caller, _ *struct{ rest.Query }) (*agreementsOut, error) {
	all, err := o.Agreements(ctx, c.Actor)
	if err != nil {
		return nil, err
	}
	var out agreementsOut
	out.Body.Items = make([]Distributieovereenkomst, len(all))
	for i, a := range all {
		if out.Body.Items[i], err = o.shown(ctx, c, a); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

func (o dealing) shown(ctx context.Context, c rest.Caller, a party.Agreement) (d Distributieovereenkomst, err error) {
	d = Distributieovereenkomst{
		ID: a.ID, Product: a.Product, From: a.From.String(), Until: a.Until.String(), State: string(a.State(o.library.Today())),
		Reason: a.Reason, Tests: []Toetsje{},
	}
	for firm, into := range map[ident.Firm]*Partij{a.Provider: &d.Provider, a.Distributor: &d.Distributor} {
		f, err := o.Firm(ctx, firm)
		if err != nil {
			return d, err
		}
		*into = Partij{string(f.ID), f.Name}
	}
	if a.Distributor != c.Actor.Firm {
		return d, nil
	}
	modules, err := o.library.Modules(ctx, c.Actor)
	for _, m := range modules {
		if m.Agreement == a.ID {
			d.Tests = append(d.Tests, Toetsje{m.Test.Test.ID, m.Test.Test.Title})
		}
	}
	return d, err
}

type agreementOut struct{ Body Distributieovereenkomst }

func (o dealing) answer(ctx context.Context, c rest.Caller, a party.Agreement, err error) (*agreementOut, error) {
	if err != nil {
		return nil, err
	}
	d, err := o.shown(ctx, c, a)
	return &agreementOut{d}, err
}

type offerIn struct {
	rest.Command
	Body rest.JSON[BiedAan]
}

// BiedAan offers an agreement to an intermediary.
type BiedAan struct {
	Distributor string `json:"distributor" maxLength:"36" doc:"Kenmerk van de bemiddelaar, zoals het op diens pagina Distributie staat."`
	Product     string `json:"product" maxLength:"64" doc:"Product waar de overeenkomst over gaat." example:"individual_disability_insurance"`
	From        string `json:"from" maxLength:"10" doc:"Eerste dag." example:"2027-01-01"`
	Until       string `json:"until,omitempty" maxLength:"10" doc:"Laatste dag; laat weg voor een overeenkomst zonder einde."`
}

func (o dealing) offer(ctx context.Context, c rest.Caller, in *offerIn) (*agreementOut, error) {
	b := in.Body.Value
	from, until, err := days(b.From, b.Until, "/until")
	if err != nil {
		return nil, err
	}
	a, err := o.Offer(ctx, c.Actor, party.Offer{Distributor: ident.Firm(b.Distributor), Product: b.Product, From: from, Until: until, Key: in.Key})
	return o.answer(ctx, c, a, err)
}

// days reads a first day and one that may be absent. An empty first day is left to
// the room, which says all that is wrong with the rest too.
func days(first, last, at string) (from, until calendar.Date, err error) {
	var bad []fault.Detail
	read := func(at, text string) (d calendar.Date) {
		if text == "" {
			return d
		}
		d, err := calendar.Parse(text)
		if err != nil {
			bad = append(bad, fault.Detail{Pointer: at, Reason: "invalid-value", Text: "Geef een dag als jaar-maand-dag, zoals 2027-01-01."})
		}
		return d
	}
	from, until = read("/from", first), read(at, last)
	return from, until, fault.All("agreement-invalid", bad)
}

type acceptIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de overeenkomst."`
	Body rest.JSON[Aanvaard]
}

// Aanvaard accepts an agreement.
type Aanvaard struct {
	Responsible bool `json:"responsible" doc:"Dat u weet dat uw onderneming verantwoordelijk is voor de afname en de inhoud van de toets."`
}

func (o dealing) accept(ctx context.Context, c rest.Caller, in *acceptIn) (*agreementOut, error) {
	if !in.Body.Value.Responsible {
		return nil, fault.All("agreement-invalid", []fault.Detail{{
			Pointer: "/responsible", Reason: "missing", Text: "Bevestig dat uw onderneming verantwoordelijk is voor de afname en de inhoud van de toets.",
		}})
	}
	a, err := o.Accept(ctx, c.Actor, in.ID, in.Key)
	return o.answer(ctx, c, a, err)
}

type endIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk van de overeenkomst."`
	Body rest.JSON[Beeindig]
}

// Beeindig gives an agreement its last day.
type Beeindig struct {
	Until  string `json:"until" maxLength:"10" doc:"Laatste dag, vandaag of later." example:"2027-06-30"`
	Reason string `json:"reason" maxLength:"500" doc:"Waarom de overeenkomst eindigt. De andere onderneming leest dit ook."`
}

func (o dealing) end(ctx context.Context, c rest.Caller, in *endIn) (*agreementOut, error) {
	b := in.Body.Value
	_, last, err := days("", b.Until, "/until")
	if err != nil {
		return nil, err
	}
	a, err := o.End(ctx, c.Actor, party.Ending{Agreement: in.ID, Last: last, Reason: b.Reason, Key: in.Key})
	return o.answer(ctx, c, a, err)
}
