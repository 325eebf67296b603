package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/credit"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// A ceilingView asks for an agreement and a day, and shows the maximum with why.
type ceilingView struct {
	frame    site.Work
	in       map[string]string
	problems []site.Problem
	out      *credit.WatchOut
	day      *credit.CeilingOnOut // the maximum of a day alone
}

var ceilingFields = []string{"dag", "overeenkomst", "vergoeding", "rentes", "einde", "daalt"}

func ceilingField(at string) string {
	if strings.HasPrefix(at, "/rates") {
		return "rentes"
	}
	return map[string]string{"/concluded": "overeenkomst", "/charge": "vergoeding", "/as_of": "dag", "/ended": "einde", "/date": "dag"}[at]
}

func (p pages) ceiling(r *http.Request, who staff.Session) (site.Reply, error) {
	v := ceilingView{frame: p.guard.Frame(r, who, "Hoogste kredietvergoeding"), in: map[string]string{}}
	v.frame.Lead = "Het maximum van een dag, of van één overeenkomst: de wettelijke rente plus de punten van artikel 77."
	asked := r.URL.Query().Has("dag")
	for _, name := range ceilingFields {
		v.in[name] = strings.TrimSpace(r.URL.Query().Get(name))
	}
	if !asked {
		v.in["dag"], v.in["vergoeding"] = p.house.Today().String(), credit.Variable
		return site.Page(http.StatusOK, ceilingPage(v)), nil
	}
	v.ask()
	if len(v.problems) > 0 {
		v.frame.Failed, v.out, v.day = true, nil, nil
		return site.Page(http.StatusBadRequest, ceilingPage(v)), nil
	}
	return site.Page(http.StatusOK, ceilingPage(v)), nil
}

func (v *ceilingView) wrong(field, text string) {
	v.problems = append(v.problems, site.Problem{Field: field, Text: text})
}

// ask reads the fields and asks the rule; what is wrong is noted all at once.
func (v *ceilingView) ask() {
	d, ok := day(v.in["dag"])
	if !ok {
		v.wrong("dag", "Geef een dag als jaar-maand-dag, zoals 2026-11-21.")
	}
	if v.in["overeenkomst"] == "" && v.in["rentes"] == "" {
		q := credit.CeilingOnIn{Date: &d}
		if ok {
			for _, w := range q.Check() {
				v.wrong(ceilingField(w.Pointer), w.Text)
			}
		}
		if len(v.problems) == 0 {
			v.day = new(credit.MaximumChargeOn.Ask(q))
		}
		return
	}
	q := credit.WatchIn{Charge: new(v.in["vergoeding"])}
	if ok {
		q.AsOf = &d
	}
	if c, ok := day(v.in["overeenkomst"]); ok {
		q.Concluded = &c
	}
	if e, ok := day(v.in["einde"]); ok {
		q.Ended = &e
	} else if v.in["einde"] != "" {
		v.wrong("einde", "Geef een dag als jaar-maand-dag, of laat het leeg.")
	}
	if v.in["daalt"] != "" {
		q.BalanceOnlyFalls = new(v.in["daalt"] == "ja")
	}
	v.rates(&q)
	for _, w := range q.Check() {
		if f := ceilingField(w.Pointer); problemOf(v.problems, f) == "" {
			v.wrong(f, w.Text)
		}
	}
	if len(v.problems) == 0 {
		v.out = new(credit.CeilingWatch.Ask(q))
	}
}

// rates reads a line each: a day and an effective rate; a rate alone counts from the
// agreement on.
func (v *ceilingView) rates(q *credit.WatchIn) {
	nr := 0
	for line := range strings.Lines(v.in["rentes"]) {
		nr++
		part := strings.Fields(line)
		if len(part) == 0 {
			continue
		}
		r := credit.ChargeFrom{From: q.Concluded}
		rate, err := parse(part[len(part)-1])
		if len(part) == 2 {
			d, ok := day(part[0])
			if !ok {
				err = strconv.ErrSyntax
			}
			r.From = &d
		}
		if err != nil || len(part) > 2 {
			v.wrong("rentes", "Schrijf op regel "+strconv.Itoa(nr)+" een dag en de effectieve rente, zoals: 2024-07-01 13,9.")
			return
		}
		r.Rate = &rate
		q.Rates = append(q.Rates, r)
	}
}

func (v ceilingView) stages() site.Table {
	t := site.Table{Caption: "Het maximum tijdens de overeenkomst", Columns: []site.Column{
		{Name: "Vanaf", Kind: "date"}, {Name: "Effectieve rente", Kind: "number"}, {Name: "Maximum", Kind: "number"}, {Name: "Wettelijke rente", Kind: "number"}, {Name: "Punten", Kind: "number"}, {Name: "Oordeel"}, {Name: "Bron"},
	}}
	for _, s := range v.out.Past {
		verdict, source := site.Tag{Tone: site.Good, Text: "Binnen het maximum"}, site.Tag{Tone: site.Good, Text: "Bevestigd"}
		if s.Exceeds {
			verdict = site.Tag{Tone: site.Bad, Text: "Boven het maximum"}
		}
		if !s.Verified {
			source = site.Tag{Tone: site.Warn, Text: "Eén bron"}
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: s.From.Dutch()},
			{Text: credit.Percent(s.Rate.String())},
			{Text: credit.Percent(s.Maximum.String())},
			{Text: credit.Percent(s.Interest.String())},
			{Text: strconv.FormatInt(s.Points, 10)},
			{Tag: &verdict},
			{Tag: &source},
		})
	}
	return t
}

// sourceText is where a legal interest was read, as staff read it.
func sourceText(source string) string {
	if strings.HasPrefix(source, "one public table") {
		return "Eén openbare tabel op GitHub. De rekenregel van Stb. 2014, 491 komt op hetzelfde percentage uit."
	}
	return source
}

func reasons(all []rule.Reason) site.Table {
	t := site.Table{Caption: "Hoe dit is bepaald", Columns: []site.Column{{Name: "Reden"}, {Name: "Norm"}}}
	for _, r := range all {
		t.Rows = append(t.Rows, []site.Cell{{Text: r.Text}, {Text: r.Norm.Dutch(), Href: "/werk/normen/" + string(r.Norm)}})
	}
	return t
}

func (v ceilingView) problem(field string) string { return problemOf(v.problems, field) }
