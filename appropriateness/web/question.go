package web

import (
	"fmt"
	"net/http"
	"strconv"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
)

// What the buttons of a question ask.
const (
	actNext = "verder" // keep the answer and go on
	actBack = "terug"  // keep the answer, if one was chosen, and go back
	actSkip = "later"  // leave the question as it is and go on
	actStop = "stop"   // keep the answer, if one was chosen, and stop for now
)

// A turn is one question as it is shown.
type turn struct {
	sitting
	place   int  // in the form, from 0
	review  bool // reached from the overview, and leads back to it
	problem string
}

func (t turn) asking() appropriateness.Asking { return t.Questions[t.place] }

func (c client) turn(r *http.Request) (turn, error) {
	s, err := c.sitting(r)
	if err != nil {
		return turn{}, err
	}
	place := nth(r.PathValue("n"))
	if place < 0 || place >= len(s.Questions) {
		return turn{}, fault.New(fault.NotFound, "unknown-question", "")
	}
	return turn{sitting: s, place: place, review: fromOverview(r)}, nil
}

func (c client) question(r *http.Request) (site.Reply, error) {
	t, err := c.turn(r)
	if err != nil {
		return nil, err
	}
	if there := t.elsewhere(); there != "" {
		return site.SeeOther(there), nil
	}
	return site.Page(http.StatusOK, questionPage(t)), nil
}

func (c client) answer(r *http.Request) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	act, given := r.PostFormValue("actie"), r.PostFormValue("antwoord")
	var refused error
	if act != actSkip && given != "" {
		t := turn{sitting: seat(r), place: nth(r.PathValue("n")), review: fromOverview(r)}
		of, err := c.Pick(r.Context(), t.token, t.place, nth(given))
		if err == nil { // no visit: the next page makes its own
			return site.SeeOther(t.next(act, of)), nil
		}
		refused = err
	}
	t, err := c.turn(r)
	switch {
	case err != nil:
		return nil, err
	case t.State == appropriateness.Judged, fault.Has(refused, "attempt-closed"):
		return site.Page(http.StatusConflict, closedPage(t.sitting)), nil
	case fault.Has(refused, "foreign-option"):
		return t.again(t.say(foreignAnswer))
	case refused != nil:
		return nil, refused
	case act == actNext || act == "":
		return t.again(t.say(chooseAnswer))
	}
	return site.SeeOther(t.next(act, len(t.Questions))), nil
}

// nth reads a place as a page writes it, counted from 1; what is none is -1.
func nth(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return -1
	}
	return n - 1
}

func fromOverview(r *http.Request) bool { return r.FormValue("van") == "overzicht" }

// again shows the question once more, with what is wrong.
func (t turn) again(problem string) (site.Reply, error) {
	t.problem = problem
	return site.Page(http.StatusBadRequest, questionPage(t)), nil
}

// next is the page after this act, in a form of so many questions.
func (t turn) next(act string, of int) string {
	last := t.place == of-1
	switch {
	case act == actStop:
		return t.to("bewaard")
	case act == actBack && t.place > 0:
		return t.toQuestion(t.place - 1)
	case act == actBack:
		return t.to("")
	case last || t.review:
		return t.to("overzicht")
	}
	return t.toQuestion(t.place + 1)
}

// radios are the options of the question, named by their place.
func (t turn) radios() site.Radios {
	q := t.asking()
	out := site.Radios{Name: "antwoord", Legend: q.Text, Heading: true, Problem: t.problem, Lang: t.ofTest()}
	for i, o := range q.Options {
		value := strconv.Itoa(i + 1)
		out.Choices = append(out.Choices, site.Choice{Value: value, Text: o.Text})
		if o.ID == q.Chosen {
			out.Chosen = value
		}
	}
	return out
}

func (t turn) problems() []site.Problem {
	if t.problem == "" {
		return nil
	}
	return []site.Problem{{Field: "antwoord", Text: t.problem}}
}
