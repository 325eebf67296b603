// Package store keeps advice files in SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"strings"
	"time"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "advice", Migrations: migrations, Tenant: []string{"advice_file", "advice_version", "advice_word", "advice_procedure"},
}

// A Book knows the clients of the firm of a transaction.
type Book interface {
	Person(t *sqldb.Tx, reference string) (ident.Person, error)
	ByReference(t *sqldb.Tx, reference string) (ident.Person, error)
	References(t *sqldb.Tx, ids []ident.Person) (map[ident.Person]string, error)
}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
	Book     Book
}

var _ advice.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(advice.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t, s.Book}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(advice.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t, s.Book}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db   *sqldb.Tx
	book Book
}

func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}

func (t tx) Person(reference string) (ident.Person, error) { return t.book.Person(t.db, reference) }

func (t tx) Known(reference string) (ident.Person, error) {
	if reference == "" {
		return "", nil
	}
	id, err := t.book.ByReference(t.db, reference)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return id, err
}

var (
	fileByID = sqldb.Tenant(`select f.recorder, f.nr, v.body from advice_file f
		join advice_version v on v.firm = f.firm and v.file = f.id and v.nr = f.nr where f.firm = :firm and f.id = ?`)
	saveFile = sqldb.Tenant(`insert into advice_file (firm, id, number, client, role, kind, product, provider, advised, result, contract, other, elsewhere, lacks,
		course, deviates, recorder, nr) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set role = excluded.role, kind = excluded.kind, product = excluded.product, provider = excluded.provider,
		advised = excluded.advised, result = excluded.result, contract = excluded.contract, other = excluded.other, elsewhere = excluded.elsewhere,
		lacks = excluded.lacks, deviates = excluded.deviates, nr = excluded.nr`)
	saveVersion = sqldb.Tenant(`insert into advice_version (firm, file, nr, made, by_actor, why, hash, body) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)
	versions    = sqldb.Tenant(`select nr, made, by_actor, why, hash, body from advice_version where firm = :firm and file = ? order by nr`)
	addWord     = sqldb.Tenant(`insert into advice_word (firm, word, file) values (:firm, ?, ?) on conflict (firm, word, file) do nothing`)
	lastRole    = sqldb.Tenant(`select role from advice_file where firm = :firm order by id desc limit 1`)
	outside     = sqldb.Tenant(`select count(*) from (select 1 from advice_file where firm = :firm and advised >= ? and (course = '' or deviates = 1) limit 1) as found`)
)

func (t tx) Advice(id casework.ID) (f advice.File, err error) {
	if f.Case, err = t.Case(id); err != nil {
		return f, err
	}
	v := advice.Version{}
	err = t.db.Row(fileByID, id).Scan(&f.Recorder, &f.Nr, &v.Body)
	if err != nil {
		return f, sqldb.Found(err, "unknown-case", "") // a case of another kind
	}
	if v.Body == nil {
		return f, fault.New(fault.NotFound, "advice-destroyed", string(id))
	}
	if f.Content, err = v.Read(); err != nil {
		return f, err
	}
	refs, err := t.book.References(t.db, []ident.Person{f.Case.Client})
	f.Reference = refs[f.Case.Client]
	return f, err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func day(d calendar.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

func (t tx) SaveAdvice(f advice.File, v advice.Version, words []string) error {
	course, deviates := "", false
	if f.Course != nil {
		course, deviates = f.Course.Name, f.Course.Deviates
	}
	o, lacks := f.Outcome, strings.Join(advice.Whole.Ask(f.Question()).Missing, " ")
	if _, err := t.db.Exec(saveFile, f.ID(), f.Case.Number, f.Case.Client, f.Role, f.Advice.Kind, f.Advice.Product, f.Advice.Provider, f.Advice.Day, o.Result,
		day(o.Day), o.Product, bit(o.Elsewhere), lacks, course, bit(deviates), f.Recorder, v.Nr); err != nil {
		return err
	}
	if _, err := t.db.Exec(saveVersion, f.ID(), v.Nr, v.Made.UnixMilli(), v.By, v.Why, v.Hash, v.Body); err != nil {
		return err
	}
	for _, w := range words {
		if len(w) < 2 || len(w) > 60 {
			continue
		}
		if _, err := t.db.Exec(addWord, w, f.ID()); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) Versions(id casework.ID) ([]advice.Version, error) {
	rows, err := t.db.Rows(versions, id)
	return sqldb.All(rows, err, func(into func(...any) error) (v advice.Version, err error) {
		var made int64
		err = into(&v.Nr, &made, &v.By, &v.Why, &v.Hash, &v.Body)
		v.Made = sqldb.Instant(made)
		return v, err
	})
}

func (t tx) LastRole() (r advice.Role, err error) {
	if err = t.db.Row(lastRole).Scan(&r); errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return r, err
}

func (t tx) Outside(since calendar.Date) (bool, error) {
	var n int
	err := t.db.Row(outside, since).Scan(&n)
	return n > 0, err
}
