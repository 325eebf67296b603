package sqldb_test

import (
	"database/sql"
	"strings"
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// These say :firm and yet reach for every row: only row-level security is left.
var (
	everyTitle = sqldb.Tenant(`select title from sample_note where :firm <> ''`)
	dropAll    = sqldb.Tenant(`delete from sample_note where :firm <> ''`)
	smuggle    = sqldb.Tenant(`insert into sample_note (firm, id, title, tag) values (?, ?, 'smuggled', :firm)`)
	moveAway   = sqldb.Tenant(`update sample_note set firm = ? where firm = :firm`)
)

func TestAFirmSeesItsOwnRows(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "north's", 0)
		note(t, db, south, "a", "south's", 0)
		if got := list(t, db, north, titles); len(got) != 1 || got[0] != "north's" {
			t.Errorf("north sees %q", got)
		}
	})
}

func TestPostgresHoldsAStatementThatForgetsItsFirm(t *testing.T) {
	db := sqldbtest.New(t, sqldb.Postgres, schemas)
	note(t, db, north, "a", "north's", 0)
	note(t, db, south, "a", "south's", 0)
	if got := list(t, db, north, everyTitle); len(got) != 1 || got[0] != "north's" {
		t.Errorf("north sees %q", got)
	}
	err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error { _, err := tx.Exec(smuggle, south, "b"); return err })
	if err == nil {
		t.Error("north wrote a row of south")
	}
	err = db.Write(t.Context(), north, func(tx *sqldb.Tx) error { _, err := tx.Exec(moveAway, south); return err })
	if err == nil {
		t.Error("north moved a row to south")
	}
	err = db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
		n, err := tx.Exec(dropAll)
		if n != 1 {
			t.Errorf("north deleted %d rows", n)
		}
		return err
	})
	if err != nil || count(t, db) != 1 {
		t.Errorf("%v, %d notes left", err, count(t, db))
	}
}

func TestPostgresBindsTheHouseToReading(t *testing.T) {
	db := sqldbtest.New(t, sqldb.Postgres, schemas)
	note(t, db, north, "a", "north's", 0)
	do := func(q *sqldb.Query) error {
		return db.HouseWrite(t.Context(), func(tx *sqldb.Tx) error { _, err := tx.Exec(q); return err })
	}
	if do(noNotes) == nil {
		t.Error("the house deleted a firm's notes")
	}
	if err := do(allLines); err != nil {
		t.Errorf("lines are the house's to edit: %v", err)
	}
}

// raw opens a plain connection, as somebody with psql would.
func raw(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestPostgresShowsNothingToOwnerAndLogin(t *testing.T) {
	c := sqldbtest.Postgres(t)
	d := c.Migrated(t, schemas)
	db := sqldbtest.Open(t, d.Login, sqldb.Options{PoolSize: 2})
	note(t, db, north, "a", "north's", 0)
	var n int
	if err := raw(t, d.Owner).QueryRow(`select count(*) from sample_note`).Scan(&n); err != nil || n != 0 {
		t.Errorf("the owner sees %d notes: %v", n, err)
	}
	if err := raw(t, d.Login).QueryRow(`select count(*) from sample_note`).Scan(&n); err == nil {
		t.Error("the login reads without taking a role")
	}
	if err := raw(t, d.Login+"&role=zorgplicht_app").QueryRow(`select count(*) from sample_note`).Scan(&n); err != nil || n != 0 {
		t.Errorf("app sees %d notes while no firm is set: %v", n, err)
	}
	if err := raw(t, d.Login+"&role=zorgplicht_app").QueryRow(`select count(*) from sample_link`).Scan(&n); err == nil {
		t.Error("app reads a table of the house")
	}
	if _, err := raw(t, d.Login+"&role=zorgplicht_house").Exec(`update sample_fact set body = body`); err == nil {
		t.Error("the house may update what is append-only")
	}
}

func TestServeRefusesALoginThatNothingBinds(t *testing.T) {
	c := sqldbtest.Postgres(t)
	d := c.Migrated(t, schemas)
	for _, tt := range []struct{ name, make string }{
		{"a superuser is refused", "superuser login"},
		{"a login that passes row-level security is refused", "bypassrls login"},
		{"a login that may become one is refused", "login"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			role := "zorgplicht_test_" + strings.Fields(tt.make)[0]
			c.Exec(t, d, "create role "+role+" "+tt.make+" password 'zorgplicht-test'", "grant zorgplicht_app, zorgplicht_house to "+role)
			t.Cleanup(func() { c.Exec(t, d, "drop role "+role) })
			if tt.make == "login" {
				c.Exec(t, d, "create role zorgplicht_test_free bypassrls", "grant zorgplicht_test_free to "+role)
				t.Cleanup(func() { c.Exec(t, d, "drop role zorgplicht_test_free") })
			}
			db, err := sqldb.Open(t.Context(), c.As(d, role), sqldb.Options{})
			if err == nil {
				db.Close()
			}
			if !fault.Has(err, "role-not-bound") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestEveryTableIsProtected(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		if err := sqldb.CheckProtection(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}

func TestATableLeftOpenIsFound(t *testing.T) {
	c := sqldbtest.Postgres(t)
	for _, tt := range []struct{ name, open, says string }{
		{"security switched off", `alter table sample_note disable row level security`, "sample_note"},
		{"security not forced on the owner", `alter table sample_note no force row level security`, "sample_note"},
		{"no policy", `drop policy firm on sample_note`, "sample_note"},
		{"a house table with a firm column opened to app", `grant select on sample_link to zorgplicht_app`, "sample_link"},
		{"a table that no room knows", `create table stray (firm text)`, "stray"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := c.Migrated(t, schemas)
			c.Exec(t, d, tt.open)
			db := sqldbtest.Open(t, d.Login, sqldb.Options{PoolSize: 1})
			if err := sqldb.CheckProtection(t.Context(), db); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v", err)
			}
		})
	}
}
