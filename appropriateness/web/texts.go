package web

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/site"
)

// messages has what a client reads where the test cannot go on, by reason.
var messages = map[string]site.Message{
	"unknown-link": {
		Title: "Deze link kennen wij niet",
		Text:  "Misschien is de link niet helemaal overgenomen.",
		Do:    "Open de link opnieuw uit het bericht waarin u hem kreeg. Werkt dat niet? Vraag dan een nieuwe link aan het bedrijf dat hem stuurde.",
	},
	"link-expired": {
		Title: "Deze link is verlopen",
		Text:  "U kunt deze pagina niet meer openen, omdat de tijd daarvoor voorbij is.",
		Do:    "Neem contact op met het bedrijf dat u de link stuurde. Daar kunnen ze u verder helpen.",
	},
	"attempt-lapsed": {
		Title: "De tijd voor deze toets is voorbij",
		Text:  "U bent aan de toets begonnen, maar hebt hem niet op tijd verstuurd. Daarom weten wij niet of u genoeg weet om zonder advies verder te gaan.",
		Do:    "Wij raden u aan om advies te vragen. Neem contact op met het bedrijf dat u de link stuurde als u wilt weten hoe het nu verder gaat.",
	},
	"attempt-closed": {
		Title: "Deze toets is al verstuurd",
		Text:  "Uw antwoorden kunnen daarom niet meer veranderen.",
		Do:    "Open de link opnieuw om de uitslag te zien.",
	},
	"too-many-changes": {
		Title: "U kunt uw antwoorden niet meer veranderen",
		Text:  "U hebt uw antwoorden heel vaak veranderd. Wat u het laatst koos, is bewaard.",
		Do:    "Open de link opnieuw, kijk het overzicht na en verstuur de toets.",
	},
	"no-choice": {
		Title: "Hier valt niets te kiezen",
		Text:  "Bij deze uitslag is er geen keuze om verder te gaan zonder advies.",
		Do:    "Open de link opnieuw om de uitslag te lezen.",
	},
	"already-chosen": {
		Title: "U hebt al gekozen",
		Text:  "Uw eerste keuze is vastgelegd en verandert niet meer.",
		Do:    "Neem contact op met het bedrijf dat u de link stuurde als u iets anders wilt.",
	},
	"attempt-not-judged": {
		Title: "De toets is nog niet verstuurd",
		Text:  "Er is nog geen uitslag.",
		Do:    "Open de link opnieuw. U gaat dan verder waar u was gebleven.",
	},
	"attempt-not-begun": {
		Title: "U bent nog niet met de toets begonnen",
		Text:  "Lees eerst waar de toets voor is. Daarna kunt u beginnen.",
		Do:    "Open de link opnieuw uit het bericht waarin u hem kreeg.",
	},
	"unknown-question": {
		Title: "Deze vraag bestaat niet",
		Text:  "De toets heeft geen vraag met dit nummer.",
		Do:    "Open de link opnieuw. U gaat dan verder waar u was gebleven.",
	},
}

// count is a number with its noun: "1 vraag", "3 vragen".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func questions(n int) string { return count(n, "vraag", "vragen") }

// lines are the questions of the overview, each with its answer.
func (s sitting) lines() []site.Line {
	lines := make([]site.Line, 0, len(s.Questions))
	for i, q := range s.Questions {
		n := strconv.Itoa(i + 1)
		l := site.Line{
			Name: n + ". " + q.Text, Text: chosenText(q), Action: "Wijzigen", Object: "vraag " + n,
			Href: s.toQuestion(i) + "?van=overzicht",
		}
		if q.Chosen == "" {
			l.Action, l.Object = "Beantwoorden", "vraag "+n
			l.Tag = site.Tag{Tone: site.Neutral, Text: "Nog open"}
		}
		lines = append(lines, l)
	}
	return lines
}

func chosenText(q appropriateness.Asking) string {
	for _, o := range q.Options {
		if o.ID == q.Chosen {
			return o.Text
		}
	}
	return ""
}

// frame is the frame of this sitting's pages.
func (s sitting) frame(title string) site.Client {
	return site.Client{Title: title, Firm: s.Firm, About: s.Title}
}

// failing is the frame of a page whose form came back, when it did.
func (s sitting) failing(title, problem string) site.Client {
	f := s.frame(title)
	f.Failed = problem != ""
	return f
}

// unread is what the choice after a warning misses, when it does.
func unread(problem string) []site.Problem {
	if problem == "" {
		return nil
	}
	return []site.Problem{{Field: "gelezen", Text: problem}}
}

func (t turn) frame() site.Client {
	f := t.sitting.frame("Vraag " + strconv.Itoa(t.place+1) + " van " + strconv.Itoa(len(t.Questions)))
	f.Step, f.Steps, f.Failed = t.place+1, len(t.Questions), t.problem != ""
	return f
}

// tied keeps each euro sign on one line with its amount.
func tied(v appropriateness.Visit) appropriateness.Visit {
	tie := func(s string) string { return strings.ReplaceAll(s, "€ ", "€\u00a0") }
	v.Purpose = tie(v.Purpose)
	v.Questions = slices.Clone(v.Questions)
	for i := range v.Questions {
		q := &v.Questions[i]
		q.Scenario, q.Text, q.Options = tie(q.Scenario), tie(q.Text), slices.Clone(q.Options)
		for j := range q.Options {
			q.Options[j].Text = tie(q.Options[j].Text)
		}
	}
	return v
}
