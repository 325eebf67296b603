// Package web has the pages on which staff keep the credit portfolio, below
// /werk/krediet/portefeuille.
package web

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/table"
	"zorgplicht/loanbook"
	"zorgplicht/staff"
)

// A Desk is what the pages ask of the room; loanbook.Service is one, and says what each
// method does.
type Desk interface {
	Loans(context.Context, ident.Actor, loanbook.Filter) (loanbook.Page, error)
	Each(context.Context, ident.Actor, loanbook.Filter) iter.Seq2[loanbook.Row, error]
	Loan(ctx context.Context, by ident.Actor, reference string) (loanbook.File, error)
	Record(ctx context.Context, by ident.Actor, e loanbook.Event, key string) (loanbook.File, error)
	Withdraw(ctx context.Context, by ident.Actor, id, why string) (loanbook.File, error)
	Import(context.Context, ident.Actor, loanbook.Order, io.Reader) (loanbook.Load, error)
	Loads(context.Context, ident.Actor) ([]loanbook.Load, error)
	Load(context.Context, ident.Actor, int) (loanbook.Load, error)
	Faults(context.Context, ident.Actor, int, io.Writer) error
	Undo(ctx context.Context, by ident.Actor, number int, why string) (loanbook.Load, error)
	Notices(context.Context, ident.Actor, loanbook.NoticeFilter) ([]loanbook.Notice, error)
	Waiting(ctx context.Context, by ident.Actor, most int) (int, error)
	Issue(ctx context.Context, by ident.Actor, id string) (loanbook.Notice, error)
	Tell(ctx context.Context, by ident.Actor, id string, on calendar.Date) (loanbook.Notice, error)
	TellAll(ctx context.Context, by ident.Actor, number int, on calendar.Date) (loanbook.Load, error)
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
	Most  int64 // largest file, in bytes
}

const (
	bookPath    = "/werk/krediet/portefeuille"
	readPath    = bookPath + "/inlezen"
	loadsPath   = bookPath + "/standen"
	noticesPath = bookPath + "/berichten"
	abovePath   = bookPath + "/plafond"
	loanPattern = bookPath + "/overeenkomst/{kenmerk}"
)

func loanPath(reference string) string {
	return bookPath + "/overeenkomst/" + url.PathEscape(reference)
}

func loadPath(number int) string { return loadsPath + "/" + strconv.Itoa(number) }

// Mount mounts the pages.
func Mount(s *site.Site, d Desk, g Guard, h House) {
	p := pages{d, g, h}
	s.Explain(messages)
	s.Receive(readPath, h.Most)
	on := func(do staff.Action, pattern string, page func(*http.Request, staff.Session) (site.Reply, error)) {
		s.Handle(pattern, g.Staff(do, page))
	}
	on(staff.SeeCredit, "GET "+bookPath, p.list)
	on(staff.SeeCredit, "GET "+bookPath+"/lijst.csv", p.export(table.CSV))
	on(staff.SeeCredit, "GET "+bookPath+"/lijst.xlsx", p.export(table.XLSX))
	on(staff.SeeCredit, "GET "+abovePath, p.ceilings)
	on(staff.SeeCredit, "GET "+loanPattern, p.loan)
	on(staff.IssueCredit, "GET "+loanPattern+"/vastleggen", p.showRecord)
	on(staff.IssueCredit, "POST "+loanPattern+"/vastleggen", p.record)
	on(staff.IssueCredit, "POST "+loanPattern+"/intrekken", p.withdraw)
	on(staff.SeeCredit, "GET "+noticesPath, p.notices)
	on(staff.SeeCredit, "GET "+noticesPath+"/lijst.csv", p.exportNotices(table.CSV))
	on(staff.SeeCredit, "GET "+noticesPath+"/lijst.xlsx", p.exportNotices(table.XLSX))
	on(staff.IssueCredit, "POST "+noticesPath+"/{id}", p.give)
	on(staff.SeeCredit, "GET "+loadsPath, p.loads)
	on(staff.SeeCredit, "GET "+loadsPath+"/lijst.csv", p.exportLoads(table.CSV))
	on(staff.SeeCredit, "GET "+loadsPath+"/lijst.xlsx", p.exportLoads(table.XLSX))
	on(staff.SeeCredit, "GET "+loadsPath+"/{nummer}", p.load)
	on(staff.SeeCredit, "GET "+loadsPath+"/{nummer}/fouten.csv", p.faults)
	on(staff.WriteCredit, "POST "+loadsPath+"/{nummer}/ongedaan", p.undo)
	on(staff.IssueCredit, "POST "+loadsPath+"/{nummer}/berichten", p.giveAll)
	on(staff.WriteCredit, "GET "+readPath, p.showRead)
	on(staff.WriteCredit, "POST "+readPath, p.read)
}

type pages struct {
	desk  Desk
	guard Guard
	house House
}

func (p pages) frame(r *http.Request, who staff.Session, title string, trail ...site.Link) site.Work {
	w := p.guard.Frame(r, who, title)
	w.Trail = append([]site.Link{{Text: "Kredietportefeuille", Href: bookPath}}, trail...)
	return w
}

var messages = map[string]site.Message{
	"no-book": {
		Title: "Er is nog geen kredietportefeuille", Text: "Er is nog geen bestand met overeenkomsten ingelezen.",
		Next: site.Link{Text: "Naar de kredietportefeuille", Href: bookPath},
	},
	"unknown-loan": {
		Title: "Deze overeenkomst staat niet in de portefeuille", Text: "Er is bij uw onderneming geen overeenkomst met dit kenmerk.",
		Next: site.Link{Text: "Naar de kredietportefeuille", Href: bookPath},
	},
	"unknown-load":       {Title: "Dit bestand is er niet", Text: "Er is bij uw onderneming geen inlezing met dit nummer.", Next: site.Link{Text: "Naar de bestanden", Href: loadsPath}},
	"no-load-faults":     {Title: "Er is geen lijst met fouten", Text: "In dit bestand zijn geen fouten gevonden.", Next: site.Link{Text: "Naar de bestanden", Href: loadsPath}},
	"load-not-done":      {Title: "Dit bestand staat niet in de portefeuille", Text: "Alleen een bestand dat is ingelezen, kan ongedaan worden gemaakt.", Next: site.Link{Text: "Naar de bestanden", Href: loadsPath}},
	"load-raced":         {Title: "Iemand anders las op hetzelfde moment een bestand in", Text: "Uw bestand is niet aangenomen.", Do: "Stuur het opnieuw."},
	"unknown-loan-event": {Title: "Deze gebeurtenis is er niet", Text: "Er is bij uw onderneming geen gebeurtenis met dit kenmerk.", Next: site.Link{Text: "Naar de kredietportefeuille", Href: bookPath}},
	"event-withdrawn":    {Title: "Deze gebeurtenis is al ingetrokken", Text: "Zij telt niet meer mee.", Next: site.Link{Text: "Naar de kredietportefeuille", Href: bookPath}},
	"unknown-notice":     {Title: "Dit bericht is er niet", Text: "Er is bij uw onderneming geen bericht met dit kenmerk.", Next: site.Link{Text: "Naar de berichten", Href: noticesPath}},
	"notice-given":       {Title: "Dit bericht is al gegeven", Text: "Er hoeft niets meer te gebeuren.", Next: site.Link{Text: "Naar de berichten", Href: noticesPath}},
	"no-month-end":       {Title: "Er is geen stand van het einde van die maand", Text: "Lees eerst het bestand in van de laatste dag van de maand.", Next: site.Link{Text: "Naar de bestanden", Href: loadsPath}},
	"invalid-loan-reason": {
		Title: "Geef de reden", Text: "Schrijf in ten hoogste 300 tekens waarom, zonder burgerservicenummer.", Do: "Ga terug en vul de reden in.",
	},
	"invalid-loan-notice": {Title: "Geef de dag van verzending", Text: "Die dag ligt niet later dan vandaag.", Do: "Ga terug en vul de dag in."},
	"bad-cursor":          {Title: "Dit deel van de lijst is er niet", Text: "Het adres klopt niet.", Next: site.Link{Text: "Naar de kredietportefeuille", Href: bookPath}},
}

// refused turns what the room refused into problems of the page, and reports whether it
// did: other errors go on.
func refused(err error, fields map[string]string, reasons ...string) (all []site.Problem, ok bool) {
	f := fault.As(err)
	if f == nil || !slices.Contains(reasons, f.Reason) {
		return nil, false
	}
	for _, d := range f.Details {
		field := fields[d.Pointer]
		if field == "" {
			field = fields[""]
		}
		all = append(all, site.Problem{Field: field, Text: d.Text})
	}
	return all, true
}

func problemOf(all []site.Problem, field string) string {
	if i := slices.IndexFunc(all, func(p site.Problem) bool { return p.Field == field }); i >= 0 {
		return all[i].Text
	}
	return ""
}

// number writes an amount of things: 12.345.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

func nameOf(names map[string]string, by string) string {
	if n := names[by]; n != "" {
		return n
	}
	return "het systeem"
}

func day(text string) calendar.Date {
	d, err := calendar.Parse(strings.TrimSpace(text))
	if err != nil {
		return calendar.Date{}
	}
	return d
}

func dutchDay(d calendar.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.Dutch()
}

func at(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func watchTag(w loanbook.Watch) site.Tag {
	tone := map[loanbook.Watch]site.Tone{loanbook.Within: site.Good, loanbook.WithinUnsure: site.Warn, loanbook.AboveUnsure: site.Warn, loanbook.Above: site.Bad, loanbook.Unwatched: site.Neutral}[w]
	return site.Tag{Tone: tone, Text: w.Dutch()}
}

func stateTag(s loanbook.State) site.Tag {
	tone := map[loanbook.State]site.Tone{loanbook.Running: site.Good, loanbook.Late: site.Warn, loanbook.Called: site.Bad}[s]
	if tone == "" {
		tone = site.Neutral
	}
	return site.Tag{Tone: tone, Text: s.Dutch()}
}
