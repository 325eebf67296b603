package store

import (
	"database/sql"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

const keptColumns = `id, client, created, case when state = 'judged' then judged when state = 'lapsed' then coalesce(open_until, link_until) end`

var (
	keptOne    = sqldb.Tenant(`select ` + keptColumns + ` from appropriateness_attempt where firm = :firm and id = ?`)
	keptLocked = sqldb.Part(`:lock`, keptOne)
	keptSome   = sqldb.Tenant(`select ` + keptColumns + ` from appropriateness_attempt where firm = :firm and id > ? order by id limit ?`)
	ofClient   = sqldb.Tenant(`select count(*) from (select 1 from appropriateness_attempt where firm = :firm and client = ? limit 1) few`)

	emptyAttempt    = sqldb.Tenant(`update appropriateness_attempt set client = '', changes = changes + 1 where firm = :firm and id = ?`)
	dropAnswers     = sqldb.Tenant(`delete from appropriateness_answer where firm = :firm and attempt = ?`)
	dropNotices     = sqldb.Tenant(`delete from appropriateness_notice where firm = :firm and attempt = ?`)
	dropDocuments   = sqldb.Tenant(`delete from appropriateness_document where firm = :firm and attempt = ?`)
	dropLinks       = sqldb.Tenant(`delete from appropriateness_link where firm = :firm and attempt = ?`)
	dropRecognition = sqldb.Tenant(`delete from appropriateness_recognition where firm = :firm and attempt = ?`)
	dropLedger      = sqldb.Tenant(`delete from appropriateness_ledger where firm = :firm and attempt = ?`)
	dropSequels     = sqldb.Tenant(`delete from appropriateness_sequel where firm = :firm and attempt = ?`)
	dropFit         = sqldb.Tenant(`delete from appropriateness_fit where firm = :firm and attempt = ?`)
)

// Kept tells what retention asks of an attempt, locked where the transaction writes;
// fault.NotFound "unknown-attempt".
func (s *Store) Kept(t *sqldb.Tx, id appropriateness.AttemptID, writes bool) (appropriateness.Kept, error) {
	q := keptOne
	if writes {
		q = q.With(keptLocked)
	}
	k, err := scanKept(t.Row(q, id).Scan)
	return k, sqldb.Found(err, "unknown-attempt", "")
}

// KeptAfter tells it of the attempts after an id, in the order of their ids.
func (s *Store) KeptAfter(t *sqldb.Tx, after string, most int) (some []appropriateness.Kept, err error) {
	rows, err := t.Rows(keptSome, after, most)
	return sqldb.All(rows, err, scanKept)
}

func scanKept(into func(...any) error) (k appropriateness.Kept, err error) {
	var created int64
	var ended sql.NullInt64
	err = into(&k.ID, &k.Client, &created, &ended)
	k.Created, k.Ended = sqldb.Instant(created), sqldb.MaybeInstant(ended)
	return k, err
}

// Known reports whether an attempt of this client is left.
func (s *Store) Known(t *sqldb.Tx, client ident.Person) (bool, error) {
	var n int
	err := t.Row(ofClient, client).Scan(&n)
	return n > 0, err
}

// Empty destroys what an attempt tells of its client: answers, what was shown, the
// link, by what they were known, what became of them. Test, days and outcome stay, for
// the figures count them.
func (s *Store) Empty(t *sqldb.Tx, id appropriateness.AttemptID) (texts, documents int64, err error) {
	for _, drop := range []*sqldb.Query{dropAnswers, dropNotices, dropLinks, dropRecognition, dropLedger, dropSequels, dropFit} {
		n, err := t.Exec(drop, id)
		if err != nil {
			return 0, 0, err
		}
		texts += n
	}
	if documents, err = t.Exec(dropDocuments, id); err != nil {
		return 0, 0, err
	}
	_, err = t.Exec(emptyAttempt, id)
	return texts, documents, err
}
