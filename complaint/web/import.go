package web

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

const (
	importPath  = listPath + "/importeren"
	undoPath    = importPath + "/terug"
	examplePath = importPath + "/voorbeeld.csv"
)

// An importPage is where a file of complaints is tried, read, and taken out again.
type importPage struct {
	frame    site.Work
	problems []site.Problem
	mode     string // chosen
	read     *complaint.Import
	before   []complaint.PastImport
	sent     func(string) string
	back     string // the rows with a fault, as a file in the page; "" none, or too many
	backName string
	came     bool // the other rows came in
}

// mostBack is how many bytes of rows with a fault a page holds itself. Of more the file is
// asked by choosing it once more.
const mostBack = 1 << 20

// failingRows is the file of the rows with a fault, as an address that holds it whole: who
// mends them need not choose the file again, and we keep nothing.
func failingRows(name string, file []byte, faults []complaint.RowFault) (address, as string, err error) {
	var b bytes.Buffer
	if err := writeFailed(&b, file, faults); err != nil || b.Len() > mostBack {
		return "", "", err
	}
	return "data:text/csv;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), failedName(name), nil
}

// wrongRows counts the rows with a fault.
func (v importPage) wrongRows() string {
	rows := map[int]bool{}
	for _, f := range v.read.Faults {
		rows[f.Row] = true
	}
	if len(rows) == 1 {
		return "1 rij met fouten"
	}
	return strconv.Itoa(len(rows)) + " rijen met fouten"
}

// cameIn says how many rows came in while others did not.
func (v importPage) cameIn() string {
	says := strconv.Itoa(v.read.Rows) + " klachten zijn ingelezen"
	if v.read.Rows == 1 {
		says = "1 klacht is ingelezen"
	}
	return says + ", " + v.wrongRows() + " niet"
}

func (v importPage) problem(field string) string { return problem(v.problems, field) }

func (p pages) importPage(r *http.Request, who staff.Session) (v importPage, err error) {
	v.frame = p.guard.Frame(r, who, "Klachten importeren")
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Klachten", Href: listPath}}, true
	v.frame.Lead = "Lees klachten in uit een ander register, ook klachten die daar al zijn afgehandeld: hun bewaartermijn telt vanaf de dag van toen. Doe eerst een proef: dan ziet u elke fout en wordt er niets bewaard."
	v.mode, v.sent = "proef", func(string) string { return "" }
	facts, err := p.Facts(r.Context(), who.Account.Firm, string(who.Account.Firm))
	if err != nil {
		return v, err
	}
	v.before, err = complaint.Imports(facts)
	return v, err
}

func (p pages) showImport(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.importPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showImport(v)), nil
}

// ways are how a file comes in, by what was chosen; what is not known is a try.
var ways = map[string]complaint.Bringing{"inlezen": complaint.Whole, "goede": complaint.GoodRows}

// importFile tries a file, or reads it.
func (p pages) importFile(r *http.Request, who staff.Session) (site.Reply, error) {
	d, content, mode, err := readPaper(r)
	if err != nil {
		return nil, err
	}
	rows, faults, unread := readComplaints(d.Name, content)
	var got complaint.Import
	if unread == "" {
		if got, err = p.desk.Import(r.Context(), who.Actor(), ident.HashOf(content), rows, faults, ways[mode]); err != nil {
			return nil, err
		}
	}
	switch {
	case mode == "goede" && unread == "" && got.Rows > 0 && !failing(got):
		return site.SeeOther(importPath), nil
	case mode == "fouten" && unread == "" && failing(got):
		return failed(d.Name, content, got.Faults)
	}
	v, err := p.importPage(r, who) // after reading: it shows what was read
	if err != nil {
		return nil, err
	}
	if failing(got) {
		if v.back, v.backName, err = failingRows(d.Name, content, got.Faults); err != nil {
			return nil, err
		}
	}
	if mode == "goede" && unread == "" && got.Rows > 0 {
		v.read, v.came = &got, true
		return site.Page(http.StatusOK, showImport(v)), nil
	}
	status := http.StatusOK
	switch v.read = &got; {
	case failing(got):
		v.mode = "fouten"
	case mode == "inlezen" || len(got.Faults) == 0 && unread == "":
		v.mode = "inlezen"
	}
	switch {
	case unread != "":
		v.read, v.problems = nil, []site.Problem{{Field: "bestand", Text: unread}}
	case len(got.Faults) > 0:
		v.problems = []site.Problem{{Field: "bestand", Text: "In dit bestand zitten " + strconv.Itoa(len(got.Faults)) + " fouten. Er is niets ingelezen. Verbeter ze en stuur het opnieuw."}}
		if len(got.Faults) == 1 {
			v.problems[0].Text = "In dit bestand zit één fout. Er is niets ingelezen. Verbeter haar en stuur het opnieuw."
		}
	case mode == "inlezen":
		return site.SeeOther(importPath), nil
	}
	if len(v.problems) > 0 {
		status, v.frame.Failed = http.StatusBadRequest, true
	}
	return site.Page(status, showImport(v)), nil
}

// readComplaints reads a file of rows; unread says why it cannot be read.
func readComplaints(name string, file []byte) (rows []complaint.Row, faults []complaint.RowFault, unread string) {
	if name == "" || name == "." || len(file) == 0 {
		return nil, nil, "Kies een bestand met klachten."
	}
	if len(file) > casework.LargestDocument {
		return nil, nil, "Dit bestand is te groot. Verdeel de klachten over meer bestanden."
	}
	var sheet complaint.Sheet
	headed := false
	err := table.Read(file, complaint.MostRows+1, func(rec table.Record) error {
		if !headed {
			headed = true
			sheet, faults = complaint.NewSheet(rec.Cells)
			return nil
		}
		if len(faults) == 0 {
			rows = append(rows, sheet.Read(rec.Row, rec.Cells))
		}
		return nil
	})
	switch {
	case errors.Is(err, table.ErrTooMany):
		return nil, nil, "Er staan meer dan " + strconv.Itoa(complaint.MostRows) + " klachten in. Verdeel ze over meer bestanden."
	case errors.Is(err, table.ErrNotUTF8):
		return nil, nil, "De letters in dit bestand zijn niet te lezen. Bewaar het als “CSV UTF-8” en stuur het opnieuw."
	case err != nil:
		return nil, nil, "Dit bestand is niet te lezen. Stuur CSV of XLSX."
	case len(rows)+len(faults) == 0:
		return nil, nil, "Er staan geen klachten in dit bestand."
	}
	return rows, faults, ""
}

// failing reports whether some rows, and not the columns, are what is wrong with a file.
func failing(im complaint.Import) bool {
	return len(im.Faults) > 0 && im.Faults[0].Row > 1
}

// failed gives back the rows with a fault, as they were sent, with what is wrong in a
// last column: they can be mended and sent again.
func failed(name string, file []byte, faults []complaint.RowFault) (site.Reply, error) {
	return site.Download(failedName(name), table.CSV.MediaType(), func(w io.Writer) error { return writeFailed(w, file, faults) }), nil
}

func failedName(name string) string {
	return strings.TrimSuffix(name, path.Ext(name)) + "-met-fouten.csv"
}

func writeFailed(w io.Writer, file []byte, faults []complaint.RowFault) error {
	wrong := map[int]string{}
	for _, f := range faults {
		if wrong[f.Row] != "" {
			wrong[f.Row] += " "
		}
		wrong[f.Row] += f.Column + ": " + f.Text
	}
	var out table.Writer
	var kept []int
	err := table.Read(file, complaint.MostRows+1, func(rec table.Record) (err error) {
		if out == nil {
			sheet := table.Sheet{Name: "Klachten"}
			for i, c := range rec.Cells {
				if title := strings.ToLower(strings.TrimSpace(c)); title != complaint.FaultColumn {
					kept, sheet.Columns = append(kept, i), append(sheet.Columns, table.Column{Name: title})
				}
			}
			sheet.Columns = append(sheet.Columns, table.Column{Name: complaint.FaultColumn})
			out, err = table.New(table.CSV, w, sheet)
			return err
		}
		if wrong[rec.Row] == "" {
			return nil
		}
		var cells []any
		for _, i := range kept {
			cell := ""
			if i < len(rec.Cells) {
				cell = rec.Cells[i]
			}
			cells = append(cells, cell)
		}
		return out.Row(append(cells, wrong[rec.Row])...)
	})
	if err != nil {
		return err
	}
	return out.Close()
}

// undoImport takes the complaints of a file out again.
func (p pages) undoImport(r *http.Request, who staff.Session) (site.Reply, error) {
	_, _, err := p.desk.UndoImport(r.Context(), who.Actor(), r.PostFormValue("bestand-van"), r.PostFormValue("reden"))
	problems, ok := refused(err, map[string]string{"/import": "bestand-van", "/why": "reden"})
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(importPath), nil
	}
	v, err := p.importPage(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.sent, v.frame.Failed = problems, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showImport(v)), nil
}

// example is a file with the columns and one complaint.
func (p pages) example(*http.Request, staff.Session) (site.Reply, error) {
	return site.Download("klachten-voorbeeld.csv", table.CSV.MediaType(), func(w io.Writer) error {
		sheet := table.Sheet{Name: "Klachten"}
		for _, c := range complaint.Columns {
			sheet.Columns = append(sheet.Columns, table.Column{Name: c.Name})
		}
		out, err := table.New(table.CSV, w, sheet)
		if err != nil {
			return err
		}
		today := p.Casework.Today().String()
		if err := out.Row("OUD-0001", today, string(casework.Letter), string(complaint.Grievance), "De rente klopt niet.", "A. Jansen", "Dorpsstraat 1", "1234 AB", "Ons Dorp", "", "", "", "Renteberekening", "hypotheek",
			"beheer", "prijs", today, today, "Wij hebben de rente hersteld en het verschil terugbetaald.", "gegrond", "125,00", today); err != nil {
			return err
		}
		return out.Close()
	}), nil
}

func (v importPage) faults() site.Table {
	t := site.Table{Caption: "Fouten in het bestand", Columns: []site.Column{{Name: "Rij", Kind: "number"}, {Name: "Kolom"}, {Name: "Code", Kind: "code"}, {Name: "Wat te doen"}}}
	for _, f := range v.read.Faults[:min(len(v.read.Faults), 500)] {
		t.Rows = append(t.Rows, []site.Cell{{Text: strconv.Itoa(f.Row)}, {Text: f.Column}, {Text: f.Code}, {Text: f.Text}})
	}
	return t
}

func (v importPage) files() site.Table {
	t := site.Table{
		Caption: "Ingelezen bestanden", Empty: "Er is nog geen bestand ingelezen.",
		Columns: []site.Column{{Name: "Ingelezen", Kind: "date"}, {Name: "Klachten", Kind: "number"}, {Name: "Teruggedraaid"}},
	}
	for _, one := range v.before {
		undone := "nee"
		if one.Undone {
			undone = "ja: " + strconv.FormatInt(one.Removed, 10) + " weg, " + strconv.FormatInt(one.Left, 10) + " gebleven"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: calendar.DutchTime(one.At)}, {Text: strconv.FormatInt(one.Rows, 10), Href: listPath + "?" + casework.Imported + "=" + one.ID}, {Text: undone}})
	}
	return t
}

// undoable are the files of which something may still stand.
func (v importPage) undoable() []site.Choice {
	all := []site.Choice{{Text: "Kies"}}
	for _, one := range v.before {
		if !one.Undone || one.Left > 0 {
			all = append(all, site.Choice{Value: one.ID, Text: calendar.DutchTime(one.At) + ", " + strconv.FormatInt(one.Rows, 10) + " klachten"})
		}
	}
	return all
}
