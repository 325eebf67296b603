package web

import (
	"fmt"
	"io"
	"net/http"
	"slices"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A told is one line of the figures: of each cohort how many, of how many.
type told struct {
	name   string
	follow string // how the list of attempts is asked for who is counted
	of     func(appropriateness.CohortEffect) appropriateness.Share
}

// toldLines are the lines of the figures, in the order of the page.
func toldLines() []told {
	lines := []told{
		{"Gevolgd, van wie een uitslag kreeg", followedAtAll, func(c appropriateness.CohortEffect) appropriateness.Share {
			return appropriateness.Share{N: c.Followed, Of: c.Judged}
		}},
		{"Ten minste één signaal", withSignal, func(c appropriateness.CohortEffect) appropriateness.Share {
			return appropriateness.Share{N: c.Signal, Of: c.Followed}
		}},
	}
	for _, h := range slices.Concat(appropriateness.Signals, []appropriateness.Happening{appropriateness.Concluded}) {
		lines = append(lines, told{h.Dutch(), string(h), func(c appropriateness.CohortEffect) appropriateness.Share { return c.Share(h) }})
	}
	return lines
}

// signals tells of each cohort how often each signal was told among who was followed,
// with what that share may be. A number opens its list, for who may see attempts.
func (v evaluationPage) signals() site.Table {
	t := site.Table{Caption: "Signalen bij wie is gevolgd, met het 95%-interval", Columns: []site.Column{{Name: "Wat er gebeurde"}}}
	for _, c := range v.Cohorts {
		t.Columns = append(t.Columns, site.Column{Name: cohortNames[c.Cohort], Kind: "number"})
	}
	for _, line := range toldLines() {
		cells := []site.Cell{{Text: line.name}}
		for _, c := range v.Cohorts {
			s := line.of(c)
			cell := site.Cell{Text: fmt.Sprintf("%d van %d", s.N, s.Of)}
			if s.Told() {
				cell.Text += ", " + shareText(s)
			}
			if s.N > 0 && v.who.May(staff.SeeAttempts) {
				cell.Href = behind(v.Version.Hash, c.Cohort, line.follow)
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

var figureColumns = []table.Column{
	{Name: "Groep", Width: 26},
	{Name: "Wat er gebeurde", Width: 40},
	{Name: "Klanten", Width: 10},
	{Name: "Van", Width: 10},
}

// exportFigures gives the figures of a version as a file, a row for each number of
// the page.
func (p evaluationPages) exportFigures(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.page(r, who, asking{asked: r.URL.Query()})
		if err != nil {
			return nil, err
		}
		var rows [][]any
		for _, c := range v.Cohorts {
			for _, line := range toldLines() {
				s := line.of(c)
				rows = append(rows, []any{cohortNames[c.Cohort], line.name, s.N, s.Of})
			}
		}
		sheet := table.Sheet{Name: "Evaluatie", Columns: figureColumns, About: [][2]string{{"Onderneming", who.FirmName}, {"Toets", versionText(v.Version)}}}
		return sheetOf(format, "evaluatie-"+v.id+"-"+p.desk.Today().String(), sheet, rows)
	}
}

// sheetOf gives rows that are few as a file.
func sheetOf(format table.Format, name string, sheet table.Sheet, rows [][]any) (site.Reply, error) {
	return site.Download(name+"."+string(format), format.MediaType(), func(w io.Writer) error {
		out, err := table.New(format, w, sheet)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := out.Row(row...); err != nil {
				return err
			}
		}
		return out.Close()
	}), nil
}

// A withdrawPage asks why something that was told of a client is not so.
type withdrawPage struct {
	asking
	frame   site.Work
	attempt appropriateness.AttemptID
	what    appropriateness.Happening
	day     string
}

func withdrawPath(id appropriateness.AttemptID) string { return attemptPath(id) + "/vervolg/intrekken" }

func (p evaluationPages) withdrawal(r *http.Request, who staff.Session, a asking) (x withdrawPage, err error) {
	x = withdrawPage{asking: a, attempt: appropriateness.AttemptID(r.PathValue("id")), what: appropriateness.Happening(a.value("vervolg")), day: a.value("dag")}
	list, err := p.desk.SequelsOf(r.Context(), who.Actor(), x.attempt)
	if err != nil {
		return x, err
	}
	if !slices.ContainsFunc(list, func(s appropriateness.Sequel) bool { return s.What == x.what && s.Day.String() == x.day }) {
		return x, fault.New(fault.NotFound, "unknown-sequel", string(x.attempt))
	}
	x.frame = p.guard.Frame(r, who, "Vervolg intrekken")
	x.frame.Trail = []site.Link{{Text: "Toetspogingen", Href: listPath}, {Text: "Toetspoging", Href: attemptPath(x.attempt)}}
	return x, nil
}

func (p evaluationPages) showWithdraw(r *http.Request, who staff.Session) (site.Reply, error) {
	x, err := p.withdrawal(r, who, asking{asked: r.URL.Query()})
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, withdrawSequel(x)), nil
}

func (p evaluationPages) withdraw(r *http.Request, who staff.Session) (site.Reply, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fault.Because(fault.Invalid, "bad-form", err)
	}
	x, err := p.withdrawal(r, who, asking{asked: r.PostForm})
	if err != nil {
		return nil, err
	}
	err = p.desk.WithdrawSequel(r.Context(), who.Actor(), appropriateness.Withdrawing{Attempt: x.attempt, What: x.what, Day: x.day, Reason: x.value("reason")})
	if err == nil {
		return site.SeeOther(attemptPath(x.attempt) + "#vervolgen"), nil
	}
	problems, err := refused(err)
	if err != nil {
		return nil, err
	}
	x.problems, x.frame.Failed = problems, true
	return site.Page(http.StatusBadRequest, withdrawSequel(x)), nil
}
