package web

import (
	"cmp"
	"fmt"
	"slices"

	"zorgplicht/internal/site"
)

// taskKinds are the kinds of work as staff read them. A kind that is not named here
// is shown by its code, and cannot be chosen.
var taskKinds = map[string]string{
	"criteria.doorlichten": "Een portefeuille doorlichten",
	"krediet.inlezen":      "De kredietportefeuille inlezen of bijwerken",
	"huis.opruimen":        "Opruimen wat zijn tijd heeft gehad",
	"huis.herkansen":       "Mislukte taken opnieuw laten proberen",
	"inzage.dossier":       "Het dossier van een inzage maken",
	"inzage.opruimen":      "Dossiers van afgelopen inzages weghalen",
	"post.versturen":       "E-mail versturen",
	"post.ophalen":         "E-mail ophalen",
	"post.dagbericht":      "Het dagbericht aan medewerkers sturen",
	"bewaren.bijwerken":    "Bijhouden hoe lang wat wordt bewaard",
	"provisie.berekenen":   "De provisie van een maand berekenen",
	"toets.verlopen":       "Verlopen toetspogingen opschrijven",
	"toets.tellen":         "Toetspogingen tellen voor de cijfers",
	"klacht.tellen":        "Klachten tellen voor de cijfers",
	"zaak.brieven":         "Oudere brieven vindbaar maken",
	"zaak.zoekwoorden":     "Zoekwoorden van zaken bijwerken",
	"webhook.bezorgen":     "Berichten bezorgen bij een webhook",
}

// KindText is how staff read a kind of work; its code where it has no words yet.
func KindText(kind string) string { return cmp.Or(taskKinds[kind], kind) }

// kindChoices are the kinds to choose from, by their words.
func kindChoices() []site.Choice {
	var all []site.Choice
	for code, text := range taskKinds {
		all = append(all, site.Choice{Value: code, Text: text})
	}
	slices.SortFunc(all, func(a, b site.Choice) int { return cmp.Compare(a.Text, b.Text) })
	return slices.Insert(all, 0, site.Choice{Text: "Alle soorten"})
}

func taskTag(k Task) site.Tag {
	switch k.State {
	case "running":
		return site.Tag{Tone: site.Info, Text: "Bezig"}
	case "failed":
		return site.Tag{Tone: site.Bad, Text: "Mislukt"}
	case "done":
		return site.Tag{Tone: site.Good, Text: "Klaar"}
	}
	if k.Failed {
		return site.Tag{Tone: site.Warn, Text: "Wacht op een nieuwe poging"}
	}
	return site.Tag{Tone: site.Neutral, Text: "Wacht"}
}

func forText(k Task) string {
	switch {
	case k.House:
		return "Alle ondernemingen"
	case k.About != "":
		return k.About
	}
	return "Uw onderneming"
}

func progressText(k Task) string {
	if k.Total == 0 {
		return ""
	}
	return fmt.Sprintf("%d van %d", k.Progress, k.Total)
}

func errorText(k Task) string {
	if k.Error == "" && k.Failed {
		return "Wie de server beheert, leest de fout met: zorgplicht jobs list"
	}
	return k.Error
}
