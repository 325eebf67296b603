package sqldb

import (
	"context"
	"fmt"
	"os"
	"slices"

	"zorgplicht/internal/fault"
)

// Peek reads some columns of one table in a backup, row by row, and touches no
// store: who restores can look before he does. A file that is damaged is
// fault.Invalid "backup-damaged", as it is for Restore; so is one without the
// table or one of the columns. Whole numbers come as int64, bytes as []byte.
func Peek(ctx context.Context, path, table string, columns []string, each func(row []any) error) error {
	if err := peek(ctx, path, table, columns, each); err != nil {
		return fmt.Errorf("read backup: %w", mapped(err))
	}
	return nil
}

func peek(ctx context.Context, path, table string, columns []string, each func(row []any) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	kind, size, err := intact(f)
	if err != nil {
		return err
	}
	from, err := openSource(ctx, f, kind, size)
	if err != nil {
		return err
	}
	defer from.close()
	for _, t := range from.contents().Tables { // in this order only
		hand := func([]any) error { return nil }
		if t.Name == table {
			if hand, err = pick(t.Columns, columns, each); err != nil {
				return err
			}
		}
		if _, err := from.table(ctx, t, hand); err != nil {
			return err
		}
		if t.Name == table {
			return nil
		}
	}
	return fault.New(fault.Invalid, "backup-damaged", "no table "+table)
}

// pick narrows a row to the columns that were asked for.
func pick(have, want []string, each func([]any) error) (func([]any) error, error) {
	at := make([]int, len(want))
	for i, name := range want {
		if at[i] = slices.Index(have, name); at[i] < 0 {
			return nil, fault.New(fault.Invalid, "backup-damaged", "no column "+name)
		}
	}
	out := make([]any, len(want))
	return func(row []any) error {
		for i, n := range at {
			out[i] = row[n]
		}
		return each(out)
	}, nil
}
