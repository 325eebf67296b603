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
	multiplyDays = sqldb.Tenant(`insert into complaint_day (firm, series, value, day, part, n)
		select :firm, series, value, received, '', count(*) from (
			select 'product' as series, product as value, received from complaint_complaint where firm = :firm and id >= ? and id <= ?
			union all select 'oorzaak', cause, received from complaint_complaint where firm = :firm and id >= ? and id <= ?
			union all select 'over', against, received from complaint_complaint where firm = :firm and id >= ? and id <= ?) as copied
		where value <> '' group by series, value, received
		on conflict (firm, series, value, day, part) do update set n = complaint_day.n + excluded.n`)
	multiplyFigures = sqldb.Tenant(`insert into complaint_figure (firm, month, product, cause, outcome, lead, part, n, redress)
		select :firm, substr(received, 1, 7), product, cause, outcome, case when handled is null then '' else (select f.value from casework_facet f
			where f.firm = :firm and f.case_id = complaint_complaint.id and f.name = 'termijn') end as lead, '', count(*), sum(redress)
		from complaint_complaint where firm = :firm and id >= ? and id <= ? and sort <> 'ongenoegen' group by substr(received, 1, 7), product, cause, outcome, lead
		on conflict (firm, month, product, cause, outcome, lead, part) do update set n = complaint_figure.n + excluded.n, redress = complaint_figure.redress + excluded.redress`)
)

// Multiply copies complaints as room casework does their cases, with their replies and what
// figures count.
func (s *Store) Multiply(t *sqldb.Tx, prefix string, first, last casework.ID) error {
	if _, err := t.Exec(multiply, prefix, first, last); err != nil {
		return err
	}
	if _, err := t.Exec(multiplyReplies, prefix, prefix, first, last); err != nil {
		return err
	}
	if _, err := t.Exec(multiplyDays, first, last, first, last, first, last); err != nil {
		return err
	}
	_, err := t.Exec(multiplyFigures, first, last)
	return err
}
