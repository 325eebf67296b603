package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// runPage is one run.
type runPage struct {
	frame site.Work
	criteria.Run
	by string
}

// again is how often the page of a run that is under way is asked for anew where
// there is no script, in seconds.
const again = "5"

func (p runPages) run(r *http.Request, who staff.Session) (site.Reply, error) {
	run, err := p.desk.Run(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	names, err := p.names(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	v := runPage{frame: p.frame(r, who, run.Name+" naast "+run.SetName, toRuns), Run: run, by: nameOf(names, run.By)}
	v.frame.Wide = true
	if v.underWay() {
		v.frame.Script = site.Progress
		return site.WithHeader(site.Page(http.StatusOK, runView(v)), "Refresh", again), nil
	}
	return site.Page(http.StatusOK, runView(v)), nil
}

func (v runPage) underWay() bool {
	return v.State == criteria.RunWaiting || v.State == criteria.RunBusy
}

// share is how much of the run is done, in percent.
func (v runPage) share() string {
	if v.Total == 0 {
		return "0"
	}
	return strconv.Itoa(v.Progress * 100 / v.Total)
}

func (v runPage) particulars() []site.Term {
	tag := runTag(v.State)
	list := []site.Term{
		{Name: "Stand", Body: site.Status(tag)},
		{Name: "Portefeuille", Text: v.Name + ", bestand " + strconv.Itoa(v.Number)},
		{Name: "Regelset", Text: v.SetTitle + " (" + v.SetName + ", versie " + strconv.Itoa(v.Version) + ")"},
		{Name: "Gerekend voor", Text: v.Day.Dutch()},
		{Name: "Gevraagd", Text: calendar.DutchTime(v.Made) + " door " + v.by},
	}
	if v.State == criteria.RunDone {
		list = append(list,
			site.Term{Name: "Klaar", Text: calendar.DutchTime(v.Ended)},
			site.Term{Name: "Bewijs (root)", Body: site.Code(v.Sum.Root.String())},
		)
	}
	return list
}

// failure says why the run failed, and what to do.
func (v runPage) failure() string {
	switch v.Why {
	case criteria.Misfit:
		return "De velden van de portefeuille passen niet bij deze regelset. Laad het bestand opnieuw met deze regelset, en start de doorlichting dan opnieuw."
	case "file-missing":
		return "Het bestand van de portefeuille is er niet meer. Laad het opnieuw."
	case criteria.BadColumns:
		return "Het bestand van de portefeuille is beschadigd. Laad het opnieuw, of vraag de beheerder om het terug te zetten uit een back-up."
	}
	return "Er is niets bewaard. Start de doorlichting opnieuw. Lukt het weer niet, vraag dan de beheerder."
}

func (v runPage) categories() chart.Columns {
	c := chart.Columns{Head: chart.Head{ID: "categorieen", Title: "Contracten per categorie", Told: "Van licht naar zwaar. Elk getal in de tabel opent de lijst.", Row: "Categorie"}, Of: "Contracten", Axis: "Categorie"}
	for _, n := range v.Sum.Categories {
		c.Rows = append(c.Rows, chart.Column{Label: n.Name, Short: n.Name, Value: n.Count, Href: runPath(v.ID, "/contracten", url.Values{"categorie": {n.Name}})})
	}
	return c
}

func (v runPage) rules() site.Table {
	t := site.Table{Caption: "Contracten per regel", Columns: []site.Column{{Name: "Regel"}, {Name: "Geldt", Kind: "number"}, {Name: "Niet te beslissen", Kind: "number"}}}
	for _, n := range v.Sum.Rules {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: n.Name, Href: versionPath(v.SetName, v.Version)},
			{Text: amount(n.Count), Href: runPath(v.ID, "/contracten", url.Values{"regel": {n.Name}})},
			{Text: amount(n.Open), Href: runPath(v.ID, "/contracten", url.Values{"regel": {n.Name}, "open": {"ja"}})},
		})
	}
	return t
}

// counts are what stays of a run whose contracts are gone: no number opens a list.
func (v runPage) counts() site.Table {
	t := site.Table{Caption: "Contracten per categorie en per regel", Columns: []site.Column{{Name: "Categorie of regel"}, {Name: "Contracten", Kind: "number"}, {Name: "Niet te beslissen", Kind: "number"}}}
	for _, n := range v.Sum.Categories {
		t.Rows = append(t.Rows, []site.Cell{{Text: n.Name}, {Text: amount(n.Count)}, {Text: "–"}})
	}
	for _, n := range v.Sum.Rules {
		t.Rows = append(t.Rows, []site.Cell{{Text: n.Name}, {Text: amount(n.Count)}, {Text: amount(n.Open)}})
	}
	return t
}

// moveName is how a move is told: from one category to another.
func moveName(m criteria.RunMove) string {
	switch {
	case m.From == "":
		return "nieuw → " + m.To
	case m.To == "":
		return m.From + " → weg"
	}
	return m.From + " → " + m.To
}

// Words of the address for a contract that a run has not.
const (
	newWord  = "(nieuw)"
	goneWord = "(weg)"
)

func moveQuery(m criteria.RunMove) url.Values {
	q := url.Values{"van": {m.From}, "naar": {m.To}}
	if m.From == "" {
		q.Set("van", newWord)
	}
	if m.To == "" {
		q.Set("naar", goneWord)
	}
	return q
}

// The ways in which a contract moves.
const (
	heavier = iota
	lighter
	gone
	fresh // or not to be compared: the version before had other categories
)

// moves draws of each category which way its contracts went.
func (v runPage) moves() chart.Stacks {
	c := chart.Stacks{
		Head:  chart.Head{ID: "verschuivingen", Title: "Verschoven sinds de vorige doorlichting", Told: "Van elke categorie hoeveel contracten naar een zwaardere of lichtere gingen, of weg zijn. De tabel eronder noemt elke verschuiving.", Row: "Was"},
		Parts: []chart.Part{{Name: "zwaarder", Tone: "bad"}, {Name: "lichter", Tone: "good"}, {Name: "niet meer in het bestand", Tone: "neutral"}, {Name: "nieuw, of niet te vergelijken"}},
	}
	order := func(name string) int {
		return slices.IndexFunc(v.Sum.Categories, func(n criteria.RunCount) bool { return n.Name == name })
	}
	for _, m := range v.Moves {
		from, to, way := order(m.From), order(m.To), fresh
		switch {
		case m.To == "":
			way = gone
		case from >= 0 && to > from:
			way = heavier
		case from >= 0:
			way = lighter
		}
		label := m.From
		if label == "" {
			label = "nieuw"
		}
		i := slices.IndexFunc(c.Rows, func(r chart.Stack) bool { return r.Label == label })
		if i < 0 {
			i, c.Rows = len(c.Rows), append(c.Rows, chart.Stack{Label: label, Values: make([]int, len(c.Parts))})
		}
		c.Rows[i].Values[way] += m.Count
	}
	return c
}

// movedTable lists every kind of move; the numbers open the contracts.
func (v runPage) movedTable() site.Table {
	t := site.Table{Caption: "Verschuivingen", Columns: []site.Column{{Name: "Was"}, {Name: "Is nu"}, {Name: "Contracten", Kind: "number"}}}
	for _, m := range v.Moves {
		from, to := movedWords(criteria.Moved{From: m.From, To: m.To})
		t.Rows = append(t.Rows, []site.Cell{{Text: from}, {Text: to}, {Text: amount(m.Count), Href: runPath(v.ID, "/verschuivingen", moveQuery(m))}})
	}
	return t
}

// resultsPage is the list of the contracts of a run.
type resultsPage struct {
	frame site.Work
	asked url.Values
	criteria.RunPage
	run  criteria.Run
	from int64
}

func (v resultsPage) value(name string) string { return strings.TrimSpace(v.asked.Get(name)) }

// runFilter reads which contracts are asked for; a name that the run has not is no
// filter.
func runFilter(asked url.Values, run criteria.Run) criteria.RunFilter {
	number := func(name string, list []criteria.RunCount) int {
		return slices.IndexFunc(list, func(c criteria.RunCount) bool { return c.Name == asked.Get(name) }) + 1
	}
	return criteria.RunFilter{
		Category: number("categorie", run.Sum.Categories), Rule: number("regel", run.Sum.Rules), Open: asked.Get("open") == "ja",
		ID: strings.TrimSpace(asked.Get("zoek")), Heavy: asked.Get("volgorde") == "zwaar",
	}
}

func (p runPages) results(r *http.Request, who staff.Session) (site.Reply, error) {
	v := resultsPage{asked: r.URL.Query()}
	var err error
	if v.run, err = p.desk.Run(r.Context(), who.Actor(), r.PathValue("id")); err != nil {
		return nil, err
	}
	if n, err := strconv.ParseInt(v.asked.Get("vanaf"), 10, 64); err == nil && n > 0 {
		v.from = n
	}
	if v.RunPage, err = p.desk.Results(r.Context(), who.Actor(), v.run.ID, runFilter(v.asked, v.run), v.from, runPageSize); err != nil {
		return nil, err
	}
	v.frame = p.frame(r, who, "Contracten", toRuns, site.Link{Text: v.run.Name + " naast " + v.run.SetName, Href: runPath(v.run.ID, "", nil)})
	v.frame.Wide = true
	return site.Page(http.StatusOK, resultsView(v)), nil
}

func (v resultsPage) at(more string, from int64) string {
	q := url.Values{}
	for k := range v.asked {
		if s := v.asked.Get(k); s != "" && k != "vanaf" {
			q.Set(k, s)
		}
	}
	if from > 0 {
		q.Set("vanaf", strconv.FormatInt(from, 10))
	}
	return runPath(v.run.ID, more, q)
}

func (v resultsPage) turn() site.Pages {
	p := site.Pages{About: "contracten", Shown: contracts(len(v.Rows)) + " op deze bladzijde"}
	if v.from > 0 {
		p.First = v.at("/contracten", 0)
	}
	if v.Next >= 0 {
		p.Next = v.at("/contracten", v.Next)
	}
	return p
}

func countChoices(all string, list []criteria.RunCount) []site.Choice {
	out := []site.Choice{{Value: "", Text: all}}
	for _, c := range list {
		out = append(out, site.Choice{Value: c.Name, Text: c.Name + " (" + amount(c.Count) + ")"})
	}
	return out
}

func contractPath(run, id string) string {
	return runPath(run, "/contract", url.Values{"kenmerk": {id}})
}

func (v resultsPage) table() site.Table {
	t := site.Table{
		Caption: "Contracten", Hidden: true, Empty: "Er is geen contract dat hieraan voldoet.",
		Columns: []site.Column{{Name: "Contract", Kind: "code"}, {Name: "Categorie"}, {Name: "Redenen"}},
	}
	for i, r := range v.Rows {
		category := v.run.Sum.Categories[r.Category].Name
		if r.Highest != r.Category {
			category += ", mogelijk " + v.run.Sum.Categories[r.Highest].Name
		}
		why := strings.Join(v.Why[i], " ")
		if why == "" {
			why = "Geen regel geldt."
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: r.ID, Href: contractPath(v.run.ID, r.ID)}, {Text: category}, {Text: why}})
	}
	return t
}

// exportResults gives every contract that the filters let through.
func (p runPages) exportResults(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		run, err := p.desk.Run(r.Context(), who.Actor(), r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		f := runFilter(r.URL.Query(), run)
		if _, err := p.desk.Results(r.Context(), who.Actor(), run.ID, f, 0, 1); err != nil {
			return nil, err // before the file begins
		}
		sheet := table.Sheet{Name: "Contracten", Columns: []table.Column{{Name: "kenmerk", Width: 24}, {Name: "categorie", Width: 16}, {Name: "hoogst mogelijk", Width: 16}, {Name: "regels", Width: 20}, {Name: "redenen", Width: 80}, {Name: "onbeslist", Width: 20}}}
		return site.Download("contracten-"+run.Day.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			err = p.desk.EachResult(r.Context(), who.Actor(), run.ID, f, func(_ criteria.Run, row criteria.RunRow, why []string) error {
				var holds, open []string
				for i, t := range row.Truths {
					switch t {
					case criteria.Yes:
						holds = append(holds, run.Sum.Rules[i].Name)
					case criteria.Unknown:
						open = append(open, run.Sum.Rules[i].Name)
					}
				}
				highest := ""
				if row.Highest != row.Category {
					highest = run.Sum.Categories[row.Highest].Name
				}
				return out.Row(row.ID, run.Sum.Categories[row.Category].Name, highest, strings.Join(holds, " "), strings.Join(why, " "), strings.Join(open, " "))
			})
			if err != nil {
				return err
			}
			return out.Close()
		}), nil
	}
}
