package web

import (
	"net/http"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

var newFields = map[string]string{
	"/noticed": "opgemerkt", "/title": "titel", "/happened": "gebeurd", "/facts": "feiten", "/function": "functie", "/perpetrator": "dader", "/concerns": "betreft", "/harm": "schade",
}

// about are the fields of what is known of an incident.
func about(d incident.Description, colleagues []site.Choice) []any {
	return []any{
		site.Field{Name: "titel", Label: "Waar gaat het over?", Hint: "In een paar woorden en zonder namen. Zo staat het in lijsten.", Value: d.Title},
		site.Field{Name: "gebeurd", Label: "Gebeurd op", Hint: "Of de dag waarop het begon.", Type: "date", Value: d.Happened.String(), Optional: true, Short: true},
		site.Area{Name: "feiten", Label: "Wat is er gebeurd?", Hint: "Feiten en omstandigheden, en hoe het is opgemerkt. Schrijf alleen op wat u weet. Namen hoeven niet.", Value: d.Facts, Rows: 6},
		site.Field{Name: "functie", Label: "Functie van wie het deed", Hint: "De functie is genoeg; een naam vraagt artikel 11 niet.", Value: d.Function, Optional: true},
		site.Select{Name: "dader", Label: "Wie is dat voor uw onderneming?", Choices: whoChoices, Chosen: string(d.Perpetrator)},
		site.Select{Name: "betreft", Label: "Gaat het over een collega met een account?", Hint: "Die collega ziet dit incident dan nooit.", Choices: append([]site.Choice{{Text: "Nee, of niet bekend"}}, colleagues...), Chosen: d.Concerns},
		site.Select{Name: "schade", Label: "Schade voor klanten", Choices: harmChoices(), Chosen: string('0' + rune(d.Harm))},
	}
}

// description reads the fields of about.
func description(r *http.Request) incident.Description {
	return incident.Description{
		Title: r.PostFormValue("titel"), Facts: r.PostFormValue("feiten"), Function: r.PostFormValue("functie"),
		Perpetrator: incident.Perpetrator(r.PostFormValue("dader")), Concerns: r.PostFormValue("betreft"), Harm: harm(r.PostFormValue("schade")), Happened: caseworkweb.DayOf(r, "gebeurd"),
	}
}

func harm(s string) casework.Harm {
	if len(s) == 1 && s[0] >= '0' && int(s[0]-'0') < len(casework.Harms) {
		return casework.Harm(s[0] - '0')
	}
	return casework.NoHarm
}

func (p pages) newForm(r *http.Request, who staff.Session, key string) (site.Record, error) {
	_, colleagues, err := p.names(r, who.Account.Firm)
	v := site.Record{Frame: p.guard.Frame(r, who, "Incident opschrijven")}
	v.Frame.Trail = []site.Link{{Text: "Incidenten", Href: listPath}}
	v.Frame.Lead = "Hebt u iets gezien of gehoord dat niet integer is? Schrijf het op, ook als u twijfelt. Compliance beoordeelt het. Daarna ziet u het niet meer, tenzij u erbij wordt betrokken."
	parts := append([]any{
		site.KeyField(key),
		site.Field{Name: "opgemerkt", Label: "Opgemerkt op", Hint: "Vanaf deze dag lopen de termijnen.", Type: "date", Value: p.Casework.Today().String(), Short: true},
	}, about(incident.Description{}, colleagues)...)
	v.Steps = []site.Step{{Name: "nieuw", Action: newPath, Button: "Incident bewaren", Parts: parts}}
	return v, err
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newForm(r, who, site.FormKey(r))
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) report(r *http.Request, who staff.Session) (site.Reply, error) {
	in := incident.Report{Key: site.FormKey(r), Noticed: caseworkweb.DayOf(r, "opgemerkt"), Description: description(r)}
	i, err := p.desk.Report(r.Context(), hand(who), in)
	problems, refused := site.Refused(err, newFields)
	made, sent := site.SentBefore(err)
	switch {
	case refused:
		v, err := p.newForm(r, who, in.Key)
		if err != nil {
			return nil, err
		}
		return caseworkweb.Again(v, "nieuw", r, problems), nil
	case sent:
		v, err := p.newForm(r, who, site.NextKey(in.Key))
		if err != nil {
			return nil, err
		}
		before := site.Sent{What: site.Link{Text: "Het incident dat u ermee opschreef, ligt bij compliance."}, Do: "Hoort het bij dat incident? Vraag compliance om het aan te vullen."}
		if hand(who).All {
			before = site.Sent{What: site.Link{Text: "het incident dat u ermee opschreef", Href: onePath(casework.ID(made))}, Do: "Hoort het bij dat incident? Vul het dan aan op de pagina van het incident."}
		}
		return caseworkweb.SentBefore(v, "nieuw", r, before), nil
	case err != nil:
		return nil, err
	case hand(who).All:
		return site.SeeOther(onePath(i.ID())), nil
	}
	return site.SeeOther(keptPath), nil
}

// kept tells who reported something what happens now; the incident itself is no longer
// theirs to see.
func (p pages) kept(r *http.Request, who staff.Session) (site.Reply, error) {
	v := site.Record{Frame: p.guard.Frame(r, who, "Het incident is opgeschreven")}
	v.Frame.Trail = []site.Link{{Text: "Incidenten", Href: listPath}}
	v.Notes = []site.Note{{Tone: site.Good, Heading: "Wat gebeurt er nu?", Lines: []string{
		"Compliance beoordeelt het incident en neemt zo nodig maatregelen.",
		"Alleen compliance en wie daarbij wordt betrokken kunnen het lezen. Elke keer dat iemand het opent, wordt vastgelegd.",
		"Weet u later meer? Schrijf dat op als een nieuw incident, of vraag compliance om het aan te vullen.",
	}, Way: site.Link{Text: "Naar de incidenten die u mag zien", Href: listPath}}}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}
