package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"zorgplicht/appropriateness/store"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	journalstore "zorgplicht/journal/store"
	partystore "zorgplicht/party/store"
	staffstore "zorgplicht/staff/store"
)

// Schemas lists what the rooms keep, in the order of the floors.
func Schemas() []sqldb.Schema {
	return []sqldb.Schema{journalstore.Schema, once.Schema, partystore.Schema, staffstore.Schema, store.Schema}
}

// Migrate brings the store to the tables of this version; on PostgreSQL c names
// the owner's address.
func Migrate(ctx context.Context, c Config) error {
	c, err := c.complete()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return sqldb.Migrate(ctx, c.Address(), Schemas())
}

// sweepEvery is how often what has had its time is removed: sessions, counts of
// failed sign-ins, idempotency keys.
const sweepEvery = 10 * time.Minute

// sweep removes what has had its time, now and then until ctx ends. Every node
// may do it: what one has removed the other does not find.
func (a *App) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, sweep := range append(a.sweeps, a.sweepOnce) {
			if _, err := sweep(ctx, a.Now()); err != nil && ctx.Err() == nil {
				a.Log.Error("sweep", "error", err.Error())
			}
		}
	}
}

func (a *App) sweepOnce(ctx context.Context, now time.Time) (gone int64, err error) {
	err = a.db.HouseWrite(ctx, func(t *sqldb.Tx) error {
		gone, err = once.Sweep(t, now)
		return err
	})
	return gone, err
}
