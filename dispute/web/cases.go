package web

import (
	"cmp"
	"net/http"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/money"
	"zorgplicht/staff"
)

func asksCases(r *http.Request) (caseworkweb.Query, casework.Filter) {
	q := caseworkweb.Query{Values: r.URL.Query(), Names: []string{"zoek", dispute.FacetBody, dispute.FacetHow, "stand", dispute.FacetOutcome, "volgorde"}}
	f := q.Filter(dispute.FacetBody, dispute.FacetHow, dispute.FacetOutcome)
	f.State = casework.State(q.Get("stand"))
	return q, f
}

// bodyChoices are the bodies of the register, by name; gone says whether those whose
// content was destroyed are among them.
func (p pages) bodyChoices(r *http.Request, who staff.Session, first string, gone bool) ([]site.Choice, error) {
	list, _, err := p.desk.Bodies(r.Context(), who.Account.Firm, casework.Filter{Limit: 200})
	all := []site.Choice{{Text: first}}
	for _, b := range list {
		if gone || !b.Case.Destroyed() {
			all = append(all, site.Choice{Value: string(b.ID()), Text: b.Name})
		}
	}
	return all, err
}

// caseTag is how a dispute stands, in a word or two.
func caseTag(d dispute.Dispute) *site.Tag {
	switch {
	case d.Over() && d.Case.Open():
		return &site.Tag{Tone: site.Warn, Text: "uit te voeren"}
	case d.Over():
		return &site.Tag{Tone: site.Neutral, Text: site.WordOf(outcomeChoices, string(d.Outcome), "niet gezegd")}
	case !d.Answered.IsZero():
		return &site.Tag{Tone: site.Info, Text: "bij de instantie"}
	}
	return &site.Tag{Tone: site.Warn, Text: "reactie nodig"}
}

func (p pages) cases(r *http.Request, who staff.Session) (site.Reply, error) {
	q, f := asksCases(r)
	list, next, err := p.desk.Disputes(r.Context(), who.Account.Firm, f)
	if err != nil {
		return nil, err
	}
	bodies, err := p.bodyChoices(r, who, "Alle", true)
	if err != nil {
		return nil, err
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Geschillen"), Path: casesPath, Search: "Geschillen zoeken", Turn: q.Turn("geschillen", casesPath, len(list), next),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden of nummer", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: dispute.FacetBody, Label: "Instantie", Choices: bodies, Chosen: q.Get(dispute.FacetBody)},
			site.Select{Name: dispute.FacetHow, Label: "Hoe gekomen", Choices: append([]site.Choice{{Text: "Alle"}}, howChoices[1:]...), Chosen: q.Get(dispute.FacetHow)},
			site.Select{Name: "stand", Label: "Stand", Choices: []site.Choice{{Text: "Open en geëindigd"}, {Value: "open", Text: "Open"}, {Value: "gesloten", Text: "Geëindigd"}}, Chosen: q.Get("stand")},
			site.Select{Name: dispute.FacetOutcome, Label: "Uitkomst", Choices: append([]site.Choice{{Text: "Alle"}}, outcomeChoices[1:]...), Chosen: q.Get(dispute.FacetOutcome)},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: []site.Choice{{Text: "Nieuwste eerst"}, {Value: string(casework.Oldest), Text: "Oudste eerst"}}, Chosen: q.Get("volgorde")},
		},
		Table: site.Table{
			Caption: "Geschillen", Hidden: true, Empty: caseworkweb.NothingFound(f, "Er is geen geschil dat hieraan voldoet."),
			Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Waarover"}, {Name: "Begonnen", Kind: "date"}, {Name: "Instantie"}, {Name: "Klacht", Kind: "code"}, {Name: "Reageren voor", Kind: "date"}, {Name: "Stand"}},
		},
		Files: q.Files(casesPath),
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Geschillen bij een geschilleninstantie. Zij staan naast het klachtenregister: wat de instantie doet, hoort daar niet bij (toelichting op artikel 51)."
	l.Buttons = []site.Button{{Text: "Geschilleninstanties", Look: "second", Href: bodiesPath}}
	if who.May(staff.HandleDisputes) {
		l.Buttons = append([]site.Button{{Text: "Geschil inschrijven", Href: casesPath + "/nieuw"}}, l.Buttons...)
		l.Table.Together = caseworkweb.Together
	}
	for _, d := range list {
		mine := site.Cell{Text: d.Complaint}
		if d.ComplaintID != "" {
			mine.Href = "/werk/klachten/" + string(d.ComplaintID)
		}
		l.Table.Rows = append(l.Table.Rows, []site.Cell{{Text: d.Case.Number, Href: casePath(d.ID())}, {Text: d.Case.Title}, {Text: d.Case.Received.Dutch()}, {Text: site.WordOf(bodies, string(d.Body), "niet gezegd")}, mine, {Text: cmp.Or(d.AnswerBy.Dutch(), "–")}, {Tag: caseTag(d)}})
		l.Table.Choose(string(d.ID()), d.Case.Number)
	}
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// exportCases gives exactly the list that is shown, all pages of it.
func (p pages) exportCases(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		_, f := asksCases(r)
		bodies, err := p.bodyChoices(r, who, "Alle", true)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Geschillen", Columns: []table.Column{
			{Name: "Nummer", Width: 14},
			{Name: "Waarover", Width: 48},
			{Name: "Begonnen", Width: 12},
			{Name: "Instantie", Width: 34},
			{Name: "Hoe gekomen", Width: 40},
			{Name: "Kenmerk instantie", Width: 18},
			{Name: "Klacht", Width: 14},
			{Name: "Reageren voor", Width: 14},
			{Name: "Gereageerd", Width: 12},
			{Name: "Geëindigd", Width: 12},
			{Name: "Uitkomst", Width: 24},
			{Name: "Voor wie", Width: 30},
			{Name: "Bedrag", Width: 12},
			{Name: "Stand", Width: 20},
		}}
		return caseworkweb.Download("geschillen", p.Casework.Today(), format, sheet, f, func(f casework.Filter, row func(...any) error) (*casework.Cursor, error) {
			list, next, err := p.desk.Disputes(r.Context(), who.Account.Firm, f)
			for _, d := range list {
				outcome, result, amount := "", "", ""
				if d.Over() {
					outcome, result, amount = site.WordOf(outcomeChoices, string(d.Outcome), "niet gezegd"), site.WordOf(resultChoices, string(d.Result), "niet gezegd"), money.Cents(d.Amount).Dutch()
				}
				if err := row(d.Case.Number, d.Case.Title, d.Case.Received.String(), site.WordOf(bodies, string(d.Body), "niet gezegd"), site.WordOf(howChoices, string(d.How), "niet gezegd"), d.Reference, d.Complaint,
					d.AnswerBy.String(), d.Answered.String(), d.Ended.String(), outcome, result, amount, caseTag(d).Text); err != nil {
					return nil, err
				}
			}
			return next, err
		})
	}
}
