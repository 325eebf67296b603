package web

import (
	"cmp"
	"strings"

	"zorgplicht/advice"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
)

// Leaves are what an advice file says on paper, in its newest version: the profile of
// the client, the advice, the product and what came of it, what the file lacks, and
// until when it is kept. names are those of people and programs, by actor.
func Leaves(d advice.Dossier, names map[string]string) []caseworkweb.Leaf {
	v := onePage{d: d, names: names}
	leaves := []caseworkweb.Leaf{{Heading: "Het dossier", Terms: []site.Term{
		{Name: "Klant", Text: cmp.Or(d.Reference, "vergeten op verzoek of na de termijn")},
		{Name: "Vastgelegd door", Text: recorder(names, d.Recorder)},
		{Name: "Dossier", Text: v.state().Text},
		{Name: "Bewaren", Text: v.keeping()},
	}}}
	for _, p := range pieces(d.Content) {
		leaves = append(leaves, caseworkweb.Leaf{Heading: p.heading, Terms: p.terms, Text: strings.Join(p.lines, "\n\n")})
	}
	if !d.Lacks.Complete || d.Lacks.Reconsider {
		leaves = append(leaves, caseworkweb.Leaf{Heading: "Wat het dossier nog mist", Text: strings.Join(rule.Cited(d.Lacks.Because), "\n\n")})
	}
	if d.Choice.Needed {
		leaves = append(leaves, caseworkweb.Leaf{Heading: "Koos de klant zelf?", Text: strings.Join(rule.Cited(d.Choice.Because), "\n\n")})
	}
	versions := v.versions()
	for n, row := range versions.Rows {
		row[len(row)-1].Text = d.Versions[n].Hash.String() // whole, so that it can be held against the journal
	}
	return append(leaves, caseworkweb.Told("", site.Record{Tables: []site.Table{versions}})...)
}
