package complaint

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps complaints. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	// ByLink finds whose complaint a link opens, from the hash of its token;
	// fault.NotFound "unknown-link".
	ByLink(ctx context.Context, token ident.Hash) (ident.Firm, casework.ID, error)
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// shared casework too.
type Tx interface {
	casework.Tx
	Complaint(casework.ID) (Complaint, error)     // with case and replies; locked till the end of an Update; fault.NotFound "unknown-case"
	ComplaintOf(casework.Case) (Complaint, error) // of a case that was read, in the same transaction
	SaveComplaint(Complaint) error                // new or changed, without case and replies
	Briefs([]casework.Case) ([]Brief, error)      // of cases that were read, in their order
	AddReply(casework.ID, Reply) error
	TakeOut(casework.ID) error // removes a complaint and its case: of an import that was undone

	Procedure() (ProcedureText, bool, error) // the newest; false: the firm wrote none
	AddProcedure(ProcedureText) error
	Readers(version int) (map[string]time.Time, error) // when each account said to have read it
	AddRead(version int, account string, at time.Time) (bool, error)

	Draft(casework.ID) (Draft, error) // fault.NotFound "unknown-link"
	AddDraft(d Draft, token ident.Hash) error
	AddLink(d Draft, token ident.Hash) error // as AddDraft; where the complaint has one it stays as it is
	SaveDraft(Draft) error
	BegunSince(time.Time) (int, error)  // how many drafts were begun since and not sent
	SweepDrafts(before time.Time) error // removes those that were begun before and never sent

	Figures(year int) ([]Figure, error)
	SeriesDays(SeriesAsked) ([]SeriesDay, error) // by value and day
	// Unfolded are complaints after an id that changed since figures were last put
	// together, by id; Fold puts those of one together. Figures are right before, too.
	Unfolded(after casework.ID, most int) ([]casework.ID, error)
	Fold(casework.ID) error
	SurgesSeen() ([]SurgeSeen, error) // newest first
	AddSurgeSeen(SurgeSeen) error
	SurgeCares() ([]SurgeCare, error)
	SaveSurgeCare(SurgeCare) error // in the place of what was said before
	DropSurgeCare(by Series, value string) error

	Once(key string, request ident.Hash, now time.Time) ([]byte, error) // nil when the key is new
	Keep(key string, request ident.Hash, reply []byte) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Now      func() time.Time
	NewID    func() string            // UUIDv7
	Token    func(casework.ID) string // the secret of a client's link; the same each time
	// FactsAbout are those that the journal holds about a subject, oldest first.
	FactsAbout func(context.Context, ident.Firm, string) ([]journal.Recorded, error)

	key     string // of one request, see Under
	request any
}

// Under is the service for one request of a program under an idempotency key: asked
// again under it, a step is done once and the complaint comes back as it stands.
func (s *Service) Under(key string, request any) *Service {
	one := *s
	one.key, one.request = key, request
	return &one
}

// due puts in what must be done, as it follows from the complaint.
func (s *Service) due(tx Tx, c Complaint) error {
	t, err := s.terms(tx)
	if err != nil {
		return err
	}
	return s.Casework.Put(tx, c.Case, c.Dues(t))
}

func (s *Service) terms(tx Tx) (Term, error) {
	p, set, err := tx.Procedure()
	if err == nil && !set {
		return Usual, nil
	}
	return p.Terms, err
}

// on changes a complaint that is open, keeps it with what then must be done, and
// records the fact that fn returns. saw is the revision that was looked at.
func (s *Service) on(ctx context.Context, by ident.Actor, id casework.ID, saw int64, what string, fn func(Tx, *Complaint) (kind string, payload any, err error)) (c Complaint, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		_, err := s.once(tx, s.key, what+" "+string(id), s.request, func() (casework.ID, error) {
			c, err = s.change(tx, by, id, saw, fn)
			return id, err
		})
		if err == nil && c.ID() == "" {
			c, err = tx.Complaint(id)
		}
		return err
	})
	if err != nil {
		return c, fmt.Errorf("%s of complaint %s: %w", what, id, err)
	}
	return c, nil
}

// change is on within a transaction.
func (s *Service) change(tx Tx, by ident.Actor, id casework.ID, saw int64, fn func(Tx, *Complaint) (kind string, payload any, err error)) (c Complaint, err error) {
	if c, err = tx.Complaint(id); err != nil {
		return c, err
	}
	switch {
	case c.Case.Revision != saw:
		return c, fault.New(fault.Conflict, "case-changed", string(id))
	case c.Accuses(by):
		return c, ownComplaint(id)
	}
	kind, payload, err := fn(tx, &c)
	if err != nil {
		return c, err
	}
	if c.Case, err = s.Casework.Save(tx, c.Case); err != nil {
		return c, err
	}
	if err := s.keep(tx, c); err != nil {
		return c, err
	}
	if kind == "" { // the room below recorded it
		return c, nil
	}
	return c, tx.Append(s.fact(kind, by, c, payload))
}

// keep keeps a complaint with what lists find it by, and what then must be done.
func (s *Service) keep(tx Tx, c Complaint) error {
	if err := tx.SaveComplaint(c); err != nil {
		return err
	}
	if err := s.Casework.Mark(tx, c.ID(), c.facets()); err != nil {
		return err
	}
	return s.due(tx, c)
}

// Accuses reports whether the complaint is against who acts: they do nothing to it.
func (c Complaint) Accuses(by ident.Actor) bool {
	return by.Kind == ident.Staff && by.ID != "" && c.Against == by.ID
}

func ownComplaint(id casework.ID) error {
	return fault.New(fault.Denied, "own-complaint", string(id))
}

func closed(c *Complaint) error {
	if c.Outcome != "" {
		return fault.New(fault.Conflict, "complaint-handled", string(c.ID()))
	}
	return nil
}

// File is a complaint with what lies under it.
type File struct {
	Complaint
	Under casework.File
	Terms Term
}

// Unproved reports whether somebody complains for another and no paper came in that can
// show that they may: letters of our own show nothing.
func (f File) Unproved() bool {
	theirs := func(d casework.Document) bool {
		return !slices.ContainsFunc(f.Under.Letters, func(l casework.Missive) bool { return d.ID == l.PDF.ID || d.ID == l.HTML.ID })
	}
	return f.For.Name != "" && f.Handled.IsZero() && !slices.ContainsFunc(f.Under.Documents, theirs)
}

// File returns a complaint with all about it; fault.NotFound "unknown-case".
func (s *Service) File(ctx context.Context, firm ident.Firm, id casework.ID) (f File, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if f.Complaint, err = tx.Complaint(id); err != nil {
			return err
		}
		if err = f.count(tx); err != nil {
			return err
		}
		f.Terms, err = s.terms(tx)
		return err
	})
	if err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, firm, id)
	return f, err
}
