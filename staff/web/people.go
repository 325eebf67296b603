package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

func mountPeople(s *site.Site, g *Guard) {
	s.Handle("GET "+peoplePath, g.Staff(staff.SeeStaff, g.showPeople))
	s.Handle("GET "+peoplePath+"/nieuw", g.Staff(staff.ManageStaff, g.showHire))
	s.Handle("POST "+peoplePath+"/nieuw", g.Staff(staff.ManageStaff, g.hire))
	s.Handle("GET "+peoplePath+"/{id}", g.Staff(staff.SeeStaff, g.showPerson))
	s.Handle("POST "+peoplePath+"/{id}/rollen", g.Staff(staff.ManageStaff, g.setRoles))
	s.Handle("POST "+peoplePath+"/{id}/blokkeren", g.onPerson(g.service.Block, "geblokkeerd"))
	s.Handle("POST "+peoplePath+"/{id}/vrijgeven", g.onPerson(g.service.Unblock, "vrijgegeven"))
	s.Handle("POST "+peoplePath+"/{id}/sessies/beeindigen", g.onPerson(g.service.EndSessions, "afgemeld"))
	s.Handle("POST "+peoplePath+"/{id}/wachtwoord", g.Staff(staff.ManageStaff, g.resetPassword))
}

func personPath(id string) string { return peoplePath + "/" + id }

type peoplePage struct {
	frame   site.Work
	manages bool
	search  string
	state   string
	list    []staff.Account
	total   int
	now     time.Time
}

var stateChoices = []site.Choice{{Value: "", Text: "Alle accounts"}, {Value: "open", Text: "Kan aanmelden"}, {Value: "geblokkeerd", Text: "Geblokkeerd"}, {Value: "afgelopen", Text: "Afgelopen"}}

// state is how an account stands, as the filter names it.
func state(a staff.Account, now time.Time) string {
	switch {
	case !a.Blocked.IsZero():
		return "geblokkeerd"
	case a.Ended(now):
		return "afgelopen"
	}
	return "open"
}

func stateTag(a staff.Account, now time.Time) site.Tag {
	switch state(a, now) {
	case "geblokkeerd":
		return site.Tag{Tone: site.Bad, Text: "Geblokkeerd"}
	case "afgelopen":
		return site.Tag{Tone: site.Warn, Text: "Afgelopen"}
	}
	return site.Tag{Tone: site.Good, Text: "Kan aanmelden"}
}

func (g *Guard) showPeople(r *http.Request, who staff.Session) (site.Reply, error) {
	all, err := g.service.Accounts(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	p := peoplePage{
		frame: g.Frame(r, who, "Medewerkers"), manages: who.May(staff.ManageStaff), total: len(all), now: g.service.Now(),
		search: strings.TrimSpace(r.URL.Query().Get("zoek")), state: r.URL.Query().Get("stand"),
	}
	p.frame.Lead = "Wie zich bij uw onderneming kan aanmelden, en met welke rollen."
	p.list = slices.DeleteFunc(all, func(a staff.Account) bool { return !p.shows(a) })
	return site.Page(http.StatusOK, showPeople(p)), nil
}

func (p peoplePage) shows(a staff.Account) bool {
	words := strings.ToLower(a.Name + " " + a.Email + " " + dutchRoles(a.Roles))
	return strings.Contains(words, strings.ToLower(p.search)) && (p.state == "" || p.state == state(a, p.now))
}

func (p peoplePage) table() site.Table {
	t := site.Table{
		Caption: "Medewerkers", Hidden: true, Empty: "Er is geen account dat hieraan voldoet.",
		Columns: []site.Column{{Name: "Naam"}, {Name: "E-mailadres"}, {Name: "Rollen"}, {Name: "Stand"}, {Name: "Laatste dag", Kind: "date"}},
	}
	for _, a := range p.list {
		tag, last := stateTag(a, p.now), ""
		if !a.Until.IsZero() {
			last = lastDay(a).Dutch()
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: a.Name, Href: personPath(a.ID)}, {Text: a.Email}, {Text: dutchRoles(a.Roles)}, {Tag: &tag}, {Text: last}})
	}
	return t
}

// A personForm is what is filled in about an account.
type personForm struct {
	name, email, last string
	roles             []string
	problems          []site.Problem
}

func (f personForm) problem(field string) string { return problemOf(f.problems, field) }

func (f personForm) has(r staff.Role) bool { return slices.Contains(f.roles, string(r)) }

// read reads roles and last day, and name and address where the form has them.
func readPerson(r *http.Request) (f personForm, a staff.Account, err error) {
	if err := r.ParseForm(); err != nil {
		return f, a, unreadable(err)
	}
	f = personForm{name: r.PostForm.Get("naam"), email: r.PostForm.Get("email"), last: strings.TrimSpace(r.PostForm.Get("laatste")), roles: r.PostForm["rol"]}
	a = staff.Account{Name: f.name, Email: f.email}
	for _, role := range f.roles {
		a.Roles = append(a.Roles, staff.Role(role))
	}
	if f.last != "" {
		day, err := calendar.Parse(f.last)
		if err != nil {
			f.problems = append(f.problems, site.Problem{Field: "laatste", Text: "Geef de laatste dag als een datum, zoals 2027-03-31."})
		} else {
			a.Until = day.AddDays(1).Start()
		}
	}
	return f, a, nil
}

// blame takes over what the service found wrong; other errors come back. Where the
// day itself could not be read, that it is missing is not said as well.
func (f *personForm) blame(err error) error {
	x := fault.As(err)
	if x == nil || len(x.Details) == 0 {
		return err
	}
	unread := f.problem("laatste") != ""
	for _, d := range x.Details {
		field := map[string]string{"/name": "naam", "/email": "email", "/roles": "rol", "/until": "laatste"}[d.Pointer]
		if field == "laatste" && unread {
			continue
		}
		f.problems = append(f.problems, site.Problem{Field: field, Text: d.Text})
	}
	return nil
}

type hirePage struct {
	frame site.Work
	form  personForm
}

func (g *Guard) hirePage(r *http.Request, who staff.Session, f personForm) hirePage {
	w := g.Frame(r, who, "Account toevoegen")
	w.Trail, w.Failed = []site.Link{{Text: "Medewerkers", Href: peoplePath}}, len(f.problems) > 0
	return hirePage{w, f}
}

func (g *Guard) showHire(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, showHire(g.hirePage(r, who, personForm{}))), nil
}

func (g *Guard) hire(r *http.Request, who staff.Session) (site.Reply, error) {
	f, a, err := readPerson(r)
	if err != nil {
		return nil, err
	}
	if len(f.problems) > 0 { // of what else is wrong at once
		if err := f.blame(staff.CheckAccount(a, g.service.Now())); err != nil {
			return nil, err
		}
		return site.Page(http.StatusBadRequest, showHire(g.hirePage(r, who, f))), nil
	}
	a, password, err := g.service.Hire(r.Context(), who.Actor(), a)
	if err != nil {
		if err := f.blame(err); err != nil {
			return nil, err
		}
		return site.Page(site.StatusOf(err), showHire(g.hirePage(r, who, f))), nil
	}
	return g.toldOnce(r, who, a, password, "Het account is toegevoegd"), nil
}

type oncePage struct {
	frame    site.Work
	account  staff.Account
	password string
}

// toldOnce shows a password that nobody can look up again: it goes in the answer to
// the post itself, never in an address.
func (g *Guard) toldOnce(r *http.Request, who staff.Session, a staff.Account, password, title string) site.Reply {
	w := g.Frame(r, who, title)
	w.Trail = []site.Link{{Text: "Medewerkers", Href: peoplePath}, {Text: a.Name, Href: personPath(a.ID)}}
	return site.Page(http.StatusOK, showOnce(oncePage{w, a, password}))
}
