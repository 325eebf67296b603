package sqldb_test

import (
	"errors"
	"testing"

	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

var oneTitle = sqldb.Tenant(`select count(*) from sample_note where firm = :firm and title = ?`)

// seen counts the notes with this title that the transaction sees.
func seen(t *testing.T, tx *sqldb.Tx, title string) (n int) {
	t.Helper()
	if err := tx.Row(oneTitle, title).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAs(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		note(t, db, north, "a", "north's", 0)
		note(t, db, south, "a", "south's", 0)
		t.Run("it sees the other firm's rows inside, and the own ones before and after", func(t *testing.T) {
			err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
				err := tx.As(south, func(tx *sqldb.Tx) error {
					if tx.Firm() != south || seen(t, tx, "north's") != 0 || seen(t, tx, "south's") != 1 {
						t.Error("inside it does not see the other firm's rows alone")
					}
					return nil
				})
				if tx.Firm() != north || seen(t, tx, "north's") != 1 || seen(t, tx, "south's") != 0 {
					t.Error("after it the own rows are not back")
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		t.Run("what fails outside takes back what was done inside", func(t *testing.T) {
			no := errors.New("no")
			err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
				if err := tx.As(south, func(tx *sqldb.Tx) error {
					_, err := tx.Exec(addNote, "b", "both", nil, nil, 0)
					return err
				}); err != nil {
					return err
				}
				return no
			})
			if !errors.Is(err, no) || count(t, db) != 2 {
				t.Errorf("%v, %d notes", err, count(t, db))
			}
		})
		t.Run("a failed statement inside fails the whole", func(t *testing.T) {
			err := db.Write(t.Context(), north, func(tx *sqldb.Tx) error {
				tx.As(south, func(tx *sqldb.Tx) error {
					_, err := tx.Exec(addNote, "a", "twice", nil, nil, 0)
					return err
				})
				return nil
			})
			if !sqldb.IsUnique(err) {
				t.Errorf("got %v", err)
			}
		})
		t.Run("the house does not turn into a firm", func(t *testing.T) {
			if db.HouseRead(t.Context(), func(tx *sqldb.Tx) error { return tx.As(south, func(*sqldb.Tx) error { return nil }) }) == nil {
				t.Error("it did")
			}
		})
	})
}
