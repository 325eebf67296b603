package web

import (
	"context"
	"math/big"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/lang"
	"zorgplicht/internal/site"
	"zorgplicht/money"
)

// A Counter is what the calculator asks of the room and the house.
type Counter struct {
	Product func(context.Context, ident.Firm, credit.ProductID) (credit.Product, error) // that anybody may calculate with
	Firm    func(context.Context, ident.Firm) (string, error)                           // its name, as clients know it
	Look    func(context.Context, ident.Firm) site.Look
}

const calculatorPath = "/rekenen"

// CalculatorPath is where anybody may calculate with a product.
func CalculatorPath(firm string, id credit.ProductID) string {
	return calculatorPath + "/" + firm + "/" + string(id)
}

// MountCalculator mounts the calculator, with and without a product. It keeps nothing
// of what anybody fills in.
func MountCalculator(s *site.Site, c Counter) {
	s.Handle("GET "+calculatorPath, c.open)
	s.Handle("GET "+calculatorPath+"/{firma}/{product}", c.ofProduct)
	s.Dress(calculatorPath+"/", func(r *http.Request) site.Dress {
		d := site.Dress{Lang: lang.Dutch}
		if firm, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, calculatorPath+"/"), "/"); ident.Valid(firm) {
			d.Look = func() site.Look { return c.Look(r.Context(), ident.Firm(firm)) }
		}
		return d
	})
}

// A calculation is what somebody filled in, and what comes of it.
type calculation struct {
	path     string
	firm     string
	product  *credit.Product
	in       map[string]string
	problems []site.Problem
	out      *credit.PlanOut
	kind     string
}

// calculatorFields are the fields of the calculator, by the pointer of what they fill.
var calculatorFields = map[string]string{
	"/amount": "bedrag", "/rate_percent": "rente", "/months": "maanden", "/payment": "maandbedrag", "/fee": "kosten", "/early_month": "aflosmaand",
	"/early_amount": "aflosbedrag", "/early_fee_percent": "aflosvergoeding", "/kind": "soort",
}

var calculatorKinds = []site.Choice{
	{Value: credit.Annuity, Text: "Een lening met elke maand hetzelfde bedrag", Hint: "Bijvoorbeeld een persoonlijke lening."},
	{Value: credit.Linear, Text: "Een lening waarbij u elke maand evenveel aflost", Hint: "U betaalt in het begin meer dan later."},
	{Value: credit.InterestOnly, Text: "Een lening die u aan het einde aflost", Hint: "Tot die tijd betaalt u alleen rente."},
	{Value: credit.Revolving, Text: "Een doorlopend krediet", Hint: "U betaalt elke maand een bedrag dat u zelf kiest."},
}

func (c Counter) open(r *http.Request) (site.Reply, error) {
	v := calculation{path: calculatorPath, in: map[string]string{"soort": credit.Annuity, "bedrag": "10000", "rente": "7,5", "maanden": "60", "maandbedrag": "200"}}
	return v.reply(r)
}

func (c Counter) ofProduct(r *http.Request) (site.Reply, error) {
	firm, id := ident.Firm(r.PathValue("firma")), credit.ProductID(r.PathValue("product"))
	p, err := c.Product(r.Context(), firm, id)
	if err != nil {
		return nil, err
	}
	v := calculation{path: CalculatorPath(string(firm), id), product: &p, in: map[string]string{"bedrag": amount(&p.Terms.Amounts[0])}}
	if v.firm, err = c.Firm(r.Context(), firm); err != nil {
		return nil, err
	}
	if p.Terms.Months != nil {
		v.in["maanden"] = strconv.FormatInt(*p.Terms.Months, 10)
	}
	if p.Terms.Share != nil {
		v.in["maandbedrag"] = amount(new(p.Terms.Amounts[0].Mul(*p.Terms.Share).Mul(money.MustParse("0.01"))))
	}
	return v.reply(r)
}

// reply shows the form, with the outcome of what was filled in or of where it begins.
func (v calculation) reply(r *http.Request) (site.Reply, error) {
	q := r.URL.Query()
	for _, field := range calculatorFields {
		if q.Has(field) {
			v.in[field] = strings.TrimSpace(q.Get(field))
		}
	}
	plan := v.plan()
	for _, w := range plan.Check() {
		if field := calculatorFields[w.Pointer]; problemOf(v.problems, field) == "" {
			v.wrong(field, calculatorText(w.Pointer, w.Text))
		}
	}
	status := http.StatusOK
	if len(v.problems) > 0 {
		status = http.StatusBadRequest
	} else {
		v.out = new(credit.CreditPlan.Ask(plan))
		v.refusedBy(v.out.Error)
	}
	return site.Page(status, calculatorPage(v)), nil
}

// refusedBy tells under the field that can mend it why there is no outcome.
func (v *calculation) refusedBy(why string) {
	text := map[string]string{
		"never_repaid": "Met dit bedrag per maand betaalt u alleen rente. U lost nooit af. Vul een hoger bedrag in.",
		"too_long":     "Met dit bedrag per maand bent u na honderd jaar nog niet klaar. Vul een hoger bedrag in.",
		"no_rate":      "Met deze bedragen kunnen wij geen effectieve rente berekenen. Vul lagere kosten in.",
	}[why]
	if text == "" {
		return
	}
	field := "maandbedrag"
	if why == "no_rate" {
		field = "kosten"
	}
	if v.kind != credit.Revolving && field == "maandbedrag" {
		field = "maanden"
	}
	v.wrong(field, text)
	v.out = nil
}

// calculatorText is what a client reads of a fault.
func calculatorText(at, text string) string {
	switch at {
	case "/amount":
		return "Vul in hoeveel u wilt lenen, bijvoorbeeld 10000."
	case "/rate_percent":
		return "Vul de rente per jaar in als percentage, bijvoorbeeld 7,5."
	case "/months":
		return "Vul in hoeveel maanden u erover doet: van 1 tot en met 1200."
	case "/payment":
		return "Vul in hoeveel u elke maand betaalt, bijvoorbeeld 200."
	case "/early_month":
		return "Vul in na hoeveel maanden u extra aflost: van 1 tot en met 1200."
	}
	return text
}

func (v *calculation) wrong(field, text string) {
	v.problems = append(v.problems, site.Problem{Field: field, Text: text})
}

func (v *calculation) number(field string) *money.Decimal {
	if v.in[field] == "" {
		return nil
	}
	d, err := parse(v.in[field])
	if err != nil {
		v.wrong(field, "Vul een getal in, bijvoorbeeld 1500 of 7,5.")
		return nil
	}
	return &d
}

func (v *calculation) count(field string) *int64 {
	if v.in[field] == "" {
		return nil
	}
	n, err := strconv.ParseInt(v.in[field], 10, 64)
	if err != nil {
		v.wrong(field, "Vul een heel aantal maanden in, bijvoorbeeld 60.")
		return nil
	}
	return &n
}

// plan reads the fields. A product has its own rate, fees and way of repaying.
func (v *calculation) plan() credit.PlanIn {
	in := credit.PlanIn{Amount: v.number("bedrag"), Rows: new(true), EarlyMonth: v.count("aflosmaand"), EarlyAmount: v.number("aflosbedrag")}
	v.kind = v.in["soort"]
	if p := v.product; p != nil {
		t := p.Terms
		v.kind, in.Rate, in.Fee, in.MonthlyFee, in.Promo, in.PromoMonths, in.EarlyFee = t.Kind, t.Rate, t.Fee, t.MonthlyFee, t.Promo, t.PromoMonths, t.EarlyFee
	} else {
		in.Rate, in.Fee, in.EarlyFee = v.number("rente"), v.number("kosten"), v.number("aflosvergoeding")
	}
	in.Kind = &v.kind
	if v.kind == credit.Revolving {
		in.Payment = v.number("maandbedrag")
	} else {
		in.Months = v.count("maanden")
	}
	if in.EarlyAmount != nil && in.EarlyMonth == nil && v.in["aflosmaand"] == "" {
		v.wrong("aflosmaand", "Vul ook in na hoeveel maanden u dit bedrag extra aflost.")
	}
	return in
}

func (v calculation) problem(field string) string { return problemOf(v.problems, field) }

func (v calculation) title() string {
	if v.product != nil {
		return "Wat kost " + v.product.Name + "?"
	}
	return "Wat kost een lening?"
}

// yearly are the rows at which the table and the curve look: the end of each year and
// the last month; of a short credit every month.
func (v calculation) yearly() (some []credit.PlanRow) {
	step := int64(12)
	if len(v.out.Rows) <= 24 {
		step = 1
	}
	for i, r := range v.out.Rows {
		if r.Month%step == 0 || i == len(v.out.Rows)-1 {
			some = append(some, r)
		}
	}
	return some
}

// curve draws what is still owed and what was paid in interest and fees.
func (v calculation) curve() chart.Steps {
	s := chart.Steps{
		Head:  chart.Head{ID: "verloop", Title: "Wat u nog moet aflossen, en wat u aan rente en kosten betaalde", Row: "Na"},
		Lines: []chart.Line{{Name: "Nog af te lossen, in euro"}, {Name: "Betaald aan rente en kosten, in euro"}},
	}
	add := func(label, short, balance, cost string) {
		s.Times = append(s.Times, chart.Time{Label: label, Short: short})
		s.Lines[0].Values = append(s.Lines[0].Values, euros(balance))
		s.Lines[1].Values = append(s.Lines[1].Values, euros(cost))
	}
	add("De start", "0", v.in2("bedrag"), "0")
	step := max(1, len(v.out.Rows)/60)
	for i, r := range v.out.Rows {
		if (i+1)%step == 0 || i == len(v.out.Rows)-1 {
			add(credit.MonthCount(r.Month), strconv.FormatInt(r.Month, 10), r.Balance, r.Cost)
		}
	}
	s.Told = "De schuld daalt van " + credit.Euro(v.in2("bedrag")) + " naar nul in " + credit.MonthCount(v.out.Months) + ". In die tijd betaalt u " + credit.Euro(v.out.Cost) + " aan rente en kosten."
	return s
}

// in2 is a field as the rules write an amount.
func (v calculation) in2(field string) string {
	d, err := parse(v.in[field])
	if err != nil {
		return "0"
	}
	return d.String()
}

func euros(amount string) int {
	r, ok := new(big.Rat).SetString(amount)
	if !ok || r.Sign() < 0 {
		return 0
	}
	f, _ := r.Float64()
	return int(f + 0.5)
}

func (v calculation) table() site.Table {
	t := site.Table{Caption: "Uw lening door de tijd", Columns: []site.Column{
		{Name: "Na"}, {Name: "U betaalt die maand", Kind: "number"}, {Name: "Daarvan rente", Kind: "number"}, {Name: "Daarvan aflossing", Kind: "number"}, {Name: "Nog af te lossen", Kind: "number"}, {Name: "Rente en kosten tot dan", Kind: "number"},
	}}
	for _, r := range v.yearly() {
		t.Rows = append(t.Rows, []site.Cell{
			{Text: credit.MonthCount(r.Month)}, {Text: credit.Euro(r.Payment)}, {Text: credit.Euro(r.Interest)}, {Text: credit.Euro(r.Repayment)}, {Text: credit.Euro(r.Balance)}, {Text: credit.Euro(r.Cost)},
		})
	}
	return t
}

// outcome is what the client wants to know first.
func (v calculation) outcome() []site.Term {
	o := v.out
	terms := []site.Term{{Name: "U betaalt per maand", Text: credit.Euro(o.Monthly)}}
	if n := v.promoMonths(); n > 0 && n < len(o.Rows) {
		terms = []site.Term{
			{Name: "U betaalt per maand, de eerste " + credit.MonthCount(int64(n)), Text: credit.Euro(o.Rows[0].Payment)},
			{Name: "U betaalt per maand daarna", Text: credit.Euro(o.Rows[n].Payment)},
		}
	}
	terms = append(terms, []site.Term{
		{Name: "U betaalt in totaal", Text: credit.Euro(o.Paid)},
		{Name: "Daarvan rente en kosten", Text: credit.Euro(o.Cost)},
		{Name: "U bent klaar na", Text: credit.MonthCount(o.Months)},
		{Name: "Effectieve rente op jaarbasis", Text: credit.Percent(o.Rounded)},
		{Name: "Totale prijs van het krediet", Text: credit.Euro(o.Total)},
	}...)
	if last := o.Last; last != o.Monthly {
		terms = append(terms, site.Term{Name: "Uw laatste betaling", Text: credit.Euro(last)})
	}
	return terms
}

// promoMonths is how long a rate of the product holds that lasts a while.
func (v calculation) promoMonths() int {
	if v.product == nil || v.product.Terms.PromoMonths == nil {
		return 0
	}
	return int(*v.product.Terms.PromoMonths)
}

func (v calculation) early() string {
	o := v.out
	switch {
	case v.in["aflosmaand"] == "":
		return ""
	case o.EarlyPaid == "":
		return "In die maand hebt u al alles afgelost. Extra aflossen verandert dan niets."
	}
	text := "U lost " + credit.Euro(o.EarlyPaid) + " extra af. "
	if fee := o.EarlyCost; fee != "0.00" {
		text += "Dat kost " + credit.Euro(fee) + " aan vergoeding. "
	}
	if strings.HasPrefix(o.Saved, "-") {
		return text + "Aan rente en kosten samen betaalt u " + credit.Euro(strings.TrimPrefix(o.Saved, "-")) + " meer dan zonder extra aflossen."
	}
	return text + "Aan rente en kosten samen betaalt u " + credit.Euro(o.Saved) + " minder dan zonder extra aflossen."
}

// A slide is a field beside which a script puts a slider from min to max.
type slide struct {
	site.Field
	min, max, step string
}

// most is where the slider of the amount ends: at the largest amount of the product.
func (v calculation) most() string {
	if v.product == nil {
		return "75000"
	}
	most := v.product.Terms.Amounts[0]
	for _, a := range v.product.Terms.Amounts {
		if a.Cmp(most) > 0 {
			most = a
		}
	}
	return most.String()
}

func (v calculation) monthsHint() string {
	if v.product != nil {
		return ""
	}
	return "Niet nodig bij een doorlopend krediet."
}

func (v calculation) paymentHint() string {
	if v.product != nil {
		return "In euro."
	}
	return "In euro. Alleen nodig bij een doorlopend krediet."
}
