// Package api lets programs look up the norms of the house.
package api

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/law"
)

// ReadNorms is the scope of a token that these operations ask.
const ReadNorms = "regels:vragen"

// Mount mounts the operations. carry tells where the house carries a norm.
func Mount(a *rest.API, carry law.Carry) {
	o := operations{carry}
	a.Explain(map[string]string{"unknown-norm": "Deze norm staat niet in de catalogus. Zoek hem op met GET /v1/normen."})
	const tag = "Normen"
	rest.Read(a, rest.Op{
		ID: "list-normen", Path: "/normen", Tag: tag, Scope: ReadNorms,
		Summary: "Zoek normen op", About: "Alle artikelen, leden en onderdelen van het besluit en de passages van de AFM, in de volgorde van de tekst; met `search` de beste eerst. " +
			"De omschrijvingen zijn van ons: de tekst is die van de wet.",
	}, o.list)
	rest.Read(a, rest.Op{
		ID: "get-norm", Path: "/normen/{id}", Tag: tag, Scope: ReadNorms, Errors: []int{404},
		Summary: "Vraag één norm op", About: "Met de regels, toetsen en schermen die hem dragen.",
	}, o.one)
}

type operations struct{ carry law.Carry }

// Getal is a number in a norm.
type Getal struct {
	Value string `json:"value" doc:"De waarde, als exacte tekst." example:"50"`
	Unit  string `json:"unit" doc:"Eenheid." example:"fte"`
	Bound string `json:"bound,omitempty" doc:"Wat de waarde begrenst; at_least is iets anders dan more_than." example:"more_than"`
	What  string `json:"what" doc:"Wat er wordt geteld."`
}

// NormVanWet is a norm of the catalogue.
type NormVanWet struct {
	ID         string   `json:"id" doc:"Kenmerk." example:"bfd:14:2"`
	Citation   string   `json:"citation" doc:"Voluit." example:"artikel 14, tweede lid, Bfd"`
	Reference  string   `json:"juriconnect,omitempty" doc:"Juriconnect-verwijzing; ontbreekt waar die er niet is."`
	Title      string   `json:"title" doc:"Waar het artikel of stuk over gaat."`
	Profile    string   `json:"profile" enum:"bfd-2005,actueel" doc:"Welk recht."`
	Kind       string   `json:"kind" doc:"Wat de norm doet." example:"duty"`
	Bearer     []string `json:"bearer" doc:"Tot wie hij zich richt."`
	Product    []string `json:"product" doc:"Voor welke producten; any is alle."`
	Moment     string   `json:"moment,omitempty" doc:"Wanneer hij speelt." example:"retention"`
	Force      string   `json:"force" enum:"law,expectation,suggestion,principle" doc:"Hoe hard hij is."`
	Machine    string   `json:"machine" enum:"full,partly,human,none" doc:"In hoeverre een machine kan toetsen of hij is nageleefd."`
	Term       string   `json:"term,omitempty" doc:"Het begrip dat hier wordt bepaald."`
	TextNL     string   `json:"textNl" doc:"Wat er staat, in gewone woorden van ons."`
	TextEN     string   `json:"textEn,omitempty" doc:"Hetzelfde in het Engels."`
	Evidence   string   `json:"evidence,omitempty" doc:"Wat zou aantonen dat de norm is nageleefd."`
	Tariffs    []string `json:"tariffs" doc:"Boetetarieven van bijlage 10; twee waar de tabel zichzelf tegenspreekt."`
	Numbers    []Getal  `json:"numbers" doc:"Bedragen, termijnen en aantallen."`
	Exceptions []string `json:"exceptions" doc:"Normen die deze opzijzetten of beperken."`
	Excepts    []string `json:"excepts" doc:"Normen die deze norm opzijzet of beperkt."`
	See        []string `json:"see" doc:"Normen om ernaast te lezen."`
	Basis      []string `json:"basis" doc:"De wet waarop de norm steunt."`
	Parts      []string `json:"parts" doc:"De onderdelen waarvan dit de aanhef is."`
	ValidFrom  string   `json:"validFrom" doc:"Eerste dag: een datum, commencement (inwerkingtreding) of not in the source."`
	ValidTo    string   `json:"validTo,omitempty" doc:"Laatste dag; ontbreekt als de bron die niet noemt."`
	Read       string   `json:"read,omitempty" doc:"De dag waarop de pagina is gelezen."`
	Note       string   `json:"note,omitempty" doc:"Wat de toelichting toevoegt of verandert."`
	Issue      string   `json:"issue,omitempty" doc:"Waar de bron zichzelf tegenspreekt of zwijgt."`
	Defects    []string `json:"defects,omitempty" doc:"Verschrijvingen in de tekst."`
	Rules      []string `json:"rules" doc:"Regels die op de norm rusten; te vragen met POST /v1/beslissingen."`
	Tests      []string `json:"tests,omitempty" doc:"Waar hij wordt getest."`
	Screens    []string `json:"screens,omitempty" doc:"Schermen waarop hij voorkomt."`
}

type listIn struct {
	rest.Query
	rest.Paging
	Search       string `query:"search" maxLength:"200" doc:"Woorden, ook verbogen, of een kenmerk."`
	Kind         string `query:"kind" maxLength:"40" doc:"Alleen deze soort."`
	Bearer       string `query:"bearer" maxLength:"40" doc:"Alleen wat zich hiertoe richt."`
	Product      string `query:"product" maxLength:"40" doc:"Alleen wat over dit product gaat."`
	Moment       string `query:"moment" maxLength:"40" doc:"Alleen wat dan speelt."`
	Force        string `query:"force" enum:"law,expectation,suggestion,principle" doc:"Alleen van deze kracht."`
	Machine      string `query:"machine" enum:"full,partly,human,none" doc:"Alleen wat zo ver te toetsen is."`
	Profile      string `query:"profile" enum:"bfd-2005,actueel" doc:"Alleen uit dit recht."`
	Tariff       string `query:"tariff" enum:"2,2a,3" doc:"Alleen met dit boetetarief."`
	Issue        bool   `query:"issue" doc:"Alleen waar de bron zichzelf tegenspreekt of zwijgt."`
	On           string `query:"on" format:"date" doc:"Alleen wat op deze dag gold."`
	Commencement string `query:"commencement" format:"date" doc:"Dag waarop het besluit in werking trad; die staat niet in de bron. Zonder gaat het om 2006-01-01."`
}

type listOut struct {
	Body struct {
		Items      []NormVanWet `json:"items" doc:"De normen van deze bladzijde."`
		NextCursor string       `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
		Total      int          `json:"total" doc:"Hoeveel normen er zijn."`
	} `nameHint:"Normen"`
}

func (o operations) list(_ context.Context, _ rest.Caller, in *listIn) (*listOut, error) {
	from, err := place(in.Cursor)
	if err != nil {
		return nil, err
	}
	if err := in.words(); err != nil {
		return nil, err
	}
	f := law.Filter{
		Kind: in.Kind, Bearer: in.Bearer, Product: in.Product, Moment: in.Moment, Force: in.Force, Machine: in.Machine, Profile: in.Profile,
		Tariff: in.Tariff, Issue: in.Issue,
	}
	on, commencement, err := in.days()
	if err != nil {
		return nil, err
	}
	var found []law.Norm
	for _, n := range law.Search(in.Search) {
		if f.Keeps(n) && (on.IsZero() || n.Holds(on, commencement)) {
			found = append(found, n)
		}
	}
	var out listOut
	out.Body.Items, out.Body.Total = []NormVanWet{}, len(found)
	from = min(from, len(found))
	to := min(from+in.Limit, len(found))
	for _, n := range found[from:to] {
		out.Body.Items = append(out.Body.Items, o.tell(n))
	}
	if to < len(found) {
		out.Body.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(to)))
	}
	return &out, nil
}

// words refuses a word that no norm can have: who mistypes it would think that
// there is nothing.
func (in listIn) words() error {
	for _, x := range []struct {
		name, word string
		list       law.Words
	}{{"kind", in.Kind, law.Kinds}, {"bearer", in.Bearer, law.Bearers}, {"product", in.Product, law.Products}, {"moment", in.Moment, law.Moments}} {
		if _, ok := x.list.Find(x.word); x.word != "" && !ok {
			codes := make([]string, len(x.list))
			for i, w := range x.list {
				codes[i] = w.Code
			}
			return rest.Wrong("query", "/"+x.name, "unknown-value", "Kies een van deze waarden: "+strings.Join(codes, ", ")+".")
		}
	}
	return nil
}

// days reads the day that is asked after.
func (in listIn) days() (on, commencement calendar.Date, err error) {
	commencement = law.CustomaryCommencement
	for _, x := range []struct {
		name, text string
		to         *calendar.Date
	}{{"on", in.On, &on}, {"commencement", in.Commencement, &commencement}} {
		if x.text == "" {
			continue
		}
		if *x.to, err = calendar.Parse(x.text); err != nil {
			return on, commencement, rest.Wrong("query", "/"+x.name, "wrong-form", "Geef een datum als 2026-11-21.")
		}
	}
	return on, commencement, nil
}

// place reads at which norm the page begins. The catalogue does not change while
// the program runs, so a number will do.
func place(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	n := 0
	if err == nil {
		n, err = strconv.Atoi(string(b))
	}
	if err != nil || n < 1 {
		return 0, rest.Wrong("query", "/cursor", "cursor-invalid", "Geef nextCursor van de vorige bladzijde, onveranderd.")
	}
	return n, nil
}

type oneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"64" doc:"Kenmerk van de norm." example:"bfd:14:2"`
}

type oneOut struct{ Body NormVanWet }

func (o operations) one(_ context.Context, _ rest.Caller, in *oneIn) (*oneOut, error) {
	n, ok := law.Find(ident.Norm(in.ID))
	if !ok {
		return nil, fault.New(fault.NotFound, "unknown-norm", "")
	}
	return &oneOut{o.tell(n)}, nil
}

func (o operations) tell(n law.Norm) NormVanWet {
	r := n.Record(o.carry(n.ID))
	out := NormVanWet{
		ID: string(r.ID), Citation: r.Citation, Reference: n.ID.Juriconnect(), Title: r.Title, Profile: r.Profile, Kind: r.Kind,
		Bearer: list(r.Bearer), Product: list(r.Product), Moment: r.Moment, Force: r.Force, Machine: r.Machine, Term: r.Term,
		TextNL: r.TextNL, TextEN: r.TextEN, Evidence: r.Evidence, Tariffs: r.Tariffs, Numbers: []Getal{},
		Exceptions: list(r.Exceptions), Excepts: list(r.Excepts), See: list(r.See), Basis: list(r.Basis), Parts: list(r.Parts),
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Read: r.Read, Note: r.Note, Issue: r.Issue, Defects: r.Defects,
		Rules: list(r.Rules), Tests: r.Tests, Screens: r.Screens,
	}
	for _, x := range r.Numbers {
		out.Numbers = append(out.Numbers, Getal(x))
	}
	return out
}

// list writes a list that may be nil as one of texts that is not.
func list[T ~string](from []T) []string {
	out := make([]string, len(from))
	for i, x := range from {
		out[i] = string(x)
	}
	return out
}
