// Package web has the pages of the reliability of people, below
// /werk/betrouwbaarheid.
package web

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/integrity"
	"zorgplicht/internal/fault"
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
	Casework *casework.Service
	NewID    func() string
	// Names are the names of all accounts of the firm, by id.
	Names func(context.Context, ident.Firm) (map[string]string, error)
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
}

const (
	listPath = "/werk/betrouwbaarheid"
	newPath  = listPath + "/nieuw"
	atOnce   = 50
)

func onePath(id casework.ID) string { return listPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d *integrity.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(map[string]site.Message{
		"person-left": {
			Title: "Deze persoon werkt niet meer bij u", Text: "Er kan niets meer bij. Komt iemand terug, schrijf die persoon dan opnieuw in: dan begint de beoordeling ook opnieuw. Is het vertrek verkeerd vastgelegd, draai het dan terug op de pagina van de persoon.",
			Next: site.Link{Text: "Naar betrouwbaarheid", Href: listPath},
		},
		"person-works": {
			Title: "Deze persoon werkt bij u", Text: "Er is geen vertrek om terug te draaien. Misschien deed een collega dat al.",
			Next: site.Link{Text: "Naar betrouwbaarheid", Href: listPath},
		},
	})
	type page = func(*http.Request, staff.Session) (site.Reply, error)
	for do, at := range map[staff.Action]map[string]page{
		staff.SeeReliability: {
			"GET " + listPath: p.list, "GET " + listPath + ".csv": p.export(table.CSV), "GET " + listPath + ".xlsx": p.export(table.XLSX), "GET " + listPath + ".pdf": p.export(table.PDF), "GET " + listPath + "/{id}": p.one,
		},
		staff.KeepReliability: {"GET " + newPath: site.Keyed(p.NewID, p.showNew), "POST " + newPath: p.register, "POST " + listPath + "/{id}/{stap}": p.step},
	} {
		for pattern, page := range at {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
}

type pages struct {
	desk  *integrity.Service
	guard Guard
	Options
}

// A Compartment is the persons as the pages of all casework take them.
type Compartment struct{ Desk *integrity.Service }

// Sight returns the persons of whom somebody does not read, whatever their role.
func (c Compartment) Sight(ctx context.Context, who staff.Session) (named, barred []casework.ID, err error) {
	barred, err = c.Desk.Barred(ctx, who.Actor())
	return nil, barred, err
}

// Enter records that somebody opens a part of a person's record.
func (c Compartment) Enter(ctx context.Context, who staff.Session, id casework.ID, what string) (bool, error) {
	if !who.May(staff.SeeReliability) {
		return false, fault.New(fault.NotFound, "unknown-case", "")
	}
	return who.May(staff.KeepReliability), c.Desk.Enter(ctx, who.Actor(), id, what)
}

// Among returns who of these can be given work: who asks.
func (c Compartment) Among(_ context.Context, who staff.Session, _ casework.ID, all []caseworkweb.Colleague) ([]caseworkweb.Colleague, error) {
	return slices.DeleteFunc(slices.Clone(all), func(one caseworkweb.Colleague) bool { return one.ID != who.Account.ID }), nil
}

var _ caseworkweb.Compartment = Compartment{}

var roleChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(integrity.PolicyMaker), Text: "Bepaalt het beleid"},
	{Value: string(integrity.CoPolicyMaker), Text: "Bepaalt het beleid mee"},
	{Value: string(integrity.ClientFacing), Text: "Heeft inhoudelijk contact met klanten"},
	{Value: string(integrity.OtherStaff), Text: "Geen van deze"},
}

var employmentChoices = []site.Choice{{Text: "Kies"}, {Value: "employee", Text: "In dienst"}, {Value: "temp", Text: "Uitzendkracht"}, {Value: "seconded", Text: "Gedetacheerd"}}

var exemptionChoices = []site.Choice{{Text: "Ja"}, {Value: "bank", Text: "Nee, uw onderneming is een bank"}, {Value: "insurer", Text: "Nee, uw onderneming is een verzekeraar"}}

var absenceChoices = []site.Choice{{Text: "Nog niet gevraagd of nog geen antwoord"}, {Value: integrity.NoCause, Text: "Geen aanleiding om opnieuw te toetsen"}, {Value: integrity.Reassesses, Text: "De toezichthouder toetst opnieuw"}}

// state is how somebody stands, in a word or two.
func state(p integrity.Person, today calendar.Date) site.Tag {
	switch {
	case !p.Left.IsZero():
		return site.Tag{Tone: site.Neutral, Text: "vertrokken"}
	case slices.ContainsFunc(p.Changes, func(c integrity.Change) bool { return c.Reported.IsZero() }):
		return site.Tag{Tone: site.Bad, Text: "wijziging melden"}
	case p.Lapsed():
		return site.Tag{Tone: site.Bad, Text: "voldoet niet"}
	case p.Appointed.After(today):
		return site.Tag{Tone: site.Info, Text: "begint later"}
	case !p.Appointed.IsZero():
		return site.Tag{Tone: site.Good, Text: "in functie"}
	case len(p.Barriers(today)) > 0:
		return site.Tag{Tone: site.Warn, Text: "mag nog niet beginnen"}
	}
	return site.Tag{Tone: site.Info, Text: "kan beginnen"}
}

func (p pages) asks(r *http.Request, who staff.Session) ([]integrity.Person, error) {
	q := r.URL.Query()
	list, err := p.desk.List(r.Context(), who.Actor(), casework.Filter{State: casework.State(q.Get("stand"))}.Search(q.Get("zoek")))
	role := integrity.Role(q.Get("functie"))
	list = slices.DeleteFunc(list, func(one integrity.Person) bool { return role != "" && one.Entry.Role != role })
	switch q.Get("volgorde") {
	case "naam":
		slices.SortStableFunc(list, func(a, b integrity.Person) int { return strings.Compare(a.Entry.Name, b.Entry.Name) })
	case "begonnen":
		slices.SortStableFunc(list, func(a, b integrity.Person) int { return b.Entry.Started.Compare(a.Entry.Started) })
	}
	return list, err
}

func (p pages) list(r *http.Request, who staff.Session) (site.Reply, error) {
	list, err := p.asks(r, who)
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	from, err := strconv.Atoi(q.Get("vanaf"))
	if err != nil || from < 0 || from >= len(list) {
		from = 0
	}
	at := func(path string, from int) string {
		to := url.Values{"vanaf": {strconv.Itoa(from)}}
		for _, k := range []string{"zoek", "stand", "functie", "volgorde"} {
			to.Set(k, q.Get(k))
		}
		return path + "?" + to.Encode()
	}
	l := site.Listing{
		Frame: p.guard.Frame(r, who, "Betrouwbaarheid"), Path: listPath, Search: "Personen zoeken",
		Turn: site.Turning("personen", from, len(list), atOnce, func(n int) string { return at(listPath, n) }),
		Filter: []any{
			site.Field{Name: "zoek", Label: "Naam of woord", Type: "search", Value: q.Get("zoek"), Optional: true},
			site.Select{Name: "functie", Label: "Functie", Choices: append([]site.Choice{{Text: "Alle"}}, roleChoices[1:]...), Chosen: q.Get("functie")},
			site.Select{Name: "stand", Label: "Stand", Choices: []site.Choice{{Text: "Iedereen"}, {Value: "open", Text: "Werkt hier"}, {Value: "gesloten", Text: "Vertrokken"}}, Chosen: q.Get("stand")},
			site.Select{Name: "volgorde", Label: "Volgorde", Choices: []site.Choice{{Text: "Laatst ingeschreven"}, {Value: "naam", Text: "Naam"}, {Value: "begonnen", Text: "Laatst begonnen"}}, Chosen: q.Get("volgorde")},
		},
		Table: site.Table{
			Caption: "Personen", Hidden: true, Empty: caseworkweb.NothingFound(casework.Filter{}.Search(q.Get("zoek")), "Er is niemand die hieraan voldoet."),
			Columns: []site.Column{{Name: "Nummer", Kind: "code"}, {Name: "Naam"}, {Name: "Functie"}, {Name: "Bij u sinds", Kind: "date"}, {Name: "In functie sinds", Kind: "date"}, {Name: "Stand"}},
		},
		Files: site.Files{CSV: at(listPath+".csv", 0), XLSX: at(listPath+".xlsx", 0), PDF: at(listPath+".pdf", 0), Keep: site.KeepSearch(at(listPath, 0))},
	}
	l.Frame.Wide = true
	l.Frame.Lead = "Van wie het beleid bepaalt en van wie klanten helpt, moet de betrouwbaarheid buiten twijfel staan (artikel 6 tot en met 9). Wie een persoon opent, wordt vastgelegd."
	if who.May(staff.KeepReliability) {
		l.Buttons = []site.Button{{Text: "Persoon inschrijven", Href: newPath}}
	}
	if number := q.Get("incident"); number != "" && len(number) < 30 {
		l.Notes = []site.Note{{Tone: site.Info, Heading: "Wijziging uit incident " + number, Lines: []string{"Kies de beleidsbepaler en leg onder ‘Wijziging opgemerkt’ vast wat er is gewijzigd. Noem daar het nummer van het incident."}}}
	}
	for _, one := range list[from:min(from+atOnce, len(list))] {
		tag := state(one, p.Casework.Today())
		l.Table.Rows = append(l.Table.Rows, []site.Cell{
			{Text: one.Case.Number, Href: onePath(one.ID())},
			{Text: one.Entry.Name},
			{Text: site.WordOf(roleChoices, string(one.Entry.Role), "niet gezegd")},
			{Text: one.Entry.Started.Dutch()},
			{Text: cmp.Or(one.Appointed.Dutch(), "–")},
			{Tag: &tag},
		})
	}
	return site.Page(http.StatusOK, site.ShowListing(l)), nil
}

// export gives the list as a file, as the page shows it. That it was taken is a fact.
func (p pages) export(format table.Format) func(*http.Request, staff.Session) (site.Reply, error) {
	return func(r *http.Request, who staff.Session) (site.Reply, error) {
		list, err := p.asks(r, who)
		if err != nil {
			return nil, err
		}
		if err := p.desk.Take(r.Context(), who.Actor(), string(format)); err != nil {
			return nil, err
		}
		sheet := table.Sheet{Made: p.Casework.Today(), Name: "Betrouwbaarheid", Columns: []table.Column{{Name: "Nummer", Width: 14}, {Name: "Naam", Width: 30}, {Name: "Functie", Width: 30}, {Name: "Bij u sinds", Width: 12}, {Name: "In functie sinds", Width: 14}, {Name: "Stand", Width: 22}}}
		today := p.Casework.Today()
		return site.Download("betrouwbaarheid-"+today.String()+"."+string(format), format.MediaType(), func(w io.Writer) error {
			out, err := table.New(format, w, sheet)
			if err != nil {
				return err
			}
			for _, one := range list {
				if err := out.Row(one.Case.Number, one.Entry.Name, site.WordOf(roleChoices, string(one.Entry.Role), "niet gezegd"), one.Entry.Started.String(), one.Appointed.String(), state(one, today).Text); err != nil {
					return err
				}
			}
			return out.Close()
		}), nil
	}
}
