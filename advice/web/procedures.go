package web

import (
	"cmp"
	"net/http"

	"zorgplicht/advice"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

type proceduresPage struct {
	frame      site.Work
	sets       bool
	all        []advice.Procedure
	candidates []advice.Candidate
	names      map[string]string
	problems   []site.Problem
	open       string // the form that came back with problems
	value      func(string) string
}

func (v proceduresPage) problem(field string) string { return problem(v.problems, field) }

func (p pages) proceduresPage(r *http.Request, who staff.Session) (v proceduresPage, err error) {
	v.frame = p.guard.Frame(r, who, "Procedures voor advies")
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Adviezen", Href: listPath}}, true
	v.frame.Lead = "Adviseert uw onderneming alleen volgens een vaste procedure die de toezichthouder kan nagaan, dan hoeft zij het klantprofiel niet per advies te bewaren (artikel 14, vierde lid, Bfd). " +
		"Een procedure is een regelset van uw onderneming: elke versie ligt vast, en elk advies is na te rekenen."
	v.sets, v.value = who.May(staff.SetAdviceProcedure), r.PostFormValue
	if v.all, err = p.desk.Procedures(r.Context(), who.Account.Firm); err != nil {
		return v, err
	}
	if v.candidates, err = p.desk.Candidates(r.Context(), who.Actor()); err != nil {
		return v, err
	}
	v.names, err = p.house.Names(r.Context(), who.Account.Firm)
	return v, err
}

func (p pages) procedures(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.proceduresPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showProcedures(v)), nil
}

func (v proceduresPage) table() site.Table {
	t := site.Table{
		Caption: "Aangewezen procedures", Empty: "Uw onderneming heeft geen procedure aangewezen. Elk adviesdossier wordt gewoon bewaard.",
		Columns: []site.Column{{Name: "Procedure"}, {Name: "Versie", Kind: "number"}, {Name: "Voor"}, {Name: "Vanaf", Kind: "date"}, {Name: "Tot", Kind: "date"}, {Name: "Door"}, {Name: "SHA-256", Kind: "code"}},
	}
	for _, c := range v.all {
		ended := "nog in gebruik"
		if !c.Ended.IsZero() {
			ended = c.Ended.Dutch() + ": " + c.Why
		}
		t.Rows = append(t.Rows, []site.Cell{
			{Text: c.Title, Href: "/werk/regelsets/" + c.Name},
			{Text: number(int64(c.Version))},
			{Text: kindText(c.Kind)},
			{Text: c.From.Dutch()},
			{Text: ended},
			{Text: cmp.Or(v.names[c.By], "een oud-medewerker")},
			{Text: c.Hash.String()[:12]},
		})
	}
	return t
}

// fit are the rule sets that can be named, and unfit those that lack something.
func (v proceduresPage) fit() (choices []site.Choice) {
	choices = append(choices, site.Choice{Text: "Kies een regelset"})
	for _, c := range v.candidates {
		if c.Check.Verifiable {
			choices = append(choices, site.Choice{Value: c.Published.Release.Name, Text: c.Published.Release.Title})
		}
	}
	return choices
}

func (v proceduresPage) unfit() (some []advice.Candidate) {
	for _, c := range v.candidates {
		if !c.Check.Verifiable {
			some = append(some, c)
		}
	}
	return some
}

func (v proceduresPage) inUse() (some []advice.Procedure) {
	for _, c := range v.all {
		if c.Ended.IsZero() {
			some = append(some, c)
		}
	}
	return some
}

func (p pages) name(r *http.Request, who staff.Session) (site.Reply, error) {
	err := p.desk.Name(r.Context(), who.Actor(), r.PostFormValue("regelset"), advice.ProductKind(r.PostFormValue("soort")))
	return p.again(r, who, err, "aanwijzen")
}

func (p pages) end(r *http.Request, who staff.Session) (site.Reply, error) {
	id := r.PathValue("id")
	return p.again(r, who, p.desk.End(r.Context(), who.Actor(), id, r.PostFormValue("reden-"+id)), id)
}

// again shows the procedures, with what was wrong.
func (p pages) again(r *http.Request, who staff.Session, err error, form string) (site.Reply, error) {
	problems, ok := refused(err)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(procedurePath), nil
	}
	v, err := p.proceduresPage(r, who)
	if err != nil {
		return nil, err
	}
	if form != "aanwijzen" { // one of several forms with the same question
		for i := range problems {
			problems[i].Field = "reden-" + form
		}
	}
	v.problems, v.open, v.frame.Failed = problems, form, true
	return site.Page(http.StatusBadRequest, showProcedures(v)), nil
}
