package api

import (
	"context"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/rest"
)

// SchrijfVraag asks to keep the words of a question.
type SchrijfVraag struct {
	Content  appropriateness.BankContent `json:"content" doc:"De inhoud van de vraag."`
	Version  int                         `json:"version,omitempty" doc:"De nieuwste versie die u zag; laat weg voor een nieuwe vraag."`
	Revision int                         `json:"revision,omitempty" doc:"De herziening die u zag."`
}

type bankWriteIn struct {
	rest.Command
	Body rest.JSON[SchrijfVraag]
}

type bankVersionOut struct{ Body Vraagversie }

func bankAnswer(q appropriateness.BankQuestion, err error) (*bankVersionOut, error) {
	if err != nil {
		return nil, err
	}
	return &bankVersionOut{versionOf(q)}, nil
}

func (o bank) write(ctx context.Context, c rest.Caller, in *bankWriteIn) (*bankVersionOut, error) {
	b := in.Body.Value
	return bankAnswer(o.Under(in.Key).WriteQuestion(ctx, c.Actor, appropriateness.Writing{
		Content: b.Content, Saw: appropriateness.Edition{Version: b.Version, Revision: b.Revision}, Origin: appropriateness.FromAPI,
	}))
}

// VraagStap asks for a step with the version that was seen.
type VraagStap struct {
	Version  int    `json:"version" doc:"De nieuwste versie die u zag."`
	Revision int    `json:"revision" doc:"De herziening die u zag."`
	Note     string `json:"note,omitempty" maxLength:"1000" doc:"Toelichting."`
}

func (s VraagStap) saw() appropriateness.Edition {
	return appropriateness.Edition{Version: s.Version, Revision: s.Revision}
}

type bankSubmitIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de vraag."`
	Body rest.JSON[VraagStap]
}

func (o bank) submit(ctx context.Context, c rest.Caller, in *bankSubmitIn) (*bankVersionOut, error) {
	b := in.Body.Value
	return bankAnswer(o.Under(in.Key).SubmitQuestion(ctx, c.Actor, appropriateness.QuestionID(in.ID), b.saw(), b.Note))
}

// BeoordeelVraag asks to review the version that was seen.
type BeoordeelVraag struct {
	Version  int    `json:"version" doc:"De nieuwste versie die u zag."`
	Revision int    `json:"revision" doc:"De herziening die u zag."`
	Outcome  string `json:"outcome" enum:"approved,returned" doc:"Goedgekeurd of teruggegeven."`
	Note     string `json:"note,omitempty" maxLength:"1000" doc:"Toelichting; nodig bij teruggeven."`
}

type bankReviewIn struct {
	rest.Command
	ID   string `path:"id" maxLength:"80" doc:"Kenmerk van de vraag."`
	Body rest.JSON[BeoordeelVraag]
}

func (o bank) review(ctx context.Context, c rest.Caller, in *bankReviewIn) (*bankVersionOut, error) {
	b := in.Body.Value
	return bankAnswer(o.Under(in.Key).ReviewQuestion(ctx, c.Actor, appropriateness.QuestionID(in.ID),
		appropriateness.Edition{Version: b.Version, Revision: b.Revision}, b.Outcome, b.Note))
}

// LaatVervallen names questions that are to lapse.
type LaatVervallen struct {
	Questions []string `json:"questions" doc:"Kenmerken van de vragen."`
	Note      string   `json:"note" maxLength:"1000" doc:"Waarom zij vervallen."`
}

type bankRetireIn struct {
	rest.Command
	Body rest.JSON[LaatVervallen]
}

// Vervallen says how many questions lapsed.
type Vervallen struct {
	Retired int `json:"retired" doc:"Hoeveel vragen nu zijn vervallen; wat al vervallen was, telt niet mee."`
}

type bankRetireOut struct{ Body Vervallen }

func (o bank) retire(ctx context.Context, c rest.Caller, in *bankRetireIn) (*bankRetireOut, error) {
	ids := []appropriateness.QuestionID{}
	for _, id := range in.Body.Value.Questions {
		ids = append(ids, appropriateness.QuestionID(id))
	}
	n, err := o.RetireQuestions(ctx, c.Actor, ids, in.Body.Value.Note)
	return &bankRetireOut{Vervallen{n}}, err
}

// ImporteerVragen holds the questions of an import.
type ImporteerVragen struct {
	Questions []appropriateness.BankContent `json:"questions" doc:"Hoogstens 2.000 vragen."`
	DryRun    bool                          `json:"dryRun,omitempty" doc:"Alleen kijken: niets bewaren."`
}

type bankImportIn struct {
	rest.Command
	Body rest.JSON[ImporteerVragen]
}

// Vraagimport says what an import did, or would do.
type Vraagimport struct {
	New       int          `json:"new" doc:"Nieuwe vragen."`
	Changed   int          `json:"changed" doc:"Nieuwe versies en bijgewerkte eigen concepten."`
	Unchanged int          `json:"unchanged" doc:"Vragen die er al zo stonden."`
	Faults    []Importfout `json:"faults" doc:"Alle fouten; staat er één, dan is niets bewaard."`
}

// Importfout is one fault of an import.
type Importfout struct {
	Row    int    `json:"row" doc:"Plaats in de lijst, vanaf 1."`
	Column string `json:"column,omitempty" doc:"Kolom, zoals in een bestand."`
	Code   string `json:"code" doc:"Vaste code." example:"duplicate-id"`
	Text   string `json:"text" doc:"Wat er mis is en wat u doet."`
}

type bankImportOut struct{ Body Vraagimport }

func (o bank) importAll(ctx context.Context, c rest.Caller, in *bankImportIn) (*bankImportOut, error) {
	list := make([]appropriateness.Import, len(in.Body.Value.Questions))
	for i, q := range in.Body.Value.Questions {
		list[i] = appropriateness.Import{Row: i + 1, Content: q}
	}
	r, err := o.ImportQuestions(ctx, c.Actor, list, appropriateness.FromAPI, in.Body.Value.DryRun)
	if err != nil {
		return nil, err
	}
	out := Vraagimport{
		New: r.Count(appropriateness.ImportNew), Unchanged: r.Count(appropriateness.ImportSame),
		Changed: r.Count(appropriateness.ImportVersion) + r.Count(appropriateness.ImportDraft), Faults: []Importfout{},
	}
	for _, f := range r.Faults {
		out.Faults = append(out.Faults, Importfout{f.Row, f.Column, f.Code, f.Text})
	}
	return &bankImportOut{out}, nil
}
