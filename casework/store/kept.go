package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var walkKind = sqldb.Tenant(`select ` + columns + ` from casework_case where firm = :firm and kind = ? and id > ? order by id limit ?`)

// KeptAfter returns the cases of a kind after an id, in the order of their ids.
func (s *Store) KeptAfter(t *sqldb.Tx, kind casework.Kind, after string, most int) ([]casework.Case, error) {
	rows, err := t.Rows(walkKind, kind, after, most)
	return sqldb.All(rows, err, scanCase)
}
