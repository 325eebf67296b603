package sqldbtest

import (
	"embed"

	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Sample is a small room for tests of the store itself: notes with lines
// (foreign keys, one within the table), facts that stay, links of the house.
var Sample = sqldb.Schema{
	Room:       "sample",
	Migrations: migrations,
	Tenant:     []string{"sample_note", "sample_line", "sample_fact"},
	House:      []string{"sample_link"},
	HouseEdits: []string{"sample_line"},
	AppendOnly: []string{"sample_fact"},
}

//go:embed migrations/sqlite/00001_sample.sql migrations/postgres/00001_sample.sql
var oldMigrations embed.FS

// SampleOld is Sample as an earlier program knew it: one migration less.
var SampleOld = func() sqldb.Schema {
	s := Sample
	s.Migrations = oldMigrations
	return s
}()
