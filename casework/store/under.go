package store

import (
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var (
	keepNote = sqldb.Tenant(`insert into casework_note (firm, id, case_id, at, made, by_actor, way, body) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)
	notesOf  = sqldb.Tenant(`select id, case_id, at, made, by_actor, way, body from casework_note where firm = :firm and case_id = ? order by at, id`)

	keepDocument = sqldb.Tenant(`insert into casework_document (firm, id, case_id, name, media, size, hash, at, by_actor, way, what, content)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	documentsOf = sqldb.Tenant(`select id, case_id, name, media, size, hash, at, by_actor, way, what from casework_document
		where firm = :firm and case_id = ? order by at, id`)
	documentByID = sqldb.Tenant(`select id, case_id, name, media, size, hash, at, by_actor, way, what, content from casework_document
		where firm = :firm and case_id = ? and id = ?`)

	teamByAccount = sqldb.Tenant(`select coalesce(max(team), '') from casework_member where firm = :firm and account = ?`)
	saveTeam      = sqldb.Tenant(`insert into casework_member (firm, account, team) values (:firm, ?, ?)
		on conflict (firm, account) do update set team = excluded.team`)
	teams = sqldb.Tenant(`select distinct team from casework_member where firm = :firm and team <> '' order by team`)
)

func (t tx) KeepNote(n casework.Note) error {
	_, err := t.Exec(keepNote, n.ID, n.Case, n.At.UnixMilli(), n.Made.UnixMilli(), n.By, n.Way, n.Text)
	return err
}

func (t tx) Notes(id casework.ID) ([]casework.Note, error) {
	rows, err := t.Rows(notesOf, id)
	return sqldb.All(rows, err, func(into func(...any) error) (n casework.Note, err error) {
		var at, made int64
		err = into(&n.ID, &n.Case, &at, &made, &n.By, &n.Way, &n.Text)
		n.At, n.Made = sqldb.Instant(at), sqldb.Instant(made)
		return n, err
	})
}

func (t tx) KeepDocument(d casework.Document, content []byte) error {
	_, err := t.Exec(keepDocument, d.ID, d.Case, d.Name, d.Media, d.Size, d.Hash, d.At.UnixMilli(), d.By, d.Way, d.What, content)
	return err
}

func (t tx) Documents(id casework.ID) ([]casework.Document, error) {
	rows, err := t.Rows(documentsOf, id)
	return sqldb.All(rows, err, func(into func(...any) error) (casework.Document, error) { return scanDocument(into) })
}

func scanDocument(into func(...any) error, more ...any) (d casework.Document, err error) {
	var at int64
	err = into(append([]any{&d.ID, &d.Case, &d.Name, &d.Media, &d.Size, &d.Hash, &at, &d.By, &d.Way, &d.What}, more...)...)
	d.At = sqldb.Instant(at)
	return d, err
}

func (t tx) Document(id casework.ID, document string) (casework.Document, []byte, error) {
	var content []byte
	d, err := scanDocument(t.Row(documentByID, id, document).Scan, &content)
	return d, content, sqldb.Found(err, "unknown-document", "")
}

func (t tx) TeamOf(account string) (team string, err error) {
	err = t.Row(teamByAccount, account).Scan(&team)
	return team, err
}

func (t tx) SaveTeam(account, team string) error {
	_, err := t.Exec(saveTeam, account, team)
	return err
}

func (t tx) Teams() ([]string, error) {
	rows, err := t.Rows(teams)
	return sqldb.All(rows, err, func(into func(...any) error) (s string, err error) { return s, into(&s) })
}
