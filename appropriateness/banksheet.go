package appropriateness

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/internal/fault"
)

// A RowFault is one fault of a row in a file of questions. It never holds what
// stood in the cell.
type RowFault struct {
	Row    int    // as a spreadsheet counts: the heading is row 1; in a bank file the line
	Column string // heading of the column, "" for the row as a whole
	Code   string
	Text   string
}

// The columns of a file of questions, as it is read and written. Those of state
// and version are written for people and passed over when read.
var (
	sheetWords = []string{
		"kenmerk", "product", "taal", "onderdeel", "familie", "soort", "kant", "gewicht", "knock-out", "vaste vraag", "bron", "situatie", "vraag", "juist antwoord", "juist omdat",
	}
	sheetNotes = []string{"stand", "versie", "in gebruik"}
	sheetMust  = []string{"kenmerk", "product", "onderdeel", "familie", "soort", "kant", "gewicht", "bron", "vraag", "juist antwoord", "antwoord 1", "antwoord 2"}
)

// SheetColumns lists the headings in the order in which they are written.
func SheetColumns() []string {
	list := slices.Clone(sheetWords)
	for n := 1; n <= MaxOptions; n++ {
		list = append(list, fmt.Sprintf("antwoord %d", n), fmt.Sprintf("fout omdat %d", n), fmt.Sprintf("kenmerk %d", n))
	}
	return append(list, sheetNotes...)
}

// SheetRow writes a row of the list in those columns.
func SheetRow(r BankRow) []string {
	q, right := r.Question, ""
	row := map[string]string{}
	for i, o := range q.Options {
		n := strconv.Itoa(i + 1)
		row["antwoord "+n], row["fout omdat "+n], row["kenmerk "+n] = o.Text, o.Wrong, string(o.ID)
		if o.Right {
			right = n
		}
	}
	knockout := "nee"
	if q.Knockout {
		knockout = "ja"
	}
	words := []string{
		string(q.ID), r.Product, r.Language, string(q.Element), q.Family, q.Kind, q.Side, strconv.Itoa(q.Weight), knockout, string(q.Fixed), q.Source, q.Scenario, q.Text, right, q.Right,
	}
	for i, name := range sheetWords {
		row[name] = words[i]
	}
	row["stand"], row["versie"] = string(r.State), strconv.Itoa(r.Version)
	if r.InUse > 0 {
		row["in gebruik"] = strconv.Itoa(r.InUse)
	}
	columns := SheetColumns()
	cells := make([]string, len(columns))
	for i, name := range columns {
		cells[i] = row[name]
	}
	return cells
}

// A Sheet knows in which place of a row each column stands.
type Sheet struct{ at map[string]int }

// NewSheet reads the headings, in any order, and says what is wrong with them.
func NewSheet(head []string) (Sheet, []RowFault) {
	s := Sheet{at: map[string]int{}}
	var faults []RowFault
	known := SheetColumns()
	for i, h := range head {
		name := strings.ToLower(strings.Join(strings.Fields(h), " "))
		_, twice := s.at[name]
		switch {
		case name == "":
		case !slices.Contains(known, name):
			faults = append(faults, RowFault{1, columnName(i), "unknown-column", "Deze kolom is niet bekend. Haal haar weg, of geef haar een naam uit het voorbeeldbestand."})
		case twice:
			faults = append(faults, RowFault{1, name, "duplicate-column", "Deze kolom staat er twee keer. Haal er één weg."})
		default:
			s.at[name] = i
		}
	}
	for _, name := range sheetMust {
		if _, ok := s.at[name]; !ok {
			faults = append(faults, RowFault{1, name, "missing-column", "Deze kolom ontbreekt. Voeg haar toe."})
		}
	}
	return s, faults
}

// columnName names a column as spreadsheets do: A, B, … AA.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return "kolom " + name
}

// Content reads a row, and says all that is wrong with it.
func (s Sheet) Content(row int, cells []string) (BankContent, []RowFault) {
	r := sheetRow{s, cells, row, nil}
	c := BankContent{Format: BankFormat, Product: r.cell("product"), Language: r.cell("taal"), Question: Question{
		ID: QuestionID(r.cell("kenmerk")), Element: Element(r.cell("onderdeel")), Family: r.cell("familie"), Kind: r.cell("soort"), Side: r.cell("kant"),
		Fixed: Fixed(r.cell("vaste vraag")), Source: r.cell("bron"), Scenario: r.cell("situatie"), Text: r.cell("vraag"), Right: r.cell("juist omdat"),
	}}
	if c.Language == "" {
		c.Language = "nl"
	}
	c.Question.Weight = r.number("gewicht", 0, 10)
	c.Question.Knockout = r.yes("knock-out")
	right := r.number("juist antwoord", 1, MaxOptions)
	ended := 0
	for n := 1; n <= MaxOptions; n++ {
		o := Option{ID: OptionID(r.cell(fmt.Sprintf("kenmerk %d", n))), Text: r.cell(fmt.Sprintf("antwoord %d", n)), Wrong: r.cell(fmt.Sprintf("fout omdat %d", n)), Right: n == right}
		if o.Text == "" && o.Wrong == "" {
			if ended == 0 {
				ended = n
			}
			continue
		}
		if ended > 0 {
			r.wrong(fmt.Sprintf("antwoord %d", ended), "gap", "Vul de antwoorden op volgorde in: dit antwoord is leeg en een later niet.")
			ended = 0
		}
		if o.ID == "" {
			o.ID = OptionID("abcdef"[n-1 : n])
		}
		c.Question.Options = append(c.Question.Options, o)
	}
	c = c.tidy()
	for _, d := range c.Check() {
		column := sheetColumn(d.Pointer)
		if column == "juist antwoord" && r.told(column) {
			continue
		}
		if !r.told(column) {
			r.wrong(column, d.Reason, d.Text)
		}
	}
	return c, r.faults
}

type sheetRow struct {
	sheet  Sheet
	cells  []string
	row    int
	faults []RowFault
}

func (r *sheetRow) cell(name string) string {
	i, ok := r.sheet.at[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(r.cells[i], "\r\n", "\n"))
}

func (r *sheetRow) wrong(column, code, text string) {
	r.faults = append(r.faults, RowFault{r.row, column, code, text})
}

func (r *sheetRow) told(column string) bool {
	return slices.ContainsFunc(r.faults, func(f RowFault) bool { return f.Column == column })
}

func (r *sheetRow) number(name string, low, high int) int {
	n, err := strconv.Atoi(r.cell(name))
	if err != nil || n < low || n > high {
		r.wrong(name, "no-number", fmt.Sprintf("Vul een heel getal van %d tot en met %d in.", low, high))
	}
	return n
}

func (r *sheetRow) yes(name string) bool {
	switch strings.ToLower(r.cell(name)) {
	case "ja":
		return true
	case "", "nee":
	default:
		r.wrong(name, "invalid-value", "Vul ja of nee in.")
	}
	return false
}

// sheetColumn is the column in which a place of the question stands.
func sheetColumn(pointer string) string {
	names := map[string]string{
		"/id": "kenmerk", "/product": "product", "/language": "taal", "/element": "onderdeel", "/family": "familie", "/kind": "soort", "/side": "kant", "/weight": "gewicht",
		"/fixed": "vaste vraag", "/source": "bron", "/scenario": "situatie", "/text": "vraag", "/right_because": "juist omdat", "/options": "juist antwoord",
	}
	part := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if len(part) != 3 {
		return names[pointer]
	}
	n, _ := strconv.Atoi(part[1])
	return fmt.Sprintf("%s %d", map[string]string{"id": "kenmerk", "text": "antwoord", "wrong_because": "fout omdat"}[part[2]], n+1)
}

// FromTest returns the questions of a test as the bank holds them. Tests of
// several products may use one id; in the bank it belongs to the first, and the
// next takes the first word of its test behind it.
func FromTest(t Test) (list []Import) {
	word, _, _ := strings.Cut(t.ID, "-")
	for i, q := range t.Questions {
		list = append(list, Import{Row: i + 1, Content: BankContent{BankFormat, t.Product, t.Language, q}.tidy(), Else: q.ID + "-" + QuestionID(word)})
	}
	return list
}

// BankFileFaults turns what ReadBank says of a file into faults of rows.
func BankFileFaults(err error) []RowFault {
	f := fault.As(err)
	if f == nil {
		return nil
	}
	list := []RowFault{}
	for _, d := range f.Details {
		list = append(list, RowFault{d.Line, d.Pointer, d.Reason, d.Text})
	}
	return list
}
