package app

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/retention"
)

// fillRetention lets the mortgage house keep complaints no longer than a year and a
// half, hold the oldest of them, and draw up a list of what may go that somebody
// reviewed and nobody executed yet.
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
