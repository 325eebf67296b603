package sqldbtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A Cluster is a PostgreSQL server for tests, with an owner who migrates and a
// login that serves, as an operator would make them.
type Cluster struct {
	Admin   string // address of the administrator
	private *private

	mu        sync.Mutex
	templates map[string]string // migrated databases to copy, by their rooms
}

// A Database is one database of a Cluster.
type Database struct {
	Name  string
	Owner string // address to migrate, back up and restore with
	Login string // address to serve with: a plain role that may become app or house
}

// The roles of the cluster. The password serves servers that ask one.
const (
	owner    = "zorgplicht_test_owner"
	login    = "zorgplicht_test_serve"
	password = "zorgplicht-test"
)

// shared is the server of this program, started when first asked for.
var shared = sync.OnceValues(func() (*Cluster, error) {
	if admin := os.Getenv("ZORGPLICHT_TEST_POSTGRES"); admin != "" && admin != "none" {
		c := &Cluster{Admin: admin}
		return c, c.makeRoles()
	}
	return start(false)
})

// Postgres returns the server that all tests of this program share. Where there
// is none the test is skipped, or fails when CI=true.
func Postgres(t testing.TB) *Cluster {
	t.Helper()
	return must(t)(shared())
}

// Private starts a server for this test alone, which may Stop and Start it.
// Durable makes its commits reach the disk, for benchmarks.
func Private(t testing.TB, durable bool) *Cluster {
	t.Helper()
	c := must(t)(start(durable))
	t.Cleanup(func() {
		if err := c.private.remove(); err != nil {
			t.Errorf("remove PostgreSQL: %v", err)
		}
	})
	return c
}

// Stop ends the server of a Private cluster; every session is cut off.
func (c *Cluster) Stop(t testing.TB) {
	t.Helper()
	if err := c.private.stop(); err != nil {
		t.Fatalf("stop PostgreSQL: %v", err)
	}
}

// Start starts it again.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	if err := c.private.start(); err != nil {
		t.Fatal(err)
	}
}

// Database makes an empty database that is dropped at the end of the test.
func (c *Cluster) Database(t testing.TB) Database { t.Helper(); return c.database(t, "template0") }

// As returns the address of the database for another role of the cluster.
func (c *Cluster) As(d Database, role string) string { return c.address(role, d.Name) }

// Exec runs statements as the administrator, in the database.
func (c *Cluster) Exec(t testing.TB, d Database, statements ...string) {
	t.Helper()
	at, _ := url.Parse(c.Admin)
	at.Path = "/" + d.Name
	if err := execute(context.WithoutCancel(t.Context()), at.String(), statements...); err != nil {
		t.Fatal(err)
	}
}

func (c *Cluster) database(t testing.TB, template string) Database {
	t.Helper()
	d, err := c.create(t.Context(), template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(context.Background(), c.Admin, `drop database `+d.Name+` with (force)`); err != nil {
			t.Logf("drop database: %v", err) // its server may be stopped for good
		}
	})
	return d
}

func (c *Cluster) create(ctx context.Context, template string) (Database, error) {
	name := "zorgplicht_" + strings.ToLower(rand.Text()[:16])
	err := execute(ctx, c.Admin, fmt.Sprintf(`create database %s template %s owner %s`, name, template, owner))
	return Database{Name: name, Owner: c.address(owner, name), Login: c.address(login, name)}, err
}

func (c *Cluster) address(role, database string) string {
	u, _ := url.Parse(c.Admin)
	u.User, u.Path = url.UserPassword(role, password), "/"+database
	return u.String()
}

func start(durable bool) (*Cluster, error) {
	p, err := newPrivate(durable)
	if err != nil {
		return nil, err
	}
	c := &Cluster{Admin: p.admin(), private: p}
	return c, c.makeRoles()
}

// makeRoles makes owner, login and the roles of the store. The lock is for the
// test programs of other packages, on the same server at the same time.
func (c *Cluster) makeRoles() error {
	text := []string{`select pg_advisory_lock(7303014003)`}
	for _, role := range []string{owner + " login", login + " login noinherit", "zorgplicht_app nologin", "zorgplicht_house nologin"} {
		name, _, _ := strings.Cut(role, " ")
		text = append(text, fmt.Sprintf(`do $$ begin if not exists (select from pg_roles where rolname = '%s') then create role %s password '%s'; end if; end $$`, name, role, password))
	}
	text = append(text, `grant zorgplicht_app, zorgplicht_house to `+login)
	return execute(context.Background(), c.Admin, text...)
}

func execute(ctx context.Context, address string, statements ...string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, text := range statements {
		if _, err := conn.Exec(ctx, text); err != nil {
			return fmt.Errorf("%w: %s", err, text)
		}
	}
	return nil
}

func must(t testing.TB) func(*Cluster, error) *Cluster {
	return func(c *Cluster, err error) *Cluster {
		t.Helper()
		switch {
		case errors.Is(err, errNoServer) && os.Getenv("CI") != "true":
			t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
		case err != nil:
			t.Fatal(err)
		}
		return c
	}
}
