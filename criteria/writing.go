package criteria

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Writing is what somebody asks to keep of a set.
type Writing struct {
	Name    string
	Purpose Purpose
	Text    string
	Saw     int    // the revision they saw; 0 for a set that is new
	Key     string // idempotency key, "" for none
}

// Write keeps the text of a set. It may have faults. What cannot be kept at all is
// one Invalid "invalid-set". Who did not see the newest words gets a Conflict
// "set-changed", or "set-exists" for one that was to be new; while it waits for
// review or publication it is a Conflict "set-asked". The purpose of a set that was
// put to use is fixed: Conflict "purpose-fixed".
func (s *Service) Write(ctx context.Context, by ident.Actor, in Writing) (d Draft, err error) {
	if err := fault.All("invalid-set", in.check()); err != nil {
		return d, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"write": in.Name, "purpose": in.Purpose, "text": in.Text, "saw": in.Saw}
		return s.once(tx, in.Key, request, &d, func() (err error) {
			d, err = s.write(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("write set %s: %w", in.Name, err)
	}
	return d, nil
}

func (in Writing) check() (wrong []fault.Detail) {
	if !idPattern.MatchString(in.Name) {
		wrong = append(wrong, fault.Detail{Pointer: "/name", Reason: "name", Text: "Geef de regelset een naam van hooguit 60 letters, cijfers, punten en streepjes, zonder spaties."})
	}
	if !in.Purpose.Known() {
		wrong = append(wrong, fault.Detail{Pointer: "/purpose", Reason: "purpose", Text: "Kies waarvoor de regelset is."})
	}
	return append(wrong, holdable(in.Text)...)
}

func (s *Service) write(tx Tx, by ident.Actor, in Writing) (Draft, error) {
	before, err := tx.Draft(in.Name)
	fresh := fault.Is(err, fault.NotFound)
	switch {
	case err != nil && !fresh, fresh && in.Saw != 0:
		return Draft{}, err
	case !fresh && in.Saw == 0:
		return Draft{}, fault.New(fault.Conflict, "set-exists", in.Name)
	case before.Revision != in.Saw:
		return Draft{}, fault.New(fault.Conflict, "set-changed", in.Name)
	case before.Asked != nil:
		return Draft{}, fault.New(fault.Conflict, "set-asked", in.Name)
	}
	if !fresh && before.Purpose != in.Purpose {
		all, err := tx.Releases(in.Name)
		if err != nil {
			return Draft{}, err
		}
		if len(all) > 0 {
			return Draft{}, fault.New(fault.Conflict, "purpose-fixed", in.Name)
		}
	}
	d := Draft{Name: in.Name, Purpose: in.Purpose, Text: in.Text, Revision: before.Revision + 1, Editor: by.String(), Edited: later(s.Now(), before.Edited), Tried: before.Tried}
	if err := tx.KeepDraft(d, fresh); err != nil {
		return Draft{}, err
	}
	return d, tx.Append(s.fact(KindWritten, d.Name, by.Firm, d.Edited, written1{by.String(), d.Revision, d.Purpose, d.Text}))
}

// An Offer asks that a set be looked at and put to use.
type Offer struct {
	Name     string
	Saw      int // the revision they saw
	Note     string
	Accepted []Accepted // findings that may stand, with the reason
	Key      string
}

// Ask seals the set of a draft and offers it for review. All that keeps it from
// that is one Invalid "not-publishable"; nothing is kept then. It is a Conflict
// "set-changed" or "set-asked" where somebody else was first.
func (s *Service) Ask(ctx context.Context, by ident.Actor, in Offer) (d Draft, err error) {
	wrong := noted("/note", in.Note, false)
	for i, a := range in.Accepted {
		wrong = append(wrong, noted(fmt.Sprintf("/accepted/%d/reason", i), a.Reason, false)...)
	}
	if err := fault.All("invalid-words", wrong); err != nil {
		return d, err
	}
	if in.Accepted == nil {
		in.Accepted = []Accepted{}
	}
	var found []Finding // looked for before the transaction: it takes a while
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		d, err := tx.Draft(in.Name)
		if p, wrong := Read([]byte(d.Text)); err == nil && wrong == nil && d.Revision == in.Saw {
			found = p.Analyse(Analysis{})
		}
		return err
	})
	if err != nil {
		return d, fmt.Errorf("ask publication of set %s: %w", in.Name, err)
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"ask": in.Name, "saw": in.Saw, "note": in.Note, "accepted": in.Accepted}
		return s.once(tx, in.Key, request, &d, func() (err error) {
			d, err = s.ask(tx, by, in, found)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("ask publication of set %s: %w", in.Name, err)
	}
	return d, nil
}

func (s *Service) ask(tx Tx, by ident.Actor, in Offer, found []Finding) (Draft, error) {
	d, err := tx.Draft(in.Name)
	switch {
	case err != nil:
		return d, err
	case d.Asked != nil:
		return d, fault.New(fault.Conflict, "set-asked", in.Name)
	case d.Revision != in.Saw:
		return d, fault.New(fault.Conflict, "set-changed", in.Name)
	}
	all, err := tx.Releases(in.Name)
	if err != nil {
		return d, err
	}
	p, err := d.ready(len(all) + 1)
	if err != nil {
		return d, err
	}
	set := p.Set()
	hash, at := set.Hash(), later(s.Now(), d.Edited)
	if err := notPublishable(UseIn{Purpose: d.Purpose, Rows: d.rows(hash), Findings: weighed(found, in.Accepted)}.lacks()); err != nil {
		return d, err
	}
	if _, err := tx.Sealed(hash); fault.Is(err, fault.NotFound) {
		f := s.fact(KindSealed, in.Name, by.Firm, at, set)
		f.Sealed = true
		if err := tx.Append(f); err != nil {
			return d, err
		}
	} else if err != nil {
		return d, err
	}
	d.Asked = &Request{By: by.String(), At: at, Set: hash, Version: set.Version, Note: in.Note, Accepted: in.Accepted}
	if err := tx.KeepDraft(d, false); err != nil {
		return d, err
	}
	return d, tx.Append(s.fact(KindAsked, in.Name, by.Firm, at, asked1{by.String(), d.Revision, hash, set.Version, in.Note, in.Accepted}))
}

// ID names a finding the same in each look at the same set.
func (f Finding) ID() string { return f.Code + " " + strings.Join(f.About, " ") }

// Weighs reports whether the finding keeps a set from use until it is mended or,
// where it may stand, somebody says why it stands.
func (f Finding) Weighs() bool { return f.Grade == Wrong || f.Grade == Doubtful }

// weighed lists the findings that weigh as rule criteria_publication hears them.
func weighed(found []Finding, accepted []Accepted) []FindingSaid {
	list := []FindingSaid{}
	for _, f := range found {
		if !f.Weighs() {
			continue
		}
		said := FindingSaid{ID: f.ID(), Fault: f.Grade == Wrong}
		for _, a := range accepted {
			if a.Finding == said.ID && !said.Fault {
				said.Reason = a.Reason
			}
		}
		list = append(list, said)
	}
	return list
}

// ready compiles the draft as the version that it is to become.
func (d Draft) ready(version int) (*Program, error) {
	p, err := Read([]byte(d.Text))
	var wrong []fault.Detail
	if f := fault.As(err); f != nil {
		return nil, fault.All("not-publishable", f.Details)
	} else if err != nil {
		return nil, err
	}
	line := Places([]byte(d.Text))
	if p.set.Name != d.Name {
		wrong = append(wrong, fault.Detail{Pointer: "/name", Line: line["/name"], Reason: "name", Text: "Zet hier de naam die deze regelset heeft: " + d.Name + "."})
	}
	if p.set.Version != version {
		wrong = append(wrong, fault.Detail{Pointer: "/version", Line: line["/version"], Reason: "version", Text: fmt.Sprintf("Zet hier %d: dat is het nummer van deze versie.", version)})
	}
	return p, fault.All("not-publishable", wrong)
}

// rows is on how many rows the set of this hash was tried.
func (d Draft) rows(set ident.Hash) int {
	if d.Tried == nil || d.Tried.Set != set {
		return 0
	}
	return d.Tried.Rows
}

// notPublishable lists all that keeps a set from being put to use.
func notPublishable(because []rule.Reason) error {
	var wrong []fault.Detail
	for _, r := range because {
		wrong = append(wrong, fault.Detail{Pointer: "/text", Reason: kebab(r.Code), Text: Publishing.Render(r)})
	}
	return fault.All("not-publishable", wrong)
}

// An Approval is another's look at what was asked.
type Approval struct {
	Name string
	Set  ident.Hash // what they looked at
	Note string
	Key  string
}

// Approve writes down that another than the last editor approves what was asked, as
// rule criteria_review allows. It is a Conflict "not-asked", "other-version",
// "reviewed-before", "reviewer-is-editor" or "reviewer-no-person".
func (s *Service) Approve(ctx context.Context, by ident.Actor, in Approval) (d Draft, err error) {
	if err := fault.All("invalid-words", noted("/note", in.Note, false)); err != nil {
		return d, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"approve": in.Name, "set": in.Set, "note": in.Note}
		return s.once(tx, in.Key, request, &d, func() (err error) {
			d, err = s.approve(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("approve set %s: %w", in.Name, err)
	}
	return d, nil
}

func (s *Service) approve(tx Tx, by ident.Actor, in Approval) (Draft, error) {
	d, err := asked(tx, in.Name, in.Set)
	switch {
	case err != nil:
		return d, err
	case d.Asked.Review != nil:
		return d, fault.New(fault.Conflict, "reviewed-before", in.Name)
	}
	out, decision := Reviewing.Decide(LookIn{Purpose: d.Purpose, LastEditor: d.Editor, By: by.String(), Person: by.Kind == ident.Staff})
	switch out.Because[0].Code {
	case "same_person":
		return d, fault.New(fault.Conflict, "reviewer-is-editor", in.Name)
	case "no_person":
		return d, fault.New(fault.Conflict, "reviewer-no-person", in.Name)
	}
	at := later(s.Now(), d.Asked.At)
	d.Asked.Review = &Review{by.String(), at, in.Note}
	if err := tx.KeepDraft(d, false); err != nil {
		return d, err
	}
	return d, tx.Append(s.fact(KindReviewed, in.Name, by.Firm, at, reviewed1{by.String(), in.Set, in.Note, []rule.Decision{decision}}))
}

// asked returns the draft that waits, which must be for this sealed set.
func asked(tx Tx, name string, set ident.Hash) (Draft, error) {
	d, err := tx.Draft(name)
	switch {
	case err != nil:
		return d, err
	case d.Asked == nil:
		return d, fault.New(fault.Conflict, "not-asked", name)
	case d.Asked.Set != set:
		return d, fault.New(fault.Conflict, "other-version", name)
	}
	d.Asked = new(*d.Asked)
	return d, nil
}

// A Return gives a set back to its author, or takes the request back.
type Return struct {
	Name string
	Note string // why
	Key  string
}

// GiveBack gives back what was asked: the text can be written again. It is a
// Conflict "not-asked" when nobody asked.
func (s *Service) GiveBack(ctx context.Context, by ident.Actor, in Return) (d Draft, err error) {
	if err := fault.All("invalid-words", noted("/note", in.Note, true)); err != nil {
		return d, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		return s.once(tx, in.Key, map[string]any{"return": in.Name, "note": in.Note}, &d, func() (err error) {
			d, err = s.giveBack(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Draft{}, fmt.Errorf("return set %s: %w", in.Name, err)
	}
	return d, nil
}

func (s *Service) giveBack(tx Tx, by ident.Actor, in Return) (Draft, error) {
	d, err := tx.Draft(in.Name)
	if err != nil {
		return d, err
	}
	if d.Asked == nil {
		return d, fault.New(fault.Conflict, "not-asked", in.Name)
	}
	at, set := later(s.Now(), d.Asked.At), d.Asked.Set
	d.Asked = nil
	if err := tx.KeepDraft(d, false); err != nil {
		return d, err
	}
	return d, tx.Append(s.fact(KindReturned, in.Name, by.Firm, at, returned1{by.String(), set, in.Note}))
}

// A Withdrawal takes a version out of use, or cancels one that has not begun.
type Withdrawal struct {
	Name    string
	Version int
	To      string // first day on which it decides no longer, as 2026-11-22; empty for today
	Reason  string
	Key     string
}

// find returns the version of this number among those that decide or will.
func find(all []Release, version int, r *Release) bool {
	i := slices.IndexFunc(all, func(r Release) bool { return r.Version == version })
	if i >= 0 {
		*r = all[i]
	}
	return i >= 0
}
