package store

import (
	"encoding/json"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/sqldb"
)

const keptColumns = `c.id, c.number, c.client, p.sort, c.received, p.handled, p.reopened, p.dispute, c.revision`

var (
	keptOne = sqldb.Tenant(`select ` + keptColumns + ` from complaint_complaint p join casework_case c on c.firm = p.firm and c.id = p.id
		where p.firm = :firm and p.id = ?`)
	keptLock = sqldb.Tenant(`select id from casework_case where firm = :firm and id = ? :lock`)
	// Both ids are bounded: PostgreSQL does not conclude one from the other, and would
	// read each time from the first case on.
	keptSome = sqldb.Tenant(`select ` + keptColumns + ` from complaint_complaint p join casework_case c on c.firm = p.firm and c.id = p.id
		where p.firm = :firm and p.id > ? and c.id > ? order by p.id limit ?`)

	emptyComplaint = sqldb.Tenant(`update complaint_complaint set person = '{}', represents = '{}', original = '', document = '', about = '', against = '',
		dispute = '{}',
		product = case when (select count(*) from (select 1 from complaint_complaint o where o.firm = :firm and o.product = complaint_complaint.product limit 5) few) >= 5 then product else '' end,
		service = case when (select count(*) from (select 1 from complaint_complaint o where o.firm = :firm and o.service = complaint_complaint.service limit 5) few) >= 5 then service else '' end,
		grouped = case when (select count(*) from (select 1 from complaint_complaint o where o.firm = :firm and o.grouped = complaint_complaint.grouped and o.grouped <> '' limit 5) few) >= 5 then grouped else '' end
		where firm = :firm and id = ?`)
	dropReplies = sqldb.Tenant(`delete from complaint_reply where firm = :firm and complaint = ?`)
	dropDraft   = sqldb.Tenant(`delete from complaint_draft where firm = :firm and id = ?`)
)

// Kept tells what retention asks of a complaint, locked where the transaction writes;
// fault.NotFound "unknown-case".
func (s *Store) Kept(t *sqldb.Tx, id casework.ID, writes bool) (k complaint.Kept, err error) {
	if writes {
		var locked string
		if err := t.Row(keptLock, id).Scan(&locked); err != nil {
			return k, sqldb.Found(err, "unknown-case", "")
		}
	}
	k, err = scanKept(t.Row(keptOne, id).Scan)
	return k, sqldb.Found(err, "unknown-case", "")
}

// KeptAfter tells it of the complaints after an id, in the order of their ids.
func (s *Store) KeptAfter(t *sqldb.Tx, after string, most int) (some []complaint.Kept, err error) {
	rows, err := t.Rows(keptSome, after, after, most)
	return sqldb.All(rows, err, scanKept)
}

func scanKept(into func(...any) error) (k complaint.Kept, err error) {
	var dispute string
	var revision int64
	if err := into(&k.ID, &k.Number, &k.Client, &k.Sort, &k.Received, &k.Handled, &k.Reopened, &dispute, &revision); err != nil {
		return k, err
	}
	k.Gone = revision == casework.DestroyedRevision
	return k, json.Unmarshal([]byte(dispute), &k.Dispute)
}

var dropComplaint = sqldb.Tenant(`delete from complaint_complaint where firm = :firm and id = ?`)

// TakeOut removes a complaint and its case, and what figures and radar counted of it.
func (t tx) TakeOut(id casework.ID) error {
	if err := t.uncount(id); err != nil {
		return err
	}
	for _, drop := range []*sqldb.Query{dropReplies, dropDraft, dropComplaint} {
		if _, err := t.db.Exec(drop, id); err != nil {
			return err
		}
	}
	return t.Remove(id)
}

// Empty destroys who complained and every word of the complaint, and the client's
// link. Sort, cause, outcome, redress and days stay: reports count them.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (texts int64, err error) {
	err = counting(t, id, func() (err error) {
		texts, err = t.Exec(emptyComplaint, id)
		return err
	})
	if err != nil {
		return 0, err
	}
	replies, err := t.Exec(dropReplies, id)
	if err != nil {
		return 0, err
	}
	_, err = t.Exec(dropDraft, id)
	return texts + replies, err
}
