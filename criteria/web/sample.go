package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

// A samplePage holds the words of a set against a sample.
type samplePage struct {
	frame    site.Work
	name     string
	saw      int
	ready    bool // the words have no fault
	example  string
	pasted   string
	id       string
	day      string
	problems []site.Problem
	done     bool
	tried    criteria.Tried
}

func (s samplePage) problem(name string) string {
	for _, p := range s.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

func (p pages) samplePage(r *http.Request, who staff.Session) (s samplePage, err error) {
	f, err := p.desk.File(r.Context(), who.Actor(), r.PathValue("naam"))
	if err != nil {
		return s, err
	}
	s = samplePage{frame: p.below(r, who, "Proberen op een steekproef"), name: f.Name, saw: f.Draft.Revision, id: "id"}
	if program := criteria.LookAt(f.Draft.Text).Program; program != nil {
		s.ready = true
		s.example, s.day = columnsOf(program), program.FirstDay(p.desk.Today()).String()
	}
	return s, nil
}

func (p pages) showSample(r *http.Request, who staff.Session) (site.Reply, error) {
	s, err := p.samplePage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, sampleSet(s)), nil
}

// mostMemory is what of an uploaded file is held in memory.
const mostMemory = 1 << 20

func (p pages) sample(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseMultipartForm(mostMemory); err != nil && err != http.ErrNotMultipart {
		return nil, err
	}
	s, err := p.samplePage(r, who)
	if err != nil {
		return nil, err
	}
	s.saw, s.pasted, s.id, s.day = seen(r), r.PostFormValue("gegevens"), strings.TrimSpace(r.PostFormValue("kenmerk")), strings.TrimSpace(r.PostFormValue("dag"))
	data, err := sampled(r)
	if err != nil {
		return nil, err
	}
	day, err := calendar.Parse(s.day)
	switch {
	case err != nil:
		s.problems = []site.Problem{{Field: "dag", Text: "Kies een dag waarop de regelset geldt."}}
	case strings.TrimSpace(string(data)) == "":
		s.problems = []site.Problem{{Field: "gegevens", Text: "Plak de gegevens in het vak, of kies een CSV-bestand."}}
	default:
		s.tried, err = p.desk.Try(r.Context(), who.Actor(), criteria.Trying{Name: s.name, Saw: s.saw, Sample: data, ID: s.id, Day: day})
		if s.problems, err = sampleProblems(err); err != nil {
			return nil, err
		}
		s.done = len(s.problems) == 0
	}
	if !s.done {
		s.frame.Failed = true
		return site.Page(http.StatusUnprocessableEntity, sampleSet(s)), nil
	}
	return site.Page(http.StatusOK, sampleSet(s)), nil
}

// sampled are the bytes of the file that was chosen, or else of what was pasted.
func sampled(r *http.Request) ([]byte, error) {
	file, _, err := r.FormFile("bestand")
	if err != nil { // no file: what was pasted
		return []byte(r.PostFormValue("gegevens")), nil
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if len(b) == 0 {
		b = []byte(r.PostFormValue("gegevens"))
	}
	return b, err
}

// sampleProblems leads the faults of a file to the field it was pasted in.
func sampleProblems(err error) ([]site.Problem, error) {
	if err == nil {
		return nil, nil
	}
	list, err := problemsOf(err)
	if err != nil {
		return nil, err
	}
	for i := range list {
		switch {
		case list[i].Field == "day":
			list[i].Field = "dag"
		case list[i].Field != "":
			list[i].Field, list[i].Text = "gegevens", text.Capital(list[i].Field)+": "+list[i].Text
		}
	}
	return list, nil
}

// shownRows is how many contracts a page shows; the counts are of all.
const shownRows = 50

func (s samplePage) counts() site.Table {
	t := site.Table{Caption: "Contracten per categorie", Columns: []site.Column{{Name: "Categorie"}, {Name: "Contracten", Kind: "number"}}}
	for i, c := range s.tried.Program.Set().Categories {
		t.Rows = append(t.Rows, []site.Cell{{Text: c}, {Text: strconv.Itoa(s.tried.Trial.Categories[i])}})
	}
	return t
}

func (s samplePage) rules() site.Table {
	t := site.Table{Caption: "Contracten per regel", Columns: []site.Column{{Name: "Regel"}, {Name: "Categorie"}, {Name: "Contracten", Kind: "number"}}}
	for i, r := range s.tried.Program.Set().Rules {
		t.Rows = append(t.Rows, []site.Cell{{Text: r.ID}, {Text: r.Category}, {Text: strconv.Itoa(s.tried.Trial.Rules[i])}})
	}
	return t
}

func (s samplePage) rows() site.Table {
	t := site.Table{
		Caption: "Contracten, de eerste " + strconv.Itoa(min(shownRows, len(s.tried.Rows))) + " van " + strconv.Itoa(len(s.tried.Rows)),
		Columns: []site.Column{{Name: "Contract"}, {Name: "Categorie"}, {Name: "Redenen"}}, Empty: "Geen enkele rij was goed.",
	}
	set := s.tried.Program.Set()
	for _, r := range s.tried.Rows[:min(shownRows, len(s.tried.Rows))] {
		category := set.Categories[r.Category]
		if r.Highest != r.Category {
			category += ", misschien " + set.Categories[r.Highest]
		}
		var why []string
		for i, truth := range r.Truths {
			if truth == criteria.Yes {
				why = append(why, set.Rules[i].ID+": "+s.tried.Program.Reason(i, r.Row))
			}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: r.ID}, {Text: category}, {Text: strings.Join(why, " ")}})
	}
	return t
}

func (s samplePage) wrong() site.Table {
	t := site.Table{Caption: "Foute rijen", Columns: []site.Column{{Name: "Regel van het bestand"}, {Name: "Kolom"}, {Name: "Wat er mis is"}}}
	for _, w := range s.tried.Wrong[:min(shownRows, len(s.tried.Wrong))] {
		t.Rows = append(t.Rows, []site.Cell{{Text: strconv.Itoa(w.Line)}, {Text: w.Column}, {Text: w.Text}})
	}
	return t
}
