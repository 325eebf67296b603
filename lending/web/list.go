package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/lending"
	"zorgplicht/staff"
)

// atOnce is how many applications a page shows.
const atOnce = 50

type listPage struct {
	frame   site.Work
	works   bool
	sought  string
	filter  lending.Filter
	page    lending.Page
	skipped int
	none    bool // the firm has no criteria in use
}

// asked reads the filter from the address. What we did not write counts as nothing.
func asked(q url.Values) (f lending.Filter, sought string, skipped int) {
	sought = strings.TrimSpace(q.Get("zoek"))
	f = lending.Filter{Limit: atOnce}.Search(sought)
	if s := lending.State(q.Get("stand")); slices.Contains(lending.States, s) {
		f.State = s
	}
	if v := lending.Verdict(q.Get("oordeel")); slices.Contains(lending.Verdicts, v) {
		f.Verdict = v
	}
	if o := lending.Order(q.Get("volgorde")); slices.Contains(lending.Orders, o) {
		f.Order = o
	}
	part := strings.SplitN(q.Get("na"), ".", 3)
	if len(part) < 3 || !ident.Valid(part[1]) {
		return f, sought, 0
	}
	if n, err := strconv.Atoi(part[0]); err == nil && n > 0 && n < 1<<30 {
		f.After, skipped = &lending.Place{ID: casework.ID(part[1]), Key: part[2]}, n
	}
	return f, sought, skipped
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	v := listPage{frame: p.guard.Frame(r, who, "Kredietaanvragen"), works: who.May(staff.HandleApplications)}
	v.frame.Wide = true
	v.frame.Lead = "Elke aanvraag is beoordeeld volgens de criteria die uw onderneming vooraf vastlegde (artikel 61)."
	v.filter, v.sought, v.skipped = asked(r.URL.Query())
	var err error
	if v.page, err = p.desk.Applications(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	_, sets, err := p.desk.Criteria(r.Context(), who.Account.Firm, "", p.Today())
	if err != nil {
		return nil, err
	}
	v.none = len(sets) == 0
	return site.Page(http.StatusOK, showList(v)), nil
}

func (v listPage) table() site.Table {
	t := site.Table{
		Caption: "Kredietaanvragen", Hidden: true, Empty: "Geen kredietaanvraag voldoet. Zoek met minder of andere woorden.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Aanvrager"}, {Name: "Gevraagd"}, {Name: "Product"}, {Name: "Ontvangen", Kind: "date"}, {Name: "Oordeel"}, {Name: "Stand"}},
	}
	for _, r := range v.page.Rows {
		state, verdict := stateTag(r.State), verdictTag(r.Verdict)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: r.Number, Href: onePath(r.ID)}, {Text: r.Name}, {Text: r.Title}, {Text: r.Product}, {Text: r.Received.Dutch()}, {Tag: &verdict}, {Tag: &state},
		})
	}
	return t
}

// at is the address of this list elsewhere: as a file, or from another place on.
func (v listPage) at(path, place string) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"zoek": v.sought, "stand": string(v.filter.State), "oordeel": string(v.filter.Verdict), "volgorde": string(v.filter.Order), "na": place,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (v listPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "kredietaanvragen", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen kredietaanvragen"
	}
	if v.skipped > 0 {
		p.First = v.at(listPath, "")
	}
	if next := v.page.Next; next != nil {
		p.Next = v.at(listPath, fmt.Sprintf("%d.%s.%s", v.skipped+n, next.ID, next.Key))
	}
	return p
}

// export gives the list as a file, all pages of it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		f, _, _ := asked(r.URL.Query())
		f.After, f.Limit = nil, 500
		page, err := p.desk.Applications(r.Context(), who.Account.Firm, f)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Made: p.Today(), Name: "Kredietaanvragen", About: [][2]string{{"Onderneming", who.FirmName}, {"Gemaakt op", p.Today().String()}}, Columns: []table.Column{
			{Name: "Nummer", Width: 14},
			{Name: "Aanvrager", Width: 30},
			{Name: "Gevraagd", Width: 30},
			{Name: "Bedrag", Width: 14},
			{Name: "Product", Width: 30},
			{Name: "Ontvangen", Width: 12},
			{Name: "Oordeel", Width: 16},
			{Name: "Stand", Width: 22},
			{Name: "Gesloten op", Width: 12},
			{Name: "Kenmerk", Width: 38},
		}}
		return site.Download("kredietaanvragen-"+p.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for {
				for _, a := range page.Rows {
					if err := out.Row(a.Number, a.Name, a.Title, amount(a.Amount), a.Product, a.Received.String(), verdictTag(a.Verdict).Text, stateTag(a.State).Text, a.Concluded.String(), string(a.ID)); err != nil {
						return err
					}
				}
				if page.Next == nil {
					return out.Close()
				}
				f.After = page.Next
				if page, err = p.desk.Applications(r.Context(), who.Account.Firm, f); err != nil {
					return err
				}
			}
		}), nil
	}
}
