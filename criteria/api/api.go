// Package api lets programs keep the rule sets of a firm, and decide by them.
package api

import (
	"context"
	"net/http"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/rule"
)

// The scopes of a token that these operations ask.
const (
	ReadSets = "regelsets:lezen"
	KeepSets = "regelsets:schrijven"
	Decide   = "regelsets:beslissen"
)

// Mount mounts the operations.
func Mount(a *rest.API, s *criteria.Service) {
	o := operations{s}
	a.Explain(map[string]string{
		"unknown-set":         "Er is geen regelset met deze naam bij uw onderneming.",
		"unknown-set-version": "Deze versie is niet in gebruik of gepland bij uw onderneming.",
		"no-earlier-version":  "Voor deze versie is geen andere versie gepubliceerd om mee te vergelijken.",
		"no-version":          "Geen enkele versie van deze regelset geldt op deze dag.",
		"invalid-set":         "De regelset is zo niet te bewaren. Zie errors.",
		"bad-rule-set":        "De tekst van de regelset heeft fouten. Zie errors.",
		criteria.BadFile:      "De steekproef is zo niet te lezen. Zie errors.",
		"set-exists":          "Er is al een regelset met deze naam. Stuur de herziening mee die u zag.",
		"set-changed":         "De regelset is veranderd sinds u haar opvroeg. Vraag haar opnieuw op en besluit dan.",
		"set-asked":           "Deze regelset is aangeboden en wacht. Neem de aanvraag eerst terug.",
		"purpose-fixed":       "Het doel van een regelset die in gebruik was, ligt vast.",
		"reviewed-before":     "Een ander heeft deze regelset al goedgekeurd.",
		"reviewer-is-editor":  "Wie de regelset het laatst wijzigde, kan haar niet zelf goedkeuren.",
		"reviewer-no-person":  "Een programma is geen tweede paar ogen. Een medewerker beoordeelt de regelset, op de werkplek.",
		"not-reviewed":        "Laat de regelset eerst goedkeuren door een ander dan wie haar het laatst wijzigde.",
	})
	const tag = "Regelsets"
	rest.Read(a, rest.Op{ID: "list-regelsets", Path: "/regelsets", Tag: tag, Scope: ReadSets, Summary: "Vraag de regelsets op", About: "Op naam, met hun stand."}, o.list)
	rest.Read(a, rest.Op{ID: "get-regelset", Path: "/regelsets/{naam}", Tag: tag, Scope: ReadSets, Errors: []int{404}, Summary: "Vraag één regelset op", About: "Met de tekst waaraan wordt gewerkt, wat er in die tekst mis is, en alle versies."}, o.one)
	rest.Read(a, rest.Op{ID: "list-regelsetverschillen", Path: "/regelsets/{naam}/verschillen", Tag: tag, Scope: ReadSets, Errors: []int{404}, Summary: "Vraag op wat een versie verandert", About: "Ten opzichte van de versie ervoor: in woorden, en of zij voor elk contract hetzelfde betekent. Zonder `version` gaat het om de tekst waaraan wordt gewerkt."}, o.compare)
	rest.Ask(a, rest.Op{ID: "meet-regelset", Path: "/regelsets/{naam}/effecten", Tag: tag, Scope: ReadSets, Errors: []int{404}, Summary: "Bereken wat een versie met contracten doet", About: "Ten opzichte van de versie ervoor: hoeveel contracten van categorie veranderen, en welke. De gegevens worden niet bewaard."}, o.measure)
	rest.Ask(a, rest.Op{ID: "controleer-regelset", Path: "/regelsetcontroles", Tag: tag, Scope: ReadSets, Summary: "Controleer een tekst zonder haar te bewaren", About: "Alle fouten met regel en herstel, of anders de bevindingen van de analyse."}, o.check)
	rest.Write(a, rest.Op{ID: "schrijf-regelset", Path: "/regelsets", Tag: tag, Scope: KeepSets, Status: http.StatusCreated, Errors: []int{404}, Summary: "Schrijf de tekst van een regelset", About: "Bewaart een nieuwe regelset, of de volgende herziening. Een tekst mag fouten hebben. Laat `revision` weg voor een nieuwe regelset."}, o.write)
	rest.Write(a, rest.Op{ID: "probeer-regelset", Path: "/regelsets/{naam}/steekproeven", Tag: tag, Scope: KeepSets, Status: http.StatusCreated, Errors: []int{404}, Summary: "Probeer de tekst op een steekproef", About: "De aantallen worden bewaard, de gegevens niet."}, o.try)
	rest.Write(a, rest.Op{ID: "bied-regelset-aan", Path: "/regelsets/{naam}/aanbiedingen", Tag: tag, Scope: KeepSets, Status: http.StatusCreated, Errors: []int{404}, Summary: "Bied de tekst aan voor beoordeling", About: "Verzegelt de regelset. Wat dat in de weg staat, komt in één keer terug als een 400 `not-publishable`."}, o.ask)
	rest.Write(a, rest.Op{ID: "beoordeel-regelset", Path: "/regelsets/{naam}/beoordelingen", Tag: tag, Scope: KeepSets, Status: http.StatusCreated, Errors: []int{404}, Summary: "Geef de regelset terug, of keur haar goed", About: "Goedkeuren kan alleen een medewerker, op de werkplek; een programma krijgt een 409 `reviewer-no-person`."}, o.review)
	rest.Write(a, rest.Op{ID: "publiceer-regelset", Path: "/regelsets/{naam}/publicaties", Tag: tag, Scope: KeepSets, Status: http.StatusCreated, Errors: []int{404}, Summary: "Publiceer wat is aangeboden", About: "Bij een onderneming van één persoon: met de reden waarom niemand meekijkt, en na 24 uur. Elders doet een medewerker dit op de werkplek."}, o.publish)
	rest.Write(a, rest.Op{ID: "trek-regelset-in", Path: "/regelsets/{naam}/intrekkingen", Tag: tag, Scope: KeepSets, Status: http.StatusCreated, Errors: []int{404}, Summary: "Trek een versie in, of annuleer haar"}, o.withdraw)
	rest.Write(a, rest.Op{
		ID: "beslis-met-regelset", Path: "/regelsets/{naam}/beslissingen", Tag: tag, Scope: Decide, Status: http.StatusCreated, Errors: []int{404}, Summary: "Laat één geval beslissen",
		About: "Door de versie die op de dag geldt. De beslissing wordt bewaard en is later opnieuw te geven uit de verzegelde versie. Het antwoord noemt elke vergelijking, wat de uitkomst zou omkeren, en welke ene vraag beslist.",
	}, o.decide)
}

type operations struct{ *criteria.Service }

// Named is embedded by the input of what is about one set.
type Named struct {
	Name string `path:"naam" maxLength:"60" doc:"Naam van de regelset."`
}

// Regelset is a rule set as the list shows it.
type Regelset struct {
	Name     string            `json:"name" doc:"Naam, gelijk in alle versies."`
	Title    string            `json:"title" doc:"Titel."`
	Purpose  string            `json:"purpose" doc:"Waarvoor zij is." enum:"attention,acceptance,applicability,segmentation,other"`
	State    string            `json:"state" doc:"Stand." enum:"in_use,planned,draft,asked,reviewed,over"`
	Revision int               `json:"revision" doc:"Hoe vaak de tekst is bewaard; stuur dit mee als u haar wijzigt."`
	Versions []Regelsetversie  `json:"versions,omitempty" doc:"Alle versies, de nieuwste eerst. Alleen bij één regelset."`
	Text     string            `json:"text,omitempty" doc:"De tekst waaraan wordt gewerkt. Alleen bij één regelset."`
	Check    *Regelsetcontrole `json:"check,omitempty" doc:"Wat er in die tekst mis is. Alleen bij één regelset."`
	Request  *Regelsetaanvraag `json:"request,omitempty" doc:"Wat is aangeboden; ontbreekt als niemand wacht."`
}

// Regelsetversie is a version with the days on which it decides.
type Regelsetversie struct {
	Version     int       `json:"version" doc:"Nummer, vanaf 1."`
	Hash        string    `json:"hash" doc:"SHA-256 van de verzegelde regelset."`
	State       string    `json:"state" enum:"planned,in_use,over,cancelled" doc:"Stand vandaag."`
	From        string    `json:"from" format:"date" doc:"Eerste dag waarop zij beslist."`
	Until       string    `json:"until,omitempty" format:"date" doc:"Eerste dag waarop zij niet meer beslist."`
	Way         string    `json:"way" doc:"Hoe zij in gebruik kwam." example:"second_person"`
	PublishedBy string    `json:"publishedBy" doc:"Wie haar publiceerde, zoals het journaal dat bewaart."`
	Recorded    time.Time `json:"recorded" doc:"Wanneer dat werd vastgelegd."`
}

// Regelsetaanvraag is what was offered and waits.
type Regelsetaanvraag struct {
	Hash     string    `json:"hash" doc:"SHA-256 van de verzegelde regelset die wacht."`
	Version  int       `json:"version" doc:"Welke versie het wordt."`
	By       string    `json:"by" doc:"Wie haar aanbood."`
	At       time.Time `json:"at" doc:"Wanneer."`
	Reviewed bool      `json:"reviewed" doc:"Of een ander haar goedkeurde."`
}

// Regelsetcontrole says what is wrong with a text, or what the analysis finds.
type Regelsetcontrole struct {
	Faults   []Regelsetfout `json:"faults" doc:"Fouten, op regel."`
	Findings []Bevinding    `json:"findings" doc:"Bevindingen van de analyse, de ernstigste eerst; leeg zolang er fouten zijn."`
	Hash     string         `json:"hash,omitempty" doc:"SHA-256 die de verzegelde regelset zou hebben."`
}

// Regelsetfout is one fault of a text.
type Regelsetfout struct {
	Line    int    `json:"line" doc:"Regel van de tekst."`
	Pointer string `json:"pointer" doc:"Waar in de regelset."`
	Code    string `json:"code" doc:"Vaste code."`
	Text    string `json:"text" doc:"Wat er mis is en hoe u het herstelt."`
}

// Bevinding is one finding of the analysis.
type Bevinding struct {
	ID    string `json:"id" doc:"Kenmerk, om te zeggen waarom zij blijft staan."`
	Grade string `json:"grade" doc:"Hoe ernstig." enum:"wrong,doubtful,note,undecided"`
	Line  int    `json:"line" doc:"Regel van de tekst."`
	Text  string `json:"text" doc:"Wat er is."`
	Mend  string `json:"mend,omitempty" doc:"Wat u kunt doen."`
}

func checkOf(text string) *Regelsetcontrole {
	l := criteria.LookAt(text)
	out := &Regelsetcontrole{Faults: []Regelsetfout{}, Findings: []Bevinding{}}
	for _, f := range l.Faults {
		out.Faults = append(out.Faults, Regelsetfout{f.Line, f.Pointer, f.Reason, f.Text})
	}
	for _, f := range l.Findings {
		out.Findings = append(out.Findings, Bevinding{f.ID(), f.Grade.String(), l.Line(f.Pointer), f.Text, f.Mend})
	}
	if l.Program != nil {
		out.Hash = l.Program.Set().Hash().String()
	}
	return out
}

func rowOf(r criteria.SetRow) Regelset {
	out := Regelset{Name: r.Name, Title: r.Title, Purpose: string(r.Purpose), State: r.State(), Revision: r.Draft.Revision}
	if a := r.Draft.Asked; a != nil {
		out.Request = &Regelsetaanvraag{a.Set.String(), a.Version, a.By, a.At, a.Review != nil}
	}
	return out
}

func versionOf(r criteria.Release, today calendar.Date) Regelsetversie {
	v := Regelsetversie{Version: r.Version, Hash: r.Hash.String(), State: string(r.On(today)), From: r.From.String(), Way: r.Way, PublishedBy: r.By, Recorded: r.Recorded}
	if r.To != nil {
		v.Until = r.To.String()
	}
	return v
}

type listIn struct {
	rest.Query
	rest.Paging
	Purpose string `query:"purpose" enum:"attention,acceptance,applicability,segmentation,other" doc:"Alleen voor dit doel."`
	Search  string `query:"search" maxLength:"200" doc:"In naam of titel."`
}

type listOut struct{ Body rest.Page[Regelset] }

func (o operations) list(ctx context.Context, c rest.Caller, in *listIn) (*listOut, error) {
	after, err := in.FromWord()
	if err != nil {
		return nil, err
	}
	rows, err := o.List(ctx, c.Actor, criteria.Filter{Sought: in.Search, Purpose: criteria.Purpose(in.Purpose)})
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Items = []Regelset{}
	for _, r := range rows {
		switch {
		case r.Name <= after:
		case len(out.Body.Items) == in.Limit:
			out.Body.NextCursor = rest.WordCursor(out.Body.Items[in.Limit-1].Name)
			return out, nil
		default:
			out.Body.Items = append(out.Body.Items, rowOf(r))
		}
	}
	return out, nil
}

type oneIn struct {
	rest.Query
	Named
}

type setOut struct{ Body Regelset }

func (o operations) one(ctx context.Context, c rest.Caller, in *oneIn) (*setOut, error) {
	f, err := o.File(ctx, c.Actor, in.Name)
	if err != nil {
		return nil, err
	}
	out := rowOf(f.SetRow)
	out.Text, out.Check = f.Draft.Text, checkOf(f.Draft.Text)
	for _, r := range f.Releases {
		out.Versions = append(out.Versions, versionOf(r, f.Today))
	}
	return &setOut{out}, nil
}

// set returns how a set stands after something was done with it.
func (o operations) set(ctx context.Context, c rest.Caller, name string, err error) (*setOut, error) {
	if err != nil {
		return nil, err
	}
	return o.one(ctx, c, &oneIn{Named: Named{name}})
}

// ControleerRegelset holds a text that is to be checked.
type ControleerRegelset struct {
	Text string `json:"text" doc:"De tekst, in YAML."`
}

type checkIn struct {
	rest.Query
	Body rest.JSON[ControleerRegelset]
}

type checkOut struct{ Body Regelsetcontrole }

func (o operations) check(_ context.Context, _ rest.Caller, in *checkIn) (*checkOut, error) {
	return &checkOut{*checkOf(in.Body.Value.Text)}, nil
}

// Redenregel is a reason as programs read it.
type Redenregel struct {
	Code   string            `json:"code" doc:"Vaste code." example:"fires"`
	Norm   string            `json:"norm" doc:"Norm waar de reden op rust." example:"bfd:61:1"`
	Values map[string]string `json:"values,omitempty" doc:"De waarden die wogen."`
	Text   string            `json:"text" doc:"De reden in het Nederlands."`
}

func reasonsOf(list []rule.Reason) []Redenregel {
	out := []Redenregel{}
	for _, r := range list {
		out = append(out, Redenregel{r.Code, string(r.Norm), r.Values, r.Text})
	}
	return out
}

// parse reads a hash of a body, which its pattern does not guard.
func parse(s string) ident.Hash {
	h, _ := ident.ParseHash(s)
	return h
}
