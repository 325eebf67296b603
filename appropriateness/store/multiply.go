package store

import (
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

var multiply = sqldb.Tenant(`insert into appropriateness_attempt (firm, ` + columns + `)
	select :firm, ? || substr(id, 4), ? || substr(client, 4), test, test_id, title, product, channel, form, state, created + ?, link_until + ?,
		begun + ?, open_until + ?, touched + ?, judged + ?, outcome, points, max_points, shown + ?, choice, chosen + ?, changes
	from appropriateness_attempt where firm = :firm and id >= ? and id <= ?`)

// Multiply copies the attempts with these ids, from the first to the last, for a
// benchmark that needs a million of them: without links, answers and facts. A copy
// lies so much later, or earlier, and is told from its like by the three characters that its own id and
// that of its client begin with.
func Multiply(t *sqldb.Tx, prefix string, first, last appropriateness.AttemptID, later time.Duration) error {
	ms := later.Milliseconds()
	_, err := t.Exec(multiply, prefix, prefix, ms, ms, ms, ms, ms, ms, ms, ms, first, last)
	return err
}
