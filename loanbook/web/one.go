package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/site"
	"zorgplicht/loanbook"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A loanView is the page of one agreement.
type loanView struct {
	frame   site.Work
	f       loanbook.File
	watch   credit.WatchOut
	partial bool // the course of the rate is known from a later day on than the agreement
	names   map[string]string
	today   calendar.Date
	issues  bool
	undo    string // event of which somebody asked the withdrawal, and why; "" none
	why     string

	problems []site.Problem
}

func (p pages) loan(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.loanView(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, loanPage(v)), nil
}

func (p pages) loanView(r *http.Request, who staff.Session) (v loanView, err error) {
	f, err := p.desk.Loan(r.Context(), who.Actor(), r.PathValue("kenmerk"))
	if err != nil {
		return v, err
	}
	v = loanView{frame: p.frame(r, who, "Overeenkomst "+f.Reference), f: f, today: p.house.Today(), issues: who.May(staff.IssueCredit)}
	v.watch, v.partial = credit.CeilingWatch.Ask(f.Question(v.today)), f.Rates[0].From.After(f.Concluded)
	v.names, err = p.house.Names(r.Context(), who.Account.Firm)
	return v, err
}

func (v loanView) about() []site.Term {
	state, watch := stateTag(v.f.State()), watchTag(v.f.Watch.Watch)
	kind := "Doorlopend krediet"
	if v.f.Kind != loanbook.Revolving {
		kind = "Geen doorlopend krediet"
	}
	terms := []site.Term{
		{Name: "Stand", Body: site.Status(state)},
		{Name: "Maximum", Body: site.Status(watch)},
		{Name: "Product", Text: orNone(v.f.Product)},
		{Name: "Bemiddelaar", Text: orNone(v.f.Intermediary)},
		{Name: "Soort", Text: kind + ", kredietvergoeding " + v.f.Charge},
		{Name: "Afgesloten", Text: v.f.Concluded.Dutch()},
		{Name: "Limiet of kredietsom", Text: v.f.Sum.Dutch()},
		{Name: "Rente per jaar", Text: v.f.Now().Nominal.Dutch() + ", sinds " + v.f.Now().From.Dutch()},
		{Name: "Uitstaand saldo", Text: v.f.Balance.Dutch()},
	}
	for _, d := range []struct {
		name string
		on   calendar.Date
	}{
		{"Achterstand sinds", v.f.Arrears},
		{"Vervroegd opgeëist", v.f.Demanded},
		{"Afgelost", v.f.Settled},
		{"Ontbonden", v.f.Dissolved},
		{"Ontbinding ongedaan gemaakt", v.f.Undone},
		{"Overgedragen", v.f.Transferred},
	} {
		if !d.on.IsZero() {
			terms = append(terms, site.Term{Name: d.name, Text: d.on.Dutch()})
		}
	}
	return append(terms, site.Term{Name: "Uit het bestand van", Text: v.f.Load.Day.Dutch()})
}

func orNone(s string) string {
	if s == "" {
		return "Geen"
	}
	return s
}

// mostPoints is how many stands the curve of a balance shows.
const mostPoints = 60

// curve draws the balance in whole euros over the stands of the book.
func (v loanView) curve() chart.Steps {
	s := chart.Steps{
		Head:  chart.Head{ID: "saldo", Title: "Uitstaand saldo per stand, in hele euro's", Told: "Het saldo van deze overeenkomst op de dag van elk ingelezen bestand.", Row: "Dag"},
		Lines: []chart.Line{{Name: "Saldo"}},
	}
	for _, p := range v.f.Points[max(0, len(v.f.Points)-mostPoints):] {
		s.Times = append(s.Times, chart.Time{Label: p.Day.Dutch(), Short: p.Day.String()})
		s.Lines[0].Values = append(s.Lines[0].Values, int(p.Balance/100))
	}
	return s
}

// stages are the stretches of the watch; before the course of the rate is known there
// is nothing to say.
func (v loanView) stages() site.Table {
	t := site.Table{Caption: "De rente en het maximum", Columns: []site.Column{{Name: "Vanaf", Kind: "date"}, {Name: "Effectieve rente", Kind: "number"}, {Name: "Maximum", Kind: "number"}, {Name: "Oordeel"}, {Name: "Wettelijke rente"}}}
	for _, s := range v.watch.Past {
		if s.From.Before(v.f.Rates[0].From) {
			continue
		}
		verdict, source := site.Tag{Tone: site.Good, Text: "Binnen het maximum"}, site.Tag{Tone: site.Good, Text: "Bevestigd"}
		if s.Exceeds {
			verdict = site.Tag{Tone: site.Bad, Text: "Boven het maximum"}
		}
		if !s.Verified {
			source = site.Tag{Tone: site.Warn, Text: "Eén bron: controleer"}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: s.From.Dutch()}, {Text: percent(s.Rate.String())}, {Text: percent(s.Maximum.String())}, {Tag: &verdict}, {Tag: &source}})
	}
	return t
}

// percent writes a rate with at most four decimals.
func percent(rate string) string {
	whole, part, _ := strings.Cut(rate, ".")
	if len(part) > 4 {
		part = part[:4]
	}
	if part = strings.TrimRight(part, "0"); part != "" {
		whole += "," + part
	}
	return whole + "%"
}

func (v loanView) reasons() site.Table {
	t := site.Table{Caption: "Hoe dit is bepaald", Columns: []site.Column{{Name: "Reden"}, {Name: "Norm"}}}
	for _, r := range v.watch.Reasons() {
		t.Rows = append(t.Rows, []site.Cell{{Text: r.Text}, normCell(r)})
	}
	return t
}

func normCell(r rule.Reason) site.Cell {
	return site.Cell{Text: r.Norm.Dutch(), Href: "/werk/normen/" + string(r.Norm)}
}

// A moment is one entry of the timeline, with when it was.
type moment struct {
	site.Event
	at time.Time
}

// timeline is what happened, the newest first.
func (v loanView) timeline() (list []site.Event) {
	var all []moment
	add := func(at time.Time, e site.Event) {
		e.At, e.ISO = calendar.DutchTime(at), at.UTC().Format(time.RFC3339)
		if d := calendar.Of(at); at.Equal(d.Start()) {
			e.At, e.ISO = d.Dutch(), d.String()
		}
		all = append(all, moment{e, at})
	}
	for _, e := range v.f.Events {
		told := site.Event{Title: e.Kind.Dutch() + ", " + e.On.Dutch(), By: nameOf(v.names, e.By), Text: detailOf(e), Tone: site.Info}
		if e.Withdrawn != "" {
			told.Tone, told.Text = site.Neutral, "Ingetrokken: "+e.Withdrawn
		} else if v.issues {
			told.Body = v.withdrawal(e)
		}
		add(e.At, told)
	}
	for _, n := range v.f.Notices {
		if !n.Told.IsZero() {
			add(n.Told.Start(), site.Event{Title: "Bericht van rentewijziging gegeven", Text: "Van " + n.Old.Nominal.Dutch() + " naar " + n.New.Nominal.Dutch() + ", vanaf " + n.From.Dutch() + ".", Tone: site.Good, Body: paperLink(n.Paper)})
		}
	}
	add(v.f.Load.Ended, site.Event{Title: "Ingelezen uit het bestand van " + v.f.Load.Day.Dutch(), By: nameOf(v.names, v.f.Load.By), Tone: site.Neutral})
	add(v.f.Concluded.Start(), site.Event{Title: "Overeenkomst gesloten", Tone: site.Neutral})
	slices.SortStableFunc(all, func(a, b moment) int { return b.at.Compare(a.at) })
	for _, m := range all {
		list = append(list, m.Event)
	}
	return list
}

func detailOf(e loanbook.Event) string {
	switch e.Kind {
	case loanbook.RateChanged:
		return "Naar " + e.Nominal.Dutch() + " per jaar."
	case loanbook.BalanceWas:
		return "Saldo " + e.Balance.Dutch() + "."
	case loanbook.WentOver:
		return "Naar " + e.To + "."
	}
	return ""
}

// waiting are the notices that are still to be given.
func (v loanView) waiting() (all []loanbook.Notice) {
	for _, n := range v.f.Notices {
		if n.Told.IsZero() {
			all = append(all, n)
		}
	}
	return all
}

// paperPath leads to the form of a document on this agreement.
func (v loanView) paperPath(kind credit.PaperKind) string {
	return "/werk/kredietstukken/nieuw/" + string(kind) + "?" + url.Values{"kenmerk": {v.f.Reference}}.Encode()
}

// A recordView is the form on which somebody tells what happened.
type recordView struct {
	frame    site.Work
	f        loanbook.File
	in       map[string]string
	problems []site.Problem
}

var recordFields = []string{"wat", "dag", "rente", "effectief", "saldo", "naar"}

func kindChoices(fixed bool) (all []site.Choice) {
	for _, k := range loanbook.EventKinds {
		if k != loanbook.RateChanged || !fixed {
			all = append(all, site.Choice{Value: string(k), Text: k.Dutch()})
		}
	}
	return all
}

func (p pages) recordView(r *http.Request, who staff.Session) (v recordView, err error) {
	v.f, err = p.desk.Loan(r.Context(), who.Actor(), r.PathValue("kenmerk"))
	v.frame = p.frame(r, who, "Gebeurtenis vastleggen", site.Link{Text: v.f.Reference, Href: loanPath(v.f.Reference)})
	v.in = map[string]string{}
	return v, err
}

func (p pages) showRecord(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.recordView(r, who)
	if err != nil {
		return nil, err
	}
	v.in["dag"], v.in["wat"] = p.house.Today().String(), r.URL.Query().Get("wat")
	return site.Page(http.StatusOK, recordPage(v)), nil
}

func (p pages) record(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.recordView(r, who)
	if err != nil {
		return nil, err
	}
	for _, name := range recordFields {
		v.in[name] = strings.TrimSpace(r.PostFormValue(name))
	}
	if _, err = p.desk.Record(r.Context(), who.Actor(), v.event(), ""); err == nil {
		return site.SeeOther(loanPath(v.f.Reference)), nil
	}
	problems, ok := refused(err, map[string]string{"/kind": "wat", "/on": "dag", "/rate": "rente", "/effective": "effectief", "/balance": "saldo", "/to": "naar"}, "invalid-loan-event")
	if !ok {
		return nil, err
	}
	v.problems, v.frame.Failed = problems, true
	return site.Page(http.StatusBadRequest, recordPage(v)), nil
}

// event reads the fields. What cannot be read becomes a value that the room refuses.
func (v recordView) event() loanbook.Event {
	e := loanbook.Event{Reference: v.f.Reference, Kind: loanbook.EventKind(v.in["wat"]), On: day(v.in["dag"]), To: v.in["naar"]}
	var err error
	if e.Nominal, err = loanbook.ParseRate(v.in["rente"]); err != nil {
		e.Nominal = -1
	}
	if v.in["effectief"] != "" {
		if e.Effective, err = loanbook.ParseRate(v.in["effectief"]); err != nil {
			e.Effective = -1
		}
	}
	if e.Balance, err = loanbook.ParseAmount(v.in["saldo"]); err != nil {
		e.Balance = -1
	}
	return e
}

func (v recordView) problem(field string) string { return problemOf(v.problems, field) }

func (p pages) withdraw(r *http.Request, who staff.Session) (site.Reply, error) {
	event, why := r.PostFormValue("gebeurtenis"), r.PostFormValue("reden")
	f, err := p.desk.Withdraw(r.Context(), who.Actor(), event, why)
	if err == nil {
		return site.SeeOther(loanPath(f.Reference)), nil
	}
	problems, ok := refused(err, map[string]string{"/reason": reasonField(event)}, "invalid-loan-reason")
	if !ok {
		return nil, err
	}
	v, err := p.loanView(r, who)
	if err != nil {
		return nil, err
	}
	v.problems, v.frame.Failed, v.undo, v.why = problems, true, event, why
	return site.Page(http.StatusBadRequest, loanPage(v)), nil
}

// reasonField is the field for the reason of withdrawing an event.
func reasonField(event string) string { return "reden-" + event }

// withdrawal is the form that takes an event back: open, with what was typed, where that
// was refused.
func (v loanView) withdrawal(e loanbook.Event) templ.Component {
	if v.undo != e.ID {
		return withdrawForm(v.f.Reference, e, "", "")
	}
	return withdrawForm(v.f.Reference, e, v.why, problemOf(v.problems, reasonField(e.ID)))
}
