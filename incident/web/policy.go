package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// policyPage is the policy with its versions, and for who keeps it the forms.
func (p pages) policyPage(r *http.Request, who staff.Session) (v site.Record, err error) {
	v.Frame = p.guard.Frame(r, who, "Beleid voor incidenten")
	v.Frame.Trail, v.Frame.Wide = []site.Link{{Text: "Incidenten", Href: listPath}}, true
	v.Frame.Lead = "Hoe uw onderneming met incidenten omgaat. Artikel 10 vraagt dat u daar vooraf over nadenkt. De een schrijft het beleid, een ander zet het in werking."
	all, err := p.desk.Policies(r.Context(), who.Account.Firm)
	if err != nil {
		return v, err
	}
	names, _, err := p.names(r, who.Account.Firm)
	if err != nil {
		return v, err
	}
	var newest incident.Policy
	if len(all) > 0 {
		newest = all[0]
	}
	n := slices.IndexFunc(all, incident.Policy.InForce)
	if n < 0 {
		v.Notes = append(v.Notes, site.Note{Tone: site.Warn, Heading: "Er is nog geen beleid in werking", Lines: []string{"Tot dat er is, rekenen wij met de gebruikelijke termijnen."}})
	} else {
		v.Terms = policyTerms(all[n])
		v.Passages = append(v.Passages, site.Passage{Heading: "Het beleid dat geldt", Text: all[n].Text})
	}
	if newest.Version > 0 && !newest.InForce() {
		v.Notes = append(v.Notes, site.Note{Tone: site.Info, Heading: fmt.Sprintf("Versie %d wacht op iemand die haar in werking zet", newest.Version), Lines: []string{"Geschreven door " + name(names, newest.Writer) + " op " + calendar.DutchTime(newest.Written) + "."}})
		v.Passages = append(v.Passages, site.Passage{Heading: "Het concept", Text: newest.Text})
	}
	v.Tables = []site.Table{versions(all, names)}
	if who.May(staff.SetIncidentPolicy) {
		v.Steps, err = p.policySteps(r, who, newest)
	}
	return v, err
}

func policyTerms(p incident.Policy) []site.Term {
	days := func(n int64, of string) string {
		if n == 1 {
			return "binnen één dag " + of
		}
		return "binnen " + strconv.FormatInt(n, 10) + " dagen " + of
	}
	return []site.Term{
		{Name: "Versie", Text: strconv.Itoa(p.Version) + ", in werking sinds " + calendar.DutchTime(p.Published)},
		{Name: "Vastlegging volledig", Text: days(p.Terms.Record, "na het opmerken")},
		{Name: "Besluit over melden", Text: days(p.Terms.Judge, "na het opmerken")},
		{Name: "Melding", Text: days(p.Terms.Notify, "na dat besluit")},
		{Name: "Werking van een maatregel", Text: days(p.Terms.Check, "na de uitvoering bekeken")},
	}
}

func versions(all []incident.Policy, names map[string]string) site.Table {
	t := site.Table{
		Caption: "Versies", Empty: "Er zijn nog geen versies.",
		Columns: []site.Column{{Name: "Versie", Kind: "number"}, {Name: "Geschreven door"}, {Name: "In werking gezet door"}, {Name: "Op", Kind: "date"}, {Name: "SHA-256", Kind: "code"}},
	}
	for _, p := range all {
		by, on := "–", "concept"
		if p.InForce() {
			by, on = name(names, p.Publisher), calendar.Of(p.Published).Dutch()
		}
		if p.Why != "" {
			by += ", zonder tweede lezer: " + p.Why
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: strconv.Itoa(p.Version)}, {Text: name(names, p.Writer)}, {Text: by}, {Text: on}, {Text: p.Digest().String()[:12]}})
	}
	return t
}

func (p pages) policySteps(r *http.Request, who staff.Session, newest incident.Policy) (steps []site.Step, err error) {
	version := site.Hidden{Name: "versie", Value: strconv.Itoa(newest.Version)}
	if newest.Version > 0 && !newest.InForce() {
		one, err := p.desk.OnePerson(r.Context(), who.Account.Firm)
		if err != nil {
			return nil, err
		}
		publish := site.Step{Name: "publiceren", Action: policyPath + "/publiceren", Heading: "Concept in werking zetten", Button: "In werking zetten", Parts: []any{version}}
		switch own := newest.Writer == who.Actor().String(); {
		case own && one:
			publish.Parts = append(publish.Parts, site.Area{Name: "waarom", Label: "Waarom kon niemand anders het lezen?", Hint: "Uw onderneming heeft één persoon. Dan kan dit een dag na het schrijven.", Rows: 3})
		case own:
			publish.Parts = append(publish.Parts, site.Lead("U schreef dit concept zelf. Een ander zet het in werking."))
		}
		steps = append(steps, publish)
	}
	t := newest.Terms
	if newest.Version == 0 {
		t = incident.Usual
	}
	number := func(field, label string, n int64) site.Field {
		return site.Field{Name: field, Label: label, Type: "number", Value: strconv.FormatInt(n, 10), Short: true}
	}
	return append(steps, site.Step{Name: "schrijven", Action: policyPath, Heading: "Nieuwe versie schrijven", Button: "Concept bewaren", Open: newest.Version == 0, Parts: []any{
		version,
		number("vastleggen", "Vastlegging volledig na het opmerken, binnen (dagen)", t.Record), number("beoordelen", "Besluit over melden na het opmerken, binnen (dagen)", t.Judge),
		number("melden", "Melding na dat besluit, binnen (dagen)", t.Notify), number("controleren", "Werking van een maatregel bekeken na de uitvoering, binnen (dagen)", t.Check),
		site.Area{Name: "tekst", Label: "Beleid", Hint: "Wat is een incident, wie meldt en beoordeelt het, wie mag het lezen, en hoe volgt u maatregelen?", Value: newest.Text, Rows: 12},
	}}), nil
}

func (p pages) policy(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.policyPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) writePolicy(r *http.Request, who staff.Session) (site.Reply, error) {
	number := func(field string) int64 {
		n, err := strconv.ParseInt(r.PostFormValue(field), 10, 32)
		if err != nil {
			return -1 // refused as a term that is none
		}
		return n
	}
	err := p.desk.WritePolicy(r.Context(), who.Actor(), int(number("versie")), r.PostFormValue("tekst"),
		incident.Term{Record: number("vastleggen"), Judge: number("beoordelen"), Notify: number("melden"), Check: number("controleren")})
	return p.policyDone(r, who, err, "schrijven", map[string]string{"/text": "tekst", "/terms": "vastleggen"})
}

func (p pages) publishPolicy(r *http.Request, who staff.Session) (site.Reply, error) {
	version, _ := strconv.Atoi(r.PostFormValue("versie")) // none is told that the text changed
	return p.policyDone(r, who, p.desk.PublishPolicy(r.Context(), who.Actor(), version, r.PostFormValue("waarom")), "publiceren", map[string]string{"/why": "waarom"})
}

func (p pages) policyDone(r *http.Request, who staff.Session, err error, step string, fields map[string]string) (site.Reply, error) {
	problems, ok := site.Refused(err, fields)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(policyPath), nil
	}
	v, err := p.policyPage(r, who)
	if err != nil {
		return nil, err
	}
	v.Problems, v.Frame.Failed = problems, true
	for n, s := range v.Steps {
		if s.Name == step {
			v.Steps[n] = s.Again(func(name string) []string { return r.PostForm[name] }, problems)
		}
	}
	return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
}
