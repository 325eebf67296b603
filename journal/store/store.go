// Package store keeps the journal in SQL, the same in SQLite and PostgreSQL.
//
// The pen appends within the caller's transaction. The sequencer, one at a time
// however many nodes try, gives waiting facts their place in the tree and signs
// a checkpoint. The reader hands out facts with their proofs. Triggers forbid
// every change but the erasure of a payload; where they are taken away,
// verification still finds what was done.
package store

import (
	"embed"

	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what the journal keeps. Facts, payloads and the queue are a
// tenant's; the tree holds hashes and ids only, and is the house's.
var Schema = sqldb.Schema{
	Room:       "journal",
	Migrations: migrations,
	Tenant:     []string{"journal_fact", "journal_payload", "journal_waiting"},
	House:      []string{"journal_leaf", "journal_hash", "journal_checkpoint", "journal_head"},
	HouseEdits: []string{"journal_waiting"},
	AppendOnly: []string{"journal_fact", "journal_leaf", "journal_hash", "journal_checkpoint"},
}
