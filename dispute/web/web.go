// Package web has the pages of dispute bodies, below /werk/geschilleninstanties, and of
// the disputes there, below /werk/geschillen.
package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	Casework *casework.Service
	NewID    func() string
	// Names are the names of all accounts of the firm, by id.
	Names func(context.Context, ident.Firm) (map[string]string, error)
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
}

const (
	bodiesPath = "/werk/geschilleninstanties"
	casesPath  = "/werk/geschillen"
	atOnce     = 50
)

func bodyPath(id casework.ID) string { return bodiesPath + "/" + string(id) }
func casePath(id casework.ID) string { return casesPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d *dispute.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(map[string]site.Message{
		"recognition-withdrawn": {
			Title: "De erkenning is ingetrokken", Text: "Bij deze instantie kan niets meer bij. Vraagt zij opnieuw erkenning aan, schrijf haar dan opnieuw in.",
			Next: site.Link{Text: "Naar de geschilleninstanties", Href: bodiesPath},
		},
		"dispute-over": {
			Title: "Dit geschil is klaar", Text: "De uitkomst is vastgelegd en uitgevoerd. Er kan niets meer bij.",
			Next: site.Link{Text: "Naar de geschillen", Href: casesPath},
		},
	})
	type page = func(*http.Request, staff.Session) (site.Reply, error)
	for do, at := range map[staff.Action]map[string]page{
		staff.SeeDisputes: {
			"GET " + bodiesPath: p.bodies, "GET " + bodiesPath + ".csv": p.exportBodies(table.CSV), "GET " + bodiesPath + ".xlsx": p.exportBodies(table.XLSX), "GET " + bodiesPath + "/{id}": p.body,
			"GET " + casesPath: p.cases, "GET " + casesPath + ".csv": p.exportCases(table.CSV), "GET " + casesPath + ".xlsx": p.exportCases(table.XLSX), "GET " + casesPath + "/{id}": p.one,
		},
		staff.KeepBodies:     {"GET " + bodiesPath + "/nieuw": p.newBody, "POST " + bodiesPath + "/nieuw": p.register, "POST " + bodiesPath + "/{id}/{stap}": p.bodyStep},
		staff.HandleDisputes: {"GET " + casesPath + "/nieuw": p.newCase, "POST " + casesPath + "/nieuw": p.file, "POST " + casesPath + "/{id}/{stap}": p.caseStep},
	} {
		for pattern, page := range at {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
}

type pages struct {
	desk  *dispute.Service
	guard Guard
	Options
}

// A field is a value of a form as it was sent.
type sent struct{ *http.Request }

func (s sent) get(name string) string { return s.PostFormValue(name) }

func (s sent) day(name string) calendar.Date {
	return caseworkweb.DayOf(s.Request, name)
}

// yes is what was answered to a question of yes or no; nil is nothing.
func (s sent) yes(name string) *bool {
	switch s.get(name) {
	case "ja":
		return new(true)
	case "nee":
		return new(false)
	}
	return nil
}

// saw is the revision that was looked at; none tells whoever sent it that the case
// changed.
func (s sent) saw() int64 {
	n, err := strconv.ParseInt(s.get("versie"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func yesNo(name, legend, hint string, now *bool) site.Radios {
	chosen := ""
	if now != nil {
		chosen = map[bool]string{true: "ja", false: "nee"}[*now]
	}
	return site.Radios{Name: name, Legend: legend, Hint: hint, Choices: []site.Choice{{Value: "ja", Text: "Ja"}, {Value: "nee", Text: "Nee"}}, Chosen: chosen}
}

func dayField(name, label, hint string, now calendar.Date, optional bool) site.Field {
	return site.Field{Name: name, Label: label, Hint: hint, Type: "date", Value: now.String(), Optional: optional, Short: true}
}

// A form is a page of steps while it is made: what each is sent to, and by which
// revision.
type form struct {
	path     string
	revision int64
	steps    []site.Step
}

func (f *form) add(name, heading, button string, parts ...any) {
	f.steps = append(f.steps, site.Step{
		Name: name, Action: f.path + "/" + name, Heading: heading, Button: button,
		Parts: append([]any{site.Hidden{Name: "versie", Value: strconv.FormatInt(f.revision, 10)}}, parts...),
	})
}

// again is a page as it came back: with what was sent to one of its steps, and what
// was wrong with it.
func again(v site.Record, step string, r *http.Request, problems []site.Problem) site.Reply {
	v.Problems, v.Frame.Failed = problems, true
	for n, s := range v.Steps {
		if s.Name == step {
			v.Steps[n] = s.Again(func(name string) []string { return r.PostForm[name] }, problems)
		}
	}
	return site.Page(http.StatusBadRequest, site.ShowRecord(v))
}

// A query is what was asked of a list, by these names.
type query struct {
	url.Values
	names []string
}

// at is an address with what is asked.
func (q query) at(path, na string) string {
	to := url.Values{}
	for _, k := range q.names {
		if v := q.Get(k); v != "" && len(v) <= 100 {
			to.Set(k, v)
		}
	}
	if na != "" {
		to.Set("na", na)
	}
	if len(to) == 0 {
		return path
	}
	return path + "?" + to.Encode()
}

// filter is what every list here can be narrowed by.
func (q query) filter(facets ...string) casework.Filter {
	f := casework.Filter{Limit: atOnce, Facets: casework.Facets{}}.Search(q.Get("zoek"))
	for _, name := range facets {
		if v := q.Get(name); v == casework.None || len(v) <= 60 {
			f.Facets[name] = v
		}
	}
	if casework.Order(q.Get("volgorde")) == casework.Oldest {
		f.Order = casework.Oldest
	}
	f.Cursor, _ = caseworkweb.After(q.Get("na"))
	return f
}

// turn is the way to the other pages of a list.
func (q query) turn(about, path string, n int, next *casework.Cursor) site.Pages {
	_, skipped := caseworkweb.After(q.Get("na"))
	p := site.Pages{About: about, Shown: "Geen " + about}
	if n > 0 {
		p.Shown = strconv.Itoa(skipped+1) + " tot en met " + strconv.Itoa(skipped+n)
	}
	if skipped > 0 {
		p.First = q.at(path, "")
	}
	if next != nil {
		p.Next = q.at(path, caseworkweb.Place(skipped+n, *next))
	}
	return p
}

func (q query) files(path string) site.Files {
	return site.Files{CSV: q.at(path+".csv", ""), XLSX: q.at(path+".xlsx", "")}
}

// unknownStep is what a step that a page does not have gets.
func unknownStep() error { return fault.New(fault.NotFound, "unknown-case", "") }
