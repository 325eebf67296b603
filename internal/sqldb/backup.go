package sqldb

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"zorgplicht/internal/fault"
)

// Backup writes the store as it is at one moment to a new file, while others
// read and write on. The file holds every firm's rows in the clear: keep it as
// the store itself. Only its owner may read it. A file that exists is
// fault.Conflict "backup-exists".
func Backup(ctx context.Context, db *DB, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Conflict, "backup-exists", path)
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if db.engine == SQLite {
		err = errors.Join(f.Close(), db.vacuumInto(ctx, part))
	} else {
		err = db.dump(ctx, f)
	}
	if err == nil {
		err = moveInto(part, path)
	}
	if err != nil {
		return fmt.Errorf("backup: %w", errors.Join(mapped(err), os.Remove(part)))
	}
	return nil
}

// vacuumInto lets SQLite write a compact copy of itself, without what was erased.
func (db *DB) vacuumInto(ctx context.Context, path string) error {
	own, err := connectSQLite(db.path, 1) // our readers may not even write elsewhere
	if err != nil {
		return err
	}
	defer own.Close()
	if _, err := own.ExecContext(ctx, `vacuum into ?`, path); err != nil {
		return err
	}
	s, err := fileDigest(path)
	if err != nil {
		return err
	}
	return s.close(kindFile)
}

// dump writes the rows as the house reads them, in one snapshot.
func (db *DB) dump(ctx context.Context, f *os.File) error {
	tx, err := db.house.BeginTx(ctx, readOnly)
	if err != nil {
		f.Close()
		return err
	}
	defer tx.Rollback()
	s := &sealed{file: f, sum: sha256.New()}
	if err := dumpRows(ctx, tx, Postgres, db.tables, s); err != nil {
		f.Close()
		return err
	}
	return s.close(kindRows)
}

func dumpRows(ctx context.Context, tx *sql.Tx, e Engine, tables map[string]table, s *sealed) error {
	c, err := contentsOf(ctx, tx, e, tables)
	if err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(s, gzip.BestSpeed)
	if err != nil {
		return err
	}
	w := &rowWriter{w: bufio.NewWriterSize(z, 1<<16)}
	if err := w.head(c); err != nil {
		return err
	}
	for _, t := range c.Tables {
		n, err := eachRow(ctx, tx, t, w.row)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		if err := w.end(n); err != nil {
			return err
		}
	}
	return errors.Join(w.w.Flush(), z.Close())
}

// contentsOf reads versions and columns from the store.
func contentsOf(ctx context.Context, tx *sql.Tx, e Engine, tables map[string]table) (contents, error) {
	c := contents{Rooms: map[string]int64{}}
	for name, t := range tables {
		cols, err := columns(ctx, tx, e, name)
		if err != nil {
			return c, err
		}
		c.Tables = append(c.Tables, tableColumns{name, cols})
		if _, seen := c.Rooms[t.room]; seen {
			continue
		}
		var v int64
		if err := tx.QueryRowContext(ctx, `select max(version_id) from `+quote("goose_"+t.room)).Scan(&v); err != nil {
			return c, err
		}
		c.Rooms[t.room] = v
	}
	slices.SortFunc(c.Tables, func(a, b tableColumns) int { return strings.Compare(a.Name, b.Name) })
	return c, nil
}

func columns(ctx context.Context, tx *sql.Tx, e Engine, name string) ([]string, error) {
	text := `select name from pragma_table_info(?) order by cid`
	if e == Postgres {
		text = `select attname from pg_attribute where attrelid = to_regclass(quote_ident($1)) and attnum > 0 and not attisdropped order by attnum`
	}
	rows, err := tx.QueryContext(ctx, text, name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cols []string
	for rows.Next() {
		var col string
		if err := rows.Scan(&col); err != nil {
			return nil, err
		}
		cols = append(cols, col)
	}
	return cols, rows.Err()
}

// eachRow hands on every row of a table and returns how many there were.
func eachRow(ctx context.Context, tx *sql.Tx, t tableColumns, fn func([]any) error) (n int64, err error) {
	rows, err := tx.QueryContext(ctx, `select `+quoteAll(t.Columns)+` from `+quote(t.Name))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok && b == nil { // SQLite's driver reads empty bytes so
				values[i] = []byte{}
			}
		}
		if err := fn(values); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

func quoteAll(names []string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = quote(n)
	}
	return strings.Join(q, ", ")
}
