package complaint

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Chosen is a complaint with the revision that was looked at.
type Chosen struct {
	ID  casework.ID
	Saw int64
}

// A Joint is what is done to several complaints at once. Empty fields leave things as
// they are.
type Joint struct {
	Handler string // account; casework.None for nobody
	Team    string
	Product string
	Service string
	Cause   Cause
	Group   string
}

// Empty reports whether nothing is asked.
func (j Joint) Empty() bool { return j == Joint{} }

func (j Joint) gives() bool { return j.Handler != "" || j.Team != "" }

func (j Joint) classes() bool { return j.Product+j.Service+string(j.Cause)+j.Group != "" }

// A JointResult is what was done, or would be done, to one of them.
type JointResult struct {
	ID            casework.ID
	Number, Title string
	Was, Is       Complaint
	Refused       []fault.Detail // what keeps this one as it is
}

// mostTogether is how many complaints are changed at once.
const mostTogether = 200

// errTried ends a transaction of which nothing is kept.
var errTried = errors.New("tried only")

// Together does the same to several complaints, each by itself: one that is refused
// keeps no other back. With try nothing is kept, and the answer says what would be.
func (s *Service) Together(ctx context.Context, by ident.Actor, chosen []Chosen, j Joint, try bool) (results []JointResult, err error) {
	switch {
	case len(chosen) == 0:
		return nil, fault.All("invalid-joint", []fault.Detail{{Pointer: "/chosen", Reason: "missing", Text: "Kies een of meer klachten uit de lijst."}})
	case len(chosen) > mostTogether:
		return nil, fault.All("invalid-joint", []fault.Detail{{Pointer: "/chosen", Reason: "too-many", Text: fmt.Sprintf("Kies hoogstens %d klachten tegelijk.", mostTogether)}})
	case j.Empty():
		return nil, fault.All("invalid-joint", []fault.Detail{{Pointer: "/what", Reason: "missing", Text: "Vul in wat u wilt wijzigen."}})
	}
	for _, one := range chosen {
		var r JointResult
		err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
			r = JointResult{ID: one.ID}
			if err := s.joint(ctx, tx, by, one, j, &r); err != nil {
				return err
			}
			if try {
				return errTried
			}
			return nil
		})
		f := fault.As(err)
		switch {
		case err == nil || errors.Is(err, errTried):
		case f != nil && f.Kind == fault.Invalid:
			r.Refused = f.Details
		case fault.Has(err, "case-changed"):
			r.Refused = []fault.Detail{{Reason: "case-changed", Text: "Deze klacht is gewijzigd nadat u de lijst opende. Open de lijst opnieuw."}}
		case fault.Has(err, "own-complaint"):
			r.Refused = []fault.Detail{{Reason: "own-complaint", Text: "Deze klacht gaat over u. Een collega behandelt haar."}}
		case fault.Has(err, "complaint-handled"):
			r.Refused = []fault.Detail{{Reason: "complaint-handled", Text: "Deze klacht is afgehandeld."}}
		default:
			return results, fmt.Errorf("change complaints together: %w", err)
		}
		results = append(results, r)
	}
	return results, nil
}

func (s *Service) joint(ctx context.Context, tx Tx, by ident.Actor, one Chosen, j Joint, r *JointResult) error {
	c, err := tx.Complaint(one.ID)
	if err != nil {
		return err
	}
	r.Number, r.Title, r.Was, r.Is = c.Case.Number, c.Case.Title, c, c
	if c.Case.Revision != one.Saw {
		return fault.New(fault.Conflict, "case-changed", string(one.ID))
	}
	if err := closed(&c); err != nil {
		return err
	}
	if c.Accuses(by) {
		return ownComplaint(one.ID)
	}
	if j.classes() {
		in := c.class()
		for _, f := range []struct{ to, from *string }{{&in.Product, &j.Product}, {&in.Service, &j.Service}, {&in.Group, &j.Group}} {
			if *f.from != "" {
				*f.to = *f.from
			}
		}
		if j.Cause != "" {
			in.Cause = j.Cause
		}
		if c, err = s.change(tx, by, c.ID(), c.Case.Revision, func(tx Tx, c *Complaint) (string, any, error) { return classify(tx, by, c, in) }); err != nil {
			return err
		}
	}
	if j.gives() {
		handler, team := c.Case.Handler, c.Case.Team
		if j.Handler != "" {
			handler = j.Handler
		}
		if handler == casework.None {
			handler = ""
		}
		if j.Team != "" {
			team = j.Team
		}
		if c.Case, err = s.Casework.Assign(ctx, tx, by, c.Case, handler, team); err != nil {
			return err
		}
	}
	r.Is = c
	return nil
}

// class is what a complaint is about as it stands; where nobody described it, the
// line by which lists show it.
func (c Complaint) class() Class {
	about := c.About
	if about == "" {
		about = c.Case.Title
	}
	return Class{About: about, Product: c.Case.Product, Service: c.Service, Cause: c.Cause, Against: c.Against, Harm: c.Case.Harm, Group: c.Group, From: c.From}
}

// Differs says which fields a change touches, in Dutch, with what they become.
func (r JointResult) Differs(name func(account string) string, cause func(Cause) string) (says []string) {
	add := func(field, was, is string) {
		if was != is {
			says = append(says, field+": "+or(is, "niemand"))
		}
	}
	add("behandelaar", name(r.Was.Case.Handler), name(r.Is.Case.Handler))
	add("team", r.Was.Case.Team, r.Is.Case.Team)
	add("product", r.Was.Case.Product, r.Is.Case.Product)
	add("dienst", r.Was.Service, r.Is.Service)
	add("oorzaak", cause(r.Was.Cause), cause(r.Is.Cause))
	add("groep", r.Was.Group, r.Is.Group)
	return slices.Clip(says)
}

func or(s, none string) string {
	if s == "" {
		return none
	}
	return s
}
