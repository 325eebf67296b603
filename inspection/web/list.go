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
	"zorgplicht/inspection"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

var standTags = map[inspection.Stand]site.Tag{
	inspection.Open: {Tone: site.Good, Text: "open"}, inspection.Expired: {Tone: site.Neutral, Text: "voorbij"}, inspection.EndedNow: {Tone: site.Neutral, Text: "beëindigd"},
}

// The orders of the list, beside the newest first.
const (
	oldestFirst = "oudste"
	byLastDay   = "laatste"
)

// chosenOf are the inspections that somebody asks for, in their order.
func (p pages) chosenOf(r *http.Request, who staff.Session) (list []inspection.Inspection, err error) {
	all, err := p.desk.List(r.Context(), reader(who))
	q, today := r.URL.Query(), p.desk.Today()
	sought := strings.ToLower(strings.TrimSpace(q.Get("zoek")))
	for _, i := range all {
		open := i.StandOn(today) == inspection.Open
		words := strings.ToLower(i.Number + " " + i.Authority + " " + i.Reference + " " + i.Purpose)
		if strings.Contains(words, sought) && (q.Get("stand") != "open" || open) && (q.Get("stand") != "voorbij" || !open) {
			list = append(list, i)
		}
	}
	switch q.Get("volgorde") {
	case oldestFirst:
		slices.Reverse(list)
	case byLastDay:
		slices.SortStableFunc(list, func(a, b inspection.Inspection) int { return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.ID, b.ID)) })
	}
	return list, err
}

// asked is an address of the list with what narrows it, from a row on.
func asked(q url.Values, path string, from int) string {
	to := url.Values{}
	for _, k := range []string{"zoek", "stand", "volgorde"} {
		if v := q.Get(k); v != "" {
			to.Set(k, v)
		}
	}
	if from > 0 {
		to.Set("vanaf", strconv.Itoa(from))
	}
	return with(path, to)
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	all, err := p.chosenOf(r, who)
	if err != nil {
		return nil, err
	}
	name, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	from, err := strconv.Atoi(q.Get("vanaf"))
	if err != nil || from < 0 || from >= len(all) {
		from = 0
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Inzage"), Path: listPath, Search: "Inzagen zoeken",
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: "stand", Label: "Stand", Chosen: q.Get("stand"), Choices: []site.Choice{{Text: "Alle"}, {Value: "open", Text: "Open"}, {Value: "voorbij", Text: "Voorbij"}}},
			site.Select{Name: "volgorde", Label: "Volgorde", Chosen: q.Get("volgorde"), Choices: []site.Choice{
				{Text: "Nieuwste eerst"}, {Value: oldestFirst, Text: "Oudste eerst"}, {Value: byLastDay, Text: "Laatste dag"},
			}},
		},
		Turn:  site.Turning("inzagen", from, len(all), atOnce, func(n int) string { return asked(q, listPath, n) }),
		Files: site.Files{CSV: asked(q, listPath+".csv", 0), XLSX: asked(q, listPath+".xlsx", 0), PDF: asked(q, listPath+".pdf", 0)},
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Wat de compliance officer voor u heeft geopend. Wat u opent of meeneemt, wordt vastgelegd."
	if reader(who).All {
		l.Frame.Lead = "Wat een toezichthouder mag lezen, waarvoor en tot wanneer. Wat de gast opent of meeneemt, ziet u bij de inzage."
		l.Buttons = []site.Button{{Text: "Inzage openen", Href: newPath}}
	}
	l.Table = site.Table{
		Caption: "Inzagen", Hidden: true, Empty: "Er is geen inzage die hieraan voldoet.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Toezichthouder"}, {Name: "Gast"}, {Name: "Geopend", Kind: "date"}, {Name: "Tot en met", Kind: "date"}, {Name: "Stand"}},
	}
	for _, i := range all[from:min(from+atOnce, len(all))] {
		tag := standTags[i.StandOn(p.desk.Today())]
		l.Table.Rows = append(l.Table.Rows, []site.Cell{
			{Text: i.Number, Href: onePath(i.ID)}, {Text: i.Authority}, {Text: name("staff:" + i.Guest)}, {Text: calendar.Of(i.Opened).Dutch()}, {Text: i.Until.Dutch()}, {Tag: &tag},
		})
	}
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// exportList gives the inspections that are shown, all pages of them.
func (p pages) exportList(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		all, err := p.chosenOf(r, who)
		if err != nil {
			return nil, err
		}
		name, err := p.Names(r.Context(), who.Account.Firm)
		if err != nil {
			return nil, err
		}
		rows := [][]any{}
		for _, i := range all {
			rows = append(rows, []any{
				i.Number, i.Authority, i.Reference, name("staff:" + i.Guest), calendar.Of(i.Opened).String(), i.Until.String(), standTags[i.StandOn(p.desk.Today())].Text, i.Purpose,
			})
		}
		return p.taken("inzagen", "Inzagen", format, []table.Column{
			{Name: "Nummer", Width: 16},
			{Name: "Toezichthouder", Width: 30},
			{Name: "Kenmerk", Width: 18},
			{Name: "Gast", Width: 22},
			{Name: "Geopend", Width: 12},
			{Name: "Tot en met", Width: 12},
			{Name: "Stand", Width: 12},
			{Name: "Waarvoor", Width: 40},
		}, rows), nil
	}
}

// taken is a list as a file.
func (p pages) taken(file, name string, format table.Format, columns []table.Column, rows [][]any) site.Reply {
	today := p.desk.Today()
	return site.Download(file+"-"+today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
		out, err := table.New(format, w, table.Sheet{Name: name, Columns: columns, Made: today})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := out.Row(row...); err != nil {
				return err
			}
		}
		return out.Close()
	})
}

// exportDeeds gives all that was done with an inspection.
func (p pages) exportDeeds(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		deeds, err := p.desk.Deeds(r.Context(), reader(who), r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		name, err := p.Names(r.Context(), who.Account.Firm)
		if err != nil {
			return nil, err
		}
		rows := [][]any{}
		for _, d := range deeds {
			rows = append(rows, []any{calendar.DutchTime(d.At), name(d.By), deedWords[d.Kind], about(d)})
		}
		return p.taken("handelingen", "Handelingen", format, []table.Column{{Name: "Wanneer", Width: 20}, {Name: "Wie", Width: 24}, {Name: "Wat", Width: 24}, {Name: "Waarvan", Width: 30}}, rows), nil
	}
}
