package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
	"zorgplicht/lending"
)

var (
	emptyTitle     = sqldb.Tenant(`update lending_application set title = '', verdict = ? where firm = :firm and id = ?`)
	verdictOf      = sqldb.Tenant(`select verdict from lending_application where firm = :firm and id = ?`)
	dropWords      = sqldb.Tenant(`delete from lending_word where firm = :firm and application = ?`)
	dropJudgements = sqldb.Tenant(`delete from lending_judgement where firm = :firm and application = ?`)
)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) lending.Tx { return tx{s.Casework(t, writes), t} }

// Empty destroys who applied, what they told, what was found in the register, and by
// what every judgement was made. State, verdict, amount and days stay: reports count
// them.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts, words int64, err error) {
	of := s.In(t, true)
	a, err := of.Application(id)
	if err != nil {
		return 0, 0, err
	}
	var verdict string
	if err = t.Row(verdictOf, id).Scan(&verdict); err != nil {
		return 0, 0, err
	}
	if err = of.SaveApplication(a.Emptied()); err != nil {
		return 0, 0, err
	}
	if _, err = t.Exec(emptyTitle, verdict, id); err != nil {
		return 0, 0, err
	}
	if texts, err = t.Exec(dropJudgements, id); err != nil {
		return 0, 0, err
	}
	words, err = t.Exec(dropWords, id)
	return texts + 1, words, err
}
