package store

import (
	"zorgplicht/commission"
	"zorgplicht/internal/sqldb"
)

var (
	correctionsOf   = sqldb.Tenant(`select id from commission_correction where firm = :firm and run = ? order by id`)
	dropCorrections = sqldb.Tenant(`delete from commission_correction where firm = :firm and run = ?`)
)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) commission.Tx { return tx{t, s, writes} }

// Empty destroys the lines of a run with its corrections, and the names and accounts
// that it took. It returns the subjects of facts that go too.
func (s *Store) Empty(t *sqldb.Tx, id string) (texts int64, about []string, err error) {
	of := tx{t, s, true}
	r, err := of.Run(id)
	if err != nil {
		return 0, nil, err
	}
	err = of.Each(correctionsOf, []any{id}, func(scan func(...any) error) error {
		var one string
		err := scan(&one)
		about = append(about, one)
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	if _, err = t.Exec(dropCorrections, id); err != nil {
		return 0, nil, err
	}
	return int64(r.Rows + len(about)), about, firstOf(of.DropBlocks(id), func() error { return of.SaveRun(r.Emptied()) })
}

func firstOf(err error, next func() error) error {
	if err != nil {
		return err
	}
	return next()
}
