// Package store keeps the credit portfolio in SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"embed"
	"strconv"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/loanbook"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "loanbook", Migrations: migrations, Tenant: []string{"loanbook_load", "loanbook_row", "loanbook_event", "loanbook_notice"},
}

// Work is the kind of work that reads a stand of the book.
const Work = "krediet.inlezen"

// Store keeps the book.
type Store struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
	Now func() time.Time
}

var _ loanbook.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(loanbook.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(loanbook.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

// Append writes a fact in the same transaction.
func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

// Keep keeps the reply under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

// Wake puts in the work of a stand.
func (t tx) Wake(number int, at time.Time) error {
	id := Work + "/" + strconv.Itoa(number) + "/" + strconv.FormatInt(at.UnixMilli(), 36)
	return job.Enqueue(t.Tx, job.Task{ID: id, Kind: Work, About: strconv.Itoa(number), Due: at}, t.store.Now())
}

const loadColumns = `number, id, day, mode, state, file, actor, made, ended, why, undone, told, body`

var (
	loads    = sqldb.Tenant(`select ` + loadColumns + ` from loanbook_load where firm = :firm order by number desc`)
	oneLoad  = sqldb.Tenant(`select ` + loadColumns + ` from loanbook_load where firm = :firm and number = ?`)
	holdLoad = sqldb.Tenant(`update loanbook_load set why = why where firm = :firm and number = ?`)
	lastLoad = sqldb.Tenant(`select coalesce(max(number), 0) from loanbook_load where firm = :firm`)
	addLoad  = sqldb.Tenant(`insert into loanbook_load (firm, ` + loadColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (firm, number) do nothing`)
	saveLoad = sqldb.Tenant(`update loanbook_load set state = ?, ended = ?, why = ?, undone = ?, told = ?, body = ? where firm = :firm and number = ?`)
)

// Loads returns all stands, the newest first.
func (t tx) Loads() (all []loanbook.Load, err error) {
	err = t.Each(loads, nil, func(scan func(...any) error) error {
		l, err := scanLoad(scan)
		all = append(all, l)
		return err
	})
	return all, err
}

// Load returns one; who writes holds its row till the end.
func (t tx) Load(number int) (l loanbook.Load, err error) {
	if t.writes {
		if _, err := t.Exec(holdLoad, number); err != nil {
			return l, err
		}
	}
	l, err = scanLoad(t.Tx.Row(oneLoad, number).Scan)
	return l, sqldb.Found(err, "unknown-load", "")
}

// AddLoad keeps a new one and returns its number.
func (t tx) AddLoad(l loanbook.Load) (int, error) {
	if err := t.Tx.Row(lastLoad).Scan(&l.Number); err != nil {
		return 0, err
	}
	l.Number++
	n, err := t.Exec(addLoad, l.Number, l.ID, l.Day, string(l.Mode), string(l.State), l.File, l.By, l.Made.UnixMilli(), ended(l), l.Why, l.Undone, l.Told, canon.Must(l.Result))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "load-raced", "")
	}
	return l.Number, err
}

// SaveLoad keeps how far it is and what came of it.
func (t tx) SaveLoad(l loanbook.Load) error {
	_, err := t.Exec(saveLoad, string(l.State), ended(l), l.Why, l.Undone, l.Told, canon.Must(l.Result), l.Number)
	return err
}

func ended(l loanbook.Load) any {
	if l.Ended.IsZero() {
		return nil
	}
	return l.Ended.UnixMilli()
}

func scanLoad(scan func(...any) error) (l loanbook.Load, err error) {
	var made int64
	var ended sql.NullInt64
	var body []byte
	err = scan(&l.Number, &l.ID, &l.Day, (*string)(&l.Mode), (*string)(&l.State), &l.File, &l.By, &made, &ended, &l.Why, &l.Undone, &l.Told, &body)
	if err != nil {
		return l, err
	}
	l.Made = sqldb.Instant(made)
	l.Ended = sqldb.MaybeInstant(ended)
	return l, canon.Decode(body, &l.Result)
}
