package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A versionPage is one sealed version.
type versionPage struct {
	appropriateness.Assessment
	frame site.Work
}

func (p testPages) sealed(r *http.Request, who staff.Session, hash string) (appropriateness.Assessment, error) {
	h, err := ident.ParseHash(hash)
	if err != nil {
		return appropriateness.Assessment{}, fault.New(fault.NotFound, "unknown-version", "")
	}
	return p.desk.TestVersion(r.Context(), who.Actor(), r.PathValue("id"), h)
}

func (p testPages) below(r *http.Request, who staff.Session, title string) site.Work {
	frame := p.guard.Frame(r, who, title)
	id := r.PathValue("id")
	frame.Trail = []site.Link{{Text: "Toetsen", Href: testsPath}, {Text: id, Href: testPath(id)}}
	return frame
}

func (p testPages) version(r *http.Request, who staff.Session) (site.Reply, error) {
	a, err := p.sealed(r, who, r.PathValue("versie"))
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, testVersion(versionPage{a, p.below(r, who, titled(a.Test.Title, a.Test.ID)+", versie "+a.Hash.String()[:12])})), nil
}

// An examplePage is a form as a client may get it.
type examplePage struct {
	frame   site.Work
	test    appropriateness.Test
	form    appropriateness.Form
	version string
	number  int
}

// example draws a form of a version, or of the design with the value "ontwerp".
func (p testPages) example(r *http.Request, who staff.Session) (site.Reply, error) {
	e := examplePage{frame: p.below(r, who, "Voorbeeld van een vragenlijst"), version: r.URL.Query().Get("versie")}
	e.number, _ = strconv.Atoi(r.URL.Query().Get("nr"))
	e.number = min(max(e.number, 1), 1_000_000)
	if e.version == "ontwerp" {
		f, err := p.desk.TestFile(r.Context(), who.Actor(), r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		if f.Draft == nil {
			return nil, fault.New(fault.NotFound, "unknown-design", "")
		}
		e.test = f.Composed.Test
	} else {
		a, err := p.sealed(r, who, e.version)
		if err != nil {
			return nil, err
		}
		e.test = a.Test
	}
	e.form, _ = e.test.Example(uint32(e.number)) // without a form the page says so
	return site.Page(http.StatusOK, testExample(e)), nil
}

func (e examplePage) question(a appropriateness.Asked) (q appropriateness.Question, options []string) {
	q, _ = e.test.Question(a.Question)
	for _, id := range a.Options {
		o, _ := q.Option(id)
		options = append(options, o.Text)
	}
	return q, options
}

func (e examplePage) next() string {
	return testPath(e.test.ID) + "/voorbeeld?versie=" + e.version + "&nr=" + strconv.Itoa(e.number+1)
}

// A differencePage tells how one version differs from another.
type differencePage struct {
	frame    site.Work
	old, now appropriateness.Assessment
	changes  []appropriateness.Change
}

func (p testPages) difference(r *http.Request, who staff.Session) (site.Reply, error) {
	old, err := p.sealed(r, who, r.URL.Query().Get("oud"))
	if err != nil {
		return nil, err
	}
	now, err := p.sealed(r, who, r.URL.Query().Get("nieuw"))
	if err != nil {
		return nil, err
	}
	d := differencePage{p.below(r, who, "Verschil tussen twee versies"), old, now, appropriateness.Differences(old.Test, now.Test)}
	d.frame.Wide = true
	return site.Page(http.StatusOK, testDifference(d)), nil
}

func (d differencePage) table() site.Table {
	t := site.Table{
		Caption: "Verschillen", Hidden: true, Empty: "Deze versies zijn gelijk.",
		Columns: []site.Column{{Name: "Onderdeel"}, {Name: "Was"}, {Name: "Is"}},
	}
	for _, c := range d.changes {
		t.Rows = append(t.Rows, []site.Cell{{Text: c.What}, {Text: orNone(c.Old)}, {Text: orNone(c.New)}})
	}
	return t
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// plan tells the blueprint of a test.
func plan(t appropriateness.Test) []site.Term {
	b := t.Blueprint
	terms := []site.Term{
		{Name: "Product", Text: productText(t.Product)},
		{Name: "Auteur", Text: orNone(t.Author)},
		{Name: "Vragen in een vragenlijst", Text: fmt.Sprintf("%d, uit %d", b.Questions, len(t.Questions))},
		{Name: "Per onderdeel", Text: perElement(b.Elements, "")},
		{Name: "Kleinste delen", Text: "inhoudelijke punten " + percentText(b.Substantive) + ", vragen over nadelen " + percentText(b.Downside) + ", over voordelen " + percentText(b.Upside)},
		{Name: "Grens", Text: percentText(t.Scoring.Percent) + " van de punten" + cuts(t.Scoring)},
		{Name: "Reden van de grens", Text: orNone(t.Scoring.Reason)},
		{Name: "Na een onvoldoende", Text: fails(t.Policy)},
		{Name: "Doelgroep", Text: outsideText(t)},
		{Name: "Herkansing", Text: t.Policy.Retake.Dutch()},
		{Name: "Termijnen", Text: fmt.Sprintf("een begonnen toets blijft %d uur open; een link werkt %d dagen; een voldoende geldt %d dagen", t.Policy.OpenHours, t.Policy.LinkDays, t.Policy.ValidDays)},
	}
	return terms
}

func percentText(n int) string {
	if n == 0 {
		return "niet vastgelegd"
	}
	return strconv.Itoa(n) + "%"
}

func perElement(of map[appropriateness.Element]int, unit string) string {
	var parts []string
	for _, e := range appropriateness.Elements {
		if n := of[e]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d%s", e.Dutch(), n, unit))
		}
	}
	return strings.Join(parts, "; ")
}

func cuts(c appropriateness.Cut) (s string) {
	if c.Knowledge > 0 {
		s += fmt.Sprintf("; van kennis %d%%", c.Knowledge)
	}
	if c.Experience > 0 {
		s += fmt.Sprintf("; van ervaring %d%%", c.Experience)
	}
	if of := perElement(c.Elements, "%"); of != "" {
		s += "; van " + of
	}
	return s
}

// outsideText says what the test asks of the target group, and what follows.
func outsideText(t appropriateness.Test) string {
	asked := count(len(t.Target), "vraag", "vragen") + " in elke vragenlijst. "
	switch t.Policy.Outside {
	case appropriateness.Stop:
		return asked + "Wie erbuiten valt, kan niet verder zonder advies."
	case appropriateness.Warn:
		return asked + "Wie erbuiten valt, wordt gewaarschuwd en mag verder. Reden: " + t.Policy.WhyOutside
	}
	return "De toets vraagt er niet naar."
}

func fails(p appropriateness.Policy) string {
	if p.AfterFail == appropriateness.GoOn {
		return "De klant mag na de waarschuwing zelf kiezen. Reden: " + p.WhyGoOn
	}
	return "De klant kan niet verder zonder advies."
}
