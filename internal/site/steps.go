package site

import (
	"strconv"

	"github.com/a-h/templ"

	"zorgplicht/internal/fault"
)

// A Step is a form that does one thing. Its parts are of the types Hidden, Field, Area,
// Select, Radios, Checks and Lead, in the order of the page.
type Step struct {
	Name    string // of the step: "beoordeling"
	Action  string // path that it is sent to
	Heading string // what it does; under it the form is folded away, "" shows it at once
	Button  string
	Parts   []any
	Open    bool // not folded away
}

// Hidden is a value that goes along with a form.
type Hidden struct{ Name, Value string }

// A Lead is a sentence in a form.
type Lead string

// Checks is one question with answers of which several can be chosen. The first box
// has the id name, the others name-value.
type Checks struct {
	Name    string
	Legend  string
	Hint    string
	Choices []Choice
	Chosen  []string
	Problem string
}

// Again is the step as it came back: with what was sent and what is wrong with it.
func (s Step) Again(sent func(string) []string, problems []Problem) Step {
	first := func(name string) string {
		if v := sent(name); len(v) > 0 {
			return v[0]
		}
		return ""
	}
	wrong := func(name string) string {
		for _, p := range problems {
			if p.Field == name {
				return p.Text
			}
		}
		return ""
	}
	parts := make([]any, len(s.Parts))
	for i, p := range s.Parts {
		switch p := p.(type) {
		case Field:
			p.Value, p.Problem = first(p.Name), wrong(p.Name)
			parts[i] = p
		case Area:
			p.Value, p.Problem = first(p.Name), wrong(p.Name)
			parts[i] = p
		case Select:
			p.Chosen, p.Problem = first(p.Name), wrong(p.Name)
			parts[i] = p
		case Radios:
			p.Chosen, p.Problem = first(p.Name), wrong(p.Name)
			parts[i] = p
		case Checks:
			p.Chosen, p.Problem = sent(p.Name), wrong(p.Name)
			parts[i] = p
		default:
			parts[i] = p
		}
	}
	s.Parts, s.Open = parts, true
	return s
}

// part is one part of a form as it is shown.
func part(p any) templ.Component {
	switch p := p.(type) {
	case Field:
		return Fill(p)
	case Area:
		return Write(p)
	case Select:
		return Choose(p)
	case Radios:
		return Ask(p)
	case Checks:
		return check(p)
	case Hidden:
		return hidden(p)
	case Lead:
		return lead(string(p))
	}
	return templ.NopComponent
}

// A Note is a box on a page, with lines under its heading.
type Note struct {
	Tone    Tone
	Heading string
	Lines   []string
	Way     Link // where to go on; may be empty
}

// A Passage is text that people typed, under a heading.
type Passage struct {
	Heading string
	Text    string
}

// A Record is the page of one thing that is kept: notes, what it is, in words, in
// tables, what can be done with it, and what lies under it.
type Record struct {
	Frame    Work
	Problems []Problem
	Buttons  []Button
	Notes    []Note
	Terms    []Term
	Passages []Passage
	Tables   []Table
	Figures  []templ.Component // drawn below the tables
	Steps    []Step
	ToDo     templ.Component // what must be done, above the tables; may be nil
	Under    templ.Component // may be nil
}

// A Listing is the page of a list: what can be done, a form that narrows it, the rows,
// the way to the other rows, and to the same list as a file.
type Listing struct {
	Frame   Work
	Notes   []Note
	Buttons []Button
	Path    string
	Search  string // what the form is for, for those who hear it
	Filter  []any  // as the parts of a Step
	Table   Table
	Turn    Pages
	Files   Files
}

// Files are the addresses of a list as a file, and of where it is kept as a search; ""
// where there is none.
type Files struct{ CSV, XLSX, PDF, JSON, Keep string }

// links are those to the files, each with what goes before it.
func (f Files) links() (all []Link) {
	for _, one := range []Link{{Text: "CSV", Href: f.CSV}, {Text: "Excel", Href: f.XLSX}, {Text: "PDF", Href: f.PDF}, {Text: "JSON", Href: f.JSON}} {
		if one.Href != "" {
			all = append(all, one)
		}
	}
	return all
}

// after is what stands behind item i of n in a sentence.
func after(i, n int) string {
	switch i {
	case n - 1:
		return ". "
	case n - 2:
		return " of "
	}
	return ", "
}

// Refused turns what is wrong with an input into problems of the page's fields, by
// pointer; ok is false for any other error.
func Refused(err error, fields map[string]string) (problems []Problem, ok bool) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		return nil, false
	}
	for _, d := range f.Details {
		problems = append(problems, Problem{Field: fields[d.Pointer], Text: d.Text})
	}
	return problems, true
}

// Turning is the way through a list of n rows, size a page, of which this page begins
// at from; at gives the address of the page that begins elsewhere.
func Turning(about string, from, n, size int, at func(from int) string) Pages {
	p := Pages{About: about, Shown: "Geen " + about}
	if n > 0 {
		p.Shown = strconv.Itoa(from+1) + " tot en met " + strconv.Itoa(min(from+size, n)) + " van " + strconv.Itoa(n)
	}
	if from > 0 {
		p.First, p.Previous = at(0), at(max(0, from-size))
	}
	if from+size < n {
		p.Next = at(from + size)
	}
	return p
}

// WordOf is the text of the choice with this value, or none.
func WordOf(choices []Choice, value, none string) string {
	for _, c := range choices {
		if c.Value == value && value != "" {
			return c.Text
		}
	}
	return none
}
