// Package api lets programs look up the rules of the house and ask them.
package api

import (
	"context"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"

	"zorgplicht/canon"
	"zorgplicht/desk"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

// AskRules is the scope of a token that these operations ask.
const AskRules = "regels:vragen"

// Mount mounts the operations. They read and keep nothing.
func Mount(a *rest.API, d *desk.Desk) {
	o := operations{d}
	a.Explain(map[string]string{rule.UnknownRule: "Deze regel is er niet, of niet in deze versie. Vraag de regels op met GET /v1/regels."})
	const tag = "Regelbalie"
	rest.Read(a, rest.Op{
		ID: "list-regels", Path: "/regels", Tag: tag, Scope: AskRules,
		Summary: "Vraag de regels op", About: "Elke regel in zijn nieuwste versie, met normen.",
	}, o.list)
	rest.Read(a, rest.Op{
		ID: "get-regel", Path: "/regels/{name}", Tag: tag, Scope: AskRules, Errors: []int{404},
		Summary: "Vraag één regel op", About: "Met het JSON Schema van vraag en antwoord, de redenen die kunnen voorkomen en uitgewerkte voorbeelden.",
	}, o.one)
	rest.Ask(a, rest.Op{
		ID: "vraag-beslissing", Path: "/beslissingen", Tag: tag, Scope: AskRules, Errors: []int{404},
		Summary: "Vraag een beslissing",
		About: "Stelt een regel een vraag en geeft het antwoord met redenen en normen. Er wordt niets bewaard; dezelfde vraag aan dezelfde versie geeft altijd hetzelfde antwoord. " +
			"Met `counterfactual` komt erbij welke ene wijziging tot een andere beslissing had geleid.",
	}, o.ask)
}

type operations struct{ desk *desk.Desk }

// Anything is JSON that the rule's own schema describes.
type Anything json.RawMessage

// MarshalJSON writes it as it is.
func (a Anything) MarshalJSON() ([]byte, error) { return a, nil }

// Schema says that anything goes.
func (Anything) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Description: "JSON in de vorm die het schema van de regel beschrijft."}
}

// Feiten are the facts given to a rule, read exactly.
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

// Regel is a rule as the list shows it.
type Regel struct {
	Name    string         `json:"name" doc:"Naam waarmee de regel wordt gevraagd." example:"test_required"`
	Version int            `json:"version" doc:"Nieuwste versie."`
	Profile string         `json:"profile" enum:"actueel,bfd-2005" doc:"Welk recht: de stukken van de AFM, of het besluit van 2005."`
	Title   string         `json:"title" doc:"Wat de regel beslist."`
	Norms   []NormVanRegel `json:"norms" doc:"De normen waarop de regel rust."`
}

// NormVanRegel is a norm with its citation.
type NormVanRegel struct {
	ID       string `json:"id" doc:"Kenmerk." example:"bfd:14:2"`
	Citation string `json:"citation" doc:"Voluit." example:"artikel 14, tweede lid, Bfd"`
}

// RegelVoluit is one version of a rule with all there is to know.
type RegelVoluit struct {
	Regel
	Versions []int       `json:"versions" doc:"Alle versies die te vragen zijn."`
	About    string      `json:"about" doc:"Wat de regel beslist, in een paar zinnen."`
	Question Anything    `json:"question" doc:"JSON Schema (2020-12) van de feiten."`
	Answer   Anything    `json:"answer" doc:"JSON Schema van het antwoord."`
	Reasons  []Zin       `json:"reasons" doc:"De redenen die kunnen voorkomen."`
	Examples []Voorbeeld `json:"examples" doc:"Uitgewerkte voorbeelden."`
}

// Zin is the sentence of a reason.
type Zin struct {
	Code string `json:"code" doc:"Vaste code."`
	Text string `json:"text" doc:"De zin; wat tussen accolades staat, wordt ingevuld."`
}

// Voorbeeld is a question worth asking.
type Voorbeeld struct {
	Title string   `json:"title" doc:"Waar het over gaat."`
	Given Anything `json:"given" doc:"De feiten."`
}

type listIn struct{ rest.Query }

type listOut struct {
	Body struct {
		Items []Regel `json:"items" doc:"De regels, op naam."`
	} `nameHint:"Regels"`
}

func (o operations) list(context.Context, rest.Caller, *listIn) (*listOut, error) {
	var out listOut
	out.Body.Items = []Regel{}
	for _, r := range o.desk.Rules() {
		out.Body.Items = append(out.Body.Items, short(r))
	}
	return &out, nil
}

func short(r desk.Rule) Regel {
	out := Regel{Name: r.Name, Version: r.Version, Profile: r.Profile, Title: r.Title, Norms: []NormVanRegel{}}
	for _, n := range r.Norms {
		out.Norms = append(out.Norms, NormVanRegel{string(n), n.Dutch()})
	}
	return out
}

type oneIn struct {
	rest.Query
	Name    string `path:"name" maxLength:"64" doc:"Naam van de regel."`
	Version int    `query:"version" minimum:"1" doc:"Versie; zonder is het de nieuwste."`
}

type oneOut struct{ Body RegelVoluit }

func (o operations) one(_ context.Context, _ rest.Caller, in *oneIn) (*oneOut, error) {
	r, err := o.desk.Rule(in.Name, in.Version)
	if err != nil {
		return nil, err
	}
	out := RegelVoluit{
		Regel: short(r), Versions: r.Versions, About: r.About, Reasons: []Zin{}, Examples: []Voorbeeld{},
		Question: Anything(canon.Must(r.Question)), Answer: Anything(canon.Must(r.Answer)),
	}
	for _, code := range r.Codes() {
		out.Reasons = append(out.Reasons, Zin{code, r.Sentences[code]})
	}
	for _, e := range r.Examples {
		out.Examples = append(out.Examples, Voorbeeld{e.Title, Anything(e.Given)})
	}
	return &oneOut{out}, nil
}

// inGiven moves the faults of the facts to where they stand in the body.
func inGiven(err error) error {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return err
	}
	moved := make([]fault.Detail, len(f.Details))
	for i, d := range f.Details {
		d.Pointer = "/given" + d.Pointer
		moved[i] = d
	}
	return fault.All(f.Reason, moved)
}
