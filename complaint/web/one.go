package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
	"zorgplicht/journal"
	"zorgplicht/money"
	"zorgplicht/staff"
)

type onePage struct {
	frame    site.Work
	file     complaint.File
	works    bool
	under    caseworkweb.Under
	names    map[string]string
	disputes Disputes
	others   []site.Choice
	body     string
	problems []site.Problem
	open     string // the form that came back with problems
	sent     func(string) string
}

func (v onePage) problem(field string) string { return problem(v.problems, field) }

// value is what a field of a form shows: what was sent, else what stands.
func (v onePage) value(form, field, now string) string {
	if v.open == form {
		return v.sent(field)
	}
	return now
}

func (p pages) page(r *http.Request, who staff.Session) (v onePage, err error) {
	firm := who.Account.Firm
	if v.file, err = p.desk.File(r.Context(), firm, casework.ID(r.PathValue("id"))); err != nil {
		return v, err
	}
	v.frame = p.guard.Frame(r, who, v.file.Case.Number+" "+v.file.Case.Title)
	v.frame.Trail, v.frame.Wide = []site.Link{{Text: "Klachten", Href: listPath}}, true
	v.works = who.May(staff.HandleComplaints) && !v.file.Accuses(who.Actor())
	if v.names, v.others, err = p.names(r, firm); err != nil {
		return v, err
	}
	if v.body, err = p.DisputeBody(r.Context(), firm); err != nil {
		return v, err
	}
	facts, err := p.Facts(r.Context(), firm, string(v.file.ID()))
	if err != nil {
		return v, err
	}
	v.under = caseworkweb.Under{File: v.file.Under, Works: v.works, Names: v.names, Today: p.Casework.Today(), More: v.events(facts)}
	if p.Disputes != nil {
		if v.disputes, err = p.Disputes(r.Context(), who, v.file.Complaint); err != nil {
			return v, err
		}
		v.under.More = append(v.under.More, v.disputes.Events...)
	}
	if p.Root != nil {
		if v.under.Root, err = p.Root(r.Context(), who, v.file.ID()); err != nil {
			return v, err
		}
	}
	if p.Mails != nil {
		v.under.Mails, err = p.Mails(r.Context(), firm, v.file.ID())
	}
	return v, err
}

func (p pages) one(r *http.Request, who staff.Session) (site.Reply, error) {
	v, err := p.page(r, who)
	if err != nil {
		return nil, err
	}
	return site.Page(http.StatusOK, showOne(v)), nil
}

// events are the steps of the complaint, and the messages as they were sent.
func (v onePage) events(facts []journal.Recorded) (events []site.Event) {
	titles := map[string]string{
		complaint.KindReceived: "Opgeschreven", complaint.KindClassified: "Ingedeeld", complaint.KindCorrected: "Indeling verbeterd", complaint.KindConcluded: "Afgehandeld",
		complaint.KindReopened: "Heropend", complaint.KindForwarded: "Bij de geschilleninstantie",
		casework.KindAssigned: "Toegewezen", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
		casework.KindLetter: "Brief gemaakt", complaint.KindLinked: "Link aan de klant gegeven", casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen",
		casework.KindRooted: "Grondoorzaak vastgelegd of gewijzigd", casework.KindReceiptCorrected: "Dag van ontvangst verbeterd",
	}
	for _, f := range facts {
		if t := titles[f.Kind]; t != "" {
			events = append(events, event(t, f.Valid, ""))
		}
	}
	for _, m := range v.file.Replies {
		e := event("Verstuurd: "+strings.ToLower(site.WordOf(replyChoices, string(m.Kind), "nog niet gezegd")), m.At, m.Text)
		e.Tone = site.Info
		events = append(events, e)
	}
	return events
}

func event(title string, at time.Time, text string) site.Event {
	return site.Event{Title: title, At: calendar.DutchTime(at), ISO: at.UTC().Format(time.RFC3339Nano), Text: text, Tone: site.Neutral}
}

func (v onePage) terms() []site.Term {
	c := v.file.Complaint
	who := c.From.Name
	if c.For.Name != "" {
		who += ", namens " + c.For.Name
	}
	handler := v.names[c.Case.Handler]
	if handler == "" {
		handler = "nog niemand"
	}
	terms := []site.Term{
		{Name: "Klant", Text: who},
		{Name: "Adres", Text: cmp.Or(strings.Join(filled(c.From.Address, c.From.Postcode, c.From.Town), ", "), "niet opgegeven")},
		{Name: "Bereikbaar", Text: cmp.Or(strings.Join(filled(c.From.Email, c.From.Phone), ", "), "niet opgegeven")},
		{Name: "Ontvangen", Text: c.Case.Received.DutchDay() + cameBy(c.Way)},
		{Name: "Aard", Text: site.WordOf(sortChoices, string(c.Sort), "nog niet gezegd")},
		{Name: "Product", Text: cmp.Or(c.Case.Product, "nog niet gezegd")},
		{Name: "Oorzaak", Text: site.WordOf(causeChoices, string(c.Cause), "nog niet gezegd")},
		{Name: "Schade voor de klant", Text: c.Case.Harm.Dutch()},
		{Name: "Behandelaar", Text: handler},
	}
	if c.Against != "" {
		terms = append(terms, site.Term{Name: "Over medewerker", Text: cmp.Or(v.names[c.Against], "een oud-medewerker")})
	}
	if c.Outcome != "" {
		terms = append(terms, site.Term{Name: "Uitkomst", Text: site.WordOf(outcomeChoices, string(c.Outcome), "nog niet gezegd") + fmt.Sprintf(", na %d dagen", c.Case.Received.DaysUntil(c.Handled))},
			site.Term{Name: "Vergoed", Text: money.Cents(c.Redress).Dutch()})
	}
	if c.Body.Body != "" {
		terms = append(terms, site.Term{Name: "Geschilleninstantie", Text: c.Body.Body + ", sinds " + c.Body.Since.Dutch()})
	}
	return terms
}

// cameBy says how a complaint came in, where that is known.
func cameBy(w casework.Way) string {
	if w == casework.Link {
		return ", door de klant zelf met een link"
	}
	return ", per " + strings.ToLower(site.WordOf(wayChoices, string(w), "onbekende weg"))
}

func filled(parts ...string) (some []string) {
	for _, s := range parts {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}

// group is the way to the equal complaints of its group.
func (v onePage) group() site.Link {
	if v.file.Same == 0 {
		return site.Link{}
	}
	text := fmt.Sprintf("Groep ‘%s’: %d gelijke klachten", v.file.Group, v.file.Same)
	if v.file.Same == 1 {
		text = "Groep ‘" + v.file.Group + "’: alleen deze klacht"
	}
	return site.Link{Text: text, Href: listPath + "?" + url.Values{complaint.FacetGroup: {v.file.Group}}.Encode()}
}

func (v onePage) revision() string { return fmt.Sprint(v.file.Case.Revision) }

// of is who complains, by the name of the field.
func (v onePage) of(field string) string {
	p := v.file.From
	return map[string]string{"naam": p.Name, "adres": p.Address, "postcode": p.Postcode, "plaats": p.Town, "email": p.Email, "telefoon": p.Phone}[field]
}
