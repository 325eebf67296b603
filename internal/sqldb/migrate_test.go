package sqldb_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

func TestAStoreThatWasNotMigratedIsRefused(t *testing.T) {
	for name, address := range map[string]func(t *testing.T) string{
		"no file":           func(t *testing.T) string { return filepath.Join(t.TempDir(), "none.db") },
		"an empty database": func(t *testing.T) string { c := sqldbtest.Postgres(t); return c.Database(t).Login },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sqldb.Open(t.Context(), address(t), sqldb.Options{})
			if err == nil || !strings.Contains(err.Error(), "zorgplicht migrate") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestMigratingAgainChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	d := sqldbtest.Postgres(t).Database(t)
	for owner, serve := range map[string]string{path: path, d.Owner: d.Login} {
		for range 2 {
			if err := sqldb.Migrate(t.Context(), owner, schemas); err != nil {
				t.Fatal(err)
			}
		}
		db := sqldbtest.Open(t, serve, sqldb.Options{Schemas: schemas})
		note(t, db, north, "a", "t", 0)
	}
}

func TestNodesMayMigrateAtOnce(t *testing.T) {
	d := sqldbtest.Postgres(t).Database(t)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := sqldb.Migrate(t.Context(), d.Owner, schemas); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestMigrateMakesTheRolesWhenItMayAndElseSaysHow(t *testing.T) {
	c := sqldbtest.Private(t, false)
	fresh := c.Database(t)
	c.Exec(t, fresh, "drop role zorgplicht_app", "drop role zorgplicht_house")
	err := sqldb.Migrate(t.Context(), fresh.Owner, schemas)
	if err == nil || !strings.Contains(err.Error(), "create role zorgplicht_app") {
		t.Fatalf("an owner who may not make roles: %v", err)
	}
	c.Exec(t, fresh, "alter role zorgplicht_test_owner createrole")
	if err := sqldb.Migrate(t.Context(), fresh.Owner, schemas); err != nil {
		t.Fatal(err)
	}
	if _, err := sqldb.Open(t.Context(), fresh.Login, sqldb.Options{}); err == nil || !strings.Contains(err.Error(), "member") {
		t.Errorf("a login that is no member: %v", err)
	}
	c.Exec(t, fresh, "grant zorgplicht_app, zorgplicht_house to zorgplicht_test_serve")
	note(t, sqldbtest.Open(t, fresh.Login, sqldb.Options{Schemas: schemas}), north, "a", "t", 0)
}

func TestAStoreThatLagsBehindOrRunsAheadIsRefused(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		address := sqldbtest.Address(t, e, schemas)
		for says, s := range map[string]sqldb.Schema{
			"run zorgplicht migrate": {Room: "other", Migrations: sqldbtest.Sample.Migrations},
			"use a newer program":    sqldbtest.SampleOld,
		} {
			_, err := sqldb.Open(t.Context(), address, sqldb.Options{Schemas: []sqldb.Schema{s}})
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v, not %q", e, err, says)
			}
		}
	}
}
