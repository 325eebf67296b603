package store

import (
	"database/sql"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

// factRow is a row of journal_fact: id, firm, kind, subject, valid, recorded,
// seal, erases, digest.
type factRow struct {
	id, firm, kind, subject string
	valid, recorded         int64
	seal, digest            []byte
	erases                  sql.NullString
}

func (f *factRow) columns() []any {
	return []any{&f.id, &f.firm, &f.kind, &f.subject, &f.valid, &f.recorded, &f.seal, &f.erases, &f.digest}
}

// entry hands the row to the journal's own reading, which checks its form.
func (f *factRow) entry(salt, body []byte) *journal.Entry {
	return &journal.Entry{
		Position: journal.Waiting, LeafOf: f.id, Found: true,
		Header: journal.Header{
			ID: f.id, Firm: ident.Firm(f.firm), Kind: f.kind, Subject: f.subject,
			Valid: sqldb.Instant(f.valid), Recorded: sqldb.Instant(f.recorded), Erases: f.erases.String,
		},
		Seal: f.seal, Digest: f.digest, Kept: body != nil, Salt: salt, Body: body,
	}
}
