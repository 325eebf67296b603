package web

import (
	"zorgplicht/calendar"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
)

// Leaves are what an incident says on paper: what article 11 asks of the record, the
// duty to tell the supervisor as it was weighed, and the notice as it was sent. Who
// opened the incident is not among them.
func Leaves(f incident.File, names map[string]string) []caseworkweb.Leaf {
	v := view{File: f, names: names}
	leaves := caseworkweb.Told("Het incident", site.Record{Terms: v.terms(), Passages: v.passages(), Notes: v.notes()})
	if j := f.Judged; j != nil {
		leaves = append(leaves, caseworkweb.Leaf{Heading: "Wat is beoordeeld?", Terms: judged(*j, f.Perpetrator, names)})
	}
	return append(leaves, caseworkweb.Told("", site.Record{Tables: v.tables()})...)
}

// judged are the answers from which it followed whether the supervisor must be told.
func judged(j incident.Judgement, who incident.Perpetrator, names map[string]string) []site.Term {
	yes := map[bool]string{true: "ja", false: "nee"}
	terms := []site.Term{
		{Name: "Beoordeeld", Text: calendar.DutchTime(j.At) + ", door " + name(names, j.By)},
		{Name: "Ernstig gevaar voor een integere bedrijfsvoering", Text: yes[j.Danger]},
	}
	if who == incident.OtherStaff {
		terms = append(terms, site.Term{Name: "Functie met een wezenlijk risico voor de integriteit", Text: yes[j.RiskFunction]})
	}
	return append(terms,
		site.Term{Name: "Aangifte gedaan", Text: wordOf(policeChoices, j.Police)},
		site.Term{Name: "Bedreigt het voortbestaan", Text: wordOf(continuityChoices, j.Continuity)},
		site.Term{Name: "Behoort de toezichthouder te weten", Text: yes[j.Grave]},
		site.Term{Name: "Melden", Text: yes[j.Notify]},
	)
}
