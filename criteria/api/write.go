package api

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/rest"
)

// SchrijfRegelset asks to keep a text.
type SchrijfRegelset struct {
	Name     string `json:"name" maxLength:"60" doc:"Naam van de regelset."`
	Purpose  string `json:"purpose" enum:"attention,acceptance,applicability,segmentation,other" doc:"Waarvoor zij is."`
	Text     string `json:"text" doc:"De tekst, in YAML. Zij mag nog fouten hebben."`
	Revision int    `json:"revision,omitempty" doc:"De herziening die u zag; laat weg voor een nieuwe regelset."`
}

type writeIn struct {
	rest.Command
	Body rest.JSON[SchrijfRegelset]
}

func (o operations) write(ctx context.Context, c rest.Caller, in *writeIn) (*setOut, error) {
	b := in.Body.Value
	_, err := o.Write(ctx, c.Actor, criteria.Writing{Name: b.Name, Purpose: criteria.Purpose(b.Purpose), Text: b.Text, Saw: b.Revision, Key: in.Key})
	return o.set(ctx, c, b.Name, err)
}

// ProbeerRegelset holds a sample.
type ProbeerRegelset struct {
	Revision int    `json:"revision" doc:"De herziening die u zag."`
	Sample   string `json:"sample" doc:"CSV met op de eerste regel de namen van de kolommen, hooguit 10.000 rijen."`
	ID       string `json:"idColumn,omitempty" doc:"De kolom met het kenmerk; zonder is dat id."`
	Day      string `json:"day,omitempty" format:"date" doc:"Voor welke dag; zonder is dat vandaag, of de eerste dag van de regelset."`
}

type tryIn struct {
	rest.Command
	Named
	Body rest.JSON[ProbeerRegelset]
}

// Proefuitkomst is what came of a sample.
type Proefuitkomst struct {
	Rows       int            `json:"rows" doc:"Goede rijen."`
	Bad        int            `json:"bad" doc:"Rijen met een fout; die tellen niet mee."`
	Open       int            `json:"open" doc:"Rijen waarvan de categorie niet zeker is."`
	Categories map[string]int `json:"categories" doc:"Contracten per categorie."`
	Rules      map[string]int `json:"rules" doc:"Contracten per regel."`
	Wrong      []Celfout      `json:"wrong" doc:"De eerste 100 fouten in de steekproef."`
	Effect     *Versieeffect  `json:"effect,omitempty" doc:"Wat er verandert ten opzichte van de vorige versie; ontbreekt zolang die er niet is."`
}

// Celfout is what is wrong in one cell of a sample.
type Celfout struct {
	Line   int    `json:"line" doc:"Regel van het bestand."`
	Column string `json:"column" doc:"Kolom."`
	Code   string `json:"code" doc:"Vaste code."`
	Text   string `json:"text" doc:"Wat er hoort te staan."`
}

type triedOut struct{ Body Proefuitkomst }

// mostWrong is how many faults of a sample are named.
const mostWrong = 100

func (o operations) try(ctx context.Context, c rest.Caller, in *tryIn) (*triedOut, error) {
	b := in.Body.Value
	t := criteria.Trying{Name: in.Name, Saw: b.Revision, Sample: []byte(b.Sample), ID: b.ID, Key: in.Key}
	if t.ID == "" {
		t.ID = "id"
	}
	var err error
	if b.Day != "" {
		if t.Day, err = calendar.Parse(b.Day); err != nil {
			return nil, rest.Wrong("body", "/day", "invalid-value", "Geef een datum als 2026-11-22.")
		}
	}
	tried, err := o.Try(ctx, c.Actor, t)
	if err != nil {
		return nil, err
	}
	out := Proefuitkomst{Rows: tried.Trial.Rows, Bad: tried.Trial.Bad, Open: tried.Trial.Open, Categories: map[string]int{}, Rules: map[string]int{}, Wrong: []Celfout{}}
	set := tried.Program.Set()
	for i, name := range set.Categories {
		out.Categories[name] = tried.Trial.Categories[i]
	}
	for i, r := range set.Rules {
		out.Rules[r.ID] = tried.Trial.Rules[i]
	}
	for _, w := range tried.Wrong[:min(mostWrong, len(tried.Wrong))] {
		out.Wrong = append(out.Wrong, Celfout{w.Line, w.Column, w.Code, w.Text})
	}
	if tried.Effect != nil {
		out.Effect = effectOf(tried.Effect)
	}
	return &triedOut{out}, nil
}

// BiedRegelsetAan asks that the text that was seen be looked at.
type BiedRegelsetAan struct {
	Revision int        `json:"revision" doc:"De herziening die u zag."`
	Note     string     `json:"note,omitempty" maxLength:"1000" doc:"Toelichting voor wie beoordeelt."`
	Accepted []Blijvend `json:"accepted,omitempty" doc:"Bevindingen die blijven staan, met de reden."`
}

// Blijvend is a finding that the author lets stand.
type Blijvend struct {
	Finding string `json:"finding" doc:"Kenmerk van de bevinding."`
	Reason  string `json:"reason" doc:"Waarom zij blijft staan."`
}

type askIn struct {
	rest.Command
	Named
	Body rest.JSON[BiedRegelsetAan]
}

func (o operations) ask(ctx context.Context, c rest.Caller, in *askIn) (*setOut, error) {
	b := in.Body.Value
	offer := criteria.Offer{Name: in.Name, Saw: b.Revision, Note: b.Note, Key: in.Key}
	for _, a := range b.Accepted {
		offer.Accepted = append(offer.Accepted, criteria.Accepted{Finding: a.Finding, Reason: a.Reason})
	}
	_, err := o.Ask(ctx, c.Actor, offer)
	return o.set(ctx, c, in.Name, err)
}

// BeoordeelRegelset approves what was offered, or gives it back.
type BeoordeelRegelset struct {
	Hash    string `json:"hash" doc:"SHA-256 van wat u bekeek."`
	Outcome string `json:"outcome" enum:"approved,returned" doc:"Goedgekeurd of teruggegeven."`
	Note    string `json:"note,omitempty" maxLength:"1000" doc:"Opmerking; bij teruggeven verplicht."`
}

type reviewIn struct {
	rest.Command
	Named
	Body rest.JSON[BeoordeelRegelset]
}

func (o operations) review(ctx context.Context, c rest.Caller, in *reviewIn) (*setOut, error) {
	b := in.Body.Value
	var err error
	if b.Outcome == "approved" {
		_, err = o.Approve(ctx, c.Actor, criteria.Approval{Name: in.Name, Set: parse(b.Hash), Note: b.Note, Key: in.Key})
	} else {
		_, err = o.GiveBack(ctx, c.Actor, criteria.Return{Name: in.Name, Note: b.Note, Key: in.Key})
	}
	return o.set(ctx, c, in.Name, err)
}

// PubliceerRegelset asks to put to use what was looked at.
type PubliceerRegelset struct {
	Hash   string `json:"hash" doc:"SHA-256 van wat u bekeek."`
	Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Bij een onderneming van één persoon: waarom niemand meekijkt, in ten minste 40 tekens."`
}

type publishIn struct {
	rest.Command
	Named
	Body rest.JSON[PubliceerRegelset]
}

type versionOut struct{ Body Regelsetversie }

func (o operations) publish(ctx context.Context, c rest.Caller, in *publishIn) (*versionOut, error) {
	b := in.Body.Value
	r, err := o.Publish(ctx, c.Actor, criteria.Publication{Name: in.Name, Set: parse(b.Hash), Reason: b.Reason, Key: in.Key})
	if err != nil {
		return nil, err
	}
	return &versionOut{versionOf(r, o.Today())}, nil
}

// TrekRegelsetIn asks to end a version, or to cancel one that has not begun.
type TrekRegelsetIn struct {
	Version int    `json:"version" doc:"Welke versie."`
	To      string `json:"to,omitempty" format:"date" doc:"Eerste dag waarop zij niet meer beslist; laat weg voor vandaag."`
	Reason  string `json:"reason" maxLength:"1000" doc:"Waarom."`
}

type withdrawIn struct {
	rest.Command
	Named
	Body rest.JSON[TrekRegelsetIn]
}

func (o operations) withdraw(ctx context.Context, c rest.Caller, in *withdrawIn) (*versionOut, error) {
	b := in.Body.Value
	r, err := o.Withdraw(ctx, c.Actor, criteria.Withdrawal{Name: in.Name, Version: b.Version, To: b.To, Reason: b.Reason, Key: in.Key})
	if err != nil {
		return nil, err
	}
	return &versionOut{versionOf(r, o.Today())}, nil
}

// BeslisMetRegelset holds a case.
type BeslisMetRegelset struct {
	Day       string            `json:"day,omitempty" format:"date" doc:"Voor welke dag; laat weg voor vandaag."`
	Values    map[string]string `json:"values" doc:"Per bekend veld de waarde als tekst: 12.50, 2026-11-22, ja, een woord, of woorden met | ertussen. Een veld dat ontbreekt, is onbekend."`
	Reference string            `json:"reference,omitempty" maxLength:"64" doc:"Uw eigen kenmerk van het geval. Geen burgerservicenummer."`
}

type decideIn struct {
	rest.Command
	Named
	Body rest.JSON[BeslisMetRegelset]
}

// Regelsetbeslissing is what a set said of a case.
type Regelsetbeslissing struct {
	Set      string          `json:"set" doc:"SHA-256 van de verzegelde regelset die besliste."`
	Version  int             `json:"version" doc:"Nummer van die versie."`
	Language int             `json:"language" doc:"Versie van de taal."`
	Category string          `json:"category" doc:"De categorie, of de lichtste die het kan zijn."`
	Highest  string          `json:"highest" doc:"De zwaarste die het kan zijn."`
	Certain  bool            `json:"certain" doc:"Of die gelijk zijn."`
	Ask      string          `json:"ask,omitempty" doc:"Het ene veld dat beslist als het bekend wordt."`
	Reasons  []Redenregel    `json:"reasons" doc:"Waarom."`
	Rules    []Regeluitkomst `json:"rules" doc:"Wat elke regel zegt."`
}

// Regeluitkomst is what one rule said.
type Regeluitkomst struct {
	ID       string          `json:"id" doc:"Kenmerk van de regel."`
	Category string          `json:"category" doc:"Categorie van de regel."`
	Applies  bool            `json:"applies" doc:"Of de regel op de dag geldt."`
	Outcome  string          `json:"outcome" enum:"no,unknown,yes" doc:"Nee, onbekend of ja."`
	Steps    []Stapuitkomst  `json:"steps" doc:"Elke vergelijking, in de volgorde van de tekst."`
	Changes  []Veldwijziging `json:"changes" doc:"De kleinste wijziging die de uitkomst omkeert."`
}

// Stapuitkomst is one comparison.
type Stapuitkomst struct {
	Text      string `json:"text" doc:"Zoals in de regel."`
	Outcome   string `json:"outcome" enum:"no,unknown,yes" doc:"Uitkomst."`
	Decides   bool   `json:"decides" doc:"Of de uitkomst van de regel erop rust."`
	Value     string `json:"value" doc:"De waarde; leeg is onbekend."`
	Threshold string `json:"threshold,omitempty" doc:"Waarmee is vergeleken."`
	Part      string `json:"part,omitempty" doc:"Criterium of uitzondering waar zij in staat."`
	Norm      string `json:"norm,omitempty" doc:"Norm van de grens, het deel of de regel."`
}

// Veldwijziging is another value for one field.
type Veldwijziging struct {
	Field string `json:"field" doc:"Veld."`
	From  string `json:"from" doc:"Van."`
	To    string `json:"to" doc:"Naar."`
}

type decidedOut struct{ Body Regelsetbeslissing }

func (o operations) decide(ctx context.Context, c rest.Caller, in *decideIn) (*decidedOut, error) {
	b := in.Body.Value
	q := criteria.Question{Name: in.Name, Values: b.Values, Reference: b.Reference, Key: in.Key}
	var err error
	if b.Day != "" {
		if q.Day, err = calendar.Parse(b.Day); err != nil {
			return nil, rest.Wrong("body", "/day", "invalid-value", "Geef een datum als 2026-11-22.")
		}
	}
	a, err := o.Decide(ctx, c.Actor, q)
	if err != nil {
		return nil, err
	}
	r := a.Ruling
	out := Regelsetbeslissing{
		Set: r.Set.String(), Version: r.Version, Language: r.Language, Category: r.Category, Highest: r.Highest, Certain: r.Certain, Ask: r.Ask,
		Reasons: reasonsOf(r.Because), Rules: []Regeluitkomst{},
	}
	for _, x := range r.Rules {
		u := Regeluitkomst{ID: x.ID, Category: x.Category, Applies: x.Applies, Outcome: x.Outcome, Steps: []Stapuitkomst{}, Changes: []Veldwijziging{}}
		for _, s := range x.Steps {
			u.Steps = append(u.Steps, Stapuitkomst{s.Text, s.Outcome, s.Decides, s.Value, s.Threshold, s.Part, string(s.Norm)})
		}
		for _, ch := range x.Changes {
			u.Changes = append(u.Changes, Veldwijziging(ch))
		}
		out.Rules = append(out.Rules, u)
	}
	return &decidedOut{out}, nil
}
