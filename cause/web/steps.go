package web

import (
	"net/http"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

func about(f cause.Finding) []any {
	return []any{
		site.Field{Name: "titel", Label: "Oorzaak in een paar woorden", Hint: "Zonder namen. Bijvoorbeeld: brief over rente noemt één periode.", Value: f.Title},
		site.Area{Name: "wat", Label: "Wat gaat er mis?", Hint: "Wat gebeurt er, waarom kan dat gebeuren, en waaruit blijkt het? Vraag een paar keer door naar het waarom.", Value: f.What, Rows: 5},
		site.Select{Name: "soort", Label: "Soort oorzaak", Choices: sortChoices, Chosen: string(f.Sort)},
		site.Field{Name: "product", Label: "Product", Value: f.Product, Optional: true},
		site.Field{Name: "dienst", Label: "Dienst", Hint: "Bijvoorbeeld advies, bemiddeling of beheer.", Value: f.Service, Optional: true},
	}
}

func finding(s caseworkweb.Sent) cause.Finding {
	return cause.Finding{Title: s.Get("titel"), What: s.Get("wat"), Sort: complaint.Cause(s.Get("soort")), Product: s.Get("product"), Service: s.Get("dienst"), Found: s.Day("gevonden")}
}

var findingFields = map[string]string{"/title": "titel", "/what": "wat", "/sort": "soort", "/product": "product", "/service": "dienst", "/found": "gevonden"}

// freshForm is the page on which a root cause is written down, of a case where one is named.
func (p pages) freshForm(r *http.Request, who staff.Session, key, of string) site.Record {
	v := site.Record{Frame: p.guard.Frame(r, who, "Oorzaak opschrijven")}
	v.Frame.Trail = []site.Link{{Text: "Oorzaken", Href: listPath}}
	v.Frame.Lead = "Schrijf op wat er onder een of meer klachten of incidenten ligt. Een burgerservicenummer mag u hier niet vastleggen."
	parts := append([]any{site.KeyField(key), site.Hidden{Name: "zaak", Value: of}}, about(cause.Finding{})...)
	parts = append(parts, site.Field{Name: "gevonden", Label: "Gevonden op", Type: "date", Value: p.Casework.Today().String(), Short: true})
	v.Steps = []site.Step{{Name: "nieuw", Action: newPath, Button: "Opschrijven", Parts: parts}}
	return v
}

func (p pages) fresh(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, site.ShowRecord(p.freshForm(r, who, site.FormKey(r), r.URL.Query().Get("zaak")))), nil
}

func (p pages) find(r *http.Request, who staff.Session) (site.Reply, error) {
	s := caseworkweb.Sent{Request: r}
	sees, err := p.Sight(r.Context(), who)
	if err != nil {
		return nil, err
	}
	in := finding(s)
	in.Key = site.FormKey(r)
	c, err := p.desk.Find(r.Context(), who.Actor(), "", in)
	if problems, refused := site.Refused(err, findingFields); refused {
		return caseworkweb.Again(p.freshForm(r, who, in.Key, s.Get("zaak")), "nieuw", r, problems), nil
	}
	if made, sent := site.SentBefore(err); sent {
		return caseworkweb.SentBefore(p.freshForm(r, who, site.NextKey(in.Key), s.Get("zaak")), "nieuw", r, site.Sent{
			What: site.Link{Text: "de oorzaak die u ermee opschreef", Href: onePath(casework.ID(made))},
			Do:   "Gaat het om dezelfde oorzaak? Wijzig haar dan op haar eigen pagina.",
		}), nil
	}
	if err == nil && s.Get("zaak") != "" {
		_, err = p.desk.Name(r.Context(), who.Actor(), sees, casework.ID(s.Get("zaak")), c.ID())
	}
	if err != nil {
		return nil, err
	}
	return site.SeeOther(onePath(c.ID())), nil
}

// name says on the page of a case what lies behind it, and shows that case again.
func (p pages) name(r *http.Request, who staff.Session) (site.Reply, error) {
	sees, err := p.Sight(r.Context(), who)
	if err != nil {
		return nil, err
	}
	of, err := p.desk.Name(r.Context(), who.Actor(), sees, casework.ID(r.PathValue("zaak")), casework.ID(r.PostFormValue("oorzaak-van")))
	if err != nil {
		return nil, err
	}
	a, _ := p.Casework.About(of.Kind)
	return site.SeeOther(a.Href(of.ID)), nil
}

// usualLook is after how many days a measure is looked at, unless somebody says otherwise.
const usualLook = 91

func (v view) chosen(which func(cause.Measure) bool) []site.Choice {
	choices := []site.Choice{{Text: "Kies"}}
	for _, m := range v.Measures {
		if m.Kind != incident.NoMeasure && which(m) {
			choices = append(choices, site.Choice{Value: m.ID, Text: casework.Short(m.What)})
		}
	}
	return choices
}

// steps are what can be done with a root cause now.
func (v view) steps() []site.Step {
	f := caseworkweb.Form{Path: onePath(v.ID()), Revision: v.Case.Revision}
	if !v.Case.Open() {
		f.Add("heropenen", "Oorzaak heropenen", "Heropenen", site.Area{Name: "reden", Label: "Waarom?", Rows: 3})
		return f.Steps
	}
	f.Add("koppelen", "Klachten en incidenten koppelen", "Koppelen", site.Area{Name: "nummers", Label: "Nummers", Hint: "Zoals K-2026-0001, elk op een eigen regel of met een komma ertussen. Een zaak heeft één grondoorzaak: een andere wordt vervangen.", Rows: 3})
	f.Add("beschrijving", "Beschrijving wijzigen", "Bewaren", about(cause.Finding{Title: v.Case.Title, What: v.What, Sort: v.Sort, Product: v.Case.Product, Service: v.Service})...)
	f.Add("maatregel", "Maatregel vastleggen", "Vastleggen",
		site.Select{Name: "gaat-over", Label: "Waar gaat de maatregel over?", Choices: kindChoices},
		site.Area{Name: "maatregel", Label: "Wat gebeurt er?", Hint: "Is er geen maatregel nodig? Schrijf dan op waarom niet.", Rows: 3},
		site.Select{Name: "door", Label: "Wie voert haar uit?", Choices: v.hands},
		site.Field{Name: "uiterlijk", Label: "Uitgevoerd uiterlijk op", Type: "date", Optional: true, Short: true})
	if todo := v.chosen(func(m cause.Measure) bool { return m.Done.IsZero() }); len(todo) > 1 {
		f.Add("uitgevoerd", "Maatregel uitgevoerd", "Vastleggen",
			site.Select{Name: "gedaan", Label: "Welke maatregel?", Choices: todo}, site.Field{Name: "gedaan-op", Label: "Uitgevoerd op", Type: "date", Short: true},
			site.Field{Name: "bekijken-op", Label: "Bekijken of zij werkt, uiterlijk op", Hint: "Kies een dag waarop er genoeg te zien is.", Type: "date", Value: v.today.AddDays(usualLook).String(), Short: true})
	}
	if done := v.chosen(func(m cause.Measure) bool { return !m.Done.IsZero() && m.Checked.IsZero() }); len(done) > 1 {
		f.Add("controle", "Werkt de maatregel?", "Vastleggen",
			site.Lead("Hierboven staan de klachten voor en na de maatregel. Weinig klachten zeggen weinig: kijk ook naar het werk zelf."),
			site.Select{Name: "bekeken", Label: "Welke maatregel?", Choices: done}, site.Select{Name: "werking", Label: "Werkt zij?", Choices: effectChoices},
			site.Area{Name: "bevinding", Label: "Waaruit blijkt dat?", Rows: 3})
	}
	f.Add("afronden", "Oorzaak afronden", "Afronden", site.Lead("Dat kan als de laatste maatregel werkt, of als er geen nodig is."))
	return f.Steps
}

var stepFields = map[string]map[string]string{
	"koppelen":     {"/numbers": "nummers"},
	"beschrijving": findingFields,
	"maatregel":    {"/kind": "gaat-over", "/measure_what": "maatregel", "/owner": "door", "/due": "uiterlijk"},
	"uitgevoerd":   {"/measure": "gedaan", "/done": "gedaan-op", "/check_on": "bekijken-op"},
	"controle":     {"/checked": "bekeken", "/effect": "werking", "/found_out": "bevinding"},
	"afronden":     {},
	"heropenen":    {"/why": "reden"},
}

// step does one thing to a root cause and shows it again, with what was wrong.
func (p pages) step(r *http.Request, who staff.Session) (site.Reply, error) {
	step, id := r.PathValue("stap"), casework.ID(r.PathValue("id"))
	fields, known := stepFields[step]
	if !known {
		return nil, fault.New(fault.NotFound, "unknown-case", "")
	}
	problems, refused := []site.Problem(nil), false
	err := p.do(caseworkweb.Sent{Request: r}, who, step, id)
	if problems, refused = site.Refused(err, fields); !refused {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(onePath(id)), nil
	}
	_, out, err := p.open(r, who)
	if err != nil {
		return nil, err
	}
	return caseworkweb.Again(out, step, r, problems), nil
}

func (p pages) do(s caseworkweb.Sent, who staff.Session, step string, id casework.ID) (err error) {
	ctx, by, saw := s.Context(), who.Actor(), s.Saw()
	switch step {
	case "koppelen":
		var sees casework.Sight
		if sees, err = p.Sight(ctx, who); err == nil {
			_, err = p.desk.Explain(ctx, by, sees, id, s.Get("nummers"))
		}
	case "beschrijving":
		_, err = p.desk.Describe(ctx, by, id, saw, finding(s))
	case "maatregel":
		due, _ := calendar.Parse(s.Get("uiterlijk")) // no day is refused as a missing one
		_, err = p.desk.Decide(ctx, by, id, saw, cause.Plan{Kind: incident.MeasureKind(s.Get("gaat-over")), What: s.Get("maatregel"), Owner: s.Get("door"), Due: due})
	case "uitgevoerd":
		checkOn, _ := calendar.Parse(s.Get("bekijken-op")) // likewise
		_, err = p.desk.Done(ctx, by, id, saw, s.Get("gedaan"), s.Day("gedaan-op"), checkOn)
	case "controle":
		_, err = p.desk.Check(ctx, by, id, saw, s.Get("bekeken"), incident.Finding{Effect: incident.Effect(s.Get("werking")), Found: s.Get("bevinding")})
	case "afronden":
		_, err = p.desk.Conclude(ctx, by, id, saw)
	case "heropenen":
		_, err = p.desk.Reopen(ctx, by, id, saw, s.Get("reden"))
	}
	return err
}
