package store_test

import (
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/store"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// What must always hold of an attempt stands in the tables, whatever the code does.
func TestTheTablesRefuseAnAttemptThatCannotBe(t *testing.T) {
	const firm ident.Firm = "0192aaaa-0000-7000-8000-000000000001"
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	ready := func(id string) appropriateness.Attempt {
		return appropriateness.Attempt{
			ID: appropriateness.AttemptID(id), Client: ident.Person("client-" + id), Test: ident.HashOf([]byte("test")), TestID: "proef", Title: "Proef",
			Product: "mortgage", Channel: "office", State: appropriateness.Ready, Created: noon, LinkUntil: noon, Touched: noon,
		}
	}
	judged := func(id string) appropriateness.Attempt {
		a := ready(id)
		a.State, a.Begun, a.OpenUntil, a.Judged, a.Outcome = appropriateness.Judged, noon, noon, noon, appropriateness.NotAppropriate
		return a
	}
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		s := &store.Store{DB: db}
		insert := func(a appropriateness.Attempt) error {
			return s.Update(t.Context(), firm, func(tx appropriateness.Tx) error { return tx.Insert(a, ident.HashOf([]byte(a.ID))) })
		}
		for _, a := range []appropriateness.Attempt{ready("a"), judged("b")} {
			if err := insert(a); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			name  string
			wrong func(*appropriateness.Attempt)
		}{
			{"judged and never begun", func(a *appropriateness.Attempt) { a.Begun, a.OpenUntil = time.Time{}, time.Time{} }},
			{"judged without an outcome", func(a *appropriateness.Attempt) { a.Outcome = "" }},
			{"ready, and begun", func(a *appropriateness.Attempt) { *a = ready("c"); a.Begun, a.OpenUntil = noon, noon }},
			{"a result shown before there was one", func(a *appropriateness.Attempt) { *a = ready("c"); a.Shown = noon }},
			{"a choice before the warning was shown", func(a *appropriateness.Attempt) { a.Choice, a.Chosen = appropriateness.ChoseGoOn, noon }},
		} {
			t.Run(c.name, func(t *testing.T) {
				a := judged("c")
				c.wrong(&a)
				if err := insert(a); err == nil {
					t.Error("was kept")
				}
			})
		}
	})
}
