package web

import (
	"net/http"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A duePage is the list of tests by the day of their evaluation.
type duePage struct {
	frame site.Work
	who   staff.Session
	due   []appropriateness.Due
	today calendar.Date
}

func (p evaluationPages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	l := duePage{frame: p.guard.Frame(r, who, "Evaluaties van de toetsen"), who: who, today: p.desk.Today()}
	l.frame.Wide = true
	var err error
	if l.due, err = p.desk.DueEvaluations(r.Context(), who.Actor()); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, dueEvaluations(l)), nil
}

// dueTag says how near the day of an evaluation is.
func dueTag(today, day calendar.Date) site.Tag {
	switch days := today.DaysUntil(day); {
	case days < 0:
		return site.Tag{Tone: site.Bad, Text: "Te laat"}
	case days <= 7:
		return site.Tag{Tone: site.Warn, Text: "Binnen 7 dagen"}
	case days <= 30:
		return site.Tag{Tone: site.Info, Text: "Binnen 30 dagen"}
	}
	return site.Tag{Tone: site.Neutral, Text: "Later"}
}

// lines are the rows of the list as they read, before how each is drawn.
func (l duePage) lines() (rows [][5]string) {
	for _, d := range l.due {
		how, last := "Een jaar na het eerste gebruik", "Nog niet"
		if d.Planned {
			how = "Gepland"
		}
		if d.Last != nil {
			last = calendar.DutchTime(d.Last.At)
			if d.Last.ConfirmedBy == "" {
				last += ", wacht op een tweede persoon"
			}
		}
		rows = append(rows, [5]string{testName(titled(d.Title, d.TestID)), d.Day.Dutch(), dueTag(l.today, d.Day).Text, how, last})
	}
	return rows
}

var dueNames = [5]string{"Toets", "Evalueren vóór", "Stand", "Hoe bepaald", "Laatste evaluatie"}

func (l duePage) table() site.Table {
	t := site.Table{Caption: "Toetsen in gebruik, op de dag van de evaluatie", Hidden: true, Empty: "Er is geen toets in gebruik."}
	for i, name := range dueNames {
		kind := ""
		if i == 1 {
			kind = "date"
		}
		t.Columns = append(t.Columns, site.Column{Name: name, Kind: kind})
	}
	for i, line := range l.lines() {
		tag := dueTag(l.today, l.due[i].Day)
		t.Rows = append(t.Rows, []site.Cell{{Text: line[0], Href: evaluationPath(l.due[i].TestID)}, {Text: line[1]}, {Tag: &tag}, {Text: line[3]}, {Text: line[4]}})
	}
	return t
}

// exportDue gives the list as a file.
func (p evaluationPages) exportDue(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		l := duePage{today: p.desk.Today()}
		var err error
		if l.due, err = p.desk.DueEvaluations(r.Context(), who.Actor()); err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Evaluaties", About: [][2]string{{"Onderneming", who.FirmName}, {"Op", l.today.Dutch()}}}
		for _, name := range dueNames {
			sheet.Columns = append(sheet.Columns, table.Column{Name: name, Width: 30})
		}
		var rows [][]any
		for _, line := range l.lines() {
			rows = append(rows, []any{line[0], line[1], line[2], line[3], line[4]})
		}
		return sheetOf(format, "evaluaties-"+l.today.String(), sheet, rows)
	}
}
