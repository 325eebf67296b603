package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
)

// english is the part of a client's address below which pages speak English. The
// language lies in the path, so that it needs no cookie, is kept through every
// redirect and form, and survives in a frame on another site.
const english = "/en"

// dress reads the language of a client's page from its path, and where the same
// page stands in the other one.
func dress(r *http.Request) site.Dress {
	token, page, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/t/"), "/")
	d := site.Dress{Lang: lang.Dutch}
	if page+"/" == english[1:]+"/" || strings.HasPrefix(page, english[1:]+"/") {
		d.Lang, page = lang.English, strings.TrimPrefix(page[len(english)-1:], "/")
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if shown, ok := afterPost[page]; ok {
			page = shown
		}
	}
	d.Other = "/t/" + token
	if d.Lang == lang.Dutch {
		d.Other += english
	}
	if page != "" {
		d.Other += "/" + page
	}
	if q := r.URL.Query(); q.Get("van") != "" {
		d.Other += "?van=overzicht"
	}
	return d
}

// dresser adds how the firm wants the page to look, asked when a page is written.
func dresser(look func(context.Context, string) site.Look) func(*http.Request) site.Dress {
	return func(r *http.Request) site.Dress {
		d := dress(r)
		if look != nil {
			token, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/t/"), "/")
			d.Look = func() site.Look { return look(r.Context(), token) }
		}
		return d
	}
}

// afterPost is the page to read where a post ended in a page of its own: what was
// posted is not sent again to change the language.
var afterPost = map[string]string{"begin": "", "versturen": "overzicht", "keuze": "uitslag", "gegevens": "gegevens"}

// English reports whether the page speaks English.
func (s sitting) English() bool { return s.Lang == lang.English }

func (s sitting) say(t lang.Text, args ...any) string { return s.Say(t, args...) }

func (s sitting) time(t time.Time) string { return calendar.TimeIn(s.Lang, t) }

func (s sitting) questions() string { return s.Count(questionsOf, len(s.Questions)) }

// answered says how far the client is.
func (s sitting) answered() string {
	return s.say(answeredOf, len(s.Questions)-s.OpenQuestions(), s.questions())
}

// ofTest is the language of the test where it is not that of the page.
func (s sitting) ofTest() lang.Lang {
	if s.English() {
		return lang.Dutch
	}
	return ""
}

// tongueText is how staff name a language.
func tongueText(l string) string {
	if l == string(lang.English) {
		return "het Engels"
	}
	return "het Nederlands"
}
