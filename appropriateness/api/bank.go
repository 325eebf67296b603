package api

import (
	"context"
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/rest"
)

// The scopes for the question bank.
const (
	ReadQuestions  = "vragen:lezen"
	WriteQuestions = "vragen:schrijven"
)

// MountBank mounts the operations on the question bank of a firm. To approve takes
// a person: a program that tries is told so by the rule.
func MountBank(a *rest.API, s *appropriateness.Service) {
	o := bank{s}
	a.Explain(map[string]string{
		"unknown-question":       "Deze vraag staat niet in de vragenbank van uw onderneming.",
		"invalid-question":       "De vraag is niet te bewaren of aan te bieden. Zie errors.",
		"question-exists":        "Er is al een vraag met dit kenmerk. Stuur de versie en herziening mee die u zag.",
		"question-changed":       "De vraag is veranderd sinds u haar opvroeg. Vraag haar opnieuw op en besluit dan.",
		"question-in-review":     "De vraag ligt ter beoordeling en is nu niet te wijzigen.",
		"question-not-draft":     "Alleen een concept is aan te bieden.",
		"question-not-in-review": "Alleen een versie die ter beoordeling ligt, is te beoordelen.",
		"reviewer-is-writer":     "Wie aan de vraag schreef, kan haar niet goedkeuren.",
		"reviewer-no-person":     "Een programma kan een vraag niet goedkeuren. Dat doet een medewerker.",
		"review-too-early":       "Deze vraag is nog niet goed te keuren.",
		"invalid-review":         "De toelichting ontbreekt of is niet te bewaren. Zie errors.",
	})
	const tag = "Vragenbank"
	rest.Read(a, rest.Op{ID: "list-vragen", Path: "/vragen", Tag: tag, Scope: ReadQuestions, Summary: "Vraag de vragen in de bank op", About: "Van elke vraag de nieuwste versie, op kenmerk. Met `state=active` de versie die in gebruik is."}, o.list)
	rest.Read(a, rest.Op{ID: "get-vraag", Path: "/vragen/{id}", Tag: tag, Scope: ReadQuestions, Errors: []int{404}, Summary: "Vraag één vraag op", About: "Met alle versies, de nieuwste eerst, en wat de controle op formulering vindt."}, o.one)
	rest.Write(a, rest.Op{ID: "schrijf-vraag", Path: "/vragen", Tag: tag, Scope: WriteQuestions, Status: http.StatusCreated, Errors: []int{404}, Summary: "Schrijf een versie van een vraag", About: "Bewaart een concept: het concept dat er is, of een nieuwe versie. Laat `version` en `revision` weg voor een nieuwe vraag."}, o.write)
	rest.Write(a, rest.Op{ID: "bied-vraag-aan", Path: "/vragen/{id}/aanbiedingen", Tag: tag, Scope: WriteQuestions, Status: http.StatusCreated, Errors: []int{404}, Summary: "Bied een concept ter beoordeling aan"}, o.submit)
	rest.Write(a, rest.Op{ID: "beoordeel-vraag", Path: "/vragen/{id}/beoordelingen", Tag: tag, Scope: WriteQuestions, Status: http.StatusCreated, Errors: []int{404}, Summary: "Geef een vraag terug", About: "Goedkeuren doet een medewerker, op de werkplek: `approved` van een programma is een 409 `reviewer-no-person`."}, o.review)
	rest.Write(a, rest.Op{ID: "laat-vragen-vervallen", Path: "/vervallen-vragen", Tag: tag, Scope: WriteQuestions, Status: http.StatusCreated, Errors: []int{404}, Summary: "Laat vragen vervallen"}, o.retire)
	rest.Write(a, rest.Op{ID: "importeer-vragen", Path: "/vraagimporten", Tag: tag, Scope: WriteQuestions, Status: http.StatusCreated, Summary: "Importeer vragen", About: "Alle vragen of geen: met een fout wordt niets bewaard, en staan alle fouten in `faults`. Ongewijzigde vragen blijven zoals zij zijn."}, o.importAll)
}

type bank struct{ *appropriateness.Service }

// Vraagversie is one version of a question in the bank.
type Vraagversie struct {
	ID       string                      `json:"id" doc:"Kenmerk van de vraag."`
	Version  int                         `json:"version" doc:"Nummer van de versie."`
	Revision int                         `json:"revision" doc:"Hoe vaak deze versie is bewaard; stuur beide mee als u iets wijzigt."`
	State    string                      `json:"state" enum:"draft,in_review,returned,active,retired" doc:"Concept, ter beoordeling, teruggegeven, in gebruik of vervallen."`
	Hash     string                      `json:"hash" doc:"SHA-256 van de inhoud."`
	Content  appropriateness.BankContent `json:"content" doc:"De inhoud, zoals die wordt verzegeld."`
}

func versionOf(q appropriateness.BankQuestion) Vraagversie {
	return Vraagversie{string(q.ID), q.Version, q.Revision, string(q.State), q.Hash.String(), q.Content()}
}

type bankListIn struct {
	rest.Query
	rest.Paging
	State   string `query:"state" enum:"draft,in_review,returned,active,retired" doc:"Alleen in deze stand."`
	Product string `query:"product" maxLength:"80" doc:"Alleen over dit product."`
	Element string `query:"element" maxLength:"80" doc:"Alleen over dit onderdeel."`
	Search  string `query:"search" maxLength:"200" doc:"Alleen met deze woorden."`
}

type bankListOut struct {
	Body struct {
		Items      []Vraagversie `json:"items" doc:"De vragen van deze bladzijde."`
		NextCursor string        `json:"nextCursor,omitempty" doc:"Cursor van de volgende bladzijde; ontbreekt op de laatste."`
	} `nameHint:"Vragen"`
}

func (o bank) list(ctx context.Context, c rest.Caller, in *bankListIn) (*bankListOut, error) {
	from, err := in.FromWord()
	if err != nil {
		return nil, err
	}
	f := appropriateness.BankFilter{
		After: appropriateness.QuestionID(from),
		State: appropriateness.QuestionState(in.State), Product: in.Product, Element: appropriateness.Element(in.Element), Text: in.Search, Limit: in.Limit,
	}
	p, err := o.Questions(ctx, c.Actor, f)
	if err != nil {
		return nil, err
	}
	var out bankListOut
	out.Body.Items = make([]Vraagversie, len(p.Rows))
	for i, row := range p.Rows {
		out.Body.Items[i] = versionOf(row.BankQuestion)
	}
	if len(p.Rows) < p.Total && len(p.Rows) > 0 {
		out.Body.NextCursor = rest.WordCursor(string(p.Rows[len(p.Rows)-1].ID))
	}
	return &out, nil
}

type bankOneIn struct {
	rest.Query
	ID string `path:"id" maxLength:"80" doc:"Kenmerk van de vraag."`
}

// Vraag is a question with all its versions.
type Vraag struct {
	Versions []Vraagversie `json:"versions" doc:"Alle versies, de nieuwste eerst."`
	Findings []Opmerking   `json:"findings" doc:"Wat de controle op formulering in de nieuwste versie vindt."`
}

// Opmerking is one remark on the words of a question.
type Opmerking struct {
	Code    string `json:"code" doc:"Vaste code." example:"vaag_woord"`
	Pointer string `json:"pointer" doc:"Waar in de vraag." example:"/options/2/text"`
	Norm    string `json:"norm" doc:"Norm waarop de opmerking rust." example:"afm:ket:wording"`
	Text    string `json:"text" doc:"Wat er mis is en hoe het beter kan."`
}

type bankOneOut struct{ Body Vraag }

func (o bank) one(ctx context.Context, c rest.Caller, in *bankOneIn) (*bankOneOut, error) {
	f, err := o.Question(ctx, c.Actor, appropriateness.QuestionID(in.ID))
	if err != nil {
		return nil, err
	}
	out := Vraag{Versions: []Vraagversie{}, Findings: []Opmerking{}}
	for _, v := range f.Versions {
		out.Versions = append(out.Versions, versionOf(v))
	}
	for i, r := range f.Lint.Findings {
		why := f.Lint.Because[i]
		out.Findings = append(out.Findings, Opmerking{r.Code, r.At, string(why.Norm), why.Text})
	}
	return &bankOneOut{out}, nil
}
