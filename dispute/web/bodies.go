package web

import (
	"cmp"
	"net/http"
	"strconv"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

func asksBodies(r *http.Request) (caseworkweb.Query, casework.Filter) {
	q := caseworkweb.Query{Values: r.URL.Query(), Names: []string{"zoek", dispute.FacetState, dispute.FacetOurs, "volgorde"}}
	return q, q.Filter(dispute.FacetState, dispute.FacetOurs)
}

func stateTag(b dispute.Body) *site.Tag {
	s := b.State()
	return &site.Tag{Tone: stateTones[s], Text: site.WordOf(stateChoices, string(s), "niet gezegd")}
}

// found says how a body was held against articles 54 to 58, in a word or two.
func found(b dispute.Body) site.Tag {
	out := b.Verdict()
	switch {
	case out.Compliant != nil && !*out.Compliant:
		return site.Tag{Tone: site.Bad, Text: "voldoet niet"}
	case !b.Looked():
		return site.Tag{Tone: site.Warn, Text: "nog niet bekeken"}
	case len(b.Missing()) > 0:
		return site.Tag{Tone: site.Warn, Text: "nog te beoordelen"}
	}
	return site.Tag{Tone: site.Good, Text: "voldoet"}
}

func ours(b dispute.Body) string {
	switch {
	case b.Joined.IsZero():
		return "niet"
	case b.Left.IsZero():
		return "sinds " + b.Joined.Dutch()
	}
	return b.Joined.Dutch() + " tot en met " + b.Left.Dutch()
}

func nextStatement(b dispute.Body) string {
	if b.State() != dispute.Recognised {
		return ""
	}
	return strconv.Itoa(b.NextStatement())
}

func (p pages) bodies(r *http.Request, who staff.Session) (site.Reply, error) {
	q, f := asksBodies(r)
	list, next, err := p.desk.Bodies(r.Context(), who.Account.Firm, f)
	if err != nil {
		return nil, err
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Geschilleninstanties"), Path: bodiesPath, Search: "Geschilleninstanties zoeken", Turn: q.Turn("instanties", bodiesPath, len(list), next),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Naam of woord", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: dispute.FacetState, Label: "Erkenning", Choices: stateChoices, Chosen: q.Get(dispute.FacetState)},
			site.Select{Name: dispute.FacetOurs, Label: "Aansluiting", Choices: []site.Choice{{Text: "Alle"}, {Value: "ja", Text: "Waar wij zijn aangesloten"}, {Value: casework.None, Text: "Waar wij niet zijn aangesloten"}}, Chosen: q.Get(dispute.FacetOurs)},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: []site.Choice{{Text: "Laatst ingeschreven"}, {Value: string(casework.Oldest), Text: "Eerst ingeschreven"}}, Chosen: q.Get("volgorde")},
		},
		Table: site.Table{
			Caption: "Geschilleninstanties", Hidden: true, Empty: caseworkweb.NothingFound(f, "Er is geen instantie die hieraan voldoet."),
			Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Naam"}, {Name: "Erkenning"}, {Name: "Artikel 54 tot en met 58"}, {Name: "Aangesloten"}, {Name: "Opgave te zien over", Kind: "number"}},
		},
		Files: q.Files(bodiesPath),
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Een financiële dienstverlener is aangesloten bij een erkende geschilleninstantie. Hier staat van elke instantie of zij erkend is, wat haar reglement regelt en of haar leden onafhankelijk zijn (artikel 53 tot en met 58)."
	l.Buttons = []site.Button{{Text: "Geschillen", Look: "second", Href: casesPath}}
	if who.May(staff.KeepBodies) {
		l.Buttons = append([]site.Button{{Text: "Instantie inschrijven", Href: bodiesPath + "/nieuw"}}, l.Buttons...)
	}
	for _, b := range list {
		tag := found(b)
		l.Table.Rows = append(l.Table.Rows, []site.Cell{{Text: b.Case.Number, Href: bodyPath(b.ID())}, {Text: b.Name}, {Tag: stateTag(b)}, {Tag: &tag}, {Text: ours(b)}, {Text: cmp.Or(nextStatement(b), "–")}})
	}
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// exportBodies gives exactly the list that is shown, all pages of it.
func (p pages) exportBodies(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		_, f := asksBodies(r)
		sheet := table.Sheet{Name: "Geschilleninstanties", Columns: []table.Column{
			{Name: "Nummer", Width: 14},
			{Name: "Naam", Width: 40},
			{Name: "Erkenning", Width: 22},
			{Name: "Besluit", Width: 12},
			{Name: "Minister beslist uiterlijk", Width: 22},
			{Name: "Artikel 54 tot en met 58", Width: 22},
			{Name: "Aangesloten", Width: 34},
			{Name: "Opgave te zien over", Width: 18},
		}}
		return caseworkweb.Download("geschilleninstanties", p.Casework.Today(), format, sheet, f, func(f casework.Filter, row func(...any) error) (*casework.Cursor, error) {
			list, next, err := p.desk.Bodies(r.Context(), who.Account.Firm, f)
			for _, b := range list {
				decided, by := "", ""
				if b.Ruling != nil {
					decided = b.Ruling.Day.String()
				}
				if !b.Applied.IsZero() {
					by = b.DecideBy().DecideBy.String()
				}
				if err := row(b.Case.Number, b.Name, site.WordOf(stateChoices, string(b.State()), "niet gezegd"), decided, by, found(b).Text, ours(b), nextStatement(b)); err != nil {
					return nil, err
				}
			}
			return next, err
		})
	}
}
