package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

// A tryPage decides one case and explains it. Nothing of it is kept.
type tryPage struct {
	frame    site.Work
	name     string
	version  string // number of a version, "" for the words of now
	program  *criteria.Program
	day      string
	values   map[string]string
	problems []site.Problem
	decided  bool
	on       calendar.Date
	row      criteria.Row
	decision criteria.Decision
}

func (t tryPage) problem(name string) string {
	for _, p := range t.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

// valueField is the name of the form's field for a field of the catalogue.
func valueField(name string) string { return "waarde-" + name }

func (p pages) tryPage(r *http.Request, who staff.Session) (t tryPage, err error) {
	t = tryPage{name: r.PathValue("naam"), version: r.FormValue("versie"), values: map[string]string{}}
	title := "Proberen op één geval"
	if t.version != "" {
		n, err := strconv.Atoi(t.version)
		if err != nil {
			return t, fault.New(fault.NotFound, "unknown-set-version", "")
		}
		pub, err := p.desk.Version(r.Context(), who.Actor(), t.name, n)
		if err != nil {
			return t, err
		}
		t.program = pub.Program
		title += ": versie " + t.version
	} else {
		f, err := p.desk.File(r.Context(), who.Actor(), t.name)
		if err != nil {
			return t, err
		}
		t.program = criteria.LookAt(f.Draft.Text).Program
	}
	t.frame = p.below(r, who, title)
	return t, nil
}

func (p pages) showTry(r *http.Request, who staff.Session) (site.Reply, error) {
	t, err := p.tryPage(r, who)
	if err != nil {
		return nil, err
	}
	if t.program != nil {
		t.day = t.program.FirstDay(p.desk.Today()).String()
	}
	return site.Page(http.StatusOK, trySet(t)), nil
}

func (p pages) try(r *http.Request, who staff.Session) (site.Reply, error) {
	t, err := p.tryPage(r, who)
	if err != nil {
		return nil, err
	}
	if t.program == nil {
		return site.Page(http.StatusUnprocessableEntity, trySet(t)), nil
	}
	t.day = strings.TrimSpace(r.PostFormValue("dag"))
	given := map[string]string{}
	for _, f := range t.program.Fields() {
		v := strings.TrimSpace(strings.Join(r.PostForm[valueField(f.Name)], "|"))
		t.values[f.Name] = v
		if v != "" && !f.Run {
			given[f.Name] = v
		}
	}
	if t.on, err = calendar.Parse(t.day); err != nil || !t.program.InForce(t.on) {
		t.problems = append(t.problems, site.Problem{Field: "dag", Text: "Kies een dag waarop de regelset geldt: " + inForce(t.program.Set()) + "."})
	}
	row, err := t.program.Fill(t.on, given)
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			t.problems = append(t.problems, site.Problem{Field: valueField(strings.TrimPrefix(d.Pointer, "/values/")), Text: d.Text})
		}
	}
	if len(t.problems) > 0 {
		t.frame.Failed = true
		return site.Page(http.StatusUnprocessableEntity, trySet(t)), nil
	}
	t.row, t.decided = row, true
	t.decision = t.program.Decide(t.on, row)
	return site.Page(http.StatusOK, trySet(t)), nil
}

// inForce says on which days a set decides.
func inForce(s criteria.Set) string {
	if s.Through != nil {
		return s.From.Dutch() + " tot en met " + s.Through.Dutch()
	}
	return "vanaf " + s.From.Dutch()
}

// choices are the answers to a field that has few.
func choices(f criteria.Field) []site.Choice {
	list := []site.Choice{{Value: "", Text: "Onbekend"}}
	switch f.Type.Kind {
	case criteria.Bool:
		return append(list, site.Choice{Value: "ja", Text: "Ja"}, site.Choice{Value: "nee", Text: "Nee"})
	case criteria.Choice:
		for _, v := range f.Type.Values {
			list = append(list, site.Choice{Value: v, Text: v})
		}
	}
	return list
}

// hint says what a field holds.
func hint(f criteria.Field) string {
	_, want := f.Read("\x00")
	parts := []string{text.Capital(strings.Replace(want, "getal", "getal"+unit(f), 1)) + ".", "Leeg is: onbekend."}
	if f.Type.Kind == criteria.Choices {
		parts = []string{"Een of meer van: " + strings.Join(f.Type.Values, ", ") + ", met | ertussen. Een streepje is: geen enkele. Leeg is: onbekend."}
	}
	if f.Unknown != "" {
		parts = append(parts, f.Unknown)
	}
	return strings.Join(parts, " ")
}

// kindOf is the kind of input in which a field is written.
func kindOf(f criteria.Field) string {
	if f.Type.Kind == criteria.Date {
		return "date"
	}
	return ""
}

// label is the question to which the field is the answer, else its name.
func label(f criteria.Field) string {
	if f.Question != "" {
		return f.Question
	}
	return text.Capital(strings.ReplaceAll(f.Name, "_", " ")) + unit(f)
}

// unit says in what a number is counted, after other words.
func unit(f criteria.Field) string {
	switch f.Type.Unit {
	case criteria.Euro:
		return " in euro’s"
	case criteria.Percent:
		return " in procenten"
	case criteria.Months:
		return " in maanden"
	case criteria.Days:
		return " in dagen"
	}
	return ""
}

// verdict says in one sentence what was decided.
func (t tryPage) verdict() string {
	s := t.program.Set()
	if t.decision.Category == t.decision.Highest {
		return "De categorie is " + s.Categories[t.decision.Category] + "."
	}
	return "De categorie is nog niet zeker: ten minste " + s.Categories[t.decision.Category] + ", en misschien " + s.Categories[t.decision.Highest] + "."
}

// question is what would settle it, or why nothing does.
func (t tryPage) question() string {
	if t.decision.Category == t.decision.Highest {
		return ""
	}
	if t.decision.Question < 0 {
		return "Geen enkel gegeven beslist dit alleen: er ontbreekt meer dan één."
	}
	f := t.program.Fields()[t.decision.Question]
	if f.Question != "" {
		return "Deze vraag kan beslissen: " + f.Question
	}
	return "Dit gegeven kan beslissen: " + strings.ReplaceAll(f.Name, "_", " ") + "."
}

// changes says what would turn a rule round.
func (t tryPage) changes(o criteria.Outcome) string {
	if len(o.Changes) == 0 {
		return ""
	}
	var parts []string
	for _, c := range o.Changes {
		f := t.program.Fields()[c.Field]
		parts = append(parts, strings.ReplaceAll(f.Name, "_", " ")+" "+f.Type.Dutch(c.To)+" in plaats van "+f.Type.Dutch(c.From))
	}
	would := "Dan gold de regel wel: "
	if o.Truth == criteria.Yes {
		would = "Dan gold de regel niet: "
	}
	return would + strings.Join(parts, "; ") + "."
}

func (t tryPage) steps(o criteria.Outcome) site.Table {
	table := site.Table{
		Caption: "Vergelijkingen van regel " + t.rule(o).ID, Hidden: true,
		Columns: []site.Column{{Name: "Vergelijking"}, {Name: "Uitkomst"}, {Name: "Waarde"}, {Name: "Grens"}, {Name: "Norm"}},
	}
	for _, s := range o.Steps {
		tag := truthTag(s.Truth)
		text := s.Text
		if s.Part != "" {
			text += " (" + s.Part + ")"
		}
		if s.Decides {
			text += ", beslissend"
		}
		threshold := "–"
		if s.Threshold.Known {
			threshold = s.Type.Dutch(s.Threshold)
		}
		table.Rows = append(table.Rows, []site.Cell{{Text: text}, {Tag: &tag}, {Text: s.Type.Dutch(s.Value)}, {Text: threshold}, normCell(s.Norm)})
	}
	return table
}

func (t tryPage) rule(o criteria.Outcome) criteria.Rule { return t.program.Set().Rules[o.Rule] }

func normCell(n ident.Norm) site.Cell {
	if n == "" {
		return site.Cell{Text: "–"}
	}
	return site.Cell{Text: n.Dutch(), Href: "/werk/normen/" + string(n)}
}

// order lists the rules as they weigh: what fires, what is open, the rest.
func (t tryPage) order() (list []criteria.Outcome) {
	for _, want := range []criteria.Truth{criteria.Yes, criteria.Unknown, criteria.No} {
		for _, o := range t.decision.Rules {
			if o.Truth == want {
				list = append(list, o)
			}
		}
	}
	return list
}

func (t tryPage) heading(o criteria.Outcome) string {
	r := t.rule(o)
	switch {
	case !o.Applies:
		return "Regel " + r.ID + " geldt niet op deze dag"
	case o.Truth == criteria.Yes:
		return "Regel " + r.ID + " geldt: " + r.Category
	case o.Truth == criteria.Unknown:
		return "Regel " + r.ID + " is niet te beslissen: " + r.Category
	}
	return "Regel " + r.ID + " geldt niet: " + r.Category
}
