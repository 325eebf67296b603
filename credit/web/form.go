package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A productForm is a version of a product as somebody fills it in.
type productForm struct {
	frame    site.Work
	action   string
	id       credit.ProductID
	saw      int
	key      string            // of a new one: sent twice it is added once
	in       map[string]string // by field
	problems []site.Problem
}

// productFields are the fields of the form, by the pointer of what they fill.
var productFields = map[string]string{
	"/name": "naam", "/from": "vanaf", "/insurance": "verzekering", "/collateral": "zekerheid",
	"/terms/kind": "soort", "/terms/charge": "vergoeding", "/terms/amounts": "bedragen", "/terms/rate_percent": "rente", "/terms/months": "maanden",
	"/terms/share_percent": "deel", "/terms/fee": "kosten", "/terms/monthly_fee": "maandkosten", "/terms/promo_percent": "actierente",
	"/terms/promo_months": "actiemaanden", "/terms/early_fee_percent": "vervroegd",
}

// kinds of the form: whether a credit is a mortgage goes with how it is repaid.
var kindChoices = []site.Choice{
	{Value: "revolving", Text: "Doorlopend krediet", Hint: "Limiet waaruit de klant opneemt; elke maand een deel van de limiet terug."},
	{Value: "annuity", Text: "Persoonlijke lening", Hint: "Elke maand hetzelfde bedrag."},
	{Value: "linear", Text: "Lening, lineair", Hint: "Elke maand evenveel aflossen."},
	{Value: "m-annuity", Text: "Hypotheek, annuïtair", Hint: "Elke maand hetzelfde bedrag."},
	{Value: "m-linear", Text: "Hypotheek, lineair", Hint: "Elke maand evenveel aflossen."},
	{Value: "m-interest_only", Text: "Hypotheek, aflossingsvrij", Hint: "Elke maand alleen rente; de som aan het einde."},
}

var chargeChoices = []site.Choice{
	{Value: credit.Fixed, Text: "Vast", Hint: "De rente verandert niet tijdens de overeenkomst."},
	{Value: credit.Variable, Text: "Variabel", Hint: "De aanbieder kan de rente wijzigen. Een vergoeding voor eerder aflossen mag dan niet."},
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	f := p.newForm(r, who)
	f.in = map[string]string{"soort": "annuity", "vergoeding": credit.Fixed, "vanaf": p.house.Today().String(), "bedragen": "5000 10000 15000 25000", "maanden": "48", "effecten": "nee"}
	return site.Page(http.StatusOK, formPage(f)), nil
}

func (p pages) newForm(r *http.Request, who staff.Session) productForm {
	f := productForm{frame: p.guard.Frame(r, who, "Kredietproduct toevoegen"), action: newPath, key: site.FormKey(r)}
	f.frame.Trail = []site.Link{{Text: "Kredietproducten", Href: listPath}}
	return f
}

func (p pages) showChange(r *http.Request, who staff.Session) (site.Reply, error) {
	f, file, err := p.changeForm(r, who)
	if err != nil {
		return nil, err
	}
	f.in = filled(file.Content)
	return site.Page(http.StatusOK, formPage(f)), nil
}

func (p pages) changeForm(r *http.Request, who staff.Session) (productForm, credit.File, error) {
	file, err := p.desk.Product(r.Context(), who.Actor(), credit.ProductID(r.PathValue("id")))
	if err != nil {
		return productForm{}, file, err
	}
	f := productForm{frame: p.guard.Frame(r, who, "Nieuwe versie van "+file.Name), action: productPath(file.ID) + "/wijzigen", id: file.ID, saw: file.Nr}
	f.frame.Lead = "Wat u bewaart, wordt een nieuwe versie. De vorige versies blijven staan zoals zij waren."
	f.frame.Trail = []site.Link{{Text: "Kredietproducten", Href: listPath}, {Text: file.Name, Href: productPath(file.ID)}}
	return f, file, nil
}

// filled writes a version as the form has it.
func filled(c credit.Content) map[string]string {
	t := c.Terms
	in := map[string]string{
		"naam": c.Name, "vanaf": c.From.String(), "verzekering": c.Insurance, "zekerheid": c.Collateral, "soort": t.Kind, "vergoeding": t.Charge,
		"rente": amount(t.Rate), "deel": amount(t.Share), "kosten": amount(t.Fee), "maandkosten": amount(t.MonthlyFee), "actierente": amount(t.Promo), "vervroegd": amount(t.EarlyFee),
	}
	if t.IsMortgage() {
		in["soort"] = "m-" + t.Kind
	}
	in["effecten"] = yes(rule.Holds(t.Securities))
	var all []string
	for _, a := range t.Amounts {
		all = append(all, amount(&a))
	}
	in["bedragen"] = strings.Join(all, " ")
	for name, n := range map[string]*int64{"maanden": t.Months, "actiemaanden": t.PromoMonths} {
		if n != nil {
			in[name] = strconv.FormatInt(*n, 10)
		}
	}
	return in
}

func amount(d *money.Decimal) string {
	if d == nil {
		return ""
	}
	return strings.Replace(d.String(), ".", ",", 1)
}

// write keeps what was filled in as a new product or a new version.
func (p pages) write(r *http.Request, who staff.Session) (site.Reply, error) {
	f := p.newForm(r, who)
	if r.PathValue("id") != "" {
		var err error
		if f, _, err = p.changeForm(r, who); err != nil {
			return nil, err
		}
		if n, err := strconv.Atoi(r.PostFormValue("versie")); err == nil {
			f.saw = n
		}
	}
	f.in = map[string]string{}
	for _, field := range productFields {
		f.in[field] = strings.TrimSpace(r.PostFormValue(field))
	}
	f.in["effecten"] = yes(r.PostFormValue("effecten") == "ja")
	content := f.content()
	err := content.Check()
	if len(f.problems) == 0 && err == nil {
		kept, err := p.desk.Write(r.Context(), who.Actor(), credit.Writing{ID: f.id, Saw: f.saw, Content: content, Key: f.key})
		if err == nil {
			return site.SeeOther(productPath(kept.ID)), nil
		}
		if made, ok := site.SentBefore(err); ok {
			var id credit.ProductID
			if err := canon.Decode(made, &id); err != nil {
				return nil, err
			}
			f.key, f.frame.Before = site.NextKey(f.key), &site.Sent{
				What: site.Link{Text: "het product dat u ermee toevoegde", Href: productPath(id)},
				Do:   "Hoort het bij dat product? Wijzig het dan op zijn eigen pagina.",
			}
			return site.Page(http.StatusConflict, formPage(f)), nil
		}
		if !fault.Has(err, "invalid-credit-product") {
			return nil, err
		}
	}
	more, ok := refused(err, "invalid-credit-product", func(at string) string { return productFields[at] })
	if err != nil && !ok {
		return nil, err
	}
	for _, m := range more {
		if problemOf(f.problems, m.Field) == "" {
			f.problems = append(f.problems, m)
		}
	}
	f.frame.Failed = true
	return site.Page(http.StatusBadRequest, formPage(f)), nil
}

// content reads the fields; what cannot be read is noted and left empty.
func (f *productForm) content() credit.Content {
	c := credit.Content{Name: f.in["naam"], Insurance: f.in["verzekering"], Collateral: f.in["zekerheid"]}
	c.From, _ = day(f.in["vanaf"])
	kind, mortgage := strings.CutPrefix(f.in["soort"], "m-")
	t := credit.Terms{Kind: kind, Charge: f.in["vergoeding"]}
	if mortgage {
		t.Mortgage = &mortgage
	}
	if f.in["effecten"] == "ja" {
		t.Securities = new(true)
	}
	t.Rate, t.Fee, t.MonthlyFee = f.number("rente"), f.number("kosten"), f.number("maandkosten")
	t.Promo, t.PromoMonths, t.EarlyFee = f.number("actierente"), f.count("actiemaanden"), f.number("vervroegd")
	if t.IsRevolving() {
		t.Share = f.number("deel")
	} else {
		t.Months = f.count("maanden")
	}
	for word := range strings.FieldsSeq(strings.NewReplacer(";", " ", "\n", " ").Replace(f.in["bedragen"])) {
		d, err := parse(word)
		if err != nil {
			f.wrong("bedragen", "Geef bedragen in euro met een spatie ertussen, zoals 5000 10000 15000 25000.")
			break
		}
		t.Amounts = append(t.Amounts, d)
	}
	c.Terms = t
	return c
}

func (f *productForm) wrong(field, text string) {
	f.problems = append(f.problems, site.Problem{Field: field, Text: text})
}

func (f *productForm) number(field string) *money.Decimal {
	if f.in[field] == "" {
		return nil
	}
	d, err := parse(f.in[field])
	if err != nil {
		f.wrong(field, "Geef een getal, zoals 7,5.")
		return nil
	}
	return &d
}

func (f *productForm) count(field string) *int64 {
	if f.in[field] == "" {
		return nil
	}
	n, err := strconv.ParseInt(f.in[field], 10, 64)
	if err != nil {
		f.wrong(field, "Geef een heel aantal maanden, zoals 48.")
		return nil
	}
	return &n
}

// parse reads a number as people write it in Dutch: 1.234,56 or 1234.56.
func parse(s string) (money.Decimal, error) {
	s = strings.NewReplacer("€", "", "%", "", "\u00a0", "", " ", "").Replace(s)
	if strings.Contains(s, ",") {
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	} else if whole, last, dotted := cutLast(s); dotted && len(last) == 3 && whole != "0" && whole != "" {
		s = strings.ReplaceAll(s, ".", "") // 10.000 is ten thousand
	}
	return money.Parse(s)
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func (f productForm) problem(field string) string { return problemOf(f.problems, field) }
