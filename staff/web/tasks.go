package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

const tasksPath = home + "/taken"

const tasksAtOnce = 50

// A Task is a piece of work that the house does by itself, for a firm or for all.
type Task struct {
	ID, Kind, About  string
	House            bool   // it is for the house as a whole
	State            string // "waiting", "running", "done", "failed"
	Made, Due, Ended time.Time
	Tries            int
	Progress, Total  int64
	Failed           bool // at least once since it went well
	Error            string
}

// A TaskCount is how many tasks of a kind are in a state, and of when the oldest is.
type TaskCount struct {
	Kind, State string
	Tasks       int
	Oldest      time.Time
}

// A TaskFilter narrows the list; empty fields do not. A Limit of 0 asks for all.
type TaskFilter struct {
	State, Kind   string
	Troubled      bool
	Limit, Offset int
}

// A TaskPage is one page of the list, with the counts of all that the firm may see.
type TaskPage struct {
	Counts []TaskCount
	Rows   []Task
	Total  int
}

// Tasks is what these pages ask. Retry is fault.NotFound "unknown-task" for what did
// not fail.
type Tasks interface {
	Tasks(ctx context.Context, firm ident.Firm, f TaskFilter) (TaskPage, error)
	Retry(ctx context.Context, by ident.Actor, id string) error
}

// MountTasks mounts the page on which staff see what the house does by itself.
func MountTasks(s *site.Site, g *Guard, t Tasks) {
	p := taskPages{g, t}
	s.Explain(map[string]site.Message{"unknown-task": {
		Title: "Deze taak is niet mislukt", Text: "Er is geen mislukte taak met dit kenmerk. Misschien heeft iemand hem al opnieuw laten proberen.",
		Do: "Kijk in de lijst hoe de taak er nu voor staat.", Next: site.Link{Text: "Naar de taken", Href: tasksPath},
	}})
	s.Handle("GET "+tasksPath, g.Staff(staff.SeeTasks, p.list))
	s.Handle("GET "+tasksPath+"/lijst.csv", g.Staff(staff.SeeTasks, p.export(table.CSV)))
	s.Handle("GET "+tasksPath+"/lijst.xlsx", g.Staff(staff.SeeTasks, p.export(table.XLSX)))
	s.Handle("POST "+tasksPath+"/opnieuw", g.Staff(staff.RetryTasks, p.retry))
}

type taskPages struct {
	guard *Guard
	tasks Tasks
}

// A taskList is the list as it was asked for.
type taskList struct {
	frame   site.Work
	page    TaskPage
	filter  TaskFilter
	state   string // as the address says it
	retries bool
	again   bool // somebody just let a task be tried anew
}

var taskStates = []site.Choice{
	{Value: "", Text: "Alle standen"},
	{Value: "waiting", Text: "Wacht"},
	{Value: "running", Text: "Bezig"},
	{Value: "failed", Text: "Mislukt"},
	{Value: "done", Text: "Klaar"},
	{Value: "fout", Text: "Ging ten minste een keer fout"},
}

// read turns what was asked into a filter; what we did not write narrows nothing.
func (l *taskList) read(asked url.Values) {
	for _, c := range taskStates {
		if c.Value == asked.Get("stand") {
			l.state = c.Value
		}
	}
	if l.filter.Troubled = l.state == "fout"; !l.filter.Troubled {
		l.filter.State = l.state
	}
	if _, known := taskKinds[asked.Get("soort")]; known {
		l.filter.Kind = asked.Get("soort")
	}
	if n, err := strconv.Atoi(asked.Get("vanaf")); err == nil && n > 0 && n < 1<<30 {
		l.filter.Offset = n
	}
	l.again = asked.Get("opnieuw") == "ja"
}

func (p taskPages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l := taskList{frame: p.guard.Frame(r, who, "Taken"), retries: who.May(staff.RetryTasks)}
	l.frame.Wide = true
	l.frame.Lead = "Wat het systeem zelf doet: opruimen, tellen, berichten versturen. Wat mislukt, probeert het met steeds langere tussenpozen opnieuw."
	l.read(r.URL.Query())
	l.filter.Limit = tasksAtOnce
	var err error
	l.page, err = p.tasks.Tasks(r.Context(), who.Account.Firm, l.filter)
	return site.Page(http.StatusOK, tasksPage(l)), err
}

func (p taskPages) retry(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := p.tasks.Retry(r.Context(), who.Actor(), r.PostFormValue("taak")); err != nil {
		return nil, err
	}
	return site.SeeOther(tasksPath + "?opnieuw=ja"), nil
}

// at is the address of this list from another row, or of a file of it.
func (l taskList) at(path string, offset int) string {
	q := url.Values{}
	for name, value := range map[string]string{"stand": l.state, "soort": l.filter.Kind} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if offset > 0 {
		q.Set("vanaf", strconv.Itoa(offset))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (l taskList) turn() site.Pages {
	from, n := l.filter.Offset, len(l.page.Rows)
	p := site.Pages{About: "taken", Shown: fmt.Sprintf("%d tot en met %d van %d", from+1, from+n, l.page.Total)}
	if n == 0 {
		p.Shown = "Geen taken"
	}
	if from > 0 {
		p.First, p.Previous = l.at(tasksPath, 0), l.at(tasksPath, max(0, from-tasksAtOnce))
	}
	if from+n < l.page.Total {
		p.Next = l.at(tasksPath, from+n)
	}
	return p
}

// counts are a row for each kind; every number opens the list behind it.
func (l taskList) counts() site.Table {
	t := site.Table{
		Caption: "Hoeveel taken er zijn", Empty: "Er zijn nog geen taken.",
		Columns: []site.Column{{Name: "Soort"}, {Name: "Wacht", Kind: "number"}, {Name: "Bezig", Kind: "number"}, {Name: "Mislukt", Kind: "number"}, {Name: "Klaar", Kind: "number"}, {Name: "Volgende keer", Kind: "date"}},
	}
	rows := map[string]int{}
	for _, c := range l.page.Counts {
		at, known := rows[c.Kind]
		if !known {
			at = len(t.Rows)
			rows[c.Kind] = at
			t.Rows = append(t.Rows, []site.Cell{{Text: KindText(c.Kind)}, {Text: "0"}, {Text: "0"}, {Text: "0"}, {Text: "0"}, {Text: ""}})
		}
		place := slices.Index([]string{"", "waiting", "running", "failed", "done"}, c.State)
		if place < 1 {
			continue
		}
		t.Rows[at][place] = site.Cell{Text: strconv.Itoa(c.Tasks), Href: taskList{state: c.State, filter: TaskFilter{Kind: c.Kind}}.at(tasksPath, 0)}
		if c.State == "waiting" {
			t.Rows[at][5] = site.Cell{Text: calendar.DutchTime(c.Oldest)}
		}
	}
	return t
}

func (l taskList) table() site.Table {
	t := site.Table{
		Caption: "Taken, de laatste eerst", Hidden: true, Empty: "Er zijn geen taken die hieraan voldoen.",
		Columns: []site.Column{{Name: "Soort"}, {Name: "Voor"}, {Name: "Stand"}, {Name: "Gevorderd", Kind: "number"}, {Name: "Pogingen", Kind: "number"}, {Name: "Volgende keer of einde", Kind: "date"}, {Name: "Laatste fout"}},
	}
	if l.retries {
		t.Columns = append(t.Columns, site.Column{Name: "Opnieuw"})
	}
	for _, k := range l.page.Rows {
		tag := taskTag(k)
		row := []site.Cell{{Text: KindText(k.Kind)}, {Text: forText(k)}, {Tag: &tag}, {Text: progressText(k)}, {Text: strconv.Itoa(k.Tries)}, {Text: calendar.DutchTime(k.moment())}, {Text: errorText(k)}}
		if l.retries {
			row = append(row, site.Cell{Body: retryButton(k)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// moment is when the task ended, or is due.
func (k Task) moment() time.Time {
	if k.Ended.IsZero() {
		return k.Due
	}
	return k.Ended
}

// export gives every task that the filter lets through as a file.
func (p taskPages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		var l taskList
		l.read(r.URL.Query())
		l.filter.Offset = 0
		page, err := p.tasks.Tasks(r.Context(), who.Account.Firm, l.filter)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Taken", Columns: taskColumns, About: [][2]string{{"Onderneming", who.FirmName}}}
		return site.Download("taken."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, k := range page.Rows {
				if err := out.Row(KindText(k.Kind), forText(k), taskTag(k).Text, progressText(k), k.Tries, k.moment(), errorText(k)); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}

var taskColumns = []table.Column{
	{Name: "Soort", Width: 36},
	{Name: "Voor", Width: 40},
	{Name: "Stand", Width: 14},
	{Name: "Gevorderd", Width: 12},
	{Name: "Pogingen", Width: 10},
	{Name: "Volgende keer of einde", Width: 22},
	{Name: "Laatste fout", Width: 60},
}
