// Package web has the pages of root causes, below /werk/oorzaken.
package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// Options say what the pages need beside the room.
type Options struct {
	Casework   *casework.Service
	NewID      func() string
	Colleagues func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error)
	// Names are the names of all accounts of the firm, by id.
	Names func(context.Context, ident.Firm) (map[string]string, error)
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
	// Sight is which cases somebody sees.
	Sight func(context.Context, staff.Session) (casework.Sight, error)
}

const (
	listPath = "/werk/oorzaken"
	newPath  = listPath + "/nieuw"
	namePath = listPath + "/van/" // of the case that comes after
)

func onePath(id casework.ID) string { return listPath + "/" + string(id) }

// Mount mounts the pages, and returns what stands on the pages of the cases that root
// causes lie behind.
func Mount(s *site.Site, d *cause.Service, g Guard, o Options) func(context.Context, staff.Session, casework.ID) (*caseworkweb.Root, error) {
	p := pages{d, g, o}
	next := site.Link{Text: "Naar de oorzaken", Href: listPath}
	s.Explain(map[string]site.Message{
		"cause-ended": {Title: "Deze oorzaak is afgerond", Text: "Er kan niets meer bij tot zij is heropend.", Do: "Heropen de oorzaak eerst.", Next: next},
		"cause-open":  {Title: "Deze oorzaak is nog open", Text: "Heropenen kan pas als zij is afgerond.", Next: next},
	})
	type page = func(*http.Request, staff.Session) (site.Reply, error)
	for do, at := range map[staff.Action]map[string]page{
		staff.SeeCauses:    {"GET " + listPath: p.list, "GET " + listPath + ".csv": p.export(table.CSV), "GET " + listPath + ".xlsx": p.export(table.XLSX), "GET " + listPath + ".pdf": p.export(table.PDF), "GET " + listPath + "/{id}": p.one},
		staff.HandleCauses: {"GET " + newPath: site.Keyed(p.NewID, p.fresh), "POST " + newPath: p.find, "POST " + listPath + "/{id}/{stap}": p.step, "POST " + namePath + "{zaak}": p.name},
	} {
		for pattern, page := range at {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
	return p.root
}

type pages struct {
	desk  *cause.Service
	guard Guard
	Options
}

var sortChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(complaint.ByAdvice), Text: "Advies"},
	{Value: string(complaint.ByInformation), Text: "Informatie"},
	{Value: string(complaint.ByCompetence), Text: "Deskundigheid"},
	{Value: string(complaint.ByAdministration), Text: "Administratie"},
	{Value: string(complaint.ByTerms), Text: "Voorwaarden"},
	{Value: string(complaint.ByPrice), Text: "Prijs of kosten"},
	{Value: string(complaint.ByTime), Text: "Behandelduur"},
	{Value: string(complaint.ByOther), Text: "Iets anders"},
}

var stateChoices = []site.Choice{
	{Text: "Alle"},
	{Value: string(cause.Undecided), Text: "Nog geen maatregel"},
	{Value: string(cause.Underway), Text: "Maatregel in uitvoering"},
	{Value: string(cause.Watching), Text: "Te controleren"},
	{Value: string(cause.Failing), Text: "Werkt niet of deels"},
	{Value: string(cause.Solved), Text: "Maatregel werkt"},
	{Value: string(cause.Left), Text: "Geen maatregel nodig"},
}

var stateTones = map[cause.State]site.Tone{
	cause.Undecided: site.Warn, cause.Underway: site.Info, cause.Watching: site.Info, cause.Failing: site.Bad, cause.Solved: site.Good, cause.Left: site.Neutral,
}

var kindChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(incident.OnProcedure), Text: "De werkwijze of een controle"},
	{Value: string(incident.OnPolicy), Text: "Het beleid, of een product of tekst"},
	{Value: string(incident.OnPerson), Text: "Mensen: opleiding of begeleiding"},
	{Value: string(incident.OnClients), Text: "Herstel voor klanten"},
	{Value: string(incident.NoMeasure), Text: "Er is geen maatregel nodig"},
}

var effectChoices = []site.Choice{
	{Text: "Kies"}, {Value: string(incident.Works), Text: "Ja"}, {Value: string(incident.WorksPart), Text: "Voor een deel"}, {Value: string(incident.WorksNever), Text: "Nee"},
}

func wordOf(choices []site.Choice, value string) string {
	if i := slices.IndexFunc(choices, func(c site.Choice) bool { return c.Value == value }); i >= 0 && value != "" {
		return choices[i].Text
	}
	return ""
}

func tag(c cause.Cause) *site.Tag {
	if !c.Case.Open() {
		return &site.Tag{Tone: site.Neutral, Text: "afgerond"}
	}
	return &site.Tag{Tone: stateTones[c.State()], Text: strings.ToLower(wordOf(stateChoices, string(c.State())))}
}

func dutch(d calendar.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.Dutch()
}

func or(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// explained is the list of complaints that a root cause explains, received in a period.
func explained(id casework.ID, from, through calendar.Date) string {
	to := "/werk/klachten?" + casework.Root + "=" + string(id)
	if !from.IsZero() {
		to += "&van=" + from.String() + "&tot=" + through.String()
	}
	return to
}

func asks(r *http.Request) (caseworkweb.Query, casework.Filter) {
	q := caseworkweb.Query{Values: r.URL.Query(), Names: []string{"zoek", cause.FacetState, cause.FacetSort, "stand", "product", "volgorde"}}
	f := q.Filter(cause.FacetState, cause.FacetSort)
	f.State, f.Product = casework.State(q.Get("stand")), q.Get("product")
	return q, f
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	q, f := asks(r)
	list, next, err := p.desk.List(r.Context(), who.Account.Firm, f)
	if err != nil {
		return nil, err
	}
	names, err := p.Names(r.Context(), who.Account.Firm)
	if err != nil {
		return nil, err
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Oorzaken"), Path: listPath, Search: "Oorzaken zoeken", Turn: q.Turn("oorzaken", listPath, len(list), next), Files: q.Files(listPath),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Woorden of nummer", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: cause.FacetState, Label: "Maatregel", Choices: stateChoices, Chosen: q.Get(cause.FacetState)},
			site.Select{Name: cause.FacetSort, Label: "Soort oorzaak", Choices: append([]site.Choice{{Text: "Alle"}}, sortChoices[1:]...), Chosen: q.Get(cause.FacetSort)},
			site.Select{Name: "stand", Label: "Stand", Choices: []site.Choice{{Text: "Open en afgerond"}, {Value: "open", Text: "Open"}, {Value: "gesloten", Text: "Afgerond"}}, Chosen: q.Get("stand")},
			site.Field{Name: "product", Label: "Product", Value: q.Get("product"), Optional: true, Short: true},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: []site.Choice{{Text: "Nieuwste eerst"}, {Value: string(casework.Oldest), Text: "Oudste eerst"}}, Chosen: q.Get("volgorde")},
		},
		Table: site.Table{
			Caption: "Oorzaken", Hidden: true, Empty: caseworkweb.NothingFound(f, "Er is geen oorzaak die hieraan voldoet."),
			Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Oorzaak"}, {Name: "Soort"}, {Name: "Product"}, {Name: "Gevonden", Kind: "date"}, {Name: "Klachten", Kind: "number"}, {Name: "Behandelaar"}, {Name: "Maatregel"}},
		},
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Wat er onder klachten en incidenten ligt, wat u eraan doet, en of dat helpt. Elk getal opent de lijst."
	if who.May(staff.HandleCauses) {
		l.Buttons = []site.Button{{Text: "Oorzaak opschrijven", Href: newPath}}
	}
	for _, c := range list {
		l.Table.Rows = append(l.Table.Rows, []site.Cell{
			{Text: c.Case.Number, Href: onePath(c.ID())},
			{Text: c.Case.Title},
			{Text: wordOf(sortChoices, string(c.Sort))},
			{Text: c.Case.Product},
			{Text: c.Case.Received.Dutch()},
			{Text: strconv.Itoa(cause.Complaints(c.Tallies, complaint.Kind)), Href: explained(c.ID(), calendar.Date{}, calendar.Date{})},
			{Text: names[c.Case.Handler]},
			{Tag: tag(c.Cause)},
		})
	}
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// export gives exactly the list that is shown, all pages of it.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		_, f := asks(r)
		names, err := p.Names(r.Context(), who.Account.Firm)
		if err != nil {
			return nil, err
		}
		sheet := table.Sheet{Name: "Oorzaken", Columns: []table.Column{
			{Name: "Nummer", Width: 14},
			{Name: "Oorzaak", Width: 48},
			{Name: "Soort", Width: 18},
			{Name: "Product", Width: 20},
			{Name: "Gevonden", Width: 12},
			{Name: "Klachten", Width: 10},
			{Name: "Behandelaar", Width: 24},
			{Name: "Maatregelen", Width: 12},
			{Name: "Maatregel", Width: 26},
		}}
		return caseworkweb.Download("oorzaken", p.Casework.Today(), format, sheet, f, func(f casework.Filter, row func(...any) error) (*casework.Cursor, error) {
			list, next, err := p.desk.List(r.Context(), who.Account.Firm, f)
			for _, c := range list {
				if err := row(c.Case.Number, c.Case.Title, wordOf(sortChoices, string(c.Sort)), c.Case.Product, c.Case.Received.String(), cause.Complaints(c.Tallies, complaint.Kind),
					names[c.Case.Handler], len(c.Measures), tag(c.Cause).Text); err != nil {
					return nil, err
				}
			}
			return next, err
		})
	}
}
