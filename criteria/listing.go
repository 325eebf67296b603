package criteria

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// The states by which the list finds sets.
const (
	StateInUse    = "in_use"
	StatePlanned  = "planned"
	StateDraft    = "draft"    // words that are in no version
	StateAsked    = "asked"    // waits for review
	StateReviewed = "reviewed" // approved, and waits for publication
	StateOver     = "over"     // was in use, and no version decides or will
)

// A Filter says which sets are wanted; an empty field wants all.
type Filter struct {
	Sought  string // in name or title
	Purpose Purpose
	State   string
}

// A SetRow is a set as the list shows it.
type SetRow struct {
	Name     string
	Title    string
	Purpose  Purpose
	Current  *Release
	Planned  *Release
	Versions int
	Working  string // state of the words: StateDraft, StateAsked or StateReviewed; "" where they are those of the newest version
	Draft    Draft
}

// State is the one word for how the set stands.
func (r SetRow) State() string {
	switch {
	case r.Current != nil:
		return StateInUse
	case r.Planned != nil:
		return StatePlanned
	case r.Versions > 0:
		return StateOver
	case r.Working != "":
		return r.Working
	}
	return StateDraft
}

// List returns the sets of the firm that meet the filter, by name.
func (s *Service) List(ctx context.Context, by ident.Actor, f Filter) (list []SetRow, err error) {
	var drafts []Draft
	var releases []Release
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if drafts, err = tx.Drafts(); err != nil {
			return err
		}
		releases, err = tx.Releases("")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sets: %w", err)
	}
	of := map[string][]Release{}
	for _, r := range releases {
		of[r.Name] = append(of[r.Name], r)
	}
	for _, d := range drafts {
		if r := row(d, of[d.Name], s.Today()); f.wants(r) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b SetRow) int { return strings.Compare(a.Name, b.Name) }) // whatever the database holds for an order
	return list, nil
}

func row(d Draft, versions []Release, today calendar.Date) SetRow {
	r := SetRow{Name: d.Name, Purpose: d.Purpose, Versions: len(versions), Working: d.working(versions), Draft: d, Title: title(d, versions)}
	for _, v := range versions {
		switch {
		case v.On(today) == Current:
			r.Current = new(v)
		case v.On(today) == Planned && r.Planned == nil:
			r.Planned = new(v)
		}
	}
	return r
}

// title returns what the words call the set, else its newest version.
func title(d Draft, versions []Release) string {
	if p, err := Read([]byte(d.Text)); err == nil {
		return p.set.Title
	}
	if n := len(versions); n > 0 {
		return versions[n-1].Title
	}
	return ""
}

// working is the state of the words.
func (d Draft) working(versions []Release) string {
	switch {
	case d.Asked != nil && d.Asked.Review != nil:
		return StateReviewed
	case d.Asked != nil:
		return StateAsked
	}
	if n := len(versions); n > 0 {
		if p, err := Read([]byte(d.Text)); err == nil && p.set.Hash() == versions[n-1].Hash {
			return ""
		}
	}
	return StateDraft
}

func (f Filter) wants(r SetRow) bool {
	sought := strings.ToLower(strings.TrimSpace(f.Sought))
	states := []string{r.State(), r.Working}
	if r.Planned != nil {
		states = append(states, StatePlanned)
	}
	return (sought == "" || strings.Contains(strings.ToLower(r.Name+" "+r.Title), sought)) &&
		(f.Purpose == "" || f.Purpose == r.Purpose) && (f.State == "" || slices.Contains(states, f.State))
}

// A File is one set with all there is of it.
type File struct {
	SetRow
	Releases []Release // the newest first
	Alone    bool      // a firm of one person
	Today    calendar.Date
}

// File returns one set. It is NotFound "unknown-set" when the firm has none of this
// name.
func (s *Service) File(ctx context.Context, by ident.Actor, name string) (f File, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		d, err := tx.Draft(name)
		if err != nil {
			return err
		}
		versions, err := tx.Releases(name)
		if err != nil {
			return err
		}
		f.SetRow, f.Today = row(d, versions, s.Today()), s.Today()
		slices.Reverse(versions)
		f.Releases = versions
		f.Alone, err = tx.OnePerson()
		return err
	})
	if err != nil {
		return File{}, fmt.Errorf("set %s: %w", name, err)
	}
	return f, nil
}

// Sealed returns a set that the firm sealed, in use or not. It is NotFound where it
// sealed none of this hash.
func (s *Service) Sealed(ctx context.Context, by ident.Actor, h ident.Hash) (p *Program, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		p, err = tx.Sealed(h)
		return err
	})
	return p, err
}
