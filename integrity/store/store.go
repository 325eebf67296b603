// Package store keeps what is known of the reliability of people in SQL, the same in
// SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"encoding/json"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/integrity"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{Room: "integrity", Migrations: migrations, Tenant: []string{"integrity_person"}}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ integrity.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(integrity.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(integrity.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db *sqldb.Tx
}

var (
	persons = sqldb.Tenant(`select id, person from integrity_person where firm = :firm`)
	byID    = sqldb.Part(`and id = ?`, persons)
	save    = sqldb.Tenant(`insert into integrity_person (firm, id, person) values (:firm, ?, ?)
		on conflict (firm, id) do update set person = excluded.person`)
)

func scan(into func(...any) error) (p integrity.Person, err error) {
	var id casework.ID
	var person string
	if err := into(&id, &person); err != nil {
		return p, err
	}
	err = json.Unmarshal([]byte(person), &p)
	p.Case.ID = id
	return p, err
}

func (t tx) Person(id casework.ID) (integrity.Person, error) {
	of, err := t.Case(id)
	if err != nil {
		return integrity.Person{}, err
	}
	p, err := scan(t.db.Row(persons.With(byID), id).Scan)
	p.Case = of
	return p, sqldb.Found(err, "unknown-case", "") // a case of another kind
}

func (t tx) Persons() (all []integrity.Person, err error) {
	rows, err := t.db.Rows(persons)
	return sqldb.All(rows, err, scan)
}

func (t tx) SavePerson(p integrity.Person) error {
	person, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = t.db.Exec(save, p.ID(), string(person))
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
