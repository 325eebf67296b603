package sqldbtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"zorgplicht/internal/sqldb"
)

// Address makes a fresh migrated store and returns the address to serve it from.
func Address(t testing.TB, e sqldb.Engine, schemas []sqldb.Schema) string {
	t.Helper()
	if e == sqldb.Postgres {
		return Postgres(t).Migrated(t, schemas).Login
	}
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, file(t, schemas), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Migrated makes a fresh database with the tables of these rooms. The first test
// migrates, the others get a copy.
func (c *Cluster) Migrated(t testing.TB, schemas []sqldb.Schema) Database {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.templates == nil {
		c.templates = map[string]string{}
	}
	from := c.templates[key(schemas)]
	if from == "" {
		d, err := c.create(t.Context(), "template0")
		if err != nil {
			t.Fatal(err)
		}
		if err := sqldb.Migrate(t.Context(), d.Owner, schemas); err != nil {
			t.Fatal(err)
		}
		from, c.templates[key(schemas)] = d.Name, d.Name
	}
	return c.database(t, from)
}

var files struct {
	sync.Mutex
	made map[string][]byte
}

// file returns the bytes of a migrated SQLite store.
func file(t testing.TB, schemas []sqldb.Schema) []byte {
	t.Helper()
	files.Lock()
	defer files.Unlock()
	if b := files.made[key(schemas)]; b != nil {
		return b
	}
	path := filepath.Join(t.TempDir(), "template.db")
	if err := sqldb.Migrate(t.Context(), path, schemas); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if files.made == nil {
		files.made = map[string][]byte{}
	}
	files.made[key(schemas)] = b
	return b
}

// key tells sets of schemas apart within one test program.
func key(schemas []sqldb.Schema) string {
	var b strings.Builder
	for _, s := range schemas {
		files, _ := fs.Glob(s.Migrations, "migrations/*/*")
		fmt.Fprintf(&b, "%s %d %q %q %q %q\n", s.Room, len(files), s.Tenant, s.House, s.HouseEdits, s.AppendOnly)
	}
	return b.String()
}
