package sqldb_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

const (
	north ident.Firm = "0192aaaa-0000-7000-8000-000000000001"
	south ident.Firm = "0192aaaa-0000-7000-8000-000000000002"
)

var (
	addNote  = sqldb.Tenant(`insert into sample_note (firm, id, title, body, weight, at) values (:firm, ?, ?, ?, ?, ?)`)
	getNote  = sqldb.Tenant(`select title, body, weight, at from sample_note where firm = :firm and id = ? :lock`)
	titles   = sqldb.Tenant(`select title from sample_note where firm = :firm`)
	byTitle  = sqldb.Part(`and title = ?`, titles)
	since    = sqldb.Part(`and at >= ?`, titles)
	firstFew = sqldb.Part(`order by at, id limit ?`, titles)
	addLine  = sqldb.Tenant(`insert into sample_line (firm, note, line, after, text) values (:firm, ?, ?, ?, ?)`)
	addFact  = sqldb.Tenant(`insert into sample_fact (firm, id, body) values (:firm, ?, ?)`)
	editFact = sqldb.Tenant(`update sample_fact set body = ? where firm = :firm and id = ?`)
	dropFact = sqldb.Tenant(`delete from sample_fact where firm = :firm`)
	addLink  = sqldb.House(`insert into sample_link (hash, firm) values (?, ?)`)
	getLink  = sqldb.House(`select firm from sample_link where hash = ?`)
	allNotes = sqldb.House(`select count(*) from sample_note`)
	allLines = sqldb.House(`delete from sample_line`)
	noNotes  = sqldb.House(`delete from sample_note`)
)

var schemas = []sqldb.Schema{sqldbtest.Sample}

func note(t *testing.T, db *sqldb.DB, firm ident.Firm, id, title string, at int) {
	t.Helper()
	if err := db.Write(t.Context(), firm, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(addNote, id, title, []byte(title), 1.5, at)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *sqldb.DB) (n int) {
	t.Helper()
	if err := db.HouseRead(t.Context(), func(tx *sqldb.Tx) error { return tx.Row(allNotes).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func list(t *testing.T, db *sqldb.DB, firm ident.Firm, q *sqldb.Query, args ...any) (out []string) {
	t.Helper()
	if err := db.Read(t.Context(), firm, func(tx *sqldb.Tx) error {
		rows, err := tx.Rows(q, args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				return err
			}
			out = append(out, s)
		}
		return rows.Err()
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "première €", 7)
		err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			var title string
			var body []byte
			var weight float64
			var at int64
			if err := tx.Row(getNote, "a").Scan(&title, &body, &weight, &at); err != nil {
				return err
			}
			if title != "première €" || string(body) != title || weight != 1.5 || at != 7 {
				t.Errorf("read back %q %q %v %d", title, body, weight, at)
			}
			if err := tx.Row(getNote, "b").Scan(&title, &body, &weight, &at); !errors.Is(err, sql.ErrNoRows) {
				t.Errorf("a note that is not there: %v", err)
			}
			if tx.Firm() != north {
				t.Errorf("firm %q", tx.Firm())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAListIsComposedOfItsPieces(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		for i, title := range []string{"x", "y", "x", "z"} {
			note(t, db, north, string(rune('a'+i)), title, i)
		}
		note(t, db, south, "a", "x", 0)
		if got := list(t, db, north, titles.With(byTitle), "x"); len(got) != 2 {
			t.Errorf("by title: %q", got)
		}
		if got := list(t, db, north, titles.With(since, firstFew), 1, 2); len(got) != 2 || got[0] != "y" || got[1] != "x" {
			t.Errorf("two since 1: %q", got)
		}
		if one, two := titles.With(since, firstFew), titles.With(since, firstFew); one != two {
			t.Error("the same composition is not the same statement")
		}
	})
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		wrong := errors.New("wrong")
		err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			if _, err := tx.Exec(addNote, "a", "t", nil, nil, 0); err != nil {
				return err
			}
			return wrong
		})
		if !errors.Is(err, wrong) || count(t, db) != 0 {
			t.Errorf("%v, %d notes", err, count(t, db))
		}
	})
}

func TestAFailedStatementFailsItsTransaction(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "t", 0)
		err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			if _, err := tx.Exec(addNote, "b", "t", nil, nil, 0); err != nil {
				return err
			}
			if _, err := tx.Exec(addNote, "a", "t", nil, nil, 0); !sqldb.IsUnique(err) {
				t.Errorf("the same note twice: %v", err)
			}
			if _, err := tx.Exec(addNote, "c", "t", nil, nil, 0); !sqldb.IsUnique(err) {
				t.Errorf("after a failure: %v", err)
			}
			return nil // swallowed, and still nothing may be kept
		})
		if !sqldb.IsUnique(err) || count(t, db) != 1 {
			t.Errorf("%v, %d notes", err, count(t, db))
		}
	})
}

func TestATransactionEndsWithItsFunction(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		var kept *sqldb.Tx
		if err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Exec(addNote, "a", "t", nil, nil, 0); err == nil {
			t.Error("a transaction was used after its end")
		}
	})
}

func TestOpenRowsBarTheNextStatement(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "t", 0)
		err := db.Read(t.Context(), north, func(tx *sqldb.Tx) error {
			rows, err := tx.Rows(titles)
			if err != nil {
				return err
			}
			if _, err := tx.Rows(titles); err == nil {
				t.Error("a statement ran while rows were open")
			}
			rows.Close()
			_, err = tx.Rows(titles) // left open: the end closes it
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAReaderCannotWrite(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		err := db.Read(t.Context(), north, func(tx *sqldb.Tx) error {
			if !tx.ReadOnly() {
				t.Error("a reader does not know that it is one")
			}
			_, err := tx.Exec(addNote, "a", "t", nil, nil, 0)
			return err
		})
		if err == nil {
			t.Error("a reader wrote")
		}
		err = db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
			if tx.ReadOnly() {
				t.Error("a writer takes itself for a reader")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestAnEndedContextStartsNothing(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := db.Write(ctx, north, func(*sqldb.Tx) error { t.Error("ran"); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		err = db.Write(ctx, north, func(tx *sqldb.Tx) error {
			if _, err := tx.Exec(addNote, "a", "t", nil, nil, 0); err != nil {
				return err
			}
			cancel()
			_, err := tx.Exec(addNote, "b", "t", nil, nil, 0)
			return err
		})
		if !errors.Is(err, context.Canceled) || count(t, db) != 0 {
			t.Errorf("cancelled half-way: %v, %d notes", err, count(t, db))
		}
	})
}

func TestStatementsKeepToTheirSide(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		if err := db.Read(t.Context(), north, func(tx *sqldb.Tx) error { return tx.Row(allNotes).Scan(new(int)) }); err == nil {
			t.Error("a house statement ran for a firm")
		}
		if err := db.HouseRead(t.Context(), func(tx *sqldb.Tx) error { return tx.Row(titles).Scan(new(string)) }); err == nil {
			t.Error("a tenant's statement ran for the house")
		}
		if err := db.Write(t.Context(), "", func(*sqldb.Tx) error { return nil }); err == nil {
			t.Error("a write for no firm")
		}
		h := ident.HashOf([]byte("token"))
		if err := db.HouseWrite(t.Context(), func(tx *sqldb.Tx) error { _, err := tx.Exec(addLink, h, north); return err }); err != nil {
			t.Fatal(err)
		}
		var firm ident.Firm
		if err := db.HouseRead(t.Context(), func(tx *sqldb.Tx) error { return tx.Row(getLink, h).Scan(&firm) }); err != nil || firm != north {
			t.Errorf("link leads to %q: %v", firm, err)
		}
	})
}

func TestWhatIsAppendedStays(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		do := func(q *sqldb.Query, args ...any) error {
			return db.Write(t.Context(), north, func(tx *sqldb.Tx) error { _, err := tx.Exec(q, args...); return err })
		}
		if err := do(addFact, "1", []byte("x")); err != nil {
			t.Fatal(err)
		}
		if do(editFact, []byte("y"), "1") == nil || do(dropFact) == nil {
			t.Error("a fact was changed or removed")
		}
	})
}

func TestTextThatNoStoreHoldsIsAFaultOfTheInput(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		for _, text := range []string{"a\x00b", "\xff"} {
			err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
				_, err := tx.Exec(addNote, "a", text, nil, nil, 0)
				return err
			})
			if !fault.Has(err, "text-not-storable") {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func TestEveryStatementIsReadByTheEngine(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		if err := sqldb.CheckStatements(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}
