package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/lending"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// A formPage is the form of an application, new or to be changed.
type formPage struct {
	frame    site.Work
	action   string
	id       casework.ID // "" for a new one
	saw      int64
	key      string // of a new one: sent twice the form is kept once
	in       func(string) string
	problems []site.Problem
	set      *criteria.Published
	sets     []criteria.Published
	fields   []criteria.FieldText // that are asked
	products []site.Choice
}

func (f formPage) problem(field string) string { return problemOf(f.problems, field) }

// of is the name of the input of a field of the criteria.
func of(f criteria.FieldText) string { return "veld-" + f.Name }

func (p pages) form(r *http.Request, who staff.Session, title, set string) (f formPage, err error) {
	f.frame = p.guard.Frame(r, who, title)
	f.frame.Trail = []site.Link{{Text: "Kredietaanvragen", Href: listPath}}
	f.key = site.FormKey(r)
	if f.set, f.sets, err = p.desk.Criteria(r.Context(), who.Account.Firm, set, p.Today()); err != nil {
		return f, err
	}
	if f.set == nil && len(f.sets) > 0 {
		f.set = &f.sets[0]
	}
	norms, err := p.desk.Norms(r.Context(), who.Account.Firm)
	if err != nil {
		return f, err
	}
	all := lending.Catalogue
	if f.set != nil {
		all = f.set.Program.Set().Fields
	}
	for _, x := range all {
		if !lending.FilledIn(x, norms) && (f.set != nil || x.Name != "leefnorm") {
			f.fields = append(f.fields, x)
		}
	}
	names, err := p.Products(r.Context(), who.Account.Firm)
	f.products = []site.Choice{{Text: "Niet bekend"}}
	for _, n := range names {
		f.products = append(f.products, site.Choice{Value: n, Text: n})
	}
	return f, err
}

// chosen is the name of the criteria, "" where there is nothing to choose.
func (f formPage) chosen() string {
	if f.set == nil || len(f.sets) < 2 {
		return ""
	}
	return f.set.Release.Name
}

func (f formPage) setChoices() (list []site.Choice) {
	for _, s := range f.sets {
		list = append(list, site.Choice{Value: s.Release.Name, Text: s.Release.Title})
	}
	return list
}

// choices are those of a field that has a list.
func choices(f criteria.FieldText) []site.Choice {
	list := []site.Choice{{Text: "Niet bekend"}}
	if f.Type == "yesno" {
		return append(list, site.Choice{Value: "ja", Text: "Ja"}, site.Choice{Value: "nee", Text: "Nee"})
	}
	for _, v := range f.Values {
		list = append(list, site.Choice{Value: v, Text: humane(v)})
	}
	return list
}

// hint says where the answer is found, and how it is written.
func hint(f criteria.FieldText) string {
	var parts []string
	if f.Source != "" {
		parts = append(parts, "Bron: "+f.Source+".")
	}
	switch f.Type {
	case "euro":
		parts = append(parts, "In euro.")
	case "percent":
		parts = append(parts, "In procenten.")
	case "months":
		parts = append(parts, "In maanden.")
	case "days":
		parts = append(parts, "In dagen.")
	case "choices":
		parts = append(parts, "Kies uit "+strings.Join(f.Values, ", ")+"; zet | tussen meer antwoorden, of - als er geen geldt.")
	}
	return strings.Join(parts, " ")
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Kredietaanvraag opnemen", r.URL.Query().Get("regelset"))
	if err != nil {
		return nil, err
	}
	f.action = newPath
	start := map[string]string{"ontvangen": p.Today().String(), "soort": string(lending.Loan), "klant": "consument", "regelset": f.chosen()}
	f.in = func(name string) string { return start[name] }
	return site.Page(http.StatusOK, showForm(f)), nil
}

// told reads the form. What is no number is left out of bounds, so that the room
// refuses it with the rest.
func told(r *http.Request, fields []criteria.FieldText) lending.Told {
	v := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	t := lending.Told{
		Applicant: lending.Person{Name: v("naam"), Reference: v("kenmerk")}, Set: v("regelset"), Answers: map[string]string{},
		Request: lending.Request{
			Business: v("klant") == "zakelijk", Form: lending.Form(v("soort")), Amount: cents(v("bedrag")), Down: cents(v("aanbetaling")), Months: whole(v("looptijd")),
			Purpose: lending.Purpose(v("doel")), Household: lending.Household(v("huishouden")), Children: whole(v("kinderen")),
			Collateral: lending.Collateral(v("onderpand")), Value: cents(v("waarde")), Product: v("product"),
		},
	}
	for _, f := range fields {
		t.Answers[f.Name] = typed(f, v(of(f)))
	}
	return t
}

func cents(s string) money.Cents {
	if s == "" {
		return 0
	}
	c, err := money.ParseCents(s)
	if err != nil {
		return -1
	}
	return c
}

func whole(s string) int64 {
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return -1
	}
	return n
}

// fieldOf leads a fault of the room to the field of the form.
func fieldOf(pointer string) string {
	names := map[string]string{
		"/received": "ontvangen", "/applicant/name": "naam", "/applicant/reference": "kenmerk", "/set": "regelset", "/request/form": "soort", "/request/amount": "bedrag",
		"/request/down": "aanbetaling", "/request/months": "looptijd", "/request/purpose": "doel", "/request/household": "huishouden", "/request/children": "kinderen",
		"/request/collateral": "onderpand", "/request/value": "waarde", "/request/product": "product",
	}
	if name, answer := strings.CutPrefix(pointer, "/answers/"); answer {
		switch name { // filled in from the request
		case "gevraagd", "requested":
			return "bedrag"
		case "looptijd", "term":
			return "looptijd"
		}
		return "veld-" + name
	}
	return names[pointer]
}

func (p pages) receive(r *http.Request, who staff.Session) (site.Reply, error) {
	f, err := p.form(r, who, "Kredietaanvraag opnemen", r.PostFormValue("regelset"))
	if err != nil {
		return nil, err
	}
	received, _ := calendar.Parse(r.PostFormValue("ontvangen")) // no day is refused as a missing one
	a, err := p.desk.Receive(r.Context(), who.Actor(), lending.Intake{Key: f.key, Received: received, Told: told(r, f.fields)})
	if err == nil {
		return site.SeeOther(onePath(a.ID())), nil
	}
	if made, ok := site.SentBefore(err); ok {
		return p.sentBefore(r, f, made)
	}
	f.action = newPath
	return p.back(r, f, err)
}

// back shows the form with what was sent and what was wrong with it.
// sentBefore is the form that was sent before with something else in it.
func (p pages) sentBefore(r *http.Request, f formPage, made []byte) (site.Reply, error) {
	var id casework.ID
	if err := canon.Decode(made, &id); err != nil {
		return nil, err
	}
	f.in, f.key, f.action = r.PostFormValue, site.NextKey(f.key), newPath
	f.frame.Before = &site.Sent{
		What: site.Link{Text: "de aanvraag die u ermee opschreef", Href: onePath(id)},
		Do:   "Hoort het bij die aanvraag? Wijzig dan haar gegevens op haar eigen pagina.",
	}
	return site.Page(http.StatusConflict, showForm(f)), nil
}

func (p pages) back(r *http.Request, f formPage, err error) (site.Reply, error) {
	problems, ok := refused(err, fieldOf)
	if !ok {
		return nil, err
	}
	f.in, f.problems, f.frame.Failed = r.PostFormValue, problems, true
	return site.Page(http.StatusBadRequest, showForm(f)), nil
}

func (p pages) changing(r *http.Request, who staff.Session, set string) (f formPage, file lending.File, err error) {
	if file, err = p.desk.File(r.Context(), who.Account.Firm, casework.ID(r.PathValue("id"))); err != nil {
		return f, file, err
	}
	if set == "" {
		set = file.Set
	}
	if f, err = p.form(r, who, "Gegevens wijzigen", set); err != nil {
		return f, file, err
	}
	f.id, f.saw, f.action = file.ID(), file.Case.Revision, onePath(file.ID())+"/wijzigen"
	f.frame.Trail = append(f.frame.Trail, site.Link{Text: file.Case.Number, Href: onePath(file.ID())})
	f.frame.Lead = "Na het bewaren wordt de aanvraag opnieuw beoordeeld. Het vorige oordeel blijft bewaard; een besluit neemt u opnieuw."
	return f, file, nil
}

func (p pages) showChange(r *http.Request, who staff.Session) (site.Reply, error) {
	f, file, err := p.changing(r, who, r.URL.Query().Get("regelset"))
	if err != nil {
		return nil, err
	}
	f.in = filled(file, f).Get
	return site.Page(http.StatusOK, showForm(f)), nil
}

// filled is the form as the application stands.
func filled(file lending.File, f formPage) url.Values {
	r := file.Request
	in := url.Values{}
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	client := "consument"
	if r.Business {
		client = "zakelijk"
	}
	for name, v := range map[string]string{
		"naam": file.Applicant.Name, "kenmerk": file.Applicant.Reference, "klant": client, "soort": string(r.Form), "bedrag": amount(r.Amount), "aanbetaling": amount(r.Down),
		"looptijd": number(r.Months), "doel": string(r.Purpose), "huishouden": string(r.Household), "kinderen": number(r.Children), "onderpand": string(r.Collateral),
		"waarde": amount(r.Value), "product": r.Product, "regelset": f.chosen(),
	} {
		in.Set(name, v)
	}
	for _, x := range f.fields {
		v := file.Answers[x.Name]
		if v == "" {
			v = file.Answers[x.English]
		}
		if c, err := centsOf(v); x.Type == "euro" && err == nil {
			v = strings.TrimPrefix(c.Dutch(), "€\u00a0")
		}
		in.Set(of(x), v)
	}
	return in
}

func (p pages) change(r *http.Request, who staff.Session) (site.Reply, error) {
	f, file, err := p.changing(r, who, r.PostFormValue("regelset"))
	if err != nil {
		return nil, err
	}
	_, err = p.desk.Change(r.Context(), who.Actor(), lending.At{ID: file.ID(), Saw: saw(r)}, told(r, f.fields))
	if err == nil {
		return site.SeeOther(onePath(file.ID())), nil
	}
	f.saw = saw(r)
	return p.back(r, f, err)
}

// saw is the revision that somebody looked at; who sends none is told that the
// application changed.
func saw(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostFormValue("versie"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
