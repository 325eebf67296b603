package retention

import (
	"context"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Line is a record as the list of what is kept shows it: derived from the rooms and
// the rule, kept for speed, and compared with them by the house every hour.
type Line struct {
	Ref
	Label     string
	Client    ident.Person
	Began     calendar.Date
	Ended     calendar.Date // zero: not yet
	Blocked   State         // Running, Held, Waiting or Unknown; "" where days decide
	Earliest  calendar.Date // zero: not known
	Latest    calendar.Date
	Destroyed bool
	Seen      time.Time // when it was written
}

// StateOn is what holds of the record on a day.
func (l Line) StateOn(day calendar.Date) State {
	switch {
	case l.Destroyed:
		return Vanished
	case l.Blocked != "":
		return l.Blocked
	case day.Before(l.Earliest):
		return Kept
	case day.After(l.Latest):
		return MustGo
	}
	return MayGo
}

// Vanished is the state of a line whose record was destroyed.
const Vanished State = "destroyed"

// States are those by which the list is narrowed, in the order of the page.
var States = []State{MustGo, MayGo, Kept, Held, Running, Waiting, Vanished}

// A Sort is the order of the list.
type Sort string

// The orders.
const (
	ByEarliest Sort = "mag-weg"
	ByLatest   Sort = "moet-weg"
)

// A Filter chooses lines. Empty fields do not narrow.
type Filter struct {
	Kind   Kind
	State  State
	Sought string // part of the label
	Day    calendar.Date
	Sort   Sort
	After  Cursor
	Most   int
}

// A Cursor says after which line a page begins.
type Cursor struct {
	Day string
	Ref
}

// A Page is a part of the list.
type Page struct {
	Rows []Line
	Next *Cursor
}

// Lines returns a page of what is kept.
func (s *Service) Lines(ctx context.Context, firm ident.Firm, f Filter) (p Page, err error) {
	f.Day = s.Today()
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		p, err = tx.Lines(f)
		return err
	})
	return p, err
}

// Counts tells how many records there are of each kind in each state.
func (s *Service) Counts(ctx context.Context, firm ident.Firm) (n map[Kind]map[State]int, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		n, err = tx.Counts(s.Today())
		return err
	})
	return n, err
}

// A File is one record explained.
type File struct {
	Record
	About
	Term      Term
	Answer    KeepOut
	Law       []rule.Reason // of the room's own rule, in words
	Holds     []PlacedHold
	Parent    *Line
	Children  []Line
	Decisions []rule.Decision
}

// File explains one record as it is now; fault.NotFound "unknown-record".
func (s *Service) File(ctx context.Context, firm ident.Firm, ref Ref) (f File, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		family, i, err := s.family(tx, ref)
		if err != nil {
			return err
		}
		f.Record, f.Term = family[i].Record, family[i].Term
		f.About, _ = s.About(ref.Kind)
		answer, d := Keep.Decide(family.Question(i, s.Today()))
		f.Answer, f.Decisions = answer, decisions(f.Record, d)
		if f.Holds, err = tx.Holds(ref); err != nil {
			return err
		}
		for j := range family {
			switch {
			case j == family[i].Parent:
				f.Parent = new(s.line(family, j))
			case family[j].Parent == i:
				f.Children = append(f.Children, s.line(family, j))
			}
		}
		return nil
	})
	return f, err
}

// decisions are that of the room, where it has one, and ours.
func decisions(r Record, d rule.Decision) []rule.Decision {
	if r.Decision.Rule == "" {
		return []rule.Decision{d}
	}
	return []rule.Decision{r.Decision, d}
}

// family gathers all that belongs together with a record, and its place among them.
func (s *Service) family(tx Tx, ref Ref) (f Family, at int, err error) {
	terms, err := s.terms(tx)
	if err != nil {
		return nil, 0, err
	}
	eldest := ref
	for range mostGenerations {
		up, ok, err := tx.Parent(eldest)
		if err != nil {
			return nil, 0, err
		}
		if !ok {
			break
		}
		eldest = up
	}
	type member struct {
		Ref
		parent int
	}
	seen := map[Ref]bool{} // what a room binds later may close a circle with what somebody joined
	for next := []member{{eldest, -1}}; len(next) > 0; next = next[1:] {
		m := next[0]
		if seen[m.Ref] {
			continue
		}
		seen[m.Ref] = true
		r, err := s.relation(tx, m.Ref, m.parent, terms)
		if fault.Is(err, fault.NotFound) && m.Ref != ref {
			continue // its room knows it no longer: it keeps nothing
		}
		if err != nil {
			return nil, 0, err
		}
		if m.Ref == ref {
			at = len(f)
		}
		f = append(f, r)
		below, err := tx.Children(m.Ref)
		if err != nil {
			return nil, 0, err
		}
		for _, c := range below {
			next = append(next, member{c, len(f) - 1})
		}
	}
	return f, at, nil
}

func (s *Service) relation(tx Tx, ref Ref, parent int, terms []Term) (r Relation, err error) {
	if r.Record, err = tx.Record(ref); err != nil {
		return r, err
	}
	holds, err := tx.Holds(ref)
	for _, h := range holds {
		r.Holds = append(r.Holds, h.Hold)
	}
	a, _ := s.About(ref.Kind)
	r.Parent, r.Term = parent, a.termFor(r.Record, termOf(terms, ref.Kind))
	return r, err
}

func termOf(terms []Term, k Kind) Term {
	for _, t := range terms {
		if t.Kind == k {
			return t
		}
	}
	return Term{Kind: k, AtMost: longestMonths}
}

// line is how the list shows one of a family.
func (s *Service) line(f Family, i int) Line {
	r := f[i].Record
	l := Line{Ref: r.Ref, Label: r.Label, Client: r.Client, Began: r.Began, Ended: r.Ended, Destroyed: r.Destroyed, Seen: s.Now()}
	switch out := Keep.Ask(f.Question(i, s.Today())); out.State {
	case Kept, MayGo, MustGo:
		l.Earliest, l.Latest = out.Earliest.V, out.Latest.V
	default:
		l.Blocked = out.State
	}
	return l
}

// refresh brings the lines of a record and of all that belongs with it up to date.
func (s *Service) refresh(tx Tx, ref Ref) error {
	f, _, err := s.family(tx, ref)
	if err != nil {
		return err
	}
	for i := range f {
		if err := tx.SaveLine(s.line(f, i)); err != nil {
			return err
		}
	}
	return nil
}

// derivedAtOnce is how many records are looked at in one transaction.
const derivedAtOnce = 500

// A difference is how the list differs from what a room keeps, in some of its records.
type difference struct {
	looked int    // at so many records
	last   string // the last of them
	saved  []Line // that are new or say something else
	gone   []Ref  // lines of what its room knows no longer
}

// Derive makes the list anew from what the rooms keep, and returns how many records it
// looked at. Most did not change since an hour ago: it reads, and writes only where the
// list differs, so that those who work meanwhile hardly notice.
func (s *Service) Derive(ctx context.Context, firm ident.Firm) (n int, err error) {
	for _, a := range s.Kinds {
		for d := (difference{looked: derivedAtOnce}); d.looked == derivedAtOnce; n += d.looked {
			after := d.last
			err := s.Store.View(ctx, firm, func(tx Tx) (err error) {
				d, err = s.compare(tx, a, after)
				return err
			})
			if err == nil && len(d.saved)+len(d.gone) > 0 {
				err = s.Store.Update(ctx, firm, func(tx Tx) (err error) {
					if d, err = s.compare(tx, a, after); err != nil {
						return err
					}
					return d.settle(tx)
				})
			}
			if err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// compare looks at the records of a kind after an id. Most stand alone, and need no more
// than what their room said of them.
func (s *Service) compare(tx Tx, a About, after string) (d difference, err error) {
	some, err := tx.Records(a.Kind, after, derivedAtOnce)
	if err != nil {
		return d, err
	}
	through := "" // after the last record there is nothing to be listed
	if d.looked = len(some); d.looked > 0 {
		d.last = some[d.looked-1].ID
	}
	if d.looked == derivedAtOnce {
		through = d.last
	}
	listed, err := tx.LinesOver(a.Kind, after, through)
	if err != nil {
		return d, err
	}
	terms, err := s.terms(tx)
	if err != nil {
		return d, err
	}
	related, err := tx.Related()
	if err != nil {
		return d, err
	}
	for _, r := range some {
		f, at := Family{{Record: r, Term: a.termFor(r, termOf(terms, r.Kind)), Parent: -1}}, 0
		if related[r.Ref] {
			if f, at, err = s.family(tx, r.Ref); err != nil {
				return d, err
			}
		}
		l := s.line(f, at)
		was, there := listed[r.Ref]
		delete(listed, r.Ref)
		if was.Seen = l.Seen; !there || was != l {
			d.saved = append(d.saved, l)
		}
	}
	for ref := range listed {
		d.gone = append(d.gone, ref)
	}
	return d, nil
}

// settle makes the list say what the rooms say.
func (d difference) settle(tx Tx) error {
	for _, l := range d.saved {
		if err := tx.SaveLine(l); err != nil {
			return err
		}
	}
	for _, ref := range d.gone {
		if err := tx.DropLine(ref); err != nil {
			return err
		}
	}
	return nil
}
