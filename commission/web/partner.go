package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// An agreementsView is the list of agreements as it was asked.
type agreementsView struct {
	listing
	frame site.Work
	found []commission.Agreement
	today calendar.Date
	keeps bool
	payer commission.Payer
}

var (
	agreementOrders = []site.Choice{{Value: "", Text: "Naam"}, {Value: "code", Text: "Code"}, {Value: "nieuw", Text: "Laatst gewijzigd"}}
	agreementStates = []site.Choice{{Value: "", Text: "Alle"}, {Value: "lopend", Text: "Lopend"}, {Value: "geeindigd", Text: "Geëindigd"}}
)

func ended(a commission.Agreement, today calendar.Date) bool {
	return a.Until != nil && a.Until.Before(today)
}

func (p pages) asksAgreements(r *http.Request, who staff.Session) (v agreementsView, err error) {
	v.today = p.house.Today()
	all, err := p.desk.Agreements(r.Context(), who.Actor())
	if err != nil {
		return v, err
	}
	q := r.URL.Query()
	word, state := strings.ToLower(strings.TrimSpace(q.Get("zoek"))), q.Get("stand")
	v.found = slices.DeleteFunc(all, func(a commission.Agreement) bool {
		return !strings.Contains(strings.ToLower(a.Name+" "+a.Code), word) || state != "" && (state == "geeindigd") != ended(a, v.today)
	})
	switch q.Get("volgorde") {
	case "code":
		slices.SortStableFunc(v.found, func(a, b commission.Agreement) int { return cmp.Compare(a.Code, b.Code) })
	case "nieuw":
		slices.SortStableFunc(v.found, func(a, b commission.Agreement) int { return b.At.Compare(a.At) })
	}
	v.listing = listed(agreementsPath, r, len(v.found))
	return v, nil
}

func (p pages) agreements(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.asksAgreements(r, who)
	if err != nil {
		return nil, err
	}
	if v.payer, err = p.desk.Payer(r.Context(), who.Actor()); err != nil {
		return nil, err
	}
	v.keeps = who.May(staff.AgreeCommission)
	v.frame = p.guard.Frame(r, who, "Provisieafspraken")
	v.frame.Lead, v.frame.Wide = "Welk percentage van het saldo elke bemiddelaar per maand krijgt, en vanaf wanneer.", true
	return site.Page(http.StatusOK, agreementsPage(v)), nil
}

// now is what holds today for new agreements of a kind.
func now(a commission.Agreement, kind string, today calendar.Date) string {
	if p, ok := a.Percentage(kind, today); ok {
		return p.Percent.Dutch()
	}
	return "–"
}

func (v agreementsView) table() site.Table {
	t := site.Table{
		Caption: "Provisieafspraken", Hidden: true, Empty: "Er is geen afspraak die hieraan voldoet.",
		Columns: []site.Column{{Name: "Bemiddelaar"}, {Name: "Code", Kind: "code"}, {Name: "Doorlopend krediet nu", Kind: "number"}, {Name: "Ander krediet nu", Kind: "number"}, {Name: "Vanaf", Kind: "date"}, {Name: "Stand"}},
	}
	for _, a := range v.found[v.from:v.through()] {
		tag := agreementTag(a, v.today)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: a.Name, Href: agreementPath(a.ID)},
			{Text: a.Code},
			{Text: now(a, commission.Revolving, v.today)},
			{Text: now(a, commission.NonRevolving, v.today)},
			{Text: a.From.Dutch()},
			{Tag: &tag},
		})
	}
	return t
}

func agreementTag(a commission.Agreement, today calendar.Date) site.Tag {
	switch {
	case ended(a, today):
		return site.Tag{Tone: site.Neutral, Text: "Geëindigd"}
	case a.From.After(today):
		return site.Tag{Tone: site.Info, Text: "Begint nog"}
	}
	return site.Tag{Tone: site.Good, Text: "Lopend"}
}

func agreementPath(id string) string { return agreementsPath + "/" + id }

func (p pages) exportAgreements(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.asksAgreements(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Provisieafspraken", Columns: []table.Column{{Name: "bemiddelaar", Width: 34}, {Name: "code", Width: 14}, {Name: "doorlopend krediet nu", Width: 20}, {Name: "ander krediet nu", Width: 18}, {Name: "vanaf", Width: 12}, {Name: "tot en met", Width: 12}, {Name: "stand", Width: 12}, {Name: "kenmerk", Width: 38}}}
		return download("provisieafspraken", format, sheet, func(row func(...any) error) error {
			for _, a := range v.found {
				until := ""
				if a.Until != nil {
					until = a.Until.String()
				}
				if err := row(a.Name, a.Code, now(a, commission.Revolving, v.today), now(a, commission.NonRevolving, v.today), a.From.String(), until, agreementTag(a, v.today).Text, a.ID); err != nil {
					return err
				}
			}
			return nil
		}), nil
	}
}

// An agreementView is one agreement.
type agreementView struct {
	commission.Agreement
	frame site.Work
	today calendar.Date
	keeps bool
	by    string
	runs  []commission.Run // with a share of it

	office   string // as the form shows it
	problems []site.Problem
}

func (p pages) agreement(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.agreementFor(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v.record())), nil
}

func (p pages) agreementFor(r *http.Request, who staff.Session) (v agreementView, err error) {
	v = agreementView{today: p.house.Today(), keeps: who.May(staff.AgreeCommission)}
	if v.Agreement, err = p.desk.Agreement(r.Context(), who.Actor(), r.PathValue("id")); err != nil {
		return v, err
	}
	names, err := p.house.Names(r.Context(), who.Actor().Firm)
	if err != nil {
		return v, err
	}
	runs, err := p.desk.Runs(r.Context(), who.Actor())
	if err != nil {
		return v, err
	}
	for _, run := range runs {
		if _, _, err := run.Share(v.ID); err == nil && run.State != commission.RunOvertaken && len(v.runs) < atOnce {
			v.runs = append(v.runs, run)
		}
	}
	v.by = called(names, v.By)
	v.frame = p.guard.Frame(r, who, v.Name)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Provisieafspraken", Href: agreementsPath}}, true
	v.office = string(v.Office)
	return v, nil
}

func (v agreementView) about() []site.Term {
	tag := agreementTag(v.Agreement, v.today)
	list := []site.Term{
		{Name: "Stand", Body: site.Status(tag)},
		{Name: "Code in de contracten", Body: site.Code(v.Code)},
		{Name: "Rekening (IBAN)", Body: site.Code(commission.SpaceIBAN(v.IBAN))},
		{Name: "Betaling", Text: "Elke maand, door overschrijving"},
		{Name: "Vanaf", Text: v.From.Dutch()},
	}
	if v.Until != nil {
		list = append(list, site.Term{Name: "Tot en met", Text: v.Until.Dutch() + ". Wat daarvoor is afgesloten, loopt door"})
	}
	if v.Office != "" {
		list = append(list, site.Term{Name: "Leest mee", Text: "De bemiddelaar leest zijn afrekeningen in dit systeem"})
	}
	return append(list, site.Term{Name: "Versie", Text: strconv.Itoa(v.Nr) + ", " + calendar.DutchTime(v.At) + " door " + v.by})
}

func (v agreementView) percentages() site.Table {
	t := site.Table{Caption: "Percentages", Columns: []site.Column{{Name: "Soort krediet"}, {Name: "Vanaf", Kind: "date"}, {Name: "Percentage per maand", Kind: "number"}, {Name: "Lopende overeenkomsten"}}}
	for _, a := range v.Percentages {
		running := "Houden hun percentage"
		if a.Running {
			running = "Gaan mee, elk na 24 maanden"
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: kindText(a.Kind)}, {Text: a.From.Dutch()}, {Text: a.Percent.Dutch()}, {Text: running}})
	}
	return t
}

func (v agreementView) statements() site.Table {
	t := site.Table{Caption: "Afrekeningen", Empty: "Er is nog geen maand berekend met deze afspraak.", Columns: []site.Column{{Name: "Maand"}, {Name: "Stand"}, {Name: "Contracten", Kind: "number"}, {Name: "Uit te betalen", Kind: "number"}}}
	for _, run := range v.runs {
		s, _, err := run.Share(v.ID)
		if err != nil {
			continue
		}
		tag := runTag(run)
		t.Rows = append(t.Rows, []site.Cell{{Text: commission.MonthName(run.Month), Href: statementPath(run.ID, v.ID)}, {Tag: &tag}, {Text: number(s.Rows)}, {Text: s.Pay().Dutch()}})
	}
	return t
}

// An agreementForm is an agreement as somebody fills it in.
type agreementForm struct {
	frame    site.Work
	action   string
	id       string
	saw      int
	in       map[string]string
	rows     int // lines of percentages
	problems []site.Problem
}

// spareRows is how many empty lines for percentages the form has.
const spareRows = 2

var kindChoices = []site.Choice{{Value: "", Text: "Deze regel niet gebruiken"}, {Value: commission.Revolving, Text: kindText(commission.Revolving)}, {Value: commission.NonRevolving, Text: kindText(commission.NonRevolving)}}

func cell(name string, i int) string { return name + "-" + strconv.Itoa(i+1) }

func (f agreementForm) problem(field string) string { return problemOf(f.problems, field) }

func (p pages) agreementForm(r *http.Request, who staff.Session) (f agreementForm, a commission.Agreement, err error) {
	f = agreementForm{id: r.PathValue("id"), action: r.URL.Path, in: map[string]string{}}
	title := "Provisieafspraak toevoegen"
	trail := []site.Link{{Text: "Provisieafspraken", Href: agreementsPath}}
	if f.id != "" {
		if a, err = p.desk.Agreement(r.Context(), who.Actor(), f.id); err != nil {
			return f, a, err
		}
		title, trail = "Afspraak met "+a.Name+" wijzigen", append(trail, site.Link{Text: a.Name, Href: agreementPath(a.ID)})
	}
	f.frame = p.guard.Frame(r, who, title)
	f.frame.Trail = trail
	return f, a, nil
}

func (p pages) showAgreement(r *http.Request, who staff.Session) (site.Reply, error) {
	f, a, err := p.agreementForm(r, who)
	if err != nil {
		return nil, err
	}
	f.rows, f.saw = len(a.Percentages)+spareRows, a.Nr
	f.in = map[string]string{"code": a.Code, "naam": a.Name, "iban": commission.SpaceIBAN(a.IBAN), "vanaf": a.From.String()}
	if a.Until != nil {
		f.in["tot"] = a.Until.String()
	}
	for i, one := range a.Percentages {
		f.in[cell("soort", i)], f.in[cell("vanaf", i)], f.in[cell("percentage", i)] = one.Kind, one.From.String(), strings.Replace(one.Percent.String(), ".", ",", 1)
		f.in[cell("lopend", i)] = map[bool]string{true: "ja", false: "nee"}[one.Running]
	}
	return site.Page(http.StatusOK, agreementFormPage(f)), nil
}

// mostRows bounds what a form of ours can hold.
const mostRows = 400 + spareRows

// read takes the agreement from the form; what cannot be read is a problem.
func (f *agreementForm) read(r *http.Request) (w commission.AgreementWriting) {
	_ = r.FormValue("code") // parses the form
	for name := range r.PostForm {
		f.in[name] = strings.TrimSpace(r.PostForm.Get(name))
	}
	wrong := func(field, text string) { f.problems = append(f.problems, site.Problem{Field: field, Text: text}) }
	day := func(field string, must bool) calendar.Date {
		d, err := calendar.Parse(f.in[field])
		if err != nil && (must || f.in[field] != "") {
			wrong(field, "Vul een dag in als 2026-03-01.")
		}
		return d
	}
	f.saw, _ = strconv.Atoi(f.in["versie"])
	w = commission.AgreementWriting{ID: f.id, Saw: f.saw, Code: f.in["code"], Name: f.in["naam"], IBAN: f.in["iban"]}
	w.From = day("vanaf", true)
	if until := day("tot", false); !until.IsZero() {
		w.Until = &until
	}
	w.Percentages = []commission.Agreed{}
	for f.rows = 0; f.rows < mostRows; f.rows++ {
		kind, there := f.in[cell("soort", f.rows)]
		if !there {
			break
		}
		if kind != commission.Revolving && kind != commission.NonRevolving {
			if f.in[cell("percentage", f.rows)] != "" || f.in[cell("vanaf", f.rows)] != "" {
				wrong(cell("soort", f.rows), "Kies voor welk krediet dit percentage is, of maak de regel leeg.")
			}
			continue
		}
		one := commission.Agreed{Kind: kind, From: day(cell("vanaf", f.rows), true), Running: f.in[cell("lopend", f.rows)] == "ja"}
		var ok bool
		if one.Percent, ok = commission.ParsePercent(f.in[cell("percentage", f.rows)]); !ok {
			wrong(cell("percentage", f.rows), "Vul een percentage in van 0 tot en met 100, zoals 0,35.")
		}
		w.Percentages = append(w.Percentages, one)
	}
	return w
}

func (p pages) writeAgreement(r *http.Request, who staff.Session) (site.Reply, error) {
	f, _, err := p.agreementForm(r, who)
	if err != nil {
		return nil, err
	}
	w := f.read(r)
	names := map[string]string{"/code": "code", "/name": "naam", "/iban": "iban", "/from": "vanaf", "/until": "tot", "/percentages": "soort-1"}
	var a commission.Agreement
	if len(f.problems) == 0 {
		a, err = p.desk.WriteAgreement(r.Context(), who.Actor(), w)
		problems, ok := refused(err, "invalid-commission-agreement", names)
		if err != nil && !ok {
			return nil, err
		}
		f.problems = problems
	} else if problems, _ := refused(w.CheckParty(), "invalid-commission-agreement", names); len(problems) > 0 {
		f.problems = append(problems, f.problems...)
	}
	if len(f.problems) > 0 {
		f.rows = max(f.rows, spareRows)
		f.frame.Failed = true
		return site.Page(http.StatusBadRequest, agreementFormPage(f)), nil
	}
	return site.SeeOther(agreementPath(a.ID)), nil
}

// A payerForm is the account that pays.
type payerForm struct {
	frame    site.Work
	in       commission.Payer
	problems []site.Problem
}

func (p pages) payerForm(r *http.Request, who staff.Session) payerForm {
	f := payerForm{frame: p.guard.Frame(r, who, "Rekening waarvan wordt betaald")}
	f.frame.Lead = "Deze rekening staat in het betaalbestand dat u aan uw bank geeft."
	f.frame.Trail = []site.Link{{Text: "Provisieafspraken", Href: agreementsPath}}
	return f
}

func (p pages) showPayer(r *http.Request, who staff.Session) (site.Reply, error) {
	f := p.payerForm(r, who)
	var err error
	if f.in, err = p.desk.Payer(r.Context(), who.Actor()); err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, payerPage(f)), nil
}

func (p pages) setPayer(r *http.Request, who staff.Session) (site.Reply, error) {
	f := p.payerForm(r, who)
	f.in = commission.Payer{Name: r.PostFormValue("naam"), IBAN: r.PostFormValue("iban")}
	err := p.desk.SetPayer(r.Context(), who.Actor(), f.in)
	if problems, ok := refused(err, "invalid-payer", map[string]string{"/name": "naam", "/iban": "iban"}); ok {
		f.problems, f.frame.Failed = problems, true
		return site.Page(http.StatusBadRequest, payerPage(f)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(agreementsPath), nil
}
