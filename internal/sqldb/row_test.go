package sqldb_test

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestAnInstantIsReadAsItWasWritten: to the millisecond, in UTC, and none as none.
func TestAnInstantIsReadAsItWasWritten(t *testing.T) {
	amsterdam := time.FixedZone("", 3600)
	at := time.Date(2026, 3, 2, 8, 0, 0, 123_456_789, amsterdam)
	var ms sql.NullInt64
	if err := ms.Scan(sqldb.Millis(at)); err != nil {
		t.Fatal(err)
	}
	want := time.Date(2026, 3, 2, 7, 0, 0, 123_000_000, time.UTC)
	if got := sqldb.MaybeInstant(ms); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if none := sqldb.Millis(time.Time{}); none != nil || !sqldb.MaybeInstant(sql.NullInt64{}).IsZero() {
		t.Errorf("no instant is kept as %v", none)
	}
}

func TestOnlyAMissingRowIsNotFound(t *testing.T) {
	if err := sqldb.Found(sql.ErrNoRows, "unknown-note", ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
	other := errors.New("other")
	if sqldb.Found(nil, "unknown-note", "") != nil || sqldb.Found(other, "unknown-note", "") != other {
		t.Error("what is no missing row became one")
	}
	for err, want := range map[error]bool{nil: true, sql.ErrNoRows: false, other: false} {
		there, is := sqldb.There(err)
		if there != want || (is == nil) != (err != other) {
			t.Errorf("%v: there %t, %v", err, there, is)
		}
	}
}

// TestARowThatCannotBeReadIsNotLeftOut: the list that would miss it is not given.
func TestARowThatCannotBeReadIsNotLeftOut(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		err := db.Write(t.Context(), north, func(tx *sqldb.Tx) (err error) {
			for _, id := range []string{"a", "b"} {
				_, err = tx.Exec(addNote, id, "title "+id, nil, nil, 0)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		refused := errors.New("refused")
		err = db.Read(t.Context(), north, func(tx *sqldb.Tx) error {
			rows, err := tx.Rows(titles)
			all, err := sqldb.All(rows, err, func(columns func(...any) error) (s string, err error) { return s, columns(&s) })
			if err != nil || len(all) != 2 {
				t.Errorf("%q, %v", all, err)
			}
			rows, err = tx.Rows(titles)
			_, err = sqldb.All(rows, err, func(func(...any) error) (string, error) { return "", refused })
			if !errors.Is(err, refused) {
				t.Errorf("%v", err)
			}
			var each []string
			err = tx.Each(titles, nil, func(columns func(...any) error) error {
				var s string
				err := columns(&s)
				each = append(each, s)
				return err
			})
			if err != nil || !slices.Equal(each, all) {
				t.Errorf("%q one by one, %q together: %v", each, all, err)
			}
			if err := tx.Each(titles, nil, func(func(...any) error) error { return refused }); !errors.Is(err, refused) {
				t.Errorf("%v", err)
			}
			rows, err = tx.Rows(titles) // the rows that were given up are closed
			_, err = sqldb.All(rows, err, func(columns func(...any) error) (s string, err error) { return s, columns(&s) })
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestFewerTakeTheSlotsOfMany: as many arguments as slots, all given and no other.
func TestFewerTakeTheSlotsOfMany(t *testing.T) {
	if n := strings.Count(sqldb.Slots(3), "?"); n != 3 {
		t.Errorf("%d slots", n)
	}
	for given, want := range map[string][]any{"a": {"a", "a", "a"}, "a b": {"a", "b", "b"}, "a b c": {"a", "b", "c"}} {
		if got := sqldb.Filled(strings.Fields(given), 3); !slices.Equal(got, want) {
			t.Errorf("%q: %q", given, got)
		}
	}
}
