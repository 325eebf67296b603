package webhook

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps subscriptions, events and deliveries. What fn did to the Tx is
// kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	Sweep(ctx context.Context, before time.Time) (int64, error)
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	Subscriptions() ([]Subscription, error)             // oldest first
	Subscription(ID) (Subscription, error)              // locked till the end of an Update; fault.NotFound "unknown-webhook"
	Save(Subscription) error                            // new or changed
	Number(subject string) (int, error)                 // the next event about it; others wait till the end
	KeepEvent(e Event, body []byte) error               //
	Event(id string) (Event, []byte, error)             // fault.NotFound "unknown-event"
	Events(Range) ([]Event, error)                      // oldest first
	Send(Delivery) error                                // keeps it, and the work of delivering it
	SaveDelivery(Delivery) error                        //
	Delivery(ID, DeliveryID) (Delivery, error)          // fault.NotFound "unknown-delivery"
	Due(ID, time.Time) (Delivery, bool, error)          // the first that is due
	NextDue(ID) (time.Time, bool, error)                // when the next one is due
	Deliveries(ID, Filter) (Page, error)                // newest first
	KeepTry(DeliveryID, int, Try) error                 //
	Tries(DeliveryID) ([]Try, error)                    // oldest first
	Wake(id string, about ID, at time.Time) error       // work of delivering to a subscription
	Once(string, ident.Hash, time.Time) ([]byte, error) // see package once
	Keep(string, ident.Hash, []byte) error
	Append(journal.Fact) error
}

// A Sender sends one message and says what it heard. Check says what is wrong with
// an address before anything is sent, by a code of addressTexts; "" when nothing is.
type Sender interface {
	Check(url string) string
	Send(ctx context.Context, url string, header map[string]string, body []byte) Answer
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store  Store
	Sender Sender
	Secret Secret
	House  House
	Now    func() time.Time
	NewID  func() string // UUIDv7
	Dice   Dice
}

// Note follows a fact in the transaction that records it: it numbers and keeps the
// event, and a delivery to each subscription that wants it. Where the firm never
// subscribed anything it costs one look.
func (s *Service) Note(tx Tx, e Event) error {
	subscriptions, err := tx.Subscriptions()
	if err != nil || len(subscriptions) == 0 {
		return err
	}
	if e.Sequence, err = tx.Number(e.Subject); err != nil {
		return err
	}
	if err := tx.KeepEvent(e, e.body(s.House)); err != nil {
		return err
	}
	for _, to := range subscriptions {
		if !to.wants(e.Type) {
			continue
		}
		if err := tx.Send(s.delivery(to, e, false)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) delivery(to Subscription, e Event, again bool) Delivery {
	now := s.Now()
	return Delivery{
		ID: DeliveryID(s.NewID()), Subscription: to.ID, Event: e.ID, Type: e.Type, Subject: e.Subject,
		State: Waiting, Again: again, Made: now, Next: now,
	}
}

// NewForm names a form that is about to be filled in, for the Key of an Order: sent
// twice, it adds one subscription.
func (s *Service) NewForm() string { return "form " + s.NewID() }

// List returns the firm's subscriptions, oldest first.
func (s *Service) List(ctx context.Context, by ident.Actor) (all []Subscription, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		all, err = tx.Subscriptions()
		return err
	})
	return all, err
}

// One returns a subscription; fault.NotFound "unknown-webhook".
func (s *Service) One(ctx context.Context, by ident.Actor, id ID) (one Subscription, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		one, err = tx.Subscription(id)
		return err
	})
	return one, err
}

// Deliveries returns one page of what was sent to a subscription, newest first.
func (s *Service) Deliveries(ctx context.Context, by ident.Actor, id ID, f Filter) (p Page, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if _, err := tx.Subscription(id); err != nil {
			return err
		}
		p, err = tx.Deliveries(id, f)
		return err
	})
	return p, err
}

// A File is one delivery with all about it.
type File struct {
	Delivery
	Body  []byte // of the message
	Tried []Try
}

// Delivery returns a delivery with its tries; fault.NotFound "unknown-delivery".
func (s *Service) Delivery(ctx context.Context, by ident.Actor, id ID, d DeliveryID) (f File, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		if f.Delivery, err = tx.Delivery(id, d); err != nil {
			return err
		}
		if _, f.Body, err = tx.Event(f.Event); err != nil {
			return err
		}
		f.Tried, err = tx.Tries(d)
		return err
	})
	return f, err
}

// A Filter chooses deliveries.
type Filter struct {
	State  State // "" for all
	Limit  int
	Cursor Cursor
}

// A Cursor is the last row of the page before; the zero value is the first page.
type Cursor struct {
	Made time.Time
	ID   DeliveryID
}

// A Page is one page of deliveries; Next is nil on the last.
type Page struct {
	Rows []Delivery
	Next *Cursor
}

// KeptFor is how long events and the log of deliveries are kept.
const KeptFor = 90 * 24 * time.Hour

// Sweep forgets what is older than that, of all firms, and returns how many events.
func (s *Service) Sweep(ctx context.Context, now time.Time) (int64, error) {
	return s.Store.Sweep(ctx, now.Add(-KeptFor))
}

// once does what a program asks under an idempotency key one time, and gives the
// kept reply after that. Without a key it just does it.
func once[T any](tx Tx, key, what string, now time.Time, do func() (T, error)) (reply T, err error) {
	if key == "" {
		return do()
	}
	request := ident.HashOf([]byte(what))
	prior, err := tx.Once(key, request, now)
	if err != nil {
		return reply, err
	}
	if prior != nil {
		return reply, canon.Decode(prior, &reply)
	}
	if reply, err = do(); err != nil {
		return reply, err
	}
	return reply, tx.Keep(key, request, canon.Must(reply))
}

func inactive(id ID) error { return fault.New(fault.Conflict, "webhook-inactive", string(id)) }

func about(doing string, id ID, err error) error {
	if err != nil {
		return fmt.Errorf("%s webhook %s: %w", doing, id, err)
	}
	return nil
}
