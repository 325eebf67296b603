package web

import (
	"io"
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

func listsPath(f table.Format) string { return destroyPath + "/lijsten." + string(f) }

// files are the lists of destruction as a file.
func (v listsPage) files() site.Files {
	return site.Files{CSV: listsPath(table.CSV), XLSX: listsPath(table.XLSX), PDF: listsPath(table.PDF)}
}

// exportLists gives the lists of destruction as a file, those of all pages.
func (p pages) exportLists(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v := listsPage{kinds: p.desk.Kinds}
		var err error
		if v.names, err = p.Names(r.Context(), who.Account.Firm); err != nil {
			return nil, err
		}
		today := p.desk.Today()
		sheet := table.Sheet{Name: "Vernietigingslijsten", Made: today, About: [][2]string{{"Onderneming", who.FirmName}}, Columns: []table.Column{
			{Name: "Lijst", Width: 14},
			{Name: "Soort", Width: 28},
			{Name: "Opgesteld", Width: 12},
			{Name: "Door", Width: 28},
			{Name: "Dossiers", Width: 10},
			{Name: "Vernietigd", Width: 11},
			{Name: "Stand", Width: 14},
		}}
		return site.Download("vernietigingslijsten-"+today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for before := ""; ; {
				some, err := p.desk.Lists(r.Context(), who.Account.Firm, before, 200)
				if err != nil {
					return err
				}
				for _, l := range some {
					if err := out.Row(l.Number, v.plural(l.Kind), calendar.Of(l.Made).String(), v.names(l.By), l.Size, l.Gone, stageTags[l.Stage].Text); err != nil {
						return err
					}
					before = l.ID
				}
				if len(some) < 200 {
					return out.Close()
				}
			}
		}), nil
	}
}

func entriesPath(id string, f table.Format) string {
	return destroyPath + "/" + id + "/lijst." + string(f)
}

// files are the list of destruction as a file, before and after it was executed.
func (v destructionPage) files() site.Files {
	return site.Files{CSV: entriesPath(v.list.ID, table.CSV), XLSX: entriesPath(v.list.ID, table.XLSX), PDF: entriesPath(v.list.ID, table.PDF)}
}

// exportEntries gives a list of destruction as a file: the records that its page shows,
// and what becomes or became of each.
func (p pages) exportEntries(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.destructionPage(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Vernietigingslijst", Made: p.desk.Today(), Columns: []table.Column{{Name: "Dossier", Width: 18}, {Name: "Mocht weg vanaf", Width: 16}, {Name: "Wat ermee gebeurt", Width: 60}}}
		sheet.About = [][2]string{{"Onderneming", who.FirmName}, {"Lijst", v.list.Number}, {"Stand", stageTags[v.list.Stage].Text}}
		for _, t := range v.terms() {
			sheet.About = append(sheet.About, [2]string{t.Name, t.Text})
		}
		if !v.list.Statement.IsZero() {
			sheet.About = append(sheet.About, [2]string{"SHA-256 van de verklaring", v.list.Statement.String()})
		}
		return site.Download("vernietigingslijst-"+strings.ToLower(v.list.Number)+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, e := range v.entries {
				if err := out.Row(e.Label, e.Earliest.String(), fate(e)); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}
