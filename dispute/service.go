package dispute

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/rule"
)

// A Store keeps bodies and disputes. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// shared casework too.
type Tx interface {
	casework.Tx
	Body(casework.ID) (Body, error) // fault.NotFound "unknown-case"
	Bodies() ([]Body, error)        // all, of the case only the id
	SaveBody(Body) error
	Dispute(casework.ID) (Dispute, error)   // fault.NotFound "unknown-case"
	Brief(casework.ID) (Dispute, error)     // without its case
	SaveDispute(Dispute) error              //
	Pasts(body casework.ID) ([]Past, error) //
	casework.Keyed
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Now      func() time.Time
	NewID    func() string // UUIDv7

	request casework.Request // see Under
}

// Under is the service for one request of a program under an idempotency key: asked
// again under it, a step is done once and the body or dispute comes back as it stands.
func (s *Service) Under(key string, body any) *Service {
	one := *s
	one.request = casework.Request{Key: key, Body: body}
	return &one
}

// A bodyStep changes a body; faults refuse it as one Invalid "invalid-body".
type bodyStep func(b *Body, today calendar.Date) (kind string, payload any, faults []fault.Detail)

// onBody changes a body whose recognition was not withdrawn. saw is the revision that
// was looked at.
func (s *Service) onBody(ctx context.Context, by ident.Actor, id casework.ID, saw int64, fn bodyStep) (b Body, err error) {
	return s.change(ctx, by, id, saw, false, fn)
}

// change changes a body, after a withdrawal too where ended says so.
func (s *Service) change(ctx context.Context, by ident.Actor, id casework.ID, saw int64, ended bool, fn bodyStep) (b Body, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if b, err = tx.Body(id); err != nil {
			return err
		}
		_, err = s.request.Once(tx, "body "+string(id), s.Now(), func() error {
			switch {
			case b.Case.Revision != saw:
				return fault.New(fault.Conflict, "case-changed", string(id))
			case !b.Case.Open() && !ended:
				return fault.New(fault.Conflict, "recognition-withdrawn", string(id))
			}
			kind, payload, faults := fn(&b, s.Casework.Today())
			if err := fault.All("invalid-body", faults); err != nil {
				return err
			}
			if b.Case, err = s.Casework.Save(tx, b.Case); err != nil {
				return err
			}
			if err := s.keepBody(tx, b); err != nil {
				return err
			}
			return tx.Append(s.fact(kind, by, id, payload))
		})
		return err
	})
	if err != nil {
		return b, fmt.Errorf("change dispute body %s: %w", id, err)
	}
	return b, nil
}

func (s *Service) keepBody(tx Tx, b Body) error {
	if err := tx.SaveBody(b); err != nil {
		return err
	}
	if err := tx.Index(b.Case, text.Stems(b.Name, b.Site)); err != nil {
		return err
	}
	if err := s.Casework.Mark(tx, b.ID(), b.facets(s.Casework.Today())); err != nil {
		return err
	}
	return s.Casework.Put(tx, b.Case, b.Dues())
}

// onDispute changes a dispute; faults refuse it as one Invalid "invalid-dispute". saw
// is the revision that was looked at.
func (s *Service) onDispute(ctx context.Context, by ident.Actor, id casework.ID, saw int64, fn func(d *Dispute, today calendar.Date) (kind string, payload func() any, faults []fault.Detail)) (Dispute, error) {
	return s.changeDispute(ctx, by, id, saw, func(tx Tx, d *Dispute) (func(Tx) error, error) {
		kind, payload, faults := fn(d, s.Casework.Today())
		return func(tx Tx) error { return tx.Append(s.fact(kind, by, id, payload())) }, fault.All("invalid-dispute", faults)
	})
}

// changeDispute changes a dispute that is not over yet, keeps it, and then lets record
// be written.
func (s *Service) changeDispute(ctx context.Context, by ident.Actor, id casework.ID, saw int64, fn func(tx Tx, d *Dispute) (record func(Tx) error, err error)) (d Dispute, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if d, err = tx.Dispute(id); err != nil {
			return err
		}
		_, err = s.request.Once(tx, "dispute "+string(id), s.Now(), func() error {
			switch {
			case d.Case.Revision != saw:
				return fault.New(fault.Conflict, "case-changed", string(id))
			case !d.Case.Open():
				return fault.New(fault.Conflict, "dispute-over", string(id))
			}
			record, err := fn(tx, &d)
			if err != nil {
				return err
			}
			if d.Case, err = s.Casework.Save(tx, d.Case); err != nil {
				return err
			}
			if err := s.keepDispute(tx, d); err != nil {
				return err
			}
			return record(tx)
		})
		return err
	})
	if err != nil {
		return d, fmt.Errorf("change dispute %s: %w", id, err)
	}
	return d, nil
}

func (s *Service) keepDispute(tx Tx, d Dispute) error {
	if err := tx.SaveDispute(d); err != nil {
		return err
	}
	if err := tx.Index(d.Case, text.Stems(d.About, d.Complainant, d.Reference, Bare(d.Reference), d.Complaint)); err != nil {
		return err
	}
	if err := s.Casework.Mark(tx, d.ID(), d.facets()); err != nil {
		return err
	}
	return s.Casework.Put(tx, d.Case, d.Dues())
}

// decisions asks the clock of a dispute for a fact.
func (d Dispute) decisions() []rule.Decision {
	_, decided := Clock.Decide(d.question())
	return []rule.Decision{decided}
}

// A BodyFile is a body with what lies under it, and what came of disputes there.
type BodyFile struct {
	Body
	Under   casework.File
	Figures Figures
}

// Body returns a body with all about it; fault.NotFound "unknown-case".
func (s *Service) Body(ctx context.Context, firm ident.Firm, id casework.ID) (f BodyFile, err error) {
	if err = s.Store.View(ctx, firm, func(tx Tx) error {
		if f.Body, err = tx.Body(id); err != nil {
			return err
		}
		past, err := tx.Pasts(id)
		f.Figures = Count(past)
		return err
	}); err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, firm, id)
	return f, err
}

// A CaseFile is a dispute with its body and what lies under it.
type CaseFile struct {
	Dispute
	At    Body
	Under casework.File
}

// Dispute returns a dispute with all about it; fault.NotFound "unknown-case".
func (s *Service) Dispute(ctx context.Context, firm ident.Firm, id casework.ID) (f CaseFile, err error) {
	if err = s.Store.View(ctx, firm, func(tx Tx) error {
		if f.Dispute, err = tx.Dispute(id); err != nil {
			return err
		}
		f.At, err = tx.Body(f.Dispute.Body)
		return err
	}); err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, firm, id)
	return f, err
}

// Bodies returns the bodies that a filter chooses, the last registered first.
func (s *Service) Bodies(ctx context.Context, firm ident.Firm, f casework.Filter) (list []Body, next *casework.Cursor, err error) {
	f.Kind = BodyKind
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		page, err := tx.Cases(f)
		if err != nil {
			return err
		}
		all, err := tx.Bodies()
		for _, c := range page.Rows {
			if i := slices.IndexFunc(all, func(b Body) bool { return b.ID() == c.ID }); i >= 0 {
				all[i].Case = c
				list = append(list, all[i])
			}
		}
		next = page.Next
		return err
	})
	return list, next, err
}

// Disputes returns a page of the disputes that a filter chooses.
func (s *Service) Disputes(ctx context.Context, firm ident.Firm, f casework.Filter) (list []Dispute, next *casework.Cursor, err error) {
	f.Kind = Kind
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		page, err := tx.Cases(f)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			d, err := tx.Brief(c.ID)
			if err != nil {
				return err
			}
			d.Case = c
			list = append(list, d)
		}
		next = page.Next
		return nil
	})
	return list, next, err
}

// OfComplaint returns the disputes about a complaint, by its id and number.
func (s *Service) OfComplaint(ctx context.Context, firm ident.Firm, id casework.ID, number string) (list []Dispute, err error) {
	all, _, err := s.Disputes(ctx, firm, casework.Filter{Limit: 50}.Search(number))
	for _, d := range all {
		if d.ComplaintID == id {
			list = append(list, d)
		}
	}
	return list, err
}
