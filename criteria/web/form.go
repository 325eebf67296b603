package web

import (
	"net/http"

	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A formPage shows the text of a set as fields to fill in. What it cannot show stays
// as it is in the text.
type formPage struct {
	frame    site.Work
	name     string
	saw      int
	program  *criteria.Program // of the text as it was kept; nil where it has faults
	filled   map[string]string
	problems []site.Problem
}

func (f formPage) problem(name string) string {
	for _, p := range f.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

// value is what was filled in, or else what the text says.
func (f formPage) value(name, said string) string {
	if v, ok := f.filled[name]; ok {
		return v
	}
	return said
}

func (f formPage) field(name, label, hint, said string, optional bool) site.Field {
	return site.Field{Name: name, Label: label, Hint: hint, Value: f.value(name, said), Problem: f.problem(name), Optional: optional}
}

func (f formPage) choose(name, label string, choices []site.Choice, said string) site.Select {
	return site.Select{Name: name, Label: label, Choices: choices, Chosen: f.value(name, said), Problem: f.problem(name)}
}

var opChoices = []site.Choice{
	{Value: "", Text: "–"},
	{Value: "ja", Text: "is ja"},
	{Value: "nee", Text: "is nee"},
	{Value: "==", Text: "is gelijk aan"},
	{Value: "!=", Text: "is niet gelijk aan"},
	{Value: "<", Text: "is kleiner dan"},
	{Value: "<=", Text: "is hooguit"},
	{Value: ">", Text: "is groter dan"},
	{Value: ">=", Text: "is ten minste"},
	{Value: "in", Text: "is een van"},
}

var typeChoices = []site.Choice{
	{Value: "number", Text: "getal"},
	{Value: "euro", Text: "bedrag"},
	{Value: "percent", Text: "percentage"},
	{Value: "months", Text: "maanden"},
	{Value: "days", Text: "dagen"},
	{Value: "date", Text: "datum"},
	{Value: "yesno", Text: "ja of nee"},
	{Value: "choice", Text: "een woord uit een lijst"},
	{Value: "choices", Text: "meer woorden uit een lijst"},
}

func (f formPage) categories() (list []site.Choice) {
	for _, c := range f.program.Set().Categories[1:] {
		list = append(list, site.Choice{Value: c, Text: c})
	}
	return list
}

func (p pages) formPage(r *http.Request, who staff.Session) (f formPage, text string, err error) {
	file, err := p.desk.File(r.Context(), who.Actor(), r.PathValue("naam"))
	if err != nil {
		return f, "", err
	}
	f = formPage{frame: p.below(r, who, "Formulier van "+titled(file.Title, file.Name)), name: file.Name, saw: file.Draft.Revision, program: criteria.LookAt(file.Draft.Text).Program, filled: map[string]string{}}
	if file.Draft.Asked != nil {
		f.problems = []site.Problem{{Text: refusals["set-asked"]}}
	}
	return f, file.Draft.Text, nil
}

func (p pages) showForm(r *http.Request, who staff.Session) (site.Reply, error) {
	f, _, err := p.formPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, setForm(f)), nil
}

// fill writes what was filled in into the text, and keeps it where it has no fault.
func (p pages) fill(r *http.Request, who staff.Session) (site.Reply, error) {
	f, text, err := p.formPage(r, who)
	if err != nil {
		return nil, err
	}
	refuse := func(problems []site.Problem) (site.Reply, error) {
		f.problems, f.frame.Failed = problems, true
		for name := range r.PostForm {
			f.filled[name] = r.PostFormValue(name)
		}
		return site.Page(http.StatusUnprocessableEntity, setForm(f)), nil
	}
	f.saw = seen(r)
	if f.program == nil {
		return refuse([]site.Problem{{Text: "Herstel eerst de fouten in de tekst."}})
	}
	file, err := p.desk.File(r.Context(), who.Actor(), f.name)
	if err != nil {
		return nil, err
	}
	if file.Draft.Revision != f.saw {
		return refuse([]site.Problem{{Text: refusals["set-changed"]}})
	}
	text, err = criteria.Rewrite(text, f.edits(r))
	if err == nil {
		l := criteria.LookAt(text)
		if len(l.Faults) > 0 {
			return refuse(f.placed(fault.All("invalid-set", l.Faults), r))
		}
		_, err = p.desk.Write(r.Context(), who.Actor(), criteria.Writing{Name: f.name, Purpose: file.Purpose, Text: text, Saw: f.saw})
	}
	if err == nil {
		return site.SeeOther(setPath(f.name)), nil
	}
	problems, err := problemsOf(err)
	if err != nil {
		return nil, err
	}
	return refuse(problems)
}
