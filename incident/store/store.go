// Package store keeps incidents in SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "incident", Migrations: migrations, Tenant: []string{"incident_incident", "incident_circle", "incident_measure", "incident_policy"},
}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ incident.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(incident.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(incident.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db *sqldb.Tx
}

const columns = `id, happened, facts, function, perpetrator, concerns, policy, judged, told, recorded, completed`

var (
	all  = sqldb.Tenant(`select ` + columns + ` from incident_incident where firm = :firm`)
	byID = sqldb.Part(`and id = ?`, all)
	save = sqldb.Tenant(`insert into incident_incident (firm, ` + columns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set happened = excluded.happened, facts = excluded.facts, function = excluded.function,
		perpetrator = excluded.perpetrator, concerns = excluded.concerns, judged = excluded.judged, told = excluded.told, completed = excluded.completed`)

	circles = sqldb.Tenant(`select incident, account from incident_circle where firm = :firm`)
	ofOne   = sqldb.Part(`and incident = ?`, circles)
	inOrder = sqldb.Part(`order by incident, account`, circles)
	forget  = sqldb.Tenant(`delete from incident_circle where firm = :firm and incident = ?`)
	admit   = sqldb.Tenant(`insert into incident_circle (firm, incident, account) values (:firm, ?, ?)`)

	measuresOf  = sqldb.Tenant(`select id, kind, what, decided, by_actor, due, done, checked, effect, found from incident_measure where firm = :firm and incident = ? order by decided, id`)
	saveMeasure = sqldb.Tenant(`insert into incident_measure (firm, id, incident, kind, what, decided, by_actor, due, done, checked, effect, found)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set done = excluded.done, checked = excluded.checked, effect = excluded.effect, found = excluded.found`)

	policies = sqldb.Tenant(`select version, record_days, judge_days, notify_days, check_days, body, written, writer, published, publisher, why
		from incident_policy where firm = :firm order by version desc`)
	savePolicy = sqldb.Tenant(`insert into incident_policy (firm, version, record_days, judge_days, notify_days, check_days, body, written, writer, published, publisher, why)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, version) do update set record_days = excluded.record_days, judge_days = excluded.judge_days, notify_days = excluded.notify_days,
		check_days = excluded.check_days, body = excluded.body, written = excluded.written, writer = excluded.writer, published = excluded.published,
		publisher = excluded.publisher, why = excluded.why`)
)

func (t tx) Incident(id casework.ID) (i incident.Incident, err error) {
	of, err := t.Case(id)
	if err != nil {
		return i, err
	}
	i, err = scan(t.db.Row(all.With(byID), id).Scan)
	if err != nil {
		return i, sqldb.Found(err, "unknown-case", "") // a case of another kind
	}
	i.Case = of
	circle, err := t.circles(circles.With(ofOne, inOrder), id)
	if err != nil {
		return i, err
	}
	i.Circle = circle[id]
	rows, err := t.db.Rows(measuresOf, id)
	i.Measures, err = sqldb.All(rows, err, scanMeasure)
	return i, err
}

func (t tx) Incidents() ([]incident.Incident, error) {
	circle, err := t.circles(circles.With(inOrder))
	if err != nil {
		return nil, err
	}
	rows, err := t.db.Rows(all)
	list, err := sqldb.All(rows, err, scan)
	for n := range list {
		list[n].Circle = circle[list[n].ID()]
	}
	return list, err
}

func (t tx) circles(q *sqldb.Query, args ...any) (map[casework.ID][]string, error) {
	rows, err := t.db.Rows(q, args...)
	of := map[casework.ID][]string{}
	_, err = sqldb.All(rows, err, func(into func(...any) error) (account string, err error) {
		var id casework.ID
		err = into(&id, &account)
		of[id] = append(of[id], account)
		return account, err
	})
	return of, err
}

func scan(into func(...any) error) (i incident.Incident, err error) {
	var judged, told string
	if err := into(&i.Case.ID, &i.Happened, &i.Facts, &i.Function, &i.Perpetrator, &i.Concerns, &i.Policy, &judged, &told, &i.Recorded, &i.Completed); err != nil {
		return i, err
	}
	return i, errors.Join(json.Unmarshal([]byte(judged), &i.Judged), json.Unmarshal([]byte(told), &i.Told))
}

func scanMeasure(into func(...any) error) (m incident.Measure, err error) {
	var set int64
	err = into(&m.ID, &m.Kind, &m.What, &set, &m.By, &m.Due, &m.Done, &m.Checked, &m.Effect, &m.Found)
	m.Set = sqldb.Instant(set)
	return m, err
}

func (t tx) SaveIncident(i incident.Incident) error {
	judged, err := json.Marshal(i.Judged)
	if err != nil {
		return err
	}
	told, err := json.Marshal(i.Told)
	if err != nil {
		return err
	}
	if _, err := t.db.Exec(save, i.ID(), i.Happened, i.Facts, i.Function, i.Perpetrator, i.Concerns, i.Policy, string(judged), string(told), i.Recorded, i.Completed); err != nil {
		return err
	}
	if _, err := t.db.Exec(forget, i.ID()); err != nil {
		return err
	}
	for _, account := range i.Circle {
		if _, err := t.db.Exec(admit, i.ID(), account); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) SaveMeasure(id casework.ID, m incident.Measure) error {
	_, err := t.db.Exec(saveMeasure, m.ID, id, m.Kind, m.What, m.Set.UnixMilli(), m.By, m.Due, m.Done, m.Checked, m.Effect, m.Found)
	return err
}

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

// Keep keeps what was answered under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}

func (t tx) Policies() ([]incident.Policy, error) {
	rows, err := t.db.Rows(policies)
	return sqldb.All(rows, err, func(into func(...any) error) (p incident.Policy, err error) {
		var written int64
		var published sql.NullInt64
		err = into(&p.Version, &p.Terms.Record, &p.Terms.Judge, &p.Terms.Notify, &p.Terms.Check, &p.Text, &written, &p.Writer, &published, &p.Publisher, &p.Why)
		p.Written = sqldb.Instant(written)
		p.Published = sqldb.MaybeInstant(published)
		return p, err
	})
}

func (t tx) SavePolicy(p incident.Policy) error {
	var published any
	if p.InForce() {
		published = p.Published.UnixMilli()
	}
	_, err := t.db.Exec(savePolicy, p.Version, p.Terms.Record, p.Terms.Judge, p.Terms.Notify, p.Terms.Check, p.Text, p.Written.UnixMilli(), p.Writer, published, p.Publisher, p.Why)
	return err
}
