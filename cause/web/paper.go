package web

import (
	"strconv"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
)

// Leaves are what a root cause says on paper: what goes wrong, what is done about it and
// whether that worked, and the cases that it explains as far as whoever prints sees them.
func Leaves(f cause.File, names map[string]string, desk *casework.Service) []caseworkweb.Leaf {
	v := view{File: f, names: names, today: desk.Today()}
	terms := append(v.terms(), site.Term{Name: "Aantal klachten door deze oorzaak", Text: strconv.Itoa(cause.Complaints(v.Tallies, complaint.Kind))})
	for i, m := range f.Measures {
		if c := m.Counted; c != nil && !m.Checked.IsZero() {
			terms = append(terms, site.Term{
				Name: "Geteld bij maatregel " + strconv.Itoa(i+1),
				Text: "op " + m.Checked.Dutch() + ": " + strconv.Itoa(c.Before) + " klachten in " + strconv.Itoa(c.Days) + " dagen ervoor, " + strconv.Itoa(c.After) + " erna",
			})
		}
	}
	return caseworkweb.Told("De oorzaak", site.Record{
		Terms: terms, Passages: []site.Passage{{Heading: "Wat gaat er mis?", Text: v.What}}, Notes: v.notes(), Tables: []site.Table{v.measures(), v.cases(desk)},
	})
}
