package inspection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps inspections and their dossiers. What fn did to the Tx is kept whole,
// or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	NextNumber(year int) (int, error)
	Add(Inspection) error
	End(Inspection) error                           // how it was ended
	Inspection(id string) (Inspection, error)       // locked in an Update; fault.NotFound "unknown-inspection"
	Inspections(guest string) ([]Inspection, error) // newest first; of one guest, or all where guest is ""

	AddDossier(Dossier) error
	SaveDossier(Dossier) error
	Dossier(id string) (Dossier, error)            // fault.NotFound "unknown-dossier"
	Dossiers(inspection string) ([]Dossier, error) // newest first
	Kept() ([]Dossier, error)                      // of all inspections, whose file is still there
	Wake(dossier string, at time.Time) error       // puts in the work that makes it

	Append(journal.Fact) error
	Once(key string, request ident.Hash, now time.Time) ([]byte, error) // see package once
	Keep(key string, request ident.Hash, reply []byte) error
}

// A Guest is an account of a guest of a supervisor.
type Guest struct {
	ID    string
	Name  string
	Until time.Time // the account does nothing any more from then
}

// Guests knows the accounts of guests.
type Guests interface {
	Guests(ctx context.Context, firm ident.Firm) ([]Guest, error) // who may still sign in
	// Invite makes an account of a guest through this day, with a password that is
	// told once and must be changed.
	Invite(ctx context.Context, by ident.Actor, name, email string, through calendar.Date) (Guest, string, error)
}

// A Standing is a shelf with what it holds.
type Standing struct {
	About
	Shelf
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store   Store
	Shelves []Standing
	Guests  Guests
	Journal Journal
	Archive Archive
	Now     func() time.Time
	NewID   func() string // UUIDv7
}

// Today is the legal day of now.
func (s *Service) Today() calendar.Date { return calendar.Of(s.Now()) }

// Kinds are what is known of every kind of file.
func (s *Service) Kinds() []About {
	list := make([]About, len(s.Shelves))
	for i, one := range s.Shelves {
		list[i] = one.About
	}
	return list
}

func (s *Service) shelf(k Kind) (Standing, error) {
	i := slices.IndexFunc(s.Shelves, func(one Standing) bool { return one.Kind == k })
	if i < 0 {
		return Standing{}, fault.New(fault.NotFound, "unknown-file", "")
	}
	return s.Shelves[i], nil
}

// A Reader is who reads: whoever opens inspections reads all of the firm, anybody else
// those that were opened for them.
type Reader struct {
	ident.Actor
	All bool
}

// admitted returns an inspection that somebody may know of. One of another guest is as
// one that is not there.
func admitted(tx Tx, by Reader, id string) (Inspection, error) {
	i, err := tx.Inspection(id)
	if err == nil && !by.All && (by.Kind != ident.Staff || i.Guest != by.ID) {
		return Inspection{}, fault.New(fault.NotFound, "unknown-inspection", "")
	}
	return i, err
}

// readable refuses what is over: fault.Denied "inspection-over" after its last day,
// "inspection-ended" where somebody ended it.
func (s *Service) readable(i Inspection) error {
	switch i.StandOn(s.Today()) {
	case Expired:
		return fault.New(fault.Denied, "inspection-over", i.ID)
	case EndedNow:
		return fault.New(fault.Denied, "inspection-ended", i.ID)
	}
	return nil
}

// List returns the inspections that somebody may know of, the newest first.
func (s *Service) List(ctx context.Context, by Reader) (all []Inspection, err error) {
	guest := by.ID
	switch {
	case by.All:
		guest = ""
	case by.Kind != ident.Staff:
		return nil, nil
	}
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		all, err = tx.Inspections(guest)
		return err
	})
	return all, err
}

// Inspection returns one with its dossiers; of what is over too, so that a guest reads
// that it is. It is fault.NotFound "unknown-inspection" for who has no part in it.
func (s *Service) Inspection(ctx context.Context, by Reader, id string) (i Inspection, made []Dossier, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if i, err = admitted(tx, by, id); err != nil {
			return err
		}
		made, err = tx.Dossiers(id)
		return err
	})
	return i, made, err
}

// Deeds returns what was done with an inspection, the last first: who opened or took
// along what, and when.
func (s *Service) Deeds(ctx context.Context, by Reader, id string) (deeds []Deed, err error) {
	if _, _, err := s.Inspection(ctx, by, id); err != nil {
		return nil, err
	}
	facts, err := s.Journal.Facts(ctx, by.Firm, id)
	for _, f := range slices.Backward(facts) {
		if d, ok := DeedOf(f); ok {
			deeds = append(deeds, d)
		}
	}
	return deeds, err
}

// End ends an inspection before its last day, with a reason.
func (s *Service) End(ctx context.Context, by ident.Actor, id, why string) error {
	why = strings.TrimSpace(why)
	if err := fault.All("invalid-ending", words("/why", why, "Schrijf op waarom de inzage nu eindigt.", longestReason, true)); err != nil {
		return err
	}
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		i, err := tx.Inspection(id)
		if err != nil {
			return err
		}
		if i.StandOn(s.Today()) != Open {
			return fault.New(fault.Conflict, "inspection-not-open", id)
		}
		i.Ended, i.EndedBy, i.Why = s.Now(), by.String(), why
		if err := tx.End(i); err != nil {
			return err
		}
		return tx.Append(s.fact(KindEnded, by, id, ended1{by.String(), digest(id, why)}))
	})
	if err != nil {
		return fmt.Errorf("end inspection %s: %w", id, err)
	}
	return nil
}
