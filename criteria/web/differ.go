package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A diffPage shows what a version, or the words of now, changes.
type diffPage struct {
	criteria.Comparison
	frame    site.Work
	name     string
	version  int // 0 for the words of now
	faults   bool
	example  string
	pasted   string
	id       string
	day      string
	problems []site.Problem
	effect   *criteria.Effect
	books    []criteria.Portfolio // with data, for who may see them; the one loaded last first
	book     string               // id of the one that was chosen
}

// bookChoices are the portfolios on which the effect can be shown.
func (d diffPage) bookChoices() (list []site.Choice) {
	for _, b := range d.books {
		f := b.Newest()
		list = append(list, site.Choice{Value: b.ID, Text: b.Name + " (" + contracts(f.Loaded.Rows) + ", geladen op " + calendar.Of(f.At).Dutch() + ")"})
	}
	return list
}

// booksOf are the portfolios with data, for who may see them.
func (p pages) booksOf(r *http.Request, who staff.Session) (list []criteria.Portfolio, err error) {
	if !who.May(staff.SeeRuns) {
		return nil, nil
	}
	all, err := p.books.Portfolios(r.Context(), who.Actor())
	for _, b := range all {
		if b.Removed == nil {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b criteria.Portfolio) int { return b.Newest().At.Compare(a.Newest().At) })
	return list, err
}

// diffPath leads to what a version changes; 0 are the words of now.
func diffPath(name string, version int) string {
	if version == 0 {
		return setPath(name) + "/verschillen"
	}
	return setPath(name) + "/verschillen?versie=" + strconv.Itoa(version)
}

func (d diffPage) problem(name string) string {
	for _, p := range d.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

// otherRules are the rules that do not, or not surely, mean the same.
func (d diffPage) otherRules() (list []criteria.RuleSameness) {
	for _, r := range d.Rules {
		if !r.Same {
			list = append(list, r)
		}
	}
	return list
}

func (p pages) diffPage(r *http.Request, who staff.Session) (d diffPage, err error) {
	d = diffPage{name: r.PathValue("naam"), id: "id"}
	title := "Verschillen met de vorige versie"
	if v := r.URL.Query().Get("versie"); v != "" {
		if d.version, err = strconv.Atoi(v); err != nil || d.version < 1 {
			return d, fault.New(fault.NotFound, "unknown-set-version", "")
		}
		title = "Verschillen van versie " + v + " met de vorige"
	}
	d.Comparison, err = p.desk.Compare(r.Context(), who.Actor(), d.name, d.version)
	if fault.Is(err, fault.Invalid) {
		d.faults, err = true, nil
	}
	if err != nil {
		return d, err
	}
	d.frame = p.below(r, who, title)
	if !d.faults {
		d.example, d.day = columnsOf(d.After), d.After.FirstDay(p.desk.Today()).String()
		d.books, err = p.booksOf(r, who)
	}
	return d, err
}

func (p pages) showDiff(r *http.Request, who staff.Session) (site.Reply, error) {
	d, err := p.diffPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, setDiff(d)), nil
}

// measure shows what moves among contracts that somebody brings.
func (p pages) measure(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseMultipartForm(mostMemory); err != nil && err != http.ErrNotMultipart {
		return nil, err
	}
	d, err := p.diffPage(r, who)
	if err != nil {
		return nil, err
	}
	if d.faults {
		return site.Page(http.StatusUnprocessableEntity, setDiff(d)), nil
	}
	if r.PostForm.Has("portefeuille") {
		return p.measureBook(r, who, d)
	}
	d.pasted, d.id, d.day = r.PostFormValue("gegevens"), strings.TrimSpace(r.PostFormValue("kenmerk")), strings.TrimSpace(r.PostFormValue("dag"))
	data, err := sampled(r)
	if err != nil {
		return nil, err
	}
	day, err := calendar.Parse(d.day)
	if err != nil {
		d.problems = append(d.problems, site.Problem{Field: "dag", Text: "Kies een dag waarop de regelset geldt."})
	}
	if strings.TrimSpace(string(data)) == "" {
		d.problems = append(d.problems, site.Problem{Field: "gegevens", Text: "Plak de gegevens in het vak, of kies een CSV-bestand."})
	}
	if len(d.problems) == 0 {
		d.effect, err = p.desk.Measure(r.Context(), who.Actor(), criteria.Measure{Name: d.name, Version: d.version, Sample: data, ID: d.id, Day: day})
		if d.problems, err = sampleProblems(err); err != nil {
			return nil, err
		}
	}
	if d.frame.Failed = len(d.problems) > 0; d.frame.Failed {
		return site.Page(http.StatusUnprocessableEntity, setDiff(d)), nil
	}
	return site.Page(http.StatusOK, setDiff(d)), nil
}

// measureBook shows what moves in a portfolio.
func (p pages) measureBook(r *http.Request, who staff.Session, d diffPage) (site.Reply, error) {
	if !who.May(staff.SeeRuns) {
		return nil, fault.New(fault.Denied, "not-allowed", "")
	}
	d.book, d.day = r.PostFormValue("portefeuille"), strings.TrimSpace(r.PostFormValue("dag-portefeuille"))
	status := http.StatusOK
	day, err := calendar.Parse(d.day)
	if err != nil || !d.After.InForce(day) {
		d.problems = []site.Problem{{Field: "dag-portefeuille", Text: "Kies een dag waarop de regelset geldt."}}
	} else if d.effect, err = p.books.Effect(r.Context(), who.Actor(), d.book, d.Before, d.After, day); fault.Has(err, criteria.Misfit) {
		d.problems = []site.Problem{{Field: "portefeuille", Text: "De velden van deze portefeuille passen niet bij een van beide versies. Kies een andere portefeuille, of plak hieronder contracten."}}
	} else if err != nil {
		return nil, err
	}
	if d.frame.Failed = len(d.problems) > 0; d.frame.Failed {
		status = http.StatusUnprocessableEntity
	}
	return site.Page(status, setDiff(d)), nil
}

// columnsOf is the first line of a sample for a set.
func columnsOf(p *criteria.Program) string {
	names := []string{"id"}
	for _, c := range p.Fields() {
		if !c.Run {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ";")
}

func sameTag(s criteria.Sameness) site.Tag {
	switch {
	case s.Same:
		return site.Tag{Tone: site.Good, Text: "Hetzelfde"}
	case s.Decided:
		return site.Tag{Tone: site.Warn, Text: "Anders"}
	}
	return site.Tag{Tone: site.Info, Text: "Niet beslist"}
}

// either is the fuller of two descriptions of one contract.
func either(before, after string) string {
	switch {
	case len(after) >= len(before) && after != "":
		return after
	case before != "":
		return before
	}
	return "elk contract"
}

func contractCount(n int) string { return count(n, "contract", "contracten") }

// movesTable counts contracts by category before and after.
func movesTable(e *criteria.Effect) site.Table {
	t := site.Table{Caption: "Contracten van categorie naar categorie", Columns: []site.Column{{Name: "Was"}}}
	for _, c := range e.After {
		t.Columns = append(t.Columns, site.Column{Name: "Wordt " + c, Kind: "number"})
	}
	for i, c := range e.Before {
		row := []site.Cell{{Text: c}}
		for _, n := range e.Moved[i] {
			row = append(row, site.Cell{Text: strconv.Itoa(n)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// movedTable names the contracts that move.
func movedTable(e *criteria.Effect) site.Table {
	moved := 0
	for from, row := range e.Moved {
		for to, n := range row {
			if e.Before[from] != e.After[to] {
				moved += n
			}
		}
	}
	t := site.Table{
		Caption: "Contracten die van categorie veranderen, de eerste " + strconv.Itoa(len(e.List)) + " van " + strconv.Itoa(moved), Empty: "Geen contract verandert van categorie.",
		Columns: []site.Column{{Name: "Contract"}, {Name: "Was"}, {Name: "Wordt"}},
	}
	for _, m := range e.List {
		t.Rows = append(t.Rows, []site.Cell{{Text: m.ID}, {Text: e.Before[m.From]}, {Text: e.After[m.To]}})
	}
	return t
}
