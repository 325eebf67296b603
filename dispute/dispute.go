// Package dispute is the room of dispute bodies (geschilleninstanties) and of the
// disputes that clients bring there.
//
// Norms: articles 53-58 of the decree (Besluit financiële dienstverlening, 2005) with
// their notes. For compliance officers, who must know that the body to which the firm
// is affiliated is recognised and stays so, and for handlers, who answer the body.
//
// The room keeps a register of bodies: recognition by the minister and the clock on
// it, what their rules hold with where it stands, whether their members are
// independent, and the yearly statement. The rules that judge this lie in room
// complaint. A dispute is a case of its own, outside the register of complaints: the
// note to article 51 leaves the handling by a body out of it.
//
// Names of members and of who complained lie in rows; facts name nobody.
package dispute

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/internal/fault"
)

// The kinds of case of this room.
const (
	BodyKind casework.Kind = "geschilleninstantie"
	Kind     casework.Kind = "geschil"
)

// By these, beside what all cases share, lists are narrowed.
const (
	FacetState   = "stand"     // of a body: one of States
	FacetOurs    = "eigen"     // of a body: "ja" while the firm is affiliated
	FacetBody    = "instantie" // of a dispute: the id of its body
	FacetHow     = "hoe"       // of a dispute: one of Hows
	FacetOutcome = "uitkomst"  // of a dispute: one of Outcomes
)

func opt(d calendar.Date) canon.Opt[calendar.Date] {
	if d.IsZero() {
		return canon.Null[calendar.Date]()
	}
	return canon.Some(d)
}

// notBefore returns what is wrong with a day that lies before another.
func notBefore(at string, d, first calendar.Date, text string) []fault.Detail {
	if d.IsZero() || first.IsZero() || !d.Before(first) {
		return nil
	}
	return wrong(at, "before", text)
}

func wrong(at, reason, text string) []fault.Detail {
	return []fault.Detail{{Pointer: at, Reason: reason, Text: text}}
}
