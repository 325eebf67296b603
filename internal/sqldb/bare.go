package sqldb

import "database/sql"

// Bare opens the driver with the settings of a store and nothing else of it: no
// firms, no groups, no checks. It is what benchmarks measure a DB against. A
// SQLite file is made when it is not there; on PostgreSQL the connections act as
// the role of the app.
func Bare(address string, connections int) (*sql.DB, error) {
	if EngineOf(address) == Postgres {
		return connectPostgres(address, appRole, connections)
	}
	return connectSQLite(address, connections)
}
