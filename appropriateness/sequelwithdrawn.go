package appropriateness

import (
	"context"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Withdrawing (intrekking) says that a sequel was not so: it was of another client,
// of another day, or did not happen.
type Withdrawing struct {
	Attempt AttemptID
	What    Happening
	Day     string // year-month-day
	Reason  string // what was wrong with it
}

// WithdrawSequel takes back what was told of a client, for a reason that is kept. The
// fact of then stays, and the figures count without it from now on; evaluations of
// before keep theirs. Invalid "invalid-withdrawal"; fault.NotFound "unknown-attempt"
// or "unknown-sequel".
func (s *Service) WithdrawSequel(ctx context.Context, by ident.Actor, in Withdrawing) error {
	c := &checker{}
	c.words("/reason", in.Reason, longestText)
	c.must(in.Reason != "", "/reason", "missing-reason", "Schrijf op wat er niet klopt. De reden blijft bewaard.")
	day, err := calendar.Parse(in.Day)
	c.must(err == nil, "/day", "invalid-value", "Geef een dag als jaar-maand-dag, zoals 2026-11-21.")
	if err := fault.All("invalid-withdrawal", once(c.faults)); err != nil {
		return err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		a, err := tx.Attempt(in.Attempt)
		if err != nil {
			return err
		}
		there, err := tx.DropSequel(a.ID, in.What, day)
		if err == nil && !there {
			err = fault.New(fault.NotFound, "unknown-sequel", string(a.ID))
		}
		if err != nil {
			return err
		}
		return tx.Append(s.fact(KindSequelWithdrawn, string(a.ID), by.Firm, s.Now(), sequelWithdrawn1{by.String(), in.What, day.String(), a.Test, in.Reason}))
	})
	if err != nil {
		return fmt.Errorf("withdraw sequel of attempt %s: %w", in.Attempt, err)
	}
	return nil
}
