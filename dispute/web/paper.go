package web

import (
	"zorgplicht/calendar"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
)

// Leaves are what a dispute says on paper: before which body, what it is about, and how
// it ended.
func Leaves(f dispute.CaseFile) []caseworkweb.Leaf {
	return caseworkweb.Told("Het geschil", site.Record{Terms: caseTerms(f), Passages: []site.Passage{{Heading: "Waar gaat het over?", Text: f.About}}, Notes: caseNotes(f, false)})
}

// BodyLeaves are what a dispute body says on paper: its recognition with the clock of
// the minister, what articles 54 to 58 ask with the evidence, its members and its yearly
// statements.
func BodyLeaves(f dispute.BodyFile, today calendar.Date) []caseworkweb.Leaf {
	terms := append([]site.Term{{Name: "Naam", Text: f.Name}}, bodyTerms(f)...)
	return caseworkweb.Told("De instantie", site.Record{Terms: terms, Notes: bodyNotes(f.Body, today), Tables: []site.Table{topicTable(f.Body), memberTable(f.Body), statementTable(f.Body), conditionTable(f.Body)}})
}
