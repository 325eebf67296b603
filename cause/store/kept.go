package store

import (
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/internal/sqldb"
)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) cause.Tx { return tx{s.Casework(t, writes), t} }

// Empty destroys every word about a root cause and its measures.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts int64, err error) {
	of := s.In(t, true)
	c, err := of.Cause(id)
	if err != nil {
		return 0, err
	}
	return int64(1 + len(c.Measures)), of.SaveCause(c.Emptied())
}
