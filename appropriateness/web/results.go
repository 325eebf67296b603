package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

const resultsPath = "/werk/toetsresultaten"

// recentDays is the period that the figures are of when none is asked for.
const recentDays = 90

// LookBack is what these pages ask to look back on many attempts at once.
type LookBack interface {
	Today() calendar.Date
	Versions(context.Context, ident.Actor) ([]appropriateness.Version, error)
	Results(context.Context, ident.Actor, appropriateness.Filter) (appropriateness.Results, error)
	Each(context.Context, ident.Actor, appropriateness.Filter, func(appropriateness.Row) error) error
}

// A resultsPage is the figures of the attempts of a period.
type resultsPage struct {
	asking
	appropriateness.Results
	frame    site.Work
	versions []appropriateness.Version
}

func (p pages) results(r *http.Request, who staff.Session) (site.Reply, error) {
	v := resultsPage{asking: asking{asked: r.URL.Query()}, frame: p.guard.Frame(r, who, "Resultaten van de toetsen")}
	v.frame.Wide = true
	if !v.asked.Has("van") && !v.asked.Has("tot") {
		v.asked.Set("van", p.desk.Today().AddDays(1-recentDays).String())
	}
	var err error
	if v.versions, err = p.desk.Versions(r.Context(), who.Actor()); err != nil {
		return nil, err
	}
	f := appropriateness.Filter{Channel: v.oneOf("kanaal", channelFilter()), From: v.day("van", 0), Before: v.day("tot", 1)}
	f.TestID, f.Test = v.test("toets", v.versions)
	v.inOrder(f.From, f.Before)
	if len(v.problems) > 0 {
		v.frame.Failed = true
		return site.Page(http.StatusBadRequest, figuresPage(v)), nil
	}
	if v.Results, err = p.desk.Results(r.Context(), who.Actor(), f); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, figuresPage(v)), nil
}

// listed is the address of the list of the attempts behind a number: those of
// this page, narrowed by more names and values.
func (v *resultsPage) listed(more ...string) string {
	q := url.Values{}
	for _, name := range []string{"toets", "kanaal", "van", "tot"} {
		if s := v.value(name); s != "" {
			q.Set(name, s)
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return address(listPath, q)
}

// period says of which days the attempts are.
func (v *resultsPage) period() string {
	day := func(name string) string {
		d, err := calendar.Parse(v.value(name))
		if err != nil {
			return ""
		}
		return d.Dutch()
	}
	text := "Alle toetspogingen die zijn klaargezet"
	from, last := day("van"), day("tot")
	switch {
	case from != "" && last != "":
		text += " van " + from + " tot en met " + last
	case from != "":
		text += " vanaf " + from
	case last != "":
		text += " tot en met " + last
	}
	return text + "."
}

// A figure is a number with the list behind it.
type figure struct {
	name, number, note, href string
}

func (v *resultsPage) figures() []figure {
	t := v.Total
	return []figure{
		{"Klaargezet", chart.Number(t.All()), "links aan klanten", v.listed()},
		{"Begonnen", chart.Number(t.Counted()), partOf(t.Counted(), t.All(), "van wie een link kreeg"), v.listed("stand", countedState)},
		{"Verstuurd", chart.Number(t.Judged), partOf(t.Judged, t.Counted(), "van wie begon"), v.listed("stand", string(appropriateness.Judged))},
		{"Afgehaakt", chart.Number(t.Dropped), partOf(t.Dropped, t.Counted(), "van wie begon"), v.listed("stand", droppedState)},
		{"Nog bezig", chart.Number(t.Begun), partOf(t.Begun, t.Counted(), "van wie begon"), v.listed("stand", string(appropriateness.Begun))},
		{"Verlopen", chart.Number(t.Lapsed()), fmt.Sprintf("waarvan %s nooit begonnen", chart.Number(t.Unused)), v.listed("stand", string(appropriateness.Lapsed))},
	}
}

func partOf(n, of int, whole string) string {
	if s := (appropriateness.Share{N: n, Of: of}); s.Told() {
		return percent(s) + " " + whole
	}
	return "te weinig voor een percentage"
}

func percent(s appropriateness.Share) string { return fmt.Sprintf("%d%%", s.Percent()) }

// shareText tells a share with what it may be; where there are too few attempts
// it is no share.
func shareText(s appropriateness.Share) string {
	if !s.Told() {
		return "–"
	}
	low, high := s.Interval()
	return fmt.Sprintf("%s (%d–%d%%)", percent(s), low, high)
}

var outcomes = []appropriateness.Outcome{appropriateness.Appropriate, appropriateness.NotAppropriate, appropriateness.CannotBeJudged}

func (v *resultsPage) outcomes() site.Table {
	t := site.Table{
		Caption: "Uitkomsten van de verstuurde toetsen", Hidden: true,
		Columns: []site.Column{{Name: "Uitkomst"}, {Name: "Aantal", Kind: "number"}, {Name: "Aandeel", Kind: "number"}, {Name: "95%-interval", Kind: "number"}},
	}
	for _, o := range outcomes {
		share, interval := "–", "–"
		if s := v.Total.Share(o); s.Told() {
			low, high := s.Interval()
			share, interval = percent(s), fmt.Sprintf("%d%% tot %d%%", low, high)
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Tag: outcomeTag(o)},
			{Text: chart.Number(v.Total.Outcomes[o]), Href: v.listed("uitkomst", string(o))},
			{Text: share},
			{Text: interval},
		})
	}
	return t
}

// A group is the attempts of one version or one channel.
type group struct {
	appropriateness.Tally
	name, short string
	field, pick string // of the filter
}

func (v *resultsPage) byVersion() (gs []group) {
	for _, t := range v.Versions {
		gs = append(gs, group{t.Tally, versionText(t.Version), fmt.Sprintf("%s v%d", testName(t.Title), t.Nr), "toets", t.Hash.String()})
	}
	return gs
}

func (v *resultsPage) byChannel() (gs []group) {
	for _, t := range v.Channels {
		gs = append(gs, group{t.Tally, channelText(t.Channel), channelText(t.Channel), "kanaal", t.Channel})
	}
	return gs
}

// versionText names one version of a test.
func versionText(v appropriateness.Version) string {
	return fmt.Sprintf("%s, versie %d (vanaf %s)", testName(v.Title), v.Nr, calendar.Of(v.From).Dutch())
}

// testName is the title of a test without what all of them begin with.
func testName(title string) string {
	name, found := strings.CutPrefix(title, "Kennis- en ervaringstoets ")
	if !found || name == "" {
		return title
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// groups is the table of groups, each number with the list behind it.
func (v *resultsPage) groups(caption, of string, gs []group) site.Table {
	t := site.Table{
		Caption: caption, Hidden: true,
		Columns: []site.Column{
			{Name: of},
			{Name: "Klaargezet", Kind: "number"},
			{Name: "Begonnen", Kind: "number"},
			{Name: "Verstuurd", Kind: "number"},
			{Name: "Afgehaakt", Kind: "number"},
			{Name: "Passend", Kind: "number"},
			{Name: "Aandeel passend (95%)", Kind: "number"},
		},
	}
	for _, g := range gs {
		cell := func(n int, more ...string) site.Cell {
			return site.Cell{Text: chart.Number(n), Href: v.listed(append(more, g.field, g.pick)...)}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: g.name},
			cell(g.All()),
			cell(g.Counted(), "stand", countedState),
			cell(g.Judged, "stand", string(appropriateness.Judged)),
			cell(g.Dropped, "stand", droppedState),
			cell(g.Outcomes[appropriateness.Appropriate], "uitkomst", string(appropriateness.Appropriate)),
			{Text: shareText(g.Share(appropriateness.Appropriate))},
		})
	}
	return t
}

// stacks draws how the outcomes of groups divide, of those with enough attempts.
func (v *resultsPage) stacks(id, title, of string, gs []group) chart.Stacks {
	s := chart.Stacks{Head: chart.Head{ID: id, Title: title, Row: of}}
	for _, o := range outcomes {
		tag := outcomeTag(o)
		s.Parts = append(s.Parts, chart.Part{Name: tag.Text, Tone: string(tag.Tone)})
	}
	var told []string
	for _, g := range gs {
		if g.Judged < appropriateness.LeastForShares {
			continue
		}
		row := chart.Stack{Label: g.short}
		for _, o := range outcomes {
			row.Values, row.Notes = append(row.Values, g.Outcomes[o]), append(row.Notes, percent(g.Share(o)))
			row.Hrefs = append(row.Hrefs, v.listed("uitkomst", string(o), g.field, g.pick))
		}
		s.Rows = append(s.Rows, row)
		told = append(told, fmt.Sprintf("%s: %s passend van %s verstuurd", g.name, percent(g.Share(appropriateness.Appropriate)), chart.Number(g.Judged)))
	}
	s.Told = "Gestapelde staven. " + strings.Join(told, "; ") + "."
	return s
}

// tooFew says which groups are not drawn.
func tooFew(gs []group) string {
	n := 0
	for _, g := range gs {
		if g.Judged < appropriateness.LeastForShares {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Niet getekend: %s met minder dan %d verstuurde toetsen.", count(n, "regel", "regels"), appropriateness.LeastForShares)
}

var unitText = map[appropriateness.Unit]string{
	appropriateness.Day: "dag", appropriateness.Week: "week", appropriateness.Month: "maand",
}

// course draws how many attempts there were over time.
func (v *resultsPage) course() chart.Steps {
	unit := unitText[v.Unit]
	s := chart.Steps{
		Head:  chart.Head{ID: "verloop", Title: "Toetspogingen per " + unit, Row: strings.ToUpper(unit[:1]) + unit[1:]},
		Lines: []chart.Line{{Name: "Klaargezet"}, {Name: "Verstuurd"}},
	}
	most, at := 0, ""
	for _, t := range v.Course {
		for i, n := range []int{t.Made, t.Judged} {
			s.Lines[i].Values = append(s.Lines[i].Values, n)
		}
		span := v.span(t)
		s.Times = append(s.Times, chart.Time{
			Label: stretchText(v.Unit, t), Short: shortDay(v.Unit, t.From),
			Hrefs: []string{v.listed(span...), v.listed(append(span, "stand", string(appropriateness.Judged))...)},
		})
		if t.Made > most {
			most, at = t.Made, stretchText(v.Unit, t)
		}
	}
	s.Told = fmt.Sprintf("Lijnen voor klaargezette en verstuurde toetsen. De %s met de meeste klaargezette: %s, %s.", unit, at, chart.Number(most))
	return s
}

// span is the stretch as the list filters, inside the period of the page.
func (v *resultsPage) span(t appropriateness.Stretch) []string {
	from, last := t.From, t.Before.AddDays(-1)
	if d, err := calendar.Parse(v.value("van")); err == nil && d.After(from) {
		from = d
	}
	if d, err := calendar.Parse(v.value("tot")); err == nil && d.Before(last) {
		last = d
	}
	return []string{"van", from.String(), "tot", last.String()}
}

func stretchText(u appropriateness.Unit, t appropriateness.Stretch) string {
	switch u {
	case appropriateness.Week:
		return "vanaf " + t.From.Dutch()
	case appropriateness.Month:
		_, month, _ := strings.Cut(t.From.Dutch(), " ")
		return month
	}
	return t.From.Dutch()
}

func shortDay(u appropriateness.Unit, d calendar.Date) string {
	if u == appropriateness.Month {
		return fmt.Sprintf("%02d-%d", int(d.Month()), d.Year())
	}
	return fmt.Sprintf("%d-%d-%d", d.Day(), int(d.Month()), d.Year())
}

// places draws at which question the clients who dropped out gave their last
// answer.
func (v *resultsPage) places() chart.Columns {
	c := chart.Columns{
		Head: chart.Head{ID: "afgehaakt", Title: "Laatste antwoord van wie afhaakte", Row: "Laatste antwoord"},
		Of:   "Afgehaakt", Axis: "Plaats van de vraag (0: geen enkel antwoord)",
	}
	most := 0
	for place, n := range v.Places {
		label := fmt.Sprintf("bij vraag %d", place)
		if place == 0 {
			label = "geen enkel antwoord"
		}
		c.Rows = append(c.Rows, chart.Column{Label: label, Short: fmt.Sprint(place), Value: n})
		if n > v.Places[most] {
			most = place
		}
	}
	if len(c.Rows) > 0 {
		c.Told = fmt.Sprintf("Kolommen per plaats van de vraag. De hoogste: %s, %s keer.", c.Rows[most].Label, chart.Number(v.Places[most]))
	}
	return c
}

// durations draws how long clients took.
func (v *resultsPage) durations() chart.Columns {
	c := chart.Columns{
		Head: chart.Head{ID: "duur", Title: "Duur van begin tot versturen", Row: "Duur"},
		Of:   "Verstuurde toetsen", Axis: "Minuten, vanaf",
	}
	for _, b := range v.Took.Bins() {
		from := int(b.From / time.Minute)
		label := fmt.Sprintf("%d tot %d minuten", from, int(b.Before/time.Minute))
		if b.Before == 0 {
			label = fmt.Sprintf("%d minuten of langer", from)
		}
		c.Rows = append(c.Rows, chart.Column{Label: label, Short: fmt.Sprint(from), Value: b.N})
	}
	c.Told = "Kolommen per duur. " + v.usual()
	return c
}

// usual says how long most clients took.
func (v *resultsPage) usual() string {
	if v.Took.N() < appropriateness.LeastForShares {
		return fmt.Sprintf("Er zijn minder dan %d verstuurde toetsen: te weinig om een gebruikelijke duur te noemen.", appropriateness.LeastForShares)
	}
	return fmt.Sprintf("De helft van de klanten was klaar binnen %s (de mediaan). De middelste helft deed er %s tot %s over.",
		took(v.Took.Quantile(50)), took(v.Took.Quantile(25)), took(v.Took.Quantile(75)))
}

// took writes a duration in its two largest units.
func took(d time.Duration) string {
	parts := []struct {
		n    int
		unit string
	}{
		{int(d / (24 * time.Hour)), "d"}, {int(d/time.Hour) % 24, "u"}, {int(d/time.Minute) % 60, "min"}, {int(d/time.Second) % 60, "s"},
	}
	for i, p := range parts {
		if p.n == 0 && i < len(parts)-1 {
			continue
		}
		text := fmt.Sprintf("%d\u00a0%s", p.n, p.unit)
		if i+1 < len(parts) && parts[i+1].n > 0 {
			text += fmt.Sprintf(" %d\u00a0%s", parts[i+1].n, parts[i+1].unit)
		}
		return text
	}
	return ""
}
