package party

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps firms and their clients. What fn did to the Tx is kept whole, or
// not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	Firm(ctx context.Context, id ident.Firm) (Firm, error) // fault.NotFound when there is none
	Firms(ctx context.Context) ([]Firm, error)             // of the whole installation, by name
	Look(ctx context.Context, id ident.Firm) (Look, error) // the zero Look where none was set
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	AddFirm(Firm, time.Time) error // fault.Conflict when the id is taken
	Person(ident.Person) (Person, error)
	Forget(ident.Person, time.Time) error

	Agreement(id string) (Agreement, error)     // fault.NotFound "unknown-agreement"
	LockAgreement(id string) (Agreement, error) // the same, locked until the end
	Agreements() ([]Agreement, error)           // of this firm, the newest first
	AddAgreement(Agreement) error
	SaveAgreement(Agreement) error // what can change: accepted, last day, reason

	// As is this transaction on the rows of the other firm of an agreement.
	As(ident.Firm, func(Tx) error) error

	Once(key string, request ident.Hash, now time.Time) (prior []byte, err error) // see package once
	Keep(key string, request ident.Hash, reply []byte) error

	Look() (Look, error) // the zero Look where none was set
	SaveLook(Look, time.Time) error

	Append(journal.Fact) error
}

// A Service answers what the operator and other rooms may ask about firms and
// clients.
type Service struct {
	Store Store
	Now   func() time.Time
	NewID func() string // UUIDv7
	Near  Nearer        // which colour pages can use; nil takes none but that of the house

	looks looks
}

// AddFirm takes a firm into the house and returns it with its id; name and
// onePerson as in Firm.
func (s *Service) AddFirm(ctx context.Context, name string, onePerson bool) (Firm, error) {
	f := Firm{ID: ident.Firm(s.NewID()), Name: strings.TrimSpace(name), OnePerson: onePerson}
	if err := CheckFirm(f); err != nil {
		return Firm{}, err
	}
	now := s.Now()
	by := ident.Actor{Firm: f.ID, Kind: ident.House, ID: "zorgplicht"}
	err := s.Store.Update(ctx, f.ID, func(tx Tx) error {
		if err := tx.AddFirm(f, now); err != nil {
			return err
		}
		return tx.Append(firmAdded(s.NewID(), f, by, now))
	})
	if err != nil {
		return Firm{}, fmt.Errorf("add firm %s: %w", f.ID, err)
	}
	return f, nil
}

// Firm returns a firm by its id; fault.NotFound when there is none.
func (s *Service) Firm(ctx context.Context, id ident.Firm) (Firm, error) {
	return s.Store.Firm(ctx, id)
}

// Firms returns all firms of the installation by name, for the operator.
func (s *Service) Firms(ctx context.Context) ([]Firm, error) { return s.Store.Firms(ctx) }

// Forget erases the firm's own reference of a client, so that no id in the
// journal leads to a person any more. The reason is kept. It is a conflict to
// forget twice.
func (s *Service) Forget(ctx context.Context, by ident.Actor, id ident.Person, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.All("forget-invalid", []fault.Detail{{
			Pointer: "/reason", Reason: "reason-missing", Text: "Geef de reden waarom deze klant wordt vergeten.",
		}})
	}
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error { return s.ForgetIn(tx, by, id, reason) })
	if err != nil {
		return fmt.Errorf("forget person %s: %w", id, err)
	}
	return nil
}

// ForgetIn is Forget in the transaction of another room.
func (s *Service) ForgetIn(tx Tx, by ident.Actor, id ident.Person, reason string) error {
	now := s.Now()
	p, err := tx.Person(id)
	if err != nil {
		return err
	}
	if !p.Forgotten.IsZero() {
		return fault.New(fault.Conflict, "person-forgotten", string(id))
	}
	if err := tx.Forget(id, now); err != nil {
		return err
	}
	return tx.Append(forgotten(s.NewID(), id, reason, by, now))
}
