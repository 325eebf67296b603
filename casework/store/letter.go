package store

import (
	"database/sql"

	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

var (
	templatesOf = sqldb.Tenant(`select kind, code, version, made, by_actor, subject, body from casework_template
		where firm = :firm and kind = ? and code = ? order by version desc`)
	addTemplate = sqldb.Tenant(`insert into casework_template (firm, kind, code, version, made, by_actor, subject, body) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)

	lettersOf = sqldb.Tenant(`select l.id, l.case_id, l.code, l.version, l.subject, l.body, l.recipient, l.made, l.by_actor, l.sent, l.way, l.sent_by,
		p.id, p.name, p.hash, h.id, h.name, h.hash, c.number from casework_letter l
		join casework_case c on c.firm = l.firm and c.id = l.case_id
		join casework_document p on p.firm = l.firm and p.id = l.pdf
		join casework_document h on h.firm = l.firm and h.id = l.html
		where l.firm = :firm and l.case_id = ? order by l.made, l.id`)
	saveLetter = sqldb.Tenant(`insert into casework_letter (firm, id, case_id, code, version, subject, body, recipient, made, by_actor, pdf, html, sent, way, sent_by, found)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
		on conflict (firm, id) do update set sent = excluded.sent, way = excluded.way, sent_by = excluded.sent_by`)
	unfound   = sqldb.Tenant(`select distinct case_id from casework_letter where firm = :firm and found = 0 order by case_id limit ?`)
	foundThem = sqldb.Tenant(`update casework_letter set found = 1 where firm = :firm and case_id = ? and found = 0`)
)

func (t tx) Templates(k casework.Kind, code string) ([]casework.Template, error) {
	rows, err := t.Rows(templatesOf, k, code)
	return sqldb.All(rows, err, func(into func(...any) error) (o casework.Template, err error) {
		var made int64
		err = into(&o.Kind, &o.Code, &o.Version, &made, &o.By, &o.Subject, &o.Text)
		o.Made = sqldb.Instant(made)
		return o, err
	})
}

func (t tx) SaveTemplate(o casework.Template) error {
	_, err := t.Exec(addTemplate, o.Kind, o.Code, o.Version, o.Made.UnixMilli(), o.By, o.Subject, o.Text)
	return err
}

func (t tx) Letters(id casework.ID) ([]casework.Missive, error) {
	rows, err := t.Rows(lettersOf, id)
	return sqldb.All(rows, err, func(into func(...any) error) (l casework.Missive, err error) {
		var made int64
		var sent sql.NullInt64
		err = into(&l.ID, &l.Case, &l.Code, &l.Version, &l.Subject, &l.Text, &l.To, &made, &l.By, &sent, &l.Way, &l.SentBy,
			&l.PDF.ID, &l.PDF.Name, &l.PDF.Hash, &l.HTML.ID, &l.HTML.Name, &l.HTML.Hash, &l.Number)
		l.Made, l.Sent = sqldb.Instant(made), sqldb.MaybeInstant(sent)
		return l, err
	})
}

func (t tx) SaveLetter(l casework.Missive) error {
	_, err := t.Exec(saveLetter, l.ID, l.Case, l.Code, l.Version, l.Subject, l.Text, l.To, l.Made.UnixMilli(), l.By, l.PDF.ID, l.HTML.ID, sqldb.Millis(l.Sent), l.Way, l.SentBy)
	return err
}

func (t tx) Unfound(most int) ([]casework.ID, error) {
	rows, err := t.Rows(unfound, most)
	return sqldb.All(rows, err, func(into func(...any) error) (id casework.ID, err error) {
		err = into(&id)
		return id, err
	})
}

func (t tx) Found(id casework.ID) error {
	_, err := t.Exec(foundThem, id)
	return err
}
