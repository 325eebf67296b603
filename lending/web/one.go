package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/credit"
	"zorgplicht/criteria"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

type onePage struct {
	frame    site.Work
	file     lending.File
	today    calendar.Date
	works    bool
	judged   *lending.Judgement // the one that is shown; nil where there is none
	newer    bool               // other criteria hold today than judged by
	fields   []criteria.FieldText
	under    caseworkweb.Under
	names    map[string]string
	problems []site.Problem
	open     string // the form that came back with problems
	sent     func(string) string
}

func (v onePage) problem(field string) string { return problemOf(v.problems, field) }

// value is what a field of a form shows: what was sent, else what it begins with.
func (v onePage) value(field, begin string) string {
	if v.open != "" && strings.HasPrefix(field, v.open+"-") {
		return v.sent(field)
	}
	return begin
}

func (p pages) page(r *http.Request, who staff.Session) (v onePage, err error) {
	firm := who.Account.Firm
	if v.file, err = p.desk.File(r.Context(), firm, casework.ID(r.PathValue("id"))); err != nil {
		return v, err
	}
	v.today, v.works = p.Today(), who.May(staff.HandleApplications)
	v.frame = p.guard.Frame(r, who, v.file.Case.Number+" "+v.file.Applicant.Name)
	v.frame.Lead, v.frame.Trail, v.frame.Wide = v.file.Case.Title, []site.Link{{Text: "Kredietaanvragen", Href: listPath}}, true
	v.pick(r.URL.Query().Get("oordeel"))
	set, _, err := p.desk.Criteria(r.Context(), firm, v.file.Set, v.today)
	if err != nil {
		return v, err
	}
	v.fields = lending.Catalogue
	if set != nil {
		v.fields = slices.Concat(set.Program.Set().Fields, v.fields)
		v.newer = v.file.Judged != nil && v.file.Judged.Hash != set.Release.Hash
	}
	if v.names, err = p.names(r, firm); err != nil {
		return v, err
	}
	facts, err := p.Facts(r.Context(), firm, string(v.file.ID()))
	v.under = caseworkweb.Under{File: v.file.Under, Works: v.works, Names: v.names, Today: v.today, More: v.events(facts)}
	return v, err
}

// pick chooses the judgement that is shown: the one that is asked for, else the last.
func (v *onePage) pick(nr string) {
	if len(v.file.Judgements) == 0 {
		return
	}
	v.judged = &v.file.Judgements[0]
	for i, j := range v.file.Judgements {
		if strconv.FormatInt(j.Nr, 10) == nr {
			v.judged = &v.file.Judgements[i]
		}
	}
	v.judged.Body = v.judged.Body.Said()
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showOne(v)), nil
}

var eventTitles = map[string]string{
	lending.KindReceived: "Aanvraag opgenomen", lending.KindChanged: "Gegevens gewijzigd", lending.KindJudged: "Beoordeeld volgens de criteria",
	lending.KindConsulted: "Kredietregister geraadpleegd", lending.KindAccepted: "Aanvaard", lending.KindDeclined: "Geweigerd", lending.KindWithdrawn: "Ingetrokken",
	lending.KindConcluded: "Overeenkomst gesloten", lending.KindValued: "Effecten gewaardeerd", lending.KindSettled: "Volledig afgewikkeld", lending.KindTransferred: "Portefeuille overgedragen",
	casework.KindAssigned: "Toegewezen", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
	casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen",
}

func (v onePage) events(facts []journal.Recorded) (events []site.Event) {
	for _, f := range facts {
		if t := eventTitles[f.Kind]; t != "" {
			events = append(events, site.Event{Title: t, At: calendar.DutchTime(f.Valid), ISO: f.Valid.UTC().Format(time.RFC3339Nano), Tone: site.Neutral})
		}
	}
	slices.Reverse(events) // the last first, also of one moment
	return events
}

// fieldOf is what is known of a field by its name, in whichever language.
func (v onePage) fieldOf(name string) criteria.FieldText {
	i := slices.IndexFunc(v.fields, func(f criteria.FieldText) bool { return f.Name == name || f.English == name && name != "" })
	if i < 0 {
		return criteria.FieldText{Name: name}
	}
	return v.fields[i]
}

func (v onePage) terms() []site.Term {
	a := v.file.Application
	r, state := a.Request, stateTag(a.State)
	terms := []site.Term{
		{Name: "Stand", Body: site.Status(state)},
		{Name: "Aanvrager", Text: a.Applicant.Name + inBrackets(a.Applicant.Reference)},
		{Name: "Ontvangen", Text: a.Case.Received.DutchDay()},
		{Name: "Gevraagd", Text: site.WordOf(formChoices, string(r.Form), "") + ", " + r.Credit().Dutch() + months(r.Months)},
		{Name: "Product", Text: cmp.Or(r.Product, "niet bekend")},
		{Name: "Waarvoor", Text: site.WordOf(purposeChoices, string(r.Purpose), "niet bekend")},
		{Name: "Huishouden", Text: site.WordOf(householdChoices, string(r.Household), "niet bekend") + children(r.Children)},
		{Name: "Behandelaar", Text: cmp.Or(v.names[a.Case.Handler], "nog niemand")},
	}
	if r.Business {
		terms = append(terms, site.Term{Name: "Klant", Text: "handelt zakelijk: de artikelen 59 tot en met 61 gelden niet"})
	}
	if !a.Choice.Day.IsZero() {
		terms = append(terms, site.Term{Name: "Besluit", Text: a.Choice.Day.Dutch() + ", " + by(v.names, a.Choice.By) + because(a.Choice.Why)})
	}
	if !a.Concluded.IsZero() {
		terms = append(terms, site.Term{Name: "Overeenkomst", Text: a.Agreement + ", gesloten op " + a.Concluded.Dutch()})
	}
	if !a.Settled.IsZero() {
		terms = append(terms, site.Term{Name: "Afgewikkeld", Text: a.Settled.Dutch()})
	}
	if !a.Transfer.IsZero() {
		terms = append(terms, site.Term{Name: "Overgedragen", Text: a.Transfer.Dutch() + ", aan " + a.Transferee})
	}
	return terms
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func months(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d maanden", n)
}

func children(n int64) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", 1 kind"
	}
	return fmt.Sprintf(", %d kinderen", n)
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// undecided reports whether the firm can still decide.
func (v onePage) undecided() bool {
	return v.file.State == lending.Received || v.file.State == lending.Accepted
}

// current reports whether the judgement that is shown is of what is told now.
func (v onePage) current() bool {
	return v.judged != nil && v.file.Judged != nil && v.judged.ID == v.file.Judged.ID
}

// exempt reports whether the criteria do not hold on the application.
func (v onePage) exempt() bool {
	return v.file.Choice.Exempt || v.undecided() && v.file.Exempt(v.today)
}

func (v onePage) judgedBy() string {
	j := v.judged
	return fmt.Sprintf("Op %s, volgens %s, versie %d, door %s.", j.Day.Dutch(), cmp.Or(j.Body.Title, j.Set), j.Version, by(v.names, j.By))
}

func (v onePage) setHref() string { return "/werk/regelsets/" + v.judged.Set }

// changes say with what the application had fitted.
func (v onePage) changes() (list []string) {
	for _, c := range v.judged.Body.Changes {
		f := v.fieldOf(c.Field)
		list = append(list, humane(f.Name)+": "+shown(f, c.To)+" in plaats van "+shown(f, c.From))
	}
	return list
}

func (v onePage) missing() (list []string) {
	for _, name := range v.judged.Body.Missing {
		f := v.fieldOf(name)
		s := humane(name)
		if f.Question != "" {
			s += ": " + f.Question
		}
		if f.Name == "leefnorm" {
			s += ": leg het normbedrag van dit huishouden vast."
		}
		list = append(list, s)
	}
	return list
}

// outcomes are the criteria one by one, with what each said.
func (v onePage) outcomes() site.Table {
	t := site.Table{
		Caption: "Wat elk criterium zegt", Columns: []site.Column{{Name: "Criterium", Kind: "code"}, {Name: "Gevolg"}, {Name: "Uitkomst"}, {Name: "Waarom"}, {Name: "Kleinste wijziging die dit omdraait"}},
	}
	why := map[string]string{}
	for _, r := range v.judged.Body.OfRuling {
		if id := r.Values["rule"]; id != "" {
			why[id] = cmp.Or(r.Values["reason"], r.Text)
		}
	}
	for _, r := range v.judged.Body.Ruling.Rules {
		var steps, turns []string
		for _, s := range r.Steps {
			if s.Decides && r.Outcome == "no" {
				steps = append(steps, "niet waar: "+s.Text)
			}
		}
		for _, c := range r.Changes {
			f := v.fieldOf(c.Field)
			turns = append(turns, humane(c.Field)+" "+shown(f, c.To))
		}
		tag := outcomeTag(r)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: r.ID, Href: v.setHref()}, {Text: r.Category}, {Tag: &tag}, {Text: cmp.Or(why[r.ID], strings.Join(steps, "; "))}, {Text: cmp.Or(strings.Join(turns, ", "), "–")},
		})
	}
	return t
}

func outcomeTag(r criteria.RuleSaid) site.Tag {
	switch {
	case !r.Applies:
		return site.Tag{Tone: site.Neutral, Text: "geldt die dag niet"}
	case r.Outcome == "yes":
		return site.Tag{Tone: site.Warn, Text: "raakt"}
	case r.Outcome == "unknown":
		return site.Tag{Tone: site.Info, Text: "onbeslist"}
	}
	return site.Tag{Tone: site.Good, Text: "raakt niet"}
}

// values are what was judged, with where it came from.
func (v onePage) values() site.Table {
	t := site.Table{Caption: "Waarmee is beoordeeld", Columns: []site.Column{{Name: "Gegeven"}, {Name: "Waarde", Kind: "number"}, {Name: "Bron"}}, Empty: "Er waren geen gegevens."}
	var names []string
	for name := range v.judged.Body.Values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f := v.fieldOf(name)
		source := f.Source
		for _, n := range v.judged.Body.Norms {
			if n.Name == name {
				source = n.Source + " (vanaf " + n.From.Dutch() + ")"
			}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: humane(name)}, {Text: shown(f, v.judged.Body.Values[name])}, {Text: cmp.Or(source, "aanvraag")}})
	}
	return t
}

// former are all judgements of the application.
func (v onePage) former() site.Table {
	t := site.Table{Caption: "Alle oordelen", Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Dag", Kind: "date"}, {Name: "Criteria"}, {Name: "Oordeel"}, {Name: "Door"}}}
	for _, j := range v.file.Judgements {
		tag := verdictTag(j.Verdict)
		t.Rows = append(t.Rows, []site.Cell{
			{Text: strconv.FormatInt(j.Nr, 10), Href: onePath(v.file.ID()) + "?oordeel=" + strconv.FormatInt(j.Nr, 10)},
			{Text: j.Day.Dutch()},
			{Text: fmt.Sprintf("%s, versie %d", cmp.Or(j.Body.Title, j.Set), j.Version)},
			{Tag: &tag},
			{Text: by(v.names, j.By)},
		})
	}
	return t
}

func (v onePage) consulted() site.Table {
	t := site.Table{Caption: "Raadpleging van het kredietregister", Empty: "Het kredietregister is nog niet geraadpleegd.", Columns: []site.Column{{Name: "Dag", Kind: "date"}, {Name: "Stelsel"}, {Name: "Kenmerk", Kind: "code"}, {Name: "Gevonden"}, {Name: "Door"}}}
	for _, c := range v.file.Consulted {
		t.Rows = append(t.Rows, []site.Cell{{Text: c.On.Dutch()}, {Text: c.System}, {Text: c.Reference}, {Text: cmp.Or(c.Found, "–")}, {Text: by(v.names, c.By)}})
	}
	return t
}

// lacks says what must still be there before the agreement may be concluded.
func (v onePage) lacks() []rule.Reason { return v.file.Lacks(v.today) }

// check is what rule credit_conclusion_check says, in all its reasons.
func (v onePage) check() []rule.Reason {
	on := v.today
	if !v.file.Concluded.IsZero() {
		on = v.file.Concluded
	}
	return credit.CreditConclusionCheck.Ask(v.file.Asked(on)).Because
}

// margin is what the pledged securities say; false where none are pledged.
func (v onePage) margin() (out lending.MarginOut, pledged bool) {
	in, pledged := v.file.Margin()
	if !pledged {
		return out, false
	}
	return lending.SecuritiesMargin.Ask(in), true
}

func (v onePage) securities() site.Table {
	t := site.Table{Caption: "Waarde van de beleende effecten", Columns: []site.Column{{Name: "Dag", Kind: "date"}, {Name: "Waarde", Kind: "number"}, {Name: "Deel", Kind: "number"}, {Name: "Door"}}}
	in, _ := v.file.Margin()
	for i := range in.Values {
		out := lending.SecuritiesMargin.Ask(lending.MarginIn{Amount: in.Amount, Values: in.Values[i : i+1]})
		part := site.Cell{Tag: &site.Tag{Tone: site.Bad, Text: "geen waarde"}}
		if out.Part != nil {
			part = site.Cell{Text: strings.Replace(*out.Part, ".", ",", 1) + "%"}
			if !out.Within {
				part = site.Cell{Tag: &site.Tag{Tone: site.Bad, Text: part.Text + ", boven 70%"}}
			}
		}
		who, value := "bij de aanvraag", v.file.Request.Value
		if i > 0 {
			who, value = by(v.names, v.file.Values[i-1].By), v.file.Values[i-1].Value
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: in.Values[i].On.Dutch()}, {Text: value.Dutch()}, part, {Text: who}})
	}
	return t
}

// keeping is until when the file is kept, and why.
func (v onePage) keeping() (string, []rule.Reason) {
	out := credit.CreditRetention.Ask(v.file.Keeping())
	switch {
	case !out.Required:
		return "Artikel 15 vraagt niet dat dit dossier bewaard blijft.", out.Because
	case out.Through.Null:
		return "Tot vijf jaar nadat de overeenkomst is afgewikkeld. Die dag is nog niet bekend.", out.Because
	}
	return "Tot en met " + out.Last().DutchDay() + ".", out.Because
}

func (v onePage) revision() string { return strconv.FormatInt(v.file.Case.Revision, 10) }
