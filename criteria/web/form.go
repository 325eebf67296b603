package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

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

// A ruleRow is a rule as the form shows it.
type ruleRow struct {
	at    string // "rules-0"
	rule  criteria.Rule
	lines []criteria.Condition
	plain bool // its condition is lines that all must hold
}

func (f formPage) rules() (list []ruleRow) {
	for i, r := range f.program.Set().Rules {
		row := ruleRow{at: fmt.Sprintf("rules-%d", i), rule: r}
		row.lines, row.plain = criteria.Split(r.When)
		for j, c := range row.lines {
			if k := f.program.Field(c.Left); k >= 0 {
				row.lines[j].Right = f.program.Fields()[k].Type.Filled(c.Right)
			}
		}
		list = append(list, row)
	}
	return list
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

// placed leads each fault of the text to a field of the form.
func (f formPage) placed(err error, r *http.Request) (list []site.Problem) {
	problems, _ := problemsOf(err)
	s := f.program.Set()
	for _, p := range problems {
		p.Field = strings.NewReplacer(
			fmt.Sprintf("fields-%d-", len(s.Fields)), "new-field-", fmt.Sprintf("thresholds-%d-", len(s.Thresholds)), "new-threshold-", fmt.Sprintf("rules-%d-", len(s.Rules)), "new-rule-",
		).Replace(p.Field)
		if strings.HasSuffix(p.Field, "-when") && !r.PostForm.Has(p.Field) { // a condition of lines: the first is where to look
			p.Field = strings.TrimSuffix(p.Field, "when") + "left-0"
		}
		if !r.PostForm.Has(p.Field) {
			p.Field = ""
		}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// edits are the values that differ from what the text says.
func (f formPage) edits(r *http.Request) (list []criteria.Edit) {
	change := func(name, said string) {
		if v := strings.TrimSpace(r.PostFormValue(name)); r.PostForm.Has(name) && v != said {
			list = append(list, criteria.Edit{Pointer: "/" + strings.ReplaceAll(name, "-", "/"), Value: v})
		}
	}
	s := f.program.Set()
	change("title", s.Title)
	change("from", s.From.String())
	change("through", dayText(s))
	for i, x := range s.Fields {
		at := fmt.Sprintf("fields-%d-", i)
		change(at+"from", x.From)
		change(at+"through", x.Through)
		change(at+"question", x.Question)
	}
	for i, x := range s.Thresholds {
		change(fmt.Sprintf("thresholds-%d-value", i), x.Value)
	}
	for i, row := range f.rules() {
		at := row.at + "-"
		change(at+"category", row.rule.Category)
		change(at+"reason", row.rule.Reason)
		change(at+"norm", string(row.rule.Norm))
		if !row.plain {
			change(at+"when", row.rule.When)
		} else if said, _ := criteria.Format(row.rule.When); r.PostForm.Has(at + "left-0") {
			if when := f.when(r, at, len(row.lines)+1); when != said {
				list = append(list, criteria.Edit{Pointer: fmt.Sprintf("/rules/%d/when", i), Value: when})
			}
		}
	}
	return append(list, f.added(r)...)
}

// when writes the lines of a condition as text.
func (f formPage) when(r *http.Request, at string, lines int) string {
	var list []criteria.Condition
	for i := range lines {
		value := func(part string) string {
			return strings.TrimSpace(r.PostFormValue(fmt.Sprintf("%s%s-%d", at, part, i)))
		}
		c := criteria.Condition{Left: value("left"), Op: value("op"), Right: value("right")}
		if c.Left == "" {
			continue
		}
		if k := f.program.Field(c.Left); k >= 0 && c.Right != "" {
			c.Right = f.program.Fields()[k].Type.Literal(c.Right)
			if c.Op == "in" && strings.HasPrefix(c.Right, `"`) {
				c.Right = "[" + c.Right + "]"
			}
		}
		list = append(list, c)
	}
	return criteria.Join(list)
}

// added are the new field, threshold and rule, where somebody named one.
func (f formPage) added(r *http.Request) (list []criteria.Edit) {
	add := func(pointer, at, named string, keys ...string) {
		if strings.TrimSpace(r.PostFormValue(at+named)) == "" {
			return
		}
		e := criteria.Edit{Pointer: pointer}
		for _, k := range keys {
			v := strings.TrimSpace(r.PostFormValue(at + k))
			if k == "when" {
				v = f.when(r, at, 2)
			}
			e.Keys = append(e.Keys, [2]string{k, v})
		}
		list = append(list, e)
	}
	add("/fields/-", "new-field-", "name", "name", "type", "from", "through", "values", "question")
	add("/thresholds/-", "new-threshold-", "name", "name", "value")
	add("/rules/-", "new-rule-", "id", "id", "category", "when", "reason", "norm")
	return list
}

func dayText(s criteria.Set) string {
	if s.Through == nil {
		return ""
	}
	return s.Through.String()
}
