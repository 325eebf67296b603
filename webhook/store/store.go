// Package store keeps subscriptions, events and deliveries in SQL, the same in
// SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/webhook"
)

//go:embed migrations
var migrations embed.FS

var tables = []string{"webhook_subscription", "webhook_subject", "webhook_event", "webhook_delivery", "webhook_try"}

// Schema is what this room keeps. The house forgets what is old.
var Schema = sqldb.Schema{
	Room: "webhook", Migrations: migrations, Tenant: tables, HouseEdits: tables[2:],
}

// Deliver is the kind of work that sends a subscription what is due to it.
const Deliver = "webhook.bezorgen"

// Store keeps what the room holds.
type Store struct {
	DB  *sqldb.DB
	Now func() time.Time
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
}

var _ webhook.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(webhook.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(webhook.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// In is a transaction of somebody else as this room knows it: what another room
// records is followed in it.
func (s *Store) In(t *sqldb.Tx) webhook.Tx { return tx{t, s, true} }

var (
	oldTries = sqldb.House(`delete from webhook_try where exists (select 1 from webhook_delivery d join webhook_event e on e.firm = d.firm and e.id = d.event
		where d.firm = webhook_try.firm and d.id = webhook_try.delivery and e.at < ? and d.ended < ?)`)
	oldDeliveries = sqldb.House(`delete from webhook_delivery where ended < ? and exists (select 1 from webhook_event e
		where e.firm = webhook_delivery.firm and e.id = webhook_delivery.event and e.at < ?)`)
	oldEvents = sqldb.House(`delete from webhook_event where at < ? and not exists (select 1 from webhook_delivery d
		where d.firm = webhook_event.firm and d.event = webhook_event.id)`)
)

// Sweep forgets events from before that moment, with their deliveries, and returns
// how many. What still waits stays.
func (s *Store) Sweep(ctx context.Context, before time.Time) (gone int64, err error) {
	err = s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		if _, err := t.Exec(oldTries, before.UnixMilli(), before.UnixMilli()); err != nil {
			return err
		}
		if _, err := t.Exec(oldDeliveries, before.UnixMilli(), before.UnixMilli()); err != nil {
			return err
		}
		gone, err = t.Exec(oldEvents, before.UnixMilli())
		return err
	})
	return gone, err
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

func (t tx) Wake(id string, about webhook.ID, at time.Time) error {
	return job.Enqueue(t.Tx, job.Task{ID: id, Kind: Deliver, About: string(about), Due: at}, t.store.Now())
}

func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}
