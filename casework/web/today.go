package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// shownAtOnce is how many lines of one band the list shows before it asks to choose
// that band.
const shownAtOnce = 25

type todayPage struct {
	frame  site.Work
	today  calendar.Date
	filter casework.ItemFilter
	kinds  []casework.About
	items  []casework.Item
	counts map[casework.Band]int
	names  map[string]string
	about  func(casework.Kind) (casework.About, bool)
	team   string
	teams  []string
	queues []Queue
}

// today shows what must be done: what is mine when nothing else is asked.
func (p pages) today(r *http.Request, who staff.Session) (site.Reply, error) {
	sight, teams, err := p.sight(r, who)
	if err != nil {
		return nil, err
	}
	v := todayPage{
		frame: p.guard.Frame(r, who, "Vandaag"), today: p.desk.Today(), kinds: p.seen(who), about: p.desk.About, team: sight.Team, teams: teams,
		filter: casework.ItemFilter{Sight: sight, Whose: casework.Mine, Limit: 4 * shownAtOnce},
	}
	v.frame.Wide = true
	v.frame.Lead = "Wat er gedaan moet worden en voor wanneer. Bovenaan staat wat het zwaarst weegt: het boetetarief van de norm maal de schade voor de klant."
	q := r.URL.Query()
	switch w := casework.Whose(q.Get("van")); {
	case w == casework.Firms, w == casework.Teams && sight.Team != "":
		v.filter.Whose = w
	}
	for _, b := range casework.Bands {
		if string(b) == q.Get("termijn") {
			v.filter.Band, v.filter.Limit = b, 500
		}
	}
	for _, k := range v.kinds {
		if string(k.Kind) == q.Get("soort") {
			v.filter.Kind = k.Kind
		}
	}
	if v.items, v.counts, err = p.desk.Items(r.Context(), who.Account.Firm, v.filter); err != nil {
		return nil, err
	}
	if v.names, _, err = p.names(r, who.Account.Firm); err != nil {
		return nil, err
	}
	if v.queues, err = p.Queues(r.Context(), who); err != nil {
		return nil, err
	}
	v.takeLines()
	return site.Page(http.StatusOK, showToday(v)), nil
}

// takeLines puts what queues ask before a day among the lines of the firm, and among
// mine what was given to me. What nobody took waits, where it is not in the list.
func (v *todayPage) takeLines() {
	left := v.queues[:0]
	for _, q := range v.queues {
		waits := len(q.Lines) == 0
		q.Lines = slices.DeleteFunc(q.Lines, func(i casework.Item) bool { return i.Asleep(v.today) })
		if n := v.take(q.Lines); n > 0 {
			q.Count, waits = n, true
		}
		if waits {
			left = append(left, q)
		}
	}
	v.queues = left
	casework.Sort(v.items, v.today)
}

// take puts lines in the list, and counts those that are not and that nobody has.
func (v *todayPage) take(lines []casework.Item) (waiting int) {
	for _, i := range lines {
		band := casework.BandOf(i.Day, v.today)
		switch listed := v.filter.Whose == casework.Firms || v.filter.Whose == casework.Mine && i.Hand() == v.filter.Account; {
		case !listed && i.Hand() == "":
			waiting++
		case !listed, v.filter.Kind != "" && v.filter.Kind != i.Of.Kind:
		default:
			v.counts[band]++
			if v.filter.Band == "" || v.filter.Band == band {
				v.items = append(v.items, i)
			}
		}
	}
	return waiting
}

// href is this list with another choice.
func (v todayPage) href(whose casework.Whose, band casework.Band) string {
	q := url.Values{}
	q.Set("van", string(whose))
	if band != "" {
		q.Set("termijn", string(band))
	}
	if v.filter.Kind != "" {
		q.Set("soort", string(v.filter.Kind))
	}
	return todayPath + "?" + q.Encode()
}

// bands are the bands that the list shows.
func (v todayPage) bands() []casework.Band {
	if v.filter.Band != "" {
		return []casework.Band{v.filter.Band}
	}
	return casework.Bands[:3]
}

func (v todayPage) band(b casework.Band) site.Table {
	t := site.Table{
		Caption: b.Dutch(), Hidden: true,
		Columns: []site.Column{{Name: "Wat"}, {Name: "Zaak"}, {Name: "Uiterlijk", Kind: "date"}, {Name: "Norm", Kind: "code"}, {Name: "Door"}},
	}
	for _, i := range v.items {
		if casework.BandOf(i.Day, v.today) != b || len(t.Rows) == shownAtOnce && v.filter.Band == "" {
			continue
		}
		about, _ := v.about(i.Of.Kind)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: i.Title, Href: duePath(i.Due.Case, i.Code)},
			{Text: strings.TrimSpace(i.Of.Number + " " + i.Of.Title), Href: cmp.Or(i.Href, about.Href(i.Of.ID))},
			{Text: i.Day.Dutch()},
			normCell(i),
			{Text: v.hand(i)},
		})
	}
	return t
}

func normCell(i casework.Item) site.Cell {
	if i.Norm == "" {
		return site.Cell{Text: "taak"}
	}
	return site.Cell{Text: string(i.Norm), Href: "/werk/normen/" + string(i.Norm)}
}

func (v todayPage) hand(i casework.Item) string {
	if n := v.names[i.Hand()]; n != "" {
		return n
	}
	if i.Of.Team != "" {
		return "team " + i.Of.Team
	}
	return "nog niemand"
}

// more is how many lines of a band are not shown.
func (v todayPage) more(b casework.Band) int {
	if v.filter.Band != "" {
		return max(0, v.counts[b]-500)
	}
	n := 0
	for _, i := range v.items {
		if casework.BandOf(i.Day, v.today) == b {
			n++
		}
	}
	return v.counts[b] - min(n, shownAtOnce)
}

func (v todayPage) whose() []site.Link {
	links := []site.Link{{Text: "Van mij", Href: v.href(casework.Mine, v.filter.Band), Here: v.filter.Whose == casework.Mine}}
	if v.team != "" {
		links = append(links, site.Link{Text: "Van team " + v.team, Href: v.href(casework.Teams, v.filter.Band), Here: v.filter.Whose == casework.Teams})
	}
	return append(links, site.Link{Text: "Van iedereen", Href: v.href(casework.Firms, v.filter.Band), Here: v.filter.Whose == casework.Firms})
}

func (v todayPage) kindChoices() []site.Choice {
	choices := []site.Choice{{Text: "Alle soorten"}}
	for _, k := range v.kinds {
		choices = append(choices, site.Choice{Value: string(k.Kind), Text: k.Plural})
	}
	return choices
}

func (p pages) joinTeam(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := p.desk.JoinTeam(r.Context(), who.Actor(), r.PostFormValue("team")); err != nil {
		return nil, err
	}
	return site.SeeOther(todayPath), nil
}
