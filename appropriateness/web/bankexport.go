package web

import (
	"io"
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

func bankExportPath(f table.Format) string { return bankPath + "/lijst." + string(f) }

// sheetColumns are the columns of a file of questions, which the import reads.
func sheetColumns() (list []table.Column) {
	for _, name := range appropriateness.SheetColumns() {
		list = append(list, table.Column{Name: name, Width: 24})
	}
	return list
}

// export gives the list as a file, every row that the filters let through, in the
// form in which it can be imported again.
func (p bankPages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l := bankList{asking: asking{asked: r.URL.Query()}, frame: p.guard.Frame(r, who, "Vragenbank"), writes: who.May(staff.WriteQuestions)}
		if l.read(); len(l.problems) > 0 {
			l.frame.Wide, l.frame.Failed = true, true
			return site.Page(http.StatusBadRequest, bankListPage(l)), nil
		}
		name := "vragen-" + p.desk.Today().String() + "." + string(format)
		sheet := table.Sheet{Name: "Vragen", Columns: sheetColumns(), About: [][2]string{{"Onderneming", who.FirmName}, {"Gemaakt op", p.desk.Today().String()}}}
		return site.Download(name, format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			err = p.desk.EachQuestion(r.Context(), who.Actor(), l.filter, func(row appropriateness.BankRow) error {
				return out.Row(texts(appropriateness.SheetRow(row))...)
			})
			if err != nil {
				return err
			}
			return out.Close()
		}), nil
	}
}

func texts(list []string) []any {
	cells := make([]any, len(list))
	for i, s := range list {
		cells[i] = s
	}
	return cells
}
