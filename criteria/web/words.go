package web

import (
	"strconv"
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
)

var refusals = map[string]string{
	"set-changed":         "Intussen heeft iemand deze regelset gewijzigd. Kopieer uw tekst, laad de pagina opnieuw en kijk wat er nu staat.",
	"set-exists":          "Er is al een regelset met deze naam. Kies een andere naam, of wijzig die regelset.",
	"set-asked":           "Deze regelset is aangeboden en wacht. Neem de aanvraag eerst terug.",
	"purpose-fixed":       "Het doel van een regelset die in gebruik was, ligt vast. Maak voor een ander doel een nieuwe regelset.",
	"not-asked":           "Niemand biedt deze regelset op dit moment aan. Misschien was een ander u voor.",
	"other-version":       "Intussen is een andere tekst aangeboden. Laad de pagina opnieuw en bekijk die.",
	"reviewed-before":     "Een ander heeft deze regelset al goedgekeurd.",
	"reviewer-is-editor":  "U hebt deze regelset het laatst gewijzigd. Een ander moet haar beoordelen.",
	"publisher-is-editor": "U hebt deze regelset het laatst gewijzigd. Een ander moet haar publiceren.",
	"not-reviewed":        "Laat de regelset eerst goedkeuren door een ander dan wie haar het laatst wijzigde.",
	"publish-raced":       "Een ander publiceerde op hetzelfde moment. Laad de pagina opnieuw.",
	"unknown-set-version": "Deze versie is niet in gebruik of gepland.",
}

var stateChoices = []site.Choice{
	{Value: "", Text: "Alle standen"},
	{Value: criteria.StateInUse, Text: "In gebruik"},
	{Value: criteria.StatePlanned, Text: "Gepland"},
	{Value: criteria.StateDraft, Text: "Tekst in concept"},
	{Value: criteria.StateAsked, Text: "Wacht op beoordeling"},
	{Value: criteria.StateReviewed, Text: "Wacht op publicatie"},
	{Value: criteria.StateOver, Text: "Niet meer in gebruik"},
}

func purposeChoices() (list []site.Choice) {
	for _, p := range criteria.Purposes {
		list = append(list, site.Choice{Value: string(p), Text: text.Capital(p.Dutch())})
	}
	return list
}

func purposeFilter() []site.Choice {
	return append([]site.Choice{{Value: "", Text: "Alle doelen"}}, purposeChoices()...)
}

func titled(title, name string) string {
	if strings.TrimSpace(title) == "" {
		return name
	}
	return title
}

func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

func workingText(state string) string {
	switch state {
	case criteria.StateAsked:
		return "Wacht op beoordeling"
	case criteria.StateReviewed:
		return "Wacht op publicatie"
	case criteria.StateDraft:
		return "Concept"
	}
	return "–"
}

func rowTag(r criteria.SetRow) site.Tag {
	switch {
	case r.Current != nil:
		return site.Tag{Tone: site.Good, Text: "In gebruik"}
	case r.Planned != nil:
		return site.Tag{Tone: site.Info, Text: "Gepland"}
	case r.Versions > 0:
		return site.Tag{Tone: site.Neutral, Text: "Niet meer in gebruik"}
	}
	return site.Tag{Tone: site.Info, Text: "Nog niet in gebruik"}
}

func versionTag(s criteria.Standing) site.Tag {
	switch s {
	case criteria.Current:
		return site.Tag{Tone: site.Good, Text: "In gebruik"}
	case criteria.Planned:
		return site.Tag{Tone: site.Info, Text: "Gepland"}
	case criteria.Cancelled:
		return site.Tag{Tone: site.Neutral, Text: "Geannuleerd"}
	}
	return site.Tag{Tone: site.Neutral, Text: "Voorbij"}
}

func wayText(way string) string {
	switch way {
	case criteria.WaySecond:
		return "Geschreven door de een, goedgekeurd en gepubliceerd door een ander"
	case criteria.WayOther:
		return "Gepubliceerd door een uitgenodigde beoordelaar"
	case criteria.WayDelay:
		return "Door één persoon, met reden en wachttijd"
	}
	return way
}

// truthTag is how a truth of a rule is shown: a rule that fires asks for attention.
func truthTag(t criteria.Truth) site.Tag {
	switch t {
	case criteria.Yes:
		return site.Tag{Tone: site.Warn, Text: "Ja"}
	case criteria.Unknown:
		return site.Tag{Tone: site.Info, Text: "Onbekend"}
	}
	return site.Tag{Tone: site.Neutral, Text: "Nee"}
}
