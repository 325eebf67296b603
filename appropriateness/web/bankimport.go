package web

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

const (
	importPath       = bankPath + "/importeren"
	importFaultsPath = importPath + "/foute-regels.csv"

	importFile = 10 << 20            // largest file
	importBody = importFile + 64<<10 // with what a form puts around it
)

// An importPage is an import before, between and after its two steps.
type importPage struct {
	frame    site.Work
	problems []site.Problem
	name     string // of the file, or of the starter bank
	origin   string
	report   *appropriateness.Report
	sealed   string // the questions as they were read, for the second step
	failing  string // the rows that failed, to be downloaded
	done     bool
}

func (p bankPages) importPage(r *http.Request, who staff.Session) importPage {
	x := importPage{frame: p.formFrame(r, who, "Vragen importeren")}
	x.frame.Wide = true
	return x
}

func (p bankPages) beforeImport(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, bankImportPage(p.importPage(r, who))), nil
}

// A reading is what came out of a file.
type reading struct {
	list    []appropriateness.Import
	faults  []appropriateness.RowFault
	head    []string
	records []table.Record // where a file of rows has faults
}

// importFile reads what was sent. A file or a starter bank is looked at first; what
// was read and found sound comes back with the second button, and is looked at
// again before it is kept.
func (p bankPages) importFile(r *http.Request, who staff.Session) (site.Reply, error) {
	x := p.importPage(r, who)
	sent, err := readParts(r)
	if err != nil {
		return p.notRead(x, err)
	}
	var got reading
	dry := true
	switch {
	case sent["gelezen"] != "":
		x.name, x.origin, dry = sent["naam"], sent["herkomst"], false
		if x.origin != appropriateness.FromStarter {
			x.origin = appropriateness.FromImport
		}
		if err := unpack(sent["gelezen"], &got.list); err != nil {
			return p.notRead(x, fault.New(fault.Invalid, "file-unread", ""))
		}
	case sent["startbank"] != "":
		i := slices.IndexFunc(starter.All, func(b starter.Bank) bool { return b.Name == sent["startbank"] })
		if i < 0 {
			return p.notRead(x, fault.New(fault.Invalid, "starter-unknown", ""))
		}
		x.name, x.origin = sent["startbank"], appropriateness.FromStarter
		got, err = readYAML(starter.All[i].File)
	case sent["bestand"] == "":
		return p.notRead(x, fault.New(fault.Invalid, "file-missing", ""))
	default:
		x.name, x.origin = sent["naam"], appropriateness.FromImport
		got, err = readQuestions(x.name, []byte(sent["bestand"]))
	}
	if err != nil {
		return p.notRead(x, err)
	}
	return p.reported(r, who, x, got, dry)
}

// reported asks the bank what it would do, or lets it do it.
func (p bankPages) reported(r *http.Request, who staff.Session, x importPage, got reading, dry bool) (site.Reply, error) {
	report := appropriateness.Report{Faults: got.faults}
	if len(got.faults) == 0 || len(got.list) > 0 {
		// also where rows failed already: all faults at once
		r2, err := p.desk.ImportQuestions(r.Context(), who.Actor(), got.list, x.origin, dry || len(got.faults) > 0)
		if err != nil {
			return nil, err
		}
		report.Rows, report.Faults = r2.Rows, merge(got.faults, r2.Faults)
	}
	x.report = &report
	if len(report.Faults) > 0 {
		x.frame.Failed, x.failing = true, failing(got, report.Faults)
		return site.Page(http.StatusBadRequest, bankImportPage(x)), nil
	}
	if x.done = !dry; dry {
		x.sealed = packed(got.list)
	}
	return site.Page(http.StatusOK, bankImportPage(x)), nil
}

// merge puts two lists of faults in the order of the rows, each fault once.
func merge(a, b []appropriateness.RowFault) []appropriateness.RowFault {
	all := slices.Clone(a)
	for _, f := range b {
		if !slices.ContainsFunc(a, func(g appropriateness.RowFault) bool { return g.Row == f.Row && g.Column == f.Column }) {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b appropriateness.RowFault) int { return a.Row - b.Row })
	return all
}

// notRead says why a file was not read.
func (p bankPages) notRead(x importPage, err error) (site.Reply, error) {
	f := fault.As(err)
	if f == nil || importRefusals[f.Reason] == "" {
		return nil, err
	}
	x.frame.Failed = true
	x.problems = []site.Problem{{Field: "bestand", Text: importRefusals[f.Reason]}}
	return site.Page(http.StatusBadRequest, bankImportPage(x)), nil
}

var importRefusals = map[string]string{
	"file-missing":    "Kies een bestand.",
	"file-unread":     "Dit bestand is niet te lezen. Stuur CSV, XLSX of een toetsbestand (YAML).",
	"file-no-utf8":    "De letters in dit bestand zijn niet te lezen. Bewaar het als “CSV UTF-8” en stuur het opnieuw.",
	"file-unpacks":    "Dit bestand pakt uit tot meer dan 64 MB. Verdeel de vragen over meer bestanden.",
	"starter-unknown": "Deze startbank is er niet. Kies er een uit de lijst.",
}

// readParts reads a form part by part. It keeps at most the largest file in
// memory; what is longer stops the reading, and the guard refuses the rest.
func readParts(r *http.Request) (map[string]string, error) {
	sent := map[string]string{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		if err := r.ParseForm(); err != nil {
			return nil, err
		}
		for name := range r.PostForm {
			sent[name] = r.PostForm.Get(name)
		}
		return sent, nil
	}
	m, err := r.MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Invalid, "file-unread", "")
	}
	for {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			return sent, nil
		}
		if err != nil {
			return nil, unreadable(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return nil, unreadable(err)
		}
		sent[part.FormName()] = string(b)
		if name := part.FileName(); name != "" {
			sent["naam"] = path.Base(strings.ReplaceAll(name, `\`, "/"))
		}
	}
}

// unreadable keeps what says that a body is too large, and calls all else a form
// that cannot be read.
func unreadable(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return fault.Because(fault.Invalid, "file-unread", err)
}

// readQuestions reads a file of any of the three forms.
func readQuestions(name string, file []byte) (reading, error) {
	if ext := strings.ToLower(path.Ext(name)); ext == ".yaml" || ext == ".yml" {
		return readYAML(file)
	}
	var got reading
	var sheet appropriateness.Sheet
	headed := false
	err := table.Read(file, appropriateness.ImportRows+2, func(rec table.Record) error {
		if !headed {
			headed, got.head = true, slices.Clone(rec.Cells)
			sheet, got.faults = appropriateness.NewSheet(rec.Cells)
			return nil
		}
		if got.headless() {
			return nil
		}
		c, faults := sheet.Content(rec.Row, rec.Cells)
		for _, place := range rec.Formulas {
			faults = append([]appropriateness.RowFault{formulaFault(rec.Row, place, got.head)}, withoutColumn(faults, got.head, place)...)
		}
		got.list = append(got.list, appropriateness.Import{Row: rec.Row, Content: c})
		got.faults = append(got.faults, faults...)
		rec.Cells = slices.Clone(rec.Cells)
		got.records = append(got.records, rec)
		return nil
	})
	switch {
	case errors.Is(err, table.ErrNotUTF8):
		return got, fault.New(fault.Invalid, "file-no-utf8", "")
	case errors.Is(err, table.ErrTooLarge):
		return got, fault.New(fault.Invalid, "file-unpacks", "")
	case errors.Is(err, table.ErrTooMany):
		got.list = nil
		got.faults = []appropriateness.RowFault{{Row: appropriateness.ImportRows + 2, Code: "too-many-rows", Text: fmt.Sprintf("Eén bestand mag %d vragen hebben. Verdeel ze over meer bestanden.", appropriateness.ImportRows)}}
		return got, nil
	case err != nil:
		return got, fault.Because(fault.Invalid, "file-unread", err)
	case !headed:
		return got, fault.New(fault.Invalid, "file-missing", "")
	}
	if len(got.records) == 0 && len(got.faults) == 0 {
		got.faults = []appropriateness.RowFault{{Row: 2, Code: "empty", Text: "Er staan geen vragen onder de kolomkoppen."}}
	}
	return got, nil
}

// headless reports whether the headings are wrong: the rows then say nothing.
func (g reading) headless() bool {
	return slices.ContainsFunc(g.faults, func(f appropriateness.RowFault) bool { return f.Row == 1 })
}

func formulaFault(row, place int, head []string) appropriateness.RowFault {
	return appropriateness.RowFault{Row: row, Column: columnAt(head, place), Code: "formula", Text: "Hier staat een formule. Vul de tekst zelf in."}
}

func columnAt(head []string, place int) string {
	if place < len(head) {
		return strings.ToLower(strings.Join(strings.Fields(head[place]), " "))
	}
	return ""
}

func withoutColumn(faults []appropriateness.RowFault, head []string, place int) []appropriateness.RowFault {
	name := columnAt(head, place)
	return slices.DeleteFunc(faults, func(f appropriateness.RowFault) bool { return f.Column == name && f.Code != "formula" })
}

// readYAML reads the file of a whole test: its questions go to the bank.
func readYAML(file []byte) (reading, error) {
	t, err := appropriateness.ReadBank(file)
	if fault.Has(err, "invalid-bank") {
		return reading{faults: appropriateness.BankFileFaults(err)}, nil
	}
	if err != nil {
		return reading{}, fault.Because(fault.Invalid, "file-unread", err)
	}
	return reading{list: appropriateness.FromTest(t)}, nil
}

// packed writes a thing so that a page can hold it.
func packed(v any) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(v); err != nil {
		panic(err) // texts and numbers: nothing that cannot be written
	}
	z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// unpack reads what packed wrote. It may come back changed by anybody, so it is
// bounded here and checked as any file.
func unpack(s string, v any) error {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return err
	}
	return json.NewDecoder(io.LimitReader(z, 4*importFile)).Decode(v)
}

// failing packs the rows that have faults, with the faults behind them. A cell
// that holds what looks like a citizen number is left empty.
func failing(got reading, faults []appropriateness.RowFault) string {
	if len(got.records) == 0 {
		return ""
	}
	said := map[int][]string{}
	for _, f := range faults {
		said[f.Row] = append(said[f.Row], strings.TrimPrefix(f.Column+": "+f.Text, ": "))
	}
	rows := [][]string{append(slices.Clone(got.head), "fouten")}
	for _, rec := range got.records {
		if len(said[rec.Row]) == 0 {
			continue
		}
		row := make([]string, len(got.head)+1)
		for i := range got.head {
			if i < len(rec.Cells) && !text.HoldsBSN(rec.Cells[i]) && !slices.Contains(rec.Formulas, i) {
				row[i] = rec.Cells[i]
			}
		}
		row[len(got.head)] = strings.Join(said[rec.Row], " ")
		rows = append(rows, row)
	}
	return packed(rows)
}

// failingRows gives the rows that failed as a file.
func (p bankPages) failingRows(r *http.Request, _ staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	var rows [][]string
	if err := unpack(r.PostFormValue("regels"), &rows); err != nil || len(rows) == 0 || len(rows) > appropriateness.ImportRows+2 {
		return nil, fault.New(fault.Invalid, "form-unreadable", "")
	}
	sheet := table.Sheet{Name: "Foute regels"}
	for _, name := range rows[0] {
		sheet.Columns = append(sheet.Columns, table.Column{Name: name, Width: 24})
	}
	return site.Download("foute-regels.csv", table.CSV.MediaType(), func(w io.Writer) error {
		out, err := table.New(table.CSV, w, sheet)
		if err != nil {
			return err
		}
		for _, row := range rows[1:] {
			row = append(row, make([]string, len(sheet.Columns))...)[:len(sheet.Columns)]
			if err := out.Row(texts(row)...); err != nil {
				return err
			}
		}
		return out.Close()
	}), nil
}

// doneText says what an import did, or would do.
func (x importPage) doneText() string {
	said := []string{
		count(x.report.Count(appropriateness.ImportNew), "nieuwe vraag", "nieuwe vragen"),
		count(x.report.Count(appropriateness.ImportVersion), "nieuwe versie", "nieuwe versies"),
		count(x.report.Count(appropriateness.ImportDraft), "eigen concept bijgewerkt", "eigen concepten bijgewerkt"),
		count(x.report.Count(appropriateness.ImportSame), "vraag ongewijzigd", "vragen ongewijzigd"),
	}
	return strings.Join(said, ", ") + "."
}

func (x importPage) faultsTable() site.Table {
	t := site.Table{Caption: count(len(x.report.Faults), "fout", "fouten"), Columns: []site.Column{{Name: "Rij", Kind: "number"}, {Name: "Kolom"}, {Name: "Wat er niet klopt"}, {Name: "Code", Kind: "code"}}}
	for _, f := range x.report.Faults {
		t.Rows = append(t.Rows, []site.Cell{{Text: fmt.Sprint(f.Row)}, {Text: f.Column}, {Text: f.Text}, {Text: f.Code}})
	}
	return t
}

// nothingNew reports whether every row is there already.
func (x importPage) nothingNew() bool {
	return x.report.Count(appropriateness.ImportSame) == len(x.report.Rows)
}

func starterName(name string) string {
	return pick(name, "hypotheek", "Hypotheek", "arbeidsongeschiktheid", "Arbeidsongeschiktheidsverzekering", "betalingsbeschermer", "Betalingsbeschermer", "beleggingsverzekering", "Beleggingsverzekering")
}
