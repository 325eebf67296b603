// Package web has the pages on which staff keep credit products, issue documents with
// figures and watch the ceiling, below /werk/krediet, and the calculator that anybody
// may use, below /rekenen.
package web

import (
	"context"
	"net/http"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A Desk is what the pages ask of the room; credit.Service is one, and says what each
// method does.
type Desk interface {
	Products(context.Context, ident.Actor) ([]credit.Product, error)
	Product(context.Context, ident.Actor, credit.ProductID) (credit.File, error)
	Write(context.Context, ident.Actor, credit.Writing) (credit.Product, error)
	Set(ctx context.Context, by ident.Actor, id credit.ProductID, active, open bool, key string) (credit.Product, error)
	IssueFigures(ctx context.Context, by ident.Actor, id credit.ProductID, nr int, kind credit.PaperKind, key string) (credit.Paper, error)
	IssueAccount(context.Context, ident.Actor, credit.Agreement) (credit.Paper, error)
	IssueNotice(context.Context, ident.Actor, credit.Agreement) (credit.Paper, error)
	Papers(context.Context, ident.Actor, credit.PaperFilter) (credit.PaperPage, error)
	Paper(context.Context, ident.Actor, credit.PaperID) (credit.Paper, error)
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// A House is what the pages ask of the rest of the house.
type House struct {
	Names func(context.Context, ident.Firm) (map[string]string, error) // of actors, by how the journal keeps them
	Today func() calendar.Date
	Base  string // address of the installation
	// NewForm names a form that is about to be filled in.
	NewForm func() string
}

const (
	listPath    = "/werk/krediet"
	newPath     = listPath + "/nieuw"
	papersPath  = "/werk/kredietstukken"
	ceilingPath = "/werk/kredietplafond"
)

func productPath(id credit.ProductID) string { return listPath + "/" + string(id) }

func paperPath(id credit.PaperID) string { return papersPath + "/" + string(id) }

// Mount mounts the pages of staff.
func Mount(s *site.Site, d Desk, g Guard, h House) {
	p := pages{d, g, h}
	s.Explain(messages)
	on := func(do staff.Action, pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle(pattern, g.Staff(do, page))
	}
	on(staff.SeeCredit, "GET "+listPath, p.list)
	on(staff.SeeCredit, "GET "+listPath+"/lijst.csv", p.export("csv"))
	on(staff.SeeCredit, "GET "+listPath+"/lijst.xlsx", p.export("xlsx"))
	on(staff.WriteCredit, "GET "+newPath, site.Keyed(h.NewForm, p.showNew))
	on(staff.WriteCredit, "POST "+newPath, p.write)
	on(staff.SeeCredit, "GET "+listPath+"/{id}", p.product)
	on(staff.WriteCredit, "GET "+listPath+"/{id}/wijzigen", p.showChange)
	on(staff.WriteCredit, "POST "+listPath+"/{id}/wijzigen", p.write)
	on(staff.WriteCredit, "POST "+listPath+"/{id}/stand", p.set)
	on(staff.IssueCredit, "POST "+listPath+"/{id}/stukken", p.issueFigures)
	on(staff.SeeCredit, "GET "+papersPath, p.papers)
	on(staff.SeeCredit, "GET "+papersPath+"/lijst.csv", p.exportPapers("csv"))
	on(staff.SeeCredit, "GET "+papersPath+"/lijst.xlsx", p.exportPapers("xlsx"))
	on(staff.SeeCredit, "GET "+papersPath+"/{id}", p.paper)
	on(staff.SeeCredit, "GET "+papersPath+"/{id}/{bestand}", p.file)
	on(staff.IssueCredit, "GET "+papersPath+"/nieuw/{soort}", p.showAgreement)
	on(staff.IssueCredit, "POST "+papersPath+"/nieuw/{soort}", p.issueAgreement)
	on(staff.SeeCredit, "GET "+ceilingPath, p.ceiling)
}

type pages struct {
	desk  Desk
	guard Guard
	house House
}

var messages = map[string]site.Message{
	"unknown-credit-product": {
		Title: "Dit kredietproduct is er niet", Text: "Er is geen kredietproduct met dit kenmerk bij deze onderneming, of er is nu niet mee te rekenen.",
		Do: "Kijk of het adres klopt, of vraag degene die u de link gaf om een nieuwe.",
	},
	"unknown-credit-paper": {
		Title: "Dit stuk is er niet", Text: "Er is geen stuk met dit kenmerk bij uw onderneming.",
		Next: site.Link{Text: "Naar de kredietstukken", Href: papersPath},
	},
	"product-changed": {
		Title: "Iemand anders wijzigde dit product", Text: "Er is intussen een nieuwere versie bewaard. Wat u invulde, is niet bewaard.",
		Do: "Open het product opnieuw en breng uw wijziging daar aan.",
	},
	"no-figures": {
		Title: "Van dit product zijn geen cijfers te geven", Text: "Bij een van de bedragen wordt het krediet nooit afgelost.",
		Do: "Verhoog het deel dat elke maand wordt betaald, of verlaag de rente, en probeer het opnieuw.",
	},
	"no-prospectus": {
		Title: "Voor hypothecair krediet is er geen kredietprospectus", Text: "Artikel 36 geldt voor consumptief krediet. Voor een hypotheek is er de financiële bijsluiter.",
		Next: site.Link{Text: "Naar de kredietproducten", Href: listPath},
	},
	"no-notice": {
		Title: "Er is niets te melden", Text: "De rente verandert niet, of de kredietvergoeding is vast. Artikel 49 vraagt dan geen bericht.",
		Do: "Ga terug en kijk na wat u hebt ingevuld.",
	},
	"unknown-paper-kind": {Title: "Dit soort stuk is er niet", Text: "Kies een tabel voor reclame of cijfers voor het prospectus.", Next: site.Link{Text: "Naar de kredietproducten", Href: listPath}},
}

// refused turns what the room refused into problems of the page, and reports whether
// it did: other errors go on. fields leads a pointer to the field of the page.
func refused(err error, reason string, fields func(pointer string) string) ([]site.Problem, bool) {
	if !fault.Has(err, reason) {
		return nil, false
	}
	var all []site.Problem
	for _, d := range fault.As(err).Details {
		all = append(all, site.Problem{Field: fields(d.Pointer), Text: d.Text})
	}
	return all, true
}

func problemOf(all []site.Problem, field string) string {
	if i := slices.IndexFunc(all, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return all[i].Text
	}
	return ""
}
