package web

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
)

// messages has what a client reads where the test cannot go on, by reason.
var messages = map[string]site.Telling{
	"unknown-link": {
		Title: lang.Of(
			"Deze link kennen wij niet",
			"We do not know this link",
		),
		Text: lang.Of(
			"Misschien is de link niet helemaal overgenomen.",
			"The link may not have been copied completely.",
		),
		Do: lang.Of(
			"Open de link opnieuw uit het bericht waarin u hem kreeg. Werkt dat niet? Vraag dan een nieuwe link aan het bedrijf dat hem stuurde.",
			"Open the link again from the message in which you got it. Does that not work? Then ask the company that sent it for a new link.",
		),
	},
	"link-expired": {
		Title: lang.Of(
			"Deze link is verlopen",
			"This link has expired",
		),
		Text: lang.Of(
			"U kunt deze pagina niet meer openen, omdat de tijd daarvoor voorbij is.",
			"You can no longer open this page, because the time for that is over.",
		),
		Do: lang.Of(
			"Neem contact op met het bedrijf dat u de link stuurde. Daar kunnen ze u verder helpen.",
			"Contact the company that sent you the link. They can help you further.",
		),
	},
	"link-superseded": {
		Title: lang.Of("U hebt een nieuwere link", "You have a newer link"),
		Text: lang.Of("Na deze link kreeg u er nog een voor dezelfde toets. Alleen de nieuwste link werkt.",
			"After this link you got another one for the same test. Only the newest link works."),
		Do: lang.Of("Open de link uit het nieuwste bericht. Hebt u geen andere link? Neem dan contact op met het bedrijf dat u deze stuurde.",
			"Open the link from the newest message. Do you have no other link? Then contact the company that sent you this one."),
	},
	"attempt-lapsed": {
		Title: lang.Of(
			"De tijd voor deze toets is voorbij",
			"The time for this test is over",
		),
		Text: lang.Of(
			"U bent aan de toets begonnen, maar hebt hem niet op tijd verstuurd. Daarom weten wij niet of u genoeg weet om zonder advies verder te gaan.",
			"You started the test, but did not send it in time. So we do not know whether you know enough to go on without advice.",
		),
		Do: lang.Of(
			"Wij raden u aan om advies te vragen. Neem contact op met het bedrijf dat u de link stuurde als u wilt weten hoe het nu verder gaat.",
			"We recommend that you take advice. Contact the company that sent you the link if you want to know what happens next.",
		),
	},
	"attempt-closed": {
		Title: lang.Of(
			"Deze toets is al verstuurd",
			"This test has already been sent",
		),
		Text: lang.Of(
			"Uw antwoorden kunnen daarom niet meer veranderen.",
			"So your answers can no longer change.",
		),
		Do: lang.Of(
			"Open de link opnieuw om de uitslag te zien.",
			"Open the link again to see the result.",
		),
	},
	"too-many-changes": {
		Title: lang.Of(
			"U kunt uw antwoorden niet meer veranderen",
			"You can no longer change your answers",
		),
		Text: lang.Of(
			"U hebt uw antwoorden heel vaak veranderd. Wat u het laatst koos, is bewaard.",
			"You have changed your answers very often. What you chose last is saved.",
		),
		Do: lang.Of(
			"Open de link opnieuw, kijk het overzicht na en verstuur de toets.",
			"Open the link again, check the overview and send the test.",
		),
	},
	"no-choice": {
		Title: lang.Of(
			"Hier valt niets te kiezen",
			"There is nothing to choose here",
		),
		Text: lang.Of(
			"Bij deze uitslag is er geen keuze om verder te gaan zonder advies.",
			"With this result there is no choice to go on without advice.",
		),
		Do: lang.Of(
			"Open de link opnieuw om de uitslag te lezen.",
			"Open the link again to read the result.",
		),
	},
	"already-chosen": {
		Title: lang.Of(
			"U hebt al gekozen",
			"You have already chosen",
		),
		Text: lang.Of(
			"Uw eerste keuze is vastgelegd en verandert niet meer.",
			"Your first choice is on record and does not change any more.",
		),
		Do: lang.Of(
			"Neem contact op met het bedrijf dat u de link stuurde als u iets anders wilt.",
			"Contact the company that sent you the link if you want something else.",
		),
	},
	"attempt-not-judged": {
		Title: lang.Of(
			"De toets is nog niet verstuurd",
			"The test has not been sent yet",
		),
		Text: lang.Of(
			"Er is nog geen uitslag.",
			"There is no result yet.",
		),
		Do: lang.Of(
			"Open de link opnieuw. U gaat dan verder waar u was gebleven.",
			"Open the link again. You then go on where you left off.",
		),
	},
	"attempt-not-begun": {
		Title: lang.Of(
			"U bent nog niet met de toets begonnen",
			"You have not started the test yet",
		),
		Text: lang.Of(
			"Lees eerst waar de toets voor is. Daarna kunt u beginnen.",
			"First read what the test is for. After that you can start.",
		),
		Do: lang.Of(
			"Open de link opnieuw uit het bericht waarin u hem kreeg.",
			"Open the link again from the message in which you got it.",
		),
	},
	"unknown-question": {
		Title: lang.Of(
			"Deze vraag bestaat niet",
			"This question does not exist",
		),
		Text: lang.Of(
			"De toets heeft geen vraag met dit nummer.",
			"The test has no question with this number.",
		),
		Do: lang.Of(
			"Open de link opnieuw. U gaat dan verder waar u was gebleven.",
			"Open the link again. You then go on where you left off.",
		),
	},
}

// count is a number with its noun: "1 vraag", "3 vragen".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// lines are the questions of the overview, each with its answer.
func (s sitting) lines() []site.Line {
	lines := make([]site.Line, 0, len(s.Questions))
	for i, q := range s.Questions {
		l := site.Line{
			Name: strconv.Itoa(i+1) + ". " + q.Text, Text: chosenText(q), Lang: s.ofTest(), Action: s.say(change),
			Object: s.say(questionN, i+1), Href: s.toQuestion(i) + "?van=overzicht",
		}
		if q.Chosen == "" {
			l.Action, l.Tag = s.say(doAnswer), site.Tag{Tone: site.Neutral, Text: s.say(stillOpen)}
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
	return site.Client{Title: title, Firm: s.Firm, About: s.Title, Stage: s.stage()}
}

// stage is how far the test is, as the page around a frame may know it: never how it
// went.
func (s sitting) stage() string {
	switch s.State {
	case appropriateness.Ready:
		return "ready"
	case appropriateness.Begun:
		return "begun"
	}
	return "finished"
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
	f := t.sitting.frame(t.say(questionTitle, t.place+1, len(t.Questions)))
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
