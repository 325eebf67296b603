package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A TestDesk is what staff may ask of tests and their designs;
// appropriateness.Service is one, and says what each method does.
type TestDesk interface {
	TestList(context.Context, ident.Actor, appropriateness.TestFilter) ([]appropriateness.TestRow, error)
	TestFile(context.Context, ident.Actor, string) (appropriateness.TestFile, error)
	TestVersion(context.Context, ident.Actor, string, ident.Hash) (appropriateness.Assessment, error)
	WriteDesign(context.Context, ident.Actor, appropriateness.DesignWriting) (appropriateness.Draft, error)
	AskPublication(context.Context, ident.Actor, appropriateness.Offer) (appropriateness.Draft, error)
	PublishDesign(context.Context, ident.Actor, appropriateness.Publication) (appropriateness.Release, error)
	ReturnDesign(context.Context, ident.Actor, appropriateness.Return) (appropriateness.Draft, error)
	Withdraw(context.Context, ident.Actor, appropriateness.Withdrawal) (appropriateness.Release, error)
	ActiveQuestions(ctx context.Context, by ident.Actor, product, language string) ([]appropriateness.BankQuestion, error)
	Today() calendar.Date
}

const testsPath = "/werk/toetsen"

func testPath(id string) string { return testsPath + "/" + id }

func versionPath(id string, h ident.Hash) string { return testPath(id) + "/versies/" + h.String() }

// MountTests mounts the pages on tests and their designs below /werk/toetsen.
func MountTests(s *site.Site, d TestDesk, g Guard, names Names) {
	p := testPages{d, g, names}
	back := site.Link{Text: "Naar de toetsen", Href: testsPath}
	s.Explain(map[string]site.Message{
		"unknown-design":  {Title: "Deze toets is er niet", Text: "Er is geen toets met dit kenmerk bij uw onderneming.", Do: "Zoek de toets op in de lijst.", Next: back},
		"unknown-version": {Title: "Deze versie is er niet", Text: "Deze versie van de toets is niet in gebruik of gepland bij uw onderneming.", Do: "Kies een versie op de pagina van de toets.", Next: back},
	})
	s.Handle("GET "+testsPath, g.Staff(staff.SeeTests, p.list))
	s.Handle("GET "+testsPath+"/lijst.csv", g.Staff(staff.SeeTests, p.export(table.CSV)))
	s.Handle("GET "+testsPath+"/lijst.xlsx", g.Staff(staff.SeeTests, p.export(table.XLSX)))
	s.Handle("GET "+testsPath+"/nieuw", g.Staff(staff.WriteTests, p.showNew))
	s.Handle("POST "+testsPath+"/nieuw", g.Staff(staff.WriteTests, p.write))
	s.Handle("GET "+testsPath+"/{id}", g.Staff(staff.SeeTests, p.one))
	s.Handle("GET "+testsPath+"/{id}/ontwerp", g.Staff(staff.WriteTests, p.showDesign))
	s.Handle("POST "+testsPath+"/{id}/ontwerp", g.Staff(staff.WriteTests, p.write))
	s.Handle("GET "+testsPath+"/{id}/vragen", g.Staff(staff.WriteTests, p.showPick))
	s.Handle("POST "+testsPath+"/{id}/vragen", g.Staff(staff.WriteTests, p.pick))
	s.Handle("POST "+testsPath+"/{id}/aanvragen", g.Staff(staff.WriteTests, p.ask))
	s.Handle("POST "+testsPath+"/{id}/publiceren", g.Staff(staff.PublishTests, p.publish))
	s.Handle("POST "+testsPath+"/{id}/teruggeven", g.Staff(staff.SeeTests, p.giveBack))
	s.Handle("POST "+testsPath+"/{id}/intrekken", g.Staff(staff.PublishTests, p.withdraw))
	s.Handle("GET "+testsPath+"/{id}/versies/{versie}", g.Staff(staff.SeeTests, p.version))
	s.Handle("GET "+testsPath+"/{id}/voorbeeld", g.Staff(staff.SeeTests, p.example))
	s.Handle("GET "+testsPath+"/{id}/verschil", g.Staff(staff.SeeQuestions, p.difference))
}

type testPages struct {
	desk  TestDesk
	guard Guard
	names Names
}

// A testsPage is the list of tests.
type testsPage struct {
	asking
	frame  site.Work
	rows   []appropriateness.TestRow
	writes bool
}

func (p testPages) asked(r *http.Request, who staff.Session) (testsPage, error) {
	l := testsPage{asking: asking{asked: r.URL.Query()}, frame: p.guard.Frame(r, who, "Toetsen"), writes: who.May(staff.WriteTests)}
	l.frame.Wide = true
	f := appropriateness.TestFilter{Sought: l.value("zoek"), State: l.oneOf("stand", testStateChoices), Product: l.oneOf("product", productFilter())}
	if len(l.problems) > 0 {
		l.frame.Failed = true
		return l, nil
	}
	var err error
	l.rows, err = p.desk.TestList(r.Context(), who.Actor(), f)
	return l, err
}

func (p testPages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := p.asked(r, who)
	if err != nil {
		return nil, err
	}
	if len(l.problems) > 0 {
		return site.Page(http.StatusBadRequest, testsList(l)), nil
	}
	return site.Page(http.StatusOK, testsList(l)), nil
}

func (p testPages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l, err := p.asked(r, who)
		if err != nil {
			return nil, err
		}
		if len(l.problems) > 0 {
			return site.Page(http.StatusBadRequest, testsList(l)), nil
		}
		sheet := table.Sheet{Name: "Toetsen", About: [][2]string{{"Onderneming", who.FirmName}}, Columns: []table.Column{
			{Name: "Toets", Width: 40},
			{Name: "Kenmerk", Width: 30},
			{Name: "Product", Width: 30},
			{Name: "Stand", Width: 24},
			{Name: "In gebruik sinds", Width: 18},
			{Name: "Gepland vanaf", Width: 18},
			{Name: "Versies", Width: 8},
		}}
		name := "toetsen-" + p.desk.Today().String() + "." + string(format)
		return site.Download(name, format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, t := range l.rows {
				if err := out.Row(t.Title, t.ID, productText(t.Product), rowTag(t).Text, moment(t.Current), moment(t.Planned), t.Versions); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}

func moment(r *appropriateness.Release) any {
	if r == nil {
		return nil
	}
	return r.From
}

func (l testsPage) export(f table.Format) string {
	q := url.Values{}
	for _, name := range []string{"zoek", "stand", "product"} {
		if v := l.value(name); v != "" {
			q.Set(name, v)
		}
	}
	return address(testsPath+"/lijst."+string(f), q)
}

func (l testsPage) table() site.Table {
	t := site.Table{
		Caption: "Toetsen op kenmerk", Hidden: true, Empty: "Er zijn geen toetsen die hieraan voldoen.",
		Columns: []site.Column{{Name: "Toets"}, {Name: "Product"}, {Name: "Stand"}, {Name: "Ontwerp"}, {Name: "Sinds", Kind: "date"}, {Name: "Gepland", Kind: "date"}, {Name: "Versies", Kind: "number"}},
	}
	for _, r := range l.rows {
		tag := rowTag(r)
		design := "–"
		switch r.Design {
		case appropriateness.StateAsked:
			design = "Wacht op publicatie"
		case appropriateness.StateDraft:
			design = "Concept"
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: titled(r.Title, r.ID), Href: testPath(r.ID)},
			{Text: productText(r.Product)},
			{Tag: &tag},
			{Text: design},
			{Text: since(r.Current)},
			{Text: since(r.Planned)},
			{Text: count(r.Versions, "versie", "versies")},
		})
	}
	return t
}

func titled(title, id string) string {
	if strings.TrimSpace(title) == "" {
		return id
	}
	return title
}

func since(r *appropriateness.Release) string {
	if r == nil {
		return "–"
	}
	return calendar.DutchTime(r.From)
}

func rowTag(r appropriateness.TestRow) site.Tag {
	switch {
	case r.Current != nil:
		return versionTag(appropriateness.Current)
	case r.Planned != nil:
		return versionTag(appropriateness.Planned)
	case r.Ended != nil:
		return site.Tag{Tone: site.Neutral, Text: "Niet meer in gebruik"}
	}
	return site.Tag{Tone: site.Info, Text: "Nog niet in gebruik"}
}

func versionTag(s appropriateness.Standing) site.Tag {
	switch s {
	case appropriateness.Current:
		return site.Tag{Tone: site.Good, Text: "In gebruik"}
	case appropriateness.Planned:
		return site.Tag{Tone: site.Info, Text: "Gepland"}
	case appropriateness.Cancelled:
		return site.Tag{Tone: site.Neutral, Text: "Geannuleerd"}
	}
	return site.Tag{Tone: site.Neutral, Text: "Voorbij"}
}

var testStateChoices = []site.Choice{
	{Value: "", Text: "Alle standen"},
	{Value: appropriateness.StateInUse, Text: "In gebruik"},
	{Value: appropriateness.StatePlanned, Text: "Gepland"},
	{Value: appropriateness.StateAsked, Text: "Wacht op publicatie"},
	{Value: appropriateness.StateDraft, Text: "Ontwerp in concept"},
	{Value: appropriateness.StateOver, Text: "Niet meer in gebruik"},
}

func productFilter() []site.Choice {
	return append([]site.Choice{{Value: "", Text: "Alle producten"}}, productChoices...)
}

// refused leads what the service refused to the page it was asked on, else the
// error goes its own way.
func refused(err error) ([]site.Problem, error) {
	f := fault.As(err)
	switch {
	case f == nil:
		return nil, err
	case f.Kind == fault.Invalid && len(f.Details) > 0:
		var list []site.Problem
		for _, d := range f.Details {
			list = append(list, site.Problem{Field: fieldOf(d.Pointer), Text: d.Text})
		}
		return list, nil
	case testRefusals[f.Reason] != "":
		return []site.Problem{{Text: testRefusals[f.Reason]}}, nil
	}
	return nil, err
}

var testRefusals = map[string]string{
	"design-changed":      "Intussen heeft iemand dit ontwerp gewijzigd. Laad de pagina opnieuw en kijk wat er nu staat.",
	"design-exists":       "Er is al een toets met dit kenmerk. Kies een ander kenmerk, of wijzig die toets.",
	"design-asked":        "Dit ontwerp wacht op publicatie. Neem de aanvraag eerst terug.",
	"not-asked":           "Niemand vraagt op dit moment om publicatie. Misschien was een ander u voor.",
	"other-version":       "Intussen is een andere versie aangevraagd. Laad de pagina opnieuw en bekijk die.",
	"questions-changed":   "Sinds de aanvraag is een vraag in de vragenbank veranderd of vervallen. Geef het ontwerp terug en laat het opnieuw aanvragen.",
	"publisher-is-editor": "U hebt dit ontwerp het laatst gewijzigd. Een ander moet het publiceren.",
	"publisher-no-person": "Alleen een medewerker kan een toets in gebruik nemen.",
	"publish-raced":       "Een ander nam op hetzelfde moment een versie in gebruik. Laad de pagina opnieuw.",
}

// clockTime is a day and an hour as a form asks for them; zero for none.
func (a *asking) clockTime(day, hour string) time.Time {
	at := a.day(day, 0)
	v := a.value(hour)
	if at.IsZero() || v == "" {
		return at
	}
	clock, err := time.Parse("15:04", v)
	if err != nil {
		a.wrong(hour, "Geef een tijd als uren en minuten, zoals 09:00.")
		return at
	}
	return time.Date(at.In(calendar.Amsterdam).Year(), at.In(calendar.Amsterdam).Month(), at.In(calendar.Amsterdam).Day(), clock.Hour(), clock.Minute(), 0, 0, calendar.Amsterdam)
}
