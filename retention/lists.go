package retention

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// DrawUp draws up a list of records of a kind that may be destroyed today, those that
// must go first: at most MostOnList. Where there is none it is fault.Conflict
// "nothing-to-destroy".
func (s *Service) DrawUp(ctx context.Context, by ident.Actor, kind Kind) (l List, err error) {
	if _, ok := s.About(kind); !ok {
		return l, fault.New(fault.NotFound, "unknown-record", "")
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		now, today := s.Now(), s.Today()
		l = List{ID: s.NewID(), Kind: kind, Stage: Drawn, Made: now, By: by.String()}
		var entries []Entry
		for _, state := range []State{MustGo, MayGo} {
			p, err := tx.Lines(Filter{Kind: kind, State: state, Day: today, Sort: ByLatest, Most: MostOnList - len(entries)})
			if err != nil {
				return err
			}
			for _, line := range p.Rows {
				entries = append(entries, Entry{Ref: line.Ref, Label: line.Label, Earliest: line.Earliest})
			}
			if len(entries) >= MostOnList {
				break
			}
		}
		if len(entries) == 0 {
			return fault.New(fault.Conflict, "nothing-to-destroy", "")
		}
		switch same, ok, err := drawn(tx, kind, entries); {
		case err != nil:
			return err
		case ok:
			l = same
			return nil
		}
		n, err := tx.NextNumber(today.Year())
		if err != nil {
			return err
		}
		l.Number, l.Size = fmt.Sprintf("V-%04d-%03d", today.Year(), n), len(entries)
		if err := tx.SaveList(l); err != nil {
			return err
		}
		for _, e := range entries {
			if err := tx.SaveEntry(l.ID, e); err != nil {
				return err
			}
		}
		return tx.Append(s.fact(KindDrawn, by, l.ID, now, drawn1{by.String(), l.Number, string(kind), ids(entries)}))
	})
	if err != nil {
		return l, fmt.Errorf("draw up list: %w", err)
	}
	return l, nil
}

// newestLists is among how many lists DrawUp looks for the same one.
const newestLists = 50

// drawn returns the list with the same records that nobody did anything to yet: who
// presses twice has one list.
func drawn(tx Tx, kind Kind, entries []Entry) (List, bool, error) {
	all, err := tx.Lists("", newestLists)
	for _, l := range all {
		if l.Kind != kind || l.Stage != Drawn || l.Size != len(entries) {
			continue
		}
		there, err := tx.Entries(l.ID)
		if err != nil {
			return List{}, false, err
		}
		other := func(e Entry) bool {
			return e.Struck != "" || !slices.ContainsFunc(entries, func(o Entry) bool { return o.Ref == e.Ref })
		}
		if !slices.ContainsFunc(there, other) {
			return l, true, nil
		}
	}
	return List{}, false, err
}

func ids(entries []Entry) []string {
	all := []string{}
	for _, e := range entries {
		if e.Struck == "" {
			all = append(all, e.ID)
		}
	}
	return all
}

// Lists returns lists of destruction, the newest first, from before a number on.
func (s *Service) Lists(ctx context.Context, firm ident.Firm, before string, most int) (all []List, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		all, err = tx.Lists(before, most)
		return err
	})
	return all, err
}

// List returns a list with its entries, by label; fault.NotFound "unknown-list".
func (s *Service) List(ctx context.Context, firm ident.Firm, id string) (l List, entries []Entry, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		if l, err = tx.List(id); err != nil {
			return err
		}
		entries, err = tx.Entries(id)
		return err
	})
	return l, entries, err
}

// Statement returns the certificate of a list, byte for byte as it was made.
func (s *Service) Statement(ctx context.Context, firm ident.Firm, id string) (pdf []byte, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		pdf, err = tx.Statement(id)
		return err
	})
	return pdf, err
}

// Strike takes a record off a list, with a reason. A list that was reviewed is
// reviewed anew.
func (s *Service) Strike(ctx context.Context, by ident.Actor, list string, ref Ref, why string) error {
	why = strings.TrimSpace(why)
	if err := fault.All("invalid-striking", reason("/why", why, "Zeg waarom dit van de lijst gaat.")); err != nil {
		return err
	}
	return s.onList(ctx, by, list, []Stage{Drawn, Reviewed}, func(tx Tx, l List, entries []Entry) error {
		i := slices.IndexFunc(entries, func(e Entry) bool { return e.Ref == ref && e.Struck == "" })
		if i < 0 {
			return fault.New(fault.NotFound, "unknown-record", ref.ID)
		}
		entries[i].Struck = why
		if err := tx.SaveEntry(list, entries[i]); err != nil {
			return err
		}
		l.Stage, l.Reviewer, l.Reviewed = Drawn, "", time.Time{}
		if err := tx.SaveList(l); err != nil {
			return err
		}
		return tx.Append(s.fact(KindStruck, by, list, s.Now(), struck1{by.String(), ref.ID, digest(ref.ID, why)}))
	})
}

// Review says that somebody looked at every entry of a list, and that what stands on
// it may go.
func (s *Service) Review(ctx context.Context, by ident.Actor, list string) error {
	return s.onList(ctx, by, list, []Stage{Drawn}, func(tx Tx, l List, entries []Entry) error {
		standing := ids(entries)
		if len(standing) == 0 {
			return fault.New(fault.Conflict, "nothing-to-destroy", list)
		}
		l.Stage, l.Reviewer, l.Reviewed = Reviewed, by.String(), s.Now()
		if err := tx.SaveList(l); err != nil {
			return err
		}
		return tx.Append(s.fact(KindReviewed, by, list, s.Now(), reviewed1{by.String(), standing}))
	})
}

// Drop takes a list back: nothing on it is destroyed.
func (s *Service) Drop(ctx context.Context, by ident.Actor, list, why string) error {
	why = strings.TrimSpace(why)
	if err := fault.All("invalid-dropping", reason("/reason", why, "Zeg waarom de lijst wordt ingetrokken.")); err != nil {
		return err
	}
	return s.onList(ctx, by, list, []Stage{Drawn, Reviewed}, func(tx Tx, l List, _ []Entry) error {
		l.Stage, l.Ended, l.Approver, l.Reason = Dropped, s.Now(), by.String(), why
		if err := tx.SaveList(l); err != nil {
			return err
		}
		return tx.Append(s.fact(KindWithdrawn, by, list, s.Now(), dropped1{by.String(), digest(list, why)}))
	})
}

// Execute lets the records of a reviewed list be destroyed, in one transaction, and
// makes the certificate. Each is asked again before it goes: what was held, taken up
// anew or joined meanwhile stays. Who may let it happen is for rule
// destruction_approval: fault.Denied "destruction-denied" with its reasons. What began
// is done whole, though whoever asked went away.
func (s *Service) Execute(ctx context.Context, by ident.Actor, list, why string) error {
	alone, err := s.OnePerson(ctx, by.Firm)
	if err != nil {
		return err
	}
	name, err := s.Name(ctx, by.Firm)
	if err != nil {
		return err
	}
	people, err := s.People(ctx, by.Firm)
	if err != nil {
		return err
	}
	var away []Ref
	ctx = context.WithoutCancel(ctx) // of a large record it may take longer than anybody waits for the answer
	err = s.onList(ctx, by, list, []Stage{Reviewed}, func(tx Tx, l List, entries []Entry) error {
		out, d := Approval.Decide(ApprovalIn{alone, l.Reviewer, l.Reviewed, by.String(), strings.TrimSpace(why), s.Now()})
		if !out.Allowed {
			return fault.All("destruction-denied", []fault.Detail{{Pointer: "/reason", Reason: out.Because[0].Code, Text: out.Because[0].Text}})
		}
		l.Stage, l.Ended, l.Approver, l.Reason = Done, s.Now(), by.String(), strings.TrimSpace(why)
		away = away[:0]
		var stayed []string
		for i := range entries {
			if entries[i].Struck != "" {
				continue
			}
			gone, err := s.destroy(tx, by, l, &entries[i])
			if err != nil {
				return err
			}
			if gone {
				away = append(away, entries[i].Ref)
			} else {
				stayed = append(stayed, entries[i].ID)
			}
			if err := tx.SaveEntry(list, entries[i]); err != nil {
				return err
			}
		}
		l.Gone = len(away)
		return s.certify(tx, by, Certificate{List: l, Firm: name, Looked: people(l.Reviewer), Let: people(l.Approver), Entries: entries}, stayed, d)
	})
	if err != nil || len(away) == 0 || s.Away == nil {
		return err
	}
	return s.Away(ctx, by.Firm, away)
}

// destroy destroys one record of a list if it may still go; what keeps it is written
// at the entry.
func (s *Service) destroy(tx Tx, by ident.Actor, l List, e *Entry) (bool, error) {
	f, i, err := s.family(tx, e.Ref)
	if fault.Is(err, fault.NotFound) {
		e.Outcome, e.Why = Stayed, "unknown"
		return false, nil
	}
	if err != nil {
		return false, err
	}
	out, d := Keep.Decide(f.Question(i, s.Today()))
	if f[i].Destroyed || !out.May() {
		e.Outcome, e.Why = Stayed, string(out.State)
		if f[i].Destroyed {
			e.Why = string(Vanished)
		}
		return false, nil
	}
	e.Gone, err = tx.Destroy(e.Ref, s.Today(), Erasing{by, s.Now(), reasonOfErased, s.NewID})
	if err != nil {
		return false, err
	}
	e.Outcome = Destroyed
	err = tx.Append(s.fact(KindDestroyed, by, e.ID, s.Now(), destroyed1{by.String(), string(e.Kind), l.ID, e.Gone, decisions(f[i].Record, d)}))
	if err != nil {
		return false, err
	}
	return true, s.refresh(tx, e.Ref)
}

func (s *Service) certify(tx Tx, by ident.Actor, c Certificate, stayed []string, d rule.Decision) error {
	l, entries := c.List, c.Entries
	c.About, _ = s.About(l.Kind)
	pdf, err := s.Print(c)
	if err != nil {
		return fmt.Errorf("print certificate of list %s: %w", l.ID, err)
	}
	l.Statement, l.StatedSize = ident.HashOf(pdf), len(pdf)
	if err := tx.SaveList(l); err != nil {
		return err
	}
	if err := tx.KeepStatement(l.ID, pdf); err != nil {
		return err
	}
	var destroyed []string
	for _, e := range entries {
		if e.Outcome == Destroyed {
			destroyed = append(destroyed, e.ID)
		}
	}
	return tx.Append(s.fact(KindExecuted, by, l.ID, s.Now(), executed1{by.String(), l.Number, destroyed, stayed, l.Statement, []rule.Decision{d}}))
}

// onList changes a list that is in one of these stages, behind the gate.
func (s *Service) onList(ctx context.Context, by ident.Actor, id string, in []Stage, fn func(Tx, List, []Entry) error) error {
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if err := tx.Gate(); err != nil {
			return err
		}
		l, err := tx.List(id)
		if err != nil {
			return err
		}
		if !slices.Contains(in, l.Stage) {
			return fault.New(fault.Conflict, "list-"+cmp.Or(map[Stage]string{Done: "executed", Dropped: "dropped", Reviewed: "reviewed"}[l.Stage], "drawn"), id)
		}
		entries, err := tx.Entries(id)
		if err != nil {
			return err
		}
		return fn(tx, l, entries)
	})
	if err != nil {
		return fmt.Errorf("list %s: %w", id, err)
	}
	return nil
}
