// Package api lets a firm's programs keep credit products, issue documents with
// figures and ask every calculation.
package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

// The scopes of a token that these operations ask.
const (
	Read = "krediet:lezen"
	Keep = "krediet:schrijven"
)

// A Desk is what the operations ask of the room; credit.Service is one, and says what
// each method does.
type Desk interface {
	Products(context.Context, ident.Actor) ([]credit.Product, error)
	Product(context.Context, ident.Actor, credit.ProductID) (credit.File, error)
	Write(context.Context, ident.Actor, credit.Writing) (credit.Product, error)
	Set(ctx context.Context, by ident.Actor, id credit.ProductID, active, open bool, key string) (credit.Product, error)
	IssueFigures(ctx context.Context, by ident.Actor, id credit.ProductID, nr int, kind credit.PaperKind, key string) (credit.Paper, error)
	IssueAccount(context.Context, ident.Actor, credit.Agreement) (credit.Paper, error)
	IssueNotice(context.Context, ident.Actor, credit.Agreement) (credit.Paper, error)
	Papers(context.Context, ident.Actor, credit.PaperFilter) (credit.PaperPage, error)
	Paper(context.Context, ident.Actor, credit.PaperID) (credit.Paper, error)
}

// Mount mounts the operations. rules are those of the house; of them the calculations
// of credit can be asked.
func Mount(a *rest.API, d Desk, rules *rule.Registry) {
	o := operations{d, rules}
	a.Explain(texts)
	const products, papers = "Kredietproducten", "Kredietstukken"
	rest.Read(a, rest.Op{ID: "list-kredietproducten", Path: "/kredietproducten", Tag: products, Scope: Read, Summary: "Vraag de kredietproducten op", About: "Op naam, elk in zijn nieuwste versie."}, o.list)
	rest.Write(a, rest.Op{
		ID: "voeg-kredietproduct-toe", Path: "/kredietproducten", Tag: products, Scope: Keep, Status: http.StatusCreated,
		Summary: "Voeg een kredietproduct toe", About: "Alle cijfers worden meteen berekend en vastgelegd.",
	}, o.add)
	rest.Read(a, rest.Op{ID: "get-kredietproduct", Path: "/kredietproducten/{id}", Tag: products, Scope: Read, Errors: []int{404}, Summary: "Vraag één kredietproduct op", About: "Met alle versies en de cijfers van de nieuwste."}, o.one)
	rest.Write(a, rest.Op{
		ID: "maak-kredietproductversie", Path: "/kredietproducten/{id}/versies", Tag: products, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Maak een nieuwe versie", About: "De vorige versies blijven zoals zij waren. Noem in `saw` de versie die u zag; is er intussen een nieuwere, dan is dat een 409.",
	}, o.change)
	rest.Write(a, rest.Op{
		ID: "zet-kredietproductstand", Path: "/kredietproducten/{id}/standen", Tag: products, Scope: Keep, Errors: []int{404},
		Summary: "Bied een product aan of niet meer, en open de rekenpagina",
	}, o.set)
	rest.Write(a, rest.Op{
		ID: "maak-productstuk", Path: "/kredietproducten/{id}/stukken", Tag: papers, Scope: Keep, Status: http.StatusCreated, Errors: []int{404},
		Summary: "Maak een tabel voor reclame of cijfers voor het prospectus",
	}, o.issueFigures)
	rest.Write(a, rest.Op{
		ID: "maak-kredietstuk", Path: "/kredietstukken", Tag: papers, Scope: Keep, Status: http.StatusCreated,
		Summary: "Maak een saldo-overzicht, eindafrekening of bericht van rentewijziging", About: "Geef `account` of `change`, in de vorm van de berekening credit_account of charge_change. Met `settled` is het een eindafrekening.",
	}, o.issue)
	rest.Read(a, rest.Op{ID: "list-kredietstukken", Path: "/kredietstukken", Tag: papers, Scope: Read, Summary: "Vraag de stukken op", About: "Het nieuwste eerst."}, o.papers)
	rest.Read(a, rest.Op{ID: "get-kredietstuk", Path: "/kredietstukken/{id}", Tag: papers, Scope: Read, Errors: []int{404}, Summary: "Vraag één stuk op", About: "Met wat erin staat en de PDF."}, o.paper)
	rest.Ask(a, rest.Op{
		ID: "vraag-kredietberekening", Path: "/kredietberekeningen", Tag: "Kredietberekeningen", Scope: Read, Errors: []int{404},
		Summary: "Vraag een berekening", About: "Er wordt niets bewaard. Berekeningen: " + calculations() + ".",
	}, o.calculate)
}

type operations struct {
	Desk
	rules *rule.Registry
}

func calculations() (list string) {
	for i, name := range credit.Calculations {
		if i > 0 {
			list += ", "
		}
		list += name
	}
	return list
}

// texts say in Dutch what a fault of this room means to a programmer.
var texts = map[string]string{
	"unknown-credit-product": "Dit kredietproduct is er niet, of hoort niet bij uw onderneming.",
	"unknown-credit-paper":   "Dit stuk is er niet, of hoort niet bij uw onderneming.",
	"unknown-calculation":    "Deze berekening is er niet. Bij de beschrijving staat welke er zijn.",
	"product-changed":        "Er is intussen een nieuwere versie. Vraag het product opnieuw op.",
	"no-figures":             "Van een van de bedragen zijn er geen cijfers: het krediet wordt dan nooit afgelost.",
	"no-prospectus":          "Voor hypothecair krediet is er geen prospectus van artikel 36.",
	"no-notice":              "De rente verandert niet, of de kredietvergoeding is vast. Er is niets te melden.",
	"unknown-paper-kind":     "Kies tabel of prospectus.",
}

// Anything is JSON that a rule's own schema describes.
type Anything json.RawMessage

// MarshalJSON writes it as it is.
func (a Anything) MarshalJSON() ([]byte, error) {
	if len(a) == 0 {
		return []byte("null"), nil
	}
	return a, nil
}

// Schema says that anything goes.
func (Anything) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Description: "JSON in de vorm die het schema van de regel beschrijft."}
}

// Feiten are facts given to a rule, read exactly.
type Feiten struct{ given canon.Raw }

// ReadCanon keeps the facts as they came, in canonical form.
func (f *Feiten) ReadCanon(n canon.Node) string {
	if n.Kind() != canon.Obj {
		return "een object"
	}
	f.given = n.Append(nil)
	return ""
}

// Schema says that the rule itself knows what is in it.
func (Feiten) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: "object", AdditionalProperties: true, Description: "De feiten, zoals het schema van de regel ze beschrijft. Getallen mogen ook als tekst en worden exact gelezen."}
}

// Kredietproduct is a product in its newest version.
type Kredietproduct struct {
	ID         string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Name       string    `json:"name" doc:"Naam."`
	Version    int       `json:"version" doc:"Nummer van de versie."`
	From       string    `json:"from" format:"date" doc:"Vanaf welke dag deze voorwaarden worden aangeboden."`
	Active     bool      `json:"active" doc:"Of het product wordt aangeboden."`
	Open       bool      `json:"open" doc:"Of iedereen ermee mag rekenen."`
	Terms      Anything  `json:"terms" doc:"De voorwaarden, in de vorm van de berekening credit_figures."`
	Insurance  string    `json:"insurance,omitempty" doc:"Verzekering die nodig is."`
	Collateral string    `json:"collateral,omitempty" doc:"Zekerheid voor de aanbieder."`
	Hash       string    `json:"hash" doc:"SHA-256 van de versie."`
	Written    time.Time `json:"written" doc:"Wanneer vastgelegd."`
}

// KredietproductVoluit is a product with its figures and versions.
type KredietproductVoluit struct {
	Kredietproduct
	Figures  Anything         `json:"figures" doc:"Het antwoord van credit_figures."`
	Ceiling  Anything         `json:"ceiling" doc:"Het antwoord van maximum_charge_on op de dag waarop de versie ingaat."`
	Versions []Kredietproduct `json:"versions" doc:"Alle versies, de nieuwste eerst."`
}

// NieuwKredietproduct is what a program wants of a product.
type NieuwKredietproduct struct {
	Name       string        `json:"name" maxLength:"80" doc:"Naam." example:"Persoonlijke lening"`
	From       calendar.Date `json:"from" doc:"Vanaf welke dag deze voorwaarden worden aangeboden."`
	Terms      Feiten        `json:"terms" doc:"De voorwaarden, in de vorm van de berekening credit_figures."`
	Insurance  string        `json:"insurance,omitempty" maxLength:"400" doc:"Verzekering die nodig is om het krediet te krijgen."`
	Collateral string        `json:"collateral,omitempty" maxLength:"400" doc:"Zekerheid voor de aanbieder."`
	Saw        int           `json:"saw,omitempty" doc:"Bij een nieuwe versie: het nummer van de versie die u zag."`
}

func (n NieuwKredietproduct) writing(id, key string) (w credit.Writing, err error) {
	w = credit.Writing{ID: credit.ProductID(id), Saw: n.Saw, Key: key, Content: credit.Content{Name: n.Name, From: n.From, Insurance: n.Insurance, Collateral: n.Collateral}}
	err = under("/terms", canon.Decode(n.Terms.given, &w.Terms))
	if f := fault.As(err); f != nil { // with what else is wrong, all at once
		details := slices.Clone(f.Details)
		if rest := fault.As(w.Content.Check()); rest != nil {
			details = append(details, slices.DeleteFunc(rest.Details, func(d fault.Detail) bool { return strings.HasPrefix(d.Pointer, "/terms") })...)
		}
		err = fault.All(f.Reason, details)
	}
	return w, err
}

// under puts the faults of a part below where it stands in the body.
func under(at string, err error) error {
	if f := fault.As(err); f != nil {
		details := slices.Clone(f.Details)
		for i := range details {
			details[i].Pointer = at + details[i].Pointer
		}
		return fault.All(f.Reason, details)
	}
	return err
}

func product(p credit.Product) Kredietproduct { return versionOf(p, p.Version) }

func versionOf(p credit.Product, v credit.Version) Kredietproduct {
	return Kredietproduct{
		ID: string(p.ID), Name: v.Name, Version: v.Nr, From: v.From.String(), Active: p.Active, Open: p.Open, Terms: Anything(canon.Must(v.Terms)),
		Insurance: v.Insurance, Collateral: v.Collateral, Hash: v.Hash.String(), Written: v.At,
	}
}

type listIn struct{ rest.Query }

type listOut struct {
	Body struct {
		Items []Kredietproduct `json:"items" doc:"De kredietproducten van uw onderneming."`
	} `nameHint:"Kredietproducten"`
}

func (o operations) list(ctx context.Context, c rest.Caller, _ *listIn) (*listOut, error) {
	all, err := o.Products(ctx, c.Actor)
	var out listOut
	out.Body.Items = make([]Kredietproduct, len(all))
	for i, p := range all {
		out.Body.Items[i] = product(p)
	}
	return &out, err
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk."`
}

type oneOut struct{ Body KredietproductVoluit }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*oneOut, error) {
	f, err := o.Product(ctx, c.Actor, credit.ProductID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &oneOut{KredietproductVoluit{Kredietproduct: product(f.Product), Figures: Anything(canon.Must(f.Figures)), Ceiling: Anything(canon.Must(f.Ceiling))}}
	for _, v := range f.Versions {
		out.Body.Versions = append(out.Body.Versions, versionOf(f.Product, v))
	}
	return out, nil
}

type addIn struct {
	rest.Command
	Body rest.JSON[NieuwKredietproduct]
}

type productOut struct {
	Location string `header:"Location" doc:"Pad van het product."`
	Body     Kredietproduct
}

func (o operations) add(ctx context.Context, c rest.Caller, in *addIn) (*productOut, error) {
	return o.write(ctx, c, in.Body.Value, "", in.Key)
}

type changeIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[NieuwKredietproduct]
}

func (o operations) change(ctx context.Context, c rest.Caller, in *changeIn) (*productOut, error) {
	return o.write(ctx, c, in.Body.Value, in.ID, in.Key)
}

func (o operations) write(ctx context.Context, c rest.Caller, n NieuwKredietproduct, id, key string) (*productOut, error) {
	w, err := n.writing(id, key)
	if err != nil {
		return nil, err
	}
	p, err := o.Write(ctx, c.Actor, w)
	return &productOut{Location: rest.Prefix + "/kredietproducten/" + string(p.ID), Body: product(p)}, err
}

type setIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"64" doc:"Kenmerk."`
	Body rest.JSON[Stand]
}

// Stand says whether a product is offered and may be calculated with.
type Stand struct {
	Active bool `json:"active" doc:"Of het product wordt aangeboden."`
	Open   bool `json:"open" doc:"Of iedereen ermee mag rekenen."`
}

type setOut struct{ Body Kredietproduct }

func (o operations) set(ctx context.Context, c rest.Caller, in *setIn) (*setOut, error) {
	p, err := o.Set(ctx, c.Actor, credit.ProductID(in.ID), in.Body.Value.Active, in.Body.Value.Open, in.Key)
	return &setOut{product(p)}, err
}

// Berekening asks a calculation.
type Berekening struct {
	Calculation string `json:"calculation" doc:"Naam van de berekening." example:"credit_plan"`
	Given       Feiten `json:"given" doc:"De feiten."`
}

type calculateIn struct {
	rest.Query
	Body rest.JSON[Berekening]
}

type calculateOut struct {
	Body struct {
		Calculation string               `json:"calculation" doc:"Naam van de berekening."`
		RuleVersion int                  `json:"ruleVersion" doc:"Versie van de regel."`
		Answer      Anything             `json:"answer" doc:"Het antwoord."`
		Reasons     []RedenVanBerekening `json:"reasons" doc:"Waarom, in de volgorde van wegen."`
	} `nameHint:"UitkomstVanBerekening"`
}

// RedenVanBerekening is one reason of an answer.
type RedenVanBerekening struct {
	Code string `json:"code" doc:"Vaste code."`
	Norm string `json:"norm" doc:"Kenmerk van de norm."`
	Text string `json:"text" doc:"De zin."`
}

func (o operations) calculate(_ context.Context, _ rest.Caller, in *calculateIn) (*calculateOut, error) {
	q := in.Body.Value
	if !slices.Contains(credit.Calculations, q.Calculation) {
		return nil, fault.New(fault.NotFound, "unknown-calculation", q.Calculation)
	}
	reply, err := o.rules.Ask(q.Calculation, 0, q.Given.given, nil)
	if err != nil {
		return nil, under("/given", err)
	}
	var out calculateOut
	out.Body.Calculation, out.Body.RuleVersion, out.Body.Answer, out.Body.Reasons = reply.Rule, reply.Version, Anything(reply.Answer), []RedenVanBerekening{}
	for _, r := range reply.Reasons {
		out.Body.Reasons = append(out.Body.Reasons, RedenVanBerekening{r.Code, string(r.Norm), r.Text})
	}
	return &out, nil
}
