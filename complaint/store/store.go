// Package store keeps complaints in SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "complaint", Migrations: migrations, Tenant: []string{"complaint_complaint", "complaint_reply", "complaint_procedure", "complaint_read", "complaint_draft", "complaint_surge", "complaint_surge_care", "complaint_day", "complaint_figure"},
}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ complaint.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(complaint.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(complaint.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db     *sqldb.Tx
	writes bool
}

const columns = `id, way, sort, person, represents, original, document, about, service, cause, against, grouped, answered, extended, outcome, redress,
	handled, reopened, dispute`

// figures are columns that repeat what the case says, for counting.
const figures = `received, product`

var (
	complaintByID = sqldb.Tenant(`select ` + columns + ` from complaint_complaint where firm = :firm and id = ?`)
	saveComplaint = sqldb.Tenant(`insert into complaint_complaint (firm, ` + columns + `, ` + figures + `)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set sort = excluded.sort, person = excluded.person, represents = excluded.represents, about = excluded.about,
		service = excluded.service, cause = excluded.cause, against = excluded.against, grouped = excluded.grouped, answered = excluded.answered,
		extended = excluded.extended, outcome = excluded.outcome, redress = excluded.redress, handled = excluded.handled,
		reopened = excluded.reopened, dispute = excluded.dispute, received = excluded.received, product = excluded.product`)
	briefsByID = sqldb.Tenant(`select id, way, sort, service, cause, outcome, redress, handled, grouped, dispute from complaint_complaint
		where firm = :firm and id in (` + sqldb.Slots(briefsAtOnce) + `)`)
	repliesTo = sqldb.Tenant(`select id, kind, at, by_actor, way, body from complaint_reply where firm = :firm and complaint = ? order by at, id`)
	addReply  = sqldb.Tenant(`insert into complaint_reply (firm, id, complaint, kind, at, by_actor, way, body) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)
)

func (t tx) Complaint(id casework.ID) (c complaint.Complaint, err error) {
	of, err := t.Case(id)
	if err != nil {
		return c, err
	}
	return t.ComplaintOf(of)
}

func (t tx) ComplaintOf(of casework.Case) (c complaint.Complaint, err error) {
	var person, represents, dispute string
	err = t.db.Row(complaintByID, of.ID).Scan(&of.ID, &c.Way, &c.Sort, &person, &represents, &c.Original, &c.Document, &c.About, &c.Service, &c.Cause,
		&c.Against, &c.Group, &c.Answered, &c.Extended, &c.Outcome, &c.Redress, &c.Handled, &c.Reopened, &dispute)
	if err != nil {
		return c, sqldb.Found(err, "unknown-case", "") // a case of another kind
	}
	if err := errors.Join(json.Unmarshal([]byte(person), &c.From), json.Unmarshal([]byte(represents), &c.For), json.Unmarshal([]byte(dispute), &c.Body)); err != nil {
		return c, err
	}
	c.Case = of
	c.Replies, err = t.replies(of.ID)
	return c, err
}

func (t tx) replies(id casework.ID) (all []complaint.Reply, err error) {
	rows, err := t.db.Rows(repliesTo, id)
	return sqldb.All(rows, err, func(columns func(...any) error) (r complaint.Reply, err error) {
		var at int64
		err = columns(&r.ID, &r.Kind, &at, &r.By, &r.Way, &r.Text)
		r.At = sqldb.Instant(at)
		return r, err
	})
}

// briefsAtOnce is how many complaints are read together: those of a page.
const briefsAtOnce = 64

func (t tx) Briefs(cases []casework.Case) (all []complaint.Brief, err error) {
	for some := range slices.Chunk(cases, briefsAtOnce) {
		ids := make([]casework.ID, len(some))
		for i, c := range some {
			ids[i] = c.ID
		}
		rows, err := t.db.Rows(briefsByID, sqldb.Filled(ids, briefsAtOnce)...)
		read, err := sqldb.All(rows, err, scanBrief)
		if err != nil {
			return nil, err
		}
		by := map[casework.ID]complaint.Brief{}
		for _, b := range read {
			by[b.Case.ID] = b
		}
		for _, c := range some {
			b, there := by[c.ID]
			if !there {
				return nil, fmt.Errorf("case %s is no complaint", c.ID)
			}
			b.Case = c
			all = append(all, b)
		}
	}
	return all, nil
}

func scanBrief(columns func(...any) error) (b complaint.Brief, err error) {
	var dispute string
	if err := columns(&b.Case.ID, &b.Way, &b.Sort, &b.Service, &b.Cause, &b.Outcome, &b.Redress, &b.Handled, &b.Group, &dispute); err != nil {
		return b, err
	}
	return b, json.Unmarshal([]byte(dispute), &b.Body)
}

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

// Keep keeps the reply under a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}

func (t tx) SaveComplaint(c complaint.Complaint) error {
	text := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // these types hold text and days only
		}
		return string(b)
	}
	return counting(t.db, c.ID(), func() error {
		_, err := t.db.Exec(saveComplaint, c.ID(), c.Way, c.Sort, text(c.From), text(c.For), c.Original, c.Document, c.About, c.Service, c.Cause,
			c.Against, c.Group, c.Answered, c.Extended, c.Outcome, c.Redress, c.Handled, c.Reopened, text(c.Body),
			c.Case.Received, c.Case.Product)
		return err
	})
}

func (t tx) AddReply(id casework.ID, r complaint.Reply) error {
	_, err := t.db.Exec(addReply, r.ID, id, r.Kind, r.At.UnixMilli(), r.By, r.Way, r.Text)
	return err
}
