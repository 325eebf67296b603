package web

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/complaint"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// A figuresPage counts what came in during a year.
type figuresPage struct {
	frame         site.Work
	year          int
	first         int
	from, through calendar.Date
	all           []complaint.Figure
}

// longAgo is the first year whose figures are shown.
const longAgo = 2000

func (p pages) figuresPage(r *http.Request, who staff.Session) (v figuresPage, err error) {
	today := p.Casework.Today()
	v.year, v.first = today.Year(), today.Year()-5
	if n, err := strconv.Atoi(r.URL.Query().Get("jaar")); err == nil && n >= longAgo && n <= today.Year() {
		v.year = n
	}
	v.from, v.through = calendar.MustParse(fmt.Sprintf("%04d-01-01", v.year)), calendar.MustParse(fmt.Sprintf("%04d-12-31", v.year))
	v.all, err = p.desk.Figures(r.Context(), who.Account.Firm, v.year)
	return v, err
}

func (p pages) figures(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.figuresPage(r, who)
	if err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Cijfers over klachten van "+strconv.Itoa(v.year))
	v.frame.Lead = "Klachten die in dit jaar zijn ontvangen, zoals zij er nu voor staan. Wie alleen ongenoegen uitte, telt hier niet mee. Elk getal opent de lijst."
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Klachten", Href: listPath}}, true
	return site.Page(http.StatusOK, showFigures(v)), nil
}

func (v figuresPage) years() (choices []site.Choice) {
	for y := v.frameYear(); y >= v.first; y-- {
		choices = append(choices, site.Choice{Value: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	return choices
}

func (v figuresPage) frameYear() int { return v.first + 5 }

// listed is the list behind a number: words that ask nothing are not counted.
func (v figuresPage) listed(more ...string) string {
	q := url.Values{"van": {v.from.String()}, "tot": {v.through.String()}, complaint.FacetCounts: {complaint.Counted}}
	for i := 0; i < len(more); i += 2 {
		q.Set(more[i], cmp.Or(more[i+1], "-"))
	}
	return listPath + "?" + q.Encode()
}

func everyOne(complaint.Figure) bool { return true }

// sums are the main figures.
func (v figuresPage) sums() site.Table {
	t := site.Table{Caption: "In het kort", Columns: []site.Column{{Name: "Wat"}, {Name: "Aantal", Kind: "number"}}}
	line := func(name, href string, fits func(complaint.Figure) bool) {
		t.Rows = append(t.Rows, []site.Cell{{Text: name}, {Text: chart.Number(complaint.Count(v.all, fits)), Href: href}})
	}
	line("Ontvangen", v.listed(), everyOne)
	line("Nog open", v.listed("stand", "open"), func(f complaint.Figure) bool { return f.Lead == "" })
	for _, l := range complaint.Leads {
		line("Afgehandeld, "+leadText(l), v.listed(complaint.FacetLead, string(l)), func(f complaint.Figure) bool { return f.Lead == l })
	}
	for _, o := range complaint.Outcomes {
		line(site.WordOf(outcomeChoices, string(o), "nog niet gezegd"), v.listed(complaint.FacetOutcome, string(o)), func(f complaint.Figure) bool { return f.Outcome == o })
	}
	return t
}

// redress is what was paid, and which part of what was decided was in favour of the
// client.
func (v figuresPage) redress() []site.Term {
	var paid int64
	for _, f := range v.all {
		paid += f.Redress
	}
	right := complaint.Count(v.all, func(f complaint.Figure) bool { return f.Outcome.InFavour() })
	judged := right + complaint.Count(v.all, func(f complaint.Figure) bool { return f.Outcome == complaint.Rejected })
	share := "nog niets beoordeeld"
	if judged > 0 {
		share = fmt.Sprintf("%d van de %d (%s%%)", right, judged, strings.Replace(strconv.FormatFloat(100*float64(right)/float64(judged), 'f', 1, 64), ".", ",", 1))
	}
	return []site.Term{{Name: "Geheel of deels gegrond", Text: share}, {Name: "Samen vergoed", Text: money.Cents(paid).Dutch()}}
}

// products are the products of the year, the most complaints first.
func (v figuresPage) products() []string {
	n := map[string]int{}
	for _, f := range v.all {
		n[f.Product] += f.Count
	}
	var names []string
	for p := range n {
		names = append(names, p)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
	return names
}

// causes are those of the form, and none at the end.
func causes() []complaint.Cause { return append(slices.Clone(complaint.Causes), "") }

// cross is cause by product, each number opening its list.
func (v figuresPage) cross() site.Table {
	t := site.Table{Caption: "Oorzaak en product", Empty: "Er zijn geen klachten ontvangen.", Columns: []site.Column{{Name: "Product"}}}
	for _, c := range causes() {
		t.Columns = append(t.Columns, site.Column{Name: cmp.Or(causeText(c), "Niet gezegd"), Kind: "number"})
	}
	for _, p := range v.products() {
		row := []site.Cell{{Text: cmp.Or(p, "niet gezegd")}}
		for _, c := range causes() {
			n := complaint.Count(v.all, func(f complaint.Figure) bool { return f.Product == p && f.Cause == c })
			cell := site.Cell{Text: strconv.Itoa(n)}
			if n > 0 && p != "" { // the list knows no way to ask for no product
				cell.Href = v.listed("product", p, complaint.FacetCause, string(c))
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

var monthNames = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// shortMonths stand below the columns.
var shortMonths = strings.Fields("jan feb mrt apr mei jun jul aug sep okt nov dec")

// course draws how many came in, by month.
func (v figuresPage) course() chart.Columns {
	c := chart.Columns{Head: chart.Head{ID: "per-maand", Title: "Ontvangen per maand", Row: "Maand"}, Of: "Klachten", Axis: "Maand"}
	most := 0
	for i, name := range monthNames {
		month := fmt.Sprintf("%04d-%02d", v.year, i+1)
		n := complaint.Count(v.all, func(f complaint.Figure) bool { return f.Month == month })
		first := calendar.MustParse(month + "-01")
		href := listPath + "?" + url.Values{"van": {first.String()}, "tot": {first.AddMonths(1).AddDays(-1).String()}, complaint.FacetCounts: {complaint.Counted}}.Encode()
		c.Rows = append(c.Rows, chart.Column{Label: name, Short: shortMonths[i], Value: n, Href: href})
		if n > c.Rows[most].Value {
			most = i
		}
	}
	c.Told = fmt.Sprintf("Kolommen per maand. De meeste kwamen in %s: %s.", monthNames[most], chart.Number(c.Rows[most].Value))
	return c
}

// outcomes draws how complaints ended, by cause.
func (v figuresPage) outcomes() chart.Stacks {
	s := chart.Stacks{Head: chart.Head{ID: "uitkomsten", Title: "Uitkomst per oorzaak", Told: "Gestapelde staven van afgehandelde klachten. De tabel noemt elk aantal.", Row: "Oorzaak"}}
	parts := []complaint.Outcome{complaint.Upheld, complaint.Partly, complaint.Rejected, complaint.Settled}
	for i, o := range parts {
		s.Parts = append(s.Parts, chart.Part{Name: site.WordOf(outcomeChoices, string(o), "nog niet gezegd"), Tone: []string{"bad", "warn", "good", "neutral"}[i]})
	}
	for _, c := range complaint.Causes {
		row, some := chart.Stack{Label: causeText(c)}, 0
		for _, o := range parts {
			n := complaint.Count(v.all, func(f complaint.Figure) bool { return f.Cause == c && f.Outcome == o })
			some += n
			row.Values, row.Hrefs = append(row.Values, n), append(row.Hrefs, v.listed(complaint.FacetCause, string(c), complaint.FacetOutcome, string(o)))
		}
		if some > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}

// exportFigures gives the figures of a year, a line for each group of complaints that
// are alike.
func (p pages) exportFigures(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.figuresPage(r, who)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(v.all, func(a, b complaint.Figure) int {
			return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Lead, b.Lead))
		})
		sheet := table.Sheet{Name: "Klachten " + strconv.Itoa(v.year), Columns: []table.Column{
			{Name: "Maand", Width: 10}, {Name: "Product", Width: 20}, {Name: "Oorzaak", Width: 20}, {Name: "Uitkomst", Width: 20}, {Name: "Doorlooptijd", Width: 26}, {Name: "Klachten", Width: 10}, {Name: "Vergoed in centen", Width: 18},
		}}
		return site.Download("klachtcijfers-"+strconv.Itoa(v.year)+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, f := range v.all {
				lead := "open"
				if f.Lead != "" {
					lead = leadText(f.Lead)
				}
				outcome := ""
				if f.Outcome != "" {
					outcome = site.WordOf(outcomeChoices, string(f.Outcome), "nog niet gezegd")
				}
				if err := out.Row(f.Month, f.Product, causeText(f.Cause), outcome, lead, f.Count, int(f.Redress)); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}
