package web

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/commission"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A linesView is the list of the contracts of a month.
type linesView struct {
	frame site.Work
	run   commission.Run
	asked url.Values
	page  commission.LinePage
	from  int
}

func lineFilter(q url.Values) commission.LineFilter {
	return commission.LineFilter{
		Partner: strings.TrimSpace(q.Get("bemiddelaar")), Outcome: commission.Outcome(q.Get("uitkomst")), Search: strings.TrimSpace(q.Get("zoek")), Highest: q.Get("volgorde") == "bedrag",
	}
}

var lineOrders = []site.Choice{{Value: "", Text: "Kenmerk"}, {Value: "bedrag", Text: "Hoogste provisie eerst"}}

func (p pages) lines(r *http.Request, who staff.Session) (site.Reply, error) {
	v := linesView{asked: r.URL.Query()}
	var err error
	if v.run, err = p.desk.Run(r.Context(), who.Actor(), r.PathValue("id")); err != nil {
		return nil, err
	}
	if n, err := strconv.Atoi(v.asked.Get("vanaf")); err == nil && n > 0 && n <= v.run.Rows {
		v.from = n
	}
	if v.page, err = p.desk.Lines(r.Context(), who.Actor(), v.run.ID, lineFilter(v.asked), v.from, atOnce); err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Contracten van "+commission.MonthName(v.run.Month))
	v.frame.Trail, v.frame.Wide = trailTo(v.run), true
	return site.Page(http.StatusOK, linesPage(v)), nil
}

func trailTo(run commission.Run) []site.Link {
	return []site.Link{{Text: "Provisie", Href: runsPath}, {Text: commission.MonthName(run.Month), Href: runPath(run.ID, "", nil)}}
}

func (v linesView) value(name string) string { return strings.TrimSpace(v.asked.Get(name)) }

func (v linesView) partners() []site.Choice {
	all := []site.Choice{{Value: "", Text: "Alle"}}
	for _, u := range v.run.Agreements {
		all = append(all, site.Choice{Value: u.Code, Text: u.Name})
	}
	return all
}

func (v linesView) at(more string, from int) string {
	l := listing{asked: v.asked}
	return l.at(runPath(v.run.ID, more, nil), from)
}

func (v linesView) turn() site.Pages {
	p := site.Pages{About: "contracten", Shown: number(len(v.page.Lines)) + " op deze bladzijde"}
	if v.from > 0 {
		p.First = v.at("/contracten", 0)
	}
	if v.page.Next >= 0 {
		p.Next = v.at("/contracten", v.page.Next)
	}
	return p
}

func contractPath(run, ref string) string {
	return runPath(run, "/contract", url.Values{"kenmerk": {ref}})
}

func (v linesView) table() site.Table {
	t := site.Table{
		Caption: "Contracten", Hidden: true, Empty: "Er is geen contract dat hieraan voldoet.",
		Columns: []site.Column{{Name: "Contract", Kind: "code"}, {Name: "Bemiddelaar"}, {Name: "Soort"}, {Name: "Saldo", Kind: "number"}, {Name: "Percentage", Kind: "number"}, {Name: "Uitkomst"}, {Name: "Provisie", Kind: "number"}},
	}
	for _, l := range v.page.Lines {
		tag := outcomeTag(l.Outcome)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: l.Ref, Href: contractPath(v.run.ID, l.Ref)},
			{Text: partnerName(v.run, l)},
			{Text: kindOf(l.Contract)},
			{Text: l.Balance.Dutch()},
			{Text: percentOf(l)},
			{Tag: &tag},
			{Text: l.Amount.Dutch()},
		})
	}
	return t
}

func partnerName(run commission.Run, l commission.Line) string {
	switch u := run.ByCode(l.Partner); {
	case u.Name != "":
		return u.Name
	case l.Partner == "":
		return "geen"
	}
	return l.Partner + " (geen afspraak)"
}

func kindOf(c commission.Contract) string {
	switch {
	case c.Mortgage:
		return "Hypothecair krediet"
	case c.Revolving:
		return kindText(commission.Revolving)
	}
	return kindText(commission.NonRevolving)
}

func percentOf(l commission.Line) string {
	if l.Since.IsZero() {
		return "–"
	}
	return l.Percent.Dutch()
}

var lineColumns = []table.Column{
	{Name: "contract", Width: 20},
	{Name: "bemiddelaar", Width: 14},
	{Name: "soort", Width: 20},
	{Name: "afgesloten", Width: 12},
	{Name: "saldo", Width: 14},
	{Name: "percentage", Width: 12},
	{Name: "percentage sinds", Width: 16},
	{Name: "uitkomst", Width: 26},
	{Name: "norm", Width: 30},
	{Name: "provisie", Width: 12},
}

// plain writes an amount as other programs read it: 1234,56.
func plain(c money.Cents) string {
	return strings.Replace(commission.EuroText(c), ".", ",", 1)
}

func lineCells(l commission.Line) []any {
	percent := ""
	if !l.Since.IsZero() {
		percent = strings.Replace(l.Percent.String(), ".", ",", 1)
	}
	return []any{l.Ref, l.Partner, kindOf(l.Contract), l.Concluded.String(), plain(l.Balance), percent, l.Since.String(), outcomeText(l.Outcome), l.Outcome.Norm().Dutch(), plain(l.Amount)}
}

// exportLines gives every contract that the filters let through, by its reference.
func (p pages) exportLines(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		run, err := p.desk.Run(r.Context(), who.Actor(), r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		f := lineFilter(r.URL.Query())
		if _, err := p.desk.Lines(r.Context(), who.Actor(), run.ID, f, 0, 1); err != nil {
			return nil, err // before the file begins
		}
		return download("provisie-"+commission.MonthKey(run.Month), format, table.Sheet{Name: "Contracten", Columns: lineColumns}, func(row func(...any) error) error {
			return p.desk.EachLine(r.Context(), who.Actor(), run.ID, f, func(l commission.Line) error { return row(lineCells(l)...) })
		}), nil
	}
}

// A contractView says why a month gave what it gave for a contract.
type contractView struct {
	commission.Explained
	frame site.Work
	past  []commission.Past
	may   bool // correct it
	names map[string]string
}

func (p pages) contract(r *http.Request, who staff.Session) (site.Reply, error) {
	var v contractView
	var err error
	if v.Explained, err = p.desk.Explain(r.Context(), who.Actor(), r.PathValue("id"), r.URL.Query().Get("kenmerk")); err != nil {
		return nil, err
	}
	if v.past, err = p.desk.History(r.Context(), who.Actor(), v.Line.Ref); err != nil {
		return nil, err
	}
	if v.names, err = p.house.Names(r.Context(), who.Actor().Firm); err != nil {
		return nil, err
	}
	v.may = v.Run.State == commission.RunApproved && v.Used.ID != "" && who.May(staff.RunCommission)
	v.frame = p.guard.Frame(r, who, "Contract "+v.Line.Ref)
	v.frame.Trail = append(trailTo(v.Run), site.Link{Text: "Contracten", Href: runPath(v.Run.ID, "/contracten", nil)})
	v.frame.Wide = true
	return site.Page(http.StatusOK, contractPage(v)), nil
}

func (v contractView) facts() []site.Term {
	l := v.Line
	list := []site.Term{
		{Name: "Bemiddelaar", Text: partnerName(v.Run, l)},
		{Name: "Soort", Text: kindOf(l.Contract)},
		{Name: "Saldo op " + v.Run.Month.Dutch(), Text: l.Balance.Dutch()},
	}
	day := func(name string, d interface {
		IsZero() bool
		Dutch() string
	},
	) {
		if !d.IsZero() {
			list = append(list, site.Term{Name: name, Text: d.Dutch()})
		}
	}
	day("Afgesloten", l.Concluded)
	day("Oudste termijn die open staat", l.Due)
	day("Vervroegd opgeëist", l.Demanded)
	day("Ontbonden", l.Dissolved)
	day("Ontbinding ongedaan gemaakt", l.Undone)
	return list
}

// said is the sentence of a reason with its numbers as Dutch readers write them.
func said(why rule.Reason) string {
	text := why.Text
	if p, ok := commission.ParsePercent(why.Values["percent"]); ok {
		text = strings.Replace(text, p.String()+"%", p.Dutch(), 1)
	}
	for _, name := range []string{"balance", "amount"} {
		if d, err := money.Parse(why.Values[name]); err == nil {
			if c, ok := commission.CentsOf(d); ok {
				text = strings.Replace(text, map[string]string{"balance": "(" + why.Values[name] + ")", "amount": ": " + why.Values[name] + "."}[name],
					map[string]string{"balance": "(" + c.Dutch() + ")", "amount": ": " + c.Dutch() + "."}[name], 1)
			}
		}
	}
	return text
}

func (v contractView) reasons() site.Table {
	t := site.Table{Caption: "Waarom", Columns: []site.Column{{Name: "Reden"}, {Name: "Norm"}}}
	for _, why := range v.Answer.Because {
		t.Rows = append(t.Rows, []site.Cell{{Text: said(why)}, {Text: why.Norm.Dutch()}})
	}
	return t
}

func (v contractView) months() site.Table {
	t := site.Table{Caption: "Elke maand", Columns: []site.Column{{Name: "Maand"}, {Name: "Saldo", Kind: "number"}, {Name: "Percentage", Kind: "number"}, {Name: "Uitkomst"}, {Name: "Provisie", Kind: "number"}}}
	for _, past := range v.past {
		tag := outcomeTag(past.Line.Outcome)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: commission.MonthName(past.Run.Month), Href: contractPath(past.Run.ID, v.Line.Ref)},
			{Text: past.Line.Balance.Dutch()},
			{Text: percentOf(past.Line)},
			{Tag: &tag},
			{Text: past.Line.Amount.Dutch()},
		})
	}
	return t
}

// course draws balance and commission of the latest months.
func (v contractView) course() chart.Steps {
	c := chart.Steps{Head: chart.Head{ID: "verloop", Title: "Provisie per maand", Told: "Wat dit contract elke maand gaf, in hele euro’s.", Row: "Maand"}, Lines: []chart.Line{{Name: "Provisie"}}}
	for i := min(len(v.past), monthsShown) - 1; i >= 0; i-- {
		c.Times = append(c.Times, chart.Time{Label: commission.MonthName(v.past[i].Run.Month), Short: commission.MonthKey(v.past[i].Run.Month)[2:]})
		c.Lines[0].Values = append(c.Lines[0].Values, int(v.past[i].Line.Amount/100))
	}
	return c
}

func (p pages) proof(r *http.Request, who staff.Session) (site.Reply, error) {
	x, err := p.desk.Explain(r.Context(), who.Actor(), r.PathValue("id"), r.URL.Query().Get("kenmerk"))
	if err != nil {
		return nil, err
	}
	return site.Download("provisiebewijs-"+commission.MonthKey(x.Run.Month)+".txt", "text/plain; charset=utf-8", func(w io.Writer) error {
		_, err := w.Write(x.Proof.Text())
		return err
	}), nil
}
