package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// atOnce is how many complaints a page shows.
const atOnce = 50

type listPage struct {
	frame    site.Work
	works    bool
	asked    url.Values
	filter   casework.Filter
	page     complaint.Listing
	skipped  int
	names    map[string]string
	others   []site.Choice
	today    calendar.Date
	problems []site.Problem
}

func (v listPage) problem(field string) string { return problem(v.problems, field) }

func (v listPage) value(name string) string { return strings.TrimSpace(v.asked.Get(name)) }

func (p pages) names(r *http.Request, firm ident.Firm) (map[string]string, []site.Choice, error) {
	all, err := p.Colleagues(r.Context(), firm)
	names, choices := map[string]string{}, []site.Choice{{Text: "Niemand in het bijzonder"}}
	for _, c := range all {
		names[c.ID] = c.Name
		choices = append(choices, site.Choice{Value: c.ID, Text: c.Name})
	}
	return names, choices, err
}

// facets are the choices of the list that the room itself makes, by their field.
var facets = []string{
	complaint.FacetCause, complaint.FacetOutcome, complaint.FacetService, complaint.FacetSort, complaint.FacetGroup, complaint.FacetDispute,
	complaint.FacetLead, complaint.FacetRedress, complaint.FacetCounts, casework.Against, casework.Root, casework.Imported,
}

// longestChoice is the longest value that a list is narrowed by.
const longestChoice = 200

// asks reads which complaints somebody wants to see, and in which order.
func (p pages) asks(r *http.Request, who staff.Session) (v listPage, err error) {
	v.asked, v.today = r.URL.Query(), p.Casework.Today()
	v.works = who.May(staff.HandleComplaints)
	v.filter = casework.Filter{Kind: complaint.Kind, Limit: atOnce, Facets: casework.Facets{}}.Search(v.value("zoek"))
	switch s := casework.State(v.value("stand")); s {
	case casework.IsOpen, casework.IsClosed:
		v.filter.State = s
	}
	switch o := casework.Order(v.value("volgorde")); o {
	case casework.Oldest, casework.Ended:
		v.filter.Order = o
	}
	for _, name := range facets {
		if s := v.value(name); len(s) <= longestChoice {
			v.filter.Facets[name] = s
		}
	}
	v.filter.Handler, v.filter.Product = v.value("behandelaar"), v.value("product")
	for field, day := range map[string]*calendar.Date{"van": &v.filter.From, "tot": &v.filter.Through} {
		if s := v.value(field); s != "" {
			if *day, err = calendar.Parse(s); err != nil {
				v.problems = append(v.problems, site.Problem{Field: field, Text: "Geef een dag, zoals 23-11-2026, of laat dit leeg."})
			}
		}
	}
	v.filter.Cursor, v.skipped = after(v.value("na"))
	v.names, v.others, err = p.names(r, who.Account.Firm)
	return v, err
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.asks(r, who)
	if err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Klachten")
	v.frame.Wide = true
	if len(v.problems) > 0 {
		v.frame.Failed = true
		return site.Page(http.StatusBadRequest, showList(v)), nil
	}
	if v.page, err = p.desk.List(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showList(v)), nil
}

// after reads the place at which a page begins. What we did not write counts as the
// first page.
func after(na string) (casework.Cursor, int) {
	part := strings.Split(na, ".")
	if len(part) != 4 || !ident.Valid(part[3]) {
		return casework.Cursor{}, 0
	}
	skipped, err1 := strconv.Atoi(part[0])
	day, err2 := calendar.Parse(part[1])
	closed, err3 := strconv.ParseInt(part[2], 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || skipped < 1 || skipped > 1<<30 {
		return casework.Cursor{}, 0
	}
	return casework.Cursor{Received: day, Closed: time.UnixMilli(closed).UTC(), ID: casework.ID(part[3])}, skipped
}

// state is how a complaint stands, in a word or two.
func state(b complaint.Brief) site.Tag {
	switch {
	case b.Outcome != "":
		first, _, _ := strings.Cut(site.WordOf(outcomeChoices, string(b.Outcome), "nog niet gezegd"), ",")
		return site.Tag{Tone: site.Neutral, Text: strings.ToLower(strings.TrimSuffix(first, " door de klant"))}
	case b.Body.Body != "" && b.Body.Ended.IsZero():
		return site.Tag{Tone: site.Warn, Text: "geschil"}
	case b.Sort == complaint.Unease:
		return site.Tag{Tone: site.Neutral, Text: "ongenoegen"}
	}
	return site.Tag{Tone: site.Info, Text: "open"}
}

func causeText(c complaint.Cause) string {
	if c == "" {
		return ""
	}
	return site.WordOf(causeChoices, string(c), "nog niet gezegd")
}

// days are the days of a lead time as a number, or nothing where none runs.
func (v listPage) days(b complaint.Brief) any {
	if days, runs := b.LeadDays(v.today); runs {
		return days
	}
	return ""
}

func (v listPage) table() site.Table {
	t := site.Table{
		Caption: "Klachten", Hidden: true, Empty: caseworkweb.NothingFound(v.filter, "Geen klacht voldoet. Kies minder, of andere woorden."),
		Columns: []site.Column{
			{Name: "Nummer", Kind: "code"},
			{Name: "Waarover"},
			{Name: "Ontvangen", Kind: "date"},
			{Name: "Product"},
			{Name: "Oorzaak"},
			{Name: "Behandelaar"},
			{Name: "Stand"},
			{Name: "Dagen", Kind: "number"},
		},
	}
	if v.works {
		t.Together = site.Together{Action: togetherPath, Button: "Gekozen klachten samen wijzigen"}
	}
	for _, b := range v.page.Rows {
		c, tag := b.Case, state(b)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: c.Number, Href: onePath(c.ID)},
			{Text: c.Title},
			{Text: c.Received.Dutch()},
			{Text: c.Product},
			{Text: causeText(b.Cause)},
			{Text: v.names[c.Handler]},
			{Tag: &tag},
			{Text: fmt.Sprint(v.days(b))},
		})
		t.Choose(fmt.Sprintf("%s.%d", c.ID, c.Revision), c.Number)
	}
	return t
}

// at is an address with what is chosen of the list.
func (v listPage) at(path, na string) string {
	q := url.Values{}
	for name := range v.asked {
		if s := v.asked.Get(name); s != "" && name != "na" {
			q.Set(name, s)
		}
	}
	if na != "" {
		q.Set("na", na)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (v listPage) turn() site.Pages {
	n := len(v.page.Rows)
	p := site.Pages{About: "klachten", Shown: fmt.Sprintf("%d tot en met %d", v.skipped+1, v.skipped+n)}
	if n == 0 {
		p.Shown = "Geen klachten"
	}
	if v.skipped > 0 {
		p.First = v.at(listPath, "")
	}
	if next := v.page.Next; next != nil {
		p.Next = v.at(listPath, fmt.Sprintf("%d.%s.%d.%s", v.skipped+n, next.Received, max(next.Closed.UnixMilli(), 0), next.ID))
	}
	return p
}

// handlers are the choices of the field handler.
func (v listPage) handlers() []site.Choice {
	choices := []site.Choice{{Text: "Iedereen"}, {Value: casework.None, Text: "Nog niemand"}}
	return append(choices, v.others[1:]...)
}

// hidden are the choices that have no field of their own, in Dutch.
var hiddenFacets = map[string]func(string) string{
	complaint.FacetSort:  func(s string) string { return strings.ToLower(site.WordOf(sortChoices, s, "nog niet gezegd")) },
	complaint.FacetGroup: func(s string) string { return "groep " + s },
	complaint.FacetDispute: func(s string) string {
		if s == complaint.AtBody {
			return "ligt bij de geschilleninstantie"
		}
		return "lag bij de geschilleninstantie"
	},
	complaint.FacetLead:    func(s string) string { return "doorlooptijd " + leadText(complaint.Lead(s)) },
	complaint.FacetRedress: func(string) string { return "met een vergoeding" },
	complaint.FacetCounts:  func(string) string { return "zonder louter ongenoegen" },
	casework.Against:       func(string) string { return "over één medewerker" },
	casework.Imported:      func(string) string { return "uit één ingelezen bestand" },
	casework.Root: func(s string) string {
		if s == casework.None {
			return "zonder grondoorzaak"
		}
		return "met dezelfde grondoorzaak"
	},
}

// chosen says in Dutch what else narrows the list.
func (v listPage) chosen() (says []string) {
	for _, name := range facets {
		if words := hiddenFacets[name]; words != nil && v.filter.Facets[name] != "" {
			says = append(says, words(v.filter.Facets[name]))
		}
	}
	return says
}

func leadText(l complaint.Lead) string {
	switch l {
	case complaint.FourWeeks:
		return "tot en met vier weken"
	case complaint.EightWeeks:
		return "vijf tot en met acht weken"
	}
	return "langer dan acht weken"
}

// orOther is the choices of a list, with one for what has none yet.
func orNone(all string, choices []site.Choice, none string) []site.Choice {
	out := []site.Choice{{Text: all}}
	out = append(out, choices[1:]...)
	return append(out, site.Choice{Value: casework.None, Text: none})
}
