package app

import (
	"testing"

	"zorgplicht/internal/sqldb"
)

// TestEveryStatementFindsItsRowsByTheFirm: none goes through the rows of all firms.
func TestEveryStatementFindsItsRowsByTheFirm(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	if err := sqldb.CheckPlans(t.Context(), h.db); err != nil {
		t.Error(err)
	}
}
