package app

import (
	"context"
	"slices"

	"zorgplicht/advice"
	"zorgplicht/casework"
	caseworkapi "zorgplicht/casework/api"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/lending"
	"zorgplicht/staff"
)

// A caseDoor is by which scopes programs see the cases of a kind and work on them, and
// where the API has them.
type caseDoor struct {
	see, do staff.Scope
	path    string
}

var caseDoors = map[casework.Kind]caseDoor{
	complaint.Kind:   {staff.ReadComplaints, staff.WriteComplaints, "/klachten"},
	cause.Kind:       {staff.ReadCauses, staff.WriteCauses, "/oorzaken"},
	dispute.BodyKind: {staff.ReadDisputes, staff.WriteDisputes, "/geschilleninstanties"},
	dispute.Kind:     {staff.ReadDisputes, staff.WriteDisputes, "/geschillen"},
	lending.Kind:     {staff.ReadApplications, staff.WriteApplications, "/kredietaanvragen"},
	advice.Kind:      {staff.ReadAdvice, staff.WriteAdvice, "/adviesdossiers"},
	incident.Kind:    {staff.ReadIncidents, staff.WriteIncidents, "/incidenten"},
	integrity.Kind:   {staff.ReadReliability, staff.WriteReliability, "/betrouwbaarheid"},
}

// A caseGate is what a program may do with cases.
type caseGate struct {
	a *App
	c rest.Caller
}

var _ caseworkapi.Gate = caseGate{}

func (a *App) caseGate(c rest.Caller) caseworkapi.Gate { return caseGate{a, c} }

// may reports whether the program sees cases of a kind, and whether it works on them.
func (g caseGate) may(k casework.Kind) (sees, works bool) {
	door := caseDoors[k]
	works = slices.Contains(g.c.Scopes, string(door.do))
	return works || slices.Contains(g.c.Scopes, string(door.see)), works
}

// Works returns a case on which the program may work, without recording that it looked.
func (g caseGate) Works(ctx context.Context, id casework.ID) (casework.Case, error) {
	c, works, err := g.enter(ctx, id, "")
	if err == nil && !works {
		return casework.Case{}, fault.New(fault.Denied, "not-allowed", string(c.Kind))
	}
	return c, err
}

// Sees returns a case that the program may see; of one that is for few that is recorded.
func (g caseGate) Sees(ctx context.Context, id casework.ID) (casework.Case, error) {
	c, _, err := g.enter(ctx, id, "api")
	return c, err
}

func (g caseGate) enter(ctx context.Context, id casework.ID, what string) (c casework.Case, works bool, err error) {
	if c, err = g.a.Casework.Case(ctx, g.c.Actor.Firm, id); err != nil {
		return c, false, err
	}
	sees, works := g.may(c.Kind)
	if !sees {
		return casework.Case{}, false, fault.New(fault.NotFound, "unknown-case", "")
	}
	switch c.Kind {
	case incident.Kind:
		err = g.a.Incident.Enter(ctx, g.hand(), id, what)
	case integrity.Kind:
		err = g.a.Integrity.Enter(ctx, g.c.Actor, id, what)
	}
	if err != nil {
		return casework.Case{}, false, err
	}
	return c, works, nil
}

// hand is the program as room incident takes it: programs see all incidents.
func (g caseGate) hand() incident.Hand { return incident.Hand{Actor: g.c.Actor, All: true} }

// Fits reports whether somebody can be given a case: an incident if they are in its
// circle, and what is known of a person never by a program.
func (g caseGate) Fits(ctx context.Context, c casework.Case, account string) (bool, error) {
	switch c.Kind {
	case incident.Kind:
		in, err := g.a.Incident.Circled(ctx, g.hand(), c.ID)
		return in[account], err
	case integrity.Kind:
		return false, nil
	}
	return true, nil
}

// Close ends a case as its room does.
func (g caseGate) Close(ctx context.Context, c casework.Chosen, k casework.Kind, try bool) error {
	return g.a.closeCase(ctx, g.hand(), c, k, try)
}

// closeCase ends a case of a kind that asks nothing of each case to end it, beside what
// stands in it; with try it says whether that would go.
func (a *App) closeCase(ctx context.Context, by incident.Hand, c casework.Chosen, k casework.Kind, try bool) (err error) {
	switch k {
	case incident.Kind:
		if try {
			return a.Incident.Whole(ctx, by, c.ID)
		}
		_, err = a.Incident.Conclude(ctx, by, c.ID, c.Saw)
	case cause.Kind:
		if try {
			return a.Cause.Whole(ctx, by.Firm, c.ID)
		}
		_, err = a.Cause.Conclude(ctx, by.Actor, c.ID, c.Saw)
	default:
		err = fault.New(fault.Conflict, "closed-by-itself", string(c.ID))
	}
	return err
}

// Sight is what the program sees in lists.
func (g caseGate) Sight(context.Context) (s casework.Sight, err error) {
	for k := range caseDoors {
		if sees, _ := g.may(k); !sees {
			s.Hidden = append(s.Hidden, k)
		}
	}
	slices.Sort(s.Hidden)
	return s, nil
}

// Path is where the API has the cases of a kind.
func (g caseGate) Path(k casework.Kind) string { return rest.Prefix + caseDoors[k].path }
