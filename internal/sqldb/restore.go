package sqldb

import (
	"bufio"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"zorgplicht/internal/fault"
)

// Restore puts a backup in an empty store, of either engine, and brings it to
// the newest tables of these rooms; address is the one to migrate with. It
// returns how many rows it put there.
//
// A file that is damaged (fault.Invalid "backup-damaged"), that comes from a
// newer program (fault.Invalid "backup-newer"), or a store that holds rows of a
// firm (fault.Conflict "store-not-empty") is refused before anything is written.
func Restore(ctx context.Context, path, address string, schemas []Schema) (rows int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("restore: %w", err)
	}
	defer f.Close()
	kind, size, err := intact(f)
	if err != nil {
		return 0, fmt.Errorf("restore: %w", err)
	}
	from, err := openSource(ctx, f, kind, size)
	if err != nil {
		return 0, fmt.Errorf("restore: %w", err)
	}
	defer from.close()
	if rows, err = restore(ctx, from, address, schemas); err != nil {
		return 0, fmt.Errorf("restore: %w", mapped(err))
	}
	return rows, nil
}

func restore(ctx context.Context, from source, address string, schemas []Schema) (int64, error) {
	c := from.contents()
	known, err := knownRooms(c, schemas)
	if err != nil {
		return 0, err
	}
	put := restoreSQLite
	if EngineOf(address) == Postgres {
		put = restorePostgres
	}
	return put(ctx, from, address, known, schemas)
}

// knownRooms returns the schemas that the backup holds, in their order.
func knownRooms(c contents, schemas []Schema) ([]Schema, error) {
	var known []Schema
	for _, s := range schemas {
		if _, ok := c.Rooms[s.Room]; ok {
			known = append(known, s)
		}
	}
	newer := len(known) != len(c.Rooms)
	for _, s := range known {
		newest, err := newestVersion(s)
		if err != nil {
			return nil, err
		}
		newer = newer || c.Rooms[s.Room] > newest
	}
	if newer {
		return nil, fault.New(fault.Invalid, "backup-newer", "")
	}
	return known, nil
}

// restoreSQLite builds the store beside its place and moves it there whole.
func restoreSQLite(ctx context.Context, from source, path string, known, schemas []Schema) (int64, error) {
	if err := emptySQLite(ctx, path, schemas); err != nil {
		return 0, err
	}
	part := path + ".restoring"
	clean := func() error { return remove(part, part+"-wal", part+"-shm", part+"-journal") }
	if err := clean(); err != nil { // what an interrupted restore left
		return 0, err
	}
	defer clean()
	if err := migrate(ctx, part, known, from.contents().Rooms); err != nil {
		return 0, err
	}
	n, err := loadSQLite(ctx, from, part)
	if err != nil {
		return 0, err
	}
	if err := migrate(ctx, part, schemas, nil); err != nil {
		return 0, err
	}
	if err := remove(path+"-wal", path+"-shm"); err != nil { // of the empty store that goes
		return 0, err
	}
	return n, moveInto(part, path)
}

// moveInto gives a finished file its name, and sees that the disk knows it.
func moveInto(part, path string) error {
	if err := os.Rename(part, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// remove deletes files that may not be there.
func remove(paths ...string) error {
	var errs []error
	for _, p := range paths {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func restorePostgres(ctx context.Context, from source, address string, known, schemas []Schema) (int64, error) {
	db, err := connectPostgres(address, "", 2)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if err := empty(ctx, db, Postgres, schemas); err != nil {
		return 0, err
	}
	rooms := from.contents().Rooms
	if err := migrate(ctx, address, known, rooms); err != nil {
		return 0, err
	}
	for _, s := range known {
		p, err := provider(db, Postgres, s)
		if err != nil {
			return 0, err
		}
		if v, err := p.GetDBVersion(ctx); err != nil || v != rooms[s.Room] {
			return 0, errors.Join(err, fault.New(fault.Conflict, "store-not-empty", "the tables of room "+s.Room+" are newer than the backup"))
		}
	}
	n, err := loadPostgres(ctx, from, address)
	if err != nil {
		return 0, err
	}
	return n, migrate(ctx, address, schemas, nil)
}

func emptySQLite(ctx context.Context, path string, schemas []Schema) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil // no store, or none yet
	}
	db, err := connectSQLite(path, 1, "query_only(on)")
	if err != nil {
		return err
	}
	defer db.Close()
	return empty(ctx, db, SQLite, schemas)
}

// empty refuses a store in which a firm has a row.
func empty(ctx context.Context, db *sql.DB, e Engine, schemas []Schema) error {
	for _, s := range schemas {
		for _, name := range s.Tenant {
			there := `select count(*) from pragma_table_list where name = ?`
			if e == Postgres {
				there = `select count(*) from pg_class where oid = to_regclass(quote_ident($1))`
			}
			var n int
			if err := db.QueryRowContext(ctx, there, name).Scan(&n); err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			full, err := holdsRow(ctx, db, e, name)
			if err != nil {
				return err
			}
			if full {
				return fault.New(fault.Conflict, "store-not-empty", name)
			}
		}
	}
	return nil
}

// holdsRow asks whether a table has a row of any firm; on PostgreSQL the owner
// sees them only with row-level security aside, which this takes back at once.
func holdsRow(ctx context.Context, db *sql.DB, e Engine, name string) (full bool, err error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: e == SQLite})
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	if e == Postgres {
		if _, err := tx.ExecContext(ctx, `alter table `+quote(name)+` no force row level security`); err != nil {
			return false, err
		}
	}
	err = tx.QueryRowContext(ctx, `select exists (select 1 from `+quote(name)+`)`).Scan(&full)
	return full, err
}

// source gives the tables of a backup.
type source interface {
	contents() contents
	table(ctx context.Context, t tableColumns, fn func([]any) error) (int64, error) // in the order of contents
	close() error
}

func openSource(ctx context.Context, f *os.File, kind backupKind, size int64) (source, error) {
	if kind == kindFile {
		return openFileSource(ctx, f.Name())
	}
	z, err := gzip.NewReader(io.NewSectionReader(f, 0, size))
	if err != nil {
		return nil, err
	}
	s := &rowSource{r: rowReader{bufio.NewReaderSize(z, 1<<16)}}
	s.c, err = s.r.head()
	return s, err
}

type rowSource struct {
	r rowReader
	c contents
}

func (s *rowSource) contents() contents { return s.c }
func (s *rowSource) close() error       { return nil }

func (s *rowSource) table(_ context.Context, t tableColumns, fn func([]any) error) (n int64, err error) {
	for ; ; n++ {
		row, err := s.r.row(len(t.Columns), n)
		if err != nil || row == nil {
			return n, err
		}
		if err := fn(row); err != nil {
			return n, err
		}
	}
}

// fileSource reads the database in a backup of SQLite where it lies.
type fileSource struct {
	db *sql.DB
	tx *sql.Tx
	c  contents
}

func openFileSource(ctx context.Context, path string) (source, error) {
	dsn, err := sqliteURL(path, "mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	s := &fileSource{}
	if s.db, err = sql.Open("sqlite", dsn); err != nil {
		return nil, err
	}
	if s.tx, err = s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	tables, err := readTables(ctx, s.tx)
	if err == nil {
		s.c, err = contentsOf(ctx, s.tx, SQLite, tables)
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *fileSource) contents() contents { return s.c }
func (s *fileSource) close() error       { return errors.Join(s.tx.Rollback(), s.db.Close()) }

func (s *fileSource) table(ctx context.Context, t tableColumns, fn func([]any) error) (int64, error) {
	return eachRow(ctx, s.tx, t, fn)
}
