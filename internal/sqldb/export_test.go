package sqldb

// Commits says how many commits the writers of a SQLite store have shared.
func Commits(db *DB) int64 { return db.group.commits.Load() }

// Rewritten gives the text of a statement in the words of an engine, and the
// number of its parameters and of the arguments that the caller gives.
func Rewritten(text string, e Engine) (string, int, int) {
	c := rewrite(text, e)
	return c.text, len(c.args), c.given
}

// Tokens joins what scan cuts.
func Tokens(text string) (joined string) {
	for _, t := range scan(text) {
		joined += t.text
	}
	return joined
}

// Checks of a statement's form.
var (
	TenantText = tenantText
	PartText   = partText
	HouseText  = houseText
	Firmless   = firmless
)

// Waiting says how many writers stand in the queue of a SQLite store.
func Waiting(db *DB) int { return len(db.group.queue) }
