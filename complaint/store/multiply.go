package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var (
	multiply = sqldb.Tenant(`insert into complaint_complaint (firm, ` + columns + `, ` + figures + `)
		select :firm, ? || substr(id, 4), way, sort, person, represents, original, document, about, service, cause, against, grouped, answered, extended, outcome,
		redress, handled, reopened, dispute, received, product
		from complaint_complaint where firm = :firm and id >= ? and id <= ?`)
	multiplyReplies = sqldb.Tenant(`insert into complaint_reply (firm, id, complaint, kind, at, by_actor, way, body)
		select :firm, ? || substr(id, 4), ? || substr(complaint, 4), kind, at, by_actor, way, body
		from complaint_reply where firm = :firm and complaint >= ? and complaint <= ?`)
)

// Multiply copies complaints as room casework does their cases, with their replies.
func (s *Store) Multiply(t *sqldb.Tx, prefix string, first, last casework.ID) error {
	if _, err := t.Exec(multiply, prefix, first, last); err != nil {
		return err
	}
	_, err := t.Exec(multiplyReplies, prefix, prefix, first, last)
	return err
}
