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
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A listPage is the list of attempts as it was asked for.
type listPage struct {
	asking
	frame    site.Work
	page     appropriateness.Page
	skipped  int                       // rows on earlier pages
	versions []appropriateness.Version // to choose from
	invites  bool                      // may invite a client
	takes    bool                      // may take the list out of the house
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l, f, err := p.asked(r, who)
	if err != nil {
		return nil, err
	}
	if len(l.problems) > 0 {
		return l.unread(), nil
	}
	if l.page, err = p.desk.List(r.Context(), who.Actor(), f); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, attemptsPage(l)), nil
}

// asked reads which list is asked for.
func (p pages) asked(r *http.Request, who staff.Session) (l listPage, f appropriateness.Filter, err error) {
	l = listPage{asking: asking{asked: r.URL.Query()}, frame: p.guard.Frame(r, who, "Toetspogingen"), invites: who.May(staff.MakeLink), takes: who.May(staff.Download)}
	l.frame.Wide = true
	if l.versions, err = p.desk.Versions(r.Context(), who.Actor()); err != nil {
		return l, f, err
	}
	f = l.filter()
	return l, f, nil
}

// unread is the list that could not be made of what was asked.
func (l listPage) unread() site.Reply {
	l.frame.Failed = true
	return site.Page(http.StatusBadRequest, attemptsPage(l))
}

// filter reads what was asked for, and notes what cannot be read.
func (l *listPage) filter() appropriateness.Filter {
	f := appropriateness.Filter{
		Outcome: appropriateness.Outcome(l.oneOf("uitkomst", outcomeChoices)),
		Channel: l.oneOf("kanaal", channelFilter()),
		From:    l.day("van", 0),
		Before:  l.day("tot", 1),
	}
	switch state := l.oneOf("stand", stateChoices); state {
	case countedState:
		f.Counted = true
	case droppedState:
		f.State, f.Counted = appropriateness.Lapsed, true
	default:
		f.State = appropriateness.State(state)
	}
	f.TestID, f.Test = l.test("toets", l.versions)
	f.Followed = l.following(f)
	switch sought := l.value("zoek"); {
	case ident.Valid(strings.ToLower(sought)):
		f.ID = appropriateness.AttemptID(strings.ToLower(sought))
	default:
		f.Reference = sought
	}
	l.inOrder(f.From, f.Before)
	f.Cursor, l.skipped = l.after()
	return f
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
	q := l.kept()
	if na != "" {
		q.Set("na", na)
	}
	return address(listPath, q)
}

// export is the address at which this list is taken out as a file.
func (l *listPage) export(f table.Format) string { return address(exportPath(f), l.kept()) }

func (l *listPage) kept() url.Values {
	q := url.Values{}
	for _, name := range []string{"zoek", "stand", "uitkomst", "toets", "kanaal", "groep", "vervolg", "van", "tot"} {
		if v := l.value(name); v != "" {
			q.Set(name, v)
		}
	}
	return q
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

// The states that the list knows beside those of an attempt.
const (
	countedState = "counted" // question 1 was shown, whatever came after
	droppedState = "dropped" // lapsed after question 1 was shown
)

var (
	stateChoices = []site.Choice{
		{Value: "", Text: "Alle standen"},
		{Value: string(appropriateness.Ready), Text: "Klaargezet"},
		{Value: string(appropriateness.Begun), Text: "Bezig"},
		{Value: string(appropriateness.Judged), Text: "Beoordeeld"},
		{Value: string(appropriateness.Lapsed), Text: "Verlopen"},
		{Value: countedState, Text: "Ooit begonnen"},
		{Value: droppedState, Text: "Afgehaakt na het begin"},
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
			{Name: "Herkend aan"},
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
			{Text: knownText(r.Known.Known())},
			{Tag: &state},
			outcome,
			{Text: points},
		})
	}
	return t
}

// knownText says in a word by what a client is known: by their own data wherever
// they come, or by the firm's reference alone.
func knownText(k appropriateness.Known) string {
	if k == appropriateness.ByKey {
		return "Gegevens"
	}
	return "Uw kenmerk"
}
