package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

type listsPage struct {
	frame    site.Work
	destroys bool
	kinds    []retention.About
	counts   map[retention.Kind]map[retention.State]int
	lists    []retention.List
	first    bool
	names    func(string) string
}

func (p pages) lists(r *http.Request, who staff.Session) (site.Reply, error) {
	v := listsPage{frame: p.guard.Frame(r, who, "Vernietigen"), destroys: who.May(staff.DestroyRecords), kinds: p.desk.Kinds}
	v.frame.Wide, v.frame.Trail = true, []site.Link{{Text: "Bewaren", Href: listPath}}
	v.frame.Lead = "Een lijst wordt opgesteld, door iemand beoordeeld en door een ander uitgevoerd. Wat intussen wordt vastgehouden of weer opgepakt, blijft."
	before := r.URL.Query().Get("voor")
	v.first = before == ""
	firm := who.Account.Firm
	var errs [3]error
	v.lists, errs[0] = p.desk.Lists(r.Context(), firm, before, atOnce)
	v.counts, errs[1] = p.desk.Counts(r.Context(), firm)
	v.names, errs[2] = p.Names(r.Context(), firm)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showLists(v)), nil
}

func (v listsPage) plural(k retention.Kind) string {
	for _, a := range v.kinds {
		if a.Kind == k {
			return a.Plural
		}
	}
	return string(k)
}

// ready is how many of a kind may go today, and how many must.
func (v listsPage) ready(k retention.Kind) (may, must int) {
	n := v.counts[k]
	return n[retention.MayGo] + n[retention.MustGo], n[retention.MustGo]
}

func (v listsPage) table() site.Table {
	t := site.Table{
		Caption: "Lijsten", Hidden: true, Empty: "Er is nog geen lijst opgesteld.",
		Columns: []site.Column{{Name: "Lijst", Kind: "code"}, {Name: "Soort"}, {Name: "Opgesteld"}, {Name: "Dossiers", Kind: "number"}, {Name: "Vernietigd", Kind: "number"}, {Name: "Stand"}},
	}
	for _, l := range v.lists {
		tag := stageTags[l.Stage]
		t.Rows = append(t.Rows, []site.Cell{
			{Text: l.Number, Href: destroyPath + "/" + l.ID}, {Text: v.plural(l.Kind)}, {Text: calendar.Of(l.Made).Dutch() + ", " + v.names(l.By)}, {Text: number(l.Size)}, {Text: number(l.Gone)}, {Tag: &tag},
		})
	}
	return t
}

func (v listsPage) turn() site.Pages {
	p := site.Pages{About: "lijsten", Shown: number(len(v.lists)) + " lijsten"}
	if !v.first {
		p.First = destroyPath
	}
	if len(v.lists) == atOnce {
		p.Next = destroyPath + "?" + url.Values{"voor": {v.lists[atOnce-1].ID}}.Encode()
	}
	return p
}

func (p pages) drawUp(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := p.desk.DrawUp(r.Context(), who.Actor(), retention.Kind(r.PostFormValue("soort")))
	if err != nil {
		return nil, err
	}
	return site.SeeOther(destroyPath + "/" + l.ID), nil
}

type destructionPage struct {
	frame    site.Work
	list     retention.List
	about    retention.About
	entries  []retention.Entry
	destroys bool
	mine     bool // who looks is who reviewed it
	names    func(string) string
	problems []site.Problem
	sent     func(string) string
}

func (v destructionPage) problem(field string) string { return problem(v.problems, field) }

func (p pages) destructionPage(r *http.Request, who staff.Session) (v destructionPage, err error) {
	if v.list, v.entries, err = p.desk.List(r.Context(), who.Account.Firm, r.PathValue("id")); err != nil {
		return v, err
	}
	v.about, _ = p.desk.About(v.list.Kind)
	v.frame = p.guard.Frame(r, who, "Vernietigingslijst "+v.list.Number)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Bewaren", Href: listPath}, {Text: "Vernietigen", Href: destroyPath}}, true
	v.destroys, v.mine = who.May(staff.DestroyRecords), who.Actor().String() == v.list.Reviewer
	v.sent = func(string) string { return "" }
	v.names, err = p.Names(r.Context(), who.Account.Firm)
	return v, err
}

func (p pages) destruction(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.destructionPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showDestruction(v)), nil
}

func (p pages) statement(r *http.Request, who staff.Session) (site.Reply, error) {
	l, _, err := p.desk.List(r.Context(), who.Account.Firm, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	body, err := p.desk.Statement(r.Context(), who.Account.Firm, l.ID)
	if err != nil {
		return nil, err
	}
	return site.Download("verklaring-"+l.Number+".pdf", "application/pdf", func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	}), nil
}

var listFields = map[string]string{"/why": "reden", "/reason": "toelichting"}

func (p pages) onList(r *http.Request, who staff.Session, do func(id string) error) (site.Reply, error) {
	id := r.PathValue("id")
	err := do(id)
	if err == nil {
		return site.SeeOther(destroyPath + "/" + id), nil
	}
	problems, ok := refused(err, listFields)
	if !ok {
		return nil, err
	}
	v, err := p.destructionPage(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.frame.Failed, v.sent = problems, true, r.PostFormValue
	return site.Page(http.StatusBadRequest, showDestruction(v)), nil
}

func (p pages) strike(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.onList(r, who, func(id string) error {
		kind, record, _ := strings.Cut(r.PostFormValue("dossier"), ":")
		return p.desk.Strike(r.Context(), who.Actor(), id, retention.Ref{Kind: retention.Kind(kind), ID: record}, r.PostFormValue("reden"))
	})
}

func (p pages) review(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.onList(r, who, func(id string) error { return p.desk.Review(r.Context(), who.Actor(), id) })
}

func (p pages) execute(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.onList(r, who, func(id string) error {
		return p.desk.Execute(r.Context(), who.Actor(), id, r.PostFormValue("toelichting"))
	})
}

func (p pages) drop(r *http.Request, who staff.Session) (site.Reply, error) {
	return p.onList(r, who, func(id string) error {
		return p.desk.Drop(r.Context(), who.Actor(), id, r.PostFormValue("toelichting"))
	})
}

func (v destructionPage) terms() []site.Term {
	l := v.list
	t := []site.Term{{Name: "Soort", Text: v.about.Plural}, {Name: "Opgesteld", Text: calendar.DutchTime(l.Made) + ", door " + v.names(l.By)}}
	if !l.Reviewed.IsZero() {
		t = append(t, site.Term{Name: "Beoordeeld", Text: calendar.DutchTime(l.Reviewed) + ", door " + v.names(l.Reviewer)})
	}
	switch l.Stage {
	case retention.Done:
		t = append(t, site.Term{Name: "Uitgevoerd", Text: calendar.DutchTime(l.Ended) + ", door " + v.names(l.Approver)}, site.Term{Name: "Vernietigd", Text: number(l.Gone) + " van " + number(l.Size)})
	case retention.Dropped:
		t = append(t, site.Term{Name: "Ingetrokken", Text: calendar.DutchTime(l.Ended) + ", door " + v.names(l.Approver)})
	}
	if l.Reason != "" {
		t = append(t, site.Term{Name: "Toelichting", Text: l.Reason})
	}
	return t
}

// fate says what became of an entry.
func fate(e retention.Entry) string {
	switch {
	case e.Struck != "":
		return "geschrapt: " + e.Struck
	case e.Outcome == retention.Stayed:
		return "gebleven: " + keptBy[e.Why]
	case e.Outcome == retention.Destroyed:
		g := e.Gone
		return "vernietigd: " + number(int(g.Payloads)) + " vastgelegde feiten, " + number(int(g.Texts)) + " teksten, " + number(int(g.Documents)) + " documenten, " + number(int(g.Words)) + " zoekwoorden"
	}
	return "staat op de lijst"
}

func (v destructionPage) table() site.Table {
	t := site.Table{Caption: "Dossiers op de lijst", Columns: []site.Column{{Name: "Dossier", Kind: "code"}, {Name: "Mocht weg vanaf", Kind: "date"}, {Name: "Wat ermee gebeurt"}}}
	for _, e := range v.entries {
		t.Rows = append(t.Rows, []site.Cell{{Text: e.Label, Href: onePath(e.Ref)}, {Text: e.Earliest.Dutch()}, {Text: fate(e)}})
	}
	return t
}

func (v destructionPage) standing() (choices []site.Choice) {
	for _, e := range v.entries {
		if e.Struck == "" {
			choices = append(choices, site.Choice{Value: string(e.Kind) + ":" + e.ID, Text: e.Label})
		}
	}
	return choices
}
