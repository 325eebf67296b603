// Package store keeps terms, holds, lines and lists of destruction in SQL, the same
// in SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/retention"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "retention", Migrations: migrations,
	Tenant: []string{
		"retention_term", "retention_gate", "retention_hold", "retention_bond", "retention_line", "retention_list", "retention_entry", "retention_statement",
	},
}

// A Keeper is a room that keeps records of one kind, as this store asks it in its own
// transaction.
type Keeper interface {
	// Record is one as it is now, locked where the transaction writes; fault.NotFound
	// when there is none.
	Record(t *sqldb.Tx, id string, writes bool) (retention.Record, error)
	Records(t *sqldb.Tx, after string, most int) ([]retention.Record, error) // by id
	// Empty takes the content of the record away and leaves what reports count. About
	// are the subjects, beside the record, of facts that go with it.
	Empty(t *sqldb.Tx, id string, day calendar.Date) (gone retention.Gone, about []string, err error)
}

// A Binder is a Keeper that knows to which record one of its own belongs.
type Binder interface {
	Keeper
	// Bonds are those of a record of its own, or of its own records to one of another
	// kind; of the zero Ref all.
	Bonds(t *sqldb.Tx, of retention.Ref) ([]retention.Bond, error)
}

// Store keeps what the room holds.
type Store struct {
	DB      *sqldb.DB
	Pen     func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
	Keepers map[retention.Kind]Keeper
	// Erase erases the payloads of all facts about a subject but for those of kinds
	// that begin with this room's name, and returns how many.
	Erase func(*sqldb.Tx, string, retention.Erasing) (int64, error)
	// Forget forgets a client of whom no record is left in the rooms.
	Forget func(*sqldb.Tx, ident.Person, retention.Erasing) error
}

var _ retention.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(retention.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(retention.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

var (
	openGate   = sqldb.Tenant(`insert into retention_gate (firm, year, latest) values (:firm, 0, 0) on conflict (firm) do nothing`)
	lockGate   = sqldb.Tenant(`select latest from retention_gate where firm = :firm :lock`)
	nextNumber = sqldb.Tenant(`insert into retention_gate (firm, year, latest) values (:firm, ?, 1) on conflict (firm) do update
		set latest = case when retention_gate.year = excluded.year then retention_gate.latest + 1 else 1 end, year = excluded.year returning latest`)

	terms    = sqldb.Tenant(`select kind, at_least, at_most from retention_term where firm = :firm order by kind`)
	saveTerm = sqldb.Tenant(`insert into retention_term (firm, kind, at_least, at_most) values (:firm, ?, ?, ?)
		on conflict (firm, kind) do update set at_least = excluded.at_least, at_most = excluded.at_most`)
)

func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

// Keep keeps the reply under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

func (t tx) Gate() error {
	if _, err := t.Exec(openGate); err != nil {
		return err
	}
	var latest int64
	return t.Row(lockGate).Scan(&latest)
}

func (t tx) NextNumber(year int) (n int, err error) {
	err = t.Row(nextNumber, year).Scan(&n)
	return n, err
}

func (t tx) keeper(k retention.Kind) (Keeper, error) {
	if room := t.store.Keepers[k]; room != nil {
		return room, nil
	}
	return nil, fault.New(fault.NotFound, "unknown-record", "")
}

func (t tx) Record(ref retention.Ref) (r retention.Record, err error) {
	room, err := t.keeper(ref.Kind)
	if err != nil {
		return r, err
	}
	r, err = room.Record(t.Tx, ref.ID, t.writes)
	if fault.Is(err, fault.NotFound) {
		return r, fault.New(fault.NotFound, "unknown-record", "")
	}
	return r, err
}

func (t tx) Records(k retention.Kind, after string, most int) ([]retention.Record, error) {
	room, err := t.keeper(k)
	if err != nil {
		return nil, err
	}
	return room.Records(t.Tx, after, most)
}

// Destroy empties the record in its room, erases the payloads of its facts, and takes
// the reasons of its holds away, which may tell of people too.
func (t tx) Destroy(ref retention.Ref, day calendar.Date, by retention.Erasing) (gone retention.Gone, err error) {
	room, err := t.keeper(ref.Kind)
	if err != nil {
		return gone, err
	}
	r, err := room.Record(t.Tx, ref.ID, t.writes)
	if err != nil {
		return gone, err
	}
	gone, about, err := room.Empty(t.Tx, ref.ID, day)
	if err != nil {
		return gone, err
	}
	for _, subject := range append(about, ref.ID) {
		n, err := t.store.Erase(t.Tx, subject, by)
		if err != nil {
			return gone, err
		}
		gone.Payloads += n
	}
	n, err := t.Exec(emptyHolds, ref.Kind, ref.ID)
	gone.Texts += n
	if err != nil || r.Client == "" {
		return gone, err
	}
	var left int
	if err := t.Row(linesOfClient, r.Client, ref.Kind, ref.ID).Scan(&left); err != nil || left > 0 {
		return gone, err
	}
	return gone, t.store.Forget(t.Tx, r.Client, by)
}

func (t tx) Terms() ([]retention.Term, error) {
	rows, err := t.Rows(terms)
	return sqldb.All(rows, err, func(into func(...any) error) (m retention.Term, err error) {
		return m, into(&m.Kind, &m.AtLeast, &m.AtMost)
	})
}

func (t tx) SaveTerm(m retention.Term) error {
	_, err := t.Exec(saveTerm, m.Kind, m.AtLeast, m.AtMost)
	return err
}
