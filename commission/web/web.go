// Package web has the pages on which staff keep commission agreements, have months
// computed, approve them, and give intermediaries their statements, below
// /werk/provisie.
package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/chart"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

// A Desk is what the pages ask of the room; commission.Service is one, and says what
// each method does.
type Desk interface {
	Agreements(context.Context, ident.Actor) ([]commission.Agreement, error)
	Agreement(context.Context, ident.Actor, string) (commission.Agreement, error)
	WriteAgreement(context.Context, ident.Actor, commission.AgreementWriting) (commission.Agreement, error)
	Payer(context.Context, ident.Actor) (commission.Payer, error)
	SetPayer(context.Context, ident.Actor, commission.Payer) error
	Start(ctx context.Context, by ident.Actor, month, key string) (commission.Run, error)
	Runs(context.Context, ident.Actor) ([]commission.Run, error)
	Run(context.Context, ident.Actor, string) (commission.Run, error)
	Approve(ctx context.Context, by ident.Actor, id, reason string) (commission.Run, error)
	MakeBankFile(ctx context.Context, by ident.Actor, id, on string) (commission.Run, error)
	Lines(ctx context.Context, by ident.Actor, run string, f commission.LineFilter, from, most int) (commission.LinePage, error)
	EachLine(ctx context.Context, by ident.Actor, run string, f commission.LineFilter, do func(commission.Line) error) error
	Explain(ctx context.Context, by ident.Actor, run, ref string) (commission.Explained, error)
	History(ctx context.Context, by ident.Actor, ref string) ([]commission.Past, error)
	Correct(context.Context, ident.Actor, commission.CorrectionOrder) (commission.Correction, error)
	Corrections(context.Context, ident.Actor) ([]commission.Correction, error)
	Statement(ctx context.Context, by ident.Actor, run, agreement string) (commission.Statement, error)
	NameOffice(ctx context.Context, by ident.Actor, id, office, key string) (commission.Agreement, error)
	Received(context.Context, ident.Actor) ([]commission.Received, error)
	ReceivedStatement(ctx context.Context, by ident.Actor, c commission.Receipt, run string, do func(commission.Line) error) (commission.Statement, error)
}

// A Guard knows who is signed in and what they may do; that of room staff is one.
type Guard interface {
	Staff(staff.Action, func(*http.Request, staff.Session) (site.Reply, error)) site.Handler
	Frame(r *http.Request, who staff.Session, title string) site.Work
}

// A House is what the pages ask of the rest of the house.
type House struct {
	Names func(context.Context, ident.Firm) (map[string]string, error) // of actors, by how the journal keeps them
	Firm  func(context.Context, ident.Firm) (string, error)            // as it stands on documents
	Alone func(context.Context, ident.Firm) (bool, error)              // whether one person is the firm
	Today func() calendar.Date
}

const (
	runsPath       = "/werk/provisie"
	startPath      = runsPath + "/berekenen"
	agreementsPath = runsPath + "/afspraken"
	correctedPath  = runsPath + "/correcties"
	payerPath      = runsPath + "/rekening"
)

// runPath is the address of a page of a run.
func runPath(run, more string, q url.Values) string {
	path := runsPath + "/maand/" + run + more
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// Mount mounts the pages.
func Mount(s *site.Site, d Desk, g Guard, h House) {
	p := pages{d, g, h}
	s.Explain(messages)
	on := func(do staff.Action, pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle(pattern, g.Staff(do, page))
	}
	on(staff.SeeCommission, "GET "+runsPath, p.runs)
	on(staff.SeeCommission, "GET "+runsPath+"/lijst.csv", p.exportRuns("csv"))
	on(staff.SeeCommission, "GET "+runsPath+"/lijst.xlsx", p.exportRuns("xlsx"))
	on(staff.RunCommission, "GET "+startPath, p.showStart)
	on(staff.RunCommission, "POST "+startPath, p.start)
	one := runsPath + "/maand/{id}"
	on(staff.SeeCommission, "GET "+one, p.run)
	on(staff.ApproveCommission, "POST "+one+"/goedkeuren", p.approve)
	on(staff.ApproveCommission, "POST "+one+"/betaalbestand", p.makeBankFile)
	on(staff.ApproveCommission, "GET "+one+"/betaalbestand.xml", p.bankFile)
	on(staff.SeeCommission, "GET "+one+"/contracten", p.lines)
	on(staff.SeeCommission, "GET "+one+"/contracten.csv", p.exportLines("csv"))
	on(staff.SeeCommission, "GET "+one+"/contracten.xlsx", p.exportLines("xlsx"))
	on(staff.SeeCommission, "GET "+one+"/contract", p.contract)
	on(staff.SeeCommission, "GET "+one+"/bewijs", p.proof)
	on(staff.RunCommission, "GET "+one+"/correctie", p.showCorrect)
	on(staff.RunCommission, "POST "+one+"/correctie", p.correct)
	on(staff.SeeCommission, "GET "+one+"/afrekening/{afspraak}", p.statement)
	on(staff.SeeCommission, "GET "+one+"/afrekening/{afspraak}/{bestand}", p.statementFile)
	on(staff.SeeCommission, "GET "+correctedPath, p.corrections)
	on(staff.SeeCommission, "GET "+correctedPath+"/lijst.csv", p.exportCorrections("csv"))
	on(staff.SeeCommission, "GET "+correctedPath+"/lijst.xlsx", p.exportCorrections("xlsx"))
	on(staff.SeeCommission, "GET "+agreementsPath, p.agreements)
	on(staff.SeeCommission, "GET "+agreementsPath+"/lijst.csv", p.exportAgreements("csv"))
	on(staff.SeeCommission, "GET "+agreementsPath+"/lijst.xlsx", p.exportAgreements("xlsx"))
	on(staff.AgreeCommission, "GET "+agreementsPath+"/nieuw", p.showAgreement)
	on(staff.AgreeCommission, "POST "+agreementsPath+"/nieuw", p.writeAgreement)
	on(staff.SeeCommission, "GET "+agreementsPath+"/{id}", p.agreement)
	on(staff.AgreeCommission, "POST "+agreementsPath+"/{id}/inzage", p.nameOffice)
	on(staff.SeeCommission, "GET "+receivedPath, p.received)
	on(staff.SeeCommission, "GET "+receivedPath+".csv", p.exportReceived("csv"))
	on(staff.SeeCommission, "GET "+receivedPath+".xlsx", p.exportReceived("xlsx"))
	on(staff.SeeCommission, "GET "+receivedPath+"/{aanbieder}/{id}/{afspraak}", p.receivedOne)
	on(staff.SeeCommission, "GET "+receivedPath+"/{aanbieder}/{id}/{afspraak}/{bestand}", p.receivedFile)
	on(staff.AgreeCommission, "GET "+agreementsPath+"/{id}/wijzigen", p.showAgreement)
	on(staff.AgreeCommission, "POST "+agreementsPath+"/{id}/wijzigen", p.writeAgreement)
	on(staff.AgreeCommission, "GET "+payerPath, p.showPayer)
	on(staff.AgreeCommission, "POST "+payerPath, p.setPayer)
}

type pages struct {
	desk  Desk
	guard Guard
	house House
}

var toRuns = site.Link{Text: "Naar de provisie", Href: runsPath}

var messages = map[string]site.Message{
	"unknown-commission-run": {
		Title: "Deze berekening is er niet", Text: "Er is geen provisieberekening met dit kenmerk bij uw onderneming.", Next: toRuns,
	},
	"unknown-commission-agreement": {
		Title: "Deze provisieafspraak is er niet", Text: "Er is geen afspraak met dit kenmerk bij uw onderneming, of zij staat niet in deze berekening.", Next: toRuns,
	},
	"unknown-commission-contract": {
		Title: "Dit contract staat niet in de berekening", Text: "In deze maand is er geen contract met dit kenmerk.", Next: toRuns,
	},
	"run-not-done": {
		Title: "De berekening is nog niet klaar", Text: "Er is nog niets om te tonen. Wacht tot de berekening klaar is; is zij mislukt, start haar dan opnieuw.", Next: toRuns,
	},
	"run-under-way": {
		Title: "Er loopt al een berekening", Text: "Er wordt één maand tegelijk berekend.", Do: "Wacht tot die klaar is, en probeer het dan opnieuw.", Next: toRuns,
	},
	"month-not-approved": {
		Title: "Een eerdere berekening wacht op goedkeuring", Text: "De maanden volgen op elkaar: wat de ene te veel uitbetaalde, verrekent de volgende.", Do: "Laat eerst die berekening goedkeuren, of bereken die maand opnieuw.", Next: toRuns,
	},
	"not-for-approval": {
		Title: "Deze berekening is niet goed te keuren", Text: "Zij is nog niet klaar, is al goedgekeurd, of er is een nieuwere voor in de plaats gekomen.", Next: toRuns,
	},
	"approver-is-starter": {
		Title: "Een ander keurt goed", Text: "Wie de berekening startte, mag haar niet zelf goedkeuren.", Do: "Vraag een collega met dit recht om ernaar te kijken.", Next: toRuns,
	},
	"approver-no-person": {Title: "Een medewerker keurt goed", Text: "Een programma is geen tweede paar ogen.", Next: toRuns},
	"not-settled":        {Title: "Eerst goedkeuren", Text: "Het betaalbestand kan pas worden gemaakt als de berekening is goedgekeurd.", Next: toRuns},
	"too-early": {
		Title: "De wachttijd is nog niet voorbij", Text: "Een onderneming van één persoon wacht na de goedkeuring 24 uur voordat zij betaalt.", Do: "Probeer het morgen opnieuw.", Next: toRuns,
	},
	"bank-file-made":  {Title: "Het betaalbestand is er al", Text: "Van een maand wordt één betaalbestand gemaakt, zodat niemand twee keer wordt betaald. U kunt het opnieuw downloaden.", Next: toRuns},
	"no-bank-file":    {Title: "Er is nog geen betaalbestand", Text: "Van deze maand is nog geen betaalbestand gemaakt.", Next: toRuns},
	"nothing-to-pay":  {Title: "Er is niets te betalen", Text: "Geen enkele bemiddelaar krijgt over deze maand geld.", Next: toRuns},
	"no-payer":        {Title: "Vul eerst uw rekening in", Text: "Het is niet bekend van welke rekening wordt betaald.", Next: site.Link{Text: "Rekening invullen", Href: payerPath}},
	"no-intermediary": {Title: "Hier is niets te corrigeren", Text: "Dit contract hoort bij geen bemiddelaar met een afspraak. Er is niets uitbetaald.", Do: "Maak een afspraak en bereken de volgende maand.", Next: toRuns},
	"month-not-settled": {
		Title: "Deze maand is nog niet vastgesteld", Text: "Een correctie hoort bij een goedgekeurde maand.", Do: "Herstel het contract in de portefeuille, en bereken de maand opnieuw.", Next: toRuns,
	},
	"agreement-changed": {
		Title: "Iemand anders wijzigde deze afspraak", Text: "Er is intussen een nieuwere versie bewaard. Wat u invulde, is niet bewaard.", Do: "Open de afspraak opnieuw en breng uw wijziging daar aan.",
	},
}

// outcomeText says an outcome in a few words.
func outcomeText(o commission.Outcome) string {
	switch o {
	case commission.Paid:
		return "Aanspraak"
	case commission.NoBalance:
		return "Geen saldo"
	case commission.InArrears:
		return "Twee maanden achterstand"
	case commission.Demanded:
		return "Vervroegd opgeëist"
	case commission.Dissolved:
		return "Ontbonden"
	case commission.NotConcluded:
		return "Niet tot stand gekomen"
	case commission.Mortgage:
		return "Hypothecair krediet"
	case commission.Unagreed:
		return "Geen afspraak"
	case commission.Direct:
		return "Zonder bemiddelaar"
	}
	return string(o)
}

func outcomeTag(o commission.Outcome) site.Tag {
	tone := site.Neutral
	switch {
	case o == commission.Paid:
		tone = site.Good
	case o.Withheld():
		tone = site.Bad
	case o == commission.Unagreed:
		tone = site.Warn
	}
	return site.Tag{Tone: tone, Text: outcomeText(o)}
}

func outcomeChoices() []site.Choice {
	all := []site.Choice{{Value: "", Text: "Alle"}}
	for _, o := range commission.Outcomes {
		all = append(all, site.Choice{Value: string(o), Text: outcomeText(o)})
	}
	return all
}

func kindText(kind string) string {
	if kind == commission.Revolving {
		return "Doorlopend krediet"
	}
	return "Ander krediet"
}

// number writes a count as Dutch readers do.
func number(n int) string { return chart.Number(n) }

func called(names map[string]string, actor string) string {
	if name := names[actor]; name != "" {
		return name
	}
	if strings.HasPrefix(actor, "house") {
		return "het systeem"
	}
	return actor
}

// refused turns what the room refused into problems of the page, and reports whether
// it did: other errors go on. fields leads a pointer to the field of the page.
func refused(err error, reason string, fields map[string]string) ([]site.Problem, bool) {
	if !fault.Has(err, reason) {
		return nil, false
	}
	var all []site.Problem
	for _, d := range fault.As(err).Details {
		all = append(all, site.Problem{Field: fields[d.Pointer], Text: d.Text})
	}
	return all, true
}

func problemOf(all []site.Problem, field string) string {
	if i := slices.IndexFunc(all, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return all[i].Text
	}
	return ""
}

// atOnce is how many rows one page of a list shows.
const atOnce = 50

// A listing is how a list was asked: its address with search, filters, sort and place.
type listing struct {
	path  string
	asked url.Values
	from  int
	of    int
}

func listed(path string, r *http.Request, of int) listing {
	l := listing{path: path, asked: r.URL.Query(), of: of}
	if n, err := strconv.Atoi(l.asked.Get("vanaf")); err == nil && n > 0 && n < of {
		l.from = n
	}
	return l
}

func (l listing) value(name string) string { return strings.TrimSpace(l.asked.Get(name)) }

// at is the address of this list, or of a file of it, from a place.
func (l listing) at(path string, from int) string {
	q := url.Values{}
	for k := range l.asked {
		if v := l.asked.Get(k); v != "" && k != "vanaf" {
			q.Set(k, v)
		}
	}
	if from > 0 {
		q.Set("vanaf", strconv.Itoa(from))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (l listing) through() int { return min(l.from+atOnce, l.of) }

func (l listing) turn(about string) site.Pages {
	p := site.Pages{About: about, Shown: number(l.from+1) + " tot en met " + number(l.through()) + " van " + number(l.of)}
	if l.of == 0 {
		p.Shown = "Geen " + about
	}
	if l.from > 0 {
		p.First, p.Previous = l.at(l.path, 0), l.at(l.path, max(0, l.from-atOnce))
	}
	if l.through() < l.of {
		p.Next = l.at(l.path, l.through())
	}
	return p
}
