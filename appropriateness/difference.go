package appropriateness

import (
	"fmt"
	"slices"
)

// A Change is one difference between two versions of a test, in words.
type Change struct {
	What string // what it is about: "Grens", "Vraag rentevast-afloop"
	Old  string // "" where there was nothing
	New  string // "" where there is nothing any more
}

// Differences tells in Dutch how the second test differs from the first, in a fixed
// order. Equal tests have none.
func Differences(old, now Test) []Change {
	var d differences
	d.text("Titel", old.Title, now.Title)
	d.text("Product", old.Product, now.Product)
	d.text("Doel", old.Purpose, now.Purpose)
	d.text("Auteur", old.Author, now.Author)
	d.number("Duur in minuten", old.Minutes, now.Minutes)
	d.number("Vragen in een vragenlijst", old.Blueprint.Questions, now.Blueprint.Questions)
	for _, e := range Elements {
		d.number("Aantal vragen over "+e.Dutch(), old.Blueprint.Elements[e], now.Blueprint.Elements[e])
	}
	d.percent("Kleinste deel inhoudelijke punten", old.Blueprint.Substantive, now.Blueprint.Substantive)
	d.percent("Kleinste deel vragen over nadelen", old.Blueprint.Downside, now.Blueprint.Downside)
	d.percent("Kleinste deel vragen over voordelen", old.Blueprint.Upside, now.Blueprint.Upside)
	d.percent("Grens", old.Scoring.Percent, now.Scoring.Percent)
	d.percent("Grens voor kennis", old.Scoring.Knowledge, now.Scoring.Knowledge)
	d.percent("Grens voor ervaring", old.Scoring.Experience, now.Scoring.Experience)
	for _, e := range Elements {
		d.percent("Grens voor "+e.Dutch(), old.Scoring.Elements[e], now.Scoring.Elements[e])
	}
	d.text("Reden van de grens", old.Scoring.Reason, now.Scoring.Reason)
	d.policy(old.Policy, now.Policy)
	d.questions(old, now)
	return d
}

type differences []Change

func (d *differences) text(what, old, now string) {
	if old != now {
		*d = append(*d, Change{what, old, now})
	}
}

func (d *differences) number(what string, old, now int) {
	d.text(what, fmt.Sprint(old), fmt.Sprint(now))
}

func (d *differences) percent(what string, old, now int) {
	d.text(what, percentOrNone(old), percentOrNone(now))
}

func percentOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d%%", n)
}

func (d *differences) policy(old, now Policy) {
	d.text("Na een onvoldoende", old.fails(), now.fails())
	d.text("Reden om verdergaan toe te staan", old.WhyGoOn, now.WhyGoOn)
	d.text("Herkansing", old.Retake.Dutch(), now.Retake.Dutch())
	d.text("Buiten de doelgroep", old.outsideText(), now.outsideText())
	d.text("Reden om buiten de doelgroep alleen te waarschuwen", old.WhyOutside, now.WhyOutside)
	d.number("Uren dat een begonnen toets open blijft", old.OpenHours, now.OpenHours)
	d.number("Dagen dat een link werkt", old.LinkDays, now.LinkDays)
	d.number("Dagen dat een voldoende geldt", old.ValidDays, now.ValidDays)
}

// outsideText says what an answer outside the target group leads to.
func (p Policy) outsideText() string {
	switch p.Outside {
	case Stop:
		return "De klant kan niet verder zonder advies"
	case Warn:
		return "De klant wordt gewaarschuwd en mag verder"
	}
	return "De toets vraagt er niet naar"
}

func (p Policy) fails() string {
	if p.AfterFail == GoOn {
		return "De klant mag na de waarschuwing zelf kiezen"
	}
	return "De klant kan niet verder zonder advies"
}

// Dutch says the policy on retakes in a sentence.
func (r Retake) Dutch() string {
	if r.Allow != CoolingOff {
		return "Geen herkansing"
	}
	return fmt.Sprintf("Herkansing met andere vragen na %d uur, hooguit %d in %d dagen, met ten minste %d%% nieuwe families",
		r.CoolingHours, r.AtMost, r.WithinDays, r.NewFamilies)
}

func (d *differences) questions(old, now Test) {
	for _, q := range slices.Concat(old.Questions, old.Target) {
		is, ok := now.Question(q.ID)
		switch {
		case !ok:
			*d = append(*d, Change{"Vraag " + string(q.ID), q.Text, ""})
		default:
			d.question(q, is)
		}
	}
	for _, q := range slices.Concat(now.Questions, now.Target) {
		if _, ok := old.Question(q.ID); !ok {
			*d = append(*d, Change{"Vraag " + string(q.ID), "", q.Text})
		}
	}
}

func (d *differences) question(old, now Question) {
	of := func(part string) string { return "Vraag " + string(old.ID) + ", " + part }
	d.text(of("tekst"), old.Text, now.Text)
	d.text(of("situatie"), old.Scenario, now.Scenario)
	d.text(of("onderdeel"), old.Element.Dutch(), now.Element.Dutch())
	d.text(of("familie"), old.Family, now.Family)
	d.text(of("soort"), old.Kind, now.Kind)
	d.text(of("kant"), old.Side, now.Side)
	d.number(of("punten"), old.Weight, now.Weight)
	d.text(of("beslist op zichzelf"), jaNee(old.Decides()), jaNee(now.Decides()))
	d.text(of("bron"), old.Source, now.Source)
	d.text(of("uitleg"), old.Right, now.Right)
	if !slices.Equal(old.Options, now.Options) {
		d.text(of("antwoorden"), old.options(), now.options())
	}
}

// options writes the answers on one line, the right one marked, and why the others
// are wrong.
func (q Question) options() (s string) {
	for i, o := range q.Options {
		if i > 0 {
			s += " · "
		}
		s += o.Text
		switch {
		case o.Right:
			s += " (juist)"
		case o.Wrong != "":
			s += " (" + o.Wrong + ")"
		}
	}
	return s
}

func jaNee(yes bool) string {
	if yes {
		return "ja"
	}
	return "nee"
}

// Dutch names the element in a sentence: "de risico’s van het product".
func (e Element) Dutch() string {
	switch e {
	case Product:
		return "het product"
	case ProductRisks:
		return "de eigenschappen en risico’s van het product"
	case ServiceRisks:
		return "de eigenschappen en risico’s van de dienst"
	case OwnFinances:
		return "de eigen financiële situatie"
	case NeedForAdvice:
		return "de behoefte aan advies"
	case ExperienceProduct:
		return "de ervaring met het product"
	case ExperienceEO:
		return "de ervaring met kopen zonder advies"
	}
	return string(e)
}
