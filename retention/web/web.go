// Package web has the pages that say how long everything is kept, and by which it is
// destroyed, below /werk/bewaren.
package web

import (
	"context"
	"net/http"
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/retention"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	// Names returns how pages name who acted.
	Names func(context.Context, ident.Firm) (func(actor string) string, error)
	// Explain gives the reasons of a room's own rule in words.
	Explain func(rule.Decision) ([]rule.Reason, error)
	// Opens is the right that opens the records of a kind on their own pages: how long
	// one is kept is told to more people than what is in it.
	Opens map[retention.Kind]staff.Action
}

const (
	listPath    = "/werk/bewaren"
	policyPath  = listPath + "/beleid"
	filePath    = listPath + "/dossiers"
	destroyPath = listPath + "/vernietigen"
)

func onePath(ref retention.Ref) string { return filePath + "/" + string(ref.Kind) + "/" + ref.ID }

func exportPath(f table.Format) string { return listPath + "/lijst." + string(f) }

// Mount mounts the pages.
func Mount(s *site.Site, d *retention.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	one, list := filePath+"/{soort}/{id}", destroyPath+"/{id}"
	for do, set := range map[staff.Action]map[string]func(*http.Request, staff.Session) (site.Reply, error){
		staff.SeeRetention: {
			"GET " + listPath: p.list, "GET " + exportPath(table.CSV): p.export(table.CSV), "GET " + exportPath(table.XLSX): p.export(table.XLSX), "GET " + exportPath(table.PDF): p.export(table.PDF),
			"GET " + policyPath: p.policy, "GET " + one: p.one, "GET " + destroyPath: p.lists, "GET " + list: p.destruction, "GET " + list + "/verklaring.pdf": p.statement,
			"GET " + listsPath(table.CSV): p.exportLists(table.CSV), "GET " + listsPath(table.XLSX): p.exportLists(table.XLSX), "GET " + listsPath(table.PDF): p.exportLists(table.PDF),
			"GET " + entriesPath("{id}", table.CSV): p.exportEntries(table.CSV), "GET " + entriesPath("{id}", table.XLSX): p.exportEntries(table.XLSX), "GET " + entriesPath("{id}", table.PDF): p.exportEntries(table.PDF),
		},
		staff.HoldRecords: {"POST " + one + "/vasthouden": p.hold, "POST " + one + "/hoort-bij": p.join},
		staff.DestroyRecords: {
			"POST " + policyPath: p.setPolicy, "POST " + one + "/vrijgeven": p.lift, "POST " + destroyPath: p.drawUp, "POST " + list + "/schrappen": p.strike,
			"POST " + list + "/beoordelen": p.review, "POST " + list + "/uitvoeren": p.execute, "POST " + list + "/intrekken": p.drop,
		},
	} {
		for pattern, page := range set {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
}

type pages struct {
	desk  *retention.Service
	guard Guard
	Options
}

var toList = site.Link{Text: "Naar de lijsten", Href: destroyPath}

var messages = map[string]site.Message{
	"unknown-record":     {Title: "Dit dossier is er niet", Text: "Wij bewaren geen dossier met dit kenmerk.", Next: site.Link{Text: "Naar wat er bewaard wordt", Href: listPath}},
	"unknown-hold":       {Title: "Deze bewaarplicht is er niet meer", Text: "Zij is al opgeheven.", Next: site.Link{Text: "Naar wat er bewaard wordt", Href: listPath}},
	"record-destroyed":   {Title: "Dit dossier is vernietigd", Text: "Er is niets meer om te bewaren.", Next: site.Link{Text: "Naar wat er bewaard wordt", Href: listPath}},
	"unknown-list":       {Title: "Deze lijst is er niet", Text: "Wij kennen geen vernietigingslijst met dit kenmerk.", Next: toList},
	"unknown-statement":  {Title: "Er is nog geen verklaring", Text: "De verklaring ontstaat als de lijst wordt uitgevoerd.", Next: toList},
	"nothing-to-destroy": {Title: "Er is niets te vernietigen", Text: "Van deze soort mag vandaag niets weg, of alles is van de lijst geschrapt.", Next: toList},
	"list-executed":      {Title: "Deze lijst is uitgevoerd", Text: "Wat erop stond is vernietigd. De verklaring staat bij de lijst.", Next: toList},
	"list-dropped":       {Title: "Deze lijst is ingetrokken", Text: "Er wordt niets mee vernietigd. Stel een nieuwe lijst op.", Next: toList},
	"list-reviewed":      {Title: "Deze lijst is al beoordeeld", Text: "Een ander kan haar nu laten uitvoeren.", Next: toList},
	"list-drawn":         {Title: "Deze lijst is nog niet beoordeeld", Text: "Laat eerst iemand de lijst beoordelen.", Next: toList},
	"case-destroyed":     {Title: "Deze zaak is vernietigd", Text: "De bewaartermijn was voorbij. Er kan niets meer bij.", Next: site.Link{Text: "Naar wat er bewaard wordt", Href: listPath}},
}

// refused turns a fault of the input into problems of the page's fields.
func refused(err error, fields map[string]string) ([]site.Problem, bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	var problems []site.Problem
	for _, d := range f.Details {
		problems = append(problems, site.Problem{Field: fields[d.Pointer], Text: d.Text})
	}
	return problems, true
}

func problem(problems []site.Problem, field string) string {
	if i := slices.IndexFunc(problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return problems[i].Text
	}
	return ""
}

func refOf(r *http.Request) retention.Ref {
	return retention.Ref{Kind: retention.Kind(r.PathValue("soort")), ID: r.PathValue("id")}
}
