package inspection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A State says how far a dossier is.
type State string

// The states.
const (
	Waiting State = "wacht"
	Made    State = "klaar"
	Failed  State = "mislukt"
	Gone    State = "weg" // the inspection is over, and so is its file
)

// A Dossier is all of an inspection in one file that proves itself.
type Dossier struct {
	ID         string
	Inspection string
	Asked      time.Time
	By         string // actor
	State      State
	Ended      time.Time
	Done       int64 // files
	Tally
	Size int64
	Hash ident.Hash
}

// A Tally is what a dossier holds.
type Tally struct {
	Files   int64
	Facts   int64
	Lacking int64 // files with something missing
	Unequal int64 // decisions that came out otherwise when they were asked again
}

// An Archive makes the files of dossiers and keeps them.
type Archive interface {
	// Make writes the dossier of an inspection; tell hears how many files are done.
	// It returns ErrStopped where stopping says so.
	Make(ctx context.Context, firm ident.Firm, i Inspection, d Dossier, tell func(done int64) error, stopping func() bool) (Tally, ident.Hash, int64, error)
	Open(ctx context.Context, firm ident.Firm, hash ident.Hash) (io.ReadCloser, error)
	Remove(ctx context.Context, firm ident.Firm, hash ident.Hash) error
}

// ErrStopped says that making a dossier was stopped half-way; it begins anew.
var ErrStopped = errors.New("stopped")

// Ask puts in the work of a dossier. One that is under way is given instead of a
// second one.
func (s *Service) Ask(ctx context.Context, by Reader, id string) (d Dossier, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		i, err := admitted(tx, by, id)
		if err != nil {
			return err
		}
		if err := s.readable(i); err != nil {
			return err
		}
		before, err := tx.Dossiers(id)
		if err != nil {
			return err
		}
		for _, one := range before {
			if one.State == Waiting {
				d = one
				return nil
			}
		}
		d = Dossier{ID: s.NewID(), Inspection: id, Asked: s.Now(), By: by.String(), State: Waiting}
		if err := tx.AddDossier(d); err != nil {
			return err
		}
		if err := tx.Wake(d.ID, d.Asked); err != nil {
			return err
		}
		return tx.Append(s.fact(KindDossierAsked, by.Actor, id, dossierAsked1{by.String(), d.ID}))
	})
	if err != nil {
		return d, fmt.Errorf("ask a dossier of inspection %s: %w", id, err)
	}
	return d, nil
}

// Work makes a dossier that was asked. Of an inspection that is over nothing is made.
func (s *Service) Work(ctx context.Context, firm ident.Firm, id string, stopping func() bool) error {
	var d Dossier
	var i Inspection
	err := s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if d, err = tx.Dossier(id); err != nil {
			return err
		}
		i, err = tx.Inspection(d.Inspection)
		return err
	})
	if err != nil || d.State != Waiting {
		return err
	}
	if i.StandOn(s.Today()) != Open {
		d.State, d.Ended = Failed, s.Now()
		return s.Store.Update(ctx, firm, func(tx Tx) error { return tx.SaveDossier(d) })
	}
	tell := func(done int64) error {
		d.Done = done
		return s.Store.Update(ctx, firm, func(tx Tx) error { return tx.SaveDossier(d) })
	}
	if d.Tally, d.Hash, d.Size, err = s.Archive.Make(ctx, firm, i, d, tell, stopping); err != nil {
		return err
	}
	d.State, d.Ended, d.Done = Made, s.Now(), d.Files
	house := ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		if err := tx.SaveDossier(d); err != nil {
			return err
		}
		return tx.Append(s.fact(KindDossierMade, house, i.ID, dossierMade1{
			By: house.String(), Dossier: d.ID, Files: d.Files, Facts: d.Facts, Lacking: d.Lacking, Unequal: d.Unequal, Size: d.Size, Hash: d.Hash,
		}))
	})
}

// Fetch opens the file of a dossier for somebody who takes it along, and records that
// first. One that is not made is fault.NotFound "dossier-not-made".
func (s *Service) Fetch(ctx context.Context, by Reader, inspection, id string) (d Dossier, body io.ReadCloser, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		i, err := admitted(tx, by, inspection)
		if err != nil {
			return err
		}
		if err := s.readable(i); err != nil {
			return err
		}
		if d, err = tx.Dossier(id); err != nil {
			return err
		}
		if d.Inspection != inspection || d.State != Made {
			return fault.New(fault.NotFound, "dossier-not-made", id)
		}
		return tx.Append(s.fact(KindDossierTaken, by.Actor, inspection, dossierTaken1{by.String(), d.ID, d.Hash}))
	})
	if err != nil {
		return d, nil, fmt.Errorf("take dossier %s: %w", id, err)
	}
	body, err = s.Archive.Open(ctx, by.Firm, d.Hash)
	return d, body, err
}

// Tidy removes the dossiers of inspections that are over: what was taken along is the
// supervisor's, what stayed here would outlive its reason.
func (s *Service) Tidy(ctx context.Context, firm ident.Firm) (gone int, err error) {
	var over []Dossier
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		kept, err := tx.Kept()
		for _, d := range kept {
			i, e := tx.Inspection(d.Inspection)
			if e != nil {
				return e
			}
			if i.StandOn(s.Today()) != Open {
				over = append(over, d)
			}
		}
		return err
	})
	for _, d := range over {
		if err := s.Archive.Remove(ctx, firm, d.Hash); err != nil && !fault.Is(err, fault.NotFound) {
			return gone, err
		}
		d.State = Gone
		if err := s.Store.Update(ctx, firm, func(tx Tx) error { return tx.SaveDossier(d) }); err != nil {
			return gone, err
		}
		gone++
	}
	return gone, err
}

// Each gives all files of an inspection, of each kind in turn, a number at a time.
func (s *Service) Each(ctx context.Context, by ident.Actor, i Inspection, most int, fn func(About, []File) error) error {
	for _, a := range i.All(s.Kinds()) {
		for after := ""; ; {
			leaf, err := s.page(ctx, by, i, Look{Kind: a.Kind, After: after, Most: most})
			if err != nil {
				return err
			}
			if len(leaf.Files) > 0 {
				if err := fn(a, leaf.Files); err != nil {
					return err
				}
			}
			if after = leaf.Next; after == "" {
				break
			}
		}
	}
	return nil
}
