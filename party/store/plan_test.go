package store

import (
	"fmt"
	"strings"
	"testing"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// A page of a list asks after fifty clients; however many the firm has, no more than
// those are read.
func TestReferencesAreFoundByIDAndNotByGoingThroughAll(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{Schema})
	explain := sqldb.Tenant("explain query plan " + manyReferences.String())
	args := make([]any, many)
	for i := range args {
		args[i] = fmt.Sprint(i)
	}
	err := db.Read(t.Context(), ident.Firm("01890000-0000-7000-8000-000000000001"), func(x *sqldb.Tx) error {
		var id, parent, unused int
		var plan string
		if err := x.Row(explain, args...).Scan(&id, &parent, &unused, &plan); err != nil {
			return err
		}
		if !strings.Contains(plan, "(firm=? AND id=?)") {
			t.Errorf("the plan is %s", plan)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
