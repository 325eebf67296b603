package complaint

import (
	"context"

	"zorgplicht/casework"
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

// Figures counts what came in during a year, without what asked nothing.
func (s *Service) Figures(ctx context.Context, firm ident.Firm, year int) (all []Figure, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		all, err = tx.Figures(year)
		return err
	})
	return all, err
}

// foldAtOnce is how many complaints are looked up at once to be put together.
const foldAtOnce = 500

// Fold puts the figures of complaints that changed together with those of all others,
// so that they are read sooner. It returns how many that were.
func (s *Service) Fold(ctx context.Context, firm ident.Firm) (n int, err error) {
	var some []casework.ID
	for after := casework.ID(""); ; after = some[len(some)-1] {
		err := s.Store.View(ctx, firm, func(tx Tx) (err error) {
			some, err = tx.Unfolded(after, foldAtOnce)
			return err
		})
		if err != nil || len(some) == 0 {
			return n, err
		}
		for _, id := range some {
			if err := s.Store.Update(ctx, firm, func(tx Tx) error { return tx.Fold(id) }); err != nil {
				return n, err
			}
			n++
		}
	}
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
