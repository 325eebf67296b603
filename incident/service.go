package incident

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Store keeps incidents. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// shared casework too.
type Tx interface {
	casework.Tx
	Incident(casework.ID) (Incident, error) // whole; locked till the end of an Update; fault.NotFound "unknown-case"
	Incidents() ([]Incident, error)         // all, without case and measures
	SaveIncident(Incident) error            // new or changed, without case and measures
	SaveMeasure(casework.ID, Measure) error

	casework.Keyed

	Policies() ([]Policy, error) // the newest first
	SavePolicy(Policy) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store     Store
	Casework  *casework.Service
	Now       func() time.Time
	NewID     func() string // UUIDv7
	OnePerson func(context.Context, ident.Firm) (bool, error)

	request casework.Request // see Under
}

// Under is the service for one request of a program under an idempotency key: asked
// again under it, a step is done once and the incident comes back as it stands.
func (s *Service) Under(key string, body any) *Service {
	one := *s
	one.request = casework.Request{Key: key, Body: body}
	return &one
}

// A Hand is who asks. All holds for who may see all incidents of the firm by their
// role; others see those in whose circle they are.
type Hand struct {
	ident.Actor
	All bool
}

// account is the account of who asks, "" for a program.
func (h Hand) account() string {
	if h.Kind == ident.Staff {
		return h.ID
	}
	return ""
}

func unknown(id casework.ID) error { return fault.New(fault.NotFound, "unknown-case", string(id)) }

// admitted returns an incident to who may see it; to others there is none.
func admitted(tx Tx, by Hand, id casework.ID) (Incident, error) {
	i, err := tx.Incident(id)
	if err == nil && !i.admits(by.account(), by.All) {
		return Incident{}, unknown(id)
	}
	return i, err
}

// Enter records that somebody opens an incident, or a part of it: what says which,
// "" where nothing is read. Who may not see it is told that there is none.
func (s *Service) Enter(ctx context.Context, by Hand, id casework.ID, what string) error {
	if what == "" {
		return s.Store.View(ctx, by.Firm, func(tx Tx) error {
			_, err := admitted(tx, by, id)
			return err
		})
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if _, err := admitted(tx, by, id); err != nil {
			return err
		}
		return tx.Append(s.fact(KindOpened, by.Actor, string(id), opened1{by.String(), what}))
	})
}

// A File is an incident with what lies under it.
type File struct {
	Incident
	Under casework.File
	Terms Term
}

// Open returns an incident with all about it, and records that it was opened.
func (s *Service) Open(ctx context.Context, by Hand, id casework.ID, what string) (f File, err error) {
	if err := s.Enter(ctx, by, id, what); err != nil {
		return f, err
	}
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if f.Incident, err = tx.Incident(id); err != nil {
			return err
		}
		f.Terms, err = terms(tx)
		return err
	})
	if err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, by.Firm, id)
	return f, err
}

// Sight returns which incidents somebody who may not see all may see (named), or which
// one who may see all may not (barred).
func (s *Service) Sight(ctx context.Context, by Hand) (named, barred []casework.ID, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.Incidents()
		for _, i := range all {
			switch sees := i.admits(by.account(), by.All); {
			case by.All && !sees:
				barred = append(barred, i.ID())
			case !by.All && sees:
				named = append(named, i.ID())
			}
		}
		return err
	})
	return named, barred, err
}

// on changes an incident that somebody may see, keeps it with what then must be done,
// and records the fact that fn returns. saw is the revision that was looked at.
func (s *Service) on(ctx context.Context, by Hand, id casework.ID, saw int64, what string, fn func(Tx, *Incident) (kind string, payload any, err error)) (i Incident, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if i, err = admitted(tx, by, id); err != nil {
			return err
		}
		_, err = s.request.Once(tx, "incident "+string(id), s.Now(), func() error {
			if i.Case.Revision != saw {
				return fault.New(fault.Conflict, "case-changed", string(id))
			}
			kind, payload, err := fn(tx, &i)
			if err != nil {
				return err
			}
			return s.keep(tx, by.Actor, &i, kind, payload)
		})
		return err
	})
	if err != nil {
		return i, fmt.Errorf("%s of incident %s: %w", what, id, err)
	}
	return i, nil
}

func (s *Service) keep(tx Tx, by ident.Actor, i *Incident, kind string, payload any) (err error) {
	if i.Case, err = s.Casework.Save(tx, i.Case); err != nil {
		return err
	}
	if err := tx.SaveIncident(*i); err != nil {
		return err
	}
	if err := s.due(tx, *i); err != nil {
		return err
	}
	if kind == "" { // the room below recorded it
		return nil
	}
	return tx.Append(s.fact(kind, by, string(i.ID()), payload))
}

func (s *Service) due(tx Tx, i Incident) error {
	t, err := terms(tx)
	if err != nil {
		return err
	}
	return s.Casework.Put(tx, i.Case, i.Dues(t))
}

// still refuses what cannot be done to an incident that is ended.
func still(i *Incident) error {
	if !i.Case.Open() {
		return fault.New(fault.Conflict, "incident-ended", string(i.ID()))
	}
	return nil
}

// A Filter chooses incidents. Empty fields do not narrow.
type Filter struct {
	casework.Filter
	Stage       Stage
	Perpetrator Perpetrator
}

// A Stage says how far an incident is.
type Stage string

// The stages.
const (
	ToJudge  Stage = "te-beoordelen"
	ToTell   Stage = "te-melden"
	Told     Stage = "gemeld"
	NotTold  Stage = "niet-gemeld"
	OutScope Stage = "buiten-artikel-10"
)

// Stages are all stages, in the order of the list.
var Stages = []Stage{ToJudge, ToTell, Told, NotTold, OutScope}

// Stage returns how far the incident is on the way to the supervisor.
func (i Incident) Stage() Stage {
	switch j := i.Judged; {
	case i.Told != nil:
		return Told
	case j == nil:
		return ToJudge
	case !j.InScope:
		return OutScope
	case j.Notify:
		return ToTell
	}
	return NotTold
}

// most is how many incidents a list looks through.
const most = 10_000

// List returns the incidents that somebody may see, the last noticed first.
func (s *Service) List(ctx context.Context, by Hand, f Filter) (list []Incident, err error) {
	f.Kind, f.Limit = Kind, most
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		page, err := tx.Cases(f.Filter)
		if err != nil {
			return err
		}
		all, err := tx.Incidents()
		if err != nil {
			return err
		}
		of := make(map[casework.ID]Incident, len(all))
		for _, i := range all {
			of[i.ID()] = i
		}
		for _, c := range page.Rows {
			i := of[c.ID]
			i.Case = c
			if i.admits(by.account(), by.All) && (f.Stage == "" || i.Stage() == f.Stage) && (f.Perpetrator == "" || i.Perpetrator == f.Perpetrator) {
				list = append(list, i)
			}
		}
		return nil
	})
	return list, err
}

// Take records that somebody takes a list of incidents out of the house.
func (s *Service) Take(ctx context.Context, by Hand, format string, list []Incident) error {
	ids := make([]string, len(list))
	for n, i := range list {
		ids[n] = string(i.ID())
	}
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		return tx.Append(s.fact(KindTaken, by.Actor, string(by.Firm), taken1{by.String(), format, ids}))
	})
}

// Circled are the accounts in the circle of an incident.
func (s *Service) Circled(ctx context.Context, by Hand, id casework.ID) (map[string]bool, error) {
	in := map[string]bool{}
	err := s.Store.View(ctx, by.Firm, func(tx Tx) error {
		i, err := admitted(tx, by, id)
		for _, a := range i.Circle {
			in[a] = true
		}
		return err
	})
	return in, err
}
