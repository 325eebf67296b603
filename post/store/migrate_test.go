package store_test

import (
	"embed"
	"testing"

	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/internal/job"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/post"
	"zorgplicht/post/store"
)

//go:embed migrations/*/00001_out.sql migrations/*/00002_in.sql
var before embed.FS

func TestWhatWentOutBeforeIsFoundByItsWords(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			older := store.Schema
			older.Migrations = before
			hash := map[sqldb.Engine]string{sqldb.SQLite: "zeroblob(32)", sqldb.Postgres: `decode(repeat('00', 32), 'hex')`}[e]
			db := sqldbtest.Older(t, e, []sqldb.Schema{job.Schema, caseworkstore.Schema, older}, schemas,
				`insert into post_out (firm, id, case_id, letter, number, sender, recipient, subject, body, message_id, hash, state, tries, made, next, by_actor, code, answer)
				values ('f', 'o', 'c', 'l', 'K-2026-0001', 'De Linde', 'Jansen@post.example', 'Uw klacht', '', 'm', `+hash+`, 'verstuurd', 1, 1, 1, 'staff:x', 250, 'ok')`)
			s := &store.Store{DB: db, Casework: (&caseworkstore.Store{DB: db}).In}
			for sought, want := range map[string]int{"jansen": 1, "klacht": 1, "k-2026-0001": 1, "smit": 0} {
				err := s.View(t.Context(), "f", func(tx post.Tx) error {
					outs, err := tx.Outs(post.OutFilter{Sought: sought, Limit: 5})
					if len(outs) != want {
						t.Errorf("%q finds %d, want %d", sought, len(outs), want)
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
