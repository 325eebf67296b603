// Package web has the pages on which staff keep the rule sets of their firm.
package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A Desk is what staff may ask of rule sets; criteria.Service is one, and says what
// each method does.
type Desk interface {
	List(context.Context, ident.Actor, criteria.Filter) ([]criteria.SetRow, error)
	File(context.Context, ident.Actor, string) (criteria.File, error)
	Version(context.Context, ident.Actor, string, int) (criteria.Published, error)
	Sealed(context.Context, ident.Actor, ident.Hash) (*criteria.Program, error)
	Write(context.Context, ident.Actor, criteria.Writing) (criteria.Draft, error)
	Try(context.Context, ident.Actor, criteria.Trying) (criteria.Tried, error)
	Ask(context.Context, ident.Actor, criteria.Offer) (criteria.Draft, error)
	Approve(context.Context, ident.Actor, criteria.Approval) (criteria.Draft, error)
	GiveBack(context.Context, ident.Actor, criteria.Return) (criteria.Draft, error)
	Compare(context.Context, ident.Actor, string, int) (criteria.Comparison, error)
	Measure(context.Context, ident.Actor, criteria.Measure) (*criteria.Effect, error)
	Publish(context.Context, ident.Actor, criteria.Publication) (criteria.Release, error)
	Withdraw(context.Context, ident.Actor, criteria.Withdrawal) (criteria.Release, error)
	Today() calendar.Date
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Names tells how the people and programs of a firm are called, by how the journal
// keeps them.
type Names func(context.Context, ident.Firm) (map[string]string, error)

const setsPath = "/werk/regelsets"

func setPath(name string) string { return setsPath + "/" + url.PathEscape(name) }

// Mount mounts the pages below /werk/regelsets.
//
// Books are the portfolios on which the effect of a version is shown.
func Mount(s *site.Site, d Desk, g Guard, names Names, books Books) {
	p := pages{d, g, names, books}
	back := site.Link{Text: "Naar de regelsets", Href: setsPath}
	s.Explain(map[string]site.Message{
		"unknown-set":         {Title: "Deze regelset is er niet", Text: "Er is geen regelset met deze naam bij uw onderneming.", Do: "Zoek de regelset op in de lijst.", Next: back},
		"no-earlier-version":  {Title: "Er is niets om mee te vergelijken", Text: "Voor deze versie heeft uw onderneming geen andere versie gepubliceerd.", Do: "Bekijk de versie zelf op de pagina van de regelset.", Next: back},
		"unknown-set-version": {Title: "Deze versie is er niet", Text: "Uw onderneming heeft deze versie niet in gebruik.", Do: "Kies een versie op de pagina van de regelset.", Next: back},
	})
	see, write := staff.SeeSets, staff.WriteSets
	s.Handle("GET "+setsPath, g.Staff(see, p.list))
	s.Handle("GET "+setsPath+"/lijst.csv", g.Staff(see, p.export(table.CSV)))
	s.Handle("GET "+setsPath+"/lijst.xlsx", g.Staff(see, p.export(table.XLSX)))
	s.Handle("GET "+setsPath+"/nieuw", g.Staff(write, p.showNew))
	s.Handle("POST "+setsPath+"/nieuw", g.Staff(write, p.create))
	s.Handle("POST "+setsPath+"/controle", g.Staff(write, p.check))
	s.Handle("GET "+setsPath+"/{naam}", g.Staff(see, p.one))
	s.Handle("GET "+setsPath+"/{naam}/tekst", g.Staff(see, p.showText))
	s.Handle("POST "+setsPath+"/{naam}/tekst", g.Staff(write, p.write))
	s.Handle("GET "+setsPath+"/{naam}/formulier", g.Staff(write, p.showForm))
	s.Handle("POST "+setsPath+"/{naam}/formulier", g.Staff(write, p.fill))
	s.Handle("GET "+setsPath+"/{naam}/proberen", g.Staff(see, p.showTry))
	s.Handle("POST "+setsPath+"/{naam}/proberen", g.Staff(see, p.try))
	s.Handle("GET "+setsPath+"/{naam}/steekproef", g.Staff(write, p.showSample))
	s.Handle("POST "+setsPath+"/{naam}/steekproef", g.Staff(write, p.sample))
	s.Handle("POST "+setsPath+"/{naam}/aanbieden", g.Staff(write, p.ask))
	s.Handle("POST "+setsPath+"/{naam}/goedkeuren", g.Staff(staff.ReviewSets, p.approve))
	s.Handle("POST "+setsPath+"/{naam}/teruggeven", g.Staff(see, p.giveBack))
	s.Handle("POST "+setsPath+"/{naam}/publiceren", g.Staff(staff.PublishSets, p.publish))
	s.Handle("POST "+setsPath+"/{naam}/intrekken", g.Staff(staff.PublishSets, p.withdraw))
	s.Handle("GET "+setsPath+"/{naam}/verschillen", g.Staff(see, p.showDiff))
	s.Handle("POST "+setsPath+"/{naam}/verschillen", g.Staff(see, p.measure))
	s.Handle("GET "+setsPath+"/{naam}/versies/{versie}", g.Staff(see, p.version))
}

type pages struct {
	desk  Desk
	guard Guard
	names Names
	books Books
}

// Books are the portfolios of a firm, and what the rooms that ask a set give to begin
// with; criteria.Screener knows the former, and says what each method does.
type Books interface {
	Portfolios(context.Context, ident.Actor) ([]criteria.Portfolio, error)
	Effect(ctx context.Context, by ident.Actor, portfolio string, was, is *criteria.Program, day calendar.Date) (*criteria.Effect, error)
	Starter(purpose criteria.Purpose, name, from string) string // the text that a new set for this purpose begins with
}

// below is the frame of a page of one set.
func (p pages) below(r *http.Request, who staff.Session, title string) site.Work {
	name := r.PathValue("naam")
	f := p.guard.Frame(r, who, title)
	f.Trail = []site.Link{{Text: "Regelsets", Href: setsPath}, {Text: name, Href: setPath(name)}}
	return f
}

// A listPage is the list of sets as it was asked for.
type listPage struct {
	frame    site.Work
	asked    url.Values
	problems []site.Problem
	rows     []criteria.SetRow
	writes   bool
	from     int
}

// pageSize is how many sets a page shows.
const pageSize = 50

func (l listPage) problem(name string) string {
	for _, p := range l.problems {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

func (l *listPage) oneOf(name string, choices []site.Choice) string {
	v := l.asked.Get(name)
	if !slices.ContainsFunc(choices, func(c site.Choice) bool { return c.Value == v }) {
		l.problems = append(l.problems, site.Problem{Field: name, Text: "Kies een van de mogelijkheden."})
	}
	return v
}

func (p pages) asked(r *http.Request, who staff.Session) (listPage, error) {
	l := listPage{asked: r.URL.Query(), frame: p.guard.Frame(r, who, "Regelsets"), writes: who.May(staff.WriteSets)}
	l.frame.Wide = true
	l.frame.Lead = "Eigen regels van uw onderneming: welke contracten aandacht vragen, welke aanvragen u accepteert, welke normen gelden."
	f := criteria.Filter{Sought: l.asked.Get("zoek"), State: l.oneOf("stand", stateChoices), Purpose: criteria.Purpose(l.oneOf("doel", purposeFilter()))}
	if len(l.problems) > 0 {
		l.frame.Failed = true
		return l, nil
	}
	var err error
	if n, err := strconv.Atoi(l.asked.Get("vanaf")); err == nil {
		l.from = max(n, 0)
	}
	if l.rows, err = p.desk.List(r.Context(), who.Actor(), f); err != nil {
		return l, err
	}
	if l.asked.Get("sorteer") == "stand" {
		slices.SortStableFunc(l.rows, func(a, b criteria.SetRow) int { return strings.Compare(rowTag(a).Text, rowTag(b).Text) })
	}
	return l, nil
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := p.asked(r, who)
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if len(l.problems) > 0 {
		status = http.StatusBadRequest
	}
	return site.Page(status, setsList(l)), nil
}

func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l, err := p.asked(r, who)
		if err != nil {
			return nil, err
		}
		if len(l.problems) > 0 {
			return site.Page(http.StatusBadRequest, setsList(l)), nil
		}
		sheet := table.Sheet{Name: "Regelsets", About: [][2]string{{"Onderneming", who.FirmName}}, Columns: []table.Column{
			{Name: "Naam", Width: 30}, {Name: "Titel", Width: 40}, {Name: "Doel", Width: 30}, {Name: "Stand", Width: 24}, {Name: "Tekst", Width: 24}, {Name: "Geldt vanaf", Width: 14}, {Name: "Versies", Width: 8},
		}}
		return site.Download("regelsets-"+p.desk.Today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, s := range l.rows {
				if err := out.Row(s.Name, s.Title, s.Purpose.Dutch(), rowTag(s).Text, workingText(s.Working), since(s.Current), s.Versions); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}

func since(r *criteria.Release) string {
	if r == nil {
		return "–"
	}
	return r.From.Dutch()
}

// address is this list with another value for one question.
func (l listPage) address(path, name, value string) string {
	q := url.Values{}
	for _, n := range []string{"zoek", "stand", "doel", "sorteer"} {
		if v := l.asked.Get(n); v != "" {
			q.Set(n, v)
		}
	}
	if name != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// turn leads through the list.
func (l listPage) turn() site.Pages {
	p := site.Pages{About: "regelsets", Shown: "Geen regelsets"}
	if l.from < len(l.rows) {
		p.Shown = fmt.Sprintf("%d tot en met %d van %d", l.from+1, min(l.from+pageSize, len(l.rows)), len(l.rows))
	}
	if l.from > 0 {
		p.First, p.Previous = l.address(setsPath, "", ""), l.address(setsPath, "vanaf", strconv.Itoa(max(l.from-pageSize, 0)))
	}
	if l.from+pageSize < len(l.rows) {
		p.Next = l.address(setsPath, "vanaf", strconv.Itoa(l.from+pageSize))
	}
	return p
}

func (l listPage) table() site.Table {
	t := site.Table{
		Caption: "Regelsets op naam", Hidden: true, Empty: "Er zijn geen regelsets die hieraan voldoen.",
		Columns: []site.Column{{Name: "Regelset"}, {Name: "Doel"}, {Name: "Stand"}, {Name: "Tekst"}, {Name: "Geldt vanaf", Kind: "date"}, {Name: "Versies", Kind: "number"}},
	}
	for _, r := range l.rows[min(l.from, len(l.rows)):min(l.from+pageSize, len(l.rows))] {
		tag := rowTag(r)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: titled(r.Title, r.Name), Href: setPath(r.Name)}, {Text: r.Purpose.Dutch()}, {Tag: &tag}, {Text: workingText(r.Working)}, {Text: since(r.Current)}, {Text: count(r.Versions, "versie", "versies")},
		})
	}
	return t
}

// aJSON is a small reply to a script of ours.
type aJSON struct{ v any }

func (j aJSON) Write(w http.ResponseWriter, _ *http.Request) error {
	b, err := json.Marshal(j.v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(b)
	return err
}

// problemsOf leads what the service refused to the page it was asked on, else the
// error goes its own way.
func problemsOf(err error) ([]site.Problem, error) {
	f := fault.As(err)
	switch {
	case f == nil:
		return nil, err
	case f.Kind == fault.Invalid && len(f.Details) > 0:
		var list []site.Problem
		for _, d := range f.Details {
			list = append(list, site.Problem{Field: strings.ReplaceAll(strings.TrimPrefix(d.Pointer, "/"), "/", "-"), Text: d.Text})
		}
		return list, nil
	case refusals[f.Reason] != "":
		return []site.Problem{{Text: refusals[f.Reason]}}, nil
	}
	return nil, err
}
