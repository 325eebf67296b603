package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A listPage is the list of attempts as it was asked for.
type listPage struct {
	frame    site.Work
	asked    url.Values
	page     appropriateness.Page
	skipped  int // rows on earlier pages
	problems []site.Problem
	invites  bool // may invite a client
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l := listPage{frame: p.guard.Frame(r, who, "Toetspogingen"), asked: r.URL.Query(), invites: who.May(staff.MakeLink)}
	l.frame.Wide = true
	f := l.filter()
	if len(l.problems) > 0 {
		l.frame.Failed = true
		return site.Page(http.StatusBadRequest, attemptsPage(l)), nil
	}
	var err error
	if l.page, err = p.desk.List(r.Context(), who.Actor(), f); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, attemptsPage(l)), nil
}

// filter reads what was asked for, and notes what cannot be read.
func (l *listPage) filter() appropriateness.Filter {
	f := appropriateness.Filter{
		State:   appropriateness.State(l.oneOf("stand", stateChoices)),
		Outcome: appropriateness.Outcome(l.oneOf("uitkomst", outcomeChoices)),
		From:    l.day("van", 0),
		Before:  l.day("tot", 1),
	}
	switch sought := l.value("zoek"); {
	case ident.Valid(strings.ToLower(sought)):
		f.ID = appropriateness.AttemptID(strings.ToLower(sought))
	default:
		f.Reference = sought
	}
	if !f.From.IsZero() && !f.Before.IsZero() && !f.From.Before(f.Before) {
		l.wrong("tot", "Geef bij “tot en met” een dag die niet voor de eerste dag ligt.")
	}
	f.Cursor, l.skipped = l.after()
	return f
}

func (l *listPage) value(name string) string { return strings.TrimSpace(l.asked.Get(name)) }

func (l *listPage) wrong(field, text string) {
	l.problems = append(l.problems, site.Problem{Field: field, Text: text})
}

func (l *listPage) problem(field string) string {
	for _, p := range l.problems {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

func (l *listPage) oneOf(name string, choices []site.Choice) string {
	v := l.value(name)
	for _, c := range choices {
		if c.Value == v {
			return v
		}
	}
	l.wrong(name, "Kies een van de mogelijkheden uit de lijst.")
	return ""
}

// day returns the start of the day filled in, so many days later; zero when it
// was left empty. A day is one in Amsterdam.
func (l *listPage) day(name string, later int) time.Time {
	v := l.value(name)
	if v == "" {
		return time.Time{}
	}
	d, err := calendar.Parse(v)
	if err != nil {
		l.wrong(name, "Geef een dag als jaar-maand-dag, zoals 2026-11-21.")
		return time.Time{}
	}
	return d.AddDays(later).Start()
}

// after reads the place in the list at which this page begins: how many rows were
// before it, and the last of those. What we did not write counts as the first
// page.
func (l *listPage) after() (appropriateness.Cursor, int) {
	part := strings.Split(l.asked.Get("na"), ".")
	if len(part) != 3 || !ident.Valid(part[2]) {
		return appropriateness.Cursor{}, 0
	}
	skipped, err1 := strconv.Atoi(part[0])
	ms, err2 := strconv.ParseInt(part[1], 10, 64)
	if err1 != nil || err2 != nil || skipped < 1 || skipped > 1<<30 {
		return appropriateness.Cursor{}, 0
	}
	return appropriateness.Cursor{Created: time.UnixMilli(ms).UTC(), ID: appropriateness.AttemptID(part[2])}, skipped
}

// turn leads through the list.
func (l *listPage) turn() site.Pages {
	p := site.Pages{About: "toetspogingen", Shown: l.shown()}
	if l.skipped > 0 {
		p.First = l.at("")
	}
	if n := l.page.Next; n != nil {
		p.Next = l.at(fmt.Sprintf("%d.%d.%s", l.skipped+len(l.page.Rows), n.Created.UnixMilli(), n.ID))
	}
	return p
}

// at is the address of this list at another place.
func (l *listPage) at(na string) string {
	q := url.Values{}
	for _, name := range []string{"zoek", "stand", "uitkomst", "van", "tot"} {
		if v := l.value(name); v != "" {
			q.Set(name, v)
		}
	}
	if na != "" {
		q.Set("na", na)
	}
	if len(q) == 0 {
		return listPath
	}
	return listPath + "?" + q.Encode()
}

// shown says which rows these are, and of how many.
func (l *listPage) shown() string {
	n := len(l.page.Rows)
	if n == 0 {
		return "Geen toetspogingen"
	}
	total := strconv.Itoa(l.page.Total)
	if l.page.Total > appropriateness.CountLimit {
		total = "meer dan 1.000"
	}
	if l.skipped == 0 && l.page.Next == nil {
		return count(n, "toetspoging", "toetspogingen")
	}
	return fmt.Sprintf("%d tot en met %d van %s", l.skipped+1, l.skipped+n, total)
}

var (
	stateChoices = []site.Choice{
		{Value: "", Text: "Alle standen"},
		{Value: string(appropriateness.Ready), Text: "Klaargezet"},
		{Value: string(appropriateness.Begun), Text: "Bezig"},
		{Value: string(appropriateness.Judged), Text: "Beoordeeld"},
		{Value: string(appropriateness.Lapsed), Text: "Verlopen"},
	}
	outcomeChoices = []site.Choice{
		{Value: "", Text: "Alle uitkomsten"},
		{Value: string(appropriateness.Appropriate), Text: "Passend"},
		{Value: string(appropriateness.NotAppropriate), Text: "Niet passend"},
		{Value: string(appropriateness.CannotBeJudged), Text: "Niet te beoordelen"},
	}
)

func (l *listPage) table() site.Table {
	t := site.Table{
		Caption: "Toetspogingen, de nieuwste eerst", Hidden: true,
		Columns: []site.Column{
			{Name: "Klant"},
			{Name: "Klaargezet", Kind: "date"},
			{Name: "Toets"},
			{Name: "Kanaal"},
			{Name: "Stand"},
			{Name: "Uitkomst"},
			{Name: "Punten", Kind: "number"},
		},
		Empty: "Er zijn geen toetspogingen die hieraan voldoen.",
	}
	for _, r := range l.page.Rows {
		state := stateTag(r.State)
		points := "–"
		if r.Outcome != "" {
			points = fmt.Sprintf("%d\u00a0van\u00a0%d", r.Points, r.Out)
		}
		outcome := site.Cell{Text: "–"}
		if tag := outcomeTag(r.Outcome); tag != nil {
			outcome = site.Cell{Tag: tag}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: clientText(r.Reference), Href: attemptPath(r.ID)},
			{Text: calendar.DutchTime(r.Created)},
			{Text: r.Title},
			{Text: channelText(r.Channel)},
			{Tag: &state},
			outcome,
			{Text: points},
		})
	}
	return t
}
