package web

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
)

// Happened are the events of a timeline that facts tell: those of a kind that titles
// names, with before each what they are about, "" for the case itself.
func Happened(facts []journal.Recorded, titles map[string]string, about string) (events []site.Event) {
	for _, f := range facts {
		if title := titles[f.Kind]; title != "" {
			events = append(events, site.Event{Title: about + title, At: calendar.DutchTime(f.Valid), ISO: f.Valid.UTC().Format(time.RFC3339Nano), Tone: site.Neutral})
		}
	}
	return events
}

// Usual are the titles of what happens to any case.
func Usual() map[string]string {
	return map[string]string{
		casework.KindAssigned: "Toegewezen", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
		casework.KindLetter: "Brief gemaakt", casework.KindLetterSent: "Brief verstuurd", casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen",
	}
}
