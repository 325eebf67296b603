package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"zorgplicht/internal/fault"
)

// check holds the store against this program.
func (db *DB) check(ctx context.Context, o Options) error {
	err := db.HouseRead(ctx, func(t *Tx) (err error) {
		db.tables, err = readTables(ctx, t.tx)
		return err
	})
	if err != nil {
		if fault.Is(err, fault.Unavailable) {
			return err
		}
		return fmt.Errorf("the store was not migrated (run zorgplicht migrate): %w", err)
	}
	if err := db.tied(); err != nil {
		return err
	}
	return db.current(ctx, o.Schemas)
}

func readTables(ctx context.Context, tx *sql.Tx) (map[string]table, error) {
	rows, err := tx.QueryContext(ctx, `select name, room, tenant from sqldb_table`)
	if err != nil {
		return nil, mapped(err)
	}
	defer rows.Close()
	tables := map[string]table{}
	for rows.Next() {
		var name string
		var tb table
		if err := rows.Scan(&name, &tb.room, &tb.tenant); err != nil {
			return nil, err
		}
		tables[name] = tb
	}
	return tables, mapped(rows.Err())
}

// tied looks at every registered statement: each tenant table it names must be
// tied to the firm.
func (db *DB) tied() error {
	tenant := map[string]bool{}
	for name, t := range db.tables {
		if t.tenant {
			tenant[name] = true
		}
	}
	registry.Lock()
	defer registry.Unlock()
	var errs []error
	for _, q := range registry.queries {
		if q.house {
			continue
		}
		if err := firmless(q.text, tenant); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", q.origin, err))
		}
	}
	for _, f := range registry.parts {
		if err := firmless(f.text, tenant); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.origin, err))
		}
	}
	return errors.Join(errs...)
}

// current refuses a store that lags behind the program or runs ahead of it.
func (db *DB) current(ctx context.Context, schemas []Schema) error {
	for _, s := range schemas {
		newest, err := newestVersion(s)
		if err != nil {
			return err
		}
		var have sql.NullInt64
		row := db.house.QueryRowContext(ctx, `select max(version_id) from goose_`+s.Room)
		if err := row.Scan(&have); err != nil && unavailable(err) != "" {
			return mapped(err)
		}
		switch {
		case have.Int64 < newest:
			return fmt.Errorf("room %s of the store is at version %d, this program needs %d: run zorgplicht migrate", s.Room, have.Int64, newest)
		case have.Int64 > newest:
			return fmt.Errorf("room %s of the store is at version %d, this program knows up to %d: use a newer program", s.Room, have.Int64, newest)
		}
	}
	return nil
}

// CheckStatements prepares every registered statement of the program on the
// store, with each piece that belongs to it, and returns all that the engine
// refuses. A suite that links all rooms calls it on both engines.
func CheckStatements(ctx context.Context, db *DB) error {
	registry.Lock()
	queries, parts := slices.Clone(registry.queries), slices.Clone(registry.parts)
	registry.Unlock()
	var errs []error
	for _, q := range queries {
		for _, c := range append([]*Query{q}, q.seen()...) {
			errs = append(errs, db.prepares(ctx, c))
		}
	}
	for _, f := range parts {
		if len(f.of) == 0 {
			errs = append(errs, fmt.Errorf("%s: name the statements that this piece belongs to", f.origin))
		}
		for _, q := range f.of {
			errs = append(errs, db.prepares(ctx, q.With(f)))
		}
	}
	return errors.Join(errs...)
}

// seen are the compositions made so far.
func (q *Query) seen() []*Query {
	q.mu.Lock()
	defer q.mu.Unlock()
	var qs []*Query
	for _, c := range q.composed {
		qs = append(qs, c)
	}
	return qs
}

func (db *DB) prepares(ctx context.Context, q *Query) error {
	p := db.read
	if q.house {
		p = db.house
	}
	s, err := p.PrepareContext(ctx, q.on(db.engine).text)
	if err != nil {
		return fmt.Errorf("%s: %w: %s", q.origin, err, q.text)
	}
	return s.Close()
}
