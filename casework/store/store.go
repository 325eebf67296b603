// Package store keeps cases, and what lies under them, in SQL, the same in SQLite
// and PostgreSQL.
package store

import (
	"context"
	"embed"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "casework", Migrations: migrations,
	Tenant: []string{
		"casework_case", "casework_number", "casework_due", "casework_note", "casework_document", "casework_word", "casework_member",
		"casework_facet", "casework_template", "casework_letter", "casework_search", "casework_stretch", "casework_bits", "casework_days", "casework_unpacked",
	},
}

// Store keeps what the room holds.
type Store struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction

	// Also takes away what a room above keeps of a case that is destroyed, and counts
	// it; nil where none does.
	Also func(*sqldb.Tx, casework.ID) (int64, error)

	days  recall[[]byte] // of receipt, by stretch
	rolls recall[roll]   // the cases of a stretch
}

var _ casework.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(casework.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(casework.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// In is a transaction of the room of a case as this room knows it; writes says
// whether it changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) casework.Tx { return tx{t, s, writes} }

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

// Keep keeps the answer to what was asked under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}
