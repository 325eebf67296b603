// Package store keeps tests and attempts in SQL, the same in SQLite and
// PostgreSQL.
package store

import (
	"context"
	"embed"
	"sync"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/party"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "appropriateness", Migrations: migrations,
	Tenant: []string{
		"appropriateness_test", "appropriateness_attempt", "appropriateness_answer", "appropriateness_link", "appropriateness_notice", "appropriateness_question",
		"appropriateness_ledger", "appropriateness_recognition", "appropriateness_ask_client", "appropriateness_design",
		"appropriateness_rollup", "appropriateness_document", "appropriateness_fit", "appropriateness_sequel", "appropriateness_evaluation",
		"appropriateness_evaluation_plan",
	},
}

// Store keeps the room's tests, attempts, answers and links. What other rooms
// hold comes from the hall, in the same transaction.
type Store struct {
	DB     *sqldb.DB
	Pen    func(*sqldb.Tx, journal.Fact) error         // the journal's end
	Opener func(*sqldb.Tx, ident.Hash) ([]byte, error) // a sealed thing by its hash
	People People                                      // room party
	sealed sync.Map                                    // ident.Hash -> appropriateness.Test: never changes, so kept for good
	links  memory[ident.Hash, opens]                   // by the hash of their token
	forms  memory[string, appropriateness.Form]        // by their text in the table
}

var _ appropriateness.Store = (*Store)(nil)

// People is what this store asks of room party.
type People interface {
	Person(t *sqldb.Tx, reference string) (ident.Person, error)
	ByReference(t *sqldb.Tx, reference string) (ident.Person, error)
	References(t *sqldb.Tx, ids []ident.Person) (map[ident.Person]string, error)
	FirmName(t *sqldb.Tx) (string, error)
	OnePerson(t *sqldb.Tx) (bool, error)
	Agreements(t *sqldb.Tx) ([]party.Agreement, error)
}

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(appropriateness.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state; what it would write is refused.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(appropriateness.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

var byLink = sqldb.House(`select firm, attempt from appropriateness_link where token = ?`)

// ByLink finds the firm and the attempt of a link's token.
func (s *Store) ByLink(ctx context.Context, token ident.Hash) (firm ident.Firm, id appropriateness.AttemptID, err error) {
	o, err := s.links.of(token, func() (o opens, err error) {
		err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
			err := t.Row(byLink, token).Scan(&o.firm, &o.attempt)
			return sqldb.Found(err, "unknown-link", "")
		})
		return o, err
	})
	return o.firm, o.attempt, err
}

// opens is what a link opens, from the moment it is made.
type opens struct {
	firm    ident.Firm
	attempt appropriateness.AttemptID
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

func (t tx) Person(reference string) (ident.Person, error) {
	return t.store.People.Person(t.Tx, reference)
}

func (t tx) Find(reference string) (ident.Person, error) {
	return t.store.People.ByReference(t.Tx, reference)
}

func (t tx) References(ids []ident.Person) (map[ident.Person]string, error) {
	return t.store.People.References(t.Tx, ids)
}

func (t tx) FirmName() (string, error) { return t.store.People.FirmName(t.Tx) }

// Sealed opens a test by its hash. A firm opens only what itself sealed: the
// transaction's journal holds nothing else, and the memory is asked after the
// table did.
func (t tx) Sealed(h ident.Hash) (appropriateness.Test, error) {
	key := sealedKey{t.Firm(), h}
	if test, ok := t.store.sealed.Load(key); ok {
		return test.(appropriateness.Test), nil
	}
	b, err := t.store.Opener(t.Tx, h)
	if err != nil {
		return appropriateness.Test{}, err
	}
	var test appropriateness.Test
	if err := canon.Decode(b, &test); err != nil {
		return test, err
	}
	t.store.sealed.Store(key, test)
	return test, nil
}

type sealedKey struct {
	firm ident.Firm
	hash ident.Hash
}

func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}
