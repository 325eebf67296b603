package web

import (
	"io"
	"net/http"
	"net/url"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/loanbook"
	"zorgplicht/staff"
)

// A noticesView is the list of notices.
type noticesView struct {
	frame  site.Work
	asked  url.Values
	rows   []loanbook.Notice
	next   string
	today  calendar.Date
	issues bool
}

var noticeChoices = []site.Choice{{Value: "", Text: "Nog te geven"}, {Value: "alle", Text: "Alle"}}

func noticesAsked(q url.Values) loanbook.NoticeFilter {
	f := loanbook.NoticeFilter{Waiting: q.Get("stand") != "alle", After: q.Get("na"), Limit: atOnce + 1}
	f.Load, _ = strconv.Atoi(q.Get("bestand"))
	return f
}

func (p pages) notices(r *http.Request, who staff.Session) (site.Reply, error) {
	v := noticesView{frame: p.frame(r, who, "Berichten van rentewijziging"), asked: r.URL.Query(), today: p.house.Today(), issues: who.May(staff.IssueCredit)}
	v.frame.Wide, v.frame.Lead = true, "Wijzigt een variabele rente, dan hoort de consument dat, met de nieuwe effectieve rente (artikel 49, eerste lid). Dat mag op het eerstvolgende rekeningafschrift."
	var err error
	if v.rows, err = p.desk.Notices(r.Context(), who.Actor(), noticesAsked(v.asked)); err != nil {
		return nil, err
	}
	if len(v.rows) > atOnce {
		v.rows = v.rows[:atOnce]
		v.next = v.at(noticesPath, v.rows[atOnce-1].ID)
	}
	return site.Page(http.StatusOK, noticesPage(v)), nil
}

func (v noticesView) at(path, after string) string {
	q := url.Values{}
	for _, name := range []string{"stand", "bestand"} {
		if value := v.asked.Get(name); value != "" {
			q.Set(name, value)
		}
	}
	if after != "" {
		q.Set("na", after)
	}
	return at(path, q)
}

func (v noticesView) turn() site.Pages {
	t := site.Pages{About: "berichten", Shown: number(len(v.rows)) + " berichten", Next: v.next}
	if len(v.rows) == 1 {
		t.Shown = "1 bericht"
	}
	if v.asked.Get("na") != "" {
		t.First = v.at(noticesPath, "")
	}
	return t
}

func (v noticesView) table() site.Table {
	t := site.Table{
		Caption: "Berichten", Hidden: true, Empty: "Er zijn geen berichten te geven.",
		Columns: []site.Column{{Name: "Overeenkomst"}, {Name: "Vanaf", Kind: "date"}, {Name: "Oude rente", Kind: "number"}, {Name: "Nieuwe rente", Kind: "number"}, {Name: "Nieuwe effectieve rente", Kind: "number"}, {Name: "Gegeven"}},
	}
	for _, n := range v.rows {
		given := site.Cell{Text: dutchDay(n.Told), Body: paperLink(n.Paper)}
		if n.Told.IsZero() {
			given = site.Cell{Text: "Nog niet"}
			if v.issues {
				given = site.Cell{Body: giveForm(n)}
			}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: n.Reference, Href: loanPath(n.Reference)}, {Text: n.From.Dutch()}, {Text: n.Old.Nominal.Dutch()}, {Text: n.New.Nominal.Dutch()}, {Text: percent(n.New.Real().String())}, given})
	}
	return t
}

// exportNotices gives exactly the list that is shown, all pages of it.
func (p pages) exportNotices(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		f := noticesAsked(r.URL.Query())
		f.After, f.Limit = "", exportBatch
		rows, err := p.desk.Notices(r.Context(), who.Actor(), f)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Berichten", Columns: []table.Column{{Name: "Overeenkomst", Width: 20}, {Name: "Vanaf", Width: 12}, {Name: "Oude rente", Width: 12}, {Name: "Nieuwe rente", Width: 12}, {Name: "Nieuwe effectieve rente", Width: 20}, {Name: "Gegeven", Width: 12}}}
		return site.Download("berichten-rentewijziging."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			for err == nil && len(rows) > 0 {
				for _, n := range rows {
					if err := out.Row(n.Reference, n.From.String(), n.Old.Nominal.Dutch(), n.New.Nominal.Dutch(), percent(n.New.Real().String()), n.Told.String()); err != nil {
						return err
					}
				}
				f.After = rows[len(rows)-1].ID
				if len(rows) < exportBatch {
					break
				}
				rows, err = p.desk.Notices(r.Context(), who.Actor(), f)
			}
			if err != nil {
				return err
			}
			return out.Close()
		}), nil
	}
}

const exportBatch = 2000

// give makes the document of a notice, or writes down that it was given elsewhere.
func (p pages) give(r *http.Request, who staff.Session) (site.Reply, error) {
	id := r.PathValue("id")
	var n loanbook.Notice
	var err error
	if r.PostFormValue("hoe") == "elders" {
		n, err = p.desk.Tell(r.Context(), who.Actor(), id, p.house.Today())
	} else {
		n, err = p.desk.Issue(r.Context(), who.Actor(), id)
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(loanPath(n.Reference)), nil
}
