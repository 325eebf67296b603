package retention

import (
	"context"
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Again destroys records that were destroyed before and came back with a backup, and
// returns how many. It asks nobody: that was done when they first went. What the
// backup does not hold, or holds as destroyed, is passed over.
func (s *Service) Again(ctx context.Context, by ident.Actor, refs []Ref) (n int, err error) {
	for some := range slices.Chunk(refs, MostOnList) {
		err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
			if err := tx.Gate(); err != nil {
				return err
			}
			for _, ref := range some {
				r, err := tx.Record(ref)
				if fault.Is(err, fault.NotFound) || err == nil && r.Destroyed {
					continue
				}
				if err != nil {
					return err
				}
				gone, err := tx.Destroy(ref, s.Today(), Erasing{by, s.Now(), reasonOfErased, s.NewID})
				if err != nil {
					return err
				}
				if err := tx.Append(s.fact(KindDestroyedAgain, by, ref.ID, s.Now(), destroyedAgain1{by.String(), string(ref.Kind), gone})); err != nil {
					return err
				}
				if err := s.refresh(tx, ref); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
