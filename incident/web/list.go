package web

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// atOnce is how many incidents a page shows.
const atOnce = 50

var (
	stateChoices = []site.Choice{{Text: "Open en afgerond"}, {Value: "open", Text: "Open"}, {Value: "gesloten", Text: "Afgerond"}}
	orderChoices = []site.Choice{{Text: "Nieuwste eerst"}, {Value: "oudste", Text: "Oudste eerst"}, {Value: "nummer", Text: "Nummer"}, {Value: "melding", Text: "Melding"}}
)

func stageChoices() []site.Choice {
	choices := []site.Choice{{Text: "Alle"}}
	for _, s := range incident.Stages {
		w := stageWords[s].Text
		choices = append(choices, site.Choice{Value: string(s), Text: strings.ToUpper(w[:1]) + w[1:]})
	}
	return choices
}

// asks reads which incidents are asked for, and returns those that somebody may see.
func (p pages) asks(r *http.Request, who staff.Session) ([]incident.Incident, error) {
	q := r.URL.Query()
	f := incident.Filter{Stage: incident.Stage(q.Get("melding")), Perpetrator: incident.Perpetrator(q.Get("wie"))}
	f.State = casework.State(q.Get("stand"))
	f.From, _ = calendar.Parse(q.Get("van")) // no day narrows nothing
	f.Through, _ = calendar.Parse(q.Get("tot"))
	f.Filter = f.Search(q.Get("zoek"))
	list, err := p.desk.List(r.Context(), hand(who), f)
	switch q.Get("volgorde") {
	case "oudste":
		slices.Reverse(list)
	case "nummer":
		slices.SortStableFunc(list, func(a, b incident.Incident) int { return cmp.Compare(a.Case.Number, b.Case.Number) })
	case "melding":
		slices.SortStableFunc(list, func(a, b incident.Incident) int {
			return slices.Index(incident.Stages, a.Stage()) - slices.Index(incident.Stages, b.Stage())
		})
	}
	return list, err
}

func (p pages) names(r *http.Request, firm ident.Firm) (map[string]string, []site.Choice, error) {
	names, err := p.Names(r.Context(), firm)
	if err != nil {
		return nil, nil, err
	}
	all, err := p.Colleagues(r.Context(), firm)
	choices := []site.Choice{}
	for _, c := range all {
		choices = append(choices, site.Choice{Value: c.ID, Text: c.Name})
	}
	return names, choices, err
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	list, err := p.asks(r, who)
	if err != nil {
		return nil, err
	}
	names, _, err := p.names(r, who.Account.Firm)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	from, err := strconv.Atoi(q.Get("vanaf"))
	if err != nil || from < 0 || from >= len(list) {
		from = 0
	}
	at := func(path string, from int) string {
		to := url.Values{}
		for _, k := range []string{"zoek", "stand", "melding", "wie", "van", "tot", "volgorde"} {
			if v := q.Get(k); v != "" {
				to.Set(k, v)
			}
		}
		if from > 0 {
			to.Set("vanaf", strconv.Itoa(from))
		}
		if len(to) == 0 {
			return path
		}
		return path + "?" + to.Encode()
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Incidenten"), Path: listPath, Search: "Incidenten zoeken",
		Table: rows(list[from:min(from+atOnce, len(list))], names, works(who)),
		Turn:  site.Turning("incidenten", from, len(list), atOnce, func(n int) string { return at(listPath, n) }),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: "stand", Label: "Stand", Choices: stateChoices, Chosen: q.Get("stand")},
			site.Select{Name: "melding", Label: "Melding", Choices: stageChoices(), Chosen: q.Get("melding")},
			site.Select{Name: "wie", Label: "Wie het deed", Choices: append([]site.Choice{{Text: "Iedereen"}}, whoChoices[1:]...), Chosen: q.Get("wie")},
			site.Field{Name: "van", Label: "Opgemerkt vanaf", Type: "date", Value: q.Get("van"), Optional: true, Short: true},
			site.Field{Name: "tot", Label: "Opgemerkt tot en met", Type: "date", Value: q.Get("tot"), Optional: true, Short: true},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: orderChoices, Chosen: q.Get("volgorde")},
		},
		Files: site.Files{CSV: at(listPath+".csv", 0), XLSX: at(listPath+".xlsx", 0), PDF: at(listPath+".pdf", 0), Keep: site.KeepSearch(at(listPath, 0))},
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Gedrag dat een gevaar is voor een integere bedrijfsvoering. U ziet hier alleen de incidenten waarvan u mag weten."
	if hand(who).All {
		l.Frame.Lead = "Gedrag dat een gevaar is voor een integere bedrijfsvoering. Wie een incident opent, wordt vastgelegd; ook u."
	}
	if who.May(staff.ReportIncidents) {
		l.Buttons = append(l.Buttons, site.Button{Text: "Incident opschrijven", Href: newPath})
	}
	l.Table.Empty = caseworkweb.NothingFound(casework.Filter{}.Search(q.Get("zoek")), l.Table.Empty)
	l.Buttons = append(l.Buttons, site.Button{Text: "Beleid", Look: "second", Href: policyPath})
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

func rows(list []incident.Incident, names map[string]string, choose bool) site.Table {
	t := site.Table{
		Caption: "Incidenten", Hidden: true, Empty: "Er is geen incident dat u mag zien en dat hieraan voldoet.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Opgemerkt", Kind: "date"}, {Name: "Wie het deed"}, {Name: "Melding"}, {Name: "Behandelaar"}, {Name: "Stand"}},
	}
	if choose {
		t.Together = caseworkweb.Together
	}
	for _, i := range list {
		stage, state := stageWords[i.Stage()], site.Tag{Tone: site.Info, Text: "open"}
		if !i.Case.Open() {
			state = site.Tag{Tone: site.Neutral, Text: "afgerond"}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: i.Case.Number, Href: onePath(i.ID())},
			{Text: i.Case.Title},
			{Text: i.Case.Received.Dutch()},
			{Text: wordOf(whoChoices, string(i.Perpetrator))},
			{Tag: &stage},
			{Text: cmp.Or(names[i.Case.Handler], "nog niemand")},
			{Tag: &state},
		})
		t.Choose(string(i.ID()), i.Case.Number)
	}
	return t
}

// export gives the list as a file, as the page shows it. That it was taken is a fact.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		list, err := p.asks(r, who)
		if err != nil {
			return nil, err
		}
		names, _, err := p.names(r, who.Account.Firm)
		if err != nil {
			return nil, err
		}
		if err := p.desk.Take(r.Context(), hand(who), string(format), list); err != nil {
			return nil, err
		}
		sheet := table.Sheet{Made: p.Casework.Today(), Name: "Incidenten", Columns: []table.Column{
			{Name: "Nummer", Width: 14},
			{Name: "Waarover", Width: 40},
			{Name: "Opgemerkt", Width: 12},
			{Name: "Functie", Width: 30},
			{Name: "Wie het deed", Width: 30},
			{Name: "Melding", Width: 20},
			{Name: "Gemeld op", Width: 12},
			{Name: "Behandelaar", Width: 20},
			{Name: "Afgerond op", Width: 12},
			{Name: "Bewaren tot en met", Width: 18},
		}}
		return site.Download("incidenten-"+p.Casework.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, i := range list {
				told, ended := "", ""
				if i.Told != nil {
					told = i.Told.Day.String()
				}
				if !i.Case.Open() {
					ended = calendar.Of(i.Case.Closed).String()
				}
				kept := i.Kept()
				if err := out.Row(i.Case.Number, i.Case.Title, i.Case.Received.String(), i.Function, wordOf(whoChoices, string(i.Perpetrator)), stageWords[i.Stage()].Text,
					told, names[i.Case.Handler], ended, kept.Last().String()); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}
