// Package store keeps the mail in SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/post"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "post", Migrations: migrations, Tenant: []string{"post_out", "post_in", "post_file", "post_digest"},
	House: []string{"post_mailbox"}, HouseEdits: []string{"post_out", "post_in", "post_file"},
}

// Send is the kind of work that offers a mail to the server.
const Send = "post.versturen"

// Store keeps what the room holds. Casework is the transaction as that room knows it,
// which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Now      func() time.Time
	NewID    func() string
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ post.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(post.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(post.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db     *sqldb.Tx
	store  *Store
	writes bool
}

func (t tx) Wake(id post.ID, at time.Time) error {
	return job.Enqueue(t.db, job.Task{ID: t.store.NewID(), Kind: Send, About: string(id), Due: at}, t.store.Now())
}

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

// Keep keeps the reply under a key; see package once.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}
