package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/integrity"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// entry are the fields of who somebody is.
func entry(e integrity.Entry, names map[string]string) []any {
	accounts := []site.Choice{{Text: "Geen account"}}
	for id, name := range names {
		accounts = append(accounts, site.Choice{Value: id, Text: name})
	}
	sortChoices(accounts[1:])
	return []any{
		site.Field{Name: "naam", Label: "Naam", Value: e.Name},
		site.Select{Name: "functie", Label: "Wat doet deze persoon?", Hint: "Alleen doorverbinden is geen inhoudelijk contact.", Choices: roleChoices, Chosen: string(e.Role)},
		site.Select{Name: "dienst", Label: "Hoe werkt deze persoon bij u?", Hint: "Ook van uitzendkrachten en gedetacheerden moet de betrouwbaarheid buiten twijfel staan.", Choices: employmentChoices, Chosen: e.Employment},
		site.Field{Name: "begonnen", Label: "Bij uw onderneming sinds", Type: "date", Value: e.Started.String(), Short: true},
		site.Field{Name: "contact", Label: "Klantcontact sinds", Hint: "Alleen als dat later begon.", Type: "date", Value: e.Contact.String(), Optional: true, Short: true},
		site.Select{Name: "account", Label: "Account in dit programma", Hint: "Deze persoon leest zijn eigen gegevens hier nooit.", Choices: accounts, Chosen: e.Account},
	}
}

func sortChoices(all []site.Choice) {
	for i := range all {
		for k := i; k > 0 && strings.Compare(all[k].Text, all[k-1].Text) < 0; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
}

func entryOf(r *http.Request) integrity.Entry {
	return integrity.Entry{
		Name: r.PostFormValue("naam"), Account: r.PostFormValue("account"), Role: integrity.Role(r.PostFormValue("functie")),
		Employment: r.PostFormValue("dienst"), Started: caseworkweb.DayOf(r, "begonnen"), Contact: caseworkweb.DayOf(r, "contact"),
	}
}

var entryFields = map[string]string{"/name": "naam", "/role": "functie", "/employment": "dienst", "/started": "begonnen", "/contact": "contact", "/account": "account"}

func (p pages) newForm(r *http.Request, who staff.Session, key string) (v site.Record, err error) {
	names, err := p.Names(r.Context(), who.Account.Firm)
	v.Frame = p.guard.Frame(r, who, "Persoon inschrijven")
	v.Frame.Trail = []site.Link{{Text: "Betrouwbaarheid", Href: listPath}}
	v.Frame.Lead = "Schrijf iemand in voordat de functie begint. Een burgerservicenummer mag u hier niet vastleggen."
	v.Steps = []site.Step{{Name: "nieuw", Action: newPath, Button: "Inschrijven", Parts: append([]any{site.KeyField(key)}, entry(integrity.Entry{}, names)...)}}
	return v, err
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newForm(r, who, site.FormKey(r))
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) register(r *http.Request, who staff.Session) (site.Reply, error) {
	key := site.FormKey(r)
	one, err := p.desk.RegisterOnce(r.Context(), who.Actor(), key, entryOf(r))
	problems, refused := site.Refused(err, entryFields)
	made, sent := site.SentBefore(err)
	if err != nil && !refused && !sent {
		return nil, err
	}
	if err == nil {
		return site.SeeOther(onePath(one.ID())), nil
	}
	if sent {
		key = site.NextKey(key)
	}
	v, err := p.newForm(r, who, key)
	if err != nil {
		return nil, err
	}
	if sent {
		return caseworkweb.SentBefore(v, "nieuw", r, site.Sent{
			What: site.Link{Text: "de persoon die u ermee inschreef", Href: onePath(casework.ID(made))},
			Do:   "Gaat het om dezelfde persoon? Verbeter de gegevens dan op de pagina van die persoon.",
		}), nil
	}
	return caseworkweb.Again(v, "nieuw", r, problems), nil
}

// page is the page of a person; what says which opening it is, "" where it was read
// before.
func (p pages) page(r *http.Request, who staff.Session, what string) (site.Record, error) {
	f, err := p.desk.Open(r.Context(), who.Actor(), casework.ID(r.PathValue("id")), what)
	if err != nil {
		return site.Record{}, err
	}
	names, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return site.Record{}, err
	}
	today, works := p.Casework.Today(), who.May(staff.KeepReliability)
	v := site.Record{Frame: p.guard.Frame(r, who, f.Case.Number+" "+f.Entry.Name), Notes: notes(f.Person, today), Terms: terms(f.Person), Tables: []site.Table{changes(f.Person)}}
	v.Frame.Trail, v.Frame.Wide = []site.Link{{Text: "Betrouwbaarheid", Href: listPath}}, true
	switch {
	case works && f.Left.IsZero():
		v.Steps = steps(f.Person, names)
	case works && !f.Case.Destroyed():
		v.Steps = []site.Step{form(f.Person, "vertrek-terug", "Vertrek terugdraaien", "Terugdraaien",
			site.Lead("Alleen als het vertrek verkeerd is vastgelegd. Klopt alleen de dag niet, draai het vertrek dan terug en leg daarna de goede dag vast. Wat er stond en uw reden blijven bewaard. Komt iemand terug na een vertrek dat klopt, schrijf die persoon dan opnieuw in."), why("reden"))}
	}
	if !f.Entry.Role.MakesPolicy() { // articles 7-9 are about others
		f.Under.Writes = nil
	}
	facts, err := p.Facts(r.Context(), who.Account.Firm, string(f.ID()))
	if err != nil {
		return v, err
	}
	all := caseworkweb.Usual()
	maps.Copy(all, titles)
	caseworkweb.Under{File: f.Under, Works: works, Names: names, Today: today, More: caseworkweb.Happened(facts, all, "")}.Onto(&v)
	return v, nil
}

// titles are how the timeline names what was recorded of a person.
var titles = map[string]string{
	integrity.KindRegistered: "Ingeschreven", integrity.KindChanged: "Gegevens bijgewerkt", integrity.KindSeen: "Verklaring omtrent het gedrag gezien", integrity.KindDeclared: "Faillissement gevraagd",
	integrity.KindWord: "Mededeling van de toezichthouder", "integrity.word_recorded/1": "Mededeling van de toezichthouder", integrity.KindTransition: "Overgangsrecht nagegaan", integrity.KindAppointed: "Functie begonnen", integrity.KindNoticed: "Wijziging opgemerkt", integrity.KindReported: "Wijziging gemeld",
	integrity.KindLeft: "Vertrokken", integrity.KindStayed: "Vertrek teruggedraaid", integrity.KindAppointmentCorrected: "Begin van de functie verbeterd", integrity.KindChangeCorrected: "Dagen van een wijziging verbeterd", integrity.KindExempted: "Uitzondering op artikel 6 vastgelegd",
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.page(r, who, "page")
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func notes(p integrity.Person, today calendar.Date) []site.Note {
	if why := p.Barriers(today); len(why) > 0 {
		return []site.Note{{Tone: site.Warn, Heading: "Deze functie mag nog niet beginnen", Lines: rule.Cited(why)}}
	}
	if r := p.Reliable(); p.Lapsed() {
		return []site.Note{{Tone: site.Bad, Heading: "Deze persoon voldoet niet aan artikel 6", Lines: rule.Cited(r.Because)}}
	} else if !p.Entry.Role.MakesPolicy() {
		return []site.Note{{Tone: site.Info, Heading: "Wat artikel 6 hier vraagt", Lines: rule.Cited(r.Because)}}
	}
	return nil
}

func terms(p integrity.Person) []site.Term {
	certificate, bankrupt, word := "niet gezien", "niet gevraagd", "niet vastgelegd"
	if c := p.Certificate; c != nil {
		certificate = "kenmerk " + c.Reference + ", afgegeven op " + c.Issued.Dutch() + ", gezien op " + c.Seen.Dutch()
	}
	switch b := p.Bankrupt; {
	case b == nil:
	case !*b:
		bankrupt = "nee"
	case p.Rehabilitated:
		bankrupt = "ja, en gerehabiliteerd"
	default:
		bankrupt = "ja"
	}
	if w := p.Word; w != nil {
		word = "kenmerk " + w.Reference + ", van " + w.Day.Dutch()
		if w.Act != "" {
			word += ", eerder vastgesteld onder " + w.Act
		}
		if w.Outside != "" && w.Outside != "0" {
			word += "; sindsdien " + strings.Replace(w.Outside, ".", ",", 1) + " jaar buiten de sector: " + strings.ToLower(site.WordOf(absenceChoices, w.Absence, absenceChoices[0].Text))
		}
	}
	all := []site.Term{
		{Name: "Functie", Text: site.WordOf(roleChoices, string(p.Entry.Role), "niet gezegd")},
		{Name: "Dienstverband", Text: site.WordOf(employmentChoices, p.Entry.Employment, "niet gezegd")},
		{Name: "Bij u sinds", Text: p.Entry.Started.Dutch()},
		{Name: "In functie sinds", Text: cmp.Or(p.Appointed.Dutch(), "–")},
	}
	if p.Entry.Role.MakesPolicy() {
		all = append(all, site.Term{Name: "Mededeling van de toezichthouder", Text: word})
	} else {
		all = append(all, site.Term{Name: "Verklaring omtrent het gedrag", Text: certificate}, site.Term{Name: "Eerder failliet", Text: bankrupt}, site.Term{Name: "Overgangsrecht (artikel 81)", Text: transition(p.Transition)})
		if p.Provider != "" {
			all = append(all, site.Term{Name: "Uitzondering op artikel 6", Text: site.WordOf(exemptionChoices, p.Provider, "niet gezegd")})
		}
	}
	if !p.Left.IsZero() {
		all = append(all, site.Term{Name: "Laatste werkdag", Text: p.Left.Dutch()})
	}
	return all
}

// transition says what was found for article 81.
func transition(t *integrity.Transition) string {
	switch {
	case t == nil:
		return "niet nagegaan; er is dan geen uitzondering"
	case !t.There:
		return "deed dit werk nog niet op " + t.Commencement.Dutch()
	case t.With != "":
		return "deed dit werk vóór " + t.Commencement.Dutch() + " bij " + t.With + "; er is geen uitzondering"
	case t.Moved:
		return "deed dit werk vóór " + t.Commencement.Dutch() + " al bij u, en daarna bij een ander; de uitzondering is geëindigd"
	}
	return "deed dit werk vóór " + t.Commencement.Dutch() + " al bij u; artikel 6, tweede lid, geldt niet"
}

func changes(p integrity.Person) site.Table {
	t := site.Table{
		Caption: "Wijzigingen in de gegevens", Empty: "Er zijn geen wijzigingen opgemerkt. U hoeft er niet naar te zoeken (artikel 9).",
		Columns: []site.Column{{Name: "Wat"}, {Name: "Opgemerkt", Kind: "date"}, {Name: "Gemeld", Kind: "date"}, {Name: "Incident", Kind: "code"}},
	}
	for _, c := range p.Changes {
		t.Rows = append(t.Rows, []site.Cell{{Text: c.What}, {Text: c.Noticed.Dutch()}, {Text: cmp.Or(c.Reported.Dutch(), "–")}, incident(c)})
	}
	return t
}

// incident leads to the incident from which a change came.
func incident(c integrity.Change) site.Cell {
	if c.Incident == "" {
		return site.Cell{Text: "–"}
	}
	return site.Cell{Text: c.Incident, Href: "/werk/incidenten?zoek=" + url.QueryEscape(c.Incident)}
}

// form is one step of a person's record.
func form(p integrity.Person, name, heading, button string, parts ...any) site.Step {
	return site.Step{
		Name: name, Action: onePath(p.ID()) + "/" + name, Heading: heading, Button: button,
		Parts: append([]any{site.Hidden{Name: "versie", Value: strconv.FormatInt(p.Case.Revision, 10)}}, parts...),
	}
}

// why asks the reason of a correction, in a field of its own name on the page.
func why(name string) site.Area {
	return site.Area{Name: name, Label: "Wat klopte er niet, en waaruit blijkt dat?", Rows: 3}
}

func steps(p integrity.Person, names map[string]string) (all []site.Step) {
	add := func(name, heading, button string, parts ...any) {
		all = append(all, form(p, name, heading, button, parts...))
	}
	add("gegevens", "Wie is het?", "Bewaren", entry(p.Entry, names)...)
	yesNo := []site.Choice{{Value: "ja", Text: "Ja"}, {Value: "nee", Text: "Nee"}}
	if p.Entry.Role.MakesPolicy() {
		add("mededeling", "Mededeling van de toezichthouder vastleggen", "Vastleggen",
			site.Field{Name: "meegedeeld", Label: "Dag van de mededeling", Type: "date", Short: true}, site.Field{Name: "kenmerk", Label: "Kenmerk"},
			site.Field{Name: "wet", Label: "Eerder vastgesteld onder", Hint: "Alleen bij een eerdere beoordeling die nog geldt, zoals Wte 1995 of Wfd (artikel 8).", Optional: true},
			site.Field{Name: "jaren", Label: "Jaren buiten de financiële sector sinds die beoordeling", Hint: "Alleen bij een eerdere beoordeling. Nooit weg geweest? Vul 0 in.", Optional: true, Short: true},
			site.Select{Name: "afwezigheid", Label: "Wat vindt de toezichthouder van die jaren?", Hint: "Artikel 8 noemt geen aantal jaren. Vraag het de toezichthouder voordat de functie begint.", Choices: absenceChoices})
		add("wijziging", "Wijziging opgemerkt", "Vastleggen", site.Lead("U hoeft niet naar wijzigingen te zoeken. Merkt u er een op, dan meldt u haar onverwijld en schriftelijk (artikel 9)."),
			site.Field{Name: "opgemerkt", Label: "Opgemerkt op", Type: "date", Short: true}, site.Area{Name: "wat", Label: "Wat is er gewijzigd?", Rows: 3},
			site.Field{Name: "incident", Label: "Nummer van het incident", Optional: true, Short: true})
		open := []site.Choice{{Text: "Kies"}}
		for _, c := range p.Changes {
			if c.Reported.IsZero() {
				what, _, _ := strings.Cut(c.What, "\n")
				open = append(open, site.Choice{Value: c.ID, Text: what})
			}
		}
		if len(open) > 1 {
			add("gemeld", "Wijziging gemeld", "Vastleggen", site.Select{Name: "welke", Label: "Welke wijziging?", Choices: open}, site.Field{Name: "gemeld-op", Label: "Gemeld op", Type: "date", Short: true},
				site.Select{Name: "hoe", Label: "Hoe?", Choices: []site.Choice{{Text: "Kies"}, {Value: "email", Text: "E-mail"}, {Value: "letter", Text: "Brief"}}})
		}
		if len(p.Changes) > 0 {
			all = append(all, changeDays(p))
		}
	} else {
		add("verklaring", "Verklaring omtrent het gedrag gezien", "Vastleggen", site.Lead("Bewaar de verklaring zelf niet, ook niet als document. Kenmerk en dagen zijn genoeg."),
			site.Field{Name: "kenmerk", Label: "Kenmerk"}, site.Field{Name: "afgegeven", Label: "Afgegeven op", Type: "date", Short: true}, site.Field{Name: "gezien", Label: "Gezien op", Type: "date", Short: true})
		add("uitzondering", "Bank of verzekeraar: uitzondering op artikel 6", "Vastleggen", site.Lead("Artikel 6 geldt niet voor banken en verzekeraars met een eigen vergunning of verklaring. De uitzondering eindigt als iemand vertrekt."),
			site.Select{Name: "uitzondering", Label: "Geldt artikel 6 voor deze persoon?", Choices: exemptionChoices, Chosen: p.Provider})
		found := integrity.Transition{}
		there, where, moved := "", "", "nee"
		if t := p.Transition; t != nil {
			found, there = *t, yes(t.There)
			moved, where = yes(t.Moved), "hier"
			if t.With != "" {
				where = "elders"
			}
		}
		add("overgang", "Overgangsrecht: deed deze persoon dit werk al?", "Vastleggen",
			site.Lead("Wie dit werk bij u al deed voordat de wet in werking trad, wordt niet aan artikel 6, tweede lid, gemeten (artikel 81). Dat eindigt zodra iemand het voor een andere dienstverlener doet."),
			site.Field{Name: "inwerkingtreding", Label: "Wet in werking getreden op", Hint: "Staat niet in het besluit; gebruikelijk is 1 januari 2006.", Type: "date", Value: cmp.Or(found.Commencement.String(), "2006-01-01"), Short: true},
			site.Radios{Name: "toen", Legend: "Had deze persoon de dag ervoor al inhoudelijk klantcontact?", Hint: "Onder verantwoordelijkheid van een financiële dienstverlener.", Choices: yesNo, Chosen: there},
			site.Radios{Name: "waar", Legend: "Bij wie?", Choices: []site.Choice{{Value: "hier", Text: "Bij onze onderneming"}, {Value: "elders", Text: "Bij een andere dienstverlener"}}, Chosen: where},
			site.Field{Name: "dienstverlener", Label: "Naam van die andere dienstverlener", Value: found.With, Optional: true},
			site.Radios{Name: "daarna", Legend: "Deed deze persoon dit werk daarna voor een andere dienstverlener?", Choices: yesNo, Chosen: moved})
		add("faillissement", "Eerder failliet?", "Vastleggen", site.Radios{Name: "failliet", Legend: "Is deze persoon eerder failliet verklaard?", Choices: yesNo},
			site.Radios{Name: "hersteld", Legend: "Is er rehabilitatie geweest?", Hint: "Artikel 212 van de Faillissementswet.", Choices: yesNo, Chosen: "nee"})
	}
	if p.Appointed.IsZero() {
		add("functie", "Functie laten beginnen", "Laten beginnen", site.Field{Name: "vanaf", Label: "Vanaf", Type: "date", Short: true})
	} else {
		add("functiedag", "Begin van de functie verbeteren", "Verbeteren", site.Lead("Alleen als de dag verkeerd is vastgelegd. Wat er stond en uw reden blijven bewaard."),
			site.Field{Name: "begon", Label: "Functie werkelijk begonnen op", Hint: "Laat leeg als de functie niet is begonnen.", Type: "date", Optional: true, Short: true}, why("dagreden"))
	}
	add("vertrek", "Persoon vertrekt", "Vastleggen", site.Lead("Een vrijstelling van artikel 81 eindigt hiermee. Wie terugkomt of elders begint, wordt alsnog getoetst."),
		site.Field{Name: "laatste", Label: "Laatste werkdag", Type: "date", Short: true})
	return all
}

// changeDays puts right when a change was noticed or told.
func changeDays(p integrity.Person) site.Step {
	which := []site.Choice{{Text: "Kies"}}
	for _, c := range p.Changes {
		what, _, _ := strings.Cut(c.What, "\n")
		which = append(which, site.Choice{Value: c.ID, Text: what + ", opgemerkt op " + c.Noticed.Dutch()})
	}
	return form(p, "wijzigingsdag", "Dagen van een wijziging verbeteren", "Verbeteren",
		site.Lead("Alleen als een dag verkeerd is vastgelegd. De termijn loopt dan vanaf de goede dag. Wat er stond en uw reden blijven bewaard."),
		site.Select{Name: "wijziging", Label: "Welke wijziging?", Choices: which},
		site.Field{Name: "merkte-op", Label: "Werkelijk opgemerkt op", Hint: "Laat leeg als deze dag klopt.", Type: "date", Optional: true, Short: true},
		site.Field{Name: "meldde", Label: "Werkelijk gemeld op", Hint: "Laat leeg als deze dag klopt, of als de wijziging nog niet is gemeld.", Type: "date", Optional: true, Short: true}, why("wijzigingsreden"))
}

// stepFields lead a fault of the service to the field of each step.
var stepFields = map[string]map[string]string{
	"gegevens": entryFields, "mededeling": {"/day": "meegedeeld", "/word": "kenmerk", "/act": "wet", "/outside": "jaren", "/absence": "afwezigheid"}, "wijziging": {"/noticed": "opgemerkt", "/what": "wat", "/incident": "incident"},
	"gemeld": {"/change": "welke", "/reported": "gemeld-op", "/medium": "hoe"}, "verklaring": {"/reference": "kenmerk", "/issued": "afgegeven", "/seen": "gezien"},
	"uitzondering": {"/provider": "uitzondering"}, "overgang": {"/commencement": "inwerkingtreding", "/there": "toen", "/where": "waar", "/with": "dienstverlener"}, "faillissement": {"/bankrupt": "failliet"}, "functie": {"/appointed": "vanaf"}, "vertrek": {"/left": "laatste"},
	"vertrek-terug": {"/why": "reden"}, "functiedag": {"/appointed": "begon", "/why": "dagreden"}, "wijzigingsdag": {"/change": "wijziging", "/noticed": "merkte-op", "/reported": "meldde", "/why": "wijzigingsreden"},
}

// step does one thing to a person's record and shows it again, with what was wrong.
func (p pages) step(r *http.Request, who staff.Session) (site.Reply, error) {
	step, id := r.PathValue("stap"), casework.ID(r.PathValue("id"))
	fields, known := stepFields[step]
	if !known {
		return nil, fault.New(fault.NotFound, "unknown-case", "")
	}
	saw, err := strconv.ParseInt(r.PostFormValue("versie"), 10, 64)
	if err != nil {
		saw = -1 // no revision: whoever sends none is told that the record changed
	}
	err = p.do(r, who, step, id, saw)
	problems, ok := site.Refused(err, fields)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(onePath(id)), nil
	}
	v, err := p.page(r, who, "")
	if err != nil {
		return nil, err
	}
	v.Problems, v.Frame.Failed = problems, true
	for n, s := range v.Steps {
		if s.Name == step {
			v.Steps[n] = s.Again(func(name string) []string { return r.PostForm[name] }, problems)
		}
	}
	return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
}

// transitionOf is what was sent of article 81: a question without an answer is a fault.
func transitionOf(r *http.Request) (integrity.Transition, error) {
	sent := r.PostFormValue
	t := integrity.Transition{Commencement: caseworkweb.DayOf(r, "inwerkingtreding"), There: sent("toen") == "ja", Moved: sent("daarna") == "ja"}
	var faults []fault.Detail
	say := func(at, text string) {
		faults = append(faults, fault.Detail{Pointer: at, Reason: "missing", Text: text})
	}
	if t.There && sent("waar") == "elders" {
		if t.With = sent("dienstverlener"); strings.TrimSpace(t.With) == "" {
			say("/with", "Vul de naam in van de dienstverlener waar deze persoon toen werkte.")
		}
	}
	switch {
	case sent("toen") != "ja" && sent("toen") != "nee":
		say("/there", "Kies of deze persoon dit werk toen al deed.")
	case t.There && sent("waar") != "hier" && sent("waar") != "elders":
		say("/where", "Kies bij wie deze persoon toen werkte.")
	}
	return t, fault.All("invalid-person", faults)
}

func yes(b bool) string {
	if b {
		return "ja"
	}
	return "nee"
}

func (p pages) do(r *http.Request, who staff.Session, step string, id casework.ID, saw int64) (err error) {
	ctx, by, sent := r.Context(), who.Actor(), r.PostFormValue
	switch step {
	case "gegevens":
		_, err = p.desk.Describe(ctx, by, id, saw, entryOf(r))
	case "mededeling":
		_, err = p.desk.Hear(ctx, by, id, saw, integrity.Word{Day: caseworkweb.DayOf(r, "meegedeeld"), Reference: sent("kenmerk"), Act: sent("wet"), Outside: sent("jaren"), Absence: sent("afwezigheid")})
	case "wijziging":
		_, err = p.desk.Notice(ctx, by, id, saw, integrity.Change{Noticed: caseworkweb.DayOf(r, "opgemerkt"), What: sent("wat"), Incident: sent("incident")})
	case "gemeld":
		_, err = p.desk.Tell(ctx, by, id, saw, sent("welke"), caseworkweb.DayOf(r, "gemeld-op"), sent("hoe"))
	case "verklaring":
		_, err = p.desk.See(ctx, by, id, saw, integrity.Certificate{Reference: sent("kenmerk"), Issued: caseworkweb.DayOf(r, "afgegeven"), Seen: caseworkweb.DayOf(r, "gezien")})
	case "uitzondering":
		_, err = p.desk.Exempt(ctx, by, id, saw, sent("uitzondering"))
	case "overgang":
		var t integrity.Transition
		if t, err = transitionOf(r); err == nil {
			_, err = p.desk.Find(ctx, by, id, saw, t)
		}
	case "faillissement":
		var bankrupt *bool
		if s := sent("failliet"); s == "ja" || s == "nee" {
			bankrupt = new(s == "ja")
		}
		_, err = p.desk.Declare(ctx, by, id, saw, bankrupt, sent("hersteld") == "ja")
	case "functie":
		on, _ := calendar.Parse(sent("vanaf")) // no day is refused as a missing one
		_, err = p.desk.Appoint(ctx, by, id, saw, on)
	case "vertrek":
		_, err = p.desk.Leave(ctx, by, id, saw, caseworkweb.DayOf(r, "laatste"))
	case "vertrek-terug":
		_, err = p.desk.Stay(ctx, by, id, saw, sent("reden"))
	case "functiedag":
		_, err = p.desk.CorrectAppointed(ctx, by, id, saw, caseworkweb.DayOf(r, "begon"), sent("dagreden"))
	case "wijzigingsdag":
		_, err = p.desk.CorrectChange(ctx, by, id, saw, sent("wijziging"), caseworkweb.DayOf(r, "merkte-op"), caseworkweb.DayOf(r, "meldde"), sent("wijzigingsreden"))
	}
	return err
}
