package store

import (
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

// fewest is how many cases share the name of a product before it says nothing of one
// client: names that fewer have go with the rest.
const fewest = 5

var (
	emptyCase = sqldb.Tenant(`update casework_case set title = ?, handler = '', team = '', client = '', revision = ?, closed = coalesce(closed, ?),
		product = case when (select count(*) from (select 1 from casework_case o where o.firm = :firm and o.product = casework_case.product limit ?) few) >= ? then product else '' end
		where firm = :firm and id = ?`)
	dropDues      = sqldb.Tenant(`delete from casework_due where firm = :firm and case_id = ?`)
	dropNotes     = sqldb.Tenant(`delete from casework_note where firm = :firm and case_id = ?`)
	dropDocuments = sqldb.Tenant(`delete from casework_document where firm = :firm and case_id = ?`)
	dropLetters   = sqldb.Tenant(`delete from casework_letter where firm = :firm and case_id = ?`)
	dropFacets    = sqldb.Tenant(`delete from casework_facet where firm = :firm and case_id = ? and name <> ? and name <> ? and name <> ? and name <> 'grondoorzaak'`)
	dropWords     = sqldb.Tenant(`delete from casework_word where firm = :firm and case_id = ?`)
)

var dropCase = sqldb.Tenant(`delete from casework_case where firm = :firm and id = ?`)

// Remove removes a case with all under it.
func (t tx) Remove(id casework.ID) error {
	if err := unpackCase(t.Tx, id); err != nil {
		return err
	}
	for _, drop := range []*sqldb.Query{dropDues, dropNotes, dropDocuments, dropLetters, clearFacets, dropWords, dropCase} {
		if _, err := t.Exec(drop, id); err != nil {
			return err
		}
	}
	return nil
}

// An Emptying counts what went of a case.
type Emptying struct{ Dues, Notes, Letters, Documents, Words int64 }

// Empty destroys the content of a case in the transaction of its room: notes,
// letters, documents, what is due, and the words that find it; nobody works on it any
// more. Number, days and kind
// stay, for reports and so that the row of numbers has no hole; and by what lists are
// narrowed only where codes hold it, which coded names, and the root cause, by its id.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID, day calendar.Date, coded [3]string) (gone Emptying, err error) {
	if _, err := t.Exec(emptyCase, "Vernietigd op "+day.Dutch(), casework.DestroyedRevision, day.Start().UnixMilli(), fewest, fewest, id); err != nil {
		return gone, err
	}
	if _, err := t.Exec(dropFacets, id, coded[0], coded[1], coded[2]); err != nil {
		return gone, err
	}
	if _, err := t.Exec(mixCase, id); err != nil {
		return gone, err
	}
	if err := unpackCase(t, id); err != nil {
		return gone, err
	}
	for _, part := range []struct {
		drop *sqldb.Query
		n    *int64
	}{{dropDues, &gone.Dues}, {dropNotes, &gone.Notes}, {dropLetters, &gone.Letters}, {dropDocuments, &gone.Documents}, {dropWords, &gone.Words}} {
		if *part.n, err = t.Exec(part.drop, id); err != nil {
			return gone, err
		}
	}
	if s.Also != nil {
		n, err := s.Also(t, id)
		gone.Letters += n
		return gone, err
	}
	return gone, nil
}
