package store

import (
	"time"

	"zorgplicht/complaint"
	"zorgplicht/internal/sqldb"
)

var (
	procedure = sqldb.Tenant(`select version, made, by_actor, acknowledge, answer, extended, dispute_body, body from complaint_procedure
		where firm = :firm order by version desc limit 1`)
	addProcedure = sqldb.Tenant(`insert into complaint_procedure (firm, version, made, by_actor, acknowledge, answer, extended, dispute_body, body)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?)`)
	readers = sqldb.Tenant(`select account, at from complaint_read where firm = :firm and version = ?`)
	addRead = sqldb.Tenant(`insert into complaint_read (firm, version, account, at) values (:firm, ?, ?, ?)
		on conflict (firm, version, account) do nothing`)
)

func (t tx) Procedure() (p complaint.ProcedureText, set bool, err error) {
	var made int64
	err = t.db.Row(procedure).Scan(&p.Version, &made, &p.By, &p.Terms.Acknowledge, &p.Terms.Answer, &p.Terms.Extended, &p.DisputeBody, &p.Text)
	if set, err = sqldb.There(err); set {
		p.Made = sqldb.Instant(made)
	}
	return p, set, err
}

func (t tx) AddProcedure(p complaint.ProcedureText) error {
	_, err := t.db.Exec(addProcedure, p.Version, p.Made.UnixMilli(), p.By, p.Terms.Acknowledge, p.Terms.Answer, p.Terms.Extended, p.DisputeBody, p.Text)
	return err
}

func (t tx) Readers(version int) (map[string]time.Time, error) {
	read := map[string]time.Time{}
	err := t.db.Each(readers, []any{version}, func(columns func(...any) error) error {
		var account string
		var at int64
		err := columns(&account, &at)
		read[account] = sqldb.Instant(at)
		return err
	})
	return read, err
}

func (t tx) AddRead(version int, account string, at time.Time) (bool, error) {
	n, err := t.db.Exec(addRead, version, account, at.UnixMilli())
	return n == 1, err
}
