package appropriateness

import (
	"context"
	"fmt"

	"zorgplicht/ident"
)

// lapseAtOnce is how many attempts one transaction writes down, so that it holds
// nobody up.
const lapseAtOnce = 500

// Lapse writes down which attempts of the firm ran out of time, so that a list by
// state need not reckon, and returns how many. It records no fact: until when a
// link and an attempt are open stands in started/1 and begun/1, and that an open
// attempt past that moment has lapsed follows from them.
func (s *Service) Lapse(ctx context.Context, firm ident.Firm) (gone int, err error) {
	for {
		n := 0
		err := s.Store.Update(ctx, firm, func(tx Tx) (err error) {
			n, err = tx.Lapse(s.Now(), lapseAtOnce)
			return err
		})
		if gone += n; err != nil {
			return gone, fmt.Errorf("lapse attempts: %w", err)
		}
		if n < lapseAtOnce {
			return gone, nil
		}
	}
}
