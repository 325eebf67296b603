// Package store keeps credit products, their versions and documents in SQL, the same
// in SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"time"

	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{Room: "credit", Migrations: migrations, Tenant: []string{"credit_product", "credit_version", "credit_paper"}}

// Store keeps what the room holds.
type Store struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
}

var _ credit.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(credit.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(credit.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

const (
	product = `p.id, p.active, p.open, p.made`
	version = `v.nr, v.hash, v.content, v.at, v.actor`
)

var (
	products = sqldb.Tenant(`select ` + product + `, ` + version + ` from credit_product p join credit_version v on v.firm = p.firm and v.product = p.id and v.nr = p.nr
		where p.firm = :firm order by p.name, p.id`)
	productByID = sqldb.Tenant(`select ` + product + `, ` + version + ` from credit_product p join credit_version v on v.firm = p.firm and v.product = p.id and v.nr = p.nr
		where p.firm = :firm and p.id = ?`)
	lockProduct = sqldb.Tenant(`select nr from credit_product where firm = :firm and id = ? :lock`)
	saveProduct = sqldb.Tenant(`insert into credit_product (firm, id, name, active, open, made, nr) values (:firm, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set name = excluded.name, active = excluded.active, open = excluded.open, nr = excluded.nr`)
	saveVersion = sqldb.Tenant(`insert into credit_version (firm, product, nr, hash, content, at, actor) values (:firm, ?, ?, ?, ?, ?, ?)
		on conflict (firm, product, nr) do nothing`)
	versions = sqldb.Tenant(`select ` + version + ` from credit_version v where v.firm = :firm and v.product = ? order by v.nr desc`)
)

// Products returns the firm's products by name.
func (t tx) Products() (all []credit.Product, err error) {
	rows, err := t.Rows(products)
	return sqldb.All(rows, err, scanProduct)
}

// Product returns one product with its newest version.
func (t tx) Product(id credit.ProductID) (credit.Product, error) {
	if t.writes {
		var nr int
		if err := t.Row(lockProduct, id).Scan(&nr); err != nil {
			return credit.Product{}, sqldb.Found(err, "unknown-credit-product", "")
		}
	}
	p, err := scanProduct(t.Row(productByID, id).Scan)
	return p, sqldb.Found(err, "unknown-credit-product", "")
}

// SaveProduct keeps a product with its newest version.
func (t tx) SaveProduct(p credit.Product) error {
	if _, err := t.Exec(saveProduct, p.ID, p.Name, p.Active, p.Open, p.Made.UnixMilli(), p.Nr); err != nil {
		return err
	}
	body, _ := p.Seal()
	_, err := t.Exec(saveVersion, p.ID, p.Nr, p.Hash, body, p.At.UnixMilli(), p.By)
	return err
}

// Versions returns the versions of a product, newest first.
func (t tx) Versions(of credit.ProductID) (all []credit.Version, err error) {
	rows, err := t.Rows(versions, of)
	return sqldb.All(rows, err, func(into func(...any) error) (one credit.Version, err error) {
		var v kept
		if err := into(v.into()...); err != nil {
			return one, err
		}
		return v.version()
	})
}

// kept is a version as its row holds it.
type kept struct {
	credit.Version
	content []byte
	at      int64
}

func (k *kept) into() []any { return []any{&k.Nr, &k.Hash, &k.content, &k.at, &k.By} }

func (k *kept) version() (credit.Version, error) {
	k.At = sqldb.Instant(k.at)
	return k.Version, canon.Decode(k.content, &k.Content)
}

func scanProduct(into func(...any) error) (p credit.Product, err error) {
	var active, open, made int64
	var v kept
	if err = into(append([]any{&p.ID, &active, &open, &made}, v.into()...)...); err != nil {
		return p, err
	}
	p.Active, p.Open, p.Made = active == 1, open == 1, sqldb.Instant(made)
	p.Version, err = v.version()
	return p, err
}
