package store_test

import (
	"embed"
	"slices"
	"testing"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/dispute/store"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

//go:embed migrations/*/00001_dispute.sql
var firstStep embed.FS

func TestOfDisputesThatWereThereTheComplaintIsKnown(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			row := func(id, dispute string) string {
				return `insert into dispute_case (firm, id, body, filed, outcome, result, dispute) values ('f', '` + id + `', 'b', '2026-01-01', '', '', '` + dispute + `')`
			}
			before, of := store.Schema, func(s sqldb.Schema) []sqldb.Schema { return []sqldb.Schema{once.Schema, caseworkstore.Schema, s} }
			before.Migrations = firstStep
			db := sqldbtest.Older(t, e, of(before), of(store.Schema), `insert into dispute_institution (firm, id, body) values ('f', 'b', '{}')`,
				row("d1", `{"ComplaintID":"k1","About":"x"}`), row("d2", `{"ComplaintID":""}`), row("d3", `{"About":"x"}`))
			s := &store.Store{DB: db}
			for name, c := range map[string]struct {
				firm        ident.Firm
				dispute, of casework.ID
				want        []store.About
			}{
				"all":                      {"f", "", "", []store.About{{Dispute: "d1", Complaint: "k1"}}},
				"of the dispute":           {"f", "d1", "", []store.About{{Dispute: "d1", Complaint: "k1"}}},
				"of the complaint":         {"f", "", "k1", []store.About{{Dispute: "d1", Complaint: "k1"}}},
				"of a dispute without one": {"f", "d3", "", nil},
				"of another firm":          {"g", "", "", nil},
			} {
				err := db.Read(t.Context(), c.firm, func(tx *sqldb.Tx) error {
					got, err := s.About(tx, c.dispute, c.of)
					if !slices.Equal(got, c.want) {
						t.Errorf("%s: %+v, want %+v", name, got, c.want)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
}
