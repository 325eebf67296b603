package party

import (
	"context"
	"fmt"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Offer records that the firm of who asks, the provider, offers an agreement to a
// distributor. fault.NotFound "firm-unknown" where that firm is not here; a
// Conflict "agreement-overlaps" where the two have one for this product already.
func (s *Service) Offer(ctx context.Context, by ident.Actor, o Offer) (Agreement, error) {
	if err := o.Check(by.Firm); err != nil {
		return Agreement{}, err
	}
	if _, err := s.Store.Firm(ctx, o.Distributor); err != nil {
		return Agreement{}, err
	}
	a := Agreement{
		ID: s.NewID(), Provider: by.Firm, Distributor: o.Distributor, Product: o.Product, From: o.From, Until: o.Until, Offered: s.Now(),
	}
	request := map[string]string{"do": "offer", "to": string(o.Distributor), "product": o.Product, "from": o.From.String(), "until": o.Until.String()}
	return s.once(ctx, by, o.Key, request, func(tx Tx) (Agreement, error) {
		all, err := tx.Agreements()
		if err != nil {
			return a, err
		}
		for _, b := range all {
			if a.meets(b) {
				return a, fault.New(fault.Conflict, "agreement-overlaps", b.ID)
			}
		}
		return a, s.both(tx, by, a, KindOffered, func(tx Tx) error { return tx.AddAgreement(a) })
	})
}

// meets reports whether two agreements are about the same, on a day of both.
func (a Agreement) meets(b Agreement) bool {
	return a.Provider == b.Provider && a.Distributor == b.Distributor && a.Product == b.Product &&
		(a.Until.IsZero() || !b.From.After(a.Until)) && (b.Until.IsZero() || !a.From.After(b.Until))
}

// Accept records that the firm of who asks, the distributor, accepts. To accept
// twice is a Conflict "agreement-accepted", what ended a Conflict
// "agreement-ended"; who is not the distributor finds fault.Denied.
func (s *Service) Accept(ctx context.Context, by ident.Actor, id, key string) (Agreement, error) {
	return s.alter(ctx, by, id, KindAccepted, key, map[string]string{"do": "accept", "agreement": id}, func(a *Agreement) error {
		switch {
		case by.Firm != a.Distributor:
			return fault.New(fault.Denied, "not-the-distributor", id)
		case a.Ended(calendar.Of(s.Now())):
			return fault.New(fault.Conflict, "agreement-ended", id)
		case !a.Accepted.IsZero():
			return fault.New(fault.Conflict, "agreement-accepted", id)
		}
		a.Accepted = s.Now()
		return nil
	})
}

// End gives the agreement a last day, today or later, with the reason. From the
// day after it nobody starts under it any more; who began before goes on. Either
// firm may end it; what ended already is a Conflict "agreement-ended".
func (s *Service) End(ctx context.Context, by ident.Actor, e Ending) (Agreement, error) {
	request := map[string]string{"do": "end", "agreement": e.Agreement, "until": e.Last.String(), "reason": e.Reason}
	return s.alter(ctx, by, e.Agreement, KindEnded, e.Key, request, func(a *Agreement) error {
		today := calendar.Of(s.Now())
		if a.Ended(today) {
			return fault.New(fault.Conflict, "agreement-ended", e.Agreement)
		}
		if err := a.checkEnd(e.Last, today, e.Reason); err != nil {
			return err
		}
		a.Until, a.Reason = e.Last, strings.TrimSpace(e.Reason)
		return nil
	})
}

// Agreements returns all agreements of the firm, as provider or as distributor,
// the newest first.
func (s *Service) Agreements(ctx context.Context, by ident.Actor) (all []Agreement, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		all, err = tx.Agreements()
		return err
	})
	return all, err
}

func (s *Service) alter(ctx context.Context, by ident.Actor, id, kind, key string, request map[string]string, change func(*Agreement) error) (Agreement, error) {
	return s.once(ctx, by, key, request, func(tx Tx) (a Agreement, err error) {
		if a, err = tx.Agreement(id); err != nil {
			return a, err
		}
		// Whoever alters it holds the provider's row, whichever of the two they are.
		if err := tx.As(a.Provider, func(tx Tx) error { a, err = tx.LockAgreement(id); return err }); err != nil {
			return a, err
		}
		if err := change(&a); err != nil {
			return a, err
		}
		return a, s.both(tx, by, a, kind, func(tx Tx) error { return tx.SaveAgreement(a) })
	})
}

// once does it in one transaction; the same request under one key gets the
// agreement as it is by now.
func (s *Service) once(ctx context.Context, by ident.Actor, key string, request map[string]string, do func(Tx) (Agreement, error)) (a Agreement, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		asked := ident.HashOf(canon.Must(request))
		if key != "" {
			prior, err := tx.Once(key, asked, s.Now())
			if err != nil {
				return err
			}
			if prior != nil {
				a, err = tx.Agreement(string(prior))
				return err
			}
		}
		if a, err = do(tx); err != nil || key == "" {
			return err
		}
		return tx.Keep(key, asked, []byte(a.ID))
	})
	if err != nil {
		return Agreement{}, fmt.Errorf("agreement: %w", err)
	}
	return a, nil
}

// both does the same to the rows of either firm and writes the fact in either
// journal, in one transaction: the provider's first, so that two who alter one
// agreement at once meet in one order.
func (s *Service) both(tx Tx, by ident.Actor, a Agreement, kind string, do func(Tx) error) error {
	for _, firm := range []ident.Firm{a.Provider, a.Distributor} {
		err := tx.As(firm, func(tx Tx) error {
			if err := do(tx); err != nil {
				return err
			}
			return tx.Append(agreed(s.NewID(), kind, a, firm, by, s.Now()))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
