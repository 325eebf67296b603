// Package store keeps the rule sets of a firm in SQL, the same in SQLite and
// PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"sync"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{Room: "criteria", Migrations: migrations, Tenant: append([]string{"criteria_draft", "criteria_release"}, runTables...)}

// Store keeps drafts and versions. What other rooms hold comes from the hall, in
// the same transaction.
type Store struct {
	DB        *sqldb.DB
	Pen       func(*sqldb.Tx, journal.Fact) error         // the journal's end
	Opener    func(*sqldb.Tx, ident.Hash) ([]byte, error) // a sealed thing by its hash
	OnePerson func(*sqldb.Tx) (bool, error)               // room party

	programs sync.Map // sealedKey -> *criteria.Program: never changes, so kept for good
}

var _ criteria.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(criteria.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state; what it would write is refused.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(criteria.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

const draftColumns = `name, purpose, revision, body, editor, edited, state`

var (
	oneDraft   = sqldb.Tenant(`select ` + draftColumns + ` from criteria_draft where firm = :firm and name = ?`)
	lockDraft  = sqldb.Part(`:lock`, oneDraft)
	allDrafts  = sqldb.Tenant(`select ` + draftColumns + ` from criteria_draft where firm = :firm order by name`)
	firstDraft = sqldb.Tenant(`insert into criteria_draft (firm, ` + draftColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	nextDraft  = sqldb.Tenant(`update criteria_draft set purpose = ?, revision = ?, body = ?, editor = ?, edited = ?, state = ?
		where firm = :firm and name = ? and revision in (?, ?)`)

	releasesOf = sqldb.Tenant(`select name, purpose, version, hash, title, starts, ends, through, way, published_by, reviewer, asked_by, reason, recorded, withdrawn, withdrawn_by
		from criteria_release where firm = :firm and (name = ? or ? = '') order by name, version`)
	insertRelease = sqldb.Tenant(`insert into criteria_release (firm, name, purpose, version, hash, title, starts, ends, through, way, published_by, reviewer, asked_by, reason, recorded)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	endRelease = sqldb.Tenant(`update criteria_release set ends = ?, withdrawn = ?, withdrawn_by = ? where firm = :firm and name = ? and version = ?`)
)

// A state is what a draft holds beside its text.
type state struct {
	Tried *criteria.Trial   `json:"tried,omitempty"`
	Asked *criteria.Request `json:"asked,omitempty"`
}

func (t tx) Draft(name string) (criteria.Draft, error) {
	q := oneDraft
	if t.writes {
		q = q.With(lockDraft)
	}
	d, err := scanDraft(t.Row(q, name).Scan)
	return d, sqldb.Found(err, "unknown-set", "")
}

func (t tx) Drafts() (list []criteria.Draft, err error) {
	err = t.Each(allDrafts, nil, func(scan func(...any) error) error {
		d, err := scanDraft(scan)
		list = append(list, d)
		return err
	})
	return list, err
}

func scanDraft(scan func(...any) error) (d criteria.Draft, err error) {
	var edited int64
	var b []byte
	if err := scan(&d.Name, &d.Purpose, &d.Revision, &d.Text, &d.Editor, &edited, &b); err != nil {
		return d, err
	}
	var st state
	err = canon.Decode(b, &st)
	d.Edited, d.Tried, d.Asked = sqldb.Instant(edited), st.Tried, st.Asked
	return d, err
}

func (t tx) KeepDraft(d criteria.Draft, fresh bool) error {
	b := canon.Must(state{d.Tried, d.Asked})
	var n int64
	var err error
	if fresh {
		n, err = t.Exec(firstDraft, d.Name, string(d.Purpose), d.Revision, d.Text, d.Editor, d.Edited.UnixMilli(), b)
	} else {
		n, err = t.Exec(nextDraft, string(d.Purpose), d.Revision, d.Text, d.Editor, d.Edited.UnixMilli(), b, d.Name, d.Revision, d.Revision-1)
	}
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "set-changed", d.Name)
	}
	return err
}

func (t tx) Releases(name string) (list []criteria.Release, err error) {
	err = t.Each(releasesOf, []any{name, name}, func(scan func(...any) error) error {
		var r criteria.Release
		var recorded int64
		var withdrawn sql.NullInt64
		err := scan(&r.Name, &r.Purpose, &r.Version, &r.Hash, &r.Title, &r.From, &r.To, &r.Through, &r.Way, &r.By, &r.Reviewer, &r.AskedBy, &r.Reason, &recorded, &withdrawn, &r.Ender)
		r.Recorded = sqldb.Instant(recorded)
		if withdrawn.Valid {
			r.Withdrawn = new(sqldb.Instant(withdrawn.Int64))
		}
		list = append(list, r)
		return err
	})
	return list, err
}

func (t tx) Insert(r criteria.Release) error {
	_, err := t.Exec(insertRelease, r.Name, string(r.Purpose), r.Version, r.Hash, r.Title, r.From, day(r.To), day(r.Through), r.Way, r.By, r.Reviewer, r.AskedBy, r.Reason, r.Recorded.UnixMilli())
	if sqldb.IsUnique(err) {
		return fault.New(fault.Conflict, "publish-raced", r.Name)
	}
	return err
}

func (t tx) Ends(r criteria.Release) error {
	var withdrawn any
	if r.Withdrawn != nil {
		withdrawn = r.Withdrawn.UnixMilli()
	}
	_, err := t.Exec(endRelease, day(r.To), withdrawn, r.Ender, r.Name, r.Version)
	return err
}

// Sealed opens a set by its hash. A firm opens only what itself sealed: the
// programs are kept by firm.
func (t tx) Sealed(h ident.Hash) (*criteria.Program, error) {
	key := sealedKey{t.Firm(), h}
	if p, ok := t.store.programs.Load(key); ok {
		return p.(*criteria.Program), nil
	}
	b, err := t.store.Opener(t.Tx, h)
	if err != nil {
		return nil, err
	}
	var set criteria.Set
	if err := canon.Decode(b, &set); err != nil {
		return nil, fmt.Errorf("read sealed set %s: %v", h, err) // no fault of the one who asks
	}
	p, err := criteria.Compile(set)
	if err != nil {
		return nil, fmt.Errorf("compile sealed set %s: %v", h, err)
	}
	t.store.programs.Store(key, p)
	return p, nil
}

type sealedKey struct {
	firm ident.Firm
	hash ident.Hash
}

func (t tx) OnePerson() (bool, error) { return t.store.OnePerson(t.Tx) }

func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

func day(d *calendar.Date) any {
	if d == nil {
		return nil
	}
	return *d
}
