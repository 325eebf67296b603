package sitetest

import (
	"net/http"

	"github.com/a-h/templ"

	"zorgplicht/internal/site"
)

// Specimens are pages that show every component, by their path.
var Specimens = map[string]templ.Component{
	"/vraag":   askSpecimen(nil),
	"/fout":    askSpecimen([]site.Problem{{Field: "antwoord", Text: "Kies een antwoord, of sla de vraag over."}}),
	"/tekst":   proseSpecimen(),
	"/lijst":   listSpecimen(),
	"/dossier": recordSpecimen(),
	"/melden":  formSpecimen(),
}

// Mount mounts the specimens.
func Mount(s *site.Site) {
	for path, page := range Specimens {
		s.Handle("GET "+path, func(*http.Request) (site.Reply, error) {
			return site.Page(http.StatusOK, page), nil
		})
	}
}

var menu = []site.Link{
	{Text: "Vandaag", Href: "/werk"},
	{Text: "Toetspogingen", Href: "/lijst", Here: true},
	{Text: "Toetsen", Href: "/werk/toetsen"},
	{Text: "Journaal", Href: "/werk/journaal"},
}

var states = []site.Tag{
	{Tone: site.Good, Text: "Passend"},
	{Tone: site.Bad, Text: "Niet passend"},
	{Tone: site.Warn, Text: "Niet te beoordelen"},
	{Tone: site.Info, Text: "Bezig"},
	{Tone: site.Neutral, Text: "Verlopen"},
}

func attempts() site.Table {
	t := site.Table{
		Caption: "Toetspogingen, de nieuwste eerst",
		Columns: []site.Column{{Name: "Kenmerk"}, {Name: "Toets"}, {Name: "Begonnen", Kind: "date"}, {Name: "Beantwoord", Kind: "number"}, {Name: "Oordeel"}},
	}
	for i, state := range states {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: "KL-2026-00" + string(rune('1'+i)), Href: "/dossier"},
			{Text: "Kennis- en ervaringstoets hypotheek"},
			{Text: "3 maart 2026, 14.05 uur"},
			{Text: "14 van 14"},
			{Tag: &state},
		})
	}
	return t
}
