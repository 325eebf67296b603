package sqldbtest

import (
	"database/sql"
	"path/filepath"
	"testing"

	"zorgplicht/internal/sqldb"
)

// Older returns a store that was migrated as far as before goes, got these rows, and was
// then brought to after, as one that is in use is.
func Older(t testing.TB, e sqldb.Engine, before, after []sqldb.Schema, rows ...string) *sqldb.DB {
	t.Helper()
	owner := filepath.Join(t.TempDir(), "store.db")
	login, put := owner, func() {
		db, err := sql.Open("sqlite", owner)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, row := range rows {
			if _, err := db.ExecContext(t.Context(), row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if e == sqldb.Postgres {
		c := Postgres(t)
		d := c.Database(t)
		owner, login, put = d.Owner, d.Login, func() { c.Exec(t, d, rows...) }
	}
	if err := sqldb.Migrate(t.Context(), owner, before); err != nil {
		t.Fatal(err)
	}
	put()
	if err := sqldb.Migrate(t.Context(), owner, after); err != nil {
		t.Fatal(err)
	}
	return Open(t, login, sqldb.Options{PoolSize: 2, Schemas: after})
}
