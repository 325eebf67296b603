package app

import (
	"context"
	"time"

	"zorgplicht/ident"
	"zorgplicht/retention"
)

// fillRetention lets the mortgage house keep complaints no longer than a year and a
// half. Ten months ago it destroyed the first of them, with a certificate; it holds
// the oldest that is left, and has a list of what may go that somebody reviewed and
// nobody executed yet.
func (a *App) fillRetention(ctx context.Context, actors map[string]ident.Actor) error {
	by, r := actors["samir@delinde.example"], a.Retention
	if err := r.SetTerm(ctx, by, retention.Term{Kind: keptComplaint, AtLeast: 12, AtMost: 18}); err != nil {
		return err
	}
	for _, keeper := range []string{"samir@delinde.example", "ruben@hetanker.example", "jeroen@noord.example"} {
		if _, err := r.Derive(ctx, actors[keeper].Firm); err != nil {
			return err
		}
	}
	if err := a.demoDestroyed(ctx, by, actors["greet@delinde.example"]); err != nil {
		return err
	}
	oldest, err := r.Lines(ctx, by.Firm, retention.Filter{Kind: keptComplaint, State: retention.MustGo, Sort: retention.ByLatest, Most: 1})
	if err != nil || len(oldest.Rows) == 0 {
		return err
	}
	if err := r.Hold(ctx, actors["hanneke@delinde.example"], oldest.Rows[0].Ref, "De klant heeft een procedure aangekondigd over deze klacht."); err != nil {
		return err
	}
	l, err := r.DrawUp(ctx, by, keptComplaint)
	if err != nil {
		return err
	}
	return r.Review(ctx, by, l.ID)
}

// demoDestroyed lets a first list of complaints go, ten months ago: all but one, which
// somebody still wanted to look at.
func (a *App) demoDestroyed(ctx context.Context, reviewer, approver ident.Actor) error {
	s := *a.Retention
	s.Now = func() time.Time { return a.Now().AddDate(0, 0, -300) }
	l, err := s.DrawUp(ctx, reviewer, keptComplaint)
	if err != nil {
		return err
	}
	_, entries, err := s.List(ctx, reviewer.Firm, l.ID)
	if err != nil {
		return err
	}
	if n := len(entries); n > 1 {
		if err := s.Strike(ctx, reviewer, l.ID, entries[n-1].Ref, "De oorzaak van deze klacht wordt nog onderzocht."); err != nil {
			return err
		}
	}
	if err := s.Review(ctx, reviewer, l.ID); err != nil {
		return err
	}
	return s.Execute(ctx, approver, l.ID, "De bewaartermijn is voorbij.")
}
