package web

import (
	"net/http"

	"zorgplicht/inspection"
	"zorgplicht/internal/site"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

var newFields = map[string]string{
	"/authority": "toezichthouder", "/reference": "kenmerk", "/purpose": "doel", "/kinds": "soort", "/from": "van", "/through": "tot", "/files": "dossiers",
	"/until": "laatste", "/guest": "gast", "/name": "naam", "/email": "email",
}

func (p pages) newForm(r *http.Request, who staff.Session, key string) (v site.Record, err error) {
	guests, err := p.desk.Guests.Guests(r.Context(), who.Account.Firm)
	if err != nil {
		return v, err
	}
	known := []site.Choice{{Text: "Iemand uitnodigen"}}
	for _, g := range guests {
		known = append(known, site.Choice{Value: g.ID, Text: g.Name})
	}
	var kinds, apart []site.Choice
	for _, a := range p.desk.Kinds() {
		c := site.Choice{Value: string(a.Kind), Text: text.Capital(a.Plural)}
		if a.Norm != "" {
			c.Hint = a.Norm.Dutch()
		}
		if a.Apart {
			apart = append(apart, c)
		} else {
			kinds = append(kinds, c)
		}
	}
	v = site.Record{Frame: p.guard.Frame(r, who, "Inzage openen")}
	v.Frame.Trail = []site.Link{{Text: "Inzage", Href: listPath}}
	v.Frame.Lead = "De gast leest alleen wat u hier opent, tot en met de laatste dag. U kunt de inzage eerder beëindigen."
	v.Steps = []site.Step{{Action: newPath, Button: "Inzage openen", Parts: []any{
		site.KeyField(key),
		site.Field{Name: "toezichthouder", Label: "Welke toezichthouder vraagt erom?", Hint: "Bijvoorbeeld: Autoriteit Financiële Markten."},
		site.Field{Name: "kenmerk", Label: "Kenmerk van het verzoek", Optional: true},
		site.Area{Name: "doel", Label: "Waarvoor is de inzage?", Hint: "Waar het onderzoek over gaat. De gast leest dit ook.", Rows: 3},
		site.Checks{Name: "soort", Legend: "Welke dossiers in de periode?", Choices: kinds},
		site.Checks{Name: "afgeschermd", Legend: "Afgeschermd", Hint: "Kruis dit alleen aan als de inzage hierover gaat. Dat u het opende, wordt vastgelegd.", Choices: apart},
		site.Field{Name: "van", Label: "Eerste dag van de periode", Type: "date", Optional: true, Short: true},
		site.Field{Name: "tot", Label: "Laatste dag van de periode", Type: "date", Optional: true, Short: true},
		site.Area{Name: "dossiers", Label: "Of noem dossiers bij hun nummer", Hint: "Eén nummer per regel, zoals K-2026-0001. Deze komen bij wat u hierboven koos.", Rows: 3, Optional: true},
		site.Field{Name: "laatste", Label: "Laatste dag van de inzage", Type: "date", Short: true},
		site.Select{Name: "gast", Label: "Wie is de gast?", Choices: known},
		site.Field{Name: "naam", Label: "Naam van wie u uitnodigt", Hint: "Alleen als u iemand uitnodigt.", Optional: true},
		site.Field{Name: "email", Label: "E-mailadres van wie u uitnodigt", Hint: "Hiermee meldt de gast zich aan. Het account eindigt met de inzage.", Type: "email", Optional: true},
	}}}
	return v, nil
}

func (p pages) showNew(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.newForm(r, who, site.FormKey(r))
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

func (p pages) open(r *http.Request, who staff.Session) (site.Reply, error) {
	of := r.PostFormValue
	in := inspection.Opening{
		Authority: of("toezichthouder"), Reference: of("kenmerk"), Purpose: of("doel"), Kinds: chosen(r.PostForm["soort"]), Apart: chosen(r.PostForm["afgeschermd"]),
		From: of("van"), Through: of("tot"), Files: of("dossiers"), Until: of("laatste"), Guest: of("gast"), Name: of("naam"), Email: of("email"), Key: site.FormKey(r),
	}
	made, err := p.desk.Open(r.Context(), who.Actor(), in)
	problems, refused := site.Refused(err, newFields)
	before, sent := site.SentBefore(err)
	switch {
	case sent:
		v, err := p.newForm(r, who, site.NextKey(in.Key))
		if err != nil {
			return nil, err
		}
		v.Frame.Before = &site.Sent{
			What: site.Link{Text: "de inzage die u ermee opende", Href: onePath(string(before))},
			Do:   "Klopt die inzage niet? Wat open staat, wijzigt niet meer: beëindig haar op haar pagina en open hieronder een nieuwe.",
		}
		v.Steps[0] = v.Steps[0].Again(func(name string) []string { return r.PostForm[name] }, nil)
		return site.Page(http.StatusConflict, site.ShowRecord(v)), nil
	case refused:
		v, err := p.newForm(r, who, in.Key)
		if err != nil {
			return nil, err
		}
		v.Problems, v.Frame.Failed = problems, true
		v.Steps[0] = v.Steps[0].Again(func(name string) []string { return r.PostForm[name] }, problems)
		return site.Page(http.StatusBadRequest, site.ShowRecord(v)), nil
	case err != nil:
		return nil, err
	case made.Password == "":
		return site.SeeOther(onePath(made.ID)), nil
	}
	return site.Page(http.StatusOK, site.ShowRecord(p.invited(r, who, made))), nil
}

// invited shows the password of a new guest: in the answer to the post itself, never in
// an address, and never again.
func (p pages) invited(r *http.Request, who staff.Session, made inspection.Invited) site.Record {
	v := site.Record{Frame: p.guard.Frame(r, who, "De inzage is geopend")}
	v.Frame.Trail = []site.Link{{Text: "Inzage", Href: listPath}, {Text: made.Number, Href: onePath(made.ID)}}
	v.Notes = []site.Note{{
		Tone: site.Good, Heading: "Geef dit wachtwoord aan de gast", Way: site.Link{Text: "Naar de inzage", Href: onePath(made.ID)},
		Lines: []string{"Wij tonen het één keer. De gast kiest bij het aanmelden een eigen wachtwoord.", "Geef het niet in dezelfde mail als het adres van deze omgeving."},
	}}
	v.Terms = []site.Term{{Name: "Gast", Text: made.Guest.Name}, {Name: "Wachtwoord", Body: site.Code(made.Password)}, {Name: "Laatste dag", Text: made.Until.DutchDay()}}
	return v
}

func chosen(values []string) (kinds []inspection.Kind) {
	for _, v := range values {
		kinds = append(kinds, inspection.Kind(v))
	}
	return kinds
}
