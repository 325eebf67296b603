package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/incident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A view is the page of one root cause.
type view struct {
	cause.File
	names map[string]string
	hands []site.Choice
	today calendar.Date
}

func (p pages) open(r *http.Request, who staff.Session) (v view, out site.Record, err error) {
	ctx, firm := r.Context(), who.Account.Firm
	sees, err := p.Sight(ctx, who)
	if err != nil {
		return v, out, err
	}
	if v.File, err = p.desk.File(ctx, firm, casework.ID(r.PathValue("id")), sees); err != nil {
		return v, out, err
	}
	if v.names, err = p.Names(ctx, firm); err != nil {
		return v, out, err
	}
	all, err := p.Colleagues(ctx, firm)
	if err != nil {
		return v, out, err
	}
	v.today, v.hands = p.Casework.Today(), []site.Choice{{Text: "Kies"}}
	for _, c := range all {
		v.hands = append(v.hands, site.Choice{Value: c.ID, Text: c.Name})
	}
	facts, err := p.Facts(ctx, firm, string(v.ID()))
	if err != nil {
		return v, out, err
	}
	works := who.May(staff.HandleCauses)
	out = site.Record{
		Frame: p.guard.Frame(r, who, v.Case.Number+" "+v.Case.Title), Notes: v.notes(), Terms: v.terms(), Passages: []site.Passage{{Heading: "Wat gaat er mis?", Text: v.What}},
		Tables: []site.Table{v.measures(), v.cases(p.Casework)}, Figures: []templ.Component{v.course().Show()},
	}
	caseworkweb.Under{File: v.Under, Works: works, Names: v.names, Today: v.today, More: v.events(facts)}.Onto(&out)
	out.Frame.Trail, out.Frame.Wide = []site.Link{{Text: "Oorzaken", Href: listPath}}, true
	if works && !v.Case.Destroyed() {
		out.Steps = v.steps()
	}
	return v, out, nil
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	_, out, err := p.open(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(out)), nil
}

func (v view) notes() []site.Note {
	switch v.State() {
	case cause.Undecided:
		return []site.Note{{Tone: site.Warn, Heading: "Er is nog geen maatregel", Lines: []string{"Leg vast wat u aan deze oorzaak doet, of waarom er niets nodig is."}}}
	case cause.Failing:
		return []site.Note{{Tone: site.Bad, Heading: "De laatste maatregel werkt niet of maar voor een deel", Lines: []string{"Kies een nieuwe maatregel. De vorige blijft staan, met wat ervan bleek."}}}
	case cause.Solved:
		return []site.Note{{Tone: site.Good, Heading: "De laatste maatregel werkt"}}
	}
	return nil
}

func (v view) terms() []site.Term {
	terms := []site.Term{
		{Name: "Gevonden", Text: v.Case.Received.DutchDay()},
		{Name: "Soort oorzaak", Text: wordOf(sortChoices, string(v.Sort))},
		{Name: "Product", Text: or(v.Case.Product, "niet gezegd")},
		{Name: "Dienst", Text: or(v.Service, "niet gezegd")},
		{Name: "Behandelaar", Text: or(v.names[v.Case.Handler], "nog niemand")},
		{Name: "Klachten door deze oorzaak", Body: count(cause.Complaints(v.Tallies, complaint.Kind), explained(v.ID(), calendar.Date{}, calendar.Date{}))},
	}
	if !v.Case.Open() {
		terms = append(terms, site.Term{Name: "Afgerond", Text: calendar.Of(v.Case.Closed).DutchDay()})
	}
	return terms
}

func (v view) measures() site.Table {
	t := site.Table{
		Caption: "Maatregelen", Empty: "Er zijn nog geen maatregelen vastgelegd.",
		Columns: []site.Column{
			{Name: "Maatregel"},
			{Name: "Door"},
			{Name: "Uiterlijk", Kind: "date"},
			{Name: "Uitgevoerd", Kind: "date"},
			{Name: "Bekijken op", Kind: "date"},
			{Name: "Klachten ervoor", Kind: "number"},
			{Name: "Klachten erna", Kind: "number"},
			{Name: "Werkt het?"},
			{Name: "Waaruit blijkt dat?"},
		},
	}
	for _, m := range v.Measures {
		works := site.Cell{Text: "nog niet bekeken"}
		switch {
		case m.Kind == incident.NoMeasure:
			works.Text = "–"
		case m.Effect != "":
			tone := map[incident.Effect]site.Tone{incident.Works: site.Good, incident.WorksPart: site.Warn, incident.WorksNever: site.Bad}[m.Effect]
			works = site.Cell{Tag: &site.Tag{Tone: tone, Text: strings.ToLower(wordOf(effectChoices, string(m.Effect)))}}
		}
		before, after, chance := v.around(m)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: m.What},
			{Text: or(v.names[m.Owner], "–")},
			{Text: dutch(m.Due)},
			{Text: dutch(m.Done)},
			{Text: dutch(m.CheckOn)},
			before,
			after,
			works,
			{Text: or(strings.TrimSpace(m.Found+" "+chance), "–")},
		})
	}
	return t
}

// around is what complaints did before and after a measure, as it is today.
func (v view) around(m cause.Measure) (before, after site.Cell, chance string) {
	e, ok := cause.Counted(v.Tallies, m.Done, v.today)
	if !ok {
		return site.Cell{Text: "–"}, site.Cell{Text: "–"}, ""
	}
	before = site.Cell{Text: fmt.Sprintf("%d in %d dagen", e.Before, e.Days), Href: explained(v.ID(), m.Done.AddDays(-e.Days), m.Done.AddDays(-1))}
	after = site.Cell{Text: fmt.Sprintf("%d in %d dagen", e.After, e.Days), Href: explained(v.ID(), m.Done, m.Done.AddDays(e.Days-1))}
	if e.After < e.Before && e.Chance() {
		chance = "Zo'n daling kan bij zo weinig klachten ook toeval zijn."
	}
	return before, after, chance
}

// cases are those that the root cause explains.
func (v view) cases(desk *casework.Service) site.Table {
	t := site.Table{
		Caption: "Wat deze oorzaak verklaart", Empty: "Nog geen zaak. Koppel klachten en incidenten hieronder, of op hun eigen pagina.",
		Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Soort"}, {Name: "Ontvangen", Kind: "date"}},
	}
	for _, c := range v.Cases {
		a, _ := desk.About(c.Kind)
		t.Rows = append(t.Rows, []site.Cell{{Text: c.Number, Href: a.Href(c.ID)}, {Text: c.Title}, {Text: a.Dutch}, {Text: c.Received.Dutch()}})
	}
	if len(v.Cases) == cause.MostShown {
		t.Caption += fmt.Sprintf(" (de laatste %d)", cause.MostShown)
	}
	return t
}

// months is over how many months complaints are drawn.
const months = 24

var shortMonths = strings.Fields("jan feb mrt apr mei jun jul aug sep okt nov dec")

// course draws how many complaints came in by month, with when measures were carried out.
func (v view) course() chart.Columns {
	c := chart.Columns{Head: chart.Head{ID: "per-maand", Title: "Klachten door deze oorzaak, per maand", Row: "Maand"}, Of: "Klachten", Axis: "Maand van ontvangst"}
	first := monthOf(v.today).AddMonths(1 - months)
	told := []string{fmt.Sprintf("Kolommen over de laatste %d maanden.", months)}
	for n := range months {
		from := first.AddMonths(n)
		through, count := from.AddMonths(1).AddDays(-1), 0
		for _, t := range v.Tallies {
			if t.Kind == complaint.Kind && !t.Day.Before(from) && !t.Day.After(through) {
				count += t.Count
			}
		}
		short := shortMonths[from.Month()-1]
		label := fmt.Sprintf("%s %d", short, from.Year())
		for i, m := range v.Measures {
			if !m.Done.IsZero() && monthOf(m.Done) == from {
				label += fmt.Sprintf(", maatregel %d uitgevoerd", i+1)
				c.Marks = append(c.Marks, chart.Mark{At: n, Short: fmt.Sprint(i + 1)})
				told = append(told, fmt.Sprintf("De streep bij %d is maatregel %d, uitgevoerd op %s.", i+1, i+1, m.Done.Dutch()))
			}
		}
		c.Rows = append(c.Rows, chart.Column{Label: label, Short: short, Value: count, Href: explained(v.ID(), from, through)})
	}
	c.Told = strings.Join(told, " ")
	return c
}

func monthOf(d calendar.Date) calendar.Date { return d.AddDays(1 - d.Day()) }

var eventNames = map[string]string{
	cause.KindFound: "Opgeschreven", cause.KindDescribed: "Beschrijving gewijzigd", cause.KindMeasureSet: "Maatregel vastgelegd", cause.KindMeasureDone: "Maatregel uitgevoerd",
	cause.KindMeasureChecked: "Bekeken of de maatregel werkt", cause.KindConcluded: "Afgerond", cause.KindReopened: "Heropend",
	casework.KindAssigned: "Toegewezen", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
	casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen",
}

func (v view) events(facts []journal.Recorded) (events []site.Event) {
	for _, f := range facts {
		title := eventNames[f.Kind]
		if title == "" {
			continue
		}
		var payload struct {
			By                  string
			Days, Before, After int
		}
		e := site.Event{Title: title, At: calendar.DutchTime(f.Valid), ISO: f.Valid.UTC().Format(time.RFC3339Nano), Tone: site.Neutral}
		if json.Unmarshal(f.Payload, &payload) == nil {
			if id, staffed := strings.CutPrefix(payload.By, "staff:"); staffed {
				e.By = or(v.names[id], "een oud-medewerker")
			}
			if payload.Days > 0 {
				e.Text = fmt.Sprintf("Klachten in %d dagen ervoor: %d. In evenveel dagen erna: %d.", payload.Days, payload.Before, payload.After)
			}
		}
		events = append(events, e)
	}
	return events
}

// root is what stands on the page of a case: its root cause, and the ones to choose from.
func (p pages) root(ctx context.Context, who staff.Session, id casework.ID) (*caseworkweb.Root, error) {
	if !who.May(staff.SeeCauses) {
		return nil, nil
	}
	out := &caseworkweb.Root{Name: who.May(staff.HandleCauses), Action: namePath + string(id), New: newPath + "?zaak=" + string(id)}
	c, ok, err := p.desk.Behind(ctx, who.Account.Firm, id)
	if err != nil {
		return nil, err
	}
	list, _, err := p.desk.List(ctx, who.Account.Firm, casework.Filter{State: casework.IsOpen, Limit: 200})
	if err != nil {
		return nil, err
	}
	out.Choices = []site.Choice{{Text: "Geen, of nog niet bekend"}}
	if ok {
		out.Now = &site.Link{Text: c.Case.Number + " " + c.Case.Title, Href: onePath(c.ID())}
		out.Chosen = string(c.ID())
		if !c.Case.Open() {
			out.Choices = append(out.Choices, site.Choice{Value: string(c.ID()), Text: out.Now.Text})
		}
	}
	for _, one := range list {
		out.Choices = append(out.Choices, site.Choice{Value: string(one.ID()), Text: one.Case.Number + " " + one.Case.Title})
	}
	return out, nil
}
