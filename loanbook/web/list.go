package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/loanbook"
	"zorgplicht/staff"
)

const atOnce = 50

// A bookView is the list of agreements as it was asked.
type bookView struct {
	frame   site.Work
	asked   url.Values
	page    loanbook.Page
	before  int // rows on the pages before
	empty   bool
	reads   bool
	waiting int
}

var sortChoices = []site.Choice{
	{Value: "", Text: "Kenmerk"},
	{Value: string(loanbook.ByBalance), Text: "Saldo, hoogste eerst"},
	{Value: string(loanbook.ByArrears), Text: "Achterstand, oudste eerst"},
	{Value: string(loanbook.BySince), Text: "Boven het maximum, langste eerst"},
}

func stateChoices() []site.Choice {
	all := []site.Choice{{Value: "", Text: "Alle"}}
	for _, s := range loanbook.States {
		all = append(all, site.Choice{Value: string(s), Text: s.Dutch()})
	}
	return append(all, site.Choice{Value: "boven", Text: "Boven het maximum"})
}

// filterOf reads what is asked. A cursor is the rows before, what is sorted by, and the
// reference.
func filterOf(q url.Values) (f loanbook.Filter, before int) {
	f = loanbook.Filter{
		Search: strings.TrimSpace(q.Get("zoek")), State: loanbook.State(q.Get("stand")), Product: strings.TrimSpace(q.Get("product")),
		Intermediary: strings.TrimSpace(q.Get("bemiddelaar")), Sort: loanbook.Sort(q.Get("volgorde")), Limit: atOnce,
	}
	if f.State == "boven" {
		f.State, f.Above = "", true
	}
	if part := strings.SplitN(q.Get("na"), "~", 3); len(part) == 3 {
		before, _ = strconv.Atoi(part[0])
		f.After = &loanbook.Cursor{Key: part[1], Reference: part[2]}
	}
	return f, max(before, 0)
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	v := bookView{frame: p.guard.Frame(r, who, "Kredietportefeuille"), asked: r.URL.Query(), reads: who.May(staff.WriteCredit)}
	v.frame.Wide = true
	f, before := filterOf(v.asked)
	var err error
	v.before = before
	v.page, err = p.desk.Loans(r.Context(), who.Actor(), f)
	if fault.Has(err, "no-book") {
		v.empty, err = true, nil
	}
	if err == nil && !v.empty {
		v.frame.Lead = "Stand van " + v.page.Load.Day.Dutch() + ", met wat daarna is vastgelegd."
		v.waiting, err = p.desk.Waiting(r.Context(), who.Actor(), loanbook.MostCounted+1)
	}
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, listPage(v)), nil
}

func (v bookView) at(path string, more ...string) string {
	q := url.Values{}
	for _, name := range []string{"zoek", "stand", "product", "bemiddelaar", "volgorde"} {
		if value := strings.TrimSpace(v.asked.Get(name)); value != "" {
			q.Set(name, value)
		}
	}
	for i := 0; i < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return at(path, q)
}

func (v bookView) turn() site.Pages {
	n, count := len(v.page.Rows), number(v.page.Count)
	if v.page.Count > loanbook.MostCounted {
		count = "meer dan " + number(loanbook.MostCounted)
	}
	t := site.Pages{About: "overeenkomsten", Shown: fmt.Sprintf("%s tot en met %s van %s", number(v.before+1), number(v.before+n), count)}
	if n == 0 {
		t.Shown = "Geen overeenkomsten"
	}
	if v.before > 0 {
		t.First = v.at(bookPath)
	}
	if c := v.page.Next; c != nil {
		t.Next = v.at(bookPath, "na", strconv.Itoa(v.before+n)+"~"+c.Key+"~"+c.Reference)
	}
	return t
}

// counted is how many agreements are in each state, each with its list.
func (v bookView) counted() site.Table {
	l := v.page.Load
	t := site.Table{Caption: "Hoe de overeenkomsten stonden op " + l.Day.Dutch(), Columns: []site.Column{{Name: "Stand"}, {Name: "Aantal", Kind: "number"}, {Name: "Uitstaand saldo", Kind: "number"}}}
	for _, c := range l.States {
		tag := stateTag(c.State)
		t.Rows = append(t.Rows, []site.Cell{{Tag: &tag}, {Text: number(c.Count), Href: bookPath + "?stand=" + string(c.State)}, {Text: c.Balance.Dutch()}})
	}
	t.Rows = append(t.Rows, []site.Cell{{Text: "Samen"}, {Text: number(l.Rows), Href: bookPath}, {Text: l.Balance.Dutch()}})
	if l.Scan != nil {
		t.Rows = append(t.Rows, []site.Cell{{Text: "Waarvan boven het maximum"}, {Text: number(l.Scan.Above + l.Scan.Unsure), Href: bookPath + "?stand=boven"}, {}})
	}
	return t
}

// shortWatch is how the list says it: there is little room.
var shortWatch = map[loanbook.Watch]string{
	loanbook.Within: "Binnen", loanbook.WithinUnsure: "Binnen, onzeker", loanbook.AboveUnsure: "Boven, onzeker", loanbook.Above: "Boven", loanbook.Unwatched: "Geëindigd",
}

func (v bookView) table() site.Table {
	t := site.Table{
		Caption: "Overeenkomsten", Hidden: true, Empty: "Er zijn geen overeenkomsten die hieraan voldoen.",
		Columns: []site.Column{{Name: "Kenmerk"}, {Name: "Product"}, {Name: "Bemiddelaar"}, {Name: "Afgesloten", Kind: "date"}, {Name: "Rente", Kind: "number"}, {Name: "Saldo", Kind: "number"}, {Name: "Achterstand sinds", Kind: "date"}, {Name: "Stand"}, {Name: "Maximum"}},
	}
	for _, r := range v.page.Rows {
		state, watch := stateTag(r.State()), watchTag(r.Watch.Watch)
		watch.Text = shortWatch[r.Watch.Watch]
		t.Rows = append(t.Rows, []site.Cell{
			{Text: r.Reference, Href: loanPath(r.Reference)},
			{Text: r.Product},
			{Text: r.Intermediary},
			{Text: r.Concluded.Dutch()},
			{Text: r.Now().Nominal.Dutch()},
			{Text: r.Balance.Dutch()},
			{Text: dutchDay(r.Arrears)},
			{Tag: &state},
			{Tag: &watch},
		})
	}
	return t
}

// export gives exactly the list that is shown, all pages of it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		f, _ := filterOf(r.URL.Query())
		f.After, f.Limit = nil, 1
		if _, err := p.desk.Loans(r.Context(), who.Actor(), f); err != nil && !fault.Has(err, "no-book") {
			return nil, err
		}
		return site.Download("kredietportefeuille."+string(format), format.MediaType(), func(w io.Writer) error {
			rows, err := table.New(format, w, bookSheet)
			if err != nil {
				return err
			}
			for l, err := range p.desk.Each(r.Context(), who.Actor(), f) {
				if fault.Has(err, "no-book") {
					break
				}
				if err != nil {
					return err
				}
				if err := rows.Row(bookRow(l)...); err != nil {
					return err
				}
			}
			return rows.Close()
		}), nil
	}
}

var bookSheet = table.Sheet{Name: "Kredietportefeuille", Columns: []table.Column{
	{Name: "Kenmerk", Width: 20},
	{Name: "Product", Width: 24},
	{Name: "Bemiddelaar", Width: 16},
	{Name: "Soort", Width: 12},
	{Name: "Kredietvergoeding", Width: 16},
	{Name: "Afgesloten", Width: 12},
	{Name: "Limiet of kredietsom", Width: 18},
	{Name: "Rente", Width: 10},
	{Name: "Rente sinds", Width: 12},
	{Name: "Saldo", Width: 16},
	{Name: "Achterstand sinds", Width: 16},
	{Name: "Stand", Width: 14},
	{Name: "Maximum", Width: 30},
	{Name: "Boven het maximum sinds", Width: 22},
}}

func bookRow(l loanbook.Row) []any {
	return []any{
		l.Reference, l.Product, l.Intermediary, l.Kind, l.Charge, l.Concluded.String(), l.Sum.Dutch(), l.Now().Nominal.Dutch(), l.Now().From.String(),
		l.Balance.Dutch(), l.Arrears.String(), l.State().Dutch(), l.Watch.Watch.Dutch(), l.Watch.Since.String(),
	}
}
