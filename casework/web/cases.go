package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
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
	names   map[string]string
	about   func(casework.Kind) (casework.About, bool)
}

// cases is the search over everything somebody may see.
func (p pages) cases(r *http.Request, who staff.Session) (site.Reply, error) {
	sight, _, err := p.sight(r, who)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	v := casesPage{frame: p.guard.Frame(r, who, "Zaken"), kinds: p.seen(who), about: p.desk.About, sought: strings.TrimSpace(q.Get("zoek"))}
	v.frame.Wide = true
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
	v.filter.Cursor, v.skipped = after(q.Get("na"))
	if v.page, err = p.desk.Cases(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	if v.names, _, err = p.names(r, who.Account.Firm); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showCases(v)), nil
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

func (v casesPage) table() site.Table {
	t := site.Table{
		Caption: "Zaken", Hidden: true, Empty: "Geen zaak voldoet. Zoek met minder of andere woorden.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Soort"}, {Name: "Ontvangen", Kind: "date"}, {Name: "Behandelaar"}, {Name: "Stand"}},
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
	}
	return t
}

func (v casesPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "zaken", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen zaken"
	}
	q := url.Values{}
	for name, value := range map[string]string{"zoek": v.sought, "soort": string(v.filter.Kind), "stand": string(v.filter.State)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.skipped > 0 {
		p.First = casesPath + "?" + q.Encode()
	}
	if v.page.Next != nil {
		q.Set("na", fmt.Sprintf("%d.%s.%s", v.skipped+n, v.page.Next.Received, v.page.Next.ID))
		p.Next = casesPath + "?" + q.Encode()
	}
	return p
}

func (v casesPage) kindChoices() []site.Choice { return todayPage{kinds: v.kinds}.kindChoices() }
