package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
)

// An identifyPage asks a client who they are, before question 1.
type identifyPage struct {
	sitting
	name, day, month, year, postcode string
	problems                         []site.Problem
}

func (i identifyPage) frame() site.Client {
	f := i.sitting.frame(i.say(whoTitle))
	f.Failed = len(i.problems) > 0
	return f
}

func (i identifyPage) problem(field string) string {
	if n := slices.IndexFunc(i.problems, func(p site.Problem) bool { return p.Field == field }); n >= 0 {
		return i.problems[n].Text
	}
	return ""
}

// identity is what was filled in. Three fields that are no date stay what they are,
// and are refused with the rest.
func (i identifyPage) identity() appropriateness.Identity {
	date := i.year + "-" + i.month + "-" + i.day
	y, err1 := strconv.Atoi(i.year)
	m, err2 := strconv.Atoi(i.month)
	d, err3 := strconv.Atoi(i.day)
	if err1 == nil && err2 == nil && err3 == nil {
		date = fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	}
	return appropriateness.Identity{FamilyName: i.name, BirthDate: date, Postcode: i.postcode}
}

func (c client) showIdentify(r *http.Request) (site.Reply, error) {
	s, err := c.sitting(r)
	if err != nil {
		return nil, err
	}
	if !s.AskClient {
		return site.SeeOther(s.to("")), nil
	}
	return site.Page(http.StatusOK, identifyForm(identifyPage{sitting: s})), nil
}

// identify takes what was filled in, and begins the test where the client may take
// it. Who has one open at another channel goes on there.
func (c client) identify(r *http.Request) (site.Reply, error) {
	s, err := c.sitting(r)
	if err != nil {
		return nil, err
	}
	if !s.AskClient {
		return site.SeeOther(s.to("")), nil
	}
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	i := identifyPage{sitting: s, name: field("achternaam"), day: field("dag"), month: field("maand"), year: field("jaar"), postcode: field("postcode")}
	done, err := c.Identify(r.Context(), s.token, i.identity())
	if f := fault.As(err); f != nil && f.Kind == fault.Invalid {
		for _, d := range f.Details {
			i.problems = append(i.problems, i.asked(d))
		}
		return site.Page(http.StatusBadRequest, identifyForm(i)), nil
	}
	if err != nil {
		return nil, err
	}
	if done.Refused != "" {
		return site.Page(http.StatusConflict, refusedPage(s, done.Refused)), nil
	}
	if done.Token != s.token {
		return site.SeeOther(sitting{Lang: s.Lang, token: done.Token}.to("")), nil
	}
	return c.begin(r)
}

// asked says at its field what is wrong with what a client filled in, in words for
// a client.
func (i identifyPage) asked(d fault.Detail) site.Problem {
	switch d.Pointer {
	case "/familyName":
		return site.Problem{Field: "achternaam", Text: i.say(whoName)}
	case "/birthDate":
		return site.Problem{Field: "dag", Text: i.say(whoBorn)}
	}
	return site.Problem{Field: "postcode", Text: i.say(whoWhere)}
}

// refusedText says to the client why they may not take the test now.
func refusedText(reason string) lang.Text {
	switch reason {
	case "test-still-valid":
		return whoPassed
	case "retake-too-early":
		return whoTooEarly
	case "attempt-open-elsewhere":
		return whoBusy
	case "form-impossible":
		return whoSawAll
	}
	return whoTook
}

// The words of these pages.
var (
	whoTitle  = lang.Of("Wie bent u?", "Who are you?")
	whoLead   = lang.Of("Voordat u begint, vragen wij drie dingen van u.", "Before you start, we ask you three things.")
	whoWhy    = lang.Of("U mag deze toets niet steeds opnieuw maken, ook niet via een ander bedrijf. Daarom kijken wij of u de toets eerder hebt gemaakt.", "You may not take this test again and again, not through another company either. That is why we check whether you took it before.")
	whoSafe   = lang.Of("Van uw gegevens maken wij een code. Uw naam, geboortedatum en postcode bewaren wij niet, en uit de code zijn ze niet af te lezen.", "We turn your data into a code. We do not keep your name, date of birth and postcode, and they cannot be read from the code.")
	familyIs  = lang.Of("Achternaam", "Family name")
	bornIs    = lang.Of("Geboortedatum", "Date of birth")
	bornLike  = lang.Of("Bijvoorbeeld 9 3 1985", "For example 9 3 1985")
	dayIs     = lang.Of("Dag", "Day")
	monthIs   = lang.Of("Maand", "Month")
	yearIs    = lang.Of("Jaar", "Year")
	whereIs   = lang.Of("Postcode", "Postcode")
	whereLike = lang.Of("Bijvoorbeeld 1234 AB", "For example 1234 AB")
	goBack    = lang.Of("Terug", "Back")
	counts    = lang.Of("Zodra u de eerste vraag ziet, telt de toets.", "As soon as you see the first question, the test counts.")

	whoName  = lang.Of("Vul uw achternaam in.", "Fill in your family name.")
	whoBorn  = lang.Of("Vul uw geboortedatum in met dag, maand en jaar, zoals 9 3 1985.", "Fill in your date of birth with day, month and year, such as 9 3 1985.")
	whoWhere = lang.Of("Vul uw postcode in, zoals 1234 AB.", "Fill in your postcode, such as 1234 AB.")

	notNow      = lang.Of("U kunt deze toets nu niet maken", "You cannot take this test now")
	linkUsed    = lang.Of("Deze link is daarmee gebruikt. Klopt dit niet, of wilt u weten hoe het verdergaat? Neem dan contact op met %s.", "With that this link is used up. Is this not right, or do you want to know what happens next? Then contact %s.")
	rather      = lang.Of("Wij raden u aan om advies te vragen als u twijfelt of dit product bij u past.", "We recommend that you take advice if you doubt whether this product fits you.")
	whoPassed   = lang.Of("U hebt deze toets kort geleden al gehaald. U hoeft hem niet nog een keer te maken.", "You passed this test a short time ago. You need not take it once more.")
	whoTooEarly = lang.Of("U hebt deze toets kort geleden al gemaakt. U moet nog even wachten voordat u hem opnieuw mag maken.", "You took this test a short time ago. You have to wait a while before you may take it again.")
	whoBusy     = lang.Of("U bent al met deze toets bezig, via een ander bedrijf. Maak die toets eerst af.", "You are already taking this test, through another company. Finish that test first.")
	whoSawAll   = lang.Of("U hebt alle vragen van deze toets al gezien. Daarom kunnen wij u geen nieuwe vragen geven.", "You have seen all questions of this test. So we cannot give you new ones.")
	whoTook     = lang.Of("U hebt deze toets al gemaakt, of u bent eraan begonnen. U kunt hem nu niet opnieuw maken.", "You already took this test, or you started it. You cannot take it again now.")

	whoseTest = lang.Of("De vragen zijn van %s. U maakt de toets bij %s: dat bedrijf is verantwoordelijk voor de toets en krijgt de uitslag.", "The questions are from %s. You take the test at %s: that company is responsible for the test and gets the result.")
)
