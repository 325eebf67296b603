package webhook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// An Order is what somebody wants of a subscription.
type Order struct {
	URL         string
	Description string
	Types       []Type
	Active      bool
	Key         string // idempotency key, "" for none
}

func (o Order) digest(what string) string {
	return fmt.Sprintf("%s\n%s\n%s\n%v\n%t", what, o.URL, o.Description, o.Types, o.Active)
}

// put fills a subscription in, and returns all that is wrong with it. Types are
// kept in the order of Types.
func (o Order) put(into *Subscription, wrong func(string) string) error {
	into.URL, into.Description, into.Types, into.Active = strings.TrimSpace(o.URL), strings.TrimSpace(o.Description), slices.Clone(o.Types), o.Active
	slices.SortFunc(into.Types, func(a, b Type) int { return slices.Index(Types, a) - slices.Index(Types, b) })
	into.Types = slices.Compact(into.Types)
	return into.check(wrong)
}

// most is how many subscriptions a firm may have: each costs work for every event.
const most = 20

// Add subscribes an address and returns the secret, to be told once. All that is
// wrong is one Invalid "invalid-webhook"; too many is a Conflict "too-many-webhooks".
func (s *Service) Add(ctx context.Context, by ident.Actor, o Order) (Subscription, string, error) {
	n := Subscription{Version: 1, Made: s.Now()}
	if err := o.put(&n, s.Sender.Check); err != nil {
		return Subscription{}, "", err
	}
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, o.Key, o.digest("webhook add"), s.Now(), func() (ID, error) {
			there, err := tx.Subscriptions()
			if err != nil {
				return "", err
			}
			if len(there) >= most {
				return "", fault.New(fault.Conflict, "too-many-webhooks", "")
			}
			n.ID = ID(s.NewID())
			if err := tx.Save(n); err != nil {
				return "", err
			}
			return n.ID, tx.Append(s.fact(KindSubscribed, n.ID, by.Firm, subscribed1{by.String(), n.URL, n.Types, n.Active}))
		})
		if err != nil {
			return err
		}
		n, err = tx.Subscription(id)
		return err
	})
	if err != nil {
		return Subscription{}, "", fmt.Errorf("add webhook: %w", err)
	}
	return n, SecretText(s.Secret(by.Firm, n.ID, 1)), nil
}

// Change gives a subscription another address, name or types, or lets it rest or
// go on. What waited goes out again when it goes on.
func (s *Service) Change(ctx context.Context, by ident.Actor, id ID, o Order) (n Subscription, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if n, err = tx.Subscription(id); err != nil {
			return err
		}
		_, err := once(tx, o.Key, o.digest("webhook change "+string(id)), s.Now(), func() (ID, error) {
			rested := !n.Active
			if err := o.put(&n, s.Sender.Check); err != nil {
				return "", err
			}
			if n.Active && rested {
				n.Failing, n.Stopped, n.Why = time.Time{}, time.Time{}, ""
				if err := tx.Wake(s.NewID(), id, s.Now()); err != nil {
					return "", err
				}
			}
			if err := tx.Save(n); err != nil {
				return "", err
			}
			return id, tx.Append(s.fact(KindChanged, id, by.Firm, subscribed1{by.String(), n.URL, n.Types, n.Active}))
		})
		return err
	})
	return n, about("change", id, err)
}

// Rotate makes a new secret and returns it, to be told once. For OverlapFor the one
// before it signs too, so that no message is refused while the receiver changes.
func (s *Service) Rotate(ctx context.Context, by ident.Actor, id ID, key string) (n Subscription, secret string, err error) {
	version := 0
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if n, err = tx.Subscription(id); err != nil {
			return err
		}
		version, err = once(tx, key, "webhook rotate "+string(id), s.Now(), func() (int, error) {
			n.Version, n.Overlap = n.Version+1, s.Now().Add(OverlapFor)
			if err := tx.Save(n); err != nil {
				return 0, err
			}
			return n.Version, tx.Append(s.fact(KindRotated, id, by.Firm, rotated1{by.String(), int64(n.Version)}))
		})
		return err
	})
	if err != nil {
		return Subscription{}, "", about("rotate secret of", id, err)
	}
	return n, SecretText(s.Secret(by.Firm, id, version)), nil
}

// Trial sends a test message to a subscription, and returns its delivery. One that
// rests is a Conflict "webhook-inactive".
func (s *Service) Trial(ctx context.Context, by ident.Actor, id ID, key string) (d DeliveryID, err error) {
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		n, err := tx.Subscription(id)
		if err != nil {
			return err
		}
		d, err = once(tx, key, "webhook trial "+string(id), s.Now(), func() (DeliveryID, error) {
			if !n.Active {
				return "", inactive(id)
			}
			e := Event{ID: s.NewID(), Firm: by.Firm, Type: Trial, Subject: string(id), At: s.Now()}
			if e.Sequence, err = tx.Number(e.Subject); err != nil {
				return "", err
			}
			if err := tx.KeepEvent(e, e.body(s.House)); err != nil {
				return "", err
			}
			out := s.delivery(n, e, false)
			return out.ID, tx.Send(out)
		})
		return err
	})
	return d, about("try", id, err)
}
