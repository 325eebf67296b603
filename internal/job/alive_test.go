package job

import (
	"testing"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestASignOfLifeKeepsTheWork gives one just before the node would be taken for dead.
func TestASignOfLifeKeepsTheWork(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{Schema})
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	w := Work{Kind: "long", Limit: time.Hour}
	alive := &Runner{DB: db, Node: "one", Now: func() time.Time { return now }}
	heir := &Runner{DB: db, Node: "two", Now: alive.Now}
	err := db.Write(t.Context(), ident.Firm("a"), func(tx *sqldb.Tx) error {
		return Enqueue(tx, Task{ID: "l", Kind: "long", Due: now}, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := alive.take(t.Context(), w, 1)
	if err != nil || len(mine) != 1 {
		t.Fatalf("took %v, %v", mine, err)
	}
	for range 3 {
		now = now.Add(w.lease() - time.Second)
		if err := alive.lives(t.Context(), w, mine[0]); err != nil {
			t.Fatal(err)
		}
		now = now.Add(2 * time.Second)
		if got, err := heir.take(t.Context(), w, 1); err != nil || len(got) != 0 {
			t.Fatalf("the heir took %v, %v", got, err)
		}
	}
	now = now.Add(w.lease())
	if got, err := heir.take(t.Context(), w, 1); err != nil || len(got) != 1 {
		t.Errorf("the heir took %v, %v", got, err)
	}
}
