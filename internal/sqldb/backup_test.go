package sqldb_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

var (
	everything = sqldb.House(`select firm, id, title, body, weight, at, tag from sample_note order by firm, id`)
	everyLine  = sqldb.House(`select firm, note, line, after, text from sample_line order by firm, note, line desc`)
	everyFact  = sqldb.House(`select firm, id, body from sample_fact order by id`)
	everyLink  = sqldb.House(`select hash, firm from sample_link order by hash`)
)

// furnish puts in the store what is most easily lost on the way.
func furnish(t *testing.T, db *sqldb.DB) {
	t.Helper()
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	titles := []string{"", "'quoted' \"twice\" \\n", "één €, ĳ", "line\nbreak\r\n\ttab ", "🦊", "e\u0301 is not é", " spaces "}
	bodies := [][]byte{nil, {}, {0}, all, bytes.Repeat([]byte("x"), 100_000)}
	weights := []any{nil, 0.0, -1.5, math.MaxFloat64, math.SmallestNonzeroFloat64, 0.1}
	ats := []int64{0, -1, math.MaxInt64, math.MinInt64, 1_795_000_000_000}
	for _, firm := range []ident.Firm{north, south} {
		err := db.Write(t.Context(), firm, func(tx *sqldb.Tx) error {
			var errs []error
			exec := func(q *sqldb.Query, args ...any) { _, err := tx.Exec(q, args...); errs = append(errs, err) }
			for i := range 30 {
				id := fmt.Sprint("n", i)
				exec(addNote, id, titles[i%len(titles)], bodies[i%len(bodies)], weights[i%len(weights)], ats[i%len(ats)])
				exec(addFact, string(firm)+id, bodies[1+i%4])
			}
			exec(addLine, "n1", 9, nil, nil)
			exec(addLine, "n1", 1, 9, "a line that comes before the one it follows")
			return errors.Join(errs...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := db.HouseWrite(t.Context(), func(tx *sqldb.Tx) error { _, err := tx.Exec(addLink, ident.HashOf(all), north); return err })
	if err != nil {
		t.Fatal(err)
	}
}

// look returns every value of every row, with its type; long ones by their hash.
func look(t *testing.T, db *sqldb.DB) (out []string) {
	t.Helper()
	err := db.HouseRead(t.Context(), func(tx *sqldb.Tx) error {
		for _, q := range []*sqldb.Query{everything, everyLine, everyFact, everyLink} {
			rows, err := tx.Rows(q)
			if err != nil {
				return err
			}
			cols, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				row, into := make([]any, len(cols)), make([]any, len(cols))
				for i := range row {
					into[i] = &row[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				line := ""
				for _, v := range row {
					if b, ok := v.([]byte); ok && len(b) > 300 {
						v = ident.HashOf(b)
					}
					line += fmt.Sprintf("%T %q, ", v, fmt.Sprint(v))
				}
				out = append(out, line)
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// place is an empty store: where to restore, and where to serve from.
func place(t *testing.T, e sqldb.Engine) (restore, serve string) {
	t.Helper()
	if e == sqldb.SQLite {
		path := filepath.Join(t.TempDir(), "restored.db")
		return path, path
	}
	d := sqldbtest.Postgres(t).Database(t)
	return d.Owner, d.Login
}

func TestABackupIsRestoredByteForByteOnEitherEngine(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		furnish(t, db)
		want := look(t, db)
		file := filepath.Join(t.TempDir(), "backup")
		if err := sqldb.Backup(t.Context(), db, file); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v: %v", info.Mode(), err)
		}
		for _, e := range sqldbtest.Engines() {
			t.Run("to "+string(e), func(t *testing.T) {
				owner, serve := place(t, e)
				n, err := sqldb.Restore(t.Context(), file, owner, schemas)
				if err != nil {
					t.Fatal(err)
				}
				if int(n) != len(want) {
					t.Errorf("%d rows restored of %d", n, len(want))
				}
				got := sqldbtest.Open(t, serve, sqldb.Options{Schemas: schemas})
				if diff := cmp.Diff(want, look(t, got)); diff != "" {
					t.Error(diff)
				}
				if err := sqldb.CheckProtection(t.Context(), got); err != nil {
					t.Error(err)
				}
				if got.Write(t.Context(), north, func(tx *sqldb.Tx) error { _, err := tx.Exec(dropFact); return err }) == nil {
					t.Error("after the restore facts can be removed")
				}
				if got.Write(t.Context(), north, func(tx *sqldb.Tx) error { _, err := tx.Exec(addLine, "none", 1, nil, nil); return err }) == nil {
					t.Error("after the restore a line needs no note")
				}
				_, err = sqldb.Restore(t.Context(), file, owner, schemas)
				if !fault.Has(err, "store-not-empty") {
					t.Errorf("restored over a store that is in use: %v", err)
				}
			})
		}
	})
}

func TestABackupOfAnEarlierProgramIsBroughtUpToDate(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{sqldbtest.SampleOld}, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "from before", 0)
		file := filepath.Join(t.TempDir(), "backup")
		if err := sqldb.Backup(t.Context(), db, file); err != nil {
			t.Fatal(err)
		}
		for _, e := range sqldbtest.Engines() {
			owner, serve := place(t, e)
			if _, err := sqldb.Restore(t.Context(), file, owner, schemas); err != nil {
				t.Fatal(err)
			}
			got := sqldbtest.Open(t, serve, sqldb.Options{Schemas: schemas})
			if rows := look(t, got); len(rows) != 2 || !strings.Contains(rows[0], "from before") || !strings.Contains(rows[1], "by the migration") {
				t.Errorf("%s: %v", e, rows)
			}
		}
	})
}

func TestABackupOfANewerProgramIsRefused(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		file := filepath.Join(t.TempDir(), "backup")
		if err := sqldb.Backup(t.Context(), db, file); err != nil {
			t.Fatal(err)
		}
		owner, _ := place(t, db.Engine())
		for _, known := range [][]sqldb.Schema{{sqldbtest.SampleOld}, nil} {
			if _, err := sqldb.Restore(t.Context(), file, owner, known); !fault.Has(err, "backup-newer") {
				t.Errorf("%v", err)
			}
		}
	})
}

func TestADamagedBackupIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "t", 0)
		file := filepath.Join(t.TempDir(), "backup")
		if err := sqldb.Backup(t.Context(), db, file); err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "restored.db")
		refused := func(what string, b []byte) {
			t.Helper()
			if err := os.WriteFile(file, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := sqldb.Restore(t.Context(), file, target, schemas); !fault.Has(err, "backup-damaged") {
				t.Fatalf("%s: %v", what, err)
			}
			if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
				t.Fatalf("%s: something was written", what)
			}
		}
		for i := 0; i < len(whole); i += 1 + len(whole)/200 {
			b := bytes.Clone(whole)
			b[i] ^= 1
			refused(fmt.Sprintf("byte %d of %d changed", i, len(b)), b)
		}
		for _, i := range []int{1, 2, 40, 64, 65, 66, 70, 80, 90} {
			b := bytes.Clone(whole)
			b[len(b)-i] ^= 0x20
			refused(fmt.Sprintf("byte %d from the end changed", i), b)
		}
		refused("empty", nil)
		refused("half", whole[:len(whole)/2])
		refused("one byte short", whole[:len(whole)-1])
		refused("one byte more", append(bytes.Clone(whole), 0))
	})
}

func TestABackupNeverReplacesAFile(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	file := filepath.Join(t.TempDir(), "backup")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sqldb.Backup(t.Context(), db, file); !fault.Has(err, "backup-exists") {
		t.Errorf("%v", err)
	}
}

func TestABackupThatIsCancelledLeavesNoFile(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		dir := t.TempDir()
		if err := sqldb.Backup(ctx, db, filepath.Join(dir, "backup")); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("left %v", left)
		}
	})
}

// TestABackupIsOneMoment writes while the backup runs: of each pair of notes that
// was written together, both are in it or neither.
func TestABackupIsOneMoment(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		stop, stopped := make(chan struct{}), make(chan struct{})
		began := make(chan struct{})
		go func() {
			defer close(stopped)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				err := db.Write(context.Background(), north, func(tx *sqldb.Tx) error {
					if _, err := tx.Exec(addNote, fmt.Sprintf("n%06d", i), "x", nil, nil, i); err != nil {
						return err
					}
					_, err := tx.Exec(addFact, fmt.Sprintf("f%06d", i), []byte{})
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
				if i == 20 {
					close(began)
				}
			}
		}()
		<-began
		file := filepath.Join(t.TempDir(), "backup")
		err := sqldb.Backup(t.Context(), db, file)
		close(stop)
		<-stopped
		if err != nil {
			t.Fatal(err)
		}
		path, _ := place(t, sqldb.SQLite)
		if _, err := sqldb.Restore(t.Context(), file, path, schemas); err != nil {
			t.Fatal(err)
		}
		var notes, facts int
		plain, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer plain.Close()
		if err := plain.QueryRow(`select (select count(*) from sample_note), (select count(*) from sample_fact)`).Scan(&notes, &facts); err != nil {
			t.Fatal(err)
		}
		if notes != facts || notes < 20 {
			t.Errorf("%d notes and %d facts", notes, facts)
		}
	})
}

// TestABackupOfSQLiteIsADatabase opens it as anyone's SQLite would.
func TestABackupOfSQLiteIsADatabase(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	furnish(t, db)
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := sqldb.Backup(t.Context(), db, file); err != nil {
		t.Fatal(err)
	}
	plain, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	var verdict string
	if err := plain.QueryRow(`pragma integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("%q, %v", verdict, err)
	}
}
