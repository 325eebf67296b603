package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// atOnce is how many complaints a page shows.
const atOnce = 50

type listPage struct {
	frame   site.Work
	works   bool
	sought  string
	filter  casework.Filter
	page    casework.Page
	skipped int
	names   map[string]string
}

func (p pages) names(r *http.Request, firm ident.Firm) (map[string]string, []site.Choice, error) {
	all, err := p.Colleagues(r.Context(), firm)
	names, choices := map[string]string{}, []site.Choice{{Text: "Niemand in het bijzonder"}}
	for _, c := range all {
		names[c.ID] = c.Name
		choices = append(choices, site.Choice{Value: c.ID, Text: c.Name})
	}
	return names, choices, err
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	q := r.URL.Query()
	v := listPage{frame: p.guard.Frame(r, who, "Klachten"), works: who.May(staff.HandleComplaints), sought: strings.TrimSpace(q.Get("zoek"))}
	v.frame.Wide = true
	v.filter = casework.Filter{Kind: complaint.Kind, Limit: atOnce}.Search(v.sought)
	switch s := casework.State(q.Get("stand")); s {
	case casework.IsOpen, casework.IsClosed:
		v.filter.State = s
	}
	v.filter.Cursor, v.skipped = after(q.Get("na"))
	var err error
	if v.page, err = p.Casework.Cases(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	if v.names, _, err = p.names(r, who.Account.Firm); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showList(v)), nil
}

// after reads the place at which a page begins. What we did not write counts as the
// first page.
func after(na string) (casework.Cursor, int) {
	part := strings.Split(na, ".")
	if len(part) != 3 || !ident.Valid(part[2]) {
		return casework.Cursor{}, 0
	}
	skipped, err1 := strconv.Atoi(part[0])
	day, err2 := calendar.Parse(part[1])
	if err1 != nil || err2 != nil || skipped < 1 || skipped > 1<<30 {
		return casework.Cursor{}, 0
	}
	return casework.Cursor{Received: day, ID: casework.ID(part[2])}, skipped
}

func (v listPage) table() site.Table {
	t := site.Table{
		Caption: "Klachten", Hidden: true, Empty: "Geen klacht voldoet.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Ontvangen", Kind: "date"}, {Name: "Product"}, {Name: "Behandelaar"}, {Name: "Stand"}},
	}
	for _, c := range v.page.Rows {
		state := site.Tag{Tone: site.Info, Text: "open"}
		if !c.Open() {
			state = site.Tag{Tone: site.Neutral, Text: "afgehandeld"}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: c.Number, Href: onePath(c.ID)}, {Text: c.Title}, {Text: c.Received.Dutch()}, {Text: c.Product}, {Text: v.names[c.Handler]}, {Tag: &state},
		})
	}
	return t
}

func (v listPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "klachten", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen klachten"
	}
	q := url.Values{}
	for name, value := range map[string]string{"zoek": v.sought, "stand": string(v.filter.State)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.skipped > 0 {
		p.First = listPath + "?" + q.Encode()
	}
	if v.page.Next != nil {
		q.Set("na", fmt.Sprintf("%d.%s.%s", v.skipped+n, v.page.Next.Received, v.page.Next.ID))
		p.Next = listPath + "?" + q.Encode()
	}
	return p
}
