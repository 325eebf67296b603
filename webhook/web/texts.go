package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/webhook"
)

// typeText is how staff name a type of event.
func typeText(t webhook.Type) string {
	switch t {
	case webhook.Started:
		return "Toetspoging gestart"
	case webhook.Judged:
		return "Toetspoging beoordeeld"
	case webhook.Chosen:
		return "Keuze na de waarschuwing"
	case webhook.Ticket:
		return "Poortbewijs afgegeven"
	case webhook.Published:
		return "Toets gepubliceerd"
	case webhook.ComplaintReceived:
		return "Klacht ontvangen"
	case webhook.ComplaintClassified:
		return "Klacht ingedeeld"
	case webhook.ComplaintReplied:
		return "Klacht beantwoord"
	case webhook.ComplaintConcluded:
		return "Klacht afgehandeld"
	case webhook.ComplaintReopened:
		return "Klacht heropend"
	case webhook.ComplaintForwarded:
		return "Klacht bij de geschilleninstantie"
	case webhook.Trial:
		return "Proefbericht"
	}
	return t.Dutch()
}

// standing shows in a word how a subscription fares.
func standing(s webhook.Subscription) site.Tag {
	switch {
	case !s.Stopped.IsZero():
		return site.Tag{Tone: site.Bad, Text: "Gestopt"}
	case !s.Active:
		return site.Tag{Tone: site.Neutral, Text: "Uit"}
	case !s.Failing.IsZero():
		return site.Tag{Tone: site.Warn, Text: "Komt niet aan"}
	}
	return site.Tag{Tone: site.Good, Text: "Aan"}
}

func stateTag(s webhook.State) site.Tag {
	switch s {
	case webhook.Delivered:
		return site.Tag{Tone: site.Good, Text: "Aangekomen"}
	case webhook.GivenUp:
		return site.Tag{Tone: site.Bad, Text: "Opgegeven"}
	}
	return site.Tag{Tone: site.Info, Text: "Wacht"}
}

// resultText says what came of a try.
func resultText(r webhook.Result, status int) string {
	switch r {
	case webhook.OK:
		return fmt.Sprintf("Aangenomen (%d)", status)
	case webhook.BadStatus:
		return fmt.Sprintf("Geweigerd door de ontvanger (%d)", status)
	case webhook.Redirected:
		return fmt.Sprintf("Doorverwezen (%d); dat volgen wij niet", status)
	case webhook.NotAllowed:
		return "Het adres ligt in een besloten netwerk"
	case webhook.NoName:
		return "De naam van de server bestaat niet"
	case webhook.TooSlow:
		return "Geen antwoord binnen tien seconden"
	case webhook.BadTLS:
		return "Geen veilige verbinding: het certificaat klopt niet"
	case webhook.NoLine:
		return "Geen verbinding met de server"
	}
	return "Nog niet geprobeerd"
}

func tookText(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) + "\u00a0ms" }

// stoppedText says why the house stopped sending.
func stoppedText(s webhook.Subscription) string {
	at := calendar.DutchTime(s.Stopped)
	if s.Why == webhook.ToldGone {
		return "De ontvanger antwoordde op " + at + " dat dit adres niet meer bestaat (410)."
	}
	return "Tot " + at + " kwam er drie dagen lang geen bericht aan."
}

// A group is the types of event of one room, as the form offers them.
type group struct {
	name    string
	choices []site.Choice
}

// rooms are how the form calls the rooms, by what the type of an event is about.
var rooms = map[string]string{
	"toetspoging": "Toetsen", "poortbewijs": "Toetsen", "toets": "Toetsen", "klacht": "Klachten", "brief": "Post", "bericht": "Post", "advies": "Advies",
	"geschil": "Geschillen", "betrouwbaarheid": "Betrouwbaarheid", "incident": "Incidenten", "zaak": "Zaken",
}

// groups are all types by room, in the order in which they are offered.
func groups() (all []group) {
	for _, t := range webhook.Types {
		about, _, _ := strings.Cut(strings.TrimPrefix(string(t), "nl.zorgplicht."), ".")
		name := cmp.Or(rooms[about], "Overig")
		i := slices.IndexFunc(all, func(g group) bool { return g.name == name })
		if i < 0 {
			all, i = append(all, group{name: name}), len(all)
		}
		all[i].choices = append(all[i].choices, site.Choice{Value: string(t), Text: typeText(t), Hint: string(t)})
	}
	return all
}

var stateChoices = []site.Choice{
	{Value: "", Text: "Alle afleveringen"},
	{Value: string(webhook.Waiting), Text: "Wacht"},
	{Value: string(webhook.Delivered), Text: "Aangekomen"},
	{Value: string(webhook.GivenUp), Text: "Opgegeven"},
}
