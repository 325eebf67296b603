// Package web has the pages on which staff write down applications for credit, see how
// they were judged, and bring them to a decision, below /werk/kredietaanvragen.
package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// A Desk is what the pages ask of the room; lending.Service is one.
type Desk interface {
	Applications(context.Context, ident.Firm, lending.Filter) (lending.Page, error)
	File(context.Context, ident.Firm, casework.ID) (lending.File, error)
	Criteria(context.Context, ident.Firm, string, calendar.Date) (*criteria.Published, []criteria.Published, error)
	Receive(context.Context, ident.Actor, lending.Intake) (lending.Application, error)
	Change(context.Context, ident.Actor, lending.At, lending.Told) (lending.Application, error)
	JudgeAnew(context.Context, ident.Actor, lending.At) (lending.Application, error)
	Consult(context.Context, ident.Actor, lending.At, lending.Looking) (lending.Application, error)
	Decide(ctx context.Context, by ident.Actor, at lending.At, accept bool, why string) (lending.Application, error)
	Withdraw(context.Context, ident.Actor, lending.At, string) (lending.Application, error)
	Conclude(ctx context.Context, by ident.Actor, at lending.At, on calendar.Date, agreement string) (lending.Application, error)
	Value(context.Context, ident.Actor, lending.At, calendar.Date, money.Cents) (lending.Application, error)
	Settle(context.Context, ident.Actor, lending.At, calendar.Date) (lending.Application, error)
	Transfer(ctx context.Context, by ident.Actor, at lending.At, on calendar.Date, to string) (lending.Application, error)
	Norms(context.Context, ident.Firm) ([]lending.SetNorm, error)
	SetNorm(context.Context, ident.Actor, lending.Setting) (lending.SetNorm, error)
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	Today      func() calendar.Date
	NewForm    func() string // names a form that is about to be filled in
	Colleagues func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error)
	// Products are the names of the credits that the firm offers.
	Products func(context.Context, ident.Firm) ([]string, error)
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
}

const (
	listPath  = "/werk/kredietaanvragen"
	newPath   = listPath + "/nieuw"
	normsPath = listPath + "/normbedragen"
)

func onePath(id casework.ID) string { return listPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d Desk, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	on := func(do staff.Action, pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle(pattern, g.Staff(do, page))
	}
	on(staff.SeeApplications, "GET "+listPath, p.list)
	on(staff.SeeApplications, "GET "+normsPath, p.norms)
	on(staff.SetNormAmounts, "POST "+normsPath, p.setNorm)
	for _, f := range []table.Format{table.CSV, table.XLSX} {
		on(staff.SeeApplications, "GET "+listPath+"/lijst."+string(f), p.export(f))
		on(staff.SeeApplications, "GET "+normsPath+"/lijst."+string(f), p.exportNorms(f))
	}
	on(staff.SeeApplications, "GET "+listPath+"/lijst.pdf", p.export(table.PDF))
	on(staff.HandleApplications, "GET "+newPath, site.Keyed(o.NewForm, p.showNew))
	on(staff.HandleApplications, "POST "+newPath, p.receive)
	on(staff.SeeApplications, "GET "+listPath+"/{id}", p.one)
	on(staff.HandleApplications, "GET "+listPath+"/{id}/wijzigen", p.showChange)
	on(staff.HandleApplications, "POST "+listPath+"/{id}/wijzigen", p.change)
	for name, do := range p.steps() {
		on(staff.HandleApplications, "POST "+listPath+"/{id}/"+name, p.step(name, do))
	}
}

type pages struct {
	desk  Desk
	guard Guard
	Options
}

var toList = site.Link{Text: "Naar de kredietaanvragen", Href: listPath}

var messages = map[string]site.Message{
	"application-state": {
		Title: "Dit kan nu niet met deze aanvraag", Text: "De aanvraag is daarvoor te ver of nog niet ver genoeg. Misschien deed een collega intussen iets.",
		Do: "Open de aanvraag opnieuw en kijk hoe zij ervoor staat.", Next: toList,
	},
	"no-criteria": {
		Title: "Er gelden vandaag geen criteria", Text: "Uw onderneming heeft geen acceptatiecriteria in gebruik. Artikel 61 vraagt ze.",
		Do: "Schrijf en publiceer eerst een regelset voor acceptatie.", Next: site.Link{Text: "Naar de regelsets", Href: "/werk/regelsets"},
	},
	"no-securities": {Title: "Er zijn geen effecten beleend", Text: "Bij deze aanvraag is geen waarde van effecten te bewaken.", Next: toList},
}

func problemOf(all []site.Problem, field string) string {
	if i := slices.IndexFunc(all, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return all[i].Text
	}
	return ""
}

// refused turns a fault of the input into problems of the page's fields.
func refused(err error, field func(pointer string) string) ([]site.Problem, bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	var problems []site.Problem
	for _, d := range f.Details {
		problems = append(problems, site.Problem{Field: field(d.Pointer), Text: d.Text})
	}
	return problems, true
}

func (p pages) names(r *http.Request, firm ident.Firm) (map[string]string, error) {
	all, err := p.Colleagues(r.Context(), firm)
	names := map[string]string{}
	for _, c := range all {
		names[c.ID] = c.Name
	}
	return names, err
}

// by is how a page calls an actor.
func by(names map[string]string, actor string) string {
	kind, id, _ := strings.Cut(actor, ":")
	switch {
	case names[id] != "":
		return names[id]
	case kind == "staff":
		return "een andere medewerker"
	case kind == "program":
		return "een systeem van uw onderneming"
	}
	return "Zorgplicht"
}
