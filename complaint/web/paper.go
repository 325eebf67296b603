package web

import (
	"strings"

	"zorgplicht/calendar"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
)

// Leaves are what a complaint says on paper: all that article 51 asks of the record, in
// the words in which it is kept. names are those of colleagues, by account.
func Leaves(f complaint.File, names map[string]string) []caseworkweb.Leaf {
	leaves := []caseworkweb.Leaf{
		{Heading: "De klacht", Terms: onePage{file: f, names: names}.terms()},
		{Heading: "Zoals de klacht binnenkwam", Text: f.Original},
	}
	if f.About != "" {
		leaves = append(leaves, caseworkweb.Leaf{Heading: "Omschrijving", Text: f.About})
	}
	for _, r := range f.Replies {
		leaves = append(leaves, caseworkweb.Leaf{Heading: "Bericht aan de klant", Terms: []site.Term{
			{Name: "Soort", Text: strings.ToLower(site.WordOf(replyChoices, string(r.Kind), "onbekend"))},
			{Name: "Verstuurd", Text: calendar.DutchTime(r.At)},
			{Name: "Hoe", Text: strings.ToLower(site.WordOf(wayChoices, string(r.Way), "onbekend"))},
		}, Text: r.Text})
	}
	return leaves
}
