package sqldb

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"zorgplicht/internal/fault"
)

// Each runs a statement and tells of every row it gives; row reads its columns by what it
// is given. The first error ends it.
func (t *Tx) Each(q *Query, args []any, row func(columns func(...any) error) error) error {
	rows, err := t.Rows(q, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// All reads every row, each by scan, which is given what reads its columns. It takes what
// Rows returned as it is:
//
//	rows, err := t.Rows(notes, id)
//	return sqldb.All(rows, err, scanNote)
func All[T any](rows *Rows, err error, scan func(columns func(...any) error) (T, error)) (list []T, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// Found says for a row that is not there that nothing was found, with this reason and
// about this; any other error stays what it is.
func Found(err error, reason, about string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, reason, about)
	}
	return err
}

// There reports whether there was a row where none may be: that is no error then, and any
// other stays what it is.
func There(err error) (bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Instant is the instant that a column holds.
func Instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// MaybeInstant is the instant that a column holds, zero where it holds none.
func MaybeInstant(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return Instant(ms.Int64)
}

// Millis is an instant as a column holds it, null for the zero instant.
func Millis(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UnixMilli()
}

// Slots are the marks of so many arguments of a statement, as in `id in (?, ?, ?)`. As
// each number of them is a statement of its own, one that takes many stands for fewer
// too; see Filled.
func Slots(n int) string { return strings.Repeat("?, ", n-1) + "?" }

// Filled are the arguments for so many slots: at least one is given and at most so many,
// and the last one takes all that are left.
func Filled[T any](given []T, slots int) []any {
	args := make([]any, slots)
	for i := range args {
		args[i] = given[min(i, len(given)-1)]
	}
	return args
}
