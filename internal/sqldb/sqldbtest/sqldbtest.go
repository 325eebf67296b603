// Package sqldbtest gives tests a fresh store on each engine.
package sqldbtest

import (
	"os"
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
	for _, e := range Engines() {
		t.Run(string(e), func(t *testing.T) { test(t, New(t, e, schemas)) })
	}
}

// Engines are those that tests run on: both, or the one that ZORGPLICHT_TEST_ENGINE
// names where the other has a run of its own.
func Engines() []sqldb.Engine {
	if one := os.Getenv("ZORGPLICHT_TEST_ENGINE"); one != "" {
		return []sqldb.Engine{sqldb.Engine(one)}
	}
	return []sqldb.Engine{sqldb.SQLite, sqldb.Postgres}
}

// New returns a fresh migrated store that is closed at the end of the test.
func New(t testing.TB, e sqldb.Engine, schemas []sqldb.Schema) *sqldb.DB {
	t.Helper()
	return Open(t, Address(t, e, schemas), sqldb.Options{PoolSize: 4, Schemas: schemas})
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
