package store

import (
	"database/sql"
	"strings"

	"zorgplicht/internal/sqldb"
	"zorgplicht/webhook"
)

const subscribed = `id, url, description, types, active, version, overlap, made, failing, stopped, why`

var (
	subscriptions = sqldb.Tenant(`select ` + subscribed + ` from webhook_subscription where firm = :firm order by made, id`)
	subscription  = sqldb.Tenant(`select ` + subscribed + ` from webhook_subscription where firm = :firm and id = ?`)
	locked        = sqldb.Part(`:lock`, subscription)

	saveSubscription = sqldb.Tenant(`insert into webhook_subscription (firm, ` + subscribed + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set url = excluded.url, description = excluded.description, types = excluded.types, active = excluded.active,
		version = excluded.version, overlap = excluded.overlap, failing = excluded.failing, stopped = excluded.stopped, why = excluded.why`)
)

func (t tx) Subscriptions() ([]webhook.Subscription, error) {
	rows, err := t.Rows(subscriptions)
	return sqldb.All(rows, err, scanSubscription)
}

func (t tx) Subscription(id webhook.ID) (webhook.Subscription, error) {
	q := subscription
	if t.writes {
		q = q.With(locked)
	}
	s, err := scanSubscription(t.Row(q, id).Scan)
	return s, sqldb.Found(err, "unknown-webhook", "")
}

func scanSubscription(into func(...any) error) (s webhook.Subscription, err error) {
	var types string
	var active, made int64
	var overlap, failing, stopped sql.NullInt64
	if err := into(&s.ID, &s.URL, &s.Description, &types, &active, &s.Version, &overlap, &made, &failing, &stopped, &s.Why); err != nil {
		return s, err
	}
	for name := range strings.FieldsSeq(types) {
		s.Types = append(s.Types, webhook.Type(name))
	}
	s.Active, s.Made = active == 1, sqldb.Instant(made)
	s.Overlap, s.Failing, s.Stopped = sqldb.MaybeInstant(overlap), sqldb.MaybeInstant(failing), sqldb.MaybeInstant(stopped)
	return s, nil
}

func (t tx) Save(s webhook.Subscription) error {
	types := make([]string, len(s.Types))
	for i, name := range s.Types {
		types[i] = string(name)
	}
	_, err := t.Exec(saveSubscription, s.ID, s.URL, s.Description, strings.Join(types, " "), s.Active, s.Version, sqldb.Millis(s.Overlap),
		s.Made.UnixMilli(), sqldb.Millis(s.Failing), sqldb.Millis(s.Stopped), s.Why)
	return err
}
