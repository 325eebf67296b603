package cause

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Store keeps root causes. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store, that of the
// shared casework too.
type Tx interface {
	casework.Tx
	Cause(casework.ID) (Cause, error)                                   // with its case; locked till the end of an Update; fault.NotFound "unknown-case"
	Brief(casework.ID) (Cause, error)                                   // without its case
	SaveCause(Cause) error                                              // new or changed, without its case
	Once(key string, request ident.Hash, now time.Time) ([]byte, error) // nil when the key is new
	Keep(key string, request ident.Hash, reply []byte) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store    Store
	Casework *casework.Service
	Now      func() time.Time
	NewID    func() string // UUIDv7
}

// on changes a root cause that is open, keeps it with what then must be done, and
// records it; faults refuse it as one Invalid "invalid-cause". saw is the revision that
// was looked at.
func (s *Service) on(ctx context.Context, by ident.Actor, id casework.ID, saw int64, fn func(Tx, *Cause) (kind string, payload func() any, faults []fault.Detail, err error)) (c Cause, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if c, err = tx.Cause(id); err != nil {
			return err
		}
		if c.Case.Revision != saw {
			return fault.New(fault.Conflict, "case-changed", string(id))
		}
		closed := !c.Case.Open()
		kind, payload, faults, err := fn(tx, &c)
		switch {
		case err != nil:
			return err
		case closed && kind != KindReopened:
			return fault.New(fault.Conflict, "cause-ended", string(id))
		}
		if err := fault.All("invalid-cause", faults); err != nil {
			return err
		}
		if c.Case, err = s.Casework.Save(tx, c.Case); err != nil {
			return err
		}
		if err := s.keep(tx, c); err != nil {
			return err
		}
		return tx.Append(s.fact(kind, by, id, payload()))
	})
	if err != nil {
		return c, fmt.Errorf("change root cause %s: %w", id, err)
	}
	return c, nil
}

func (s *Service) keep(tx Tx, c Cause) error {
	if err := tx.SaveCause(c); err != nil {
		return err
	}
	words := []string{c.Case.Title, c.What, c.Service, c.Case.Product}
	for _, m := range c.Measures {
		words = append(words, m.What)
	}
	if err := tx.Index(c.Case, text.Stems(words...)); err != nil {
		return err
	}
	if err := s.Casework.Mark(tx, c.ID(), c.facets()); err != nil {
		return err
	}
	return s.Casework.Put(tx, c.Case, c.Dues())
}

// A File is a root cause with what lies under it, the cases that it explains and whoever
// asks may see, and when all that it explains came in.
type File struct {
	Cause
	Under   casework.File
	Cases   []casework.Case // the newest; at most MostShown
	Tallies []casework.Tally
}

// MostShown is how many cases a page of a root cause shows.
const MostShown = 50

// File returns a root cause with all about it; fault.NotFound "unknown-case".
func (s *Service) File(ctx context.Context, firm ident.Firm, id casework.ID, sees casework.Sight) (f File, err error) {
	if err = s.Store.View(ctx, firm, func(tx Tx) error {
		if f.Cause, err = tx.Cause(id); err != nil {
			return err
		}
		if f.Tallies, err = tx.Tallies(casework.Root, string(id)); err != nil {
			return err
		}
		page, err := tx.Cases(casework.Filter{Sight: sees, Facets: casework.Facets{casework.Root: string(id)}, Limit: MostShown})
		f.Cases = page.Rows
		return err
	}); err != nil {
		return f, err
	}
	f.Under, err = s.Casework.File(ctx, firm, id)
	return f, err
}

// Complaints is how many cases of a kind came in.
func Complaints(all []casework.Tally, kind casework.Kind) (n int) {
	for _, t := range all {
		if t.Kind == kind {
			n += t.Count
		}
	}
	return n
}

// A Row is a root cause in a list, with when what it explains came in.
type Row struct {
	Cause
	Tallies []casework.Tally
}

// List returns a page of the root causes that a filter chooses.
func (s *Service) List(ctx context.Context, firm ident.Firm, f casework.Filter) (list []Row, next *casework.Cursor, err error) {
	f.Kind = Kind
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		page, err := tx.Cases(f)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			one := Row{}
			if one.Cause, err = tx.Brief(c.ID); err != nil {
				return err
			}
			one.Case = c
			if one.Tallies, err = tx.Tallies(casework.Root, string(c.ID)); err != nil {
				return err
			}
			list = append(list, one)
		}
		next = page.Next
		return nil
	})
	return list, next, err
}

// Behind returns the root cause of a case; ok is false while none was named.
func (s *Service) Behind(ctx context.Context, firm ident.Firm, id casework.ID) (c Cause, ok bool, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		f, err := tx.Facets(id)
		if err != nil || f[casework.Root] == "" {
			return err
		}
		c, err = tx.Cause(casework.ID(f[casework.Root]))
		ok = err == nil
		return err
	})
	return c, ok, err
}

// Name says that a root cause lies behind a case, or with root "" that none is known.
// A case that is not there, or that whoever asks may not see, is Invalid
// "invalid-cause", and so is a root cause that was ended.
func (s *Service) Name(ctx context.Context, by ident.Actor, sees casework.Sight, id, root casework.ID) (of casework.Case, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if of, err = tx.Case(id); err != nil {
			return err
		}
		if !visible(of, sees) || of.Kind == Kind {
			return fault.New(fault.NotFound, "unknown-case", string(id))
		}
		if root != "" {
			switch c, err := tx.Cause(root); {
			case fault.Has(err, "unknown-case"):
				return fault.All("invalid-cause", wrong("/root", "missing", "Kies een oorzaak uit de lijst, of schrijf er eerst een op."))
			case err != nil:
				return err
			case !c.Case.Open():
				return fault.All("invalid-cause", wrong("/root", "ended", "Deze oorzaak is afgerond. Heropen haar eerst, of kies een andere."))
			}
		}
		return s.Casework.SetRoot(tx, by, of, root)
	})
	return of, err
}

func visible(c casework.Case, sees casework.Sight) bool {
	if slices.Contains(sees.Barred, c.ID) {
		return false
	}
	return !slices.Contains(sees.Hidden, c.Kind) || slices.Contains(sees.Named, c.ID)
}

// mostNumbers is how many cases are named at once.
const mostNumbers = 200

// Explain says of cases, by their numbers, that this root cause lies behind them: of
// all, or where one is not there of none.
func (s *Service) Explain(ctx context.Context, by ident.Actor, sees casework.Sight, root casework.ID, numbers string) (n int, err error) {
	list := strings.FieldsFunc(numbers, func(r rune) bool { return strings.ContainsRune(" ,;\n\r\t", r) })
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		c, err := tx.Cause(root)
		if err != nil {
			return err
		}
		if !c.Case.Open() {
			return fault.New(fault.Conflict, "cause-ended", string(root))
		}
		switch {
		case len(list) == 0:
			return fault.All("invalid-cause", wrong("/numbers", "missing", "Geef een of meer nummers, zoals K-2026-0001."))
		case len(list) > mostNumbers:
			return fault.All("invalid-cause", wrong("/numbers", "too-many", fmt.Sprintf("Geef hoogstens %d nummers tegelijk.", mostNumbers)))
		}
		unknown := []string{}
		for _, number := range list {
			of, err := numbered(tx, sees, number)
			if err != nil {
				return err
			}
			if of.ID == "" {
				unknown = append(unknown, numberOf(number))
				continue
			}
			if err := s.Casework.SetRoot(tx, by, of, root); err != nil {
				return err
			}
			n++
		}
		if len(unknown) > 0 {
			return fault.All("invalid-cause", wrong("/numbers", "unknown-case", "Deze zaken zijn er niet, of u mag ze niet zien: "+strings.Join(unknown, ", ")+". Er is niets gekoppeld."))
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("name root cause %s: %w", root, err)
	}
	return n, nil
}

// numberOf is a number as it may be said back: what does not look like one is not.
func numberOf(s string) string {
	if len(s) > 20 || strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" || text.HoldsBSN(s) {
		return "…"
	}
	return s
}

// numbered finds a case by its number; none has no id.
func numbered(tx Tx, sees casework.Sight, number string) (casework.Case, error) {
	page, err := tx.Cases(casework.Filter{Sight: sees, Limit: 200}.Search(number))
	for _, c := range page.Rows {
		if strings.EqualFold(c.Number, number) && c.Kind != Kind && !c.Destroyed() {
			return c, err
		}
	}
	return casework.Case{}, err
}

// past returns what is wrong with a day that must be there and not lie ahead.
func past(at string, d, today calendar.Date, missing string) []fault.Detail {
	switch {
	case d.IsZero():
		return wrong(at, "missing", missing)
	case d.After(today):
		return wrong(at, "future", "Deze dag ligt in de toekomst. Geef vandaag of een dag ervoor.")
	}
	return nil
}
