// Package store keeps dispute bodies and disputes in SQL, the same in SQLite and
// PostgreSQL.
package store

import (
	"context"
	"embed"
	"encoding/json"
	"time"

	"zorgplicht/casework"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{Room: "dispute", Migrations: migrations, Tenant: []string{"dispute_institution", "dispute_case"}}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ dispute.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(dispute.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(dispute.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db *sqldb.Tx
}

var (
	bodies   = sqldb.Tenant(`select id, body from dispute_institution where firm = :firm`)
	bodyByID = sqldb.Part(`and id = ?`, bodies)
	saveBody = sqldb.Tenant(`insert into dispute_institution (firm, id, body) values (:firm, ?, ?) on conflict (firm, id) do update set body = excluded.body`)

	disputeByID = sqldb.Tenant(`select id, dispute from dispute_case where firm = :firm and id = ?`)
	pasts       = sqldb.Tenant(`select filed, ended, outcome, result from dispute_case where firm = :firm and body = ?`)
	saveDispute = sqldb.Tenant(`insert into dispute_case (firm, id, body, filed, ended, outcome, result, complaint, dispute) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set ended = excluded.ended, outcome = excluded.outcome, result = excluded.result, complaint = excluded.complaint, dispute = excluded.dispute`)
)

// read reads a row that is an id and the rest as JSON.
func read[T any](scan func(...any) error) (id casework.ID, it T, err error) {
	var body string
	if err := scan(&id, &body); err != nil {
		return id, it, err
	}
	return id, it, json.Unmarshal([]byte(body), &it)
}

func (t tx) Body(id casework.ID) (dispute.Body, error) {
	of, err := t.Case(id)
	if err != nil {
		return dispute.Body{}, err
	}
	_, b, err := read[dispute.Body](t.db.Row(bodies.With(bodyByID), id).Scan)
	b.Case = of
	return b, sqldb.Found(err, "unknown-case", "") // a case of another kind
}

func (t tx) Bodies() (all []dispute.Body, err error) {
	rows, err := t.db.Rows(bodies)
	return sqldb.All(rows, err, func(into func(...any) error) (dispute.Body, error) {
		id, b, err := read[dispute.Body](into)
		b.Case.ID = id
		return b, err
	})
}

func (t tx) SaveBody(b dispute.Body) error {
	body, err := json.Marshal(b)
	if err != nil {
		return err
	}
	_, err = t.db.Exec(saveBody, b.ID(), string(body))
	return err
}

func (t tx) Dispute(id casework.ID) (dispute.Dispute, error) {
	of, err := t.Case(id)
	if err != nil {
		return dispute.Dispute{}, err
	}
	d, err := t.Brief(id)
	d.Case = of
	return d, err
}

func (t tx) Brief(id casework.ID) (dispute.Dispute, error) {
	_, d, err := read[dispute.Dispute](t.db.Row(disputeByID, id).Scan)
	return d, sqldb.Found(err, "unknown-case", "") // a case of another kind
}

func (t tx) SaveDispute(d dispute.Dispute) error {
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = t.db.Exec(saveDispute, d.ID(), d.Body, d.Case.Received, d.Ended, d.Outcome, d.Result, d.ComplaintID, string(body))
	return err
}

func (t tx) Pasts(body casework.ID) (all []dispute.Past, err error) {
	rows, err := t.db.Rows(pasts, body)
	return sqldb.All(rows, err, func(into func(...any) error) (p dispute.Past, err error) {
		return p, into(&p.Filed, &p.Ended, &p.Outcome, &p.Result)
	})
}

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

// Keep keeps what was answered under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}
