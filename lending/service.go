package lending

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Store keeps applications. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state, of the cases too.
type Tx interface {
	casework.Tx

	Application(casework.ID) (Application, error) // with case and newest judgement; locked till the end of an Update; fault.NotFound "unknown-case"
	SaveApplication(Application) error            // new or changed, without case
	Applications(Filter) (Page, error)
	IndexApplication(casework.ID, []string) error // adds words by which it is found

	AddJudgement(casework.ID, Judgement) error
	Judgements(casework.ID) ([]Judgement, error) // newest first

	Norms() ([]SetNorm, error) // newest first
	AddNorm(SetNorm) error

	Once(key string, request ident.Hash, now time.Time) ([]byte, error) // see package once
	Keep(key string, request ident.Hash, reply []byte) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Now      func() time.Time
	NewID    func() string // UUIDv7
	// Sets are the firm's criteria for accepting credit that decide on a day, by name.
	Sets func(context.Context, ident.Firm, calendar.Date) ([]criteria.Published, error)
}

// A File is an application with what lies under it.
type File struct {
	Application
	Judgements []Judgement // newest first
	Under      casework.File
}

// File returns an application with all about it; fault.NotFound "unknown-case".
func (s *Service) File(ctx context.Context, firm ident.Firm, id casework.ID) (f File, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if f.Application, err = tx.Application(id); err != nil {
			return err
		}
		f.Judgements, err = tx.Judgements(id)
		return err
	})
	if err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, firm, id)
	return f, err
}

// on changes an application, keeps it with what then must be done, and leaves the facts
// to fn. saw is the revision that was looked at, and key an idempotency key or "".
func (s *Service) on(ctx context.Context, by ident.Actor, at At, what string, request any, fn func(Tx, *Application) error) (a Application, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, at.Key, what, request, s.Now(), func() (casework.ID, error) {
			if a, err = tx.Application(at.ID); err != nil {
				return "", err
			}
			if a.Case.Revision != at.Saw {
				return "", fault.New(fault.Conflict, "case-changed", string(at.ID))
			}
			if err := fn(tx, &a); err != nil {
				return "", err
			}
			return a.ID(), s.keep(tx, &a)
		})
		if err != nil {
			return err
		}
		a, err = tx.Application(id)
		return err
	})
	if err != nil {
		return a, fmt.Errorf("%s of application %s: %w", what, at.ID, err)
	}
	return a, nil
}

// keep saves a changed application with its case and dues.
func (s *Service) keep(tx Tx, a *Application) (err error) {
	if a.Case, err = s.Casework.Save(tx, a.Case); err != nil {
		return err
	}
	if err := tx.SaveApplication(*a); err != nil {
		return err
	}
	return s.Casework.Put(tx, a.Case, a.Dues())
}

// At says which application is changed, as it was seen.
type At struct {
	ID  casework.ID
	Saw int64  // revision
	Key string // idempotency key, "" for none
}

// once does what a program asks under a key one time, and gives the id that came of it
// after that.
func once[T ~string](tx Tx, key, what string, request any, now time.Time, do func() (T, error)) (id T, err error) {
	if key == "" {
		return do()
	}
	hash := ident.HashOf(canon.Must(map[string]any{"what": what, "request": request}))
	prior, err := tx.Once(key, hash, now)
	if err != nil {
		return "", err
	}
	if prior != nil {
		return id, canon.Decode(prior, &id)
	}
	if id, err = do(); err != nil {
		return "", err
	}
	return id, tx.Keep(key, hash, canon.Must(id))
}

// open refuses to change an application in another state than these.
func open(a *Application, states ...State) error {
	for _, s := range states {
		if a.State == s {
			return nil
		}
	}
	return fault.New(fault.Conflict, "application-state", string(a.ID()))
}
