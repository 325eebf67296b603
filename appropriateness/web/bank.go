package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A BankDesk is what authors and reviewers may ask of the room;
// appropriateness.Service is one, and says what each method does.
type BankDesk interface {
	Questions(context.Context, ident.Actor, appropriateness.BankFilter) (appropriateness.BankPage, error)
	EachQuestion(context.Context, ident.Actor, appropriateness.BankFilter, func(appropriateness.BankRow) error) error
	Question(context.Context, ident.Actor, appropriateness.QuestionID) (appropriateness.QuestionFile, error)
	WriteQuestion(context.Context, ident.Actor, appropriateness.Writing) (appropriateness.BankQuestion, error)
	SubmitQuestion(context.Context, ident.Actor, appropriateness.QuestionID, appropriateness.Edition, string) (appropriateness.BankQuestion, error)
	ReviewQuestion(context.Context, ident.Actor, appropriateness.QuestionID, appropriateness.Edition, string, string) (appropriateness.BankQuestion, error)
	RetireQuestions(context.Context, ident.Actor, []appropriateness.QuestionID, string) (int, error)
	ImportQuestions(context.Context, ident.Actor, []appropriateness.Import, string, bool) (appropriateness.Report, error)
	Today() calendar.Date
	Uses(context.Context, ident.Actor, []appropriateness.QuestionID) ([]appropriateness.QuestionFile, error)
}

// Names tells how people call the actors of a firm, by what the journal keeps of
// them.
type Names func(context.Context, ident.Firm) (map[string]string, error)

const bankPath = "/werk/vragen"

func questionPath(id appropriateness.QuestionID) string { return bankPath + "/vraag/" + string(id) }

// MountBank mounts the question bank below /werk/vragen.
func MountBank(s *site.Site, d BankDesk, g Guard, names Names) {
	p := bankPages{d, g, names}
	s.Explain(map[string]site.Message{
		"unknown-bank-question": {
			Title: "Deze vraag is er niet",
			Text:  "Er is geen vraag met dit kenmerk in de vragenbank van uw onderneming.",
			Do:    "Zoek de vraag op in de vragenbank.",
			Next:  site.Link{Text: "Naar de vragenbank", Href: bankPath},
		},
		"question-changed": {
			Title: "Iemand was u voor",
			Text:  "Een ander heeft deze vraag veranderd of beoordeeld terwijl u keek. Wat u wilde doen, is niet gedaan.",
			Do:    "Bekijk de vraag opnieuw en besluit dan.",
			Next:  site.Link{Text: "Naar de vragenbank", Href: bankPath},
		},
	})
	s.Handle("GET "+bankPath, g.Staff(staff.SeeQuestions, p.list))
	s.Handle("GET "+bankPath+"/nieuw", g.Staff(staff.WriteQuestions, p.fresh))
	s.Handle("POST "+bankPath+"/nieuw", g.Staff(staff.WriteQuestions, p.write))
	s.Handle("GET "+bankPath+"/vervallen", g.Staff(staff.WriteQuestions, p.beforeRetiring))
	s.Handle("POST "+bankPath+"/vervallen", g.Staff(staff.WriteQuestions, p.retire))
	s.Receive(importPath, importBody)
	s.Receive(importFaultsPath, importBody)
	s.Handle("GET "+importPath, g.Staff(staff.WriteQuestions, p.beforeImport))
	s.Handle("POST "+importPath, g.Staff(staff.WriteQuestions, p.importFile))
	s.Handle("POST "+importFaultsPath, g.Staff(staff.WriteQuestions, p.failingRows))
	s.Handle("GET "+bankExportPath(table.CSV), g.Staff(staff.SeeQuestions, p.export(table.CSV)))
	s.Handle("GET "+bankExportPath(table.XLSX), g.Staff(staff.SeeQuestions, p.export(table.XLSX)))
	s.Handle("GET "+bankPath+"/vraag/{id}", g.Staff(staff.SeeQuestions, p.one))
	s.Handle("GET "+bankPath+"/vraag/{id}/bewerken", g.Staff(staff.WriteQuestions, p.edit))
	s.Handle("POST "+bankPath+"/vraag/{id}/bewerken", g.Staff(staff.WriteQuestions, p.write))
	s.Handle("POST "+bankPath+"/vraag/{id}/aanbieden", g.Staff(staff.WriteQuestions, p.submit))
	s.Handle("POST "+bankPath+"/vraag/{id}/terugnemen", g.Staff(staff.WriteQuestions, p.takeBack))
	s.Handle("POST "+bankPath+"/vraag/{id}/beoordelen", g.Staff(staff.ReviewQuestions, p.review))
}

type bankPages struct {
	desk  BankDesk
	guard Guard
	names Names
}

// edition reads what whoever pressed the button saw.
func edition(r *http.Request) appropriateness.Edition {
	version, _ := strconv.Atoi(r.PostFormValue("versie"))
	revision, _ := strconv.Atoi(r.PostFormValue("herziening"))
	return appropriateness.Edition{Version: version, Revision: revision}
}

// bankStateTag shows a state in a word.
func bankStateTag(s appropriateness.QuestionState) site.Tag {
	switch s {
	case appropriateness.Drafted:
		return site.Tag{Tone: site.Neutral, Text: "Concept"}
	case appropriateness.InReview:
		return site.Tag{Tone: site.Info, Text: "Ter beoordeling"}
	case appropriateness.Returned:
		return site.Tag{Tone: site.Warn, Text: "Teruggegeven"}
	case appropriateness.Active:
		return site.Tag{Tone: site.Good, Text: "In gebruik"}
	}
	return site.Tag{Tone: site.Bad, Text: "Vervallen"}
}

func choicesOf[V ~string](all string, list []V, name func(V) string) (choices []site.Choice) {
	if all != "" {
		choices = append(choices, site.Choice{Text: all})
	}
	for _, v := range list {
		choices = append(choices, site.Choice{Value: string(v), Text: name(v)})
	}
	return choices
}

// bankElementText is how staff name what a question asks after.
func bankElementText(e appropriateness.Element) string {
	switch e {
	case appropriateness.Product:
		return "Kennis van het product"
	case appropriateness.ProductRisks:
		return "Eigenschappen en risico’s van het product"
	case appropriateness.ServiceRisks:
		return "Eigenschappen en risico’s van de dienst"
	case appropriateness.OwnFinances:
		return "Eigen financiële situatie"
	case appropriateness.NeedForAdvice:
		return "Behoefte aan advies"
	case appropriateness.ExperienceProduct:
		return "Ervaring met het product"
	case appropriateness.ExperienceEO:
		return "Ervaring met afsluiten zonder advies"
	case appropriateness.TargetGroup:
		return "Doelgroep van het product"
	case "":
		return "Nog niet gekozen"
	}
	return string(e)
}

func kindText(kind string) string {
	return pick(kind, "substantive", "Inhoudelijk", "self_report", "Zelfrapportage")
}

func sideText(side string) string {
	return pick(side, "upside", "Voordeel", "downside", "Nadeel of risico", "neutral", "Neutraal")
}

func languageText(l string) string { return pick(l, "nl", "Nederlands", "en", "Engels") }

func fixedText(f appropriateness.Fixed) string {
	return pick(string(f), "", "Nee", "need_advice", "Behoefte aan advies", "understand_terms", "Voorwaarden begrijpen")
}

func originText(o string) string {
	return pick(o, appropriateness.FromForm, "op deze pagina geschreven", appropriateness.FromAPI, "door een programma gestuurd",
		appropriateness.FromImport, "uit een bestand gelezen", appropriateness.FromStarter, "uit een startbank overgenomen")
}

// pick returns the words after the value, or "nog niet gekozen".
func pick(value string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == value {
			return pairs[i+1]
		}
	}
	return "Nog niet gekozen"
}

// whoText names an actor.
func whoText(names map[string]string, actor string) string {
	if n := names[actor]; n != "" {
		return n
	}
	if strings.HasPrefix(actor, string(ident.House)+":") {
		return "de beheerder"
	}
	return "iemand die hier niet meer werkt"
}
