// Package store keeps root causes in SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"encoding/json"
	"time"

	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{Room: "cause", Migrations: migrations, Tenant: []string{"cause_cause"}}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ cause.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(cause.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(cause.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db *sqldb.Tx
}

var (
	causeByID = sqldb.Tenant(`select cause from cause_cause where firm = :firm and id = ?`)
	saveCause = sqldb.Tenant(`insert into cause_cause (firm, id, cause) values (:firm, ?, ?) on conflict (firm, id) do update set cause = excluded.cause`)
)

func (t tx) Cause(id casework.ID) (cause.Cause, error) {
	of, err := t.Case(id)
	if err != nil {
		return cause.Cause{}, err
	}
	c, err := t.Brief(id)
	c.Case = of
	return c, err
}

func (t tx) Brief(id casework.ID) (c cause.Cause, err error) {
	var body string
	if err := t.db.Row(causeByID, id).Scan(&body); err != nil {
		return c, sqldb.Found(err, "unknown-case", "") // a case of another kind
	}
	return c, json.Unmarshal([]byte(body), &c)
}

func (t tx) SaveCause(c cause.Cause) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = t.db.Exec(saveCause, c.ID(), string(body))
	return err
}

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

// Keep keeps what was answered under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}
