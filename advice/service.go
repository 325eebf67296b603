package advice

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps advice files. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// shared casework too.
type Tx interface {
	casework.Tx
	Advice(casework.ID) (File, error)              // with case and newest content; locked till the end of an Update; fault.NotFound "unknown-case"
	SaveAdvice(File, Version, []string) error      // new or changed, with a new version and words that find it
	Versions(casework.ID) ([]Version, error)       // oldest first
	Advices(Filter) (Page, error)                  // as the filter orders them
	Outside(since calendar.Date) (bool, error)     // whether an advice since that day did not come from a procedure
	LastRole() (Role, error)                       // of the newest file; "" without one
	Person(reference string) (ident.Person, error) // of the client, who is noted when new
	Known(reference string) (ident.Person, error)  // "" where no client has it
	Procedures() ([]Procedure, error)              // newest first
	SaveProcedure(Procedure) error

	Once(key string, request ident.Hash, now time.Time) (prior []byte, err error) // see package once
	Keep(key string, request ident.Hash, reply []byte) error
}

// Sets are the rule sets that the firm published; criteria.Service has them.
type Sets interface {
	Published(ctx context.Context, firm ident.Firm, name string, day calendar.Date) (criteria.Published, error)
	List(ctx context.Context, by ident.Actor, f criteria.Filter) ([]criteria.SetRow, error)
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Sets     Sets
	Now      func() time.Time
	NewID    func() string // UUIDv7
	// Facts are those that the journal holds about a subject, oldest first.
	Facts func(context.Context, ident.Firm, string) ([]journal.Recorded, error)
}

// on changes a file as fn says and keeps it as a new version, with what then must be
// done and the fact. saw is the revision that was looked at.
func (s *Service) on(ctx context.Context, by ident.Actor, id casework.ID, saw int64, kind, key string, fn func(Tx, *File) (why string, err error)) (f File, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if f, err = tx.Advice(id); err != nil {
			return err
		}
		request := fmt.Sprintf("%s %s %d", kind, id, saw)
		return s.once(tx, key, request, func() (casework.ID, error) {
			if f.Case.Revision != saw {
				return "", fault.New(fault.Conflict, "case-changed", string(id))
			}
			why, err := fn(tx, &f)
			if err != nil {
				return "", err
			}
			f.Case.Title, f.Case.Product = f.title(), string(f.Advice.Kind)
			f.close(s.Now())
			if f.Case, err = s.Casework.Save(tx, f.Case); err != nil {
				return "", err
			}
			f, err = s.keep(tx, by, f, kind, why)
			return id, err
		})
	})
	if err != nil {
		return f, fmt.Errorf("%s of %s: %w", kind, id, err)
	}
	return f, nil
}

// once does what is asked under a key a single time; a repeat changes nothing.
func (s *Service) once(tx Tx, key, request string, do func() (casework.ID, error)) error {
	_, err := s.kept(tx, key, request, do)
	return err
}

func (s *Service) kept(tx Tx, key, request string, do func() (casework.ID, error)) (casework.ID, error) {
	if key == "" {
		return do()
	}
	hash := ident.HashOf([]byte(request))
	prior, err := tx.Once(key, hash, s.Now())
	if err != nil {
		return "", err
	}
	if prior != nil {
		return casework.ID(prior), nil
	}
	id, err := do()
	if err != nil {
		return "", err
	}
	return id, tx.Keep(key, hash, []byte(id))
}

// title is the line by which lists show a file.
func (f File) title() string {
	t := f.Advice.Product
	if f.Advice.Provider != "" {
		t += ", " + f.Advice.Provider
	}
	if r := []rune(t); len(r) > casework.LongestTitle {
		t = string(r[:casework.LongestTitle-1]) + "…"
	}
	return t
}

// close ends the case once nothing more is due, and opens it again where something is.
func (f *File) close(now time.Time) {
	switch done := len(f.Dues()) == 0; {
	case !done:
		f.Case.Closed = time.Time{}
	case f.Case.Closed.IsZero():
		f.Case.Closed = now
	}
}
