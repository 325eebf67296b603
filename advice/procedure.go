package advice

import (
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// parts are the parts of a client profile, as a rule set names them in the source of
// a field, and what rule advice_procedure says when none is asked.
var parts = []struct{ source, code string }{
	{"positie", "no_position"}, {"kennis", "no_knowledge"}, {"ervaring", "no_experience"}, {"doelstelling", "no_objectives"}, {"risico", "no_risk"},
}

// CourseIn asks whether a rule set can be the standardised procedure of article
// 14(4).
type CourseIn struct {
	Set       ident.Hash `json:"set"`
	Name      string     `json:"name"`
	Version   int64      `json:"version"`
	Asks      []string   `json:"asks"`      // the parts of the profile that its questions are about
	Wordless  []string   `json:"wordless"`  // fields without a question for the client
	Products  []string   `json:"products"`  // what can be advised
	Gap       bool       `json:"gap"`       // some answers lead to no rule
	Undecided bool       `json:"undecided"` // the analysis could not tell all
	Reviewed  bool       `json:"reviewed"`  // somebody else approved it
}

// CourseOut is the answer of ProcedureCheck.
type CourseOut struct {
	rule.Why
	Verifiable bool `json:"verifiable"`
}

// ProcedureCheck decides whether a sealed rule set can be verified as a standardised
// procedure: it always asks what is relevant, and every set of answers leads to an
// advice by a rule that says why. Norm bfd:14:4 with the note.
var ProcedureCheck = rule.New("advice_procedure", 1, []ident.Norm{"bfd:14:4"}, checkCourse, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"no_position":   "Geen vraag gaat over de financiële positie. Zet bij minstens één veld: source: positie.",
	"no_knowledge":  "Geen vraag gaat over kennis. Zet bij minstens één veld: source: kennis.",
	"no_experience": "Geen vraag gaat over ervaring. Zet bij minstens één veld: source: ervaring.",
	"no_objectives": "Geen vraag gaat over de doelstelling. Zet bij minstens één veld: source: doelstelling.",
	"no_risk":       "Geen vraag gaat over risicobereidheid. Zet bij minstens één veld: source: risico.",
	"wordless":      "Veld {field} heeft geen vraag. Schrijf de vraag zoals zij altijd wordt gesteld.",
	"few_products":  "De procedure kan maar één uitkomst geven. Noem in categories wat kan worden geadviseerd.",
	"gap":           "Bij sommige antwoorden geldt geen enkele regel. Dan is er geen verband tussen antwoorden en advies.",
	"undecided":     "Niet te bewijzen is dat bij elk antwoord een regel geldt. Schrijf de regels eenvoudiger.",
	"not_reviewed":  "Niemand anders keurde deze versie goed.",
	"verifiable":    "De procedure vraagt naar alle delen van het klantprofiel, en bij elk antwoord hoort een advies met een reden. Elk advies is na te rekenen.",
}))

func checkCourse(in CourseIn) (out CourseOut) {
	const norm = "bfd:14:4"
	for _, p := range parts {
		if !slices.Contains(in.Asks, p.source) {
			out.Say(p.code, norm)
		}
	}
	for _, field := range in.Wordless {
		out.Say("wordless", norm, "field", field)
	}
	for _, wrong := range []struct {
		is   bool
		code string
	}{{len(in.Products) < 2, "few_products"}, {in.Gap, "gap"}, {in.Undecided, "undecided"}, {!in.Reviewed, "not_reviewed"}} {
		if wrong.is {
			out.Say(wrong.code, norm)
		}
	}
	if out.Verifiable = len(out.Because) == 0; out.Verifiable {
		out.Say("verifiable", norm)
	}
	return out
}

// courseQuestion is what the rule is asked about a version of a rule set.
func courseQuestion(p criteria.Published) CourseIn {
	set := p.Program.Set()
	in := CourseIn{Set: p.Release.Hash, Name: set.Name, Version: int64(set.Version), Asks: []string{}, Wordless: []string{}, Products: set.Categories[1:]} // the first is what no rule says
	for _, f := range set.Fields {
		if f.Run {
			continue
		}
		if s := strings.ToLower(strings.TrimSpace(f.Source)); s != "" && !slices.Contains(in.Asks, s) {
			in.Asks = append(in.Asks, s)
		}
		if f.Question == "" {
			in.Wordless = append(in.Wordless, f.Name)
		}
	}
	for _, f := range p.Program.Analyse(criteria.Analysis{Complete: true}) {
		in.Gap = in.Gap || f.Code == criteria.Gap
		in.Undecided = in.Undecided || f.Code == criteria.NotDecided && f.Pointer == "/rules"
	}
	in.Reviewed = p.Release.Reviewer != ""
	return in
}

// A Procedure is a version of a rule set that the firm named as its standardised
// procedure for a sort of product.
type Procedure struct {
	ID      string
	Kind    ProductKind
	Name    string // of the rule set
	Title   string
	Version int
	Hash    ident.Hash
	From    calendar.Date
	Ended   calendar.Date // zero while it is in use: the first day without it
	Why     string        // it ended
	By      string        // actor
	Made    time.Time
}

// On reports whether the procedure is in use on a day.
func (p Procedure) On(day calendar.Date) bool {
	return !day.Before(p.From) && (p.Ended.IsZero() || day.Before(p.Ended))
}

// A Candidate is a published rule set, with what keeps it from being a procedure.
type Candidate struct {
	Published criteria.Published
	Check     CourseOut
}

// named is how a product reads that a category of a rule set names.
func named(category string) string { return strings.ReplaceAll(category, "_", " ") }
