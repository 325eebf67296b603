package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// atOnce is how many cases a page shows.
const atOnce = 50

type casesPage struct {
	frame   site.Work
	filter  casework.Filter
	sought  string
	kinds   []casework.About
	page    casework.Page
	skipped int
	works   bool // on cases of some kind
	names   map[string]string
	others  []Colleague
	about   func(casework.Kind) (casework.About, bool)
}

// asksCases reads which cases somebody looks for.
func (p pages) asksCases(r *http.Request, who staff.Session) (v casesPage, err error) {
	sight, _, err := p.sight(r, who)
	if err != nil {
		return v, err
	}
	q := r.URL.Query()
	v = casesPage{frame: p.guard.Frame(r, who, "Zaken"), kinds: p.seen(who), about: p.desk.About, sought: strings.TrimSpace(q.Get("zoek"))}
	v.frame.Wide = true
	v.works = slices.ContainsFunc(p.Kinds, func(a casework.About) bool { return who.May(a.Do) })
	v.filter = casework.Filter{Sight: sight, Limit: atOnce}.Search(v.sought)
	for _, k := range v.kinds {
		if string(k.Kind) == q.Get("soort") {
			v.filter.Kind = k.Kind
		}
	}
	switch s := casework.State(q.Get("stand")); s {
	case casework.IsOpen, casework.IsClosed:
		v.filter.State = s
	}
	if casework.Order(q.Get("volgorde")) == casework.Oldest {
		v.filter.Order = casework.Oldest
	}
	v.filter.Cursor, v.skipped = After(q.Get("na"))
	v.names, v.others, err = p.names(r, who.Account.Firm)
	if h := q.Get("behandelaar"); h == casework.None || v.names[h] != "" {
		v.filter.Handler = h
	}
	return v, err
}

// cases is the search over everything somebody may see.
func (p pages) cases(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.asksCases(r, who)
	if err != nil {
		return nil, err
	}
	if v.page, err = p.desk.Cases(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showCases(v)), nil
}

// exportCases gives the list as a file: every case that the page would show.
func (p pages) exportCases(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.asksCases(r, who)
		if err != nil {
			return nil, err
		}
		f, today := v.filter, p.desk.Today()
		f.Cursor, f.Limit = casework.Cursor{}, 500
		sheet := table.Sheet{Name: "Zaken", Made: today, About: [][2]string{
			{"Onderneming", who.FirmName}, {"Op", today.Dutch()}, {"Woorden", v.sought}, {"Soort", string(f.Kind)}, {"Stand", string(f.State)}, {"Behandelaar", v.handler()},
		}, Columns: []table.Column{{Name: "Nummer", Width: 17}, {Name: "Waarover", Width: 34}, {Name: "Soort", Width: 17}, {Name: "Ontvangen", Width: 16}, {Name: "Behandelaar", Width: 20}, {Name: "Stand", Width: 10}}}
		return site.Download("zaken-"+today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for {
				page, err := p.desk.Cases(r.Context(), who.Account.Firm, f)
				if err != nil {
					return err
				}
				for _, c := range page.Rows {
					about, _ := v.about(c.Kind)
					if err := out.Row(c.Number, c.Title, about.Dutch, c.Received.String(), v.names[c.Handler], stateOf(c)); err != nil {
						return err
					}
				}
				if page.Next == nil {
					return out.Close()
				}
				f.Cursor = *page.Next
			}
		}), nil
	}
}

func stateOf(c casework.Case) string {
	if c.Open() {
		return "open"
	}
	return "gesloten"
}

func (v casesPage) table() site.Table {
	t := site.Table{
		Caption: "Zaken", Hidden: true, Empty: NothingFound(v.filter, "Geen zaak voldoet. Zoek met minder of andere woorden."),
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Soort"}, {Name: "Ontvangen", Kind: "date"}, {Name: "Behandelaar"}, {Name: "Stand"}},
	}
	if v.works {
		t.Together = Together
	}
	for _, c := range v.page.Rows {
		a, _ := v.about(c.Kind)
		state := site.Tag{Tone: site.Info, Text: "open"}
		if !c.Open() {
			state = site.Tag{Tone: site.Neutral, Text: "gesloten"}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: c.Number, Href: a.Href(c.ID)}, {Text: c.Title}, {Text: a.Dutch}, {Text: c.Received.Dutch()}, {Text: v.names[c.Handler]}, {Tag: &state},
		})
		t.Choose(string(c.ID), c.Number)
	}
	return t
}

func (v casesPage) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"zoek": v.sought, "soort": string(v.filter.Kind), "stand": string(v.filter.State), "behandelaar": v.filter.Handler, "volgorde": string(v.filter.Order)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// handler is whose cases are listed; "" everybody's.
func (v casesPage) handler() string {
	if v.filter.Handler == casework.None {
		return "Nog niemand"
	}
	return v.names[v.filter.Handler]
}

func (v casesPage) handlers() []site.Choice {
	choices := choicesOf(v.others, "Iedereen")
	return slices.Insert(choices, 1, site.Choice{Value: casework.None, Text: "Nog niemand"})
}

// at is the list with its choices, or a file of it.
func (v casesPage) at(file string) string { return casesPath + file + "?" + v.query().Encode() }

func (v casesPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "zaken", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen zaken"
	}
	q := v.query()
	if v.skipped > 0 {
		p.First = casesPath + "?" + q.Encode()
	}
	if v.page.Next != nil {
		q.Set("na", Place(v.skipped+n, *v.page.Next))
		p.Next = casesPath + "?" + q.Encode()
	}
	return p
}

func (v casesPage) kindChoices() []site.Choice { return todayPage{kinds: v.kinds}.kindChoices() }
