package sqldb_test

import (
	"slices"
	"strings"
	"testing"

	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// TestAStatementThatGoesThroughTheRowsOfAllIsNamed: facts have a key without the firm, so
// one of them is found by it, and all those of a firm are not.
func TestAStatementThatGoesThroughTheRowsOfAllIsNamed(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		err := sqldb.CheckPlans(t.Context(), db)
		if db.Engine() != sqldb.SQLite {
			if err != nil {
				t.Error(err)
			}
			return
		}
		if err == nil {
			t.Fatal("a scan went by")
		}
		named := strings.Split(err.Error(), "\n")
		if !slices.ContainsFunc(named, func(s string) bool { return strings.Contains(s, "SCAN") && strings.Contains(s, dropFact.String()) }) {
			t.Errorf("not named: %v; named are %q", dropFact, named)
		}
		for _, fine := range []*sqldb.Query{getNote, titles, editFact, addLine} {
			if slices.ContainsFunc(named, func(s string) bool { return strings.Contains(s, fine.String()) }) {
				t.Errorf("named, though it finds its rows: %v", fine)
			}
		}
	})
}
