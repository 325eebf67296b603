// Package web has the pages on which staff record advice, write down what came of it
// and reconstruct it, below /werk/adviezen.
package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"zorgplicht/advice"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/rule"
	"zorgplicht/staff"

	"zorgplicht/calendar"
)

// A Desk is what the pages ask of the room; advice.Service is one, and says what each
// method does.
type Desk interface {
	Record(context.Context, ident.Actor, advice.Entry) (advice.File, error)
	Correct(context.Context, ident.Actor, casework.ID, int64, advice.Correction) (advice.File, error)
	Follow(context.Context, ident.Actor, casework.ID, int64, advice.Sequel) (advice.File, error)
	Advice(context.Context, ident.Firm, casework.ID) (advice.Dossier, error)
	Files(context.Context, ident.Firm, advice.Filter) (advice.Page, error)
	AsOf(context.Context, ident.Firm, casework.ID, calendar.Date) (advice.Past, error)
	Nth(context.Context, ident.Firm, casework.ID, int64) (advice.Past, error)
	LastRole(context.Context, ident.Firm) (advice.Role, error)
	Procedures(context.Context, ident.Firm) ([]advice.Procedure, error)
	Questions(context.Context, ident.Firm, string) (criteria.Published, advice.Procedure, error)
	Candidates(context.Context, ident.Actor) ([]advice.Candidate, error)
	Name(context.Context, ident.Actor, string, advice.ProductKind) error
	End(context.Context, ident.Actor, string, string) error
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// House is what the pages need beside the room.
type House struct {
	Casework *casework.Service
	Names    func(context.Context, ident.Firm) (map[string]string, error) // of actors
	FirmName func(context.Context, ident.Firm) (string, error)
	Facts    func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
	// Explain asks the rule of a decision again, for its sentences.
	Explain func(rule.Decision) ([]rule.Reason, error)
}

const (
	listPath      = "/werk/adviezen"
	newPath       = listPath + "/nieuw"
	procedurePath = listPath + "/procedures"
)

func onePath(id casework.ID) string { return listPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d Desk, g Guard, h House) {
	p := pages{d, g, h}
	s.Explain(messages)
	on := func(do staff.Action, pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle(pattern, g.Staff(do, page))
	}
	on(staff.SeeAdvice, "GET "+listPath, p.list)
	on(staff.SeeAdvice, "GET "+listPath+"/lijst.csv", p.export(table.CSV))
	on(staff.SeeAdvice, "GET "+listPath+"/lijst.xlsx", p.export(table.XLSX))
	on(staff.SeeAdvice, "GET "+listPath+"/lijst.pdf", p.export(table.PDF))
	on(staff.SeeAdvice, "GET "+procedurePath, p.procedures)
	on(staff.SetAdviceProcedure, "POST "+procedurePath, p.name)
	on(staff.SetAdviceProcedure, "POST "+procedurePath+"/{id}/einde", p.end)
	on(staff.RecordAdvice, "GET "+newPath, site.Keyed(h.Casework.NewID, p.showNew))
	on(staff.RecordAdvice, "POST "+newPath, p.record)
	on(staff.SeeAdvice, "GET "+listPath+"/{id}", p.one)
	on(staff.SeeAdvice, "GET "+listPath+"/{id}/dossier.pdf", p.pdf)
	on(staff.SeeAdvice, "GET "+listPath+"/{id}/dossier.html", p.html)
	on(staff.RecordAdvice, "POST "+listPath+"/{id}/afloop", p.follow)
	on(staff.RecordAdvice, "POST "+listPath+"/{id}/verbetering", p.correct)
}

type pages struct {
	desk  Desk
	guard Guard
	house House
}

var messages = map[string]site.Message{
	"no-such-version": {
		Title: "Deze versie is er niet", Text: "Het dossier heeft haar nooit gehad, of zij is vernietigd.", Next: site.Link{Text: "Naar de adviezen", Href: listPath},
	},
	"unknown-procedure": {
		Title: "Deze procedure is er niet", Text: "Zij is niet meer in gebruik, of uw onderneming heeft haar niet aangewezen.",
		Next: site.Link{Text: "Naar de procedures", Href: procedurePath},
	},
	"procedure-named": {
		Title: "Deze versie is al uw procedure", Text: "Er is niets gewijzigd.", Next: site.Link{Text: "Naar de procedures", Href: procedurePath},
	},
	"procedure-ended": {
		Title: "Deze procedure is al beëindigd", Text: "Er is niets gewijzigd.", Next: site.Link{Text: "Naar de procedures", Href: procedurePath},
	},
	"advice-destroyed": {
		Title: "Dit adviesdossier is vernietigd", Text: "De bewaartermijn was voorbij. In het journaal staat nog wel dat het er was, en wanneer.",
		Next: site.Link{Text: "Naar de adviezen", Href: listPath},
	},
}

// refused turns a fault of the input into problems of the page's fields.
func refused(err error) ([]site.Problem, bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	var problems []site.Problem
	for _, d := range f.Details {
		field, known := fields[d.Pointer]
		if name, ok := strings.CutPrefix(d.Pointer, "/answers/"); ok && !known {
			field = answerField(name)
		}
		problems = append(problems, site.Problem{Field: field, Text: d.Text})
	}
	return problems, true
}

// fields leads a fault of the service to the field of the page.
var fields = map[string]string{
	"/reference": "klant", "/role": "rol", "/procedure": "procedure", "/why": "reden",
	"/profile/position/income": "inkomen", "/profile/position/wealth": "vermogen", "/profile/position/debt": "schuld", "/profile/position/words": "positie",
	"/profile/knowledge/level": "kennis", "/profile/knowledge/words": "kennis-woorden", "/profile/experience/level": "ervaring", "/profile/experience/words": "ervaring-woorden",
	"/profile/objectives": "doelen", "/profile/risk/level": "risico", "/profile/risk/words": "risico-woorden",
	"/advice/day": "dag", "/advice/kind": "soort", "/advice/product": "product", "/advice/provider": "aanbieder", "/advice/terms": "kenmerken", "/advice/why": "waarom",
	"/outcome/result": "afloop", "/outcome/day": "overeenkomst", "/outcome/product": "ander-product", "/outcome/provider": "andere-aanbieder",
	"/choice/warned": "gewaarschuwd", "/choice/way": "hoe", "/choice/words": "keuze", "/choice/document": "document",
	"/name": "regelset", "/kind": "soort",
}

func answerField(name string) string { return "antwoord-" + strings.ReplaceAll(name, "_", "-") }

func problem(problems []site.Problem, field string) string {
	if i := slices.IndexFunc(problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return problems[i].Text
	}
	return ""
}

// under has what lies under a file, with the names of colleagues by account.
func (p pages) under(d advice.Dossier, names map[string]string, works bool, events []site.Event) caseworkweb.Under {
	accounts := map[string]string{}
	for actor, name := range names {
		if kind, id, _ := strings.Cut(actor, ":"); kind == string(ident.Staff) {
			accounts[id] = name
		}
	}
	return caseworkweb.Under{File: d.Under, Works: works, Names: accounts, Today: p.house.Casework.Today(), More: events}
}
