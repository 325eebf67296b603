package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// CheckProtection looks at the store's own catalogue: every table belongs to a
// room, every tenant table has its firm column, and on PostgreSQL each table with
// such a column is either behind forced row-level security or closed to app. A
// suite that migrates all rooms calls it on both engines.
func CheckProtection(ctx context.Context, db *DB) error {
	found, err := db.catalogue(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for name, f := range found {
		t, known := db.tables[name]
		switch {
		case !known && (strings.HasPrefix(name, "goose_") || name == "sqldb_table" || strings.HasPrefix(name, "sqlite_")):
		case !known:
			errs = append(errs, fmt.Errorf("table %s belongs to no room", name))
		case t.tenant && !f.firm:
			errs = append(errs, fmt.Errorf("tenant table %s has no column firm", name))
		case !f.bound:
			errs = append(errs, fmt.Errorf("table %s is not bound: %s", name, f.why))
		}
	}
	for name := range db.tables {
		if _, there := found[name]; !there {
			errs = append(errs, fmt.Errorf("table %s of room %s does not exist", name, db.tables[name].room))
		}
	}
	return errors.Join(errs...)
}

type protectionOf struct {
	firm, bound bool
	why         string
}

func (db *DB) catalogue(ctx context.Context) (map[string]protectionOf, error) {
	text := `select t.name, exists (select 1 from pragma_table_info(t.name) c where c.name = 'firm'),
		t.strict or t.name glob 'goose_*' or t.name glob 'sqlite_*', 'it is not strict'
		from pragma_table_list t where t.schema = 'main' and t.type = 'table'`
	if db.engine == Postgres {
		text = `select c.relname, f.firm,
			not (f.firm and has_table_privilege('` + appRole + `', c.oid, 'select, insert, update, delete, truncate'))
			or (c.relrowsecurity and c.relforcerowsecurity and exists (
				select 1 from pg_policy p join pg_roles r on r.oid = any (p.polroles) where p.polrelid = c.oid and r.rolname = '` + appRole + `')),
			'app may use it without row-level security by firm'
			from pg_class c cross join lateral (
				select exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'firm' and not a.attisdropped) as firm) f
			where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`
	}
	rows, err := db.house.QueryContext(ctx, text)
	if err != nil {
		return nil, mapped(err)
	}
	return scanCatalogue(rows)
}

func scanCatalogue(rows *sql.Rows) (map[string]protectionOf, error) {
	defer rows.Close()
	found := map[string]protectionOf{}
	for rows.Next() {
		var name string
		var p protectionOf
		if err := rows.Scan(&name, &p.firm, &p.bound, &p.why); err != nil {
			return nil, err
		}
		found[name] = p
	}
	return found, mapped(rows.Err())
}
