package web

import (
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

func bodyEntry(e dispute.Entry) []any {
	return []any{
		site.Field{Name: "naam", Label: "Naam van de instantie", Value: e.Name},
		site.Field{Name: "website", Label: "Website", Hint: "Bijvoorbeeld https://www.voorbeeld.nl.", Type: "url", Value: e.Site, Optional: true},
		dayField("aangesloten", "Uw onderneming is aangesloten sinds", "Laat leeg als u hier niet bent aangesloten.", e.Joined, true),
		dayField("uitgetreden", "Aangesloten tot en met", "", e.Left, true),
	}
}

func bodyEntryOf(r *http.Request) dispute.Entry {
	s := sent{caseworkweb.Sent{Request: r}}
	return dispute.Entry{Name: s.Get("naam"), Site: s.Get("website"), Joined: s.Day("aangesloten"), Left: s.Day("uitgetreden")}
}

var bodyFields = map[string]string{"/name": "naam", "/site": "website", "/joined": "aangesloten", "/left": "uitgetreden"}

func (p pages) bodyForm(r *http.Request, who staff.Session, key string) site.Record {
	v := site.Record{Frame: p.guard.Frame(r, who, "Instantie inschrijven")}
	v.Frame.Trail = []site.Link{{Text: "Geschilleninstanties", Href: bodiesPath}}
	v.Steps = []site.Step{{Action: bodiesPath + "/nieuw", Button: "Inschrijven", Name: "nieuw", Parts: append([]any{site.KeyField(key)}, bodyEntry(dispute.Entry{})...)}}
	return v
}

func (p pages) newBody(r *http.Request, who staff.Session) (site.Reply, error) {
	return site.Page(http.StatusOK, site.ShowRecord(p.bodyForm(r, who, site.FormKey(r)))), nil
}

func (p pages) register(r *http.Request, who staff.Session) (site.Reply, error) {
	key := site.FormKey(r)
	b, err := p.desk.Under(key, nil).Register(r.Context(), who.Actor(), "", bodyEntryOf(r))
	problems, refused := site.Refused(err, bodyFields)
	made, sent := site.SentBefore(err)
	switch {
	case refused:
		return caseworkweb.Again(p.bodyForm(r, who, key), "nieuw", r, problems), nil
	case sent:
		return caseworkweb.SentBefore(p.bodyForm(r, who, site.NextKey(key)), "nieuw", r, site.Sent{
			What: site.Link{Text: "de instantie die u ermee inschreef", Href: bodyPath(casework.ID(made))},
			Do:   "Gaat het om dezelfde instantie? Wijzig haar gegevens dan op haar eigen pagina.",
		}), nil
	case err != nil:
		return nil, err
	}
	return site.SeeOther(bodyPath(b.ID())), nil
}

// bodySteps are what can be done with a body, as it stands with the minister.
func bodySteps(b dispute.Body, today calendar.Date) []site.Step {
	f := caseworkweb.Form{Path: bodyPath(b.ID()), Revision: b.Case.Revision}
	if b.Unannounced() {
		f.Add("staatscourant", "Besluit staat in de Staatscourant", "Vastleggen", site.Lead("Van een erkenning en van een intrekking doet de minister mededeling in de Staatscourant (artikel 53, zesde lid)."),
			dayField("geplaatst", "In de Staatscourant van", "", calendar.Date{}, false), site.Field{Name: "plaatsnummer", Label: "Nummer van de Staatscourant", Optional: true, Short: true})
	}
	switch b.State() {
	case dispute.Revoked:
		return f.Steps
	case dispute.Asked:
		f.Add("verlenging", "De minister verlengde de termijn", "Vastleggen", site.Lead("Hoogstens twee keer met twee maanden (artikel 53, tweede lid)."), dayField("verlengd", "Meegedeeld op", "", calendar.Date{}, false))
		f.Add("besluit", "Besluit van de minister vastleggen", "Vastleggen", rulingParts()...)
	case dispute.Recognised:
		f.Add("opgave", "Jaarlijkse opgave gezien", "Vastleggen", statementParts(b.NextStatement())...)
		f.Add("voorschrift", "Voorschrift bij de erkenning", "Vastleggen", site.Lead("De minister kan bij de erkenning en later voorschriften geven."), dayField("van", "Van", "", calendar.Date{}, false),
			site.Area{Name: "voorschrift", Label: "Voorschrift", Rows: 3}, yesNo("nagekomen", "Komt de instantie dit na?", "Mag u later invullen.", nil))
		if some := conditionChoices(b); len(some) > 1 {
			f.Add("nakoming", "Nakoming van een voorschrift", "Vastleggen", site.Select{Name: "welk", Label: "Welk voorschrift?", Choices: some}, yesNo("nakomt", "Komt de instantie dit na?", "", nil))
		}
		f.Add("intrekking", "Erkenning ingetrokken", "Vastleggen", site.Lead("Hierna kan bij deze instantie niets meer bij. Er zijn drie gronden; een klacht alleen is er geen (artikel 53, vijfde lid)."),
			dayField("ingetrokken", "Ingetrokken op", "", calendar.Date{}, false), site.Select{Name: "grond", Label: "Grond", Choices: groundChoices},
			dayField("staatscourant", "In de Staatscourant van", "", calendar.Date{}, true), site.Field{Name: "nummer", Label: "Nummer van de Staatscourant", Optional: true, Short: true})
	default:
		f.Add("aanvraag", "Erkenning aangevraagd", "Vastleggen", site.Lead("De minister beslist binnen vier maanden. Die termijn staat dan in uw lijst van vandaag."), dayField("aangevraagd", "Aangevraagd op", "", calendar.Date{}, false))
	}
	f.Add("reglement", "Reglement lezen: onderdelen a tot en met p", "Bewaren", readingParts(b.Reading)...)
	f.Add("orgaan", "Orgaan, uitkomsten, kosten en aansluiting", "Bewaren", organParts(b.Organ)...)
	f.Add("weging", "Kosten en duur beoordelen", "Bewaren", weighingParts(b.Weighing)...)
	f.Add("lid", "Lid van het orgaan", "Bewaren", memberParts(b)...)
	if some := memberChoices(b); len(some) > 1 {
		f.Add("vertrek", "Lid vertrokken", "Vastleggen", site.Select{Name: "wie", Label: "Wie?", Choices: some}, dayField("laatste", "Laatste dag in functie", "", calendar.Date{}, false))
	}
	f.Add("gegevens", "Naam en aansluiting", "Bewaren", bodyEntry(dispute.Entry{Name: b.Name, Site: b.Site, Joined: b.Joined, Left: b.Left})...)
	return f.Steps
}

func rulingParts() []any {
	return []any{
		site.Radios{Name: "besluit", Legend: "Wat is besloten?", Choices: []site.Choice{{Value: "ja", Text: "Erkend"}, {Value: "nee", Text: "Geweigerd"}}},
		dayField("besloten", "Besloten op", "", calendar.Date{}, false),
		site.Select{Name: "minister", Label: "Door wie?", Hint: "Alleen een erkenning door de minister van Financiën telt voor het besluit.", Choices: ministerChoices},
		dayField("staatscourant", "In de Staatscourant van", "Laat leeg zolang het daar niet staat.", calendar.Date{}, true),
		site.Field{Name: "nummer", Label: "Nummer van de Staatscourant", Optional: true, Short: true},
	}
}

func statementParts(year int) []any {
	return []any{
		site.Field{Name: "jaar", Label: "Over welk jaar?", Value: strconv.Itoa(year), Short: true},
		dayField("verstuurd", "Aan de minister gestuurd op", "Uiterlijk op 30 juni van het jaar erna.", calendar.Date{}, false),
		site.Checks{Name: "staat-erin", Legend: "Wat staat erin?", Choices: []site.Choice{{Value: "aangesloten", Text: "Wie dat jaar waren aangesloten"}, {Value: "aard", Text: "Waar de geschillen over gingen"}, {Value: "uitkomst", Text: "Hoe de geschillen afliepen"}, {Value: "jaarverslag", Text: "Het is een openbaar jaarverslag"}}},
		site.Field{Name: "ingediend", Label: "Aantal ingediende geschillen", Optional: true, Short: true},
		site.Field{Name: "behandeld", Label: "Aantal behandelde geschillen", Optional: true, Short: true},
		site.Field{Name: "vindplaats", Label: "Waar zag u dit?"},
	}
}

func readingParts(r *dispute.Reading) []any {
	if r == nil {
		r = &dispute.Reading{}
	}
	parts := []any{
		site.Lead("Kies per onderdeel of het reglement het regelt, en zeg waar. Wraking en beroep hoeven niet mogelijk te zijn; alleen dan moet het reglement erover gaan."),
		dayField("gelezen", "Gelezen op", "", r.Day, false),
		site.Field{Name: "reglement", Label: "Welk reglement?", Hint: "Bijvoorbeeld: reglement van 1 januari 2026.", Value: r.Version},
	}
	for _, letter := range strings.Split(dispute.Letters, "") {
		choices := []site.Choice{{Text: "Kies"}, {Value: dispute.Found, Text: "Ja"}, {Value: dispute.Lacking, Text: "Nee"}}
		if letter == "c" || letter == "p" {
			choices = append(choices, site.Choice{Value: dispute.NotOffered, Text: "Niet mogelijk bij deze instantie"})
		}
		t := r.Topics[letter]
		parts = append(parts, site.Select{Name: "onderdeel-" + letter, Label: letter + ". " + topics[letter], Choices: choices, Chosen: t.Held},
			site.Field{Name: "waar-" + letter, Label: "Waar staat onderdeel " + letter + "?", Value: t.Where, Optional: true})
	}
	return parts
}

func organParts(o *dispute.Organ) []any {
	if o == nil {
		o = &dispute.Organ{}
	}
	number := func(name, label, hint, now string) site.Field {
		return site.Field{Name: name, Label: label, Hint: hint, Value: strings.ReplaceAll(now, ".", ","), Optional: true, Short: true}
	}
	return []any{
		dayField("bekeken", "Bekeken op", "", o.Day, false),
		yesNo("onafhankelijk", "Is het orgaan onafhankelijk?", "Van elk lid legt u hieronder apart vast wat het eerder deed en daarnaast doet.", o.Independent),
		yesNo("deskundig", "Is het orgaan deskundig?", "", o.Expert),
		yesNo("meester", "Is de voorzitter meester in de rechten?", "", o.Lawyer),
		yesNo("schriftelijk", "Ligt schriftelijk vast hoe leden worden benoemd?", "", o.Written),
		site.Checks{Name: "uitkomsten", Legend: "Hoe kan een geschil eindigen?", Choices: outcomesOfBody, Chosen: o.Outcomes},
		yesNo("instemming", "Is een bindend advies er alleen als partijen vooraf instemmen?", "Alleen als een bindend advies kan.", o.Consent),
		yesNo("naleving", "Handelt de instantie naar haar reglement?", "Artikel 55, eerste lid.", o.Keeps),
		yesNo("gehoord", "Kunnen partijen ook in een verkorte procedure hun standpunt geven?", "Alleen als een verkorte procedure of een voorlopig oordeel kan.", o.Hears),
		yesNo("beschikbaar", "Houdt de instantie haar reglement beschikbaar voor wie het vraagt?", "Artikel 55, tweede lid.", o.Available),
		number("reglementkosten", "Kosten van het reglement", "In euro's. Het moet kosteloos zijn.", o.RulesFee),
		number("kosten", "Kosten om een geschil aanhangig te maken", "In euro's.", o.FilingFee),
		number("vordering", "Bij een vordering van", "In euro's.", o.Claim),
		number("maanden", "Hoeveel maanden duurt een geschil?", "", o.Months),
		yesNo("anders", "Stelt de instantie aan aansluiting voorwaarden die niet over geschillen gaan?", "", o.Other),
		yesNo("code", "Telt een gedragscode mee in de uitspraak?", "", o.Code),
		yesNo("ondertekend", "Heeft uw onderneming die gedragscode ondertekend?", "Alleen als een gedragscode meetelt.", o.Signed),
		site.Area{Name: "bewijs", Label: "Waar blijkt dit uit?", Value: o.Evidence, Rows: 3},
	}
}

func weighingParts(w *dispute.Weighing) []any {
	if w == nil {
		w = &dispute.Weighing{}
	}
	return []any{
		site.Lead("Het besluit noemt geen bedrag en geen aantal maanden. Daarom beoordeelt iemand dit, met een reden."),
		yesNo("kostengoed", "Laten de kosten de toegang open?", "Artikel 56.", w.FeeFine), yesNo("duurgoed", "Eindigt de behandeling binnen een redelijke termijn?", "Artikel 57.", w.TermFine),
		site.Area{Name: "waarom", Label: "Waarom?", Value: w.Why, Rows: 3},
	}
}

func memberParts(b dispute.Body) []any {
	which := memberChoices(b)
	which[0].Text = "Een nieuw lid"
	return []any{
		site.Lead("Een lid moet onafhankelijk blijven zolang het in functie is. Krijgt een lid een andere nevenfunctie, kies het dan hier en schrijf alles opnieuw op."),
		site.Select{Name: "welk-lid", Label: "Over welk lid gaat het?", Choices: which},
		site.Field{Name: "lid", Label: "Naam van het lid"},
		site.Radios{Name: "rol", Legend: "Rol", Choices: []site.Choice{{Value: "lid", Text: "Lid"}, {Value: "voorzitter", Text: "Voorzitter"}}, Chosen: "lid"},
		dayField("functie", "Functie aanvaard op", "", calendar.Date{}, false),
		dayField("sector", "Laatste werkdag bij een financiële dienstverlener of beroepsorganisatie", "Laat leeg als het lid daar nooit werkte.", calendar.Date{}, true),
		yesNo("beroepsorganisatie", "Was dat bij een beroepsorganisatie?", "Dan telt het jaar altijd, over welke onderneming een geschil ook gaat.", nil),
		site.Select{Name: "daarnaast", Label: "Wat doet het lid daarnaast?", Choices: functionChoices},
		yesNo("betrokken", "Kunnen bij deze instantie geschillen komen over die dienstverlener?", "Zonder antwoord gaan wij ervan uit van wel.", nil),
		site.Field{Name: "lidbewijs", Label: "Waar blijkt dit uit?", Hint: "Bijvoorbeeld: opgave van nevenfuncties."},
	}
}

func memberChoices(b dispute.Body) []site.Choice {
	all := []site.Choice{{Text: "Kies"}}
	for _, m := range b.Members {
		if m.Ended.IsZero() {
			all = append(all, site.Choice{Value: m.ID, Text: m.Name})
		}
	}
	return all
}

func conditionChoices(b dispute.Body) []site.Choice {
	all := []site.Choice{{Text: "Kies"}}
	for _, c := range b.Conditions {
		what, _, _ := strings.Cut(c.Text, "\n")
		all = append(all, site.Choice{Value: c.ID, Text: what})
	}
	return all
}
