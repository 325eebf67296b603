package advice

import (
	"context"
	"fmt"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// Procedures returns the procedures of a firm, the newest first.
func (s *Service) Procedures(ctx context.Context, firm ident.Firm) (all []Procedure, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Procedures()
		return err
	})
	return all, err
}

// Questions returns the version of a procedure that is in use today, with its
// questions; fault.NotFound "unknown-procedure".
func (s *Service) Questions(ctx context.Context, firm ident.Firm, name string) (criteria.Published, Procedure, error) {
	today := s.Casework.Today()
	all, err := s.Procedures(ctx, firm)
	if err != nil {
		return criteria.Published{}, Procedure{}, err
	}
	p, err := s.Sets.Published(ctx, firm, name, today)
	if err != nil && fault.As(err) == nil {
		return p, Procedure{}, err
	}
	i := slices.IndexFunc(all, func(q Procedure) bool { return q.Hash == p.Release.Hash && q.On(today) })
	if err != nil || i < 0 {
		return p, Procedure{}, fault.New(fault.NotFound, "unknown-procedure", name)
	}
	return p, all[i], nil
}

// Candidates returns the rule sets that are in use today, each with what keeps it
// from being a procedure.
func (s *Service) Candidates(ctx context.Context, by ident.Actor) (all []Candidate, err error) {
	rows, err := s.Sets.List(ctx, by, criteria.Filter{})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		p, err := s.Sets.Published(ctx, by.Firm, r.Name, s.Casework.Today())
		if err != nil {
			if fault.As(err) != nil { // no version of it decides today
				continue
			}
			return nil, err
		}
		all = append(all, Candidate{p, ProcedureCheck.Ask(courseQuestion(p))})
	}
	return all, nil
}

// Name makes the version of a rule set that is in use today the standardised
// procedure for a sort of product, from today. A set that cannot be verified is
// Invalid "invalid-procedure" with all that it lacks.
func (s *Service) Name(ctx context.Context, by ident.Actor, name string, kind ProductKind) error {
	today := s.Casework.Today()
	var wrong faults
	if !slices.Contains(ProductKinds, kind) {
		wrong.add("/kind", "invalid-value", "Kies het soort product.")
	}
	p, err := s.Sets.Published(ctx, by.Firm, name, today)
	switch {
	case err != nil && fault.As(err) == nil:
		return err
	case err != nil:
		wrong.add("/name", "unknown-set", "Kies een regelset die vandaag in gebruik is.")
		return fault.All("invalid-procedure", wrong)
	}
	out, d := ProcedureCheck.Decide(courseQuestion(p))
	for _, r := range out.Because {
		if !out.Verifiable {
			wrong.add("/name", r.Code, r.Text)
		}
	}
	if err := fault.All("invalid-procedure", wrong); err != nil {
		return err
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.Procedures()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(q Procedure) bool { return q.Hash == p.Release.Hash && q.On(today) }) {
			return fault.New(fault.Conflict, "procedure-named", name)
		}
		n := Procedure{
			ID: s.NewID(), Kind: kind, Name: name, Title: p.Release.Title, Version: p.Release.Version, Hash: p.Release.Hash, From: today, By: by.String(), Made: s.Now(),
		}
		if err := tx.SaveProcedure(n); err != nil {
			return err
		}
		return tx.Append(s.fact(KindNamed, n.ID, by, named1{by.String(), name, int64(n.Version), n.Hash, kind, today.String(), []rule.Decision{d}}))
	})
}

// End takes a procedure out of use from today, for a reason.
func (s *Service) End(ctx context.Context, by ident.Actor, id, why string) error {
	var wrong faults
	wrong.line("/why", &why, longestLine*4, "Zeg waarom de procedure niet meer wordt gebruikt.")
	if err := fault.All("invalid-end", wrong); err != nil {
		return err
	}
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.Procedures()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(p Procedure) bool { return p.ID == id })
		switch {
		case i < 0:
			return fault.New(fault.NotFound, "unknown-procedure", id)
		case !all[i].Ended.IsZero():
			return fault.New(fault.Conflict, "procedure-ended", id)
		}
		p := all[i]
		p.Ended, p.Why = calendar.Of(s.Now()), why
		if err := tx.SaveProcedure(p); err != nil {
			return err
		}
		return tx.Append(s.fact(KindEnded, id, by, ended1{by.String(), p.Ended.String(), ident.HashOf([]byte(id + "\n" + why))}))
	})
	if err != nil {
		return fmt.Errorf("end procedure %s: %w", id, err)
	}
	return nil
}
