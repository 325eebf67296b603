// Package store keeps accounts, tokens, sessions and failed sign-ins in SQL, the
// same in SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps in the database.
var Schema = sqldb.Schema{
	Room:       "staff",
	Migrations: migrations,
	Tenant:     []string{"staff_account", "staff_token", "staff_federation", "staff_domain", "staff_link", "staff_passkey"},
	House:      []string{"staff_session", "staff_tries", "staff_device", "staff_asked"},
}

// Store keeps accounts, tokens and failed sign-ins. It implements staff.Store.
type Store struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
}

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(staff.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s.Pen}) })
}

// View runs fn in one transaction of this firm that only reads.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(staff.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s.Pen}) })
}

// ByEmail returns the account with this folded e-mail address, at whatever firm.
func (s *Store) ByEmail(ctx context.Context, email string) (a staff.Account, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		a, err = scanAccount(t.Row(accountByEmail, email).Scan)
		return sqldb.Found(err, "account-unknown", "")
	})
	return a, err
}

// ByToken returns the token with this hash of its secret, at whatever firm.
func (s *Store) ByToken(ctx context.Context, secret ident.Hash) (k staff.Token, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		k, err = scanToken(t.Row(tokenByHash, secret).Scan)
		return sqldb.Found(err, "token-unknown", "")
	})
	return k, err
}

// tx is staff.Tx on one transaction.
type tx struct {
	t   *sqldb.Tx
	pen func(*sqldb.Tx, journal.Fact) error
}

func (x tx) Append(f journal.Fact) error { return x.pen(x.t, f) }

// list reads all rows of a statement with scan.
func list[T any](t *sqldb.Tx, q *sqldb.Query, scan func(func(...any) error) (T, error), args ...any) ([]T, error) {
	rows, err := t.Rows(q, args...)
	return sqldb.All(rows, err, scan)
}
