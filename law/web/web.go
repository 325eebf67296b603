// Package web has the pages on which staff look up the norms of the house.
package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/internal/text"
	"zorgplicht/law"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

const (
	listPath  = "/werk/normen"
	firmPath  = listPath + "/voor-ons"
	coverPath = listPath + "/dekking"
	finesPath = listPath + "/boetes"
	pageSize  = 50
)

func normPath(id ident.Norm) string { return listPath + "/" + url.PathEscape(string(id)) }

// rulePath is where a rule can be tried.
func rulePath(name string) string { return "/werk/regels/" + url.PathEscape(name) }

// Mount mounts the pages below /werk/normen. carry tells where the house carries a
// norm; own what a firm laid down itself; today names the files that are taken out.
func Mount(s *site.Site, g Guard, carry law.Carry, own law.Own, today func() calendar.Date) {
	p := pages{g, carry, own, today}
	s.Explain(map[string]site.Message{
		"unknown-norm": {
			Title: "Deze norm is er niet", Text: "De catalogus heeft geen norm met dit kenmerk.",
			Do: "Zoek de norm op in de lijst.", Next: site.Link{Text: "Naar de normen", Href: listPath},
		},
	})
	s.Handle("GET "+listPath, g.Staff(staff.AskRules, p.list))
	s.Handle("GET "+listPath+"/lijst.csv", g.Staff(staff.AskRules, p.export(table.CSV)))
	s.Handle("GET "+listPath+"/lijst.xlsx", g.Staff(staff.AskRules, p.export(table.XLSX)))
	s.Handle("GET "+listPath+"/lijst.json", g.Staff(staff.AskRules, p.exportJSON))
	s.Handle("GET "+firmPath, g.Staff(staff.AskRules, p.firm))
	s.Handle("GET "+coverPath, g.Staff(staff.AskRules, p.cover))
	s.Handle("GET "+finesPath, g.Staff(staff.AskRules, p.fines))
	s.Handle("GET "+finesPath+"/lijst.csv", g.Staff(staff.AskRules, p.exportFines(table.CSV)))
	s.Handle("GET "+finesPath+"/lijst.xlsx", g.Staff(staff.AskRules, p.exportFines(table.XLSX)))
	s.Handle("GET "+listPath+"/{id}", g.Staff(staff.AskRules, p.one))
}

type pages struct {
	guard Guard
	carry law.Carry
	own   law.Own
	today func() calendar.Date
}

// A listPage is the list of norms as it was asked for.
type listPage struct {
	frame   site.Work
	asked   url.Values
	english bool
	found   []law.Norm
	from    int
	carry   law.Carry
	days    days
}

// asks reads what is asked for.
func (p pages) asks(r *http.Request, who staff.Session) listPage {
	l := listPage{frame: p.guard.Frame(r, who, "Normen"), asked: r.URL.Query(), carry: p.carry}
	l.frame.Wide = true
	l.frame.Lead = "Elk artikel, lid en onderdeel van het besluit van 2005 en elke passage van de AFM. De omschrijvingen zijn van ons; de tekst is die van de wet."
	l.english = l.asked.Get("taal") == "en"
	f := law.Filter{
		Kind: l.value("soort"), Bearer: l.value("wie"), Product: l.value("product"), Moment: l.value("moment"), Force: l.value("kracht"),
		Machine: l.value("machine"), Profile: l.value("recht"), Tariff: l.value("tarief"), Issue: l.value("bron") == "knelpunt",
	}
	l.days = readDays(l.asked)
	ruled := l.value("regel")
	l.found = slices.DeleteFunc(law.Search(l.value("zoek")), func(n law.Norm) bool {
		carried := len(p.carry(n.ID).Rules) > 0
		return !f.Keeps(n) || ruled == "met" && !carried || ruled == "zonder" && carried ||
			!l.days.on.IsZero() && !n.Holds(l.days.on, l.days.commencement)
	})
	if n, err := strconv.Atoi(l.asked.Get("vanaf")); err == nil && n > 0 && n < len(l.found) {
		l.from = n
	}
	l.frame.Failed = len(l.days.problems) > 0
	return l
}

func (l listPage) value(name string) string { return strings.TrimSpace(l.asked.Get(name)) }

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l := p.asks(r, who)
	status := http.StatusOK
	if l.frame.Failed {
		status = http.StatusBadRequest
	}
	return site.Page(status, normsPage(l)), nil
}

// at is the address of this list with another value.
func (l listPage) at(path, name, value string) string {
	q := url.Values{}
	for k, v := range l.asked {
		if k != "vanaf" && len(v) > 0 && v[0] != "" {
			q.Set(k, v[0])
		}
	}
	if q.Del(name); value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (l listPage) table() site.Table {
	t := site.Table{
		Caption: "Normen", Hidden: true, Empty: "Geen norm past bij wat u zoekt.",
		Columns: []site.Column{{Name: "Norm"}, {Name: "Wat er staat"}, {Name: "Voor wie"}, {Name: "Wanneer"}, {Name: "Tarief"}, {Name: "Regels"}},
	}
	for _, n := range l.found[l.from:min(l.from+pageSize, len(l.found))] {
		t.Rows = append(t.Rows, l.row(n))
	}
	return t
}

func (l listPage) row(n law.Norm) []site.Cell {
	text := site.Cell{Text: n.Dutch}
	if l.english && n.English != "" {
		text.Text = n.English
	}
	if n.Issue != "" {
		text.Tag = &site.Tag{Tone: site.Warn, Text: "Knelpunt"}
	}
	href := normPath(n.ID)
	if l.english {
		href += "?taal=en"
	}
	rules := strings.Join(l.carry(n.ID).Rules, ", ")
	if rules == "" {
		rules = "geen"
	}
	return []site.Cell{
		{Text: n.ID.Dutch(), Href: href},
		text,
		{Text: l.names(law.Bearers, n.Bearers)},
		{Text: l.names(law.Moments, codes(n.Moment))},
		{Text: strings.Join(n.Tariffs(), " of ")},
		{Text: rules},
	}
}

// names are the words of codes, in the language of the page.
func (l listPage) names(list law.Words, codes []string) string { return names(list, codes, l.english) }

func names(list law.Words, codes []string, english bool) string {
	all := make([]string, len(codes))
	for i, c := range codes {
		w, _ := list.Find(c)
		if all[i] = w.Dutch; english {
			all[i] = w.English
		}
	}
	return strings.Join(all, ", ")
}

func codes(one string) []string {
	if one == "" {
		return nil
	}
	return []string{one}
}

func (l listPage) turn() site.Pages {
	p := site.Pages{About: "normen", Shown: fmt.Sprintf("%d tot en met %d van %d", l.from+1, min(l.from+pageSize, len(l.found)), len(l.found))}
	if len(l.found) == 0 {
		p.Shown = "Geen normen"
	}
	if l.from > 0 {
		p.First = l.at(listPath, "", "")
		p.Previous = l.at(listPath, "vanaf", before(l.from))
	}
	if next := l.from + pageSize; next < len(l.found) {
		p.Next = l.at(listPath, "vanaf", strconv.Itoa(next))
	}
	return p
}

func before(from int) string {
	if from <= pageSize {
		return ""
	}
	return strconv.Itoa(from - pageSize)
}

// choices are the words that occur in the catalogue, to choose from.
func choices(list law.Words, held func(law.Norm) []string) []site.Choice {
	used := map[string]bool{}
	for _, n := range law.Norms() {
		for _, c := range held(n) {
			used[c] = true
		}
	}
	all := []site.Choice{{Value: "", Text: "Alle"}}
	for _, w := range list {
		if used[w.Code] {
			all = append(all, site.Choice{Value: w.Code, Text: text.Capital(w.Dutch)})
		}
	}
	return all
}

// selects are the lists above the table with nothing chosen, made once: what they
// offer is what the catalogue holds.
var selects = sync.OnceValue(func() []site.Select {
	return []site.Select{
		{Name: "recht", Label: "Recht", Choices: []site.Choice{{Value: "", Text: "Alle"}, {Value: rule.Bfd2005, Text: "Besluit van 2005"}, {Value: rule.Current, Text: "AFM, nu"}}},
		{Name: "soort", Label: "Soort", Choices: choices(law.Kinds, func(n law.Norm) []string { return []string{n.Kind} })},
		{Name: "wie", Label: "Voor wie", Choices: choices(law.Bearers, func(n law.Norm) []string { return n.Bearers })},
		{Name: "product", Label: "Product", Choices: choices(law.Products, func(n law.Norm) []string { return n.Products })},
		{Name: "moment", Label: "Wanneer", Choices: choices(law.Moments, func(n law.Norm) []string { return codes(n.Moment) })},
		{Name: "kracht", Label: "Kracht", Choices: choices(law.Forces, func(n law.Norm) []string { return []string{n.Force} })},
		{Name: "machine", Label: "Te toetsen", Choices: choices(law.Machines, func(n law.Norm) []string { return []string{n.Machine} })},
		{Name: "tarief", Label: "Boetetarief", Choices: []site.Choice{{Value: "", Text: "Alle"}, {Value: "2", Text: "2"}, {Value: "2a", Text: "2a"}, {Value: "3", Text: "3"}}},
		{Name: "regel", Label: "Regel", Choices: []site.Choice{{Value: "", Text: "Alle"}, {Value: "met", Text: "Met een regel"}, {Value: "zonder", Text: "Zonder regel"}}},
		{Name: "bron", Label: "Bron", Choices: []site.Choice{{Value: "", Text: "Alle"}, {Value: "knelpunt", Text: "Met een knelpunt in de bron"}}},
	}
})

// filters are the lists above the table, with what was chosen.
func (l listPage) filters() []site.Select {
	all := slices.Clone(selects())
	for i := range all {
		if v := l.value(all[i].Name); slices.ContainsFunc(all[i].Choices, func(c site.Choice) bool { return c.Value == v }) {
			all[i].Chosen = v
		}
	}
	return all
}

func (p pages) unknown() error { return fault.New(fault.NotFound, "unknown-norm", "") }
