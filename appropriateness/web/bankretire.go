package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A retiring shows what happens when questions lapse, before they do.
type retiring struct {
	frame    site.Work
	files    []appropriateness.QuestionFile
	note     string
	problems []site.Problem
}

const mostAtOnce = 500

func (p bankPages) beforeRetiring(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.retiring(r, who, r.URL.Query()["vraag"], nil)
}

func (p bankPages) retiring(r *http.Request, who staff.Session, chosen []string, problems []site.Problem) (site.Reply, error) {
	x := retiring{frame: p.formFrame(r, who, "Vragen laten vervallen"), problems: problems, note: r.PostFormValue("toelichting")}
	var err error
	if x.files, err = p.desk.Uses(r.Context(), who.Actor(), questionIDs(chosen)); err != nil {
		return nil, err
	}
	status := http.StatusOK
	if len(problems) > 0 {
		x.frame.Failed, status = true, http.StatusBadRequest
	}
	return site.Page(status, retirePage(x)), nil
}

func questionIDs(chosen []string) (ids []appropriateness.QuestionID) {
	for _, id := range chosen[:min(len(chosen), mostAtOnce)] {
		ids = append(ids, appropriateness.QuestionID(id))
	}
	return ids
}

func (p bankPages) retire(r *http.Request, who staff.Session) (site.Reply, error) {
	note := strings.TrimSpace(r.PostFormValue("toelichting"))
	chosen := r.PostForm["vraag"]
	if note == "" {
		return p.retiring(r, who, chosen, []site.Problem{{Field: "toelichting", Text: "Toelichting: schrijf op waarom de vragen vervallen."}})
	}
	n, err := p.desk.RetireQuestions(r.Context(), who.Actor(), questionIDs(chosen), note)
	if f := fault.As(err); f != nil && f.Kind == fault.Invalid {
		return p.retiring(r, who, chosen, []site.Problem{{Field: "toelichting", Text: "Toelichting: " + f.Details[0].Text}})
	}
	if err != nil {
		return nil, ofBank(err)
	}
	return site.SeeOther(bankPath + "?vervallen=" + strconv.Itoa(n)), nil
}

func (x retiring) table() site.Table {
	t := site.Table{
		Caption: "Wat er vervalt", Columns: []site.Column{{Name: "Kenmerk"}, {Name: "Vraag"}, {Name: "Stand"}, {Name: "In toetsen die in gebruik zijn"}},
		Empty: "U hebt geen vragen gekozen. Kies er een of meer in de vragenbank.",
	}
	for _, f := range x.files {
		q := f.Newest()
		tag := bankStateTag(q.State)
		uses := "Geen"
		if len(f.Uses) > 0 {
			titles := make([]string, len(f.Uses))
			for i, u := range f.Uses {
				titles[i] = u.Title
			}
			uses = strings.Join(titles, ", ")
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: string(q.ID), Href: questionPath(q.ID)}, {Text: q.Text}, {Tag: &tag}, {Text: uses}})
	}
	return t
}

func (x retiring) problem() string {
	if len(x.problems) > 0 {
		return x.problems[0].Text
	}
	return ""
}
