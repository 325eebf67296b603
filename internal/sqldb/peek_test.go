package sqldb_test

import (
	"os"
	"path/filepath"
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

func TestOneTableOfABackupIsReadWithoutAStore(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		furnish(t, db)
		path := filepath.Join(t.TempDir(), "backup")
		if err := sqldb.Backup(t.Context(), db, path); err != nil {
			t.Fatal(err)
		}
		peek := func(table, column string) (rows int, err error) {
			err = sqldb.Peek(t.Context(), path, table, []string{column, "firm"}, func(row []any) error {
				rows++
				if at, ok := row[0].(int64); !ok || len(row) != 2 {
					t.Errorf("row %v, want a whole number %d and a firm", row, at)
				}
				return nil
			})
			return rows, err
		}
		if n, err := peek("sample_note", "at"); n != 60 || err != nil {
			t.Errorf("%d notes and %v, want 60", n, err)
		}
		for _, bad := range [][2]string{{"sample_note", "nothing"}, {"nothing", "at"}} {
			if _, err := peek(bad[0], bad[1]); !fault.Has(err, "backup-damaged") {
				t.Errorf("%v gives %v, want backup-damaged", bad, err)
			}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if n, err := peek("sample_note", "at"); n != 0 || !fault.Has(err, "backup-damaged") {
			t.Errorf("a changed byte gives %d rows and %v, want backup-damaged", n, err)
		}
	})
}
