package store

import (
	"context"
	"encoding/json"
	"time"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

var (
	byLink    = sqldb.House(`select firm, id from complaint_draft where token = ?`)
	draftByID = sqldb.Tenant(`select made, sent, answers from complaint_draft where firm = :firm and id = ?`)
	addDraft  = sqldb.Tenant(`insert into complaint_draft (firm, id, token, made, sent, answers) values (:firm, ?, ?, ?, 0, '{}')`)
	addLink   = sqldb.Tenant(`insert into complaint_draft (firm, id, token, made, sent, answers) values (:firm, ?, ?, ?, 1, '{}')
		on conflict (firm, id) do nothing`)
	begunSince  = sqldb.Tenant(`select count(*) from complaint_draft where firm = :firm and sent = 0 and made >= ?`)
	saveDraft   = sqldb.Tenant(`update complaint_draft set sent = ?, answers = ? where firm = :firm and id = ?`)
	sweepDrafts = sqldb.Tenant(`delete from complaint_draft where firm = :firm and sent = 0 and made < ?`)
)

// ByLink finds the firm and the complaint of a link's token; fault.NotFound
// "unknown-link".
func (s *Store) ByLink(ctx context.Context, token ident.Hash) (firm ident.Firm, id casework.ID, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		return sqldb.Found(t.Row(byLink, token).Scan(&firm, &id), "unknown-link", "")
	})
	return firm, id, err
}

func (t tx) Draft(id casework.ID) (d complaint.Draft, err error) {
	var made, sent int64
	var answers string
	if err := sqldb.Found(t.db.Row(draftByID, id).Scan(&made, &sent, &answers), "unknown-link", ""); err != nil {
		return d, err
	}
	d.ID, d.Made, d.Sent = id, sqldb.Instant(made), sent == 1
	return d, json.Unmarshal([]byte(answers), &d.Filing)
}

func (t tx) AddDraft(d complaint.Draft, token ident.Hash) error {
	_, err := t.db.Exec(addDraft, d.ID, token, d.Made.UnixMilli())
	return err
}

func (t tx) AddLink(d complaint.Draft, token ident.Hash) error {
	_, err := t.db.Exec(addLink, d.ID, token, d.Made.UnixMilli())
	return err
}

func (t tx) BegunSince(at time.Time) (n int, err error) {
	err = t.db.Row(begunSince, at.UnixMilli()).Scan(&n)
	return n, err
}

func (t tx) SaveDraft(d complaint.Draft) error {
	answers, err := json.Marshal(d.Filing)
	if err != nil {
		return err
	}
	sent := 0
	if d.Sent {
		sent = 1
	}
	_, err = t.db.Exec(saveDraft, sent, string(answers), d.ID)
	return err
}

func (t tx) SweepDrafts(before time.Time) error {
	_, err := t.db.Exec(sweepDrafts, before.UnixMilli())
	return err
}
