package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

var happeningChoices = func() []site.Choice {
	list := []site.Choice{{Text: "Kies wat er gebeurde"}}
	for _, h := range appropriateness.Happenings {
		list = append(list, site.Choice{Value: string(h), Text: h.Dutch()})
	}
	return list
}()

// sequelTable lists what was told of the attempt.
func (f filePage) sequelTable() site.Table {
	t := site.Table{
		Caption: "Wat er na de toets van de klant is geworden", Hidden: true, Empty: "Er is nog niets over vastgelegd.",
		Columns: []site.Column{{Name: "Wat er gebeurde"}, {Name: "Dag", Kind: "date"}},
	}
	mend := f.who.May(staff.TellSequels)
	if mend {
		t.Columns = append(t.Columns, site.Column{Name: "Klopt het niet?"})
	}
	for _, s := range f.sequels {
		row := []site.Cell{{Text: s.What.Dutch()}, {Text: s.Day.Dutch()}}
		if mend {
			q := url.Values{"vervolg": {string(s.What)}, "dag": {s.Day.String()}}
			row = append(row, site.Cell{Text: "Intrekken", Href: address(withdrawPath(f.ID), q)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// dutchDay is a day as people read it.
func dutchDay(day string) string {
	d, err := calendar.Parse(day)
	if err != nil {
		return day
	}
	return d.Dutch()
}

// tell keeps one sequel of one attempt. What is wrong with it stands on a page of its
// own, since the page of the attempt asks for more rights.
func (p evaluationPages) tell(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fault.Because(fault.Invalid, "bad-form", err)
	}
	row := appropriateness.SequelRow{Attempt: appropriateness.AttemptID(r.PathValue("id")), What: appropriateness.Happening(r.PostForm.Get("vervolg")), Day: r.PostForm.Get("dag")}
	report, err := p.desk.ReportSequels(r.Context(), who.Actor(), []appropriateness.SequelRow{row}, false)
	if err != nil {
		return nil, err
	}
	if len(report.Faults) == 0 {
		return site.SeeOther(attemptPath(row.Attempt) + "#vervolgen"), nil
	}
	if slices.ContainsFunc(report.Faults, func(f appropriateness.RowFault) bool { return f.Code == "unknown-attempt" }) {
		return nil, fault.New(fault.NotFound, "unknown-attempt", string(row.Attempt))
	}
	x := p.sequelPage(r, who)
	x.frame.Trail = append(x.frame.Trail, site.Link{Text: "Toetspoging", Href: attemptPath(row.Attempt)})
	return x.refused(report.Faults), nil
}

// A sequelPage is the import of sequels, before and after.
type sequelPage struct {
	frame    site.Work
	problems []site.Problem
	faults   []appropriateness.RowFault
	report   appropriateness.SequelReport
	done     bool
}

func (p evaluationPages) sequelPage(r *http.Request, who staff.Session) sequelPage {
	x := sequelPage{frame: p.guard.Frame(r, who, "Vervolg van klanten vastleggen")}
	x.frame.Wide = true
	x.frame.Trail = []site.Link{{Text: "Evaluaties", Href: evaluationsPath}}
	return x
}

func (x sequelPage) refused(faults []appropriateness.RowFault) site.Reply {
	x.faults, x.frame.Failed = faults, true
	x.problems = []site.Problem{{Field: "bestand", Text: "Er is niets vastgelegd. Verbeter " + count(len(faults), "fout", "fouten") + " en probeer het opnieuw."}}
	return site.Page(http.StatusBadRequest, sequelImport(x))
}

func (p evaluationPages) showImport(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, sequelImport(p.sequelPage(r, who))), nil
}

// importFile keeps all rows of a file, or none.
func (p evaluationPages) importFile(r *http.Request, who staff.Session) (site.Reply, error) {
	x := p.sequelPage(r, who)
	sent, err := readParts(r)
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return nil, err
	}
	if err != nil || sent["bestand"] == "" {
		return x.refused([]appropriateness.RowFault{{Code: "file-missing", Text: "Kies een bestand in CSV of XLSX."}}), nil
	}
	rows, faults := readSequels([]byte(sent["bestand"]))
	if len(faults) > 0 && rows == nil {
		return x.refused(faults), nil
	}
	report, err := p.desk.ReportSequels(r.Context(), who.Actor(), rows, len(faults) > 0)
	if err != nil {
		return nil, err
	}
	if faults = append(faults, report.Faults...); len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b appropriateness.RowFault) int { return a.Row - b.Row })
		return x.refused(faults), nil
	}
	x.report, x.done = report, true
	return site.Page(http.StatusOK, sequelImport(x)), nil
}

// readSequels reads the rows of a file, with what is wrong with the file itself; no
// rows where nothing of it can be read.
func readSequels(file []byte) (rows []appropriateness.SequelRow, faults []appropriateness.RowFault) {
	at := map[string]int{}
	err := table.Read(file, appropriateness.SequelsMost+1, func(rec table.Record) error {
		if len(at) == 0 {
			for i, name := range rec.Cells {
				at[strings.ToLower(strings.TrimSpace(name))] = i
			}
			for _, name := range []string{"vervolg", "dag"} {
				if _, ok := at[name]; !ok {
					faults = append(faults, appropriateness.RowFault{Row: rec.Row, Column: name, Code: "column-missing", Text: "Deze kolom ontbreekt. Zet de naam van de kolom in de eerste regel."})
				}
			}
			if _, ok := at["poging"]; !ok {
				if _, ok = at["klant"]; !ok {
					faults = append(faults, appropriateness.RowFault{Row: rec.Row, Column: "poging", Code: "column-missing", Text: "Geef de kolom poging, of de kolommen klant en toets."})
				}
			}
			return nil
		}
		for _, place := range rec.Formulas {
			faults = append(faults, appropriateness.RowFault{Row: rec.Row, Column: headingAt(at, place), Code: "formula", Text: "Deze cel bevat een formule. Plak de waarde in plaats van de formule."})
		}
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(rec.Cells) {
				return strings.Clone(strings.TrimSpace(rec.Cells[i]))
			}
			return ""
		}
		rows = append(rows, appropriateness.SequelRow{
			Row: rec.Row, Attempt: appropriateness.AttemptID(cell("poging")), Reference: cell("klant"), TestID: cell("toets"),
			What: happeningOf(cell("vervolg")), Day: cell("dag"),
		})
		return nil
	})
	switch {
	case errors.Is(err, table.ErrTooMany):
		return nil, []appropriateness.RowFault{{Code: "too-many", Text: "Geef hooguit " + strconv.Itoa(appropriateness.SequelsMost) + " regels in één bestand. Verdeel het over meer bestanden."}}
	case err != nil:
		return nil, []appropriateness.RowFault{{Code: "file-unread", Text: "Dit bestand is niet te lezen. Bewaar het als CSV (UTF-8) of XLSX en probeer het opnieuw."}}
	case len(rows) == 0 && len(faults) == 0:
		return nil, []appropriateness.RowFault{{Code: "file-empty", Text: "Dit bestand heeft geen regels onder de eerste. Zet in elke regel een klant."}}
	}
	return rows, faults
}

func headingAt(at map[string]int, place int) string {
	for name, i := range at {
		if i == place {
			return name
		}
	}
	return ""
}

// happeningOf reads a happening by its code or by its Dutch words.
func happeningOf(text string) appropriateness.Happening {
	for _, h := range appropriateness.Happenings {
		if strings.EqualFold(text, string(h)) || strings.EqualFold(text, h.Dutch()) {
			return h
		}
	}
	return appropriateness.Happening(text)
}

func (x sequelPage) doneText() string {
	return count(x.report.New, "regel", "regels") + " vastgelegd; " + count(x.report.Known, "regel", "regels") + " al bekend."
}

func (x sequelPage) table() site.Table {
	t := site.Table{Caption: "Fouten", Columns: []site.Column{{Name: "Regel", Kind: "number"}, {Name: "Kolom"}, {Name: "Code", Kind: "code"}, {Name: "Wat u kunt doen"}}}
	for _, f := range x.faults {
		row := "–"
		if f.Row > 0 {
			row = strconv.Itoa(f.Row)
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: row}, {Text: orNone(f.Column)}, {Text: f.Code}, {Text: f.Text}})
	}
	return t
}

func (x sequelPage) words() site.Table {
	t := site.Table{Caption: "Vervolg", Hidden: true, Columns: []site.Column{{Name: "Vervolg"}, {Name: "Code", Kind: "code"}}}
	for _, h := range appropriateness.Happenings {
		t.Rows = append(t.Rows, []site.Cell{{Text: h.Dutch()}, {Text: string(h)}})
	}
	return t
}

// evaluationTerms tell an evaluation.
func evaluationTerms(e appropriateness.Evaluated, by, confirmed string) []site.Term {
	second := "Nog niet: een tweede persoon moet haar bevestigen."
	if e.ConfirmedBy != "" {
		second = confirmed
	}
	action := "Geen reden om de distributiestrategie te herzien."
	if e.Action != "" {
		action = "Herzie het productdistributieproces."
	}
	return []site.Term{
		{Name: "Geschreven door", Text: by},
		{Name: "Bevestigd door", Text: second},
		{Name: "Versie", Body: site.Code(e.Test.String()[:12])},
		{Name: "Klanten", Text: strconv.Itoa(e.Judged) + " beoordeeld, " + strconv.Itoa(e.Followed) + " gevolgd, " + strconv.Itoa(e.Signal) + " met een signaal"},
		{Name: "Conclusie", Text: e.Conclusion},
		{Name: "Maatregelen", Text: e.Measures},
		{Name: "Verkocht buiten de doelgroep", Text: outsideWord(e.Outside) + ". " + action},
		{Name: "Volgende evaluatie", Text: "Vóór " + e.Next.Dutch()},
	}
}
