package webhook

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Range is what to send again: one delivery, or all events of a while that the
// subscription wants. Each goes out anew under the id it had.
type Range struct {
	Delivery DeliveryID // "" for a while
	From     time.Time
	Before   time.Time
	Types    []Type // filled in here
	Limit    int    // filled in here
}

// AtOnce is how many events can be sent again in one go.
const AtOnce = 1000

// Replay sends messages again and returns how many. A while with more than AtOnce
// events is fault.Invalid "range-too-long", one that ends before it begins
// "range-empty"; a subscription that rests is a Conflict "webhook-inactive".
func (s *Service) Replay(ctx context.Context, by ident.Actor, id ID, r Range, key string) (sent int, err error) {
	if r.Delivery == "" && !r.From.Before(r.Before) {
		return 0, fault.All("range-empty", []fault.Detail{{
			Pointer: "/before", Reason: "range-empty", Text: "Het einde van de periode ligt niet na het begin. Kies een later einde.",
		}})
	}
	what := fmt.Sprintf("webhook replay %s\n%s\n%d\n%d", id, r.Delivery, r.From.UnixMilli(), r.Before.UnixMilli())
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		n, err := tx.Subscription(id)
		if err != nil {
			return err
		}
		sent, err = once(tx, key, what, s.Now(), func() (int, error) {
			if !n.Active {
				return 0, inactive(id)
			}
			return s.replay(tx, n, r)
		})
		return err
	})
	return sent, about("replay", id, err)
}

func (s *Service) replay(tx Tx, n Subscription, r Range) (int, error) {
	events, err := s.chosen(tx, n, r)
	if err != nil {
		return 0, err
	}
	for _, e := range events {
		if err := tx.Send(s.delivery(n, e, true)); err != nil {
			return 0, err
		}
	}
	return len(events), nil
}

func (s *Service) chosen(tx Tx, n Subscription, r Range) ([]Event, error) {
	if r.Delivery != "" {
		d, err := tx.Delivery(n.ID, r.Delivery)
		if err != nil {
			return nil, err
		}
		e, _, err := tx.Event(d.Event)
		return []Event{e}, err
	}
	r.Types, r.Limit = n.Types, AtOnce+1
	events, err := tx.Events(r)
	if err == nil && len(events) > AtOnce {
		return nil, fault.All("range-too-long", []fault.Detail{{
			Pointer: "/before", Reason: "range-too-long", Text: "In deze periode zijn meer dan 1.000 gebeurtenissen. Kies een kortere periode en herhaal dat.",
		}})
	}
	return events, err
}
