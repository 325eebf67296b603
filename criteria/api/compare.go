package api

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/rest"
)

type compareIn struct {
	rest.Query
	Named
	Version int `query:"version" minimum:"1" doc:"Welke versie; laat weg voor de tekst waaraan wordt gewerkt."`
}

// Regelsetverschillen is what a version changes.
type Regelsetverschillen struct {
	Against     int             `json:"against" doc:"De versie waarmee is vergeleken."`
	Differences []Verschil      `json:"differences" doc:"Wat er anders is geschreven."`
	Meaning     Gelijkheid      `json:"meaning" doc:"Of elk contract dezelfde categorie krijgt."`
	Rules       []Regelverschil `json:"rules" doc:"Van elke regel die beide versies hebben, of zij hetzelfde betekent."`
}

// Verschil is one thing that is written otherwise.
type Verschil struct {
	Code    string `json:"code" enum:"added,removed,changed,moved" doc:"Wat ermee gebeurde."`
	Pointer string `json:"pointer" doc:"Waar in de nieuwe regelset, of in de oude bij wat vervalt."`
	About   string `json:"about" doc:"Kenmerk of naam."`
	Was     string `json:"was" doc:"Wat er stond; leeg voor wat nieuw is."`
	Is      string `json:"is" doc:"Wat er staat; leeg voor wat vervalt."`
	Text    string `json:"text" doc:"In het Nederlands."`
}

// Gelijkheid says whether two versions mean the same.
type Gelijkheid struct {
	Outcome string            `json:"outcome" enum:"same,different,undecided" doc:"Bewezen gelijk, bewezen anders, of niet beslist."`
	Text    string            `json:"text" doc:"In het Nederlands."`
	Day     string            `json:"day,omitempty" format:"date" doc:"De dag van het voorbeeld."`
	Example map[string]string `json:"example,omitempty" doc:"Een contract dat de versies anders behandelen: de velden die ertoe doen."`
}

// Regelverschil is what was proved of one rule.
type Regelverschil struct {
	ID      string     `json:"id" doc:"Kenmerk van de regel."`
	Meaning Gelijkheid `json:"meaning" doc:"Of zij voor elk contract hetzelfde betekent."`
}

type compareOut struct{ Body Regelsetverschillen }

func (o operations) compare(ctx context.Context, c rest.Caller, in *compareIn) (*compareOut, error) {
	found, err := o.Compare(ctx, c.Actor, in.Name, in.Version)
	if err != nil {
		return nil, err
	}
	out := Regelsetverschillen{Against: found.Was.Version, Differences: []Verschil{}, Meaning: samenessOf(found, found.Whole), Rules: []Regelverschil{}}
	for _, d := range found.Differences {
		out.Differences = append(out.Differences, Verschil(d))
	}
	for _, r := range found.Rules {
		out.Rules = append(out.Rules, Regelverschil{r.ID, samenessOf(found, r.Sameness)})
	}
	return &compareOut{out}, nil
}

func samenessOf(c criteria.Comparison, s criteria.Sameness) Gelijkheid {
	g := Gelijkheid{Outcome: "undecided", Text: s.Text}
	if s.Same {
		g.Outcome = "same"
	} else if s.Decided {
		g.Outcome = "different"
	}
	if s.Before != nil {
		g.Day, g.Example = s.Before.Day.String(), map[string]string{}
		for _, v := range append(c.Before.Values(s.Before), c.After.Values(s.After)...) {
			g.Example[v.Field] = v.Value
		}
	}
	return g
}

// MeetRegelset holds the contracts on which a version is measured.
type MeetRegelset struct {
	Version int    `json:"version,omitempty" minimum:"1" doc:"Welke versie; laat weg voor de tekst waaraan wordt gewerkt."`
	Sample  string `json:"sample" doc:"CSV met op de eerste regel de namen van de kolommen, hooguit 10.000 rijen."`
	ID      string `json:"idColumn,omitempty" doc:"De kolom met het kenmerk; zonder is dat id."`
	Day     string `json:"day,omitempty" format:"date" doc:"Voor welke dag; zonder is dat vandaag, of de eerste dag van de regelset."`
}

type measureIn struct {
	rest.Query
	Named
	Body rest.JSON[MeetRegelset]
}

// Versieeffect is what a version does to contracts.
type Versieeffect struct {
	Rows  int               `json:"rows" doc:"Rijen die beide versies lazen."`
	Bad   int               `json:"bad" doc:"Rijen die een van beide niet kon lezen; die tellen niet mee."`
	Words []string          `json:"words" doc:"Wat er verschuift, in het Nederlands; leeg als er niets verandert."`
	Moves []Categoriewissel `json:"moves" doc:"Contracten per categorie ervoor en erna."`
	Moved []Wisselaar       `json:"moved" doc:"De contracten die van categorie veranderen, hooguit 1.000."`
}

// Categoriewissel counts contracts by category before and after.
type Categoriewissel struct {
	From  string `json:"from" doc:"Was."`
	To    string `json:"to" doc:"Wordt."`
	Count int    `json:"count" doc:"Contracten."`
}

// Wisselaar is one contract that moves.
type Wisselaar struct {
	ID   string `json:"id" doc:"Kenmerk van het contract."`
	From string `json:"from" doc:"Was."`
	To   string `json:"to" doc:"Wordt."`
}

type measureOut struct{ Body Versieeffect }

func (o operations) measure(ctx context.Context, c rest.Caller, in *measureIn) (*measureOut, error) {
	b := in.Body.Value
	m := criteria.Measure{Name: in.Name, Version: b.Version, Sample: []byte(b.Sample), ID: b.ID}
	if m.ID == "" {
		m.ID = "id"
	}
	var err error
	if b.Day != "" {
		if m.Day, err = calendar.Parse(b.Day); err != nil {
			return nil, rest.Wrong("body", "/day", "invalid-value", "Geef een datum als 2026-11-22.")
		}
	}
	e, err := o.Measure(ctx, c.Actor, m)
	if err != nil {
		return nil, err
	}
	return &measureOut{*effectOf(e)}, nil
}

func effectOf(e *criteria.Effect) *Versieeffect {
	out := &Versieeffect{Rows: e.Rows, Bad: e.Bad, Words: e.Words(), Moves: []Categoriewissel{}, Moved: []Wisselaar{}}
	if out.Words == nil {
		out.Words = []string{}
	}
	for i, row := range e.Moved {
		for k, n := range row {
			if n > 0 {
				out.Moves = append(out.Moves, Categoriewissel{e.Before[i], e.After[k], n})
			}
		}
	}
	for _, m := range e.List {
		out.Moved = append(out.Moved, Wisselaar{m.ID, e.Before[m.From], e.After[m.To]})
	}
	return out
}
