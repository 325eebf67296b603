package web

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/lending"
	"zorgplicht/rule"
)

// Leaves are what an application for credit says on paper: what was asked, what the
// criteria said of it and why, what the firm decided, and until when the file is kept.
// set are the criteria that hold today; nil where there are none.
func Leaves(f lending.File, set *criteria.Published, names map[string]string, today calendar.Date) []caseworkweb.Leaf {
	v := onePage{file: f, names: names, today: today, fields: lending.Catalogue}
	if set != nil {
		v.fields = slices.Concat(set.Program.Set().Fields, v.fields)
	}
	v.pick("")
	terms := append([]site.Term{{Name: "Stand van de aanvraag", Text: stateTag(f.State).Text}}, v.terms()...)
	leaves := caseworkweb.Told("De aanvraag", site.Record{Terms: terms})
	if v.undecided() {
		leaves = append(leaves, reasoned("Wat nog nodig is voor de overeenkomst", v.lacks()))
	}
	leaves = append(leaves, v.saidOnPaper()...)
	var tables []site.Table
	if len(f.Consulted) > 0 || !v.exempt() {
		tables = append(tables, v.consulted())
	}
	if _, pledged := v.margin(); pledged {
		tables = append(tables, v.securities())
	}
	leaves = append(leaves, caseworkweb.Told("", site.Record{Tables: tables})...)
	kept, why := v.keeping()
	return append(leaves, caseworkweb.Leaf{Heading: "Bewaren", Text: kept}, reasoned("", why))
}

// saidOnPaper is what the criteria said.
func (v onePage) saidOnPaper() []caseworkweb.Leaf {
	switch {
	case v.judged == nil && v.exempt():
		return []caseworkweb.Leaf{{Heading: "Oordeel", Text: "De criteria van artikel 61 gelden niet voor dit krediet. De aanvraag is daarom niet beoordeeld."}}
	case v.judged == nil:
		return []caseworkweb.Leaf{{Heading: "Oordeel", Text: "De aanvraag is niet beoordeeld."}}
	}
	leaves := []caseworkweb.Leaf{{Heading: "Oordeel", Terms: []site.Term{
		{Name: "Oordeel", Text: verdictTag(v.judged.Verdict).Text},
		{Name: "Hoe", Text: v.judgedBy()},
		{Name: "Wat ontbreekt", Text: strings.Join(v.missing(), "; ")},
		{Name: "Waarmee de aanvraag had voldaan", Text: strings.Join(v.changes(), "; ")},
	}}}
	leaves = append(leaves, caseworkweb.Told("", site.Record{Tables: []site.Table{v.outcomes(), v.values()}})...)
	return append(leaves, reasoned("Redenen van dit oordeel", slices.Concat(v.judged.Body.OfValues, v.judged.Body.OfVerdict)))
}

func reasoned(heading string, all []rule.Reason) caseworkweb.Leaf {
	if len(all) == 0 {
		return caseworkweb.Leaf{}
	}
	return caseworkweb.Leaf{Heading: heading, Text: strings.Join(rule.Cited(all), "\n\n")}
}
