// Package sqldb is the one way to a database: SQLite in one file, or
// PostgreSQL, with one SQL text for both.
//
// Every row belongs to a firm (tenant) or to the house. Write and Read open a
// transaction of one firm, HouseWrite and HouseRead one of the installation.
// Statements are registered once, as package variables:
//
//	var attempt = sqldb.Tenant(`select person, state from appropriateness_attempt where firm = :firm and id = ?`)
//
// A tenant's statement that forgets :firm stops the program at its start. On
// PostgreSQL row-level security stands behind it, forced on the owner too.
//
// Column types: instants bigint/integer in milliseconds UTC, dates text
// "2006-01-02", hashes and bodies bytea/blob, flags integer 0 or 1, ids text.
// SQLite tables are STRICT.
//
// A store that is full or away answers fault.Unavailable with reason
// "store-full" or "store-away"; once it is back, so are the answers.
package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"zorgplicht/ident"
)

// An Engine is one of the two databases.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options of Open; the zero value works.
type Options struct {
	PoolSize  int      // connections that read (SQLite) or per role (PostgreSQL); 0 means 8
	PageLimit int      // SQLite: most pages the file may have, 0 means no limit
	GroupSize int      // SQLite: most writers that share a commit, 0 means 128
	Schemas   []Schema // when given, Open refuses a store that misses a migration of these
}

// A DB is an open store. It is safe for use by many goroutines.
type DB struct {
	engine Engine
	read   *pool // SQLite: readers; PostgreSQL: role zorgplicht_app
	house  *pool // SQLite: the readers again; PostgreSQL: role zorgplicht_house
	group  *group
	tables map[string]table
	path   string // of a SQLite store
}

// Open opens a migrated store: "postgres://…" or the path of a SQLite file. It
// refuses a store that was not migrated, a PostgreSQL role that row-level
// security does not bind (SUPERUSER, BYPASSRLS), and a program with a statement
// that names a tenant's table without tying it to the firm.
func Open(ctx context.Context, address string, o Options) (*DB, error) {
	if o.PoolSize <= 0 {
		o.PoolSize = 8
	}
	if o.GroupSize <= 0 {
		o.GroupSize = 128
	}
	open := openSQLite
	if EngineOf(address) == Postgres {
		open = openPostgres
	}
	db, err := open(ctx, address, o)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := db.check(ctx, o); err != nil {
		db.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	return db, nil
}

// EngineOf says which engine an address names.
func EngineOf(address string) Engine {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return Postgres
	}
	return SQLite
}

// Engine returns the engine of the store.
func (db *DB) Engine() Engine { return db.engine }

// Close ends the store. Writes under way are finished, later ones refused.
func (db *DB) Close() error {
	var errs []error
	if db.group != nil {
		errs = append(errs, db.group.close())
	}
	errs = append(errs, db.read.Close())
	if db.house != db.read {
		errs = append(errs, db.house.Close())
	}
	return errors.Join(errs...)
}

// Write runs fn in a transaction of the firm and keeps all that it did, or
// nothing when it returns an error or panics. When Write returns nil, what was
// written is on the disk. fn starts only while ctx lives, and runs once.
//
// On SQLite there is one writer, and those who wait share one commit: a Write
// inside fn would wait for itself.
func (db *DB) Write(ctx context.Context, firm ident.Firm, fn func(*Tx) error) error {
	if firm == "" {
		return errNoFirm
	}
	return db.write(ctx, db.read, firm, fn)
}

// Read runs fn in a read-only transaction of the firm that sees one state of
// the store from begin to end.
func (db *DB) Read(ctx context.Context, firm ident.Firm, fn func(*Tx) error) error {
	if firm == "" {
		return errNoFirm
	}
	return db.read.run(ctx, readOnly, firm, fn)
}

// HouseWrite is Write for the installation itself.
func (db *DB) HouseWrite(ctx context.Context, fn func(*Tx) error) error {
	return db.write(ctx, db.house, "", fn)
}

// HouseRead is Read for the installation itself. It may read the rows of every
// firm; whoever hands them on checks for whom.
func (db *DB) HouseRead(ctx context.Context, fn func(*Tx) error) error {
	return db.house.run(ctx, readOnly, "", fn)
}

// Ping reports whether the store answers. On SQLite, which shares its disk with
// whoever fills it, it also writes 64 KiB and takes them back: a disk without
// room is told before a client meets it.
func (db *DB) Ping(ctx context.Context) error {
	err := db.HouseRead(ctx, func(t *Tx) error {
		var n int
		return t.Row(ping).Scan(&n)
	})
	if err != nil || db.engine != SQLite {
		return err
	}
	return db.HouseWrite(ctx, func(t *Tx) error {
		if _, err := t.Exec(takeRoom, strings.Repeat(" ", 64<<10)); err != nil {
			return err
		}
		_, err := t.Exec(giveRoom)
		return err
	})
}

var (
	errNoFirm = errors.New("a tenant's transaction needs its firm")
	readOnly  = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	ping      = House(`select count(*) from sqldb_table`)
	takeRoom  = House(`insert into sqldb_table (name, room, tenant) values ('', ?, 0)`)
	giveRoom  = House(`delete from sqldb_table where name = ''`)
)

func (db *DB) write(ctx context.Context, p *pool, firm ident.Firm, fn func(*Tx) error) error {
	if db.group != nil {
		return db.group.write(ctx, firm, fn)
	}
	return p.run(ctx, nil, firm, fn)
}

// pool is one set of connections, with the statements prepared on them.
type pool struct {
	*sql.DB
	engine Engine
	stmts  sync.Map // *Query to *sql.Stmt, SQLite only: pgx keeps its own
}

func (p *pool) stmt(q *Query) *sql.Stmt {
	if s, ok := p.stmts.Load(q); ok {
		return s.(*sql.Stmt)
	}
	return nil
}

// prepare keeps statements ready for the next transaction. Within one it is too
// late: it would need a second connection, and the writers have only one.
func (p *pool) prepare(qs []*Query) {
	for _, q := range qs {
		if p.stmt(q) != nil {
			continue
		}
		s, err := p.PrepareContext(context.Background(), q.on(p.engine).text)
		if err != nil {
			continue // the statement itself says why, when it runs
		}
		if _, taken := p.stmts.LoadOrStore(q, s); taken {
			s.Close()
		}
	}
}

// run is one transaction on its own connection.
func (p *pool) run(ctx context.Context, o *sql.TxOptions, firm ident.Firm, fn func(*Tx) error) (err error) {
	tx, err := p.begin(ctx, o, firm)
	if err != nil {
		return mapped(err)
	}
	t := &Tx{ctx: ctx, engine: p.engine, pool: p, tx: tx, firm: firm, house: firm == "", reads: o != nil && o.ReadOnly}
	kept := false
	defer func() {
		if !kept { // fn failed, panicked or ended its goroutine
			t.end(nil)
			tx.Rollback()
		}
		p.prepare(t.wanted)
	}()
	if err := t.end(fn(t)); err != nil {
		return err
	}
	kept = true
	return mapped(tx.Commit())
}

// begin opens a transaction. A connection that broke since it was last used, as
// after a restart of the server, is passed over: nothing was done on it yet.
func (p *pool) begin(ctx context.Context, o *sql.TxOptions, firm ident.Firm) (*sql.Tx, error) {
	for range p.Stats().OpenConnections {
		tx, err := p.beginOn(ctx, o, firm)
		if err == nil || !broken(err) || ctx.Err() != nil {
			return tx, err
		}
	}
	return p.beginOn(ctx, o, firm)
}

// setFirm names the firm to row-level security, until the transaction ends.
const setFirm = `select set_config('zorgplicht.firm', $1, true)`

// beginOn opens it on the connection that the pool has at hand.
func (p *pool) beginOn(ctx context.Context, o *sql.TxOptions, firm ident.Firm) (*sql.Tx, error) {
	if p.engine == SQLite && o != nil {
		o = &sql.TxOptions{ReadOnly: true} // every SQLite transaction is serialisable
	}
	tx, err := p.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	if p.engine == Postgres && firm != "" {
		if _, err := tx.ExecContext(ctx, setFirm, string(firm)); err != nil {
			tx.Rollback()
			return nil, err
		}
	}
	return tx, nil
}
