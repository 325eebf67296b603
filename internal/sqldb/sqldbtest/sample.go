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
