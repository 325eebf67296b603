package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

// copies copy what lies under cases, and the cases themselves first. Each takes the
// characters that ids of a copy begin with, as often as it copies one.
var copies = []struct {
	text *sqldb.Query
	ids  int
}{
	{sqldb.Tenant(`insert into casework_case (firm, id, kind, number, title, received, made, closed, handler, team, client, product, harm, revision, mix)
		select :firm, ? || substr(id, 4), kind, number || '-' || ?, title, received, made, closed, handler, team, client, product, harm, revision, mix
		from casework_case where firm = :firm and id >= ? and id <= ?`), 2},
	{sqldb.Tenant(`insert into casework_due (firm, case_id, code, kind, title, day, norm, rule, version, given, assigned, until, hand, team, amount, weight)
		select :firm, ? || substr(case_id, 4), code, kind, title, day, norm, rule, version, given, assigned, until, hand, team, amount, weight
		from casework_due where firm = :firm and case_id >= ? and case_id <= ?`), 1},
	{sqldb.Tenant(`insert into casework_facet (firm, case_id, name, value) select :firm, ? || substr(case_id, 4), name, value
		from casework_facet where firm = :firm and case_id >= ? and case_id <= ?`), 1},
	{sqldb.Tenant(`insert into casework_word (firm, word, case_id) select :firm, word, ? || substr(case_id, 4)
		from casework_word where firm = :firm and case_id >= ? and case_id <= ?`), 1},
	{sqldb.Tenant(`insert into casework_unpacked (firm, case_id, n) select :firm, ? || substr(id, 4), 1
		from casework_case where firm = :firm and id >= ? and id <= ?`), 1},
}

// Multiply copies the cases with these ids, from the first to the last, for a benchmark
// that needs a million of them: without notes, documents and facts. A copy is told from
// its like by the three characters that its id begins with, and its number ends with.
func (s *Store) Multiply(t *sqldb.Tx, prefix string, first, last casework.ID) error {
	for _, c := range copies {
		args := []any{prefix}
		if c.ids > 1 {
			args = append(args, prefix)
		}
		if _, err := t.Exec(c.text, append(args, first, last)...); err != nil {
			return err
		}
	}
	return nil
}
