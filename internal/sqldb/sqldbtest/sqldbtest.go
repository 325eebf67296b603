// Package sqldbtest gives tests a fresh store on each engine.
package sqldbtest

import (
	"path/filepath"
	"testing"

	"zorgplicht/internal/sqldb"
)

// Each runs a test on both engines, in subtests "sqlite" and "postgres", each
// with a fresh migrated store.
//
// PostgreSQL is the server of ZORGPLICHT_TEST_POSTGRES, else a private one
// started from installed binaries. Where neither exists the subtest is skipped
// with a notice; with CI=true it fails.
func Each(t *testing.T, schemas []sqldb.Schema, test func(t *testing.T, db *sqldb.DB)) {
	t.Helper()
	for _, e := range []sqldb.Engine{sqldb.SQLite, sqldb.Postgres} {
		t.Run(string(e), func(t *testing.T) { test(t, New(t, e, schemas)) })
	}
}

// New returns a fresh migrated store that is closed at the end of the test.
func New(t testing.TB, e sqldb.Engine, schemas []sqldb.Schema) *sqldb.DB {
	t.Helper()
	return Open(t, Address(t, e, schemas), sqldb.Options{PoolSize: 4, Schemas: schemas})
}

// Address makes a fresh migrated store and returns the address to serve it from.
func Address(t testing.TB, e sqldb.Engine, schemas []sqldb.Schema) string {
	t.Helper()
	migrate, serve := filepath.Join(t.TempDir(), "store.db"), ""
	if serve = migrate; e == sqldb.Postgres {
		d := Postgres(t).Database(t)
		migrate, serve = d.Owner, d.Login
	}
	if err := sqldb.Migrate(t.Context(), migrate, schemas); err != nil {
		t.Fatal(err)
	}
	return serve
}

// Open opens a store that is closed at the end of the test.
func Open(t testing.TB, address string, o sqldb.Options) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return db
}
