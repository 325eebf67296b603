package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"
)

// loadSQLite fills the tables in one transaction, with triggers and foreign keys
// aside, and looks at the foreign keys at its end.
func loadSQLite(ctx context.Context, from source, path string) (int64, error) {
	db, err := connectSQLite(path, 1)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `pragma foreign_keys = off`); err != nil {
		return 0, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	again, err := liftTriggers(ctx, tx)
	if err != nil {
		return 0, err
	}
	var total int64
	for _, t := range from.contents().Tables {
		n, err := insertAll(ctx, tx, from, t)
		if err != nil {
			return 0, fmt.Errorf("table %s: %w", t.Name, err)
		}
		total += n
	}
	for _, text := range again {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return 0, err
		}
	}
	var orphan string
	if err := tx.QueryRowContext(ctx, `select "table" from pragma_foreign_key_check`).Scan(&orphan); !errors.Is(err, sql.ErrNoRows) {
		return 0, errors.Join(err, fmt.Errorf("table %s names rows that are not there", orphan))
	}
	return total, tx.Commit()
}

// liftTriggers drops the triggers and returns the statements that bring them back.
func liftTriggers(ctx context.Context, tx *sql.Tx) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `select name, sql from sqlite_schema where type = 'trigger'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names, texts []string
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		names, texts = append(names, name), append(texts, text)
	}
	for _, name := range names {
		if _, err := tx.ExecContext(ctx, `drop trigger `+quote(name)); err != nil {
			return nil, err
		}
	}
	return texts, rows.Err()
}

func insertAll(ctx context.Context, tx *sql.Tx, from source, t tableColumns) (int64, error) {
	if _, err := tx.ExecContext(ctx, `delete from `+quote(t.Name)); err != nil { // what a migration put there
		return 0, err
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(t.Columns)), ", ")
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf(`insert into %s (%s) values (%s)`, quote(t.Name), quoteAll(t.Columns), marks))
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	return from.table(ctx, t, func(row []any) error {
		_, err := insert.ExecContext(ctx, row...)
		return err
	})
}

// loadPostgres fills the tables in one transaction, with triggers, foreign keys
// and the owner's own row-level security aside; the last comes back with the
// migration that follows.
func loadPostgres(ctx context.Context, from source, address string) (int64, error) {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	tx, err := conn.Begin(ctx)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	lift, again, err := foreignKeys(ctx, tx)
	if err != nil {
		return 0, err
	}
	if err := execAll(ctx, tx, lift); err != nil {
		return 0, err
	}
	var total int64
	for _, t := range from.contents().Tables {
		n, err := copyAll(ctx, tx, from, t)
		if err != nil {
			return 0, fmt.Errorf("table %s: %w", t.Name, err)
		}
		total += n
	}
	if err := execAll(ctx, tx, again); err != nil {
		return 0, err
	}
	return total, tx.Commit(ctx)
}

func execAll(ctx context.Context, tx pgx.Tx, texts []string) error {
	for _, text := range texts {
		if _, err := tx.Exec(ctx, text); err != nil {
			return fmt.Errorf("%w: %s", err, text)
		}
	}
	return nil
}

// foreignKeys returns the statements that drop all foreign keys of this schema,
// and those that make them again, which checks every row.
func foreignKeys(ctx context.Context, tx pgx.Tx) (lift, again []string, err error) {
	rows, err := tx.Query(ctx, `select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
		from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var table, name, definition string
		if err := rows.Scan(&table, &name, &definition); err != nil {
			return nil, nil, err
		}
		lift = append(lift, fmt.Sprintf("alter table %s drop constraint %s", table, name))
		again = append(again, fmt.Sprintf("alter table %s add constraint %s %s", table, name, definition))
	}
	return lift, again, rows.Err()
}

func copyAll(ctx context.Context, tx pgx.Tx, from source, t tableColumns) (int64, error) {
	name := quote(t.Name)
	prepare := []string{"alter table " + name + " no force row level security", "alter table " + name + " disable trigger user", "delete from " + name}
	if err := execAll(ctx, tx, prepare); err != nil {
		return 0, err
	}
	var broke error
	next, stop := iter.Pull(func(yield func([]any) bool) {
		_, broke = from.table(ctx, t, func(row []any) error {
			if !yield(row) {
				return errors.New("the copy ended early")
			}
			return nil
		})
	})
	defer stop()
	n, err := tx.CopyFrom(ctx, pgx.Identifier{t.Name}, t.Columns, pgx.CopyFromFunc(func() ([]any, error) {
		if row, more := next(); more {
			return row, nil
		}
		return nil, broke
	}))
	if err != nil {
		return 0, err
	}
	return n, execAll(ctx, tx, []string{"alter table " + name + " enable trigger user"})
}
