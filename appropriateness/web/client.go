// Package web has the pages of the knowledge-and-experience test: those of the
// client, who comes by a link and has no account, and those of staff.
//
// A client's page shows what a Visit holds and nothing else. Answers go by their
// place on the page, so that not even the author's names of options leave the
// house. The client journey needs no cookie and no script, and each post ends in
// a redirect, so that reloading sends nothing twice.
package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
)

// A Taker lets the holder of a link take the test; appropriateness.Service is
// one, and says what each method does.
type Taker interface {
	Visit(ctx context.Context, token string) (appropriateness.Visit, error)
	Begin(ctx context.Context, token string) error
	Identify(ctx context.Context, token string, c appropriateness.Identity) (appropriateness.Identified, error)
	Pick(ctx context.Context, token string, place, nth int) (questions int, err error)
	Send(ctx context.Context, token string) (appropriateness.Outcome, error)
	Result(ctx context.Context, token string) (appropriateness.Visit, error)
	ResultDocument(ctx context.Context, token, mediaType string) (appropriateness.Document, error)
	Choose(ctx context.Context, token string, c appropriateness.Course, read bool) error
}

// MountClient mounts the pages of the client below /t/, the English ones below
// /t/{token}/en. look is how the firm of a link wants them to look, and who may show
// them in a frame; nil is the look of the house.
func MountClient(s *site.Site, t Taker, look func(ctx context.Context, token string) site.Look) {
	c := client{t}
	s.Tell(messages)
	s.Dress("/t/", dresser(look))
	for _, at := range []string{"/t/{token}", "/t/{token}" + english} {
		s.Handle("GET "+at, c.purpose)
		s.Handle("POST "+at+"/begin", c.begin)
		s.Handle("GET "+at+"/gegevens", c.showIdentify)
		s.Handle("POST "+at+"/gegevens", c.identify)
		s.Handle("GET "+at+"/vraag/{n}", c.question)
		s.Handle("POST "+at+"/vraag/{n}", c.answer)
		s.Handle("GET "+at+"/overzicht", c.overview)
		s.Handle("POST "+at+"/versturen", c.send)
		s.Handle("GET "+at+"/uitslag", c.result)
		s.Handle("POST "+at+"/keuze", c.choose)
		s.Handle("GET "+at+"/bewaard", c.saved)
	}
	s.Handle("GET /t/{token}/uitslag.pdf", c.document(appropriateness.PDF, "uitslag.pdf"))
	s.Handle("GET /t/{token}/uitslag.html", c.document(appropriateness.HTML, "uitslag.html"))
}

type client struct{ Taker }

// A sitting is a visit with the address of its pages.
type sitting struct {
	appropriateness.Visit
	lang.Lang // of the page
	token     string
}

func (c client) sitting(r *http.Request) (sitting, error) {
	s := seat(r)
	v, err := c.Visit(r.Context(), s.token)
	s.Visit = tied(v)
	return s, err
}

// seat is the sitting of a request as far as its address tells.
func seat(r *http.Request) sitting {
	return sitting{Lang: lang.From(r.Context()), token: r.PathValue("token")}
}

// to is the path of one of this sitting's pages.
func (s sitting) to(page string) string {
	path := "/t/" + url.PathEscape(s.token)
	if s.English() && page != "uitslag.pdf" && page != "uitslag.html" {
		path += english
	}
	if page == "" {
		return path
	}
	return path + "/" + page
}

func (s sitting) toQuestion(place int) string { return s.to("vraag/" + strconv.Itoa(place+1)) }

// firstOpen is the place of the first question without an answer, or -1.
func (s sitting) firstOpen() int {
	for i, q := range s.Questions {
		if q.Chosen == "" {
			return i
		}
	}
	return -1
}

// resume is the page on which a begun test goes on.
func (s sitting) resume() string {
	if open := s.firstOpen(); open >= 0 {
		return s.toQuestion(open)
	}
	return s.to("overzicht")
}

// elsewhere is where a page of the open test leads when the test is not open:
// to the start when it was not begun, to the result when it was sent; "" when
// it is open.
func (s sitting) elsewhere() string {
	switch s.State {
	case appropriateness.Ready:
		return s.to("")
	case appropriateness.Judged:
		return s.to("uitslag")
	}
	return ""
}

func (c client) purpose(r *http.Request) (site.Reply, error) {
	if r.FormValue("lang") == string(lang.English) {
		s := seat(r)
		s.Lang = lang.English
		return site.SeeOther(s.to("")), nil
	}
	s, err := c.sitting(r)
	if err != nil {
		return nil, err
	}
	if s.State == appropriateness.Judged {
		return site.SeeOther(s.to("uitslag")), nil
	}
	return site.Page(http.StatusOK, purposePage(s)), nil
}

func (c client) begin(r *http.Request) (site.Reply, error) {
	err := c.Begin(r.Context(), r.PathValue("token"))
	if fault.Has(err, "client-not-known") {
		return site.SeeOther(seat(r).to("gegevens")), nil
	}
	if err != nil && !fault.Has(err, "attempt-closed") {
		return nil, err
	}
	s, err := c.sitting(r)
	if err != nil {
		return nil, err
	}
	if there := s.elsewhere(); there != "" {
		return site.SeeOther(there), nil
	}
	return site.SeeOther(s.resume()), nil
}

func (c client) overview(r *http.Request) (site.Reply, error) {
	s, err := c.sitting(r)
	if err != nil {
		return nil, err
	}
	if there := s.elsewhere(); there != "" {
		return site.SeeOther(there), nil
	}
	return site.Page(http.StatusOK, overviewPage(s)), nil
}

// send ends at the result. Who sends twice, or in two windows at once, gets the
// verdict that was given, not a second one.
func (c client) send(r *http.Request) (site.Reply, error) {
	_, err := c.Send(r.Context(), r.PathValue("token"))
	if err != nil && !fault.Has(err, "attempt-closed") {
		return nil, err
	}
	return site.SeeOther(seat(r).to("uitslag")), nil
}

// result shows the verdict. A HEAD request, such as a link preview sends, shows
// nothing to anyone, so it is not recorded as shown.
func (c client) result(r *http.Request) (site.Reply, error) {
	look := c.Result
	if r.Method == http.MethodHead {
		look = c.Visit
	}
	s := seat(r)
	v, err := look(r.Context(), s.token)
	s.Visit = v
	switch {
	case err == nil && v.Notice != nil:
		return site.Page(http.StatusOK, resultPage(s, "")), nil
	case err == nil || fault.Has(err, "attempt-not-judged"):
		if s, err = c.sitting(r); err != nil {
			return nil, err
		}
		if s.State == appropriateness.Begun {
			return site.SeeOther(s.to("overzicht")), nil
		}
		return site.SeeOther(s.to("")), nil
	}
	return nil, err
}

var choices = map[string]appropriateness.Course{"stoppen": appropriateness.ChoseStop, "verder": appropriateness.ChoseGoOn}

// choose keeps what the client does after the warning. Who goes on without
// saying that they read it sees the page again, with what is missing.
func (c client) choose(r *http.Request) (site.Reply, error) {
	course := choices[r.PostFormValue("keuze")]
	err := c.Choose(r.Context(), r.PathValue("token"), course, r.PostFormValue("gelezen") == "ja")
	if !fault.Has(err, "invalid-choice") {
		return site.SeeOther(seat(r).to("uitslag")), err
	}
	s, visitErr := c.sitting(r)
	if visitErr != nil {
		return nil, visitErr
	}
	missing := chooseWay
	if course == appropriateness.ChoseGoOn {
		missing = confirmRead
	}
	return site.Page(http.StatusBadRequest, resultPage(s, s.say(missing))), nil
}

func (c client) saved(r *http.Request) (site.Reply, error) {
	s, err := c.sitting(r)
	if err != nil {
		return nil, err
	}
	if there := s.elsewhere(); there != "" {
		return site.SeeOther(there), nil
	}
	return site.Page(http.StatusOK, savedPage(s)), nil
}
