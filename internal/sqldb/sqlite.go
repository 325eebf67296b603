package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// pragmas of every connection, set in its address because they do not outlive
// it. FULL: a commit is on the disk before it is acknowledged. secure_delete:
// what is erased is overwritten in the file.
var pragmas = []string{
	"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
	"secure_delete(on)", "trusted_schema(off)", "cell_size_check(on)", "journal_size_limit(67108864)",
}

// The writer keeps many pages at hand, for in a store of a million attempts each
// index of a row lies elsewhere; and what a turn may have to take back stays in
// memory, where SQLite would put it in a file of its own after sixteen pages. The
// log is moved into the store a quarter as often, so that a page that many turns
// change is moved once.
var (
	writerPragmas = []string{"cache_size(-16384)", "temp_store(memory)", "wal_autocheckpoint(4000)"}
	readerPragmas = []string{"cache_size(-8192)", "query_only(on)"}
)

// sqliteDSN writes the driver's address of a file.
func sqliteDSN(path string, more ...string) (string, error) {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": slices.Concat(pragmas, more)}
	return sqliteURL(path, q.Encode())
}

func sqliteURL(path, query string) (string, error) {
	abs, err := filepath.Abs(path)
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query}
	return u.String(), err
}

// connectSQLite opens connections to a file. Only its owner may read a file that
// this makes.
func connectSQLite(path string, size int, more ...string) (*sql.DB, error) {
	dsn, err := sqliteDSN(path, more...)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

func openSQLite(ctx context.Context, path string, o Options) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("%w (make it with zorgplicht migrate)", err)
	}
	pragmas := writerPragmas
	if o.PageLimit > 0 {
		pragmas = append(slices.Clone(pragmas), fmt.Sprintf("max_page_count(%d)", o.PageLimit))
	}
	write, err := connectSQLite(path, 1, pragmas...)
	if err != nil {
		return nil, err
	}
	// The writer first: it is the one who may turn the file to WAL.
	if err := write.PingContext(ctx); err != nil {
		write.Close()
		return nil, mapped(err)
	}
	read, err := connectSQLite(path, o.PoolSize, readerPragmas...)
	if err != nil {
		write.Close()
		return nil, err
	}
	readers := &pool{DB: read, engine: SQLite}
	return &DB{
		engine: SQLite, read: readers, house: readers, path: path,
		group: newGroup(&pool{DB: write, engine: SQLite}, o.GroupSize),
	}, nil
}
