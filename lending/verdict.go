package lending

import (
	"maps"
	"slices"
	"strings"

	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// A Verdict is what the firm's criteria say of an application.
type Verdict string

// The verdicts.
const (
	Fits       Verdict = "accept"     // the lightest category
	Discuss    Verdict = "refer"      // one in between: a person decides
	Refuse     Verdict = "refuse"     // the heaviest category
	Incomplete Verdict = "incomplete" // something unknown could still make it heavier
)

// Verdicts are all verdicts.
var Verdicts = []Verdict{Fits, Discuss, Refuse, Incomplete}

// VerdictIn asks what a set says of an application.
type VerdictIn struct{ criteria.Matter }

// VerdictOut is the answer of ApplicationVerdict.
type VerdictOut struct {
	rule.Why
	Verdict  Verdict            `json:"verdict" enum:"accept,refer,refuse,incomplete"`
	Category string             `json:"category"`
	Missing  []string           `json:"missing"` // fields that are not known and still weigh
	Changes  []criteria.Changed `json:"changes"` // with these the lightest category was reached; none where that was not found
}

// ApplicationVerdict decides what the firm's own criteria mean for an application: the
// lightest category of the set accepts, the heaviest refuses, and one in between is
// for a person. What is unknown and could make it heavier is asked first. Where it does
// not fit, the changes say with which values it would have: of each rule the smallest
// change, and none that can be left out. Norm bfd:61:1.
var ApplicationVerdict = rule.New("application_verdict", 1, []ident.Norm{"bfd:59:1", "bfd:61:1"}, verdict,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"accept":     "De criteria staan aanvaarden toe: {category}.",
		"refer":      "De criteria laten het besluit aan een medewerker: {category}.",
		"refuse":     "De criteria staan aanvaarden niet toe: {category}.",
		"incomplete": "Er is te weinig bekend om te beoordelen of het krediet verantwoord is.",
		"missing":    "Er ontbreekt: {field}.",
		"would_fit":  "De aanvraag had voldaan met {field} {to} in plaats van {from}.",
		"no_way":     "Geen kleine wijziging is gevonden waarmee de aanvraag had voldaan.",
	}))

func verdict(in VerdictIn) VerdictOut {
	out := VerdictOut{Missing: []string{}, Changes: []criteria.Changed{}}
	said := criteria.Deciding.Ask(in.Matter)
	names := categories(in.Matter)
	out.Category = said.Category
	switch {
	case !said.Certain || len(names) == 0:
		out.Verdict = Incomplete
		out.Say("incomplete", "bfd:59:1")
		out.Missing = missing(in.Matter, said)
		for _, f := range out.Missing {
			out.Say("missing", "bfd:59:1", "field", f)
		}
		return out
	case said.Category == names[0]:
		out.Verdict = Fits
	case said.Category == names[len(names)-1]:
		out.Verdict = Refuse
	default:
		out.Verdict = Discuss
	}
	out.Say(string(out.Verdict), "bfd:61:1", "category", said.Category)
	if out.Verdict == Fits {
		return out
	}
	out.Changes = wouldFit(in.Matter, said, names[0])
	for _, c := range out.Changes {
		out.Say("would_fit", "bfd:61:1", "field", c.Field, "from", c.From, "to", c.To)
	}
	if len(out.Changes) == 0 {
		out.Say("no_way", "bfd:61:1")
	}
	return out
}

// categories are those of the set, from light to heavy.
func categories(m criteria.Matter) []string {
	if m.Set != nil {
		return m.Set.Thing.Categories
	}
	p, err := criteria.Read([]byte(m.Text))
	if err != nil {
		return nil // Open refused it before
	}
	return p.Set().Categories
}

// fields are those of the set.
func fields(m criteria.Matter) []criteria.FieldText {
	if m.Set != nil {
		return m.Set.Thing.Fields
	}
	p, err := criteria.Read([]byte(m.Text))
	if err != nil {
		return nil // Open refused it before
	}
	return p.Set().Fields
}

// missing are the unknown fields in the comparisons that are open, in the order of the
// catalogue.
func missing(m criteria.Matter, said criteria.Ruling) []string {
	open := map[string]bool{}
	for _, r := range said.Rules {
		if r.Outcome != "unknown" {
			continue
		}
		for _, s := range r.Steps {
			if s.Outcome == "unknown" {
				for _, w := range strings.FieldsFunc(s.Text, func(r rune) bool { return !word(r) }) {
					open[w] = true
				}
			}
		}
	}
	list := []string{}
	for _, f := range fields(m) {
		told := m.Values[f.Name] != "" || f.English != "" && m.Values[f.English] != ""
		if !f.Run && !told && (open[f.Name] || f.English != "" && open[f.English]) {
			list = append(list, f.Name)
		}
	}
	return list
}

func word(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
}

// rounds bounds how often changes are added: each round turns every rule that still
// holds.
const rounds = 8

// wouldFit returns changes with which the application had fitted.
func wouldFit(m criteria.Matter, said criteria.Ruling, lightest string) []criteria.Changed {
	try := m
	try.Values = maps.Clone(m.Values)
	for range rounds {
		turned := false
		for _, r := range said.Rules {
			if r.Outcome != "yes" || r.Category == lightest {
				continue
			}
			for _, c := range r.Changes {
				turned = turned || valueOf(try, c.Field) != c.To
				set(try, c.Field, c.To)
			}
		}
		if said = criteria.Deciding.Ask(try); said.Certain && said.Category == lightest {
			return spare(m, try, lightest)
		}
		if !turned {
			break
		}
	}
	return []criteria.Changed{}
}

// spare leaves out every change that is not needed.
func spare(m, try criteria.Matter, lightest string) []criteria.Changed {
	list := []criteria.Changed{}
	for _, f := range fields(m) {
		was, is := valueOf(m, f.Name), valueOf(try, f.Name)
		if was == is {
			continue
		}
		set(try, f.Name, was)
		if said := criteria.Deciding.Ask(try); said.Certain && said.Category == lightest {
			continue
		}
		set(try, f.Name, is)
		list = append(list, criteria.Changed{Field: f.Name, From: was, To: is})
	}
	return list
}

// valueOf returns what is told of a field, under whichever of its names.
func valueOf(m criteria.Matter, name string) string { return m.Values[keyOf(m, name)] }

func set(m criteria.Matter, name, v string) { m.Values[keyOf(m, name)] = v }

// keyOf is the name under which a field of the set is told: that of the rules, unless
// the case used the other one.
func keyOf(m criteria.Matter, name string) string {
	i := slices.IndexFunc(fields(m), func(f criteria.FieldText) bool { return f.Name == name })
	if _, told := m.Values[name]; told || i < 0 {
		return name
	}
	english := fields(m)[i].English
	if _, told := m.Values[english]; told && english != "" {
		return english
	}
	return name
}
