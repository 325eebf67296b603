package once_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

const (
	north ident.Firm = "0192aaaa-0000-7000-8000-000000000001"
	south ident.Firm = "0192aaaa-0000-7000-8000-000000000002"
)

var (
	schemas = []sqldb.Schema{once.Schema}
	noon    = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	paid    = ident.HashOf([]byte("POST /v1/toetspogingen {a}"))
	other   = ident.HashOf([]byte("POST /v1/toetspogingen {b}"))
)

// ask does what a door does: the work when the key is new, else the kept reply.
func ask(t *testing.T, db *sqldb.DB, firm ident.Firm, key string, request ident.Hash, now time.Time, work func() (string, error)) (got string, err error) {
	t.Helper()
	err = db.Write(t.Context(), firm, func(tx *sqldb.Tx) error {
		prior, err := once.Once(tx, key, request, now)
		if err != nil || prior != nil {
			got = string(prior)
			return err
		}
		if got, err = work(); err != nil {
			return err
		}
		return once.Keep(tx, key, request, []byte(got))
	})
	return got, err
}

func answer(s string) func() (string, error) { return func() (string, error) { return s, nil } }

func TestARequestIsDoneOnce(t *testing.T) {
	for _, tt := range []struct {
		name    string
		firm    ident.Firm
		key     string
		request ident.Hash
		after   time.Duration
		want    string
		reason  string
	}{
		{"the same request gets the first reply", north, "k", paid, time.Hour, "first", ""},
		{"another request under the key is a conflict", north, "k", other, time.Hour, "", "idempotency-key-reused"},
		{"another key is another request", north, "k2", paid, time.Hour, "second", ""},
		{"another firm has its own keys", south, "k", other, time.Hour, "second", ""},
		{"a moment before 24 hours the key lives", north, "k", paid, once.Lives - time.Millisecond, "first", ""},
		{"after 24 hours it is new", north, "k", other, once.Lives, "second", ""},
		{"a clock that goes back changes nothing", north, "k", paid, -time.Hour, "first", ""},
		{"an empty key is invalid", north, "", paid, 0, "", "idempotency-key-invalid"},
		{"an overlong key is invalid", north, fmt.Sprintf("%0256d", 1), paid, 0, "", "idempotency-key-invalid"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
				if _, err := ask(t, db, north, "k", paid, noon, answer("first")); err != nil {
					t.Fatal(err)
				}
				got, err := ask(t, db, tt.firm, tt.key, tt.request, noon.Add(tt.after), answer("second"))
				if tt.reason != "" {
					if !fault.Has(err, tt.reason) {
						t.Errorf("%v", err)
					}
					if tt.reason == "idempotency-key-reused" && string(fault.As(err).Earlier) != "first" {
						t.Errorf("it does not say what came of the first: %q", fault.As(err).Earlier)
					}
					return
				}
				if err != nil || got != tt.want {
					t.Errorf("%q, %v", got, err)
				}
			})
		})
	}
}

func TestWorkThatFailedMayBeTriedAgain(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		wrong := fault.New(fault.Conflict, "wrong", "")
		if _, err := ask(t, db, north, "k", paid, noon, func() (string, error) { return "", wrong }); !fault.Has(err, "wrong") {
			t.Fatal(err)
		}
		if got, err := ask(t, db, north, "k", paid, noon, answer("done")); err != nil || got != "done" {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestAnEmptyReplyIsAReply(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		for range 2 {
			if got, err := ask(t, db, north, "k", paid, noon, answer("")); err != nil || got != "" {
				t.Errorf("%q, %v", got, err)
			}
		}
		if got, _ := ask(t, db, north, "k", paid, noon, answer("again")); got != "" {
			t.Errorf("done twice: %q", got)
		}
	})
}

func TestManyAtOnceAreDoneOnce(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		var done atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				got, err := ask(t, db, north, "k", paid, noon, func() (string, error) {
					return fmt.Sprint("reply ", done.Add(1)), nil
				})
				if err != nil || got != "reply 1" {
					t.Errorf("%q, %v", got, err)
				}
			})
		}
		all.Wait()
	})
}

func TestSweepForgetsWhatNoLongerLives(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		for i, key := range []string{"old", "young"} {
			if _, err := ask(t, db, north, key, paid, noon.Add(time.Duration(i)*time.Hour), answer("x")); err != nil {
				t.Fatal(err)
			}
		}
		err := db.HouseWrite(t.Context(), func(tx *sqldb.Tx) error {
			n, err := once.Sweep(tx, noon.Add(once.Lives))
			if n != 1 {
				t.Errorf("forgot %d keys", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheStatementsRunOnBothEngines(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		if err := sqldb.CheckStatements(t.Context(), db); err != nil {
			t.Error(err)
		}
		if err := sqldb.CheckProtection(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}
