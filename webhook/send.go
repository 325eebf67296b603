package webhook

import (
	"context"
	"time"

	"zorgplicht/ident"
)

const (
	inARow   = 3                // failures after which a receiver is left alone for a moment
	breather = 30 * time.Second // that moment
	session  = time.Minute      // after which others get a turn
)

// Deliver sends a subscription what is due to it, one message after the other, and
// returns when to go on; zero when nothing waits. It ends early when the receiver
// fails a few times in a row, when stopping says so, or after a while.
//
// A message is noted after it was sent. Who is killed between the two sends it
// again, under the same id.
func (s *Service) Deliver(ctx context.Context, firm ident.Firm, id ID, stopping func() bool) (next time.Time, err error) {
	began, failures := s.Now(), 0
	for failures < inARow && !stopping() && s.Now().Before(began.Add(session)) {
		sent, ok, err := s.deliverOne(ctx, firm, id)
		switch {
		case err != nil:
			return next, about("deliver to", id, err)
		case !sent:
			return s.later(ctx, firm, id, time.Time{})
		case ok:
			failures = 0
		default:
			failures++
		}
	}
	if failures == inARow {
		return s.later(ctx, firm, id, s.Now().Add(breather))
	}
	return s.later(ctx, firm, id, time.Time{})
}

// later returns when the next message is due, and not before that moment.
func (s *Service) later(ctx context.Context, firm ident.Firm, id ID, notBefore time.Time) (next time.Time, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) error {
		n, err := tx.Subscription(id)
		if err != nil || !n.Active {
			return err
		}
		due, waits, err := tx.NextDue(id)
		if waits {
			next = due
			if next.Before(notBefore) {
				next = notBefore
			}
		}
		return err
	})
	return next, err
}

// deliverOne sends the first message that is due, if any, and notes what came of
// it.
func (s *Service) deliverOne(ctx context.Context, firm ident.Firm, id ID) (sent, ok bool, err error) {
	var to Subscription
	var d Delivery
	var body []byte
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if to, err = tx.Subscription(id); err != nil || !to.Active {
			return err
		}
		if d, sent, err = tx.Due(id, s.Now()); err != nil || !sent {
			return err
		}
		_, body, err = tx.Event(d.Event)
		return err
	})
	if err != nil || !sent {
		return false, false, err
	}
	now := s.Now()
	var secrets [][]byte
	for _, version := range to.Signs(now) {
		secrets = append(secrets, s.Secret(firm, id, version))
	}
	answer := s.Sender.Send(ctx, to.URL, headers(d.Event, now, body, secrets), body)
	if err := ctx.Err(); err != nil { // we stopped, which says nothing of the receiver
		return false, false, err
	}
	t := answer.try(now)
	return true, t.Result == OK, s.noteTry(ctx, firm, to, d, t)
}

// noteTry writes down what came of a message.
func (s *Service) noteTry(ctx context.Context, firm ident.Firm, to Subscription, d Delivery, t Try) error {
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		d, now := d, s.Now()
		d.record(t, now, s.Dice)
		if err := tx.KeepTry(d.ID, d.Tries, t); err != nil {
			return err
		}
		if err := tx.SaveDelivery(d); err != nil {
			return err
		}
		if t.Result == OK && to.Failing.IsZero() {
			return nil
		}
		to, err := tx.Subscription(to.ID)
		if err != nil || !to.Active {
			return err
		}
		stops := to.record(t, d, now)
		if err := tx.Save(to); err != nil || !stops {
			return err
		}
		by := ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}
		return tx.Append(s.fact(KindStopped, to.ID, firm, stopped1{by.String(), to.Why}))
	})
}
