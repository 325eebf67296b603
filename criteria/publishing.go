package criteria

import (
	"context"
	"fmt"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Publication puts to use what was asked.
type Publication struct {
	Name   string
	Set    ident.Hash // what they looked at
	Reason string     // of a firm of one person: why nobody else looks
	Key    string
}

// Publish puts a set to use as rule criteria_publication allows. It is a Conflict
// "not-asked", "other-version", "not-reviewed", "publisher-is-editor",
// "publisher-no-person" or "publish-raced", and Invalid "not-publishable" or
// "invalid-publication" where something is still to be mended.
func (s *Service) Publish(ctx context.Context, by ident.Actor, in Publication) (r Release, err error) {
	if err := fault.All("invalid-words", noted("/reason", in.Reason, false)); err != nil {
		return r, err
	}
	var found []Finding // looked for before the transaction: it takes a while
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		p, err := tx.Sealed(in.Set)
		if err == nil {
			found = p.Analyse(Analysis{})
		} else if fault.Is(err, fault.NotFound) {
			err = nil // what is asked is another, and is told below
		}
		return err
	})
	if err != nil {
		return r, fmt.Errorf("publish set %s: %w", in.Name, err)
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"publish": in.Name, "set": in.Set, "reason": in.Reason}
		return s.once(tx, in.Key, request, &r, func() (err error) {
			r, err = s.publish(tx, by, in, found)
			return err
		})
	})
	if err != nil {
		return Release{}, fmt.Errorf("publish set %s: %w", in.Name, err)
	}
	return r, nil
}

// conflicts are the codes of rule criteria_publication that are no fault of the set.
var conflicts = map[string]string{"same_person": "publisher-is-editor", "no_person": "publisher-no-person", "not_reviewed": "not-reviewed"}

func (s *Service) publish(tx Tx, by ident.Actor, in Publication, found []Finding) (r Release, err error) {
	d, err := asked(tx, in.Name, in.Set)
	if err != nil {
		return r, err
	}
	p, err := tx.Sealed(in.Set)
	if err != nil {
		return r, err
	}
	alone, err := tx.OnePerson()
	if err != nil {
		return r, err
	}
	set, now := p.Set(), later(s.Now(), d.Asked.At)
	given := UseIn{
		Purpose: d.Purpose, OnePerson: alone, LastEditor: d.Editor, By: by.String(), Person: by.Kind == ident.Staff, Reason: in.Reason,
		Rows: d.rows(in.Set), Findings: weighed(found, d.Asked.Accepted), From: set.From, Now: now,
	}
	if d.Asked.Review != nil {
		given.Reviewer, now = d.Asked.Review.By, later(now, d.Asked.Review.At)
	}
	out, decision := Publishing.Decide(given)
	if !out.Allowed {
		return r, refused(out, in.Name)
	}
	all, err := tx.Releases(in.Name)
	if err != nil {
		return r, err
	}
	r = Release{
		Name: d.Name, Purpose: d.Purpose, Version: set.Version, Hash: in.Set, Title: set.Title, From: *out.From, Through: set.Through, Way: out.Way,
		By: by.String(), Reviewer: given.Reviewer, AskedBy: d.Asked.By, Reason: in.Reason, Recorded: now,
	}
	if r.Through != nil && r.Through.Before(r.From) {
		return r, fault.All("not-publishable", []fault.Detail{{Pointer: "/through", Reason: "period", Text: "De laatste dag van deze regelset is voorbij voor zij kan gelden. Kies een latere."}})
	}
	ended, r := place(all, r)
	for _, o := range ended {
		if err := tx.Ends(o); err != nil {
			return r, err
		}
	}
	if err := tx.Insert(r); err != nil {
		return r, err
	}
	d.Asked = nil
	if err := tx.KeepDraft(d, false); err != nil {
		return r, err
	}
	return r, tx.Append(s.fact(KindPublished, in.Name, by.Firm, now, published1{by.String(), r.Purpose, r.Hash, r.Version, r.From, r.To, r.Way, r.Reason, []rule.Decision{decision}}))
}

// refused turns the answer of the rule into the fault of who asked.
func refused(out UseOut, name string) error {
	for _, why := range out.Because {
		switch {
		case conflicts[why.Code] != "":
			return fault.New(fault.Conflict, conflicts[why.Code], name)
		case why.Code == "reason_missing":
			return fault.All("invalid-publication", []fault.Detail{{Pointer: "/reason", Reason: "missing-reason", Text: why.Text}})
		}
	}
	return notPublishable(out.Because)
}

// Withdraw takes a version out of use from a day on; one that has not begun is
// cancelled, and the one before it goes on. It is NotFound "unknown-set-version" when
// that version neither decides nor will; Invalid "invalid-withdrawal" for a day that
// cannot be.
func (s *Service) Withdraw(ctx context.Context, by ident.Actor, in Withdrawal) (r Release, err error) {
	if err := fault.All("invalid-words", noted("/reason", in.Reason, true)); err != nil {
		return r, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		request := map[string]any{"withdraw": in.Name, "version": in.Version, "to": in.To, "reason": in.Reason}
		return s.once(tx, in.Key, request, &r, func() (err error) {
			r, err = s.withdraw(tx, by, in)
			return err
		})
	})
	if err != nil {
		return Release{}, fmt.Errorf("withdraw set %s: %w", in.Name, err)
	}
	return r, nil
}

func (s *Service) withdraw(tx Tx, by ident.Actor, in Withdrawal) (r Release, err error) {
	if _, err := tx.Draft(in.Name); err != nil { // held, so that nobody publishes meanwhile
		return r, err
	}
	all, err := tx.Releases(in.Name)
	if err != nil {
		return r, err
	}
	today := s.Today()
	if !find(all, in.Version, &r) || r.On(today) != Current && r.On(today) != Planned {
		return r, fault.New(fault.NotFound, "unknown-set-version", in.Name)
	}
	to := today
	if in.To != "" {
		if to, err = calendar.Parse(in.To); err != nil || to.Before(today) || r.To != nil && to.After(*r.To) {
			return r, fault.All("invalid-withdrawal", []fault.Detail{{Pointer: "/to", Reason: "invalid-value", Text: "Kies een dag vanaf vandaag, die niet na het eind ligt dat deze versie al heeft."}})
		}
	}
	if to.Before(r.From) {
		to = r.From
	}
	now := later(s.Now(), r.Recorded)
	changed := end(all, r, to)
	changed[0].Withdrawn, changed[0].Ender = &now, by.String()
	for _, o := range changed {
		if err := tx.Ends(o); err != nil {
			return r, err
		}
	}
	r = changed[0]
	return r, tx.Append(s.fact(KindWithdrawn, in.Name, by.Firm, now, withdrawn1{by.String(), r.Hash, r.Version, to, in.Reason, !to.After(r.From)}))
}

func kebab(code string) string { return strings.ReplaceAll(code, "_", "-") }
