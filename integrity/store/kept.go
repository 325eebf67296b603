package store

import (
	"zorgplicht/casework"
	"zorgplicht/integrity"
	"zorgplicht/internal/sqldb"
)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) integrity.Tx { return tx{s.Casework(t, writes), t} }

// Empty destroys who somebody is and what was seen of their reliability.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts int64, err error) {
	of := s.In(t, true)
	p, err := of.Person(id)
	if err != nil {
		return 0, err
	}
	return int64(1 + len(p.Changes)), of.SavePerson(p.Emptied())
}
