package web

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A runsView is the list of months as it was asked.
type runsView struct {
	listing
	frame  site.Work
	found  []commission.Run
	all    []commission.Run
	may    staff.Session
	agreed bool // there is an agreement
}

var (
	runStates = []site.Choice{{Value: "", Text: "Alle"}, {Value: "done", Text: "Wacht op goedkeuring"}, {Value: "approved", Text: "Goedgekeurd"}, {Value: "running", Text: "Loopt"}, {Value: "failed", Text: "Mislukt"}, {Value: "overtaken", Text: "Vervangen"}}
	runOrders = []site.Choice{{Value: "", Text: "Nieuwste maand eerst"}, {Value: "oudste", Text: "Oudste maand eerst"}, {Value: "bedrag", Text: "Hoogste bedrag eerst"}}
)

func runTag(r commission.Run) site.Tag {
	if r.Destroyed() {
		return site.Tag{Tone: site.Neutral, Text: "Vernietigd"}
	}
	switch r.State {
	case commission.RunWaiting:
		return site.Tag{Tone: site.Neutral, Text: "Wacht"}
	case commission.RunBusy:
		return site.Tag{Tone: site.Info, Text: "Loopt"}
	case commission.RunDone:
		return site.Tag{Tone: site.Warn, Text: "Wacht op goedkeuring"}
	case commission.RunApproved:
		return site.Tag{Tone: site.Good, Text: "Goedgekeurd"}
	case commission.RunOvertaken:
		return site.Tag{Tone: site.Neutral, Text: "Vervangen"}
	}
	return site.Tag{Tone: site.Bad, Text: "Mislukt"}
}

func (p pages) asksRuns(r *http.Request, who staff.Session) (v runsView, err error) {
	if v.all, err = p.desk.Runs(r.Context(), who.Actor()); err != nil {
		return v, err
	}
	q := r.URL.Query()
	word, state := strings.ToLower(strings.TrimSpace(q.Get("zoek"))), q.Get("stand")
	for _, run := range v.all {
		says := commission.MonthName(run.Month) + " " + commission.MonthKey(run.Month)
		if strings.Contains(says, word) && (state == "" || string(run.State) == state || state == "running" && run.State == commission.RunWaiting) {
			v.found = append(v.found, run)
		}
	}
	switch q.Get("volgorde") {
	case "oudste":
		slices.Reverse(v.found)
	case "bedrag":
		slices.SortStableFunc(v.found, func(a, b commission.Run) int { return cmp.Compare(b.Total(), a.Total()) })
	}
	v.listing = listed(runsPath, r, len(v.found))
	return v, nil
}

func (p pages) runs(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.asksRuns(r, who)
	if err != nil {
		return nil, err
	}
	agreed, err := p.desk.Agreements(r.Context(), who.Actor())
	if err != nil {
		return nil, err
	}
	v.agreed, v.may = len(agreed) > 0, who
	v.frame = p.guard.Frame(r, who, "Provisie")
	v.frame.Lead, v.frame.Wide = "Elke maand rekent u over alle contracten uit wat elke bemiddelaar krijgt: een percentage van het saldo op de laatste dag, of niets, met de reden.", true
	return site.Page(http.StatusOK, runsPage(v)), nil
}

func (v runsView) table() site.Table {
	t := site.Table{
		Caption: "Maanden", Hidden: true, Empty: "Er is geen maand die hieraan voldoet.",
		Columns: []site.Column{{Name: "Maand"}, {Name: "Stand"}, {Name: "Contracten", Kind: "number"}, {Name: "Met aanspraak", Kind: "number"}, {Name: "Ingehouden", Kind: "number"}, {Name: "Uit te betalen", Kind: "number"}},
	}
	for _, r := range v.found[v.from:v.through()] {
		tag := runTag(r)
		row := []site.Cell{{Text: commission.MonthName(r.Month), Href: runPath(r.ID, "", nil)}, {Tag: &tag}}
		if !r.Ready() {
			t.Rows = append(t.Rows, append(row, site.Cell{Text: "–"}, site.Cell{Text: "–"}, site.Cell{Text: "–"}, site.Cell{Text: "–"}))
			continue
		}
		t.Rows = append(t.Rows, append(row,
			site.Cell{Text: number(r.Rows), Href: runPath(r.ID, "/contracten", nil)},
			site.Cell{Text: number(r.Count(commission.Paid).Rows), Href: runPath(r.ID, "/contracten", url.Values{"uitkomst": {string(commission.Paid)}})},
			site.Cell{Text: number(withheld(r)), Href: runPath(r.ID, "/contracten", url.Values{"uitkomst": {string(commission.InArrears)}})},
			site.Cell{Text: r.Total().Dutch(), Href: runPath(r.ID, "", nil)},
		))
	}
	return t
}

// withheld counts what is in arrears: the list that the number opens.
func withheld(r commission.Run) int { return r.Count(commission.InArrears).Rows }

// monthsShown is how many months the chart shows.
const monthsShown = 12

// chart draws what the latest approved months came to.
func (v runsView) chart() chart.Columns {
	c := chart.Columns{Head: chart.Head{ID: "maanden", Title: "Provisie per maand", Told: "Wat per goedgekeurde maand aan alle bemiddelaars samen is toegekend, in hele euro’s.", Row: "Maand"}, Of: "Euro", Axis: "Maand"}
	for _, r := range v.all {
		if r.State == commission.RunApproved && len(c.Rows) < monthsShown {
			c.Rows = append(c.Rows, chart.Column{Label: commission.MonthName(r.Month), Short: commission.MonthKey(r.Month)[2:], Value: int(r.Total() / 100), Href: runPath(r.ID, "", nil)})
		}
	}
	slices.Reverse(c.Rows)
	return c
}

// exportRuns gives exactly the list that is shown, all pages of it.
func (p pages) exportRuns(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.asksRuns(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Provisie", Columns: []table.Column{{Name: "Maand", Width: 10}, {Name: "Stand", Width: 22}, {Name: "Contracten", Width: 12}, {Name: "Met aanspraak", Width: 14}, {Name: "Twee maanden achterstand", Width: 24}, {Name: "Uit te betalen", Width: 16}, {Name: "Bewijs (root)", Width: 66}, {Name: "Kenmerk", Width: 38}}}
		return download("provisie", format, sheet, func(row func(...any) error) error {
			for _, run := range v.found {
				if err := row(commission.MonthKey(run.Month), runTag(run).Text, run.Rows, run.Count(commission.Paid).Rows, withheld(run), run.Total().Dutch(), run.Root.String(), run.ID); err != nil {
					return err
				}
			}
			return nil
		}), nil
	}
}

// download is a list as a file.
func download(name string, format table.Format, sheet table.Sheet, fill func(row func(...any) error) error) site.Reply {
	return site.Download(name+"."+string(format), format.MediaType(), func(w io.Writer) error {
		rows, err := table.New(format, w, sheet)
		if err != nil {
			return err
		}
		if err := fill(rows.Row); err != nil {
			return err
		}
		return rows.Close()
	})
}

// A startView is the form that asks for a month.
type startView struct {
	frame    site.Work
	month    string
	problems []site.Problem
}

func (p pages) showStart(r *http.Request, who staff.Session) (site.Reply, error) {
	runs, err := p.desk.Runs(r.Context(), who.Actor())
	if err != nil {
		return nil, err
	}
	next := p.house.Today().AddDays(-p.house.Today().Day())
	for _, run := range runs {
		if run.State == commission.RunApproved {
			next = run.Month.AddDays(1)
			break
		}
	}
	return site.Page(http.StatusOK, startPage(p.startFor(r, who, commission.MonthKey(next), nil))), nil
}

func (p pages) startFor(r *http.Request, who staff.Session, month string, problems []site.Problem) startView {
	v := startView{p.guard.Frame(r, who, "Maand berekenen"), month, problems}
	v.frame.Trail, v.frame.Failed = []site.Link{{Text: "Provisie", Href: runsPath}}, len(problems) > 0
	return v
}

func (p pages) start(r *http.Request, who staff.Session) (site.Reply, error) {
	month := strings.TrimSpace(r.PostFormValue("maand"))
	run, err := p.desk.Start(r.Context(), who.Actor(), month, "")
	if problems, ok := refused(err, "invalid-commission-month", map[string]string{"/month": "maand"}); ok {
		return site.Page(http.StatusBadRequest, startPage(p.startFor(r, who, month, problems))), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(runPath(run.ID, "", nil)), nil
}

// A runView is one month.
type runView struct {
	commission.Run
	frame    site.Work
	who      staff.Session
	names    map[string]string
	alone    bool
	today    calendar.Date
	reason   string
	on       string
	problems []site.Problem
}

// again is how often the page of a run under way asks for itself where there is no
// script, in seconds.
const again = "5"

func (p pages) runFor(r *http.Request, who staff.Session) (v runView, err error) {
	v = runView{who: who, today: p.house.Today()}
	if v.Run, err = p.desk.Run(r.Context(), who.Actor(), r.PathValue("id")); err != nil {
		return v, err
	}
	if v.names, err = p.house.Names(r.Context(), who.Actor().Firm); err != nil {
		return v, err
	}
	if v.alone, err = p.house.Alone(r.Context(), who.Actor().Firm); err != nil {
		return v, err
	}
	v.frame = p.guard.Frame(r, who, "Provisie "+commission.MonthName(v.Month))
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Provisie", Href: runsPath}}, true
	return v, nil
}

func (p pages) run(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.runFor(r, who)
	if err != nil {
		return nil, err
	}
	v.on = v.today.AddDays(1).String()
	page := site.Page(http.StatusOK, runPage(v))
	if v.underWay() {
		return site.WithHeader(page, "Refresh", again), nil
	}
	return page, nil
}

func (v runView) underWay() bool {
	return v.State == commission.RunWaiting || v.State == commission.RunBusy
}

func (v runView) problem(field string) string { return problemOf(v.problems, field) }

// mayApprove reports whether who looks may approve this run.
func (v runView) mayApprove() bool {
	return v.State == commission.RunDone && v.who.May(staff.ApproveCommission) && (v.alone || v.By != v.who.Actor().String())
}

// ownRun reports whether who looks started it, and so waits for another.
func (v runView) ownRun() bool {
	return v.State == commission.RunDone && !v.alone && v.By == v.who.Actor().String()
}

func (v runView) about() []site.Term {
	tag := runTag(v.Run)
	list := []site.Term{
		{Name: "Stand", Body: site.Status(tag)},
		{Name: "Saldo op", Text: v.Month.Dutch()},
		{Name: "Gestart", Text: calendar.DutchTime(v.Made) + " door " + called(v.names, v.By)},
	}
	add := func(name, text string) { list = append(list, site.Term{Name: name, Text: text}) }
	if v.Ready() {
		add("Berekend", calendar.DutchTime(v.Ended))
		add("Contracten", number(v.Rows))
		add("Uit te betalen", v.Total().Dutch())
	}
	if a := v.Approved; a != nil {
		add("Goedgekeurd", calendar.DutchTime(a.At)+" door "+called(v.names, a.By))
		if a.Reason != "" {
			add("Waarom niemand anders meekijkt", a.Reason)
		}
	}
	if f := v.BankFile; f != nil {
		add("Betaalbestand", calendar.DutchTime(f.At)+" door "+called(v.names, f.By)+", betaaldag "+f.On.Dutch())
	}
	if v.Ready() {
		list = append(list, site.Term{Name: "Bewijs (root)", Body: site.Code(v.Root.String())})
	}
	return list
}

// failure says why the run failed, and what to do.
func (v runView) failure() string {
	switch v.Why {
	case "contracts-unordered":
		return "In de portefeuille staat een contract twee keer. Herstel dat, en bereken de maand opnieuw."
	case "no-month-end":
		return "De kredietportefeuille heeft geen stand van " + v.Month.Dutch() + ". Lees eerst de saldi van die dag in, en bereken de maand dan opnieuw."
	}
	return "Er is niets bewaard. Bereken de maand opnieuw. Lukt het weer niet, vraag dan de beheerder."
}

// shares lists what every intermediary gets.
func (v runView) shares() site.Table {
	t := site.Table{
		Caption: "Wat elke bemiddelaar krijgt", Empty: "Geen enkele bemiddelaar met een afspraak had deze maand een contract.",
		Columns: []site.Column{{Name: "Naar"}, {Name: "Rekening", Kind: "code"}, {Name: "Contracten", Kind: "number"}, {Name: "Provisie", Kind: "number"}, {Name: "Correcties", Kind: "number"}, {Name: "Van vorige maand", Kind: "number"}, {Name: "Uit te betalen", Kind: "number"}},
	}
	for _, s := range v.Shares {
		u := v.Used(s.Agreement)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: u.Name, Href: statementPath(v.ID, s.Agreement)},
			{Text: commission.SpaceIBAN(u.IBAN)},
			{Text: number(s.Rows), Href: runPath(v.ID, "/contracten", url.Values{"bemiddelaar": {u.Code}})},
			{Text: s.Amount.Dutch()},
			{Text: s.Corrected.Dutch()},
			{Text: s.Carried.Dutch()},
			{Text: s.Pay().Dutch(), Href: statementPath(v.ID, s.Agreement)},
		})
	}
	return t
}

// chart draws of each intermediary over how many contracts there is a claim, and why not.
func (v runView) chart() chart.Stacks {
	c := chart.Stacks{
		Head:  chart.Head{ID: "uitkomsten", Title: "Contracten per bemiddelaar", Told: "Over welk deel van de contracten van elke bemiddelaar er aanspraak is.", Row: "Bemiddelaar"},
		Parts: []chart.Part{{Name: "aanspraak", Tone: "good"}, {Name: "ingehouden", Tone: "bad"}, {Name: "geen afspraak", Tone: "warn"}, {Name: "geen saldo of niet tot stand gekomen", Tone: "neutral"}},
	}
	for _, s := range v.Shares[:min(len(v.Shares), chartedShares)] {
		u := v.Used(s.Agreement)
		row := chart.Stack{Label: u.Name, Values: make([]int, len(c.Parts))}
		for _, n := range s.Outcomes {
			switch {
			case n.Outcome == commission.Paid:
				row.Values[0] += n.Rows
			case n.Outcome.Withheld():
				row.Values[1] += n.Rows
			case n.Outcome == commission.Unagreed:
				row.Values[2] += n.Rows
			default:
				row.Values[3] += n.Rows
			}
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// chartedShares is how many intermediaries the chart shows; the table has all.
const chartedShares = 12

func (v runView) amounts() site.Table {
	t := site.Table{Caption: "Saldo en provisie per uitkomst", Columns: []site.Column{{Name: "Uitkomst"}, {Name: "Norm"}, {Name: "Contracten", Kind: "number"}, {Name: "Saldo", Kind: "number"}, {Name: "Provisie", Kind: "number"}}}
	for _, n := range v.Outcomes {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: outcomeText(n.Outcome)},
			{Text: n.Outcome.Norm().Dutch()},
			{Text: number(n.Rows), Href: runPath(v.ID, "/contracten", url.Values{"uitkomst": {string(n.Outcome)}})},
			{Text: n.Balance.Dutch()},
			{Text: n.Amount.Dutch()},
		})
	}
	return t
}

func (p pages) approve(r *http.Request, who staff.Session) (site.Reply, error) {
	reason := r.PostFormValue("reden")
	_, err := p.desk.Approve(r.Context(), who.Actor(), r.PathValue("id"), reason)
	if problems, ok := refused(err, "invalid-approval", map[string]string{"/reason": "reden"}); ok {
		return p.runAgain(r, who, problems)
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(runPath(r.PathValue("id"), "", nil)), nil
}

// runAgain is the page of a run with what was wrong in its form.
func (p pages) runAgain(r *http.Request, who staff.Session, problems []site.Problem) (site.Reply, error) {
	v, err := p.runFor(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.reason, v.on, v.frame.Failed = problems, r.PostFormValue("reden"), r.PostFormValue("dag"), true
	return site.Page(http.StatusBadRequest, runPage(v)), nil
}

func (p pages) makeBankFile(r *http.Request, who staff.Session) (site.Reply, error) {
	_, err := p.desk.MakeBankFile(r.Context(), who.Actor(), r.PathValue("id"), r.PostFormValue("dag"))
	if problems, ok := refused(err, "invalid-bank-file", map[string]string{"/on": "dag"}); ok {
		return p.runAgain(r, who, problems)
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(runPath(r.PathValue("id"), "", nil)), nil
}

func (p pages) bankFile(r *http.Request, who staff.Session) (site.Reply, error) {
	run, err := p.desk.Run(r.Context(), who.Actor(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	body, err := run.Pain001()
	if err != nil {
		return nil, err
	}
	return site.Download("provisie-"+commission.MonthKey(run.Month)+".xml", "application/xml", func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	}), nil
}
