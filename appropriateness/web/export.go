package web

import (
	"io"
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

func exportPath(f table.Format) string { return listPath + "/lijst." + string(f) }

// exported are the columns of the list; the points have two, to reckon with.
var exported = []table.Column{
	{Name: "Klant", Width: 24},
	{Name: "Klaargezet", Width: 18},
	{Name: "Toets", Width: 40},
	{Name: "Kanaal", Width: 16},
	{Name: "Herkend aan", Width: 14},
	{Name: "Stand", Width: 14},
	{Name: "Uitkomst", Width: 20},
	{Name: "Punten", Width: 8},
	{Name: "Punten te behalen", Width: 18},
}

// export gives the list as a file: every row that the filters let through, as the
// page shows them. It changes nothing, so a link may ask for it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l, f, err := p.asked(r, who)
		if err != nil {
			return nil, err
		}
		if len(l.problems) > 0 {
			return l.unread(), nil
		}
		name := "toetspogingen-" + p.desk.Today().String() + "." + string(format)
		sheet := table.Sheet{Name: "Toetspogingen", Columns: exported, About: l.about(who.FirmName)}
		return site.Download(name, format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			err = p.desk.Each(r.Context(), who.Actor(), f, func(row appropriateness.Row) error {
				return out.Row(exportRow(row)...)
			})
			if err != nil {
				return err
			}
			return out.Close()
		}), nil
	}
}

func exportRow(r appropriateness.Row) []any {
	cells := []any{clientText(r.Reference), r.Created, r.Title, channelText(r.Channel), knownText(r.Known.Known()), stateTag(r.State).Text, nil, nil, nil}
	if tag := outcomeTag(r.Outcome); tag != nil {
		cells[6], cells[7], cells[8] = tag.Text, r.Points, r.Out
	}
	return cells
}

// about says of which firm the list is and what it was narrowed to.
func (l listPage) about(firm string) [][2]string {
	lines := [][2]string{{"Onderneming", firm}}
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, [2]string{name, text})
		}
	}
	chosen := func(name string, choices []site.Choice) string {
		for _, c := range choices {
			if c.Value != "" && c.Value == l.value(name) {
				return c.Text
			}
		}
		return ""
	}
	add("Klant of kenmerk", l.value("zoek"))
	add("Stand", chosen("stand", stateChoices))
	add("Uitkomst", chosen("uitkomst", outcomeChoices))
	add("Toets", chosen("toets", testChoices(l.versions)))
	add("Kanaal", chosen("kanaal", channelFilter()))
	add("Groep", chosen("groep", cohortChoices))
	add("Vervolg", chosen("vervolg", followedChoices))
	add("Klaargezet vanaf", l.value("van"))
	add("Klaargezet tot en met", l.value("tot"))
	if len(lines) == 1 {
		add("Selectie", "Alle toetspogingen")
	}
	return lines
}
