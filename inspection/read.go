package inspection

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// A Journal is what the room asks of the journal.
type Journal interface {
	// Facts are those about a subject, oldest first.
	Facts(ctx context.Context, firm ident.Firm, subject string) ([]journal.Recorded, error)
	// Evidence is all about a file, proved against the newest checkpoint, with every
	// decision asked again.
	Evidence(ctx context.Context, firm ident.Firm, subject string) (Evidence, error)
}

// Evidence is what the journal holds of a file.
type Evidence struct {
	Facts      []Witnessed
	Checkpoint journal.Checkpoint // that the proofs lead to
	Signed     bool               // by the key of this installation
}

// Witnessed is a fact with what was found of it.
type Witnessed struct {
	journal.Recorded
	Title     string // in Dutch
	By        string // actor; "" where that was erased
	Proven    bool   // its proof leads to the checkpoint
	Decisions []Decided
}

// Decided is a decision with whether it came out the same when it was asked again.
type Decided struct {
	rule.Decision
	Reasons []string // in Dutch, each with its norm
	Same    bool
	Problem string // why it did not
}

// Green reports whether every proof holds and every decision came out the same.
func (e Evidence) Green() bool {
	return e.Signed && !slices.ContainsFunc(e.Facts, func(f Witnessed) bool {
		return !f.Proven || slices.ContainsFunc(f.Decisions, func(d Decided) bool { return !d.Same })
	})
}

// Decisions counts them, and how many came out the same.
func (e Evidence) Decisions() (all, same int) {
	for _, f := range e.Facts {
		for _, d := range f.Decisions {
			all++
			if d.Same {
				same++
			}
		}
	}
	return all, same
}

// A Look says which files of an inspection are asked for.
type Look struct {
	Kind   Kind
	Sought string
	Lacks  bool   // only files with something missing
	Newest bool   // first
	After  string // place
	Most   int
}

// A Leaf is a page of files of one kind.
type Leaf struct {
	About About
	Files []File
	Next  string // "" on the last page
}

// Files returns a page of the files that an inspection opens: those that were named,
// before the first page of those in the period. It says no more of a file than a list
// does, so it is no fact.
func (s *Service) Files(ctx context.Context, by Reader, id string, look Look) (Leaf, error) {
	i, err := s.opened(ctx, by, id)
	if err != nil {
		return Leaf{}, err
	}
	return s.page(ctx, by.Actor, i, look)
}

// opened is an inspection that somebody may read now.
func (s *Service) opened(ctx context.Context, by Reader, id string) (i Inspection, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		i, err = admitted(tx, by, id)
		return err
	})
	if err != nil {
		return i, err
	}
	return i, s.readable(i)
}

func (s *Service) page(ctx context.Context, by ident.Actor, i Inspection, look Look) (leaf Leaf, err error) {
	shelf, err := s.shelf(look.Kind)
	if err != nil {
		return leaf, err
	}
	leaf.About = shelf.About
	named := i.Named(look.Kind)
	if !i.ByPeriod(look.Kind) && len(named) == 0 {
		return leaf, fault.New(fault.Denied, "file-not-opened", "")
	}
	if look.After == "" {
		if leaf.Files, err = s.byName(ctx, by, shelf, named, look); err != nil {
			return leaf, err
		}
	}
	if !i.ByPeriod(look.Kind) {
		return leaf, nil
	}
	if len(leaf.Files) >= look.Most { // the named ones are all here, and take the whole page
		leaf.Next = afterNamed
		return leaf, nil
	}
	if look.After == afterNamed {
		look.After = ""
	}
	ask := Ask{From: i.From, Through: i.Through, Sought: look.Sought, Newest: look.Newest, After: look.After, Most: look.Most}
	for looked := 0; len(leaf.Files) < look.Most && looked < mostLooked; {
		some, next, err := shelf.Page(ctx, by, ask)
		if err != nil {
			return leaf, err
		}
		for _, f := range some {
			if fits(f, look) && !slices.ContainsFunc(named, func(r Ref) bool { return r.ID == f.ID }) {
				leaf.Files = append(leaf.Files, f)
			}
		}
		looked += len(some)
		leaf.Next, ask.After = next, next
		if next == "" {
			break
		}
	}
	return leaf, nil
}

// afterNamed is the place before the first file of the period.
const afterNamed = "periode"

// fits reports whether a file is one with something missing, where those are asked.
func fits(f File, look Look) bool { return !look.Lacks || len(f.Lacks()) > 0 }

func (s *Service) byName(ctx context.Context, by ident.Actor, shelf Standing, named []Ref, look Look) (files []File, err error) {
	sought := strings.ToLower(strings.TrimSpace(look.Sought))
	for _, ref := range named {
		f, err := shelf.File(ctx, by, ref.ID)
		if err != nil {
			return nil, err
		}
		if fits(f, look) && (sought == "" || strings.Contains(strings.ToLower(f.Number+" "+f.Title), sought)) {
			files = append(files, f)
		}
	}
	return files, nil
}

// A Reading is one file with what the journal holds of it.
type Reading struct {
	Inspection Inspection
	About      About
	File       File
	Evidence   Evidence
}

// Read opens one file and records that, before anything of it is shown. What was not
// opened is fault.Denied "file-not-opened".
func (s *Service) Read(ctx context.Context, by Reader, id string, ref Ref) (r Reading, err error) {
	if r.Inspection, err = s.opened(ctx, by, id); err != nil {
		return r, err
	}
	shelf, err := s.shelf(ref.Kind)
	if err != nil {
		return r, err
	}
	r.About = shelf.About
	if r.File, err = shelf.File(ctx, by.Actor, ref.ID); err != nil {
		return r, err
	}
	if !r.Inspection.Opens(ref, r.File.Began) {
		return Reading{}, fault.New(fault.Denied, "file-not-opened", "")
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		i, err := admitted(tx, by, id)
		if err != nil {
			return err
		}
		if err := s.readable(i); err != nil { // it may have ended since
			return err
		}
		return tx.Append(s.fact(KindSeen, by.Actor, id, seen1{by.String(), string(ref.Kind), ref.ID, r.File.Number}))
	})
	if err != nil {
		return Reading{}, fmt.Errorf("open file %s of inspection %s: %w", ref.ID, id, err)
	}
	r.Evidence, err = s.Journal.Evidence(ctx, by.Firm, ref.ID)
	return r, err
}

// Take records that a list was taken along, with the hash of the file.
func (s *Service) Take(ctx context.Context, by Reader, id string, k Kind, format string, rows int64, hash ident.Hash) error {
	return s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		i, err := admitted(tx, by, id)
		if err != nil {
			return err
		}
		if err := s.readable(i); err != nil {
			return err
		}
		return tx.Append(s.fact(KindListTaken, by.Actor, id, listTaken1{by.String(), string(k), format, rows, hash}))
	})
}

// MostListed is how many files a list that is taken along holds at most; a dossier
// holds all.
const MostListed = 10_000

// mostLooked is how many files a page looks through for those with something missing;
// its next page goes on from there.
const mostLooked = 2_000
