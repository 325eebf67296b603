package complaint

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Figure counts complaints that are alike, received in a period.
type Figure struct {
	Product string
	Cause   Cause
	Outcome Outcome // "" not handled
	Lead    Lead    // "" not handled
	Month   string  // of receipt: "2026-03"
	Count   int
	Redress int64 // cents, of all together
}

// Figures counts what came in from a day through another, without what asked nothing.
func (s *Service) Figures(ctx context.Context, firm ident.Firm, from, through calendar.Date) (all []Figure, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Figures(from, through)
		return err
	})
	return all, err
}

// Count sums the figures that fit.
func Count(all []Figure, fits func(Figure) bool) (n int) {
	for _, f := range all {
		if fits(f) {
			n += f.Count
		}
	}
	return n
}

// InFavour reports whether a client was right, wholly or in part.
func (o Outcome) InFavour() bool { return o == Upheld || o == Partly }
