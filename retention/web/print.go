package web

import (
	"bytes"

	"zorgplicht/calendar"
	"zorgplicht/internal/pdf"
	"zorgplicht/retention"
)

// Print makes the statement of destruction as a document. It names records by their
// number, and nobody.
func Print(c retention.Certificate) ([]byte, error) {
	day := calendar.Of(c.Ended)
	doc := pdf.Document{
		Title: "Verklaring van vernietiging " + c.Number, Author: c.Firm, Made: c.Ended,
		Subject: "Wat op " + day.DutchDay() + " is vernietigd, en wat er is gebleven.",
		Blocks: []pdf.Block{
			pdf.Terms{
				{Name: "Soort gegevens", Text: pdf.Plain(c.About.Plural)},
				{Name: "Lijst opgesteld", Text: pdf.Plain(calendar.DutchTime(c.Made))},
				{Name: "Beoordeeld", Text: pdf.Plain(calendar.DutchTime(c.Reviewed) + ", door " + c.Looked)},
				{Name: "Uitgevoerd", Text: pdf.Plain(calendar.DutchTime(c.Ended) + ", door " + c.Let)},
				{Name: "Vernietigd", Text: pdf.Plain(number(c.List.Gone) + " van " + number(c.Size) + " dossiers")},
				{Name: "Grondslag", Text: pdf.Plain(ground(c.About))},
			},
			pdf.Paragraph{Text: pdf.Plain("Van elk vernietigd dossier zijn weg: de inhoud van de vastgelegde feiten, de teksten, de documenten, de links van klanten en de zoekwoorden. Nummer, dagen en wat overzichten tellen zijn gebleven. In het journaal staat van elk feit nog dat het er was en wanneer; het bewijs dat er niets is ingevoegd of verwijderd klopt nog.")},
			pdf.Paragraph{Text: pdf.Plain("Reservekopieën van voor deze dag kunnen de gegevens nog bevatten. Wordt zo'n kopie teruggezet, dan worden zij opnieuw vernietigd, volgens de lijst die buiten de databank wordt bewaard.")},
			pdf.Heading{Level: 2, Text: "Vernietigd"},
			entriesTable(c.Entries, retention.Destroyed, "Mocht weg vanaf", func(e retention.Entry) string { return e.Earliest.Dutch() }),
		},
	}
	if stayed := entriesTable(c.Entries, retention.Stayed, "Waarom", func(e retention.Entry) string { return keptBy[e.Why] }); len(stayed.Rows) > 0 {
		doc.Blocks = append(doc.Blocks, pdf.Heading{Level: 2, Text: "Gebleven"}, stayed)
	}
	var b bytes.Buffer
	err := doc.Write(&b)
	return b.Bytes(), err
}

func ground(a retention.About) string {
	if a.Norm == "" {
		return "het eigen bewaarbeleid"
	}
	return a.Norm.Dutch() + ", en het eigen bewaarbeleid"
}

func entriesTable(entries []retention.Entry, of retention.Outcome, head string, says func(retention.Entry) string) pdf.Table {
	t := pdf.Table{Columns: []pdf.Column{{Head: "Dossier", Parts: 2}, {Head: "Kenmerk", Parts: 4}, {Head: head, Parts: 3}}, RowHead: true}
	for _, e := range entries {
		if e.Outcome == of && e.Struck == "" {
			t.Rows = append(t.Rows, []pdf.Text{pdf.Plain(e.Label), pdf.Plain(e.ID), pdf.Plain(says(e))})
		}
	}
	return t
}
