// Package web has the pages of dispute bodies, below /werk/geschilleninstanties, and of
// the disputes there, below /werk/geschillen.
package web

import (
	"context"
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	Casework *casework.Service
	NewID    func() string
	// Names are the names of all accounts of the firm, by id.
	Names func(context.Context, ident.Firm) (map[string]string, error)
	// Mails is what the mail room knows of a dispute; nil where there is none.
	Mails func(context.Context, ident.Firm, casework.ID) (caseworkweb.Mails, error)
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
}

const (
	bodiesPath = "/werk/geschilleninstanties"
	casesPath  = "/werk/geschillen"
)

func bodyPath(id casework.ID) string { return bodiesPath + "/" + string(id) }
func casePath(id casework.ID) string { return casesPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d *dispute.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(map[string]site.Message{
		"recognition-withdrawn": {
			Title: "De erkenning is ingetrokken", Text: "Bij deze instantie kan niets meer bij. Vraagt zij opnieuw erkenning aan, schrijf haar dan opnieuw in.",
			Next: site.Link{Text: "Naar de geschilleninstanties", Href: bodiesPath},
		},
		"dispute-over": {
			Title: "Dit geschil is klaar", Text: "De uitkomst is vastgelegd en uitgevoerd. Er kan niets meer bij.",
			Next: site.Link{Text: "Naar de geschillen", Href: casesPath},
		},
	})
	type page = func(*http.Request, staff.Session) (site.Reply, error)
	for do, at := range map[staff.Action]map[string]page{
		staff.SeeDisputes: {
			"GET " + bodiesPath: p.bodies, "GET " + bodiesPath + ".csv": p.exportBodies(table.CSV), "GET " + bodiesPath + ".xlsx": p.exportBodies(table.XLSX), "GET " + bodiesPath + ".pdf": p.exportBodies(table.PDF), "GET " + bodiesPath + "/{id}": p.body,
			"GET " + casesPath: p.cases, "GET " + casesPath + ".csv": p.exportCases(table.CSV), "GET " + casesPath + ".xlsx": p.exportCases(table.XLSX), "GET " + casesPath + ".pdf": p.exportCases(table.PDF), "GET " + casesPath + "/{id}": p.one,
		},
		staff.KeepBodies:     {"GET " + bodiesPath + "/nieuw": site.Keyed(p.NewID, p.newBody), "POST " + bodiesPath + "/nieuw": p.register, "POST " + bodiesPath + "/{id}/{stap}": p.bodyStep},
		staff.HandleDisputes: {"GET " + casesPath + "/nieuw": site.Keyed(p.NewID, p.newCase), "POST " + casesPath + "/nieuw": p.file, "POST " + casesPath + "/{id}/{stap}": p.caseStep},
	} {
		for pattern, page := range at {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
}

type pages struct {
	desk  *dispute.Service
	guard Guard
	Options
}

// sent is what was sent by a form.
type sent struct{ caseworkweb.Sent }

// yes is what was answered to a question of yes or no; nil is nothing.
func (s sent) yes(name string) *bool {
	switch s.Get(name) {
	case "ja":
		return new(true)
	case "nee":
		return new(false)
	}
	return nil
}

func dayField(name, label, hint string, now calendar.Date, optional bool) site.Field {
	return site.Field{Name: name, Label: label, Hint: hint, Type: "date", Value: now.String(), Optional: optional, Short: true}
}

func yesNo(name, legend, hint string, now *bool) site.Radios {
	chosen := ""
	if now != nil {
		chosen = map[bool]string{true: "ja", false: "nee"}[*now]
	}
	return site.Radios{Name: name, Legend: legend, Hint: hint, Choices: []site.Choice{{Value: "ja", Text: "Ja"}, {Value: "nee", Text: "Nee"}}, Chosen: chosen}
}

// unknownStep is what a step that a page does not have gets.
func unknownStep() error { return fault.New(fault.NotFound, "unknown-case", "") }
