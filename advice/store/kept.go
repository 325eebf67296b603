package store

import (
	"zorgplicht/advice"
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var (
	emptyFile = sqldb.Tenant(`update advice_file set client = '', other = '', recorder = '', lacks = '',
		product = case when (select count(*) from (select 1 from advice_file o where o.firm = :firm and o.product = advice_file.product limit 5) few) >= 5 then product else '' end
		where firm = :firm and id = ?`)
	emptyVersions = sqldb.Tenant(`update advice_version set body = null, why = '' where firm = :firm and file = ? and body is not null`)
	dropWords     = sqldb.Tenant(`delete from advice_word where firm = :firm and file = ?`)
)

// In is a transaction of another room as this room knows it; writes says whether it
// changes anything.
func (s *Store) In(t *sqldb.Tx, writes bool) advice.Tx { return tx{s.Casework(t, writes), t, s.Book} }

// Empty destroys what a file says, in every version, and the words that find it. Role,
// sort of product, day and result stay: lists and reports count them. The hashes of
// the versions stay too, for the journal names them.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts, words int64, err error) {
	if _, err = t.Exec(emptyFile, id); err != nil {
		return 0, 0, err
	}
	if texts, err = t.Exec(emptyVersions, id); err != nil {
		return 0, 0, err
	}
	words, err = t.Exec(dropWords, id)
	return texts, words, err
}
