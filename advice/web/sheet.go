package web

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
	"zorgplicht/money"
)

// A piece is a part of a file as page, PDF and HTML show it.
type piece struct {
	heading string
	terms   []site.Term
	lines   []string
}

func euro(cents *int64) string {
	if cents == nil {
		return ""
	}
	return money.Cents(*cents).Dutch()
}

func graded(g advice.Graded) string {
	return cmp.Or(strings.Join(filled(strings.ToLower(site.WordOf(levelChoices, string(g.Level), "")), g.Words), ". "), "niet vastgelegd")
}

// pieces are what a content says.
func pieces(c advice.Content) []piece {
	p := c.Profile
	var position []string
	for _, x := range []struct {
		name  string
		cents *int64
	}{{"inkomen per jaar", p.Position.Income}, {"vermogen", p.Position.Wealth}, {"schulden", p.Position.Debt}} {
		if x.cents != nil {
			position = append(position, x.name+" "+euro(x.cents))
		}
	}
	position = filled(strings.Join(position, ", "), p.Position.Words)
	all := []piece{
		{heading: "Klantprofiel", terms: []site.Term{
			{Name: "Financiële positie", Text: cmp.Or(strings.Join(position, ". "), "niet vastgelegd")},
			{Name: "Kennis", Text: graded(p.Knowledge)},
			{Name: "Ervaring", Text: graded(p.Experience)},
			{Name: "Doelstellingen", Text: cmp.Or(p.Objectives, "niet vastgelegd")},
			{Name: "Risicobereidheid", Text: graded(p.Risk)},
		}},
		{heading: "Advies", terms: []site.Term{
			{Name: "Dag van het advies", Text: c.Advice.Day.DutchDay()},
			{Name: "Uw rol", Text: site.WordOf(roleChoices, string(c.Role), "")},
			{Name: "Geadviseerd product", Text: strings.Join(filled(c.Advice.Product, c.Advice.Provider), ", ") + " (" + strings.ToLower(kindText(c.Advice.Kind)) + ")"},
			{Name: "Kenmerken", Text: cmp.Or(c.Advice.Terms, "niet vastgelegd")},
			{Name: "Waarom dit past", Text: cmp.Or(c.Advice.Why, "niet vastgelegd")},
		}},
	}
	if k := c.Course; k != nil {
		all = append(all, course(*k))
	}
	return append(all, outcome(c)...)
}

func course(k advice.Course) piece {
	said := "geadviseerd zoals de procedure zegt"
	if k.Deviates {
		said = "het advies wijkt hiervan af"
	}
	p := piece{heading: "Procedure", terms: []site.Term{
		{Name: "Procedure", Text: k.Name + ", versie " + number(k.Version)},
		{Name: "Uitkomst", Text: strings.ReplaceAll(k.Category, "_", " ") + "; " + said},
	}}
	for _, name := range slices.Sorted(maps.Keys(k.Answers)) {
		p.terms = append(p.terms, site.Term{Name: strings.ReplaceAll(name, "_", " "), Text: k.Answers[name]})
	}
	return p
}

func outcome(c advice.Content) []piece {
	o := c.Outcome
	p := piece{heading: "Afloop", terms: []site.Term{{Name: "Wat er van kwam", Text: site.WordOf(resultChoices, string(o.Result), "")}}}
	if !o.Day.IsZero() {
		p.terms = append(p.terms, site.Term{Name: "Overeenkomst van", Text: o.Day.DutchDay()})
	}
	if o.Result != advice.Other {
		return []piece{p}
	}
	channel := "bij of via u"
	if o.Elsewhere {
		channel = "langs een ander kanaal, los van het advies"
	}
	p.terms = append(p.terms, site.Term{Name: "Gekozen product", Text: strings.Join(filled(o.Product, o.Provider), ", ")}, site.Term{Name: "Gesloten", Text: channel})
	own := piece{heading: "Eigen keuze van de klant"}
	switch w := c.Choice; {
	case w == nil:
		own.lines = []string{"Hierover is niets vastgelegd."}
	default:
		warned := "niet vastgelegd"
		if !w.Warned.IsZero() {
			warned = w.Warned.DutchDay()
		}
		own.terms = []site.Term{
			{Name: "Gewezen op het advies op", Text: warned},
			{Name: "Hoe de klant koos", Text: strings.ToLower(site.WordOf(wayChoices, string(w.Way), "niet vastgelegd"))},
			{Name: "Wat de klant zei of schreef", Text: cmp.Or(w.Words, "niet vastgelegd")},
		}
	}
	return []piece{p, own}
}

// A paper is a file as it is taken out of the house.
type paper struct {
	firm, title, subject string
	made                 time.Time
	pieces               []piece
}

// print writes the paper as a tagged PDF; the same paper gives the same bytes.
func (p paper) print() ([]byte, error) {
	d := pdf.Document{Title: printable(p.title), Subject: printable(p.subject), Author: printable(p.firm), Made: p.made, Footer: printable(p.title)}
	for _, one := range p.pieces {
		d.Blocks = append(d.Blocks, pdf.Heading{Level: 2, Text: printable(one.heading)})
		if len(one.terms) > 0 {
			terms := pdf.Terms{}
			for _, t := range one.terms {
				terms = append(terms, pdf.Term{Name: printable(t.Name), Text: pdf.Plain(printable(t.Text))})
			}
			d.Blocks = append(d.Blocks, terms)
		}
		for _, l := range one.lines {
			d.Blocks = append(d.Blocks, pdf.Paragraph{Text: pdf.Plain(printable(l))})
		}
	}
	var b bytes.Buffer
	err := d.Write(&b)
	return b.Bytes(), err
}

// printable makes one line of a text, with a question mark where the fonts of a
// document have no character.
func printable(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, r := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(r), "?")
	}
	return s
}

func dateField(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
