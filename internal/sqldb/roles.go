package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// migrating is the key of the lock under which one node at a time migrates.
const migrating = 7_303_014_002

func migratePostgres(ctx context.Context, address string, schemas []Schema, upTo map[string]int64) error {
	db, err := connectPostgres(address, "", 4)
	if err != nil {
		return err
	}
	defer db.Close()
	lock, err := db.Conn(ctx)
	if err != nil {
		return mapped(err)
	}
	defer lock.Close() // ends the session of the lock, and so the lock
	if _, err := lock.ExecContext(ctx, `select pg_advisory_lock($1)`, int64(migrating)); err != nil {
		return mapped(err)
	}
	defer lock.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock($1)`, int64(migrating))
	if err := makeRoles(ctx, db); err != nil {
		return err
	}
	if err := migrateOn(ctx, db, Postgres, schemas, upTo); err != nil {
		return err
	}
	if upTo != nil {
		return nil
	}
	return protect(ctx, db, schemas)
}

// makeRoles makes the two roles that a login takes on. They cannot log in.
func makeRoles(ctx context.Context, db *sql.DB) error {
	var missing []string
	for _, role := range []string{appRole, houseRole} {
		var n int
		if err := db.QueryRowContext(ctx, `select count(*) from pg_roles where rolname = $1`, role).Scan(&n); err != nil {
			return mapped(err)
		}
		if n == 0 {
			missing = append(missing, fmt.Sprintf("create role %s nologin noinherit;", role))
		}
	}
	for _, text := range missing {
		if _, err := db.ExecContext(ctx, text); err != nil && !isCode(err, "42710", "23505") { // made meanwhile, for another database
			return fmt.Errorf("%w; an administrator can run: %s", mapped(err), strings.Join(missing, " "))
		}
	}
	return nil
}

// protect gives the roles their tables and bars the rest: each tenant table shows
// the app the rows of its firm, and nothing while no firm is set. All of it in one
// transaction, so that no table stands open meanwhile.
func protect(ctx context.Context, db *sql.DB, schemas []Schema) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return mapped(err)
	}
	defer tx.Rollback()
	for _, text := range protection(schemas) {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%w: %s", mapped(err), text)
		}
	}
	return mapped(tx.Commit())
}

func protection(schemas []Schema) []string {
	out := []string{`do $$ begin execute format('grant usage on schema %I to ` + appRole + `, ` + houseRole + `', current_schema()); end $$`}
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	add("revoke all on sqldb_table from %s, %s", appRole, houseRole)
	add("grant select on sqldb_table to %s, %s", appRole, houseRole)
	for _, s := range schemas {
		add("grant select on %s to %s", quote("goose_"+s.Room), houseRole)
		for _, name := range slices.Concat(s.Tenant, s.House) {
			add("revoke all on %s from public, %s, %s", quote(name), appRole, houseRole)
		}
		for _, name := range s.House {
			add("grant %s on %s to %s", s.rights(name), quote(name), houseRole)
		}
		for _, name := range s.Tenant {
			out = append(out, s.tenantTable(name)...)
		}
	}
	return out
}

func (s Schema) tenantTable(name string) []string {
	t := quote(name)
	houseMay, rights := "select", "select"
	if slices.Contains(s.HouseEdits, name) {
		houseMay, rights = "all", s.rights(name)
	}
	check := ""
	if houseMay == "all" {
		check = " with check (true)"
	}
	return []string{
		fmt.Sprintf("grant %s on %s to %s", s.rights(name), t, appRole),
		fmt.Sprintf("grant %s on %s to %s", rights, t, houseRole),
		fmt.Sprintf("alter table %s enable row level security", t),
		fmt.Sprintf("alter table %s force row level security", t),
		fmt.Sprintf("drop policy if exists firm on %s", t),
		fmt.Sprintf("create policy firm on %s to %s using (firm = current_setting('zorgplicht.firm', true)) with check (firm = current_setting('zorgplicht.firm', true))", t, appRole),
		fmt.Sprintf("drop policy if exists house on %s", t),
		fmt.Sprintf("create policy house on %s for %s to %s using (true)%s", t, houseMay, houseRole, check),
	}
}

func (s Schema) rights(name string) string {
	if slices.Contains(s.AppendOnly, name) {
		return "select, insert"
	}
	return "select, insert, update, delete"
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
