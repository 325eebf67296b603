// Package web has the pages on which staff look up the rules of the house and
// try them.
package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/desk"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

const listPath = "/werk/regels"

func rulePath(name string) string { return listPath + "/" + url.PathEscape(name) }

// Mount mounts the pages below /werk/regels. A question is posted, since facts do
// not belong in an address; nothing of it is kept.
func Mount(s *site.Site, d *desk.Desk, g Guard) {
	p := pages{d, g}
	s.Explain(map[string]site.Message{
		rule.UnknownRule: {
			Title: "Deze regel is er niet", Text: "Er is geen regel met deze naam, of niet in deze versie.",
			Do: "Zoek de regel op in de lijst.", Next: site.Link{Text: "Naar de regels", Href: listPath},
		},
	})
	s.Handle("GET "+listPath, g.Staff(staff.AskRules, p.list))
	s.Handle("GET "+listPath+"/{name}", g.Staff(staff.AskRules, p.one))
	s.Handle("POST "+listPath+"/{name}", g.Staff(staff.AskRules, p.ask))
}

type pages struct {
	desk  *desk.Desk
	guard Guard
}

// A listPage is the list of rules as it was asked for.
type listPage struct {
	frame   site.Work
	sought  string
	profile string
	rules   []desk.Rule
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	q := r.URL.Query()
	l := listPage{frame: p.guard.Frame(r, who, "Regels"), sought: strings.TrimSpace(q.Get("zoek")), profile: q.Get("recht")}
	l.frame.Wide = true
	l.frame.Lead = "Wat het systeem beslist, beslist een van deze regels. Zoek een regel op en probeer hem uit; er wordt niets bewaard."
	for _, one := range p.desk.Rules() {
		if (l.profile == "" || one.Profile == l.profile) && matches(one, l.sought) {
			l.rules = append(l.rules, one)
		}
	}
	return site.Page(http.StatusOK, rulesPage(l)), nil
}

// matches reports whether every word sought stands in what the list shows of the
// rule.
func matches(r desk.Rule, sought string) bool {
	text := r.Name + " " + r.Title + " " + r.About
	for _, n := range r.Norms {
		text += " " + string(n) + " " + n.Dutch()
	}
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(sought)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (l listPage) table() site.Table {
	t := site.Table{
		Caption: "Regels", Hidden: true, Empty: "Geen regel past bij wat u zoekt.",
		Columns: []site.Column{{Name: "Regel"}, {Name: "Naam", Kind: "code"}, {Name: "Recht"}, {Name: "Versie", Kind: "number"}, {Name: "Normen"}},
	}
	for _, r := range l.rules {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: title(r), Href: rulePath(r.Name)},
			{Text: r.Name},
			{Text: profileText(r.Profile)},
			{Text: strconv.Itoa(r.Version)},
			{Text: normsText(r.Norms)},
		})
	}
	return t
}

// title is what the rule decides, or its name where nobody told.
func title(r desk.Rule) string {
	if r.Title == "" {
		return r.Name
	}
	return r.Title
}

// normsText names the first norms of a long list.
func normsText(norms []ident.Norm) string {
	const shown = 3
	var names []string
	for _, n := range norms[:min(len(norms), shown)] {
		names = append(names, n.Dutch())
	}
	text := strings.Join(names, "; ")
	if more := len(norms) - shown; more > 0 {
		text += " en nog " + strconv.Itoa(more)
	}
	return text
}

var profileChoices = []site.Choice{
	{Value: "", Text: "Alle"},
	{Value: rule.Current, Text: profileText(rule.Current)},
	{Value: rule.Bfd2005, Text: profileText(rule.Bfd2005)},
}

// profileText is how staff name a profile.
func profileText(profile string) string {
	switch profile {
	case rule.Current:
		return "AFM, nu"
	case rule.Bfd2005:
		return "Besluit van 2005"
	}
	return profile
}
