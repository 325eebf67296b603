// Package web has the pages of inspections below /werk/inzage: compliance opens and
// ends them, a guest of a supervisor reads what was opened and takes it along.
package web

import (
	"context"
	"net/http"

	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
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
}

const (
	listPath = "/werk/inzage"
	newPath  = listPath + "/nieuw"
)

func onePath(id string) string { return listPath + "/" + id }

func filesPath(id string, k inspection.Kind) string { return onePath(id) + "/stukken/" + string(k) }

func filePath(id string, ref inspection.Ref) string { return filesPath(id, ref.Kind) + "/" + ref.ID }

// Mount mounts the pages.
func Mount(s *site.Site, d *inspection.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	type page = func(*http.Request, staff.Session) (site.Reply, error)
	for do, at := range map[staff.Action]map[string]page{
		staff.ReadInspections: {
			"GET " + listPath:                                      p.list,
			"GET " + listPath + ".csv":                             p.exportList(table.CSV),
			"GET " + listPath + ".xlsx":                            p.exportList(table.XLSX),
			"GET " + listPath + ".pdf":                             p.exportList(table.PDF),
			"GET " + listPath + "/{id}":                            p.one,
			"GET " + listPath + "/{id}/stukken/{soort}":            p.files,
			"GET " + listPath + "/{id}/stukken/{soort}/lijst.csv":  p.export(table.CSV),
			"GET " + listPath + "/{id}/stukken/{soort}/lijst.xlsx": p.export(table.XLSX),
			"GET " + listPath + "/{id}/stukken/{soort}/lijst.pdf":  p.export(table.PDF),
			"GET " + listPath + "/{id}/stukken/{soort}/{stuk}":     p.file,
			"POST " + listPath + "/{id}/dossier":                   p.ask,
			"GET " + listPath + "/{id}/dossier/{dossier}":          p.fetch,
		},
		staff.OpenInspections: {
			"GET " + listPath + "/{id}/handelingen.csv": p.exportDeeds(table.CSV), "GET " + listPath + "/{id}/handelingen.xlsx": p.exportDeeds(table.XLSX), "GET " + listPath + "/{id}/handelingen.pdf": p.exportDeeds(table.PDF),
			"GET " + newPath: site.Keyed(d.NewID, p.showNew), "POST " + newPath: p.open, "POST " + listPath + "/{id}/beeindigen": p.end,
		},
	} {
		for pattern, page := range at {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
}

type pages struct {
	desk  *inspection.Service
	guard Guard
	Options
}

// reader is who asks, as the room takes it.
func reader(who staff.Session) inspection.Reader {
	return inspection.Reader{Actor: who.Actor(), All: who.May(staff.OpenInspections)}
}

var back = site.Link{Text: "Naar de inzagen", Href: listPath}

var messages = map[string]site.Message{
	"unknown-inspection": {Title: "Deze inzage is er niet", Text: "Zij bestaat niet, of is voor iemand anders geopend.", Next: back},
	"inspection-over": {
		Title: "Deze inzage is voorbij", Text: "De laatste dag is verstreken. U kunt niets meer openen of meenemen.", Do: "Vraag de compliance officer om een nieuwe inzage als u meer nodig hebt.", Next: back,
	},
	"inspection-ended": {
		Title: "Deze inzage is beëindigd", Text: "De compliance officer heeft haar eerder beëindigd. U kunt niets meer openen of meenemen.", Do: "Neem contact op met de compliance officer als u meer nodig hebt.", Next: back,
	},
	"inspection-not-open": {Title: "Deze inzage is al voorbij", Text: "Er is niets meer te beëindigen.", Next: back},
	"file-not-opened": {
		Title: "Dit dossier is niet voor deze inzage geopend", Text: "De inzage gaat over andere soorten dossiers, of over een andere periode.", Do: "Vraag de compliance officer om het te openen.", Next: back,
	},
	"unknown-file":     {Title: "Dit dossier is er niet", Text: "Er is geen dossier van deze soort met dit kenmerk.", Next: back},
	"dossier-not-made": {Title: "Dit dossier is er niet", Text: "Het wordt nog gemaakt, of hoort niet bij deze inzage.", Next: back},
	"unknown-dossier":  {Title: "Dit dossier is er niet", Text: "Het wordt nog gemaakt, of hoort niet bij deze inzage.", Next: back},
}
