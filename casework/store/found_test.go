package store_test

import (
	"embed"
	"slices"
	"testing"

	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

//go:embed migrations/*/0000*.sql migrations/*/00010_counts.sql migrations/*/00011_packed.sql
var beforeFound embed.FS

// TestLettersFromBeforeAreFound: a letter that was made and sent before letters were
// searched finds its case once the job has looked at it; one of a case that was
// destroyed left nothing to find.
func TestLettersFromBeforeAreFound(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			older := store.Schema
			older.Migrations = beforeFound
			older.Tenant = slices.DeleteFunc(slices.Clone(older.Tenant), func(table string) bool { return table == "casework_days" })
			hash := map[sqldb.Engine]string{sqldb.SQLite: "zeroblob(32)", sqldb.Postgres: `decode(repeat('00', 32), 'hex')`}[e]
			empty := map[sqldb.Engine]string{sqldb.SQLite: "zeroblob(0)", sqldb.Postgres: "''::bytea"}[e]
			paper := func(id string) string {
				return `insert into casework_document (firm, id, case_id, name, media, size, hash, at, by_actor, way, what, content)
					values ('f', '` + id + `', 'c', 'brief', 'text/html', 0, ` + hash + `, 1, 'staff:x', 'intern', '', ` + empty + `)`
			}
			db := sqldbtest.Older(t, e, []sqldb.Schema{older}, []sqldb.Schema{store.Schema},
				`insert into casework_case (firm, id, kind, number, title, received, made, handler, team, client, product, harm, revision)
				values ('f', 'c', 'klacht', 'K-2026-0001', 'Rente', '2026-01-02', 1, '', '', '', '', 0, 1)`,
				paper("p"), paper("h"),
				`insert into casework_letter (firm, id, case_id, code, version, subject, body, recipient, made, by_actor, pdf, html, sent, way, sent_by)
				values ('f', 'l', 'c', 'bevestiging', 1, 'Uw bericht', 'Wij hebben de zeldzame boeteclausule gelezen.', 'A. Jansen', 1, 'staff:x', 'p', 'h', 2, 'brief', 'staff:x')`)
			o := open(db)
			finds := func(word string) int {
				page, err := o.Cases(t.Context(), "f", casework.Filter{Limit: 5}.Search(word))
				if err != nil {
					t.Fatal(err)
				}
				return len(page.Rows)
			}
			if finds("boeteclausule") != 0 {
				t.Fatal("it is found before anybody looked")
			}
			for want := range 2 { // the second time there is nothing to do
				n, err := o.FindLetters(t.Context(), "f")
				if n != 1-want || err != nil {
					t.Errorf("%d cases (%v)", n, err)
				}
			}
			for _, word := range []string{"boeteclausule", "jansen", "bericht"} {
				if finds(word) != 1 {
					t.Errorf("%q does not find the case of the letter", word)
				}
			}
			if n, err := o.FindLetters(t.Context(), "g"); n != 0 || err != nil {
				t.Errorf("another firm: %d (%v)", n, err)
			}
		})
	}
}
