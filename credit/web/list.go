package web

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

const atOnce = 50

// A listPageOf is the list of products as it was asked.
type productList struct {
	frame  site.Work
	search string
	state  string
	sort   string
	skip   int
	all    []credit.Product // that answer the search, in order
	keeps  bool
}

var (
	stateChoices = []site.Choice{{Value: "", Text: "Alle"}, {Value: "aangeboden", Text: "Aangeboden"}, {Value: "gestopt", Text: "Niet meer aangeboden"}}
	sortChoices  = []site.Choice{{Value: "", Text: "Naam"}, {Value: "rente", Text: "Rente, hoogste eerst"}, {Value: "nieuw", Text: "Laatst gewijzigd"}}
)

func (p pages) products(r *http.Request, who staff.Session) (v productList, err error) {
	q := r.URL.Query()
	v = productList{search: strings.TrimSpace(q.Get("zoek")), state: q.Get("stand"), sort: q.Get("volgorde")}
	if n, err := strconv.Atoi(q.Get("vanaf")); err == nil && n > 0 && n < 1<<20 {
		v.skip = n
	}
	all, err := p.desk.Products(r.Context(), who.Actor())
	v.all = slices.DeleteFunc(all, func(p credit.Product) bool {
		return !strings.Contains(strings.ToLower(p.Name), strings.ToLower(v.search)) || v.state == "aangeboden" && !p.Active || v.state == "gestopt" && p.Active
	})
	switch v.sort {
	case "rente":
		slices.SortStableFunc(v.all, func(a, b credit.Product) int { return b.Terms.Rate.Cmp(*a.Terms.Rate) })
	case "nieuw":
		slices.SortStableFunc(v.all, func(a, b credit.Product) int { return b.At.Compare(a.At) })
	default:
		slices.SortStableFunc(v.all, func(a, b credit.Product) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	}
	v.skip = min(v.skip, max(0, len(v.all)-1)/atOnce*atOnce)
	return v, err
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.products(r, who)
	if err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Kredietproducten")
	v.frame.Lead, v.frame.Wide = "De voorwaarden van uw kredieten, met elk cijfer dat een reclame of prospectus daarover noemt.", true
	v.keeps = who.May(staff.WriteCredit)
	return site.Page(http.StatusOK, listPage(v)), nil
}

func (v productList) shown() []credit.Product {
	return v.all[v.skip:min(len(v.all), v.skip+atOnce)]
}

func (v productList) at(path string, skip int) string {
	q := url.Values{}
	for name, value := range map[string]string{"zoek": v.search, "stand": v.state, "volgorde": v.sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if skip > 0 {
		q.Set("vanaf", strconv.Itoa(skip))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (v productList) turn() site.Pages {
	n := len(v.shown())
	p := site.Pages{About: "kredietproducten", Shown: fmt.Sprintf("%d tot en met %d van %d", v.skip+1, v.skip+n, len(v.all))}
	if n == 0 {
		p.Shown = "Geen kredietproducten"
	}
	if v.skip > 0 {
		p.First, p.Previous = v.at(listPath, 0), v.at(listPath, v.skip-atOnce)
	}
	if v.skip+n < len(v.all) {
		p.Next = v.at(listPath, v.skip+atOnce)
	}
	return p
}

func (v productList) table() site.Table {
	t := site.Table{
		Caption: "Kredietproducten", Hidden: true, Empty: "Er zijn geen kredietproducten die hieraan voldoen.",
		Columns: []site.Column{{Name: "Naam"}, {Name: "Soort"}, {Name: "Rente per jaar", Kind: "number"}, {Name: "Kredietvergoeding"}, {Name: "Ingegaan", Kind: "date"}, {Name: "Versie", Kind: "number"}, {Name: "Stand"}},
	}
	for _, p := range v.shown() {
		state := stateOf(p)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: p.Name, Href: productPath(p.ID)},
			{Text: kindText(p.Terms)},
			{Text: credit.Percent(p.Terms.Rate.String())},
			{Text: p.Terms.Charge},
			{Text: p.From.Dutch()},
			{Text: strconv.Itoa(p.Nr)},
			{Tag: &state},
		})
	}
	return t
}

func kindText(t credit.Terms) string {
	if t.IsMortgage() {
		return "Hypothecair krediet: " + strings.ToLower(credit.KindText(t.Kind))
	}
	return credit.KindText(t.Kind)
}

func stateOf(p credit.Product) site.Tag {
	switch {
	case !p.Active:
		return site.Tag{Tone: site.Neutral, Text: "Niet meer aangeboden"}
	case p.Open:
		return site.Tag{Tone: site.Good, Text: "Aangeboden, rekenpagina open"}
	}
	return site.Tag{Tone: site.Good, Text: "Aangeboden"}
}

// export gives exactly the list that is shown, all pages of it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.products(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Kredietproducten", Columns: []table.Column{
			{Name: "Naam", Width: 30},
			{Name: "Soort", Width: 40},
			{Name: "Rente per jaar", Width: 14},
			{Name: "Kredietvergoeding", Width: 18},
			{Name: "Ingegaan", Width: 12},
			{Name: "Versie", Width: 8},
			{Name: "Stand", Width: 24},
			{Name: "Kenmerk", Width: 38},
		}}
		return site.Download("kredietproducten."+string(format), format.MediaType(), func(w io.Writer) error {
			rows, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, p := range v.all {
				if err := rows.Row(p.Name, kindText(p.Terms), credit.Percent(p.Terms.Rate.String()), p.Terms.Charge, p.From.String(), p.Nr, stateOf(p).Text, string(p.ID)); err != nil {
					return err
				}
			}
			return rows.Close()
		}), nil
	}
}

func day(text string) (d calendar.Date, ok bool) {
	d, err := calendar.Parse(strings.TrimSpace(text))
	return d, err == nil
}
