package web

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A runsPage is the list of runs as it was asked for.
type runsPage struct {
	frame site.Work
	asked url.Values
	found []criteria.Run
	from  int
	may   bool // start and load
}

var runStates = []site.Choice{{Value: "", Text: "Alle"}, {Value: "waiting", Text: "Wacht"}, {Value: "running", Text: "Loopt"}, {Value: "done", Text: "Klaar"}, {Value: "failed", Text: "Mislukt"}}

var runOrders = []site.Choice{{Value: "", Text: "Nieuwste eerst"}, {Value: "oudste", Text: "Oudste eerst"}, {Value: "portefeuille", Text: "Portefeuille"}, {Value: "verschuivingen", Text: "Meeste verschuivingen"}}

func (p runPages) asksRuns(r *http.Request, who staff.Session) (l runsPage, err error) {
	l = runsPage{frame: p.frame(r, who, "Doorlichten"), asked: r.URL.Query(), may: who.May(staff.MakeRuns)}
	l.frame.Wide = true
	l.frame.Lead = "Een doorlichting legt een regelset naast een portefeuille: van elk contract de categorie en de redenen, en een bewijs dat later is te controleren."
	all, err := p.desk.Runs(r.Context(), who.Actor())
	if err != nil {
		return l, err
	}
	word := strings.ToLower(l.value("zoek"))
	for _, run := range all {
		says := strings.ToLower(run.Name + " " + run.SetName + " " + run.SetTitle)
		if !strings.Contains(says, word) || l.value("stand") != "" && string(run.State) != l.value("stand") || l.value("portefeuille") != "" && run.Portfolio != l.value("portefeuille") {
			continue
		}
		l.found = append(l.found, run)
	}
	l.sort()
	l.from = place(l.asked, len(l.found))
	return l, nil
}

// place is where a page of a list begins.
func place(asked url.Values, n int) int {
	if from, err := strconv.Atoi(asked.Get("vanaf")); err == nil && from > 0 && from < n {
		return from
	}
	return 0
}

func (l runsPage) value(name string) string { return strings.TrimSpace(l.asked.Get(name)) }

func (l runsPage) sort() {
	switch l.value("volgorde") {
	case "oudste":
		slices.Reverse(l.found)
	case "portefeuille":
		slices.SortStableFunc(l.found, func(a, b criteria.Run) int { return cmp.Compare(a.Name, b.Name) })
	case "verschuivingen":
		slices.SortStableFunc(l.found, func(a, b criteria.Run) int { return cmp.Compare(b.Moved(), a.Moved()) })
	}
}

func (p runPages) runs(r *http.Request, who staff.Session) (site.Reply, error) {
	l, err := p.asksRuns(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, runsView(l)), nil
}

func (l runsPage) at(path string, from int) string {
	q := url.Values{}
	for k := range l.asked {
		if v := l.asked.Get(k); v != "" && k != "vanaf" {
			q.Set(k, v)
		}
	}
	if from > 0 {
		q.Set("vanaf", strconv.Itoa(from))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (l runsPage) turn() site.Pages {
	return turning("doorlichtingen", l.from, len(l.found), func(from int) string { return l.at(runsPath, from) })
}

func runTag(s criteria.RunState) site.Tag {
	switch s {
	case criteria.RunWaiting:
		return site.Tag{Tone: site.Neutral, Text: "Wacht"}
	case criteria.RunBusy:
		return site.Tag{Tone: site.Info, Text: "Loopt"}
	case criteria.RunDone:
		return site.Tag{Tone: site.Good, Text: "Klaar"}
	}
	return site.Tag{Tone: site.Bad, Text: "Mislukt"}
}

func (l runsPage) table() site.Table {
	t := site.Table{
		Caption: "Doorlichtingen", Hidden: true, Empty: "Er is geen doorlichting die hieraan voldoet.",
		Columns: []site.Column{{Name: "Portefeuille"}, {Name: "Regelset"}, {Name: "Gevraagd", Kind: "date"}, {Name: "Stand"}, {Name: "Contracten", Kind: "number"}, {Name: "Verschoven", Kind: "number"}},
	}
	for _, r := range l.found[l.from:min(l.from+runPageSize, len(l.found))] {
		tag := runTag(r.State)
		moved := site.Cell{Text: "–"}
		if r.Before != "" {
			if moved.Text = amount(r.Moved()); !r.Gone {
				moved.Href = runPath(r.ID, "/verschuivingen", nil)
			}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: r.Name + ", bestand " + strconv.Itoa(r.Number), Href: runPath(r.ID, "", nil)},
			{Text: r.SetName + ", versie " + strconv.Itoa(r.Version)},
			{Text: calendar.DutchTime(r.Made)},
			{Tag: &tag},
			{Text: amount(r.Total)},
			moved,
		})
	}
	return t
}

// exportRuns gives the list as a file, as the page shows it.
func (p runPages) exportRuns(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l, err := p.asksRuns(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Doorlichtingen", Columns: []table.Column{{Name: "Portefeuille", Width: 30}, {Name: "Bestand", Width: 8}, {Name: "Regelset", Width: 20}, {Name: "Versie", Width: 8}, {Name: "Dag", Width: 12}, {Name: "Gevraagd", Width: 18}, {Name: "Stand", Width: 10}, {Name: "Contracten", Width: 12}, {Name: "Niet zeker", Width: 12}, {Name: "Verschoven", Width: 12}, {Name: "Root", Width: 66}}}
		return site.Download("doorlichtingen-"+p.today().String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, run := range l.found {
				root := ""
				if run.State == criteria.RunDone {
					root = run.Sum.Root.String()
				}
				if err := out.Row(run.Name, run.Number, run.SetName, run.Version, run.Day.String(), run.Made, runTag(run.State).Text, run.Total, run.Sum.Open, run.Moved(), root); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}

// startPage is the form that asks for a run.
type startPage struct {
	frame      site.Work
	problems   []site.Problem
	portfolios []criteria.Portfolio
	sets       []criteria.RunSet
	asked      url.Values
}

func (p runPages) startPage(r *http.Request, who staff.Session, asked url.Values) (s startPage, err error) {
	s = startPage{frame: p.frame(r, who, "Doorlichting starten", toRuns), asked: asked}
	if s.portfolios, err = p.desk.Portfolios(r.Context(), who.Actor()); err == nil {
		s.sets, err = p.desk.SetsToday(r.Context(), who.Actor())
	}
	return s, err
}

func (p runPages) showNewRun(r *http.Request, who staff.Session) (site.Reply, error) {
	s, err := p.startPage(r, who, r.URL.Query())
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, startView(s)), nil
}

func (s startPage) problem(field string) string { return problemAt(s.problems, field) }

func problemAt(list []site.Problem, field string) string {
	for _, p := range list {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

func (s startPage) books() (list []site.Choice) {
	for _, p := range s.portfolios {
		if p.Removed != nil {
			continue
		}
		f := p.Newest()
		list = append(list, site.Choice{Value: p.ID, Text: p.Name + " (" + contracts(f.Loaded.Rows) + ", bestand " + strconv.Itoa(f.Number) + ")"})
	}
	return list
}

func setChoices(sets []criteria.RunSet) (list []site.Choice) {
	for _, s := range sets {
		list = append(list, site.Choice{Value: s.Name, Text: s.Title + " (" + s.Name + ", versie " + strconv.Itoa(s.Version) + ")"})
	}
	return list
}

func (p runPages) start(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	run, err := p.desk.Start(r.Context(), who.Actor(), criteria.RunOrder{Portfolio: r.PostForm.Get("portefeuille"), Set: r.PostForm.Get("regelset"), Day: r.PostForm.Get("dag")})
	if err == nil {
		return site.SeeOther(runPath(run.ID, "", nil)), nil
	}
	problems := runProblems(err, map[string]string{"/set": "regelset", "/day": "dag"})
	if problems == nil {
		return nil, err
	}
	s, err := p.startPage(r, who, r.PostForm)
	if err != nil {
		return nil, err
	}
	s.problems, s.frame.Failed = problems, true
	return site.Page(http.StatusBadRequest, startView(s)), nil
}
