package store

import (
	"slices"

	"zorgplicht/internal/sqldb"
	"zorgplicht/webhook"
)

var (
	number = sqldb.Tenant(`insert into webhook_subject (firm, subject, latest) values (:firm, ?, 1)
		on conflict (firm, subject) do update set latest = webhook_subject.latest + 1 returning latest`)
	keepEvent = sqldb.Tenant(`insert into webhook_event (firm, id, type, subject, sequence, at, body) values (:firm, ?, ?, ?, ?, ?, ?)`)
	eventByID = sqldb.Tenant(`select id, type, subject, sequence, at, body from webhook_event where firm = :firm and id = ?`)
	eventsIn  = sqldb.Tenant(`select id, type, subject, sequence, at from webhook_event
		where firm = :firm and at >= ? and at < ? and type <> ? order by at, id`)
)

func (t tx) Number(subject string) (n int, err error) {
	err = t.Row(number, subject).Scan(&n)
	return n, err
}

func (t tx) KeepEvent(e webhook.Event, body []byte) error {
	_, err := t.Exec(keepEvent, e.ID, e.Type, e.Subject, e.Sequence, e.At.UnixMilli(), string(body))
	return err
}

func (t tx) Event(id string) (e webhook.Event, body []byte, err error) {
	var at int64
	var text string
	err = t.Row(eventByID, id).Scan(&e.ID, &e.Type, &e.Subject, &e.Sequence, &at, &text)
	e.Firm, e.At = t.Firm(), sqldb.Instant(at)
	return e, []byte(text), sqldb.Found(err, "unknown-event", "")
}

// Events returns the events of a while, of the types asked, up to the limit.
func (t tx) Events(r webhook.Range) ([]webhook.Event, error) {
	rows, err := t.Rows(eventsIn, r.From.UnixMilli(), r.Before.UnixMilli(), webhook.Trial)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []webhook.Event
	for len(all) < r.Limit && rows.Next() {
		e := webhook.Event{Firm: t.Firm()}
		var at int64
		if err := rows.Scan(&e.ID, &e.Type, &e.Subject, &e.Sequence, &at); err != nil {
			return nil, err
		}
		if e.At = sqldb.Instant(at); slices.Contains(r.Types, e.Type) {
			all = append(all, e)
		}
	}
	return all, rows.Err()
}
