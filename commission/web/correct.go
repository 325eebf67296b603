package web

import (
	"net/http"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/money"
	"zorgplicht/staff"
)

// A correctView is the form that says how a contract really stood.
type correctView struct {
	frame    site.Work
	x        commission.Explained
	in       map[string]string
	problems []site.Problem
}

var yesNo = []site.Choice{{Value: "nee", Text: "Nee"}, {Value: "ja", Text: "Ja"}}

// correctFields are the fields of the form, in order.
var correctDays = []struct{ name, label string }{
	{"afgesloten", "Afgesloten op"},
	{"vervallen", "Vervaldag van de oudste termijn die open stond"},
	{"opgeeist", "Vervroegd opgeëist op"},
	{"ontbonden", "Ontbonden op"},
	{"ongedaan", "Ontbinding ongedaan gemaakt op"},
}

func correctionForm(c commission.Contract) map[string]string {
	return map[string]string{
		"saldo": strings.Replace(commission.EuroText(c.Balance), ".", ",", 1), "afgesloten": c.Concluded.String(), "vervallen": c.Due.String(),
		"opgeeist": c.Demanded.String(), "ontbonden": c.Dissolved.String(), "ongedaan": c.Undone.String(),
	}
}

func (p pages) correctFor(r *http.Request, who staff.Session) (v correctView, err error) {
	if v.x, err = p.desk.Explain(r.Context(), who.Actor(), r.PathValue("id"), r.FormValue("kenmerk")); err != nil {
		return v, err
	}
	v.frame = p.guard.Frame(r, who, "Contract "+v.x.Line.Ref+" corrigeren")
	v.frame.Lead = "De maand " + commission.MonthName(v.x.Run.Month) + " blijft zoals zij is vastgesteld. Wat er te veel of te weinig is toegekend, komt op de volgende afrekening."
	v.frame.Trail = append(trailTo(v.x.Run), site.Link{Text: "Contract " + v.x.Line.Ref, Href: contractPath(v.x.Run.ID, v.x.Line.Ref)})
	return v, nil
}

func (p pages) showCorrect(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.correctFor(r, who)
	if err != nil {
		return nil, err
	}
	v.in = correctionForm(v.x.Line.Contract)
	return site.Page(http.StatusOK, correctPage(v)), nil
}

func (v correctView) problem(field string) string { return problemOf(v.problems, field) }

// read takes the contract from the form; what cannot be read is a problem.
func (v *correctView) read(r *http.Request) commission.Contract {
	v.in = map[string]string{"reden": r.PostFormValue("reden")}
	wrong := func(field, text string) { v.problems = append(v.problems, site.Problem{Field: field, Text: text}) }
	c := v.x.Line.Contract
	v.in["saldo"] = strings.TrimSpace(r.PostFormValue("saldo"))
	balance, err := money.ParseCents(v.in["saldo"])
	if err != nil {
		wrong("saldo", "Vul het saldo in euro’s in, zoals 1.234,56.")
	}
	c.Balance = balance
	into := []*calendar.Date{&c.Concluded, &c.Due, &c.Demanded, &c.Dissolved, &c.Undone}
	for i, d := range correctDays {
		text := strings.TrimSpace(r.PostFormValue(d.name))
		v.in[d.name] = text
		*into[i] = calendar.Date{}
		if text == "" {
			continue
		}
		if *into[i], err = calendar.Parse(text); err != nil {
			wrong(d.name, "Vul een dag in als 2026-03-01, of laat het veld leeg.")
		}
	}
	return c
}

func (p pages) correct(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.correctFor(r, who)
	if err != nil {
		return nil, err
	}
	o := commission.CorrectionOrder{Run: v.x.Run.ID, Contract: v.x.Line.Ref, Facts: v.read(r), Reason: v.in["reden"]}
	fields := map[string]string{"/reason": "reden", "": "saldo"}
	for _, d := range v.problems {
		o.Unread, fields["/"+d.Field] = append(o.Unread, fault.Detail{Pointer: "/" + d.Field, Reason: "invalid-value", Text: d.Text}), d.Field
	}
	_, err = p.desk.Correct(r.Context(), who.Actor(), o)
	problems, ok := refused(err, "invalid-correction", fields)
	if err != nil && !ok {
		return nil, err
	}
	v.problems = problems
	if len(v.problems) > 0 {
		v.frame.Failed = true
		return site.Page(http.StatusBadRequest, correctPage(v)), nil
	}
	return site.SeeOther(contractPath(v.x.Run.ID, v.x.Line.Ref)), nil
}

// A correctionsView is the list of corrections as it was asked.
type correctionsView struct {
	listing
	frame site.Work
	found []commission.Correction
	names map[string]string
}

var settledChoices = []site.Choice{{Value: "", Text: "Alle"}, {Value: "open", Text: "Komt op de volgende afrekening"}, {Value: "verrekend", Text: "Verrekend"}}

func (p pages) asksCorrections(r *http.Request, who staff.Session) (v correctionsView, err error) {
	all, err := p.desk.Corrections(r.Context(), who.Actor())
	if err != nil {
		return v, err
	}
	q := r.URL.Query()
	word, state := strings.ToLower(strings.TrimSpace(q.Get("zoek"))), q.Get("stand")
	for _, c := range all {
		if strings.Contains(strings.ToLower(c.Contract+" "+c.Reason), word) && (state == "" || (state == "open") == (c.Settled == "")) {
			v.found = append(v.found, c)
		}
	}
	if q.Get("volgorde") == "oudste" {
		for i, j := 0, len(v.found)-1; i < j; i, j = i+1, j-1 {
			v.found[i], v.found[j] = v.found[j], v.found[i]
		}
	}
	v.listing = listed(correctedPath, r, len(v.found))
	v.names, err = p.house.Names(r.Context(), who.Actor().Firm)
	return v, err
}

func (p pages) corrections(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.asksCorrections(r, who)
	if err != nil {
		return nil, err
	}
	v.frame = p.guard.Frame(r, who, "Correcties op de provisie")
	v.frame.Lead, v.frame.Wide = "Wat in een vastgestelde maand verkeerd was. Het verschil staat op de eerstvolgende afrekening.", true
	v.frame.Trail = []site.Link{{Text: "Provisie", Href: runsPath}}
	return site.Page(http.StatusOK, correctionsPage(v)), nil
}

func settledText(c commission.Correction) string {
	if c.Settled == "" {
		return "Komt op de volgende afrekening"
	}
	return "Verrekend"
}

func (v correctionsView) table() site.Table {
	t := correctionTable(v.found[v.from:v.through()], v.names)
	t.Hidden, t.Empty = true, "Er is geen correctie die hieraan voldoet."
	return t
}

func correctionTable(list []commission.Correction, names map[string]string) site.Table {
	t := site.Table{Caption: "Correcties", Columns: []site.Column{{Name: "Contract", Kind: "code"}, {Name: "Maand"}, {Name: "Verschil", Kind: "number"}, {Name: "Reden"}, {Name: "Vastgelegd", Kind: "date"}, {Name: "Door"}, {Name: "Stand"}}}
	for _, c := range list {
		state := site.Cell{Text: settledText(c)}
		if c.Settled != "" {
			state.Href = statementPath(c.Settled, c.Agreement)
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: c.Contract, Href: contractPath(c.Run, c.Contract)},
			{Text: commission.MonthName(c.Month)},
			{Text: c.Difference.Dutch()},
			{Text: c.Reason},
			{Text: calendar.DutchTime(c.At)},
			{Text: called(names, c.By)},
			state,
		})
	}
	return t
}

func (p pages) exportCorrections(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		v, err := p.asksCorrections(r, who)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Correcties", Columns: []table.Column{{Name: "contract", Width: 20}, {Name: "maand", Width: 10}, {Name: "was", Width: 12}, {Name: "verschil", Width: 12}, {Name: "reden", Width: 60}, {Name: "vastgelegd", Width: 18}, {Name: "door", Width: 24}, {Name: "stand", Width: 28}}}
		return download("provisiecorrecties", format, sheet, func(row func(...any) error) error {
			for _, c := range v.found {
				if err := row(c.Contract, commission.MonthKey(c.Month), plain(c.Paid), plain(c.Difference), c.Reason, c.At, called(v.names, c.By), settledText(c)); err != nil {
					return err
				}
			}
			return nil
		}), nil
	}
}
