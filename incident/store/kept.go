package store

import (
	"zorgplicht/casework"
	"zorgplicht/incident"
	"zorgplicht/internal/sqldb"
)

var emptyMeasures = sqldb.Tenant(`update incident_measure set what = '', found = '', by_actor = '' where firm = :firm and incident = ?`)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) incident.Tx { return tx{s.Casework(t, writes), t} }

// Empty destroys every word about an incident and its measures, who did it and who
// could see it. Days, kinds and what was judged stay: reports count them.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts int64, err error) {
	of := s.In(t, true)
	i, err := of.Incident(id)
	if err != nil {
		return 0, err
	}
	if err := of.SaveIncident(i.Emptied()); err != nil {
		return 0, err
	}
	n, err := t.Exec(emptyMeasures, id)
	return n + 1, err
}
