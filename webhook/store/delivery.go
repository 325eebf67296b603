package store

import (
	"database/sql"
	"time"

	"zorgplicht/internal/sqldb"
	"zorgplicht/webhook"
)

const delivery = `id, subscription, event, type, subject, state, again, tries, made, first, next, ended, status, result`

var (
	keepDelivery = sqldb.Tenant(`insert into webhook_delivery (firm, ` + delivery + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	saveDelivery = sqldb.Tenant(`update webhook_delivery set state = ?, tries = ?, first = ?, next = ?, ended = ?, status = ?, result = ? where firm = :firm and id = ?`)
	deliveryByID = sqldb.Tenant(`select ` + delivery + ` from webhook_delivery where firm = :firm and subscription = ? and id = ?`)
	due          = sqldb.Tenant(`select ` + delivery + ` from webhook_delivery where firm = :firm and subscription = ? and state = 'waiting' and next <= ?
		order by next, made, id limit 1`)
	nextDue    = sqldb.Tenant(`select min(next) from webhook_delivery where firm = :firm and subscription = ? and state = 'waiting'`)
	deliveries = sqldb.Tenant(`select ` + delivery + ` from webhook_delivery where firm = :firm and subscription = ?`)
	inState    = sqldb.Part(`and state = ?`, deliveries)
	after      = sqldb.Part(`and (made, id) < (?, ?)`, deliveries)
	newest     = sqldb.Part(`order by made desc, id desc limit ?`, deliveries)

	keepTry = sqldb.Tenant(`insert into webhook_try (firm, delivery, nr, at, took, status, result, response) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)
	triesOf = sqldb.Tenant(`select at, took, status, result, response from webhook_try where firm = :firm and delivery = ? order by nr`)
)

func (t tx) Send(d webhook.Delivery) error {
	_, err := t.Exec(keepDelivery, d.ID, d.Subscription, d.Event, d.Type, d.Subject, d.State, d.Again, d.Tries, d.Made.UnixMilli(),
		sqldb.Millis(d.First), d.Next.UnixMilli(), sqldb.Millis(d.Ended), d.Status, d.Result)
	if err != nil {
		return err
	}
	return t.Wake(string(d.ID), d.Subscription, d.Next)
}

func (t tx) SaveDelivery(d webhook.Delivery) error {
	_, err := t.Exec(saveDelivery, d.State, d.Tries, sqldb.Millis(d.First), d.Next.UnixMilli(), sqldb.Millis(d.Ended), d.Status, d.Result, d.ID)
	return err
}

func (t tx) Delivery(of webhook.ID, id webhook.DeliveryID) (webhook.Delivery, error) {
	d, err := scanDelivery(t.Row(deliveryByID, of, id).Scan)
	return d, sqldb.Found(err, "unknown-delivery", "")
}

func (t tx) Due(of webhook.ID, now time.Time) (webhook.Delivery, bool, error) {
	d, err := scanDelivery(t.Row(due, of, now.UnixMilli()).Scan)
	there, err := sqldb.There(err)
	return d, there, err
}

func (t tx) NextDue(of webhook.ID) (time.Time, bool, error) {
	var at sql.NullInt64
	err := t.Row(nextDue, of).Scan(&at)
	return sqldb.MaybeInstant(at), at.Valid, err
}

func (t tx) Deliveries(of webhook.ID, f webhook.Filter) (p webhook.Page, err error) {
	parts, args := []*sqldb.Fragment{}, []any{of}
	if f.State != "" {
		parts, args = append(parts, inState), append(args, f.State)
	}
	if f.Cursor.ID != "" {
		parts, args = append(parts, after), append(args, f.Cursor.Made.UnixMilli(), f.Cursor.ID)
	}
	rows, err := t.Rows(deliveries.With(append(parts, newest)...), append(args, f.Limit+1)...)
	p.Rows, err = sqldb.All(rows, err, scanDelivery)
	if len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		last := p.Rows[f.Limit-1]
		p.Next = &webhook.Cursor{Made: last.Made, ID: last.ID}
	}
	return p, err
}

func scanDelivery(into func(...any) error) (d webhook.Delivery, err error) {
	var again, made, next int64
	var first, ended sql.NullInt64
	err = into(&d.ID, &d.Subscription, &d.Event, &d.Type, &d.Subject, &d.State, &again, &d.Tries, &made, &first, &next, &ended, &d.Status, &d.Result)
	d.Again, d.Made, d.First, d.Next, d.Ended = again == 1, sqldb.Instant(made), sqldb.MaybeInstant(first), sqldb.Instant(next), sqldb.MaybeInstant(ended)
	return d, err
}

func (t tx) KeepTry(of webhook.DeliveryID, nr int, y webhook.Try) error {
	_, err := t.Exec(keepTry, of, nr, y.At.UnixMilli(), y.Took.Milliseconds(), y.Status, y.Result, y.Response)
	return err
}

func (t tx) Tries(of webhook.DeliveryID) ([]webhook.Try, error) {
	rows, err := t.Rows(triesOf, of)
	return sqldb.All(rows, err, func(into func(...any) error) (y webhook.Try, err error) {
		var at, took int64
		err = into(&at, &took, &y.Status, &y.Result, &y.Response)
		y.At, y.Took = sqldb.Instant(at), time.Duration(took)*time.Millisecond
		return y, err
	})
}
