package web

import (
	"net/http"
	"net/url"

	"zorgplicht/advice"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

type newPage struct {
	frame      site.Work
	problems   []site.Problem
	value      func(string) string
	procedures []advice.Procedure
	course     advice.Procedure
	set        criteria.Published
	key        string // sent twice the form is kept once
}

func (p pages) newPage(r *http.Request, who staff.Session) (v newPage, err error) {
	v.frame = p.guard.Frame(r, who, "Advies vastleggen")
	v.frame.Trail = []site.Link{{Text: "Adviezen", Href: listPath}}
	v.key = site.FormKey(r)
	all, err := p.desk.Procedures(r.Context(), who.Account.Firm)
	if err != nil {
		return v, err
	}
	for _, c := range all {
		if c.On(p.house.Casework.Today()) {
			v.procedures = append(v.procedures, c)
		}
	}
	if name := r.URL.Query().Get("procedure"); name != "" {
		if v.set, v.course, err = p.desk.Questions(r.Context(), who.Account.Firm, name); err != nil {
			return v, err
		}
		v.frame.Title = "Advies vastleggen volgens " + v.course.Title
	}
	return v, nil
}

// action is where the form is sent.
func (v newPage) action() string {
	if v.course.Name == "" {
		return newPath
	}
	return newPath + "?procedure=" + url.QueryEscape(v.course.Name)
}

func (v newPage) inputs() (all []input) {
	all = append(all, input{name: "klant", label: "Klantnummer", hint: "Uw eigen kenmerk van de klant, geen naam en geen burgerservicenummer.", must: true, short: true})
	advised := roleInputs()
	if v.course.Name != "" {
		all = append(all, courseInputs(v.set)...)
		for i := range advised {
			if advised[i].name == "product" {
				advised[i].hint, advised[i].must = "Leeg laten: dan wordt het wat de procedure adviseert. Wijkt u af, schrijf dan op waarom.", false
			}
		}
	}
	all = append(all, advised...)
	return append(all, profileInputs()...)
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newPage(r, who)
	if err != nil {
		return nil, err
	}
	shown := map[string]string{}
	if like := r.URL.Query().Get("klant-van"); like != "" { // another advice for the same client begins with what was learned before
		d, err := p.desk.Advice(r.Context(), who.Account.Firm, casework.ID(like))
		if err != nil {
			return nil, err
		}
		shown = shownOf(advice.Content{Role: d.Role, Profile: d.Profile, Outcome: advice.Outcome{Result: advice.Open}})
		shown["klant"] = d.Reference
	} else {
		role, err := p.desk.LastRole(r.Context(), who.Account.Firm)
		if err != nil {
			return nil, err
		}
		shown["rol"] = string(role)
	}
	shown["dag"], shown["soort"] = p.house.Casework.Today().String(), string(v.course.Kind)
	v.value = func(name string) string { return shown[name] }
	return site.Page(http.StatusOK, showNew(v)), nil
}

func (p pages) record(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newPage(r, who)
	if err != nil {
		return nil, err
	}
	f := &reading{r: r}
	in := advice.Entry{Key: v.key, Reference: f.text("klant"), Content: advice.Content{Role: advice.Role(f.text("rol")), Profile: f.profile(), Advice: f.advice()}}
	in.Outcome, in.Choice = f.outcome()
	if v.course.Name != "" {
		in.Procedure, in.Answers = v.course.Name, answersOf(r, v.set)
	}
	var made advice.File
	if len(f.wrong) == 0 {
		made, err = p.desk.Record(r.Context(), who.Actor(), in)
	} else {
		err = in.Faults(p.house.Casework.Today())
	}
	if problems, ok := refused(f.with(err)); ok {
		v.problems, v.frame.Failed, v.value = problems, true, r.PostFormValue
		return site.Page(http.StatusBadRequest, showNew(v)), nil
	}
	if made, ok := site.SentBefore(err); ok {
		v.key, v.value = site.NextKey(v.key), r.PostFormValue
		v.frame.Before = &site.Sent{
			What: site.Link{Text: "het advies dat u ermee vastlegde", Href: onePath(casework.ID(made))},
			Do:   "Hoort het bij dat advies? Verbeter het dan op de pagina van het dossier, of leg daar de afloop vast.",
		}
		return site.Page(http.StatusConflict, showNew(v)), nil
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(made.ID())), nil
}
