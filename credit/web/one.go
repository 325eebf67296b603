package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A productPageOf is one product with its figures and what was issued of it.
type productView struct {
	frame  site.Work
	f      credit.File
	newest int
	papers credit.PaperPage
	names  map[string]string
	keeps  bool
	issues bool
	link   string // of the calculator
}

func (p pages) product(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.desk.Product(r.Context(), who.Actor(), credit.ProductID(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	v := productView{newest: f.Nr, keeps: who.May(staff.WriteCredit), issues: who.May(staff.IssueCredit)}
	if nr, err := strconv.Atoi(r.URL.Query().Get("versie")); err == nil && nr != f.Nr {
		if f, err = f.Of(nr); err != nil {
			return nil, err
		}
	}
	v.f = f
	if v.papers, err = p.desk.Papers(r.Context(), who.Actor(), credit.PaperFilter{Product: f.ID, Limit: 10}); err != nil {
		return nil, err
	}
	if v.names, err = p.house.Names(r.Context(), who.Actor().Firm); err != nil {
		return nil, err
	}
	if f.Open {
		v.link = p.house.Base + CalculatorPath(string(who.Actor().Firm), f.ID)
	}
	v.frame = p.guard.Frame(r, who, f.Name)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Kredietproducten", Href: listPath}}, true
	return site.Page(http.StatusOK, productPage(v)), nil
}

func (v productView) about() []site.Term {
	t := v.f.Terms
	state := stateOf(v.f.Product)
	terms := []site.Term{
		{Name: "Stand", Body: site.Status(state)},
		{Name: "Versie", Text: strconv.Itoa(v.f.Nr) + ", voor wat wordt aangeboden vanaf " + v.f.From.Dutch()},
		{Name: "Soort", Text: kindText(t)},
		{Name: "Kredietvergoeding", Text: t.Charge},
		{Name: "Rente per jaar", Text: credit.Percent(t.Rate.String())},
	}
	add := func(name, text string) { terms = append(terms, site.Term{Name: name, Text: text}) }
	if t.Months != nil {
		add("Looptijd", credit.MonthCount(*t.Months))
	}
	if t.Share != nil {
		add("Elke maand", credit.Percent(t.Share.String())+" van de limiet")
	}
	if t.Promo != nil {
		add("Tijdelijk tarief", credit.Percent(t.Promo.String())+", de eerste "+credit.MonthCount(*t.PromoMonths))
	}
	if t.Fee != nil {
		add("Kosten bij de start", credit.Euro(t.Fee.String()))
	}
	if t.MonthlyFee != nil {
		add("Kosten per maand", credit.Euro(t.MonthlyFee.String()))
	}
	if t.EarlyFee != nil {
		add("Vergoeding bij eerder aflossen", credit.Percent(t.EarlyFee.String()))
	}
	if v.f.Insurance != "" {
		add("Verplichte verzekering", v.f.Insurance)
	}
	if rule.Holds(t.Securities) {
		add("Onderpand", "Effecten")
	}
	if v.f.Collateral != "" {
		add("Zekerheid", v.f.Collateral)
	}
	terms = append(terms, site.Term{Name: "Vastgelegd", Text: calendar.DutchTime(v.f.At) + " door " + v.who(v.f.By)}, site.Term{Name: "Hash (SHA-256)", Body: site.Code(v.f.Hash.String())})
	return terms
}

func (v productView) who(actor string) string { return called(v.names, actor) }

func called(names map[string]string, actor string) string {
	if name := names[actor]; name != "" {
		return name
	}
	if strings.HasPrefix(actor, "house") {
		return "het systeem"
	}
	return actor
}

// figures is the table with which the product may be shown, as the decree has it.
func (v productView) figures() site.Table {
	t := site.Table{Caption: "Zo mag het product worden getoond", Columns: []site.Column{
		{Name: "Kredietsom", Kind: "number"}, {Name: "Effectieve rente op jaarbasis", Kind: "number"}, {Name: "Maandlast", Kind: "number"}, {Name: "Looptijd", Kind: "number"}, {Name: "Totale prijs", Kind: "number"},
	}}
	if v.f.Terms.IsRevolving() {
		t.Columns[0].Name, t.Columns[3].Name = "Kredietlimiet", "Theoretische looptijd"
	}
	for _, e := range v.f.Figures.Examples {
		t.Rows = append(t.Rows, figureRow(e.Amount, e.Shown, e.Error))
	}
	return t
}

// own is what the product itself costs, where it is shown otherwise.
func (v productView) own() site.Table {
	t := v.figures()
	t.Caption, t.Rows = "Wat het product zelf vraagt, en wat de klant werkelijk betaalt", nil
	t.Columns = append(t.Columns, site.Column{Name: "Werkelijk betaald in wat wordt getoond", Kind: "number"})
	for _, e := range v.f.Figures.Examples {
		paid := "geen"
		if e.Paid != "" {
			paid = credit.Euro(e.Paid)
		}
		t.Rows = append(t.Rows, append(figureRow(e.Amount, e.Own, ""), site.Cell{Text: paid}))
	}
	return t
}

func figureRow(sum string, f credit.Figure, wrong string) []site.Cell {
	row := []site.Cell{{Text: credit.Euro(sum)}}
	if wrong != "" || f.Total == "" {
		for range 4 {
			row = append(row, site.Cell{Text: "geen"})
		}
		return row
	}
	return append(row, site.Cell{Text: credit.Percent(f.Rounded)}, site.Cell{Text: credit.Euro(f.Monthly)}, site.Cell{Text: credit.MonthCount(f.Months)}, site.Cell{Text: credit.Euro(f.Total)})
}

// over reports whether an effective rate of the product is above the maximum of the
// day on which its terms begin.
func (v productView) over() bool {
	for _, e := range v.f.Figures.Examples {
		if credit.Over(e.Shown.X, v.f.Ceiling.Maximum) {
			return true
		}
	}
	return false
}

func (v productView) versions() site.Table {
	t := site.Table{Caption: "Versies", Hidden: true, Columns: []site.Column{{Name: "Versie", Kind: "number"}, {Name: "Aangeboden vanaf", Kind: "date"}, {Name: "Rente per jaar", Kind: "number"}, {Name: "Vastgelegd", Kind: "date"}, {Name: "Door"}}}
	for _, one := range v.f.Versions {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: strconv.Itoa(one.Nr), Href: productPath(v.f.ID) + "?versie=" + strconv.Itoa(one.Nr)},
			{Text: one.From.Dutch()},
			{Text: credit.Percent(one.Terms.Rate.String())},
			{Text: calendar.DutchTime(one.At)},
			{Text: v.who(one.By)},
		})
	}
	return t
}

func (p pages) set(r *http.Request, who staff.Session) (site.Reply, error) {
	id := credit.ProductID(r.PathValue("id"))
	if _, err := p.desk.Set(r.Context(), who.Actor(), id, r.PostFormValue("aangeboden") == "ja", r.PostFormValue("rekenen") == "ja", ""); err != nil {
		return nil, err
	}
	return site.SeeOther(productPath(id)), nil
}

func (p pages) issueFigures(r *http.Request, who staff.Session) (site.Reply, error) {
	nr, _ := strconv.Atoi(r.PostFormValue("versie"))
	paper, err := p.desk.IssueFigures(r.Context(), who.Actor(), credit.ProductID(r.PathValue("id")), nr, credit.PaperKind(r.PostFormValue("soort")), "")
	if err != nil {
		return nil, err
	}
	return site.SeeOther(paperPath(paper.ID)), nil
}
