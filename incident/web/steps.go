package web

import (
	"cmp"
	"io"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/pdf"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// steps are what can be done with an incident now.
func (v view) steps() []site.Step {
	if !v.Case.Open() {
		return []site.Step{v.form("heropenen", "Incident heropenen", "Heropenen", site.Area{Name: "reden", Label: "Waarom?", Rows: 3})}
	}
	i := v.Incident
	steps := []site.Step{
		v.form("beschrijving", "Wat is er gebeurd?", "Bewaren", about(incident.Description{
			Title: i.Case.Title, Happened: i.Happened, Facts: i.Facts, Function: i.Function, Perpetrator: i.Perpetrator, Concerns: i.Concerns, Harm: i.Case.Harm,
		}, v.others)...),
		v.form("opgemerkt", "Dag van opmerken verbeteren", "Verbeteren",
			site.Lead("Alleen als de dag verkeerd is opgeschreven. De termijnen lopen dan vanaf de goede dag. De oude dag en uw reden blijven bewaard."),
			site.Field{Name: "opgemerkt", Label: "Werkelijk opgemerkt op", Type: "date", Value: i.Case.Received.String(), Short: true},
			site.Area{Name: "waarom", Label: "Waarom klopte de dag niet?", Rows: 3}),
		v.form("inzage", "Wie mag dit zien?", "Bewaren", site.Checks{Name: "kring", Legend: "Naast compliance", Hint: "Alleen wie dit nodig heeft voor de behandeling. Elke keer dat iemand het incident opent, wordt vastgelegd.", Choices: v.others, Chosen: i.Circle}),
		v.judging(),
		v.form("maatregel", "Maatregel vastleggen", "Vastleggen",
			site.Select{Name: "soort", Label: "Waar gaat de maatregel over?", Choices: kindChoices},
			site.Area{Name: "maatregel", Label: "Wat gebeurt er?", Hint: "Is er geen maatregel nodig? Schrijf dan op waarom niet.", Rows: 3},
			site.Field{Name: "uiterlijk", Label: "Uitgevoerd uiterlijk op", Type: "date", Optional: true, Short: true}),
	}
	if todo := v.measures(func(m incident.Measure) bool { return m.Kind != incident.NoMeasure && m.Done.IsZero() }); len(todo) > 1 {
		steps = append(steps, v.form("uitgevoerd", "Maatregel uitgevoerd", "Vastleggen",
			site.Select{Name: "gedaan", Label: "Welke maatregel?", Choices: todo}, site.Field{Name: "gedaan-op", Label: "Uitgevoerd op", Type: "date", Short: true}))
	}
	if done := v.measures(func(m incident.Measure) bool { return !m.Done.IsZero() && m.Checked.IsZero() }); len(done) > 1 {
		steps = append(steps, v.form("controle", "Werkt de maatregel?", "Vastleggen",
			site.Select{Name: "bekeken", Label: "Welke maatregel?", Choices: done}, site.Select{Name: "werking", Label: "Werkt zij?", Choices: effectChoices},
			site.Area{Name: "bevinding", Label: "Waaruit blijkt dat?", Rows: 3}))
	}
	if i.Judged != nil {
		steps = append(steps, v.telling())
	}
	return append(steps, v.form("afronden", "Incident afronden", "Afronden", site.Lead("Het incident gaat dicht als alles is vastgelegd. De gegevens blijven ten minste vijf jaar bewaard.")))
}

func (v view) form(name, heading, button string, parts ...any) site.Step {
	return site.Step{
		Name: name, Action: onePath(v.ID()) + "/" + name, Heading: heading, Button: button,
		Parts: append([]any{site.Hidden{Name: "versie", Value: strconv.FormatInt(v.Case.Revision, 10)}}, parts...),
	}
}

func (v view) measures(which func(incident.Measure) bool) []site.Choice {
	choices := []site.Choice{{Text: "Kies"}}
	for _, m := range v.Measures {
		if which(m) {
			what, _, _ := strings.Cut(m.What, "\n")
			choices = append(choices, site.Choice{Value: m.ID, Text: what})
		}
	}
	return choices
}

func (v view) judging() site.Step {
	yes := func(b bool) string { return map[bool]string{true: "ja", false: "nee"}[b] }
	var danger, grave, police, continuity, why string
	risk := "nee"
	if j := v.Judged; j != nil {
		danger, grave, risk, police, continuity, why = yes(j.Danger), yes(j.Grave), yes(j.RiskFunction), j.Police, j.Continuity, j.Why
	}
	return v.form("beoordeling", "Moet het worden gemeld?", "Beoordelen",
		site.Radios{Name: "gevaar", Legend: "Is het een ernstig gevaar voor een integere bedrijfsvoering?", Choices: yesNo, Chosen: danger},
		site.Radios{Name: "risico", Legend: "Heeft de functie een wezenlijk risico voor de integriteit?", Hint: "Alleen van belang bij ‘een andere medewerker’. Denk aan beheer van geld of toegang tot gevoelige informatie.", Choices: yesNo, Chosen: risk},
		site.Select{Name: "aangifte", Label: "Is er aangifte gedaan?", Choices: policeChoices, Chosen: police},
		site.Select{Name: "voortbestaan", Label: "Bedreigt het het voortbestaan van uw onderneming?", Choices: continuityChoices, Chosen: continuity},
		site.Radios{Name: "ernst", Legend: "Behoort de toezichthouder het te weten door de ernst, de omvang of andere omstandigheden?", Choices: yesNo, Chosen: grave},
		site.Area{Name: "toelichting", Label: "Waarom beoordeelt u het zo?", Hint: "Ook als er niet wordt gemeld. Later moet te volgen zijn waarom.", Value: why, Rows: 4},
	)
}

func (v view) telling() site.Step {
	d := v.Draft()
	if l, sent := v.LastNotice(); sent {
		d.Day, d.Way = calendar.Of(l.Sent), l.Way
	}
	if v.Told != nil {
		d = *v.Told
	}
	proofs := []site.Choice{{Text: "Kies een document"}}
	for _, f := range v.Under.Documents {
		proofs = append(proofs, site.Choice{Value: f.ID, Text: f.Name})
	}
	return v.form("melding", "Melding aan de toezichthouder vastleggen", "Melding vastleggen",
		site.Lead("Schrijf de melding onder ‘Brief schrijven’ en verstuur haar zelf. Voeg het bewijs van verzending toe onder ‘Documenten’, en leg hier vast wat u meldde. Wij bewaren de hash van dat document in het journaal."),
		site.Field{Name: "verstuurd", Label: "Verstuurd op", Type: "date", Value: d.Day.String(), Short: true},
		site.Select{Name: "meldwijze", Label: "Hoe?", Choices: wayChoices, Chosen: string(d.Way)},
		site.Area{Name: "meldfeiten", Label: "Feiten en omstandigheden, zoals gemeld", Value: d.Facts, Rows: 6},
		site.Field{Name: "meldfunctie", Label: "Functie, zoals gemeld", Value: d.Function},
		site.Select{Name: "bewijs", Label: "Bewijs van verzending", Choices: proofs, Chosen: d.Document},
	)
}

// stepFields lead a fault of the service to the field of each step.
var stepFields = map[string]map[string]string{
	"beschrijving": newFields,
	"opgemerkt":    {"/received": "opgemerkt", "/happened": "opgemerkt", "/why": "waarom"},
	"inzage":       {"/accounts": "kring"},
	"beoordeling":  {"/perpetrator": "dader", "/danger": "gevaar", "/police": "aangifte", "/continuity": "voortbestaan", "/grave": "ernst", "/why": "toelichting"},
	"maatregel":    {"/kind": "soort", "/what": "maatregel", "/due": "uiterlijk"},
	"uitgevoerd":   {"/measure": "gedaan", "/done": "gedaan-op"},
	"controle":     {"/measure": "bekeken", "/effect": "werking", "/found": "bevinding"},
	"melding":      {"/day": "verstuurd", "/way": "meldwijze", "/facts": "meldfeiten", "/function": "meldfunctie", "/document": "bewijs"},
	"afronden":     {},
	"heropenen":    {"/why": "reden"},
}

// step does one thing to an incident and shows it again, with what was wrong.
func (p pages) step(r *http.Request, who staff.Session) (site.Reply, error) {
	step, id := r.PathValue("stap"), casework.ID(r.PathValue("id"))
	fields, known := stepFields[step]
	if !known {
		return nil, unknownStep()
	}
	if !works(who) {
		return nil, fault.New(fault.Denied, "not-allowed", string(staff.HandleIncidents))
	}
	saw, err := strconv.ParseInt(r.PostFormValue("versie"), 10, 64)
	if err != nil {
		saw = -1 // no revision: whoever sends none is told that the incident changed
	}
	err = p.do(r, hand(who), step, id, saw)
	problems, ok := site.Refused(err, fields)
	if !ok {
		if err != nil {
			return nil, err
		}
		return site.SeeOther(onePath(id)), nil
	}
	v, err := p.open(r, who, "")
	if err != nil {
		return nil, err
	}
	out := p.record(r, who, v)
	out.Problems, out.Frame.Failed = problems, true
	for n, s := range out.Steps {
		if s.Name == step {
			out.Steps[n] = s.Again(func(name string) []string { return r.PostForm[name] }, problems)
		}
	}
	return site.Page(http.StatusBadRequest, site.ShowRecord(out)), nil
}

func (p pages) do(r *http.Request, by incident.Hand, step string, id casework.ID, saw int64) (err error) {
	ctx, sent := r.Context(), r.PostFormValue
	switch step {
	case "beschrijving":
		_, err = p.desk.Describe(ctx, by, id, saw, description(r))
	case "opgemerkt":
		_, err = p.desk.CorrectNoticed(ctx, by, id, saw, caseworkweb.DayOf(r, "opgemerkt"), sent("waarom"))
	case "inzage":
		_, err = p.desk.Circle(ctx, by, id, saw, r.PostForm["kring"])
	case "beoordeling":
		_, err = p.desk.Judge(ctx, by, id, saw, incident.Assessment{
			Danger: answer(sent("gevaar")), RiskFunction: sent("risico") == "ja", Police: sent("aangifte"), Continuity: sent("voortbestaan"), Grave: answer(sent("ernst")), Why: sent("toelichting"),
		})
	case "maatregel":
		due, _ := calendar.Parse(sent("uiterlijk")) // no day is refused as a missing one
		_, err = p.desk.Decide(ctx, by, id, saw, incident.Plan{Kind: incident.MeasureKind(sent("soort")), What: sent("maatregel"), Due: due})
	case "uitgevoerd":
		_, err = p.desk.Done(ctx, by, id, saw, sent("gedaan"), caseworkweb.DayOf(r, "gedaan-op"))
	case "controle":
		_, err = p.desk.Check(ctx, by, id, saw, sent("bekeken"), incident.Finding{Effect: incident.Effect(sent("werking")), Found: sent("bevinding")})
	case "melding":
		_, err = p.desk.Tell(ctx, by, id, saw, incident.Telling{
			Day: caseworkweb.DayOf(r, "verstuurd"), Way: casework.Way(sent("meldwijze")), Facts: sent("meldfeiten"), Function: sent("meldfunctie"), Document: sent("bewijs"),
		})
	case "afronden":
		_, err = p.desk.Conclude(ctx, by, id, saw)
	case "heropenen":
		_, err = p.desk.Reopen(ctx, by, id, saw, sent("reden"))
	}
	return err
}

func answer(s string) *bool {
	switch s {
	case "ja":
		return new(true)
	case "nee":
		return new(false)
	}
	return nil
}

// notice is the notice to the supervisor as a document: as it was sent, else as it can
// be sent now.
func (p pages) notice(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.open(r, who, "notice")
	if err != nil {
		return nil, err
	}
	d, made := v.Draft(), p.Now()
	if v.Told != nil {
		d, made = *v.Told, v.Told.At
	}
	doc := pdf.Document{
		Title: "Melding van een incident", Subject: "Artikel 12 van het Besluit financiële dienstverlening", Author: printable(who.FirmName), Made: made, Footer: v.Case.Number,
		Blocks: []pdf.Block{
			pdf.Heading{Level: 2, Text: "Feiten en omstandigheden"},
			paragraph(cmp.Or(d.Facts, "Nog niet vastgelegd.")),
			pdf.Heading{Level: 2, Text: "Functie van wie het incident veroorzaakte"},
			paragraph(cmp.Or(d.Function, "Nog niet vastgelegd.")),
		},
	}
	return site.Download(v.Case.Number+"-melding.pdf", "application/pdf", func(w io.Writer) error { return doc.Write(w) }), nil
}

func paragraph(s string) pdf.Block { return pdf.Paragraph{Text: pdf.Plain(printable(s))} }

// printable is text of which every character is in the fonts.
func printable(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, r := range pdf.Missing(s) {
		s = strings.ReplaceAll(s, string(r), "?")
	}
	return s
}
