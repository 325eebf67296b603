package app

import (
	"cmp"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/dispute"
	"zorgplicht/incident"
	"zorgplicht/inspection"
	"zorgplicht/money"
)

// duties are what must still be done about a file, by what they are called for who
// reads it: missing once their last day is over.
func duties(list []inspection.Field, dues []casework.Due, today calendar.Date) []inspection.Field {
	for _, d := range dues {
		code, of, _ := strings.Cut(d.Code, ":")
		name := map[string]string{
			"reactie": "Reactie aan de instantie", "uitvoeren": "Uitvoering van de uitkomst", "besluit": "Besluit van de minister", "opgave": "Opgave aan de minister over " + of,
			"besluiten": "Besluit over een maatregel", "maatregel": "Uitvoering van een maatregel", "controle": "Oordeel of een maatregel werkt",
		}[code]
		list = append(list, inTime(cmp.Or(name, d.Title), d.Norm, "", "nog niet, uiterlijk "+d.Day.Dutch(), today.After(d.Day)))
	}
	return list
}

// atBody is a dispute with the body where it is.
type atBody struct {
	dispute.Dispute
	body string // how it is called
}

func disputeAt(tx dispute.Tx, id casework.ID) (atBody, error) {
	d, err := tx.Dispute(id)
	if err != nil {
		return atBody{}, err
	}
	b, err := tx.Body(d.Body)
	return atBody{d, b.Name}, err
}

var resultWords = map[dispute.Result]string{
	dispute.ForClient: "de consument kreeg gelijk", dispute.InPart: "de consument kreeg deels gelijk", dispute.ForFirm: "de onderneming kreeg gelijk", dispute.None: "niet gezegd wie gelijk had",
}

var outcomeWords = map[dispute.Outcome]string{
	dispute.Advice: "niet-bindend advies", dispute.Binding: "bindend advies", dispute.Settlement: "schikking", dispute.Inadmissible: "niet in behandeling genomen",
	dispute.Withdrawn: "ingetrokken", dispute.Handed: "als klacht verder behandeld",
}

// fileOfDispute is a dispute with what became of it.
func fileOfDispute(d atBody, today calendar.Date) inspection.File {
	f := inspection.File{Title: joined("geschil over "+cmp.Or(d.Case.Product, "een onbekend product"), spaced(string(d.How)))}
	answered, outcome := "", ""
	if !d.Answered.IsZero() {
		answered = "gegeven op " + d.Answered.Dutch()
	}
	if d.Over() {
		outcome = joined(outcomeWords[d.Outcome], resultWords[d.Result], "meegedeeld op "+d.Ended.Dutch())
		if d.Amount > 0 {
			outcome = joined(outcome, money.Cents(d.Amount).Dutch())
		}
	}
	f.Fields = []inspection.Field{
		wanted("Waar het geschil over gaat", "", d.About),
		inTime("Uitkomst van het geschil", "bfd:55:1:o", outcome, "het geschil loopt nog", false),
	}
	if answered != "" {
		f.Fields = append(f.Fields, inspection.Field{Name: "Reactie aan de instantie", Norm: "bfd:55:1:e", Value: answered})
	}
	if d.Follows != nil && !*d.Follows {
		f.Fields = append(f.Fields, wanted("Waarom het advies niet is gevolgd", "bfd:55:1:o", d.Why))
	} else {
		f.Fields = beside(f.Fields, "Toelichting", d.Why)
	}
	if !d.Performed.IsZero() {
		f.Fields = append(f.Fields, inspection.Field{Name: "Uitvoering van de uitkomst", Norm: "bfd:55:1:o", Value: "op " + d.Performed.Dutch()})
	}
	f.Fields = duties(f.Fields, d.Dues(), today)
	f.Fields = beside(f.Fields, "Geschilleninstantie", d.body)
	f.Fields = beside(f.Fields, "Wie het geschil heeft", d.Complainant)
	f.Fields = beside(f.Fields, "Kenmerk van de instantie", d.Reference)
	return fields(f, "Klacht van de onderneming", d.Complaint)
}

// spaced is a word of ours as people read it.
func spaced(s string) string { return strings.ReplaceAll(s, "-", " ") }

// fileOfBody is a dispute body with what articles 53 to 58 ask of it. What nobody found
// out is missing while the firm is affiliated there.
func fileOfBody(b dispute.Body, today calendar.Date) inspection.File {
	ours := b.Ours(today)
	f := inspection.File{Title: joined(b.Name, spaced(string(b.State()))), State: "aangesloten"}
	if !ours {
		f.State = "niet aangesloten"
	}
	const beyond = "de onderneming is hier niet aangesloten"
	recognised, read, looked, fees, term := "", "", "", "", ""
	if b.Ruling != nil {
		recognised = joined(spaced(string(b.State())), "besluit van "+b.Ruling.Day.Dutch())
	}
	if r := b.Reading; r != nil {
		var lacks []string
		for _, letter := range strings.Split(dispute.Letters, "") {
			if r.Topics[letter].Held == dispute.Lacking {
				lacks = append(lacks, letter)
			}
		}
		read = "gelezen op " + r.Day.Dutch() + ", alle onderdelen geregeld"
		if len(lacks) > 0 {
			read = "gelezen op " + r.Day.Dutch() + ", niet geregeld: " + strings.Join(lacks, ", ")
		}
	}
	if o := b.Organ; o != nil {
		looked = strings.TrimSuffix("bekeken op "+o.Day.Dutch()+": "+o.Evidence, ": ")
		if lacks := b.Missing(); len(lacks) > 0 {
			looked = joined(looked, "niet gebleken: artikel "+strings.Join(lacks, ", "))
		}
	}
	if w := b.Weighing; w != nil && w.FeeFine != nil && w.TermFine != nil {
		word := map[bool]string{true: "redelijk", false: "niet redelijk"}
		fees, term = joined(word[*w.FeeFine], w.Day.Dutch()), joined(word[*w.TermFine], w.Day.Dutch())
	}
	f.Fields = []inspection.Field{
		inTime("Erkenning door de minister", "bfd:53:1", recognised, beyond, ours && b.Applied.IsZero()),
		inTime("Reglement, onderdelen a tot en met p", "bfd:55:1", read, beyond, ours),
		inTime("Onderzoek naar het orgaan", "bfd:54:1", looked, beyond, ours),
		inTime("Leden en hun onafhankelijkheid", "bfd:54:2:a", membersOf(b), beyond, ours),
		inTime("Of de kosten de weg niet versperren", "bfd:56", fees, beyond, ours),
		inTime("Of de behandeling niet te lang duurt", "bfd:57", term, beyond, ours),
	}
	if recognised == "" && !b.Applied.IsZero() {
		f.Fields[0].Why = "aangevraagd op " + b.Applied.Dutch()
	}
	for _, s := range b.Statements {
		held := joined("verstuurd op "+s.Sent.Dutch(), s.Reference)
		if lacks := s.Lacks(); len(lacks) > 0 {
			held = joined(held, "mist onderdeel "+strings.Join(lacks, " en "))
		}
		f.Fields = append(f.Fields, wanted("Opgave aan de minister over "+strconv.Itoa(s.Year), "bfd:53:4", held))
	}
	for _, c := range b.Conditions {
		met := "niet bekeken"
		if c.Met != nil {
			met = map[bool]string{true: "nagekomen", false: "niet nagekomen"}[*c.Met]
		}
		f.Fields = append(f.Fields, inspection.Field{Name: "Voorschrift van " + c.Day.Dutch(), Norm: "bfd:53:3", Value: joined(c.Text, met)})
	}
	if ours {
		f.Fields = duties(f.Fields, b.Dues(), today)
	}
	f.Fields = beside(f.Fields, "Aangesloten sinds", dutchDay(b.Joined))
	f.Fields = beside(f.Fields, "Aangesloten tot en met", dutchDay(b.Left))
	if w := b.Withdrawn; w != nil {
		f.Fields = append(f.Fields, inspection.Field{Name: "Erkenning ingetrokken", Norm: "bfd:53:5", Value: "op " + w.Day.Dutch()})
	}
	return f
}

func membersOf(b dispute.Body) string {
	var all []string
	for _, m := range b.Members {
		if !m.Ended.IsZero() {
			continue
		}
		is := "onafhankelijk"
		if !m.Independent().Independent {
			is = "niet onafhankelijk"
		}
		all = append(all, m.Name+" ("+is+", sinds "+m.Office.Dutch()+")")
	}
	return strings.Join(all, "; ")
}

var effectWords = map[incident.Effect]string{incident.Works: "werkt", incident.WorksPart: "werkt deels", incident.WorksNever: "werkt niet"}

// fileOfCause is a root cause with what the firm does about it and whether that works.
func fileOfCause(c cause.Cause, today calendar.Date) inspection.File {
	const norm = "afm:pri:3"
	f := inspection.File{Title: joined("oorzaak: "+string(c.Sort), c.Case.Product, c.Service)}
	f.Fields = beside(nil, "Oorzaak in een paar woorden", c.Case.Title)
	f.Fields = append(f.Fields, wanted("Wat er misgaat en waaruit dat blijkt", norm, c.What))
	for i, m := range c.Measures {
		of := "Maatregel " + strconv.Itoa(i+1)
		if m.Kind == incident.NoMeasure {
			f.Fields = append(f.Fields, wanted("Waarom geen maatregel nodig is", norm, m.What))
			continue
		}
		done := ""
		if !m.Done.IsZero() {
			done = "uitgevoerd op " + m.Done.Dutch()
		}
		f.Fields = append(f.Fields, wanted(of, norm, joined(m.What, done)))
		if !m.Checked.IsZero() {
			found := joined(effectWords[m.Effect], "bekeken op "+m.Checked.Dutch(), m.Found)
			if n := m.Counted; n != nil {
				found = joined(found, strconv.Itoa(n.Before)+" klachten in "+strconv.Itoa(n.Days)+" dagen ervoor, "+strconv.Itoa(n.After)+" erna")
			}
			f.Fields = append(f.Fields, wanted(of+", of zij werkt", norm, found))
		}
	}
	f.Fields = duties(f.Fields, c.Dues(), today)
	return f
}
