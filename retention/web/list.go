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

	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// atOnce is how many lines a page shows.
const atOnce = 50

type listPage struct {
	frame    site.Work
	destroys bool
	kinds    []retention.About
	counts   map[retention.Kind]map[retention.State]int
	filter   retention.Filter
	page     retention.Page
	skipped  int
	dutch    func(retention.Kind) string
}

// asked reads the filter of a request. What we did not write counts as not asked.
func (p pages) asked(r *http.Request) (f retention.Filter, skipped int) {
	q := r.URL.Query()
	f = retention.Filter{Sought: strings.TrimSpace(q.Get("zoek")), Sort: retention.ByEarliest, Most: atOnce}
	if a, ok := p.desk.About(retention.Kind(q.Get("soort"))); ok {
		f.Kind = a.Kind
	}
	if s := retention.State(q.Get("stand")); slices.Contains(retention.States, s) {
		f.State = s
	}
	if retention.Sort(q.Get("volgorde")) == retention.ByLatest {
		f.Sort = retention.ByLatest
	}
	part := strings.Split(q.Get("na"), ".")
	if len(part) != 4 || !ident.Valid(part[3]) {
		return f, 0
	}
	n, err := strconv.Atoi(part[0])
	if err != nil || n < 1 || n > 1<<30 {
		return f, 0
	}
	f.After = retention.Cursor{Day: part[1], Ref: retention.Ref{Kind: retention.Kind(part[2]), ID: part[3]}}
	return f, n
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	v := listPage{frame: p.guard.Frame(r, who, "Bewaren"), destroys: who.May(staff.DestroyRecords), kinds: p.desk.Kinds, dutch: p.dutch}
	v.frame.Wide, v.frame.Lead = true, "Wat wij bewaren, tot wanneer het moet blijven, en wanneer het weg moet. De lijst wordt elk uur bijgewerkt; het dossier zelf rekent met nu."
	v.filter, v.skipped = p.asked(r)
	var err error
	if v.page, err = p.desk.Lines(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	if v.counts, err = p.desk.Counts(r.Context(), who.Account.Firm); err != nil {
		return nil, err
	}
	v.filter.Day = p.desk.Today()
	return site.Page(http.StatusOK, showList(v)), nil
}

func (v listPage) kindChoices() []site.Choice {
	choices := []site.Choice{{Text: "Alle soorten"}}
	for _, a := range v.kinds {
		choices = append(choices, site.Choice{Value: string(a.Kind), Text: a.Plural})
	}
	return choices
}

// dutch is how a kind of record is called.
func (p pages) dutch(k retention.Kind) string {
	if a, ok := p.desk.About(k); ok {
		return a.Dutch
	}
	return string(k)
}

// figures counts every kind in every state; each number opens its list.
func (v listPage) figures() site.Table {
	t := site.Table{Caption: "Hoeveel er is", Columns: []site.Column{{Name: "Soort"}}, Empty: "Er wordt nog niets bewaard."}
	for _, s := range retention.States {
		t.Columns = append(t.Columns, site.Column{Name: stateTags[s].Text, Kind: "number"})
	}
	for _, a := range v.kinds {
		row := []site.Cell{{Text: a.Plural}}
		for _, s := range retention.States {
			c := site.Cell{Text: number(v.counts[a.Kind][s])}
			if v.counts[a.Kind][s] > 0 {
				c.Href = listPath + "?" + url.Values{"soort": {string(a.Kind)}, "stand": {string(s)}}.Encode()
			}
			row = append(row, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v listPage) table() site.Table {
	t := site.Table{
		Caption: "Dossiers", Hidden: true, Empty: "Geen dossier voldoet.",
		Columns: []site.Column{{Name: "Dossier", Kind: "code"}, {Name: "Soort"}, {Name: "Begonnen", Kind: "date"}, {Name: "Geëindigd", Kind: "date"}, {Name: "Mag weg vanaf", Kind: "date"}, {Name: "Moet weg na", Kind: "date"}, {Name: "Stand"}},
	}
	for _, l := range v.page.Rows {
		tag := stateTags[l.StateOn(v.filter.Day)]
		t.Rows = append(t.Rows, []site.Cell{
			{Text: l.Label, Href: onePath(l.Ref)}, {Text: v.dutch(l.Kind)}, {Text: l.Began.Dutch()}, {Text: cmp.Or(l.Ended.Dutch(), "nog niet bekend")}, {Text: cmp.Or(l.Earliest.Dutch(), "nog niet bekend")}, {Text: cmp.Or(l.Latest.Dutch(), "nog niet bekend")}, {Tag: &tag},
		})
	}
	return t
}

func (v listPage) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"zoek": v.filter.Sought, "soort": string(v.filter.Kind), "stand": string(v.filter.State)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.filter.Sort == retention.ByLatest {
		q.Set("volgorde", string(v.filter.Sort))
	}
	return q
}

func (v listPage) export(f table.Format) string { return exportPath(f) + "?" + v.query().Encode() }

func (v listPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "dossiers", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen dossiers"
	}
	q := v.query()
	if v.skipped > 0 {
		p.First = listPath + "?" + q.Encode()
	}
	if next := v.page.Next; next != nil {
		q.Set("na", fmt.Sprintf("%d.%s.%s.%s", v.skipped+n, next.Day, next.Kind, next.ID))
		p.Next = listPath + "?" + q.Encode()
	}
	return p
}

var exported = []table.Column{
	{Name: "Dossier", Width: 16}, {Name: "Soort", Width: 16}, {Name: "Begonnen", Width: 15}, {Name: "Geëindigd", Width: 15}, {Name: "Mag weg vanaf", Width: 15}, {Name: "Moet weg na", Width: 15}, {Name: "Stand", Width: 14},
}

// export gives the list as a file: every line that the filters let through.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		f, _ := p.asked(r)
		f.After, f.Most = retention.Cursor{}, 1000
		today := p.desk.Today()
		sheet := table.Sheet{Name: "Bewaren", Made: today, Columns: exported, About: [][2]string{
			{"Onderneming", who.FirmName}, {"Dag", today.Dutch()}, {"Soort", p.dutch(f.Kind)}, {"Stand", stateTags[f.State].Text}, {"Zoekwoord", f.Sought},
		}}
		return site.Download("bewaren-"+today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for {
				page, err := p.desk.Lines(r.Context(), who.Account.Firm, f)
				if err != nil {
					return err
				}
				for _, l := range page.Rows {
					if err := out.Row(l.Label, p.dutch(l.Kind), l.Began.String(), l.Ended.String(), l.Earliest.String(), l.Latest.String(), stateTags[l.StateOn(today)].Text); err != nil {
						return err
					}
				}
				if page.Next == nil {
					return out.Close()
				}
				f.After = *page.Next
			}
		}), nil
	}
}
