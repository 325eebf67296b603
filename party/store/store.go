// Package store keeps firms and their clients in SQL, the same in SQLite and
// PostgreSQL.
package store

import (
	"context"
	"embed"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/party"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps in the database.
var Schema = sqldb.Schema{
	Room:       "party",
	Migrations: migrations,
	Tenant:     []string{"party_firm", "party_person", "party_agreement", "party_look"},
}

// Store keeps firms and clients. It implements party.Store.
type Store struct {
	DB    *sqldb.DB
	Pen   func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
	Now   func() time.Time
	NewID func() string // UUIDv7
}

var (
	insertFirm = sqldb.Tenant(`insert into party_firm (firm, name, one_person, added_at) values (:firm, ?, ?, ?) on conflict do nothing`)
	selectFirm = sqldb.Tenant(`select firm, name, one_person from party_firm where firm = :firm`)
	firmName   = sqldb.Tenant(`select coalesce(nullif(l.name, ''), f.name) from party_firm f
		left join party_look l on l.firm = :firm where f.firm = :firm`)
	allFirms = sqldb.House(`select firm, name, one_person from party_firm order by name, firm`)
)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(party.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s.Pen}) })
}

// Firm returns a firm by its id; fault.NotFound when there is none.
func (s *Store) Firm(ctx context.Context, id ident.Firm) (f party.Firm, err error) {
	err = s.DB.Read(ctx, id, func(t *sqldb.Tx) error {
		f, err = scanFirm(t.Row(selectFirm).Scan)
		return sqldb.Found(err, "firm-unknown", string(id))
	})
	return f, err
}

// Firms returns all firms of the installation by name.
func (s *Store) Firms(ctx context.Context) (firms []party.Firm, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		rows, err := t.Rows(allFirms)
		firms, err = sqldb.All(rows, err, scanFirm)
		return err
	})
	return firms, err
}

func scanFirm(into func(...any) error) (f party.Firm, err error) {
	err = into(&f.ID, &f.Name, &f.OnePerson)
	return f, err
}

// FirmName returns the name by which clients know the firm of the transaction;
// fault.NotFound when the firm is unknown.
func (s *Store) FirmName(t *sqldb.Tx) (name string, err error) {
	err = t.Row(firmName).Scan(&name)
	return name, sqldb.Found(err, "firm-unknown", string(t.Firm()))
}

// OnePerson reports whether the firm of the transaction has nobody else for four
// eyes; fault.NotFound when the firm is unknown.
func (s *Store) OnePerson(t *sqldb.Tx) (bool, error) {
	f, err := scanFirm(t.Row(selectFirm).Scan)
	return f.OnePerson, sqldb.Found(err, "firm-unknown", string(t.Firm()))
}

// In is a transaction of another room as this room knows it.
func (s *Store) In(t *sqldb.Tx) party.Tx { return tx{t, s.Pen} }
