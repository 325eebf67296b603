package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"zorgplicht/internal/fault"
)

// The roles that a login of PostgreSQL takes on. The app sees the rows of the
// firm of its transaction; the house reads all rows and writes its own tables.
const (
	appRole   = "zorgplicht_app"
	houseRole = "zorgplicht_house"
)

// connectPostgres opens connections that act as a role, or as the login itself
// where role is empty.
func connectPostgres(address, role string, size int) (*sql.DB, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("the address of PostgreSQL cannot be read; it looks like postgres://user:password@host:5432/database")
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	// A server that vanished without a word is missed within half a minute.
	d := net.Dialer{Timeout: c.ConnectTimeout, KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	c.DialFunc = d.DialContext
	if role != "" {
		c.RuntimeParams["role"] = role
		c.RuntimeParams["lock_timeout"] = "10s"
		c.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
		// Pages are short and many at once: workers that help one of them take longer to
		// start than their work does.
		c.RuntimeParams["max_parallel_workers_per_gather"] = "0"
		// Every statement of a page has its index, and disks have no heads any more.
		c.RuntimeParams["random_page_cost"] = "1.1"
	}
	c.RuntimeParams["application_name"] = "zorgplicht"
	c.RuntimeParams["timezone"] = "UTC"
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

func openPostgres(ctx context.Context, address string, o Options) (*DB, error) {
	app, err := connectPostgres(address, appRole, o.PoolSize)
	if err != nil {
		return nil, err
	}
	if err := bound(ctx, app); err != nil {
		app.Close()
		return nil, err
	}
	house, err := connectPostgres(address, houseRole, o.PoolSize)
	if err != nil {
		app.Close()
		return nil, err
	}
	return &DB{
		engine: Postgres,
		read:   &pool{DB: app, engine: Postgres},
		house:  &pool{DB: house, engine: Postgres},
	}, nil
}

// bound refuses a login that row-level security does not hold, or that may
// become one: the isolation of firms would rest on our statements alone.
func bound(ctx context.Context, db *sql.DB) error {
	var free string
	err := db.QueryRowContext(ctx, `select rolname from pg_roles
		where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'member') order by rolname limit 1`).Scan(&free)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil:
		return fault.Because(fault.Denied, "role-not-bound", fmt.Errorf(
			"the login is, or may become, %q, which has SUPERUSER or BYPASSRLS; serve with a plain login role that is a member of %s and %s", free, appRole, houseRole))
	}
	if m := mapped(err); fault.Is(m, fault.Unavailable) {
		return m
	}
	return fmt.Errorf("take role %s: %w (zorgplicht migrate makes it; the login must be a member)", appRole, err)
}
