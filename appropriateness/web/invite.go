package web

import (
	"net/http"
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const invitePath = listPath + "/nieuw"

// An invitePage invites a client to a test (toets klaarzetten).
type invitePage struct {
	frame    site.Work
	tests    []site.Choice
	asked    appropriateness.Start
	chosen   string // test, with its provider before a slash where it is another firm's
	problems []site.Problem
}

var channelChoices = []site.Choice{
	{Value: "office", Text: channelText("office")},
	{Value: "website", Text: channelText("website")},
	{Value: "intermediary", Text: channelText("intermediary")},
}

func (p pages) invitation(r *http.Request, who staff.Session) (invitePage, error) {
	tests, err := p.desk.Tests(r.Context(), who.Actor())
	if err != nil {
		return invitePage{}, err
	}
	f := invitePage{frame: p.guard.Frame(r, who, "Toets klaarzetten"), asked: appropriateness.Start{Channel: "office"}}
	f.frame.Trail = []site.Link{{Text: "Toetspogingen", Href: listPath}}
	for _, t := range tests {
		f.tests = append(f.tests, site.Choice{Value: t.Test.ID, Text: t.Test.Title})
	}
	modules, err := p.desk.Modules(r.Context(), who.Actor())
	for _, m := range modules {
		f.tests = append(f.tests, site.Choice{Value: string(m.Provider) + "/" + m.Test.Test.ID, Text: m.Test.Test.Title + " (van " + m.Name + ")"})
	}
	return f, err
}

func (p pages) showInvite(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.invitation(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, inviteForm(f)), nil
}

// fields leads a fault of the service to the field of the page.
var fields = map[string]string{
	"/test": "toets", "/provider": "toets", "/clientReference": "klant", "/channel": "kanaal",
	"/client/familyName": "achternaam", "/client/birthDate": "geboortedatum", "/client/postcode": "postcode",
}

// invite starts the test and leads to the attempt, which shows the link. What is
// wrong, or why this client may not start, is said on the form, with all that was
// filled in.
func (p pages) invite(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.invitation(r, who)
	if err != nil {
		return nil, err
	}
	f.asked = appropriateness.Start{
		Test: r.PostFormValue("toets"), Reference: strings.TrimSpace(r.PostFormValue("klant")), Channel: r.PostFormValue("kanaal"),
		AdviceGiven: r.PostFormValue("advies") == "ja", RecentAdviceElsewhere: r.PostFormValue("elders") == "ja",
		Client: appropriateness.Identity{
			FamilyName: strings.TrimSpace(r.PostFormValue("achternaam")), BirthDate: r.PostFormValue("geboortedatum"), Postcode: strings.TrimSpace(r.PostFormValue("postcode")),
		},
	}
	f.chosen = f.asked.Test
	if provider, test, ok := strings.Cut(f.asked.Test, "/"); ok {
		f.asked.Provider, f.asked.Test = ident.Firm(provider), test
	}
	if refusal := fault.As(p.desk.CheckStart(f.asked)); refusal != nil {
		for _, d := range refusal.Details {
			f.wrong(fields[d.Pointer], d.Text)
		}
	}
	if advice := r.PostFormValue("advies"); advice != "ja" && advice != "nee" {
		f.wrong("advies", "Geef aan of u deze klant advies gaf over dit product.")
	}
	if len(f.problems) > 0 {
		return site.Page(http.StatusBadRequest, inviteForm(f)), nil
	}
	started, err := p.desk.Start(r.Context(), who.Actor(), f.asked)
	if err == nil {
		return site.SeeOther(attemptPath(started.Attempt.ID)), nil
	}
	refusal := fault.As(err)
	if refusal == nil || startRefusals[refusal.Reason] == "" {
		return nil, err
	}
	at := "klant"
	if strings.Contains(refusal.Reason, "agreement") || refusal.Reason == "unknown-test" {
		at = "toets"
	}
	f.wrong(at, startRefusals[refusal.Reason])
	return site.Page(http.StatusConflict, inviteForm(f)), nil
}

func (f *invitePage) wrong(field, text string) {
	f.problems = append(f.problems, site.Problem{Field: field, Text: text})
	f.frame.Failed = true
}

// startRefusals say why a client may not take the test now.
var startRefusals = map[string]string{
	"unknown-test":           "Deze toets is niet meer in gebruik. Kies een andere.",
	"test-not-required":      "Na advies is de toets niet verplicht. Er is daarom geen toets klaargezet.",
	"test-still-valid":       "Deze klant heeft de toets gehaald en de uitslag is nog geldig. Een nieuwe toets is niet nodig.",
	"retake-not-allowed":     "Deze klant heeft de toets al gemaakt of is eraan begonnen. Uw onderneming biedt geen herkansing aan.",
	"retake-too-early":       "De afkoelingsperiode voor een herkansing is voor deze klant nog niet voorbij.",
	"form-impossible":        "Er zijn niet genoeg vragen meer die deze klant nog niet zag. Vraag de beheerder om de toets uit te breiden.",
	"attempt-open-elsewhere": "Deze klant is bij een andere onderneming met dezelfde toets bezig. Wacht tot die poging is verstuurd of verlopen.",
	"no-agreement":           "Er is geen distributieovereenkomst met deze aanbieder voor dit product. Vraag de aanbieder om er een aan te bieden.",
	"agreement-not-in-force": "De distributieovereenkomst met deze aanbieder geldt nog niet. Kijk op de pagina Distributie.",
	"agreement-ended":        "De distributieovereenkomst met deze aanbieder is geëindigd. Wie al begonnen is, kan de toets afmaken; nieuwe toetsen kunt u niet meer klaarzetten.",
	"retakes-used-up":        "Deze klant heeft alle herkansingen gebruikt die uw onderneming toestaat.",
}

func (f invitePage) problem(field string) string {
	if i := slices.IndexFunc(f.problems, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return f.problems[i].Text
	}
	return ""
}

func (f invitePage) advice() string {
	switch {
	case f.problem("advies") != "" || f.asked.Reference == "":
		return ""
	case f.asked.AdviceGiven:
		return "ja"
	}
	return "nee"
}

func yesNo(yes bool) string {
	if yes {
		return "ja"
	}
	return "nee"
}
