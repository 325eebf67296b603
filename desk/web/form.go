package web

import (
	"net/url"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/desk"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
)

// A form is the question as staff fill it in: a field for each fact that is one
// value or a list of words, JSON for what is more. An empty field is a fact that is
// not given.
type form struct {
	rule     desk.Rule
	given    map[string]string // as filled in, by field
	problems map[string]string // by field
	raw      string            // the whole question as JSON, where staff wrote that
	asJSON   bool
	loose    []site.Problem // of no field
}

const (
	fieldPrefix = "v-"
	rawField    = "json"
	yes         = "ja"
	no          = "nee"
	null        = "null"
)

// How a fact is filled in.
const (
	asYesNo  = "yes-no"
	asWord   = "word"
	asDay    = "day"
	asNumber = "number"
	asText   = "text"
	asLines  = "lines"
	asJSON   = "json"
)

// kind says how a fact of this shape is filled in.
func kind(s canon.Shape) string {
	switch {
	case s.Types == nil:
		return asJSON
	case s.Enum != nil && s.Items == nil:
		return asWord
	case s.Items != nil:
		if s.Items.Takes("string") && s.Items.Types != nil && s.Items.Fields == nil {
			return asLines
		}
		return asJSON
	case s.Fields != nil || s.Values != nil || s.Takes("object"):
		return asJSON
	case s.Takes("boolean") && !s.Takes("string"):
		return asYesNo
	case s.Format == "date":
		return asDay
	case s.Takes("number") || s.Takes("integer"):
		return asNumber
	}
	return asText
}

// read takes what was posted and makes the question of it.
func (f *form) read(posted url.Values) (canon.Raw, bool) {
	if f.asJSON = posted.Get("wijze") == rawField; f.asJSON {
		return f.readJSON(posted.Get(rawField))
	}
	given := map[string]any{}
	for _, p := range f.rule.Question.Fields {
		text := strings.TrimSpace(posted.Get(fieldPrefix + p.Name))
		f.given[p.Name] = text
		if text == "" {
			continue
		}
		v, wrong := value(p.Shape, text)
		if wrong != "" {
			f.problems[p.Name] = wrong
			continue
		}
		given[p.Name] = v
	}
	if len(f.problems) > 0 {
		return nil, false
	}
	b, err := canon.Encode(given)
	if err != nil {
		f.loose = append(f.loose, site.Problem{Text: "Een van de velden is geen leesbare tekst. Vul het opnieuw in."})
		return nil, false
	}
	return b, true
}

func (f *form) readJSON(text string) (canon.Raw, bool) {
	f.raw = text
	b, err := canon.Canonical([]byte(text))
	if err != nil {
		says := "Maak er geldige JSON van."
		if bad := fault.As(err); bad != nil && len(bad.Details) > 0 {
			says = bad.Details[0].Text
		}
		f.loose = append(f.loose, site.Problem{Field: rawField, Text: says})
		return nil, false
	}
	return b, true
}

// value reads one field.
func value(s canon.Shape, text string) (v any, wrong string) {
	if text == null && s.Takes(null) {
		return nil, ""
	}
	switch kind(s) {
	case asYesNo:
		return text == yes, choose(text, yes, no)
	case asNumber:
		n, ok := canon.ParseNumber(strings.ReplaceAll(text, ",", "."))
		if !ok && s.Takes("string") {
			return text, "" // the rule says what is wrong with it
		}
		if !ok {
			return nil, "Vul hier een getal in, zoals 12,5."
		}
		return n, ""
	case asLines:
		return lines(text), ""
	case asJSON:
		b, err := canon.Canonical([]byte(text))
		if err != nil {
			return nil, "Vul hier JSON in, zoals {\"naam\":true} of [1,2]."
		}
		return canon.Raw(b), ""
	}
	return text, ""
}

func choose(text string, words ...string) string {
	if slices.Contains(words, text) {
		return ""
	}
	return "Kies een van de antwoorden."
}

func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// fill fills the form in from a question, such as that of an example.
func (f *form) fill(given canon.Raw) {
	n, err := canon.Parse(given)
	if err != nil {
		return
	}
	defer n.Release()
	f.raw = string(given)
	for name, v := range n.Members() {
		f.given[name] = written(v)
	}
}

// written is how a value stands in its field.
func written(v canon.Node) string {
	switch v.Kind() {
	case canon.Str:
		return v.Text()
	case canon.True:
		return yes
	case canon.False:
		return no
	case canon.Nil:
		return null
	case canon.Num:
		return strings.ReplaceAll(string(v.Number()), ".", ",")
	case canon.Arr:
		var all []string
		for each := range v.Items() {
			if each.Kind() != canon.Str {
				return string(v.Append(nil))
			}
			all = append(all, each.Text())
		}
		return strings.Join(all, "\n")
	}
	return string(v.Append(nil))
}

// blame leads the faults of the rule to the fields of the form.
func (f *form) blame(details []fault.Detail) {
	for _, d := range details {
		name, within, _ := strings.Cut(strings.TrimPrefix(d.Pointer, "/"), "/")
		says := d.Text
		if within != "" {
			says = "Bij " + within + ": " + says
		}
		known := slices.ContainsFunc(f.rule.Question.Fields, func(p canon.Property) bool { return p.Name == name })
		switch {
		case f.asJSON:
			if name != "" {
				says = name + ": " + says
			}
			f.loose = append(f.loose, site.Problem{Field: rawField, Text: says})
		case known && f.problems[name] == "":
			f.problems[name] = says
		case !known:
			f.loose = append(f.loose, site.Problem{Text: says})
		}
	}
}

// summary lists what is wrong, in the order of the fields.
func (f form) summary() []site.Problem {
	all := slices.Clone(f.loose)
	for _, p := range f.rule.Question.Fields {
		if says := f.problems[p.Name]; says != "" {
			all = append(all, site.Problem{Field: fieldPrefix + p.Name, Text: f.rule.Called(p.Name) + ": " + says})
		}
	}
	return all
}

// choices are those of a yes-no or a word.
func choices(s canon.Shape) []site.Choice {
	all := []site.Choice{{Value: "", Text: "Niet gegeven"}}
	if kind(s) == asYesNo {
		all = append(all, site.Choice{Value: yes, Text: "Ja"}, site.Choice{Value: no, Text: "Nee"})
	}
	for _, w := range s.Enum {
		all = append(all, site.Choice{Value: w, Text: w})
	}
	if s.Takes(null) {
		all = append(all, site.Choice{Value: null, Text: "Uitdrukkelijk geen (null)"})
	}
	return all
}

// hint says what belongs in a field, and how the rule itself calls it.
func (f form) hint(p canon.Property) string {
	var parts []string
	s := p.Shape
	if f.rule.Called(p.Name) != p.Name {
		parts = append(parts, "In de regel: "+p.Name+".")
	}
	switch kind(s) {
	case asLines:
		parts = append(parts, "Eén per regel.")
		if s.Items.Enum != nil {
			parts = append(parts, "Kies uit: "+strings.Join(s.Items.Enum, ", ")+".")
		}
	case asJSON:
		parts = append(parts, "In JSON.")
	case asDay:
		parts = append(parts, "Als jjjj-mm-dd.")
	case asNumber:
		if s.Takes("integer") {
			parts = append(parts, "Een heel getal.")
		}
	}
	if s.Takes(null) && s.Types != nil && kind(s) != asYesNo && kind(s) != asWord {
		parts = append(parts, "Vul null in voor: uitdrukkelijk geen.")
	}
	return strings.Join(parts, " ")
}

// rawProblem is what is wrong with the question as JSON.
func rawProblem(f form) string {
	var all []string
	for _, p := range f.loose {
		all = append(all, p.Text)
	}
	return strings.Join(all, " ")
}
