package web

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
	"zorgplicht/rule"
	"zorgplicht/staff"
)

// bodyPage is the page of a body.
func (p pages) bodyPage(r *http.Request, who staff.Session) (v site.Record, err error) {
	f, err := p.desk.Body(r.Context(), who.Account.Firm, casework.ID(r.PathValue("id")))
	if err != nil {
		return v, err
	}
	names, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return v, err
	}
	today, works := p.Casework.Today(), who.May(staff.KeepBodies)
	v = site.Record{
		Frame: p.guard.Frame(r, who, f.Case.Number+" "+f.Name), Notes: bodyNotes(f.Body, today), Terms: bodyTerms(f),
		Buttons: []site.Button{{Text: "Geschillen bij deze instantie", Look: "second", Href: casesPath + "?" + dispute.FacetBody + "=" + string(f.ID())}},
		Tables:  []site.Table{topicTable(f.Body), memberTable(f.Body), statementTable(f.Body), conditionTable(f.Body)},
	}
	v.Frame.Trail, v.Frame.Wide = []site.Link{{Text: "Geschilleninstanties", Href: bodiesPath}}, true
	if works && !f.Case.Destroyed() {
		v.Steps = bodySteps(f.Body, today)
	}
	happened, err := p.happened(r.Context(), who.Account.Firm, f.ID(), bodyTitles)
	if err != nil {
		return v, err
	}
	caseworkweb.Under{File: f.Under, Works: works, Names: names, Today: today, More: happened}.Onto(&v)
	return v, nil
}

func (p pages) body(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.bodyPage(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, site.ShowRecord(v)), nil
}

// bodyNotes say what stands in the way: a firm at a body that is not recognised, and
// what the body breaches.
func bodyNotes(b dispute.Body, today calendar.Date) (notes []site.Note) {
	if state := b.State(); b.Ours(today) && state != dispute.Recognised {
		notes = append(notes, site.Note{Tone: site.Bad, Heading: "Uw onderneming is hier aangesloten, maar de instantie is niet erkend", Lines: []string{
			"Artikel 37, eerste lid, onder b, van de Wfd vraagt aansluiting bij een instantie die de minister van Financiën heeft erkend. Sluit u aan bij een erkende instantie.",
		}})
	}
	if falls := shortfalls(b); len(falls) > 0 {
		notes = append(notes, site.Note{Tone: site.Bad, Heading: "De minister kan de erkenning hierom intrekken", Lines: falls})
	}
	out := b.Verdict()
	switch {
	case out.Compliant != nil && !*out.Compliant:
		notes = append(notes, site.Note{Tone: site.Bad, Heading: "Deze instantie voldoet niet", Lines: rule.Cited(out.Because)})
	case !b.Looked():
		notes = append(notes, site.Note{Tone: site.Warn, Heading: "Nog niet alles is bekeken", Lines: []string{"Lees het reglement en bekijk het orgaan. Wat niemand bekeek, telt hier niet als goed."}})
	case len(b.Missing()) > 0:
		lines := rule.Cited(out.Because)
		for _, article := range b.Missing() {
			lines = append(lines, "Artikel "+article+": nog niet beoordeeld, of niet in orde bevonden.")
		}
		notes = append(notes, site.Note{Tone: site.Warn, Heading: "Iemand moet dit beoordelen", Lines: lines})
	default:
		notes = append(notes, site.Note{Tone: site.Good, Heading: "Er is niets gevonden dat erkenning in de weg staat", Lines: rule.Cited(out.Because)})
	}
	return notes
}

// shortfalls are what article 53(5)(c) names beside articles 54 to 58: conditions that
// are not met, and statements that came late or lack something.
func shortfalls(b dispute.Body) (lines []string) {
	if b.State() != dispute.Recognised {
		return nil
	}
	for _, c := range b.Conditions {
		if rule.Fails(c.Met) {
			lines = append(lines, "Een voorschrift wordt niet nagekomen: "+casework.Short(c.Text))
		}
	}
	for _, s := range b.Statements {
		year := "Opgave over " + strconv.Itoa(s.Year) + ": "
		if out := s.Verdict(); !out.Compliant {
			lines = append(lines, year+strings.Join(rule.Cited(out.Because), " "))
		}
		if lacks := s.Lacks(); len(lacks) > 0 {
			lines = append(lines, year+"niet alles van artikel 53, vierde lid, staat erin (onderdeel "+strings.Join(lacks, " en ")+").")
		}
	}
	return lines
}

func bodyTerms(f dispute.BodyFile) []site.Term {
	b := f.Body
	all := []site.Term{{Name: "Erkenning", Text: site.WordOf(stateChoices, string(b.State()), "niet gezegd")}, {Name: "Onze aansluiting", Text: ours(b)}, {Name: "Website", Text: cmp.Or(b.Site, "niet opgeschreven")}}
	if !b.Applied.IsZero() {
		term := b.DecideBy()
		text := b.Applied.Dutch() + "; de minister beslist uiterlijk op " + term.DecideBy.Dutch()
		switch n := len(b.Extensions); n {
		case 0:
		case 1:
			text += " (één keer verlengd)"
		default:
			text += " (" + strconv.Itoa(n) + " keer verlengd)"
		}
		all = append(all, site.Term{Name: "Aangevraagd", Text: text})
	}
	if r := b.Ruling; r != nil {
		text := map[bool]string{true: "Erkend", false: "Geweigerd"}[rule.Holds(r.Granted)] + " op " + r.Day.Dutch() + " door " + strings.ToLower(site.WordOf(ministerChoices, r.Minister, "niet gezegd")[:1]) + site.WordOf(ministerChoices, r.Minister, "niet gezegd")[1:]
		if r.Day.After(b.DecideBy().DecideBy) {
			text += ", na de termijn"
		}
		all = append(all, site.Term{Name: "Besluit", Text: text}, site.Term{Name: "Staatscourant", Text: gazette(r.Announced, r.Gazette)})
	}
	if w := b.Withdrawn; w != nil {
		all = append(all, site.Term{Name: "Ingetrokken", Text: w.Day.Dutch() + ". " + site.WordOf(groundChoices, w.Ground, "niet gezegd")}, site.Term{Name: "Staatscourant bij intrekking", Text: gazette(w.Announced, w.Gazette)})
	}
	if r := b.Reading; r != nil {
		all = append(all, site.Term{Name: "Reglement gelezen", Text: r.Version + ", op " + r.Day.Dutch()})
	}
	if o := b.Organ; o != nil {
		all = append(all, site.Term{Name: "Orgaan bekeken", Text: o.Day.Dutch() + ". " + o.Evidence})
	}
	if w := b.Weighing; w != nil {
		word := map[bool]string{true: "redelijk", false: "niet redelijk"}
		all = append(all, site.Term{Name: "Kosten en duur", Text: "Kosten " + word[*w.FeeFine] + ", duur " + word[*w.TermFine] + ", beoordeeld op " + w.Day.Dutch() + ". " + w.Why})
	}
	n := f.Figures
	text := strconv.Itoa(n.Open) + " open, " + strconv.Itoa(n.Ended) + " geëindigd"
	if n.Ended > 0 {
		text += "; de klant kreeg " + strconv.Itoa(n.Results[dispute.ForClient]) + " keer gelijk en " + strconv.Itoa(n.Results[dispute.InPart]) + " keer deels; de helft duurde hoogstens " + strconv.Itoa(n.Days) + " dagen"
	}
	return append(all, site.Term{Name: "Onze geschillen hier", Text: text})
}

func gazette(on calendar.Date, number string) string {
	if on.IsZero() {
		return "nog niet meegedeeld"
	}
	if number == "" {
		return on.Dutch()
	}
	return on.Dutch() + ", nummer " + number
}

func topicTable(b dispute.Body) site.Table {
	t := site.Table{
		Caption: "Wat het reglement regelt (artikel 55)", Empty: "Niemand las het reglement nog.",
		Columns: []site.Column{{Name: "Onderdeel", Kind: "code"}, {Name: "Wat"}, {Name: "Geregeld"}, {Name: "Waar"}},
	}
	if b.Reading == nil {
		return t
	}
	for _, letter := range strings.Split(dispute.Letters, "") {
		at := b.Reading.Topics[letter]
		tag := map[string]site.Tag{dispute.Found: {Tone: site.Good, Text: "ja"}, dispute.Lacking: {Tone: site.Bad, Text: "nee"}, dispute.NotOffered: {Tone: site.Neutral, Text: "niet mogelijk"}}[at.Held]
		t.Rows = append(t.Rows, []site.Cell{{Text: letter}, {Text: topics[letter]}, {Tag: &tag}, {Text: cmp.Or(at.Where, "–")}})
	}
	return t
}

func memberTable(b dispute.Body) site.Table {
	t := site.Table{
		Caption: "Leden van het orgaan (artikel 54)", Empty: "Er staan nog geen leden.",
		Columns: []site.Column{{Name: "Naam"}, {Name: "Rol"}, {Name: "In functie", Kind: "date"}, {Name: "Daarnaast"}, {Name: "Onafhankelijk"}, {Name: "Waarom"}, {Name: "Bewijs"}},
	}
	for _, m := range b.Members {
		out := m.Independent()
		tag := site.Tag{Tone: site.Good, Text: "ja"}
		if !out.Independent {
			tag = site.Tag{Tone: site.Bad, Text: "nee"}
		}
		since := m.Office.Dutch()
		if !m.Ended.IsZero() {
			since += " tot en met " + m.Ended.Dutch()
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: m.Name}, {Text: map[bool]string{true: "voorzitter", false: "lid"}[m.Chair]}, {Text: since}, {Text: site.WordOf(functionChoices, m.Function, "niet gezegd")}, {Tag: &tag}, {Text: strings.Join(rule.Cited(out.Because), " ")}, {Text: m.Evidence}})
	}
	return t
}

func statementTable(b dispute.Body) site.Table {
	t := site.Table{
		Caption: "Jaarlijkse opgaven aan de minister (artikel 53, vierde lid)", Empty: "Er is nog geen opgave gezien.",
		Columns: []site.Column{{Name: "Jaar", Kind: "number"}, {Name: "Verstuurd", Kind: "date"}, {Name: "Op tijd"}, {Name: "Inhoud"}, {Name: "Ingediend", Kind: "number"}, {Name: "Behandeld", Kind: "number"}, {Name: "Gezien in"}},
	}
	for _, s := range b.Statements {
		out, late := s.Verdict(), site.Tag{Tone: site.Good, Text: "ja"}
		if !out.Compliant {
			late = site.Tag{Tone: site.Bad, Text: "nee"}
		}
		whole := site.Tag{Tone: site.Good, Text: "volledig"}
		if lacks := s.Lacks(); len(lacks) > 0 {
			whole = site.Tag{Tone: site.Bad, Text: "mist " + strings.Join(lacks, " en ")}
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: strconv.Itoa(s.Year)}, {Text: s.Sent.Dutch()}, {Tag: &late}, {Tag: &whole}, {Text: count(s.Filed)}, {Text: count(s.Handled)}, {Text: s.Reference}})
	}
	return t
}

func count(n int64) string {
	if n < 0 {
		return "–"
	}
	return strconv.FormatInt(n, 10)
}

func conditionTable(b dispute.Body) site.Table {
	t := site.Table{Caption: "Voorschriften bij de erkenning (artikel 53, derde lid)", Empty: "Er zijn geen voorschriften.", Columns: []site.Column{{Name: "Voorschrift"}, {Name: "Van", Kind: "date"}, {Name: "Nagekomen"}}}
	for _, c := range b.Conditions {
		word := "niet bekeken"
		if c.Met != nil {
			word = map[bool]string{true: "ja", false: "nee"}[*c.Met]
		}
		t.Rows = append(t.Rows, []site.Cell{{Text: c.Text}, {Text: c.Day.Dutch()}, {Text: word}})
	}
	return t
}
