package store

import (
	"database/sql"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/retention"
)

const (
	listColumns  = `id, number, kind, stage, made, by_actor, reviewed, reviewer, ended, approver, reason, size, gone, statement, stated`
	entryColumns = `kind, record, label, earliest, struck, outcome, why, payloads, texts, documents, words`
)

var (
	listByID   = sqldb.Tenant(`select ` + listColumns + ` from retention_list where firm = :firm and id = ?`)
	lockedList = sqldb.Part(`:lock`, listByID)
	newLists   = sqldb.Tenant(`select ` + listColumns + ` from retention_list where firm = :firm`)
	olderLists = sqldb.Part(`and id < ?`, newLists)
	listOrder  = sqldb.Part(`order by id desc limit ?`, newLists)
	saveList   = sqldb.Tenant(`insert into retention_list (firm, ` + listColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set stage = excluded.stage, reviewed = excluded.reviewed, reviewer = excluded.reviewer, ended = excluded.ended,
		approver = excluded.approver, reason = excluded.reason, gone = excluded.gone, statement = excluded.statement, stated = excluded.stated`)

	entriesOf = sqldb.Tenant(`select ` + entryColumns + ` from retention_entry where firm = :firm and list = ? order by label, kind, record`)
	saveEntry = sqldb.Tenant(`insert into retention_entry (firm, list, ` + entryColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, list, kind, record) do update set struck = excluded.struck, outcome = excluded.outcome, why = excluded.why,
		payloads = excluded.payloads, texts = excluded.texts, documents = excluded.documents, words = excluded.words`)

	keepStatement = sqldb.Tenant(`insert into retention_statement (firm, list, body) values (:firm, ?, ?)`)
	statementOf   = sqldb.Tenant(`select body from retention_statement where firm = :firm and list = ?`)
)

func scanList(into func(...any) error) (l retention.List, err error) {
	var made int64
	var reviewed, ended sql.NullInt64
	var statement []byte
	err = into(&l.ID, &l.Number, &l.Kind, &l.Stage, &made, &l.By, &reviewed, &l.Reviewer, &ended, &l.Approver, &l.Reason, &l.Size, &l.Gone, &statement, &l.StatedSize)
	l.Made, l.Reviewed, l.Ended = sqldb.Instant(made), sqldb.MaybeInstant(reviewed), sqldb.MaybeInstant(ended)
	copy(l.Statement[:], statement)
	return l, err
}

func (t tx) List(id string) (retention.List, error) {
	q := listByID
	if t.writes {
		q = q.With(lockedList)
	}
	l, err := scanList(t.Row(q, id).Scan)
	return l, sqldb.Found(err, "unknown-list", "")
}

func (t tx) Lists(before string, most int) ([]retention.List, error) {
	parts, args := []*sqldb.Fragment{}, []any{}
	if before != "" {
		parts, args = append(parts, olderLists), append(args, before)
	}
	rows, err := t.Rows(newLists.With(append(parts, listOrder)...), append(args, most)...)
	return sqldb.All(rows, err, scanList)
}

func (t tx) SaveList(l retention.List) error {
	var statement any
	if l.Statement != (ident.Hash{}) {
		statement = l.Statement
	}
	_, err := t.Exec(saveList, l.ID, l.Number, l.Kind, l.Stage, l.Made.UnixMilli(), l.By, sqldb.Millis(l.Reviewed), l.Reviewer, sqldb.Millis(l.Ended), l.Approver, l.Reason,
		l.Size, l.Gone, statement, l.StatedSize)
	return err
}

func (t tx) Entries(list string) ([]retention.Entry, error) {
	rows, err := t.Rows(entriesOf, list)
	return sqldb.All(rows, err, func(into func(...any) error) (e retention.Entry, err error) {
		g := &e.Gone
		return e, into(&e.Kind, &e.ID, &e.Label, &e.Earliest, &e.Struck, &e.Outcome, &e.Why, &g.Payloads, &g.Texts, &g.Documents, &g.Words)
	})
}

func (t tx) SaveEntry(list string, e retention.Entry) error {
	g := e.Gone
	_, err := t.Exec(saveEntry, list, e.Kind, e.ID, e.Label, e.Earliest, e.Struck, e.Outcome, e.Why, g.Payloads, g.Texts, g.Documents, g.Words)
	return err
}

func (t tx) KeepStatement(list string, pdf []byte) error {
	_, err := t.Exec(keepStatement, list, pdf)
	return err
}

func (t tx) Statement(list string) (pdf []byte, err error) {
	err = t.Row(statementOf, list).Scan(&pdf)
	return pdf, sqldb.Found(err, "unknown-statement", "")
}
