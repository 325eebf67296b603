package sqldb

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"github.com/pressly/goose/v3"
)

// A Schema is what one room keeps. Migrations holds the folders
// migrations/sqlite and migrations/postgres with the same numbers in both; they
// go forward only.
//
// Tables that never change carry their own triggers, in each engine's words:
//
//	-- sqlite
//	create trigger journal_fact_stays before update on journal_fact begin select raise(abort, 'append-only'); end;
//	-- postgres: one function, then
//	create trigger journal_fact_stays before update or delete on journal_fact for each row execute function journal_stays();
type Schema struct {
	Room       string   // name of the room; its versions stand in table goose_<room>
	Migrations embed.FS //
	Tenant     []string // tables with a firm column, behind row-level security
	House      []string // tables of the installation, closed to the firms' transactions
	HouseEdits []string // tenant tables whose rows the house may change too (retention, sequencing)
	AppendOnly []string // tables on which nobody is granted update or delete
}

// table is what sqldb_table says of one table.
type table struct {
	room   string
	tenant bool
}

// Migrate brings a store to the newest tables of these rooms, in this order. It
// may be run at any time and by several nodes at once. On PostgreSQL the address
// is the owner's: it makes the roles when it may (else the error holds the SQL
// for an administrator), grants them their tables, and forces row-level security.
func Migrate(ctx context.Context, address string, schemas []Schema) error {
	if err := migrate(ctx, address, schemas, nil); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// migrate goes to the newest version; or, for a restore, per room to the one in
// upTo and no further: no roles, no list of tables.
func migrate(ctx context.Context, address string, schemas []Schema, upTo map[string]int64) error {
	if EngineOf(address) == Postgres {
		return migratePostgres(ctx, address, schemas, upTo)
	}
	db, err := connectSQLite(address, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	return migrateOn(ctx, db, SQLite, schemas, upTo)
}

func migrateOn(ctx context.Context, db *sql.DB, e Engine, schemas []Schema, upTo map[string]int64) error {
	for _, s := range schemas {
		p, err := provider(db, e, s)
		if err != nil {
			return fmt.Errorf("room %s: %w", s.Room, err)
		}
		if v, ok := upTo[s.Room]; ok {
			_, err = p.UpTo(ctx, v)
		} else {
			_, err = p.Up(ctx)
		}
		if err != nil {
			return fmt.Errorf("room %s: %w", s.Room, mapped(err))
		}
	}
	if upTo != nil {
		return nil
	}
	return listTables(ctx, db, e, schemas)
}

func provider(db *sql.DB, e Engine, s Schema) (*goose.Provider, error) {
	dir, dialect := "migrations/sqlite", goose.DialectSQLite3
	if e == Postgres {
		dir, dialect = "migrations/postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(s.Migrations, dir)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, files, goose.WithTableName("goose_"+s.Room),
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler)))
}

// listTables writes down which table is whose, for Open, Backup and Restore.
func listTables(ctx context.Context, db *sql.DB, e Engine, schemas []Schema) error {
	strict := " strict"
	if e == Postgres {
		strict = ""
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return mapped(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, `create table if not exists sqldb_table (
		name text primary key, room text not null, tenant integer not null)`+strict); err != nil {
		return mapped(err)
	}
	clear := rewrite(`delete from sqldb_table where room = ?`, e)
	put := rewrite(`insert into sqldb_table (name, room, tenant) values (?, ?, ?)`, e)
	for _, s := range schemas {
		if _, err := tx.ExecContext(ctx, clear.text, s.Room); err != nil {
			return mapped(err)
		}
		for i, name := range slices.Concat(s.Tenant, s.House) {
			tenant := 0
			if i < len(s.Tenant) {
				tenant = 1
			}
			if _, err := tx.ExecContext(ctx, put.text, name, s.Room, tenant); err != nil {
				return mapped(err)
			}
		}
	}
	return mapped(tx.Commit())
}

// newestVersion is the number of the last migration of a room.
func newestVersion(s Schema) (int64, error) {
	files, err := fs.Glob(s.Migrations, "migrations/sqlite/*.sql")
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, name := range files {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("room %s: %w", s.Room, err)
		}
		newest = max(newest, v)
	}
	return newest, nil
}
