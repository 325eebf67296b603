package web

import (
	"cmp"
	"strings"

	"zorgplicht/calendar"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/integrity"
	"zorgplicht/internal/site"
)

// Leaves are what the record of a person's reliability says on paper: who it is, what
// articles 6 to 9 and 81 ask, and the changes that were noticed. The statement of
// conduct itself is not kept, and not printed.
func Leaves(p integrity.Person, names map[string]string, today calendar.Date) []caseworkweb.Leaf {
	who := []site.Term{{Name: "Naam", Text: p.Entry.Name}, {Name: "Stand in de functie", Text: state(p, today).Text}}
	if c := p.Certificate; c != nil {
		_, id, _ := strings.Cut(c.By, ":")
		who = append(who, site.Term{Name: "Verklaring gezien door", Text: cmp.Or(names[id], "een andere medewerker")})
	}
	return caseworkweb.Told("Betrouwbaarheid", site.Record{Terms: append(who, terms(p)...), Notes: notes(p, today), Tables: []site.Table{changes(p)}})
}
