package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const keepPath = site.SearchPath + "/bewaren"

// passing are the parts of an address that say where in a list somebody was, or what
// words they sought.
var passing = map[string]bool{"zoek": true, "na": true, "vanaf": true, "voor": true}

// SearchOf reads the list and its choices from an address on this site.
func SearchOf(href string) casework.Search {
	path, query, _ := strings.Cut(href, "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		q = url.Values{}
	}
	for name, values := range q {
		if passing[name] || strings.Join(values, "") == "" {
			q.Del(name)
		}
	}
	return casework.Search{Path: path, Query: q.Encode()}
}

// ways are every page and every kept search that somebody may open: what the window
// offers by which they go anywhere with a few keys.
func (p pages) ways(r *http.Request, who staff.Session) (links []site.Link, err error) {
	kept, err := p.desk.Searches(r.Context(), who.Account.Firm, who.Account.ID)
	for _, s := range kept {
		if p.lists(who)[s.Path] != "" {
			links = append(links, site.Link{Text: s.Name, Href: s.Href()})
		}
	}
	return append(links, p.Pages(who)...), err
}

// lists are the lists of casework that somebody may open, by path.
func (p pages) lists(who staff.Session) map[string]string {
	all := map[string]string{todayPath: "Vandaag", casesPath: "Zaken"}
	for _, a := range p.Kinds {
		if who.May(a.See) || p.Compartments[a.Kind] != nil {
			all[a.Path] = strings.ToUpper(a.Plural[:1]) + a.Plural[1:]
		}
	}
	for _, l := range p.Lists {
		if who.May(l.See) {
			all[l.Path] = l.Name
		}
	}
	return all
}

type searchPage struct {
	frame    site.Work
	ways     []site.Link
	sought   string
	own      []casework.Search
	team     string
	account  string
	lists    map[string]string
	cases    casesPage
	others   []Queue     // other lists that hold it
	exact    []site.Link // what has exactly this number
	problems []site.Problem
	failed   string // id of the search whose form came back; "" a new one
	sent     func(string) string
	kept     casework.Search // the new one
	share    bool
}

func (v searchPage) problem(field string) string { return problem(v.problems, field) }

func (v searchPage) name(s casework.Search) string {
	if v.failed == s.ID && v.problems != nil {
		return v.sent("naam-" + s.ID)
	}
	return s.Name
}

// where says which list a search opens.
func (v searchPage) where(s casework.Search) string {
	says := v.lists[s.Path]
	if s.Team != "" {
		says += ", gedeeld met team " + s.Team
	}
	return says
}

// pagesFound are the pages of which the name holds what was sought.
func (v searchPage) pagesFound() (links []site.Link) {
	for _, l := range v.ways {
		if strings.Contains(strings.ToLower(l.Text), strings.ToLower(v.sought)) {
			links = append(links, l)
		}
	}
	return links
}

func (p pages) searchPage(r *http.Request, who staff.Session) (v searchPage, err error) {
	v = searchPage{frame: p.guard.Frame(r, who, "Zoeken"), account: who.Account.ID, lists: p.lists(who), sought: strings.TrimSpace(r.URL.Query().Get("zoek")), sent: func(string) string { return "" }}
	v.frame.Lead = "Zoek in alles wat u mag zien: zaken, bladzijden en wat u bewaarde."
	if v.ways, err = p.ways(r, who); err != nil {
		return v, err
	}
	all, err := p.desk.Searches(r.Context(), who.Account.Firm, who.Account.ID)
	if err != nil {
		return v, err
	}
	v.own = slices.DeleteFunc(all, func(s casework.Search) bool { return v.lists[s.Path] == "" })
	if v.team, _, err = p.desk.Team(r.Context(), who.Account.Firm, who.Account.ID); err != nil || v.sought == "" {
		return v, err
	}
	sight, _, err := p.sight(r, who)
	if err != nil {
		return v, err
	}
	v.cases = casesPage{about: p.desk.About, sought: v.sought, filter: casework.Filter{Sight: sight, Limit: 10}.Search(v.sought)}
	if v.cases.page, err = p.desk.Cases(r.Context(), who.Account.Firm, v.cases.filter); err != nil {
		return v, err
	}
	if v.exact, err = p.exact(r, who, sight, v.sought); err != nil {
		return v, err
	}
	if p.Elsewhere != nil {
		if v.others, err = p.Elsewhere(r.Context(), who, v.sought); err != nil {
			return v, err
		}
	}
	v.cases.names, _, err = p.names(r, who.Account.Firm)
	return v, err
}

// exact finds what has exactly the number that was sought: a case that somebody may see,
// and what other rooms know.
func (p pages) exact(r *http.Request, who staff.Session, sight casework.Sight, sought string) (links []site.Link, err error) {
	if n := casework.NumberOf(sought); n != "" {
		page, err := p.desk.Cases(r.Context(), who.Account.Firm, casework.Filter{Sight: sight, Number: n, Limit: 1})
		if err != nil {
			return nil, err
		}
		for _, c := range page.Rows {
			a, _ := p.desk.About(c.Kind)
			links = append(links, site.Link{Text: strings.TrimSpace(c.Number + " " + c.Title), Href: a.Href(c.ID)})
		}
	}
	if p.Exact == nil {
		return links, nil
	}
	more, err := p.Exact(r.Context(), who, sought)
	return append(links, more...), err
}

// search finds pages, kept searches and cases. It needs no script.
func (p pages) search(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.searchPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showSearch(v)), nil
}

// turnKey turns the key of the window on or off, in this browser.
func (p pages) turnKey(r *http.Request, _ staff.Session) (site.Reply, error) {
	return site.TurnFinder(site.SeeOther(site.SearchPath+"#toets"), r.PostFormValue("toets") != "uit"), nil
}

// listOf reads which list somebody keeps; one they may not see is none.
func (p pages) listOf(r *http.Request, who staff.Session) (casework.Search, error) {
	s := SearchOf(r.FormValue("lijst"))
	if p.lists(who)[s.Path] == "" {
		return s, fault.New(fault.NotFound, "unknown-search", "")
	}
	return s, nil
}

func (p pages) showKeep(r *http.Request, who staff.Session) (site.Reply, error) {
	s, err := p.listOf(r, who)
	if err != nil {
		return nil, err
	}
	v, err := p.searchPage(r, who)
	v.kept = s
	v.frame.Title, v.frame.Lead, v.frame.Trail = "Zoekopdracht bewaren", "", []site.Link{{Text: "Zoeken", Href: site.SearchPath}}
	return site.Page(http.StatusOK, showKeep(v)), err
}

var searchFields = map[string]string{"/name": "naam", "/share": "delen", "/query": "naam"}

func (p pages) keep(r *http.Request, who staff.Session) (site.Reply, error) {
	s, err := p.listOf(r, who)
	if err != nil {
		return nil, err
	}
	s.Name = r.PostFormValue("naam")
	share := r.PostFormValue("delen") != ""
	err = p.desk.KeepSearch(r.Context(), who.Actor(), s, share)
	problems, ok := refused(err, searchFields)
	if !ok {
		return site.SeeOther(site.SearchPath), err
	}
	v, err := p.searchPage(r, who)
	v.kept, v.problems, v.share, v.frame.Failed = s, problems, share, true
	v.frame.Title, v.frame.Lead, v.frame.Trail = "Zoekopdracht bewaren", "", []site.Link{{Text: "Zoeken", Href: site.SearchPath}}
	return site.Page(http.StatusBadRequest, showKeep(v)), err
}

func (p pages) renameSearch(r *http.Request, who staff.Session) (site.Reply, error) {
	id := r.PathValue("id")
	s := casework.Search{ID: id, Name: r.PostFormValue("naam-" + id)}
	err := p.desk.KeepSearch(r.Context(), who.Actor(), s, r.PostFormValue("delen-"+id) != "")
	problems, ok := refused(err, map[string]string{"/name": "naam-" + id, "/share": "delen-" + id})
	if !ok {
		return site.SeeOther(site.SearchPath), err
	}
	v, err := p.searchPage(r, who)
	v.problems, v.failed, v.sent, v.frame.Failed = problems, id, r.PostFormValue, true
	return site.Page(http.StatusBadRequest, showSearch(v)), err
}

func (p pages) removeSearch(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.SeeOther(site.SearchPath), p.desk.RemoveSearch(r.Context(), who.Actor(), r.PathValue("id"))
}

func shareChoices(team string) []site.Choice {
	all := []site.Choice{{Value: "", Text: "Alleen ik"}}
	if team != "" {
		all = append(all, site.Choice{Value: "team", Text: "Ook team " + team})
	}
	return all
}

func chosenShare(shared bool) string {
	if shared {
		return "team"
	}
	return ""
}
