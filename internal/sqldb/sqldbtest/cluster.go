package sqldbtest

import (
	"testing"
)

// A Cluster is a PostgreSQL server for tests.
type Cluster struct{}

// A Database is one database of a Cluster.
type Database struct {
	Owner string // address to migrate with
	Login string // address to serve with: a plain role, member of both roles
}

// Postgres returns the server that all tests of this program share.
func Postgres(t testing.TB) *Cluster {
	t.Helper()
	t.Skip("no PostgreSQL server")
	return nil
}

// Database makes an empty database with its own owner and login.
func (c *Cluster) Database(t testing.TB) Database { return Database{} }
