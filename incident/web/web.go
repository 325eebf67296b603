// Package web has the pages of integrity incidents below /werk/incidenten: everybody
// writes one down, few read it.
package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"zorgplicht/casework"
	caseworkweb "zorgplicht/casework/web"
	"zorgplicht/ident"
	"zorgplicht/incident"
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
	Casework   *casework.Service
	NewID      func() string
	Now        func() time.Time
	Colleagues func(context.Context, ident.Firm) ([]caseworkweb.Colleague, error)
	// Names are the names of all accounts of the firm, by id.
	Names func(context.Context, ident.Firm) (map[string]string, error)
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
	// Root is what lies behind a case, for who looks.
	Root func(context.Context, staff.Session, casework.ID) (*caseworkweb.Root, error)
}

const (
	listPath   = "/werk/incidenten"
	newPath    = listPath + "/nieuw"
	keptPath   = listPath + "/opgeschreven"
	policyPath = listPath + "/beleid"
)

func onePath(id casework.ID) string { return listPath + "/" + string(id) }

// Mount mounts the pages.
func Mount(s *site.Site, d *incident.Service, g Guard, o Options) {
	p := pages{d, g, o}
	s.Explain(messages)
	type page = func(*http.Request, staff.Session) (site.Reply, error)
	for do, at := range map[staff.Action]map[string]page{
		staff.Work: {
			"GET " + listPath: p.list, "GET " + listPath + ".csv": p.export(table.CSV), "GET " + listPath + ".xlsx": p.export(table.XLSX), "GET " + listPath + ".pdf": p.export(table.PDF),
			"GET " + listPath + "/{id}": p.one, "GET " + listPath + "/{id}/melding.pdf": p.notice, "POST " + listPath + "/{id}/{stap}": p.step,
			"GET " + policyPath: p.policy, "GET " + keptPath: p.kept,
		},
		staff.ReportIncidents:   {"GET " + newPath: site.Keyed(p.NewID, p.showNew), "POST " + newPath: p.report},
		staff.SetIncidentPolicy: {"POST " + policyPath: p.writePolicy, "POST " + policyPath + "/publiceren": p.publishPolicy},
	} {
		for pattern, page := range at {
			s.Handle(pattern, g.Staff(do, page))
		}
	}
}

type pages struct {
	desk  *incident.Service
	guard Guard
	Options
}

// hand is who asks, as the room takes it.
func hand(who staff.Session) incident.Hand {
	return incident.Hand{Actor: who.Actor(), All: who.May(staff.SeeIncidents)}
}

// works reports whether somebody works on the incidents that they see: who sees all by
// their role needs the right, who is named in one has it.
func works(who staff.Session) bool {
	return who.May(staff.HandleIncidents) || !who.May(staff.SeeIncidents) && who.May(staff.ReportIncidents)
}

// A Compartment is the incidents as the pages of all casework take them.
type Compartment struct{ Desk *incident.Service }

// Sight returns which incidents somebody sees or does not see, whatever their role.
func (c Compartment) Sight(ctx context.Context, who staff.Session) (named, barred []casework.ID, err error) {
	return c.Desk.Sight(ctx, hand(who))
}

// Enter records that somebody opens a part of an incident.
func (c Compartment) Enter(ctx context.Context, who staff.Session, id casework.ID, what string) (bool, error) {
	return works(who), c.Desk.Enter(ctx, hand(who), id, what)
}

// Among returns who of these can be given work on the incident: its circle, and who
// asks.
func (c Compartment) Among(ctx context.Context, who staff.Session, id casework.ID, all []caseworkweb.Colleague) (some []caseworkweb.Colleague, err error) {
	in, err := c.Desk.Circled(ctx, hand(who), id)
	for _, one := range all {
		if in[one.ID] || one.ID == who.Account.ID {
			some = append(some, one)
		}
	}
	return some, err
}

var _ caseworkweb.Compartment = Compartment{}

var messages = map[string]site.Message{
	"incident-ended": {
		Title: "Dit incident is afgerond", Text: "Er kan niets meer bij tot het is heropend.", Do: "Heropen het incident eerst.",
		Next: site.Link{Text: "Naar de incidenten", Href: listPath},
	},
	"incident-open": {
		Title: "Dit incident is nog open", Text: "Heropenen kan pas als het is afgerond.", Next: site.Link{Text: "Naar de incidenten", Href: listPath},
	},
	"incident-not-judged": {
		Title: "Dit incident is nog niet beoordeeld", Text: "Beoordeel eerst of het moet worden gemeld. Leg daarna de melding vast.",
		Next: site.Link{Text: "Naar de incidenten", Href: listPath},
	},
	"own-policy": {
		Title: "Een ander zet dit beleid in werking", Text: "U schreef het zelf. Iemand anders met hetzelfde recht moet het lezen en in werking zetten.",
		Next: site.Link{Text: "Naar het beleid", Href: policyPath},
	},
	"policy-too-soon": {
		Title: "Dit kan nog niet", Text: "Wie alleen werkt, zet zijn eigen beleid pas een dag na het schrijven in werking.", Do: "Lees het morgen opnieuw en zet het dan in werking.",
		Next: site.Link{Text: "Naar het beleid", Href: policyPath},
	},
	"no-policy-draft": {
		Title: "Er is niets om in werking te zetten", Text: "Er ligt geen concept van het beleid, of een ander was u voor.", Next: site.Link{Text: "Naar het beleid", Href: policyPath},
	},
}

var errStep = errors.New("no such step")

func unknownStep() error { return fault.Because(fault.NotFound, "unknown-case", errStep) }
