package app

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/inspection"
	"zorgplicht/integrity"
	"zorgplicht/internal/text"
	"zorgplicht/lending"
	"zorgplicht/rule"
)

// wanted is a field that a norm wants: missing where it holds nothing.
func wanted(name string, norm ident.Norm, value string) inspection.Field {
	return inspection.Field{Name: name, Norm: norm, Value: value, Missing: value == ""}
}

// inTime is a field that a norm wants once the file is so far; before that, why says
// what it waits for.
func inTime(name string, norm ident.Norm, value, why string, now bool) inspection.Field {
	f := wanted(name, norm, value)
	if f.Missing && !now {
		f.Missing, f.Why = false, why
	}
	return f
}

// beside is a field that is told beside what norms want, left out where it is empty.
func beside(list []inspection.Field, name, value string) []inspection.Field {
	if value == "" {
		return list
	}
	return append(list, inspection.Field{Name: name, Value: value})
}

func joined(parts ...string) string {
	said := ""
	for _, part := range parts {
		switch {
		case said == "" || part == "":
			said += part
		case strings.ContainsAny(said[len(said)-1:], ".!?"):
			said += " " + text.Capital(part)
		default:
			said += ", " + part
		}
	}
	return said
}

func dutchDay(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Dutch()
}

// fileOfComplaint is a complaint with what article 51 asks.
func fileOfComplaint(c complaint.Complaint) inspection.File {
	f := inspection.File{Title: joined(string(c.Sort)+" over "+cmp.Or(c.Case.Product, "een onbekend product"), string(c.Cause))}
	if c.Sort == complaint.Unease && c.Outcome == "" {
		f.State = "geen antwoord gevraagd"
	}
	original := c.Original
	if c.Document != "" {
		original = joined("als document bij de klacht", original)
	}
	var replies []string
	for _, r := range c.Replies {
		replies = append(replies, string(r.Kind)+" op "+calendar.Of(r.At).Dutch())
	}
	handled := ""
	if c.Outcome != "" {
		handled = joined(string(c.Outcome), strings.Join(replies, ", "), "afgehandeld op "+dutchDay(c.Handled), "na "+strconv.Itoa(c.Case.Received.DaysUntil(c.Handled))+" dagen")
	}
	f.Fields = []inspection.Field{
		{Name: "Naam en adres van de consument", Norm: "bfd:51::a", Value: joined(c.From.Name, c.From.Address, c.From.Postcode, c.From.Town)},
		{Name: "De klacht zoals ontvangen, en de dag", Norm: "bfd:51::b", Value: "ontvangen op " + c.Case.Received.Dutch() + ": " + original},
		{Name: "Omschrijving van de klacht", Norm: "bfd:51::c", Value: c.About},
		{Name: "Beschrijving van de behandeling", Norm: "bfd:51::d", Value: handled},
	}
	if c.Sort != complaint.Unease {
		lacking(f.Fields, c.Lacks())
	}
	if handled == "" {
		f.Fields[3].Missing, f.Fields[3].Why = false, "de klacht wordt nog behandeld"
	}
	if d := &f.Fields[2]; d.Value == "" && !d.Missing {
		d.Why = "de klacht beschrijft zichzelf"
	}
	f.Fields = beside(f.Fields, "Binnengekomen", string(c.Way))
	f.Fields = beside(f.Fields, "Namens", c.For.Name)
	f.Fields = beside(f.Fields, "Groep van gelijke klachten", c.Group)
	if c.Redress > 0 {
		f.Fields = beside(f.Fields, "Vergoed", "€ "+strconv.FormatInt(c.Redress/100, 10)+","+strconv.FormatInt(100+c.Redress%100, 10)[1:])
	}
	return fields(f, "Bij de geschilleninstantie", c.Body.Body)
}

func fields(f inspection.File, name, value string) inspection.File {
	f.Fields = beside(f.Fields, name, value)
	return f
}

// lacking marks the fields whose norm a rule found wanting.
func lacking(list []inspection.Field, reasons []rule.Reason) {
	for i := range list {
		list[i].Missing = list[i].Missing || slices.ContainsFunc(reasons, func(r rule.Reason) bool { return r.Norm == list[i].Norm })
	}
}

var attemptStates = map[appropriateness.State]string{
	appropriateness.Ready: "klaargezet", appropriateness.Begun: "begonnen", appropriateness.Judged: "beoordeeld", appropriateness.Lapsed: "verlopen",
}

// fileOfAttempt is an attempt with what the AFM's page on the test wants to be shown.
func fileOfAttempt(a appropriateness.File) inspection.File {
	id := string(a.ID)
	f := inspection.File{
		Ref: inspection.Ref{Kind: "toetspoging", ID: id, Number: "T-" + id[max(len(id)-8, 0):]}, Began: calendar.Of(a.Created), State: attemptStates[a.State],
		Title: joined(a.Title, a.Product), Gone: a.Client == "",
	}
	judged := a.State == appropriateness.Judged
	outcome, answers, shown := "", "", ""
	if judged {
		outcome = string(a.Outcome) + ", " + strconv.Itoa(a.Points) + " van " + strconv.Itoa(a.Out) + " punten, op " + calendar.DutchTime(a.Attempt.Judged)
	}
	if n := len(a.Given); n > 0 {
		answers = strconv.Itoa(n) + " vragen beantwoord"
	}
	if !a.Shown.IsZero() {
		shown = "op " + calendar.DutchTime(a.Shown) + ", met " + strconv.Itoa(len(a.Kept)) + " documenten"
	}
	f.Fields = []inspection.Field{
		wanted("Versie van de toets", "afm:ket:content", a.Attempt.Test.String()),
		inTime("Antwoorden van de cliënt", "afm:ket:assess", answers, "er is nog niets beantwoord", judged),
		inTime("Uitkomst", "afm:ket:assess", outcome, "de toets is niet ingestuurd", judged),
	}
	if judged && a.Outcome != appropriateness.Appropriate {
		f.Fields = append(f.Fields, inTime("Waarschuwing zoals getoond", "afm:ket:warn", shown, "de cliënt opende de uitslag niet", false))
	} else {
		f.Fields = beside(f.Fields, "Uitslag getoond", shown)
	}
	f.Fields = beside(f.Fields, "Kenmerk van de cliënt bij de onderneming", a.Reference)
	f.Fields = beside(f.Fields, "Kanaal", a.Channel)
	f.Fields = beside(f.Fields, "Keuze na de waarschuwing", string(a.Choice))
	if f.Gone {
		f.State = "vernietigd"
		for i := range f.Fields {
			f.Fields[i].Missing, f.Fields[i].Why = false, destroyedWhy
		}
	}
	return f
}

var adviceNorms = map[advice.Role]ident.Norm{advice.Provider: "bfd:14:1", advice.Adviser: "bfd:14:2", advice.Intermediary: "bfd:14:3"}

// fileOfAdvice is an advice file with what article 14 asks: what rule advice_file finds
// missing is missing here.
func fileOfAdvice(a advice.File) inspection.File {
	p, r := a.Profile, a.Advice
	f := inspection.File{Title: joined("advies over "+cmp.Or(string(r.Kind), "een onbekend product"), r.Provider)}
	if a.Case.Destroyed() {
		return f
	}
	lacks, norm := advice.Whole.Ask(a.Question()).Missing, adviceNorms[a.Role]
	part := func(name, code string, norm ident.Norm, value string) {
		x := inspection.Field{Name: name, Norm: norm, Value: value, Missing: slices.Contains(lacks, code)}
		if x.Value == "" && !x.Missing {
			x.Why = "dit lid vraagt het hier niet"
		}
		f.Fields = append(f.Fields, x)
	}
	part("Financiële positie", "position", norm, joined(inEuros("inkomen", p.Position.Income), inEuros("vermogen", p.Position.Wealth), inEuros("schulden", p.Position.Debt), p.Position.Words))
	part("Kennis", "knowledge", norm, joined(string(p.Knowledge.Level), p.Knowledge.Words))
	part("Ervaring", "experience", norm, joined(string(p.Experience.Level), p.Experience.Words))
	part("Doelstellingen", "objectives", norm, p.Objectives)
	part("Risicobereidheid", "risk", norm, joined(string(p.Risk.Level), p.Risk.Words))
	part("Geadviseerd product", "product", norm, joined(r.Product, r.Provider, r.Terms))
	if a.Outcome.Result == advice.Other {
		choice := ""
		if c := a.Choice; c != nil {
			choice = joined(c.Words, string(c.Way), dutchDay(c.Warned))
		}
		part("Bewijs dat de cliënt zelf koos", "own_choice", "bfd:14:5", choice)
	}
	f.Fields = beside(f.Fields, "Waarom het past", r.Why)
	f.Fields = beside(f.Fields, "Afloop", joined(string(a.Outcome.Result), dutchDay(a.Outcome.Day), a.Outcome.Product))
	f.Fields = beside(f.Fields, "Kenmerk van de cliënt bij de onderneming", a.Reference)
	if a.Course != nil {
		f.Fields = beside(f.Fields, "Gestandaardiseerde procedure", a.Course.Name+", versie "+strconv.FormatInt(a.Course.Version, 10))
	}
	return f
}

func inEuros(what string, cents *int64) string {
	if cents == nil {
		return ""
	}
	return what + " € " + strconv.FormatInt(*cents/100, 10)
}

// fileOfApplication is an application for credit with what articles 15 and 59-60 ask.
func fileOfApplication(a lending.Application) inspection.File {
	r := a.Request
	f := inspection.File{Title: joined("krediet voor "+string(r.Purpose), string(r.Form)), State: string(a.State)}
	concluded := !a.Concluded.IsZero()
	const open = "er is geen overeenkomst"
	judged, agreement, seen := "", "", []string{}
	if j := a.Judged; j != nil {
		judged = joined("oordeel "+strconv.FormatInt(j.Nr, 10), "volgens "+j.Set, j.Day.Dutch())
	}
	for _, c := range a.Consulted {
		seen = append(seen, c.System+" op "+c.On.Dutch())
	}
	if concluded {
		agreement = joined(a.Agreement, a.Concluded.Dutch())
	}
	answers := ""
	if n := len(a.Answers); n > 0 {
		answers = strconv.Itoa(n) + " gegevens opgegeven"
	}
	f.Fields = []inspection.Field{
		inTime("Aangeboden overeenkomst", "bfd:15", agreement, open, concluded),
		inTime("Wat de aanvrager opgaf", "bfd:59:1", answers, "er is nog niets opgegeven", concluded),
		inTime("Beoordeling van de kredietwaardigheid", "bfd:15", judged, "de aanvraag is nog niet beoordeeld", concluded),
		inTime("Raadpleging van de kredietregistratie", "bfd:60:1", joined(seen...), "er is nog niet geraadpleegd", concluded && r.Credit() > 100_000),
		{Name: "Aanvrager", Value: joined(a.Applicant.Name, a.Applicant.Reference)},
		{Name: "Gevraagd bedrag", Value: r.Amount.Dutch()},
	}
	f.Fields = beside(f.Fields, "Besluit", joined(dutchDay(a.Choice.Day), a.Choice.Why))
	f.Fields = beside(f.Fields, "Geheel afgewikkeld", dutchDay(a.Settled))
	return fields(f, "Overgedragen aan", a.Transferee)
}

// fileOfIncident is an incident with what articles 11 and 12 ask.
func fileOfIncident(i incident.Incident) inspection.File {
	f := inspection.File{Title: i.Case.Title}
	var done []string
	for _, m := range i.Measures {
		done = append(done, m.What)
	}
	f.Fields = []inspection.Field{
		wanted("Feiten en omstandigheden", "bfd:11", i.Facts),
		wanted("Functie van wie het deed", "bfd:11", i.Function),
		wanted("Genomen maatregelen", "bfd:11", strings.Join(done, "; ")),
	}
	j := i.Judged
	switch {
	case j == nil:
		f.Fields = append(f.Fields, inTime("Of het moet worden gemeld, en waarom", "bfd:12:1", "", "nog niet beoordeeld", !i.Case.Open()))
		return f
	case !j.Notify:
		f.Fields = append(f.Fields, inspection.Field{Name: "Of het moet worden gemeld, en waarom", Norm: "bfd:12:1", Value: joined("hoeft niet te worden gemeld", j.Why)})
		return f
	}
	var facts, function, proof string
	if d := i.Told; d != nil {
		facts, function, proof = d.Facts, d.Function, joined(string(d.Way), d.Day.Dutch(), "SHA-256 "+d.Hash.String())
	}
	f.Fields = append(f.Fields,
		inspection.Field{Name: "Of het moet worden gemeld, en waarom", Norm: "bfd:12:1", Value: joined("moet worden gemeld", j.Why)},
		wanted("Feiten en omstandigheden, zoals gemeld", "bfd:12:2:a", facts),
		wanted("Functie, zoals gemeld", "bfd:12:2:b", function),
		wanted("Bewijs van de melding", "bfd:12:2", proof),
	)
	return f
}

// fileOfPerson is what was seen of the reliability of a person.
func fileOfPerson(p integrity.Person) inspection.File {
	f := inspection.File{Title: "betrouwbaarheid van een " + roleWords[p.Entry.Role]}
	certificate, bankrupt, word := "", "", ""
	if c := p.Certificate; c != nil {
		certificate = joined("kenmerk "+c.Reference, "van "+c.Issued.Dutch(), "gezien op "+c.Seen.Dutch())
	}
	if p.Bankrupt != nil {
		bankrupt = map[bool]string{true: "ja", false: "nee"}[*p.Bankrupt]
		if *p.Bankrupt && p.Rehabilitated {
			bankrupt += ", gerehabiliteerd"
		}
	}
	if w := p.Word; w != nil {
		word = joined(w.Reference, w.Day.Dutch(), w.Act)
		if w.Outside != "" && w.Outside != "0" {
			word = joined(word, strings.Replace(w.Outside, ".", ",", 1)+" jaar buiten de sector")
		}
	}
	f.Fields = []inspection.Field{{Name: "Naam", Value: p.Entry.Name}}
	if p.Entry.Role == integrity.ClientFacing {
		f.Fields = append(f.Fields, wanted("Verklaring omtrent het gedrag", "bfd:6:2", certificate), wanted("Of de persoon eerder failliet is verklaard", "bfd:6:2", bankrupt))
	} else {
		f.Fields = beside(beside(f.Fields, "Verklaring omtrent het gedrag", certificate), "Eerder failliet verklaard", bankrupt)
	}
	if t := p.Transition; t != nil {
		f.Fields = beside(f.Fields, "Overgangsrecht (artikel 81)", transitionWords(*t))
	}
	if p.Entry.Role.MakesPolicy() {
		f.Fields = append(f.Fields, inTime("Mededeling van de toezichthouder", "bfd:7", word, "nog niet benoemd", !p.Appointed.IsZero()))
	}
	f.Fields = beside(f.Fields, "Benoemd", dutchDay(p.Appointed))
	for _, c := range p.Changes {
		f.Fields = append(f.Fields, inTime("Melding van een wijziging, opgemerkt op "+c.Noticed.Dutch(), "bfd:9", joined(c.Medium, dutchDay(c.Reported)), "", true))
	}
	return fields(f, "Vertrokken", dutchDay(p.Left))
}

// transitionWords say what was found of somebody for article 81.
func transitionWords(t integrity.Transition) string {
	switch {
	case !t.There:
		return "deed dit werk nog niet toen de wet in werking trad (" + t.Commencement.Dutch() + ")"
	case t.With != "":
		return "deed dit werk toen al, bij " + t.With
	case t.Moved:
		return "deed dit werk toen al hier, en daarna elders"
	}
	return "deed dit werk al hier toen de wet in werking trad (" + t.Commencement.Dutch() + ")"
}

var roleWords = map[integrity.Role]string{
	integrity.PolicyMaker: "beleidsbepaler", integrity.CoPolicyMaker: "medebeleidsbepaler", integrity.ClientFacing: "medewerker met klantcontact", integrity.OtherStaff: "andere medewerker",
}
