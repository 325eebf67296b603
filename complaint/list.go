package complaint

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// The facets by which lists of complaints are narrowed. Values are those of the
// types of this room, or a word below.
const (
	FacetSort    = "soort"
	FacetCause   = "oorzaak"
	FacetService = "dienst"
	FacetOutcome = "uitkomst"
	FacetGroup   = "groep"
	FacetDispute = "geschil"   // AtBody, or BodyDone
	FacetLead    = "termijn"   // a Lead
	FacetRedress = "vergoed"   // Redressed
	FacetCounts  = "telt"      // Counted: all but what asked nothing
	FacetWay     = "ingediend" // a casework.Way
)

// Values of facets.
const (
	AtBody    = "loopt"
	BodyDone  = "klaar"
	Redressed = "ja"
	Counted   = "ja"
)

// A Lead is a band of lead times, from receipt to the end of the firm's own handling.
type Lead string

// The bands: within four weeks, within eight, later.
const (
	FourWeeks  Lead = "4-weken"
	EightWeeks Lead = "8-weken"
	Longer     Lead = "langer"
)

// Leads are all bands, shortest first.
var Leads = []Lead{FourWeeks, EightWeeks, Longer}

// LeadOf is the band of a number of days.
func LeadOf(days int) Lead {
	switch {
	case days <= 28:
		return FourWeeks
	case days <= 56:
		return EightWeeks
	}
	return Longer
}

// LeadDays is how many days it took from receipt, to today while it is open; runs is
// false where nobody waits for an end: unease asks nothing.
func (b Brief) LeadDays(today calendar.Date) (days int, runs bool) {
	if b.Handled.IsZero() {
		return b.Case.Received.DaysUntil(today), b.Sort != Unease
	}
	return b.Case.Received.DaysUntil(b.Handled), true
}

// facets are what lists find a complaint by.
func (c Complaint) facets() casework.Facets {
	f := casework.Facets{
		FacetSort: string(c.Sort), FacetCause: string(c.Cause), FacetService: c.Service, FacetOutcome: string(c.Outcome), FacetGroup: c.Group,
		FacetWay: string(c.Way), casework.Against: c.Against,
	}
	if !c.Handled.IsZero() {
		f[FacetLead] = string(LeadOf(c.Case.Received.DaysUntil(c.Handled)))
	}
	if c.Sort != Unease {
		f[FacetCounts] = Counted
	}
	if c.Redress > 0 {
		f[FacetRedress] = Redressed
	}
	switch {
	case c.Body.Body == "":
	case c.Body.Ended.IsZero():
		f[FacetDispute] = AtBody
	default:
		f[FacetDispute] = BodyDone
	}
	return f
}

// A Brief is a complaint as a list shows it.
type Brief struct {
	Case    casework.Case
	Way     casework.Way
	Sort    Sort
	Service string
	Cause   Cause
	Outcome Outcome
	Redress int64
	Handled calendar.Date
	Group   string
	Body    Dispute
}

// A Listing is a page of a list.
type Listing struct {
	Rows []Brief
	Next *casework.Cursor
}

// List returns a page of complaints, as the filter of cases says.
func (s *Service) List(ctx context.Context, firm ident.Firm, f casework.Filter) (l Listing, err error) {
	f.Kind = Kind
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		p, err := tx.Cases(f)
		if err != nil {
			return err
		}
		l = Listing{Next: p.Next}
		l.Rows, err = tx.Briefs(p.Rows)
		return err
	})
	return l, err
}
