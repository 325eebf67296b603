// Package web has the pages that all casework shares: what must be done today, the
// search over cases, and the forms for notes, documents, tasks and handlers. The
// pages of a case itself are of its own room, which shows Under on them.
package web

import (
	"context"
	"net/http"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A Desk is what the pages ask of the room; casework.Service is one.
type Desk interface {
	Items(context.Context, ident.Firm, casework.ItemFilter) ([]casework.Item, map[casework.Band]int, error)
	Cases(context.Context, ident.Firm, casework.Filter) (casework.Page, error)
	File(context.Context, ident.Firm, casework.ID) (casework.File, error)
	Document(context.Context, ident.Firm, casework.ID, string) (casework.Document, []byte, error)
	Team(context.Context, ident.Firm, string) (string, []string, error)
	JoinTeam(context.Context, ident.Actor, string) error
	Write(context.Context, ident.Actor, casework.ID, casework.Note) error
	Attach(context.Context, ident.Actor, casework.ID, casework.Document, []byte) error
	Give(context.Context, ident.Actor, casework.ID, int64, string, string) error
	JointWrong(context.Context, ident.Firm, casework.Joint) ([]fault.Detail, error)
	Gather(context.Context, casework.Gate, []casework.Chosen) ([]casework.Jointed, error)
	Together(ctx context.Context, by ident.Actor, gate casework.Gate, all []casework.Jointed, j casework.Joint, try bool, r casework.Request) ([]casework.Jointed, error)
	SetTask(context.Context, ident.Actor, casework.ID, casework.Task) error
	EndTask(context.Context, ident.Actor, casework.ID, string) error
	Snooze(context.Context, ident.Actor, casework.ID, string, calendar.Date, string) error
	HandOver(context.Context, ident.Actor, casework.ID, string, string) error
	Templates(context.Context, ident.Firm, casework.Kind, string) ([]casework.Template, error)
	WriteTemplate(context.Context, ident.Actor, int, casework.Template) error
	Start(context.Context, ident.Firm, casework.Kind, string, map[string]string) (casework.Missive, error)
	About(casework.Kind) (casework.About, bool)
	Today() calendar.Date
	Under(key string, body any) *casework.Service
	NewForm() string
	Searches(context.Context, ident.Firm, string) ([]casework.Search, error)
	KeepSearch(context.Context, ident.Actor, casework.Search, bool) error
	RemoveSearch(context.Context, ident.Actor, string) error
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// A Colleague is somebody to whom work can be given.
type Colleague struct{ ID, Name string }

// A Queue is work of another room that is no case: how many things wait, and where.
type Queue struct {
	Title string
	Count int
	Href  string
	Lines []casework.Item // what must be done before a day, in the list of the firm
}

// A List is a page with rows that somebody may come back to.
type List struct {
	Path, Name string
	See        staff.Action
}

// Options say what the pages need beside the room.
type Options struct {
	Kinds      []casework.About
	Colleagues func(context.Context, ident.Firm) ([]Colleague, error)
	// Names are the names of all accounts of the firm, by id.
	Names func(context.Context, ident.Firm) (map[string]string, error)
	// Explain asks the rule again that gave a day.
	Explain func(casework.Asked) ([]rule.Reason, error)
	// Queues tells what waits elsewhere for somebody.
	Queues func(context.Context, staff.Session) ([]Queue, error)
	// Compartments are the kinds whose cases are for few.
	Compartments map[casework.Kind]Compartment
	// Close ends a case as its room does, or with try says whether it would; see
	// casework.Gate. Who asks may work on it.
	Close func(ctx context.Context, who staff.Session, c casework.Chosen, k casework.Kind, try bool) error
	// Loose are the lines of what must be done that belong to no case; nil for none.
	Loose Loose
	// Letters are the letters of a kind of case; nil where none are written.
	Letters func(casework.Kind) Letters
	// Leaves are what the room of a kind says of a case on paper, beside what all cases
	// share.
	Leaves map[casework.Kind]Saying
	// Lists are lists of other rooms that can be kept as a search.
	Lists []List
	// Elsewhere finds what lists of other rooms hold of what was sought; nil where there
	// are none.
	Elsewhere func(ctx context.Context, who staff.Session, sought string) ([]Queue, error)
	// Exact finds what of other rooms has exactly the number that was sought; nil where
	// there are none.
	Exact func(ctx context.Context, who staff.Session, sought string) ([]site.Link, error)
	// Pages are the pages of the house that somebody may open.
	Pages func(staff.Session) []site.Link
}

// LooseCase stands for the case in a line of what must be done that belongs to none.
const LooseCase casework.ID = "los"

// Loose are lines of what must be done that belong to no case.
type Loose interface {
	// Line returns the line of a code to who may see it; fault.NotFound "unknown-due".
	Line(ctx context.Context, who staff.Session, code string) (casework.Item, error)
	Snooze(ctx context.Context, by ident.Actor, code string, until calendar.Date, why string) error
	HandOver(ctx context.Context, by ident.Actor, code, to string) error
}

// A Compartment says who sees which cases of a kind that is for few, and keeps who
// opened one.
type Compartment interface {
	// Sight returns the cases that somebody sees although they may not see the kind,
	// or does not see although they may.
	Sight(context.Context, staff.Session) (named, barred []casework.ID, err error)
	// Enter records that somebody opens a case: what says which part, "" where they do
	// not read. It reports whether they may work on it. Who may not see it finds none:
	// fault.NotFound "unknown-case".
	Enter(ctx context.Context, who staff.Session, id casework.ID, what string) (works bool, err error)
	// Among returns who of these can be given work on the case.
	Among(context.Context, staff.Session, casework.ID, []Colleague) ([]Colleague, error)
}

const (
	todayPath    = "/werk/vandaag"
	casesPath    = "/werk/zaken"
	notePath     = casesPath + "/notitie"
	documentPath = casesPath + "/document"
	taskPath     = casesPath + "/taak"
	handlerPath  = casesPath + "/behandelaar"
)

// DuePath is the page of something that must be done.
func DuePath(id casework.ID, code string) string { return duePath(id, code) }

func duePath(id casework.ID, code string) string {
	return todayPath + "/" + string(id) + "/" + code
}

// Mount mounts the pages.
func Mount(s *site.Site, d Desk, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	s.Receive(documentPath, casework.LargestDocument+64<<10)
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + todayPath:                                   p.today,
		"POST " + todayPath + "/team":                        p.joinTeam,
		"GET " + todayPath + "/{zaak}/{code}":                p.one,
		"POST " + todayPath + "/{zaak}/{code}/uitstellen":    p.snooze,
		"POST " + todayPath + "/{zaak}/{code}/overdragen":    p.handOver,
		"POST " + todayPath + "/{zaak}/{code}/klaar":         p.end,
		"GET " + casesPath:                                   p.cases,
		"GET " + casesPath + "/lijst.csv":                    p.exportCases(table.CSV),
		"GET " + casesPath + "/lijst.xlsx":                   p.exportCases(table.XLSX),
		"GET " + casesPath + "/lijst.pdf":                    p.exportCases(table.PDF),
		"GET " + casesPath + "/{zaak}/afdruk.pdf":            p.printCase,
		"GET " + togetherPath:                                p.showTogether,
		"POST " + togetherPath:                               p.together,
		"GET " + site.SearchPath:                             p.search,
		"POST " + site.SearchPath + "/toets":                 p.turnKey,
		"GET " + keepPath:                                    p.showKeep,
		"POST " + keepPath:                                   p.keep,
		"POST " + site.SearchPath + "/{id}/wijzigen":         p.renameSearch,
		"POST " + site.SearchPath + "/{id}/verwijderen":      p.removeSearch,
		"GET " + casesPath + "/{zaak}/documenten/{document}": p.document,
		"GET " + casesPath + "/{zaak}/brieven":               p.showLetter,
		"POST " + casesPath + "/{zaak}/brieven":              p.letter,
		"GET " + casesPath + "/{zaak}/brieven/{brief}":       p.showSending,
		"POST " + casesPath + "/{zaak}/brieven/{brief}":      p.sending,
		"GET " + templatesPath:                               p.templates,
		"GET " + templatesPath + "/{soort}/{code}":           p.template,
		"GET " + notePath:                                    site.Keyed(d.NewForm, p.showNote),
		"POST " + notePath:                                   p.note,
		"GET " + documentPath:                                site.Keyed(d.NewForm, p.showAttach),
		"POST " + documentPath:                               p.attach,
		"GET " + taskPath:                                    site.Keyed(d.NewForm, p.showTask),
		"POST " + taskPath:                                   p.task,
		"GET " + handlerPath:                                 p.showHandler,
		"POST " + handlerPath:                                p.handler,
	} {
		s.Handle(pattern, g.Staff(staff.Work, page))
	}
	s.Handle("POST "+templatesPath+"/{soort}/{code}", g.Staff(staff.SetLetters, p.setTemplate))
}

type pages struct {
	desk  Desk
	guard Guard
	Options
}

var messages = map[string]site.Message{
	"unknown-case": {
		Title: "Deze zaak is er niet", Text: "Er is geen zaak met dit kenmerk die u mag zien.",
		Next: site.Link{Text: "Naar alle zaken", Href: casesPath},
	},
	"unknown-search": {
		Title: "Deze zoekopdracht is er niet", Text: "Zij is verwijderd, van iemand anders, of van een lijst die u niet mag zien.",
		Next: site.Link{Text: "Naar zoeken", Href: site.SearchPath},
	},
	"unknown-due": {
		Title: "Dit hoeft niet meer", Text: "Het is gedaan, of het volgt niet meer uit de feiten van de zaak.",
		Next: site.Link{Text: "Naar de lijst van vandaag", Href: todayPath},
	},
	"unknown-document": {
		Title: "Dit document is er niet", Text: "Het is vernietigd, of het hoort bij een andere zaak.",
		Next: site.Link{Text: "Naar alle zaken", Href: casesPath},
	},
	"unknown-letter-kind": {
		Title: "Dit sjabloon is er niet", Text: "Er is geen soort brief met deze naam die u mag zien.",
		Next: site.Link{Text: "Naar de sjablonen", Href: templatesPath},
	},
	"unknown-letter": {
		Title: "Deze brief is er niet", Text: "Hij is vernietigd, of hij hoort bij een andere zaak.",
		Next: site.Link{Text: "Naar alle zaken", Href: casesPath},
	},
	"case-closed": {
		Title: "Deze zaak is gesloten", Text: "Over een gesloten zaak gaat geen brief meer uit.", Do: "Heropen de zaak eerst, als dat kan.",
		Next: site.Link{Text: "Naar alle zaken", Href: casesPath},
	},
	"letter-sent": {
		Title: "Deze brief is al verstuurd", Text: "Hoe en wanneer staat bij de brief.",
		Next: site.Link{Text: "Naar alle zaken", Href: casesPath},
	},
	"template-changed": {
		Title: "Iemand anders was u voor", Text: "Er is een nieuwere versie van dit sjabloon. Uw versie is niet bewaard.",
		Do: "Open het sjabloon opnieuw en wijzig het daar.", Next: site.Link{Text: "Naar de sjablonen", Href: templatesPath},
	},
	"due-by-rule": {
		Title: "Dit kunt u niet afvinken", Text: "Deze taak volgt uit een norm. Zij eindigt vanzelf zodra in de zaak is vastgelegd wat de norm vraagt.",
		Next: site.Link{Text: "Naar de lijst van vandaag", Href: todayPath},
	},
	"case-changed": {
		Title: "Iemand anders was u voor", Text: "De zaak is gewijzigd nadat u haar opende. Uw wijziging is niet bewaard.",
		Do: "Open de zaak opnieuw en doe het nog eens.", Next: site.Link{Text: "Naar alle zaken", Href: casesPath},
	},
}

// sight is what somebody may see of the casework of the firm.
func (p pages) sight(r *http.Request, who staff.Session) (casework.Sight, []string, error) {
	team, teams, err := p.desk.Team(r.Context(), who.Account.Firm, who.Account.ID)
	s := casework.Sight{Account: who.Account.ID, Team: team}
	for _, a := range p.Kinds {
		if !who.May(a.See) {
			s.Hidden = append(s.Hidden, a.Kind)
		}
		if c := p.Compartments[a.Kind]; c != nil && err == nil {
			var named, barred []casework.ID
			named, barred, err = c.Sight(r.Context(), who)
			s.Named, s.Barred = append(s.Named, named...), append(s.Barred, barred...)
		}
	}
	return s, teams, err
}

// seen are the kinds somebody may see.
func (p pages) seen(who staff.Session) (kinds []casework.About) {
	for _, a := range p.Kinds {
		if who.May(a.See) {
			kinds = append(kinds, a)
		}
	}
	return kinds
}

// file opens a case for somebody; one they may not see is one that is not there.
// With works it is also refused to who may see it and not work on it; does reports
// whether they may.
func (p pages) file(r *http.Request, who staff.Session, id casework.ID, works bool) (f casework.File, a casework.About, does bool, err error) {
	return p.part(r, who, id, works, opened(r))
}

// part is file for a part of the case: what says which, "" where nothing is read.
func (p pages) part(r *http.Request, who staff.Session, id casework.ID, works bool, what string) (f casework.File, a casework.About, does bool, err error) {
	if f, err = p.desk.File(r.Context(), who.Account.Firm, id); err != nil {
		return f, a, false, err
	}
	a, ok := p.desk.About(f.Kind)
	sees, does := who.May(a.See), who.May(a.Do)
	if c := p.Compartments[f.Kind]; c != nil {
		sees = true // or Enter says that there is none
		if does, err = c.Enter(r.Context(), who, id, what); err != nil {
			return casework.File{}, a, false, err
		}
	}
	switch {
	case !ok || !sees:
		return casework.File{}, a, false, fault.New(fault.NotFound, "unknown-case", "")
	case works && !does:
		return casework.File{}, a, false, fault.New(fault.Denied, "not-allowed", string(a.Do))
	}
	return f, a, does, nil
}

// opened says which part of a case a request reads.
func opened(r *http.Request) string {
	switch {
	case r.Method != http.MethodGet:
		return ""
	case r.PathValue("document") != "":
		return "document"
	}
	return "work"
}

// hands are the colleagues to whom work on a case can be given.
func (p pages) hands(r *http.Request, who staff.Session, c casework.Case, all []Colleague) ([]Colleague, error) {
	if small := p.Compartments[c.Kind]; small != nil {
		return small.Among(r.Context(), who, c.ID, all)
	}
	return all, nil
}

// names are the names of colleagues by account.
func (p pages) names(r *http.Request, firm ident.Firm) (map[string]string, []Colleague, error) {
	all, err := p.Colleagues(r.Context(), firm)
	names := map[string]string{}
	for _, c := range all {
		names[c.ID] = c.Name
	}
	return names, all, err
}

// problem returns what is wrong with a field.
func problem(problems []site.Problem, field string) string {
	if i := slices.IndexFunc(problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return problems[i].Text
	}
	return ""
}

// refused turns a fault of the input into problems of the page's fields; ok is false
// for any other error.
func refused(err error, fields map[string]string) (problems []site.Problem, ok bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	for _, d := range f.Details {
		problems = append(problems, site.Problem{Field: fields[d.Pointer], Text: d.Text})
	}
	return problems, true
}
