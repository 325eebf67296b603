package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/staff"
)

// A RunDesk is what the pages of screening ask of the room; criteria.Screener is
// one, and says what each method does.
type RunDesk interface {
	Portfolios(context.Context, ident.Actor) ([]criteria.Portfolio, error)
	Portfolio(context.Context, ident.Actor, string) (criteria.Portfolio, error)
	LeftOut(context.Context, ident.Actor, string, int, io.Writer) error
	SetsToday(context.Context, ident.Actor) ([]criteria.RunSet, error)
	Load(context.Context, ident.Actor, criteria.LoadOrder, io.Reader) (criteria.Portfolio, error)
	Remove(context.Context, ident.Actor, criteria.RemoveOrder) (criteria.Portfolio, error)
	Start(context.Context, ident.Actor, criteria.RunOrder) (criteria.Run, error)
	Runs(context.Context, ident.Actor) ([]criteria.Run, error)
	Run(context.Context, ident.Actor, string) (criteria.Run, error)
	Results(context.Context, ident.Actor, string, criteria.RunFilter, int64, int) (criteria.RunPage, error)
	EachResult(context.Context, ident.Actor, string, criteria.RunFilter, func(criteria.Run, criteria.RunRow, []string) error) error
	Contract(context.Context, ident.Actor, string, string) (criteria.Contract, error)
	Moved(context.Context, ident.Actor, string, criteria.RunMove, int, int) ([]criteria.Moved, int, error)
}

// A RunGuard knows who is signed in and what they may do; that of room staff is one.
type RunGuard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

const (
	runsPath       = "/werk/doorlichten"
	newRunPath     = runsPath + "/nieuw"
	portfoliosPath = "/werk/portefeuilles"
	loadPath       = portfoliosPath + "/laden"
	runPageSize    = 50
)

func runPath(id, more string, q url.Values) string {
	path := runsPath + "/" + url.PathEscape(id) + more
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

func portfolioPath(id string) string { return portfoliosPath + "/" + url.PathEscape(id) }

// MountRuns mounts the pages below /werk/doorlichten and /werk/portefeuilles. names
// tells who did what; most is the largest file in bytes.
func MountRuns(s *site.Site, d RunDesk, g RunGuard, names func(context.Context, ident.Firm) (map[string]string, error), today func() calendar.Date, most int64) {
	p := runPages{d, g, names, today}
	s.Explain(runMessages)
	s.Receive(loadPath, most)
	see := func(pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle("GET "+pattern, g.Staff(staff.SeeRuns, page))
	}
	see(portfoliosPath, p.portfolios)
	see(portfoliosPath+"/lijst.csv", p.exportBooks(table.CSV))
	see(portfoliosPath+"/lijst.xlsx", p.exportBooks(table.XLSX))
	see(portfoliosPath+"/{id}", p.portfolio)
	see(portfoliosPath+"/{id}/foute-rijen/{nummer}", p.leftOut)
	see(runsPath, p.runs)
	see(runsPath+"/lijst.csv", p.exportRuns(table.CSV))
	see(runsPath+"/lijst.xlsx", p.exportRuns(table.XLSX))
	see(runsPath+"/{id}", p.run)
	see(runsPath+"/{id}/contracten", p.results)
	see(runsPath+"/{id}/contracten.csv", p.exportResults(table.CSV))
	see(runsPath+"/{id}/contracten.xlsx", p.exportResults(table.XLSX))
	see(runsPath+"/{id}/contract", p.contract)
	see(runsPath+"/{id}/bewijs", p.proof)
	see(runsPath+"/{id}/verschuivingen", p.moved)
	see(runsPath+"/{id}/verschuivingen.csv", p.exportMoved)
	for pattern, page := range map[string]func(*http.Request, staff.Session) (site.Reply, error){
		"GET " + loadPath: p.showLoad, "POST " + loadPath: p.load, "GET " + newRunPath: p.showNewRun, "POST " + newRunPath: p.start, "POST " + portfoliosPath + "/{id}/weghalen": p.remove,
	} {
		s.Handle(pattern, g.Staff(staff.MakeRuns, page))
	}
}

type runPages struct {
	desk  RunDesk
	guard RunGuard
	names func(context.Context, ident.Firm) (map[string]string, error)
	today func() calendar.Date
}

var runMessages = map[string]site.Message{
	"unknown-portfolio": {
		Title: "Deze portefeuille is er niet", Text: "Er is geen portefeuille met dit kenmerk bij uw onderneming.",
		Next: site.Link{Text: "Naar de portefeuilles", Href: portfoliosPath},
	},
	"unknown-run": {
		Title: "Deze doorlichting is er niet", Text: "Er is geen doorlichting met dit kenmerk bij uw onderneming.",
		Next: site.Link{Text: "Naar de doorlichtingen", Href: runsPath},
	},
	"unknown-contract": {
		Title: "Dit contract zit niet in de doorlichting", Text: "Er is geen contract met dit kenmerk in het bestand dat is doorgelicht.",
		Do: "Zoek het contract op in de lijst.", Next: site.Link{Text: "Naar de doorlichtingen", Href: runsPath},
	},
	"run-not-done": {
		Title: "Deze doorlichting is niet klaar", Text: "De uitkomsten zijn er pas als de doorlichting klaar is.",
		Next: site.Link{Text: "Naar de doorlichtingen", Href: runsPath},
	},
	"file-missing": {
		Title: "Dit bestand is er niet meer", Text: "Het bestand van deze portefeuille of doorlichting staat niet meer op de schijf.",
		Do: "Vraag de beheerder om het terug te zetten uit een back-up.", Next: site.Link{Text: "Naar de doorlichtingen", Href: runsPath},
	},
	criteria.BadColumns: {
		Title: "Dit bestand is beschadigd", Text: "De inhoud klopt niet met de controlegetallen die zijn vastgelegd. Daarom tonen wij de uitkomsten niet.",
		Do: "Vraag de beheerder om het bestand terug te zetten uit een back-up.", Next: site.Link{Text: "Naar de doorlichtingen", Href: runsPath},
	},
	criteria.GonePortfolio: {
		Title: "De gegevens zijn weggehaald", Text: "De gegevens van deze portefeuille zijn weggehaald. Wat een doorlichting van elk contract zei, is er niet meer; aantallen en bewijs (root) wel.",
		Next: site.Link{Text: "Naar de portefeuilles", Href: portfoliosPath},
	},
	"portfolio-busy": {
		Title: "Er loopt nog een doorlichting", Text: "De gegevens van een portefeuille kunnen pas weg als geen doorlichting erop wacht of loopt.",
		Do: "Wacht tot de doorlichting klaar is en probeer het opnieuw.", Next: site.Link{Text: "Naar de doorlichtingen", Href: runsPath},
	},
	"load-raced": {
		Title: "Iemand anders laadde deze portefeuille", Text: "Op hetzelfde moment is deze portefeuille door iemand anders geladen. Uw bestand is niet bewaard.",
		Do: "Kijk of het bestand van de ander genoeg is, en laad anders opnieuw.", Next: site.Link{Text: "Naar de portefeuilles", Href: portfoliosPath},
	},
}

// amount writes a number as in Dutch: 12.345.
func amount(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// contracts writes a number of contracts in words.
func contracts(n int) string {
	if n == 1 {
		return "1 contract"
	}
	return amount(n) + " contracten"
}

func (p runPages) frame(r *http.Request, who staff.Session, title string, trail ...site.Link) site.Work {
	f := p.guard.Frame(r, who, title)
	f.Trail = trail
	return f
}

var toRuns = site.Link{Text: "Doorlichten", Href: runsPath}
