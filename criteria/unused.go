package criteria

import (
	"strconv"
	"strings"
)

// unused adds what is declared and rests: fields, thresholds and criteria from
// which no rule can be reached by name.
func (p *Program) unused(list []Finding) []Finding {
	used := p.names()
	for i, f := range p.set.Fields {
		if !used[f.Name] && !(f.English != "" && used[f.English]) {
			list = append(list, Finding{
				Code: UnusedField, Grade: Note, Pointer: "/fields/" + strconv.Itoa(i), About: []string{f.Name},
				Text: "Geen regel leest het veld " + f.Name + ".", Mend: "Haal het veld weg, of schrijf de regel die het nodig heeft.",
			})
		}
	}
	for i, t := range p.set.Thresholds {
		if !used[t.Name] {
			list = append(list, Finding{
				Code: UnusedThreshold, Grade: Doubtful, Pointer: "/thresholds/" + strconv.Itoa(i), About: []string{t.Name},
				Text: "Geen regel gebruikt de grens " + t.Name + ". Wie haar wijzigt, verandert niets.", Mend: "Gebruik de grens in de regel waarvoor zij bedoeld is, of haal haar weg.",
			})
		}
	}
	for i, c := range p.set.Criteria {
		if !used[c.Name] {
			list = append(list, Finding{
				Code: UnusedCriterion, Grade: Doubtful, Pointer: "/criteria/" + strconv.Itoa(i), About: []string{c.Name},
				Text: "Geen regel gebruikt het criterium " + c.Name + ".", Mend: "Gebruik het criterium in de regel waarvoor het bedoeld is, of haal het weg.",
			})
		}
	}
	return list
}

// names returns every name that a rule leans on, in its conditions and its reason,
// and what the criteria among them lean on.
func (p *Program) names() map[string]bool {
	used := map[string]bool{}
	texts := map[string]string{}
	for _, c := range p.set.Criteria {
		texts[c.Name] = c.When
	}
	var use func(name string)
	condition := func(text string) {
		e, _ := parse(text)
		for _, name := range e.names(nil) {
			use(name)
		}
	}
	use = func(name string) {
		if used[name] {
			return
		}
		used[name] = true
		if when, ok := texts[name]; ok {
			condition(when)
		}
	}
	reason := func(text string) {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, "{")
			if !ok {
				return
			}
			name, tail, _ := strings.Cut(after, "}")
			use(name)
			rest = tail
		}
	}
	var except func(list []Exception)
	except = func(list []Exception) {
		for _, x := range list {
			condition(x.When)
			reason(x.Reason)
			except(x.Except)
		}
	}
	for _, r := range p.set.Rules {
		condition(r.When)
		reason(r.Reason)
		except(r.Except)
	}
	return used
}
