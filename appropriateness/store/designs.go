package store

import (
	"database/sql"
	"slices"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

const draftColumns = `revision, body, editor, edited, asked_by, asked, asked_test, asked_note`

var (
	oneDraft   = sqldb.Tenant(`select ` + draftColumns + ` from appropriateness_design where firm = :firm and id = ?`)
	lockDraft  = sqldb.Part(`:lock`, oneDraft)
	allDrafts  = sqldb.Tenant(`select ` + draftColumns + ` from appropriateness_design where firm = :firm order by id`)
	firstDraft = sqldb.Tenant(`insert into appropriateness_design (firm, id, ` + draftColumns + `)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	nextDraft = sqldb.Tenant(`update appropriateness_design set revision = ?, body = ?, editor = ?, edited = ?,
		asked_by = ?, asked = ?, asked_test = ?, asked_note = ? where firm = :firm and id = ? and revision in (?, ?)`)

	releasesOf = sqldb.Tenant(`select id, hash, title, product, published_from, published_to, way, published_by, asked_by, reason, recorded, withdrawn
		from appropriateness_test where firm = :firm and (id = ? or ? = '') order by id, published_from`)
	lockReleases = sqldb.Part(`:lock`, releasesOf)
	endRelease   = sqldb.Tenant(`update appropriateness_test set published_to = ? where firm = :firm and id = ? and published_from = ?`)
	withdrawTest = sqldb.Tenant(`update appropriateness_test set published_to = ?, withdrawn = ? where firm = :firm and id = ? and published_from = ?`)
	placeTest    = sqldb.Tenant(`insert into appropriateness_test (firm, id, hash, title, product, published_from, published_to, way, published_by, asked_by, reason, recorded)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
)

func (t tx) Draft(id string) (appropriateness.Draft, error) {
	q := oneDraft
	if t.writes {
		q = q.With(lockDraft)
	}
	d, err := scanDraft(t.Row(q, id).Scan)
	return d, sqldb.Found(err, "unknown-design", "")
}

func (t tx) Drafts() (list []appropriateness.Draft, err error) {
	err = t.Each(allDrafts, nil, func(scan func(...any) error) error {
		d, err := scanDraft(scan)
		list = append(list, d)
		return err
	})
	return list, err
}

func scanDraft(scan func(...any) error) (d appropriateness.Draft, err error) {
	var body []byte
	var edited int64
	var by, note sql.NullString
	var at sql.NullInt64
	var test []byte
	if err := scan(&d.Revision, &body, &d.Editor, &edited, &by, &at, &test, &note); err != nil {
		return d, err
	}
	d.Edited = sqldb.Instant(edited)
	if at.Valid {
		d.Asked = &appropriateness.Request{By: by.String, At: sqldb.Instant(at.Int64), Test: ident.Hash(test), Note: note.String}
	}
	return d, canon.Decode(body, &d.Design)
}

func (t tx) KeepDraft(d appropriateness.Draft, fresh bool) error {
	var by, at, test, note any
	if d.Asked != nil {
		by, at, test, note = d.Asked.By, d.Asked.At.UnixMilli(), d.Asked.Test, d.Asked.Note
	}
	row := []any{d.Revision, canon.Must(d.Design), d.Editor, d.Edited.UnixMilli(), by, at, test, note}
	var n int64
	var err error
	if fresh {
		n, err = t.Exec(firstDraft, append([]any{d.Design.ID}, row...)...)
	} else {
		n, err = t.Exec(nextDraft, append(row, d.Design.ID, d.Revision, d.Revision-1)...)
	}
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "design-changed", d.Design.ID)
	}
	return err
}

func (t tx) Releases(id string) ([]appropriateness.Release, error) {
	return t.releases(releasesOf, id)
}

func (t tx) releases(q *sqldb.Query, id string) (list []appropriateness.Release, err error) {
	err = t.Each(q, []any{id, id}, func(scan func(...any) error) error {
		var r appropriateness.Release
		var from int64
		var to, recorded, withdrawn sql.NullInt64
		var way, by, asked, reason sql.NullString
		err := scan(&r.TestID, &r.Hash, &r.Title, &r.Product, &from, &to, &way, &by, &asked, &reason, &recorded, &withdrawn)
		r.From, r.Way, r.By, r.AskedBy, r.Reason = sqldb.Instant(from), way.String, by.String, asked.String, reason.String
		r.To, r.Withdrawn = moment(to), moment(withdrawn)
		if r.Recorded = r.From; recorded.Valid {
			r.Recorded = sqldb.Instant(recorded.Int64)
		}
		list = append(list, r)
		return err
	})
	return list, err
}

func (t tx) Place(r appropriateness.Release) (appropriateness.Release, error) {
	all, err := t.releases(releasesOf.With(lockReleases), r.TestID)
	if err != nil {
		return r, err
	}
	atOnce := r.From.Equal(r.Recorded)
	if v, ok := appropriateness.InUse(all, r.From); atOnce && ok && !r.From.After(v.From) { // a clock that went back
		r.From = v.From.Add(time.Millisecond)
	}
	for slices.ContainsFunc(all, func(o appropriateness.Release) bool { return o.From.Equal(r.From) }) {
		r.From = r.From.Add(time.Millisecond) // two in one moment
	}
	if atOnce {
		r.Recorded = r.From
	}
	r.To = nil
	for _, o := range slices.Backward(all) { // the last that begins after it is the first of those
		if o.From.After(r.From) && o.At(o.From) != appropriateness.Cancelled {
			r.To = &o.From
		}
	}
	for _, o := range all {
		if o.At(r.From) != appropriateness.Current {
			continue
		}
		if _, err := t.Exec(endRelease, r.From.UnixMilli(), r.TestID, o.From.UnixMilli()); err != nil {
			return r, err
		}
	}
	_, err = t.Exec(placeTest, r.TestID, r.Hash, r.Title, r.Product, r.From.UnixMilli(), millis(r.To), r.Way, r.By, r.AskedBy, r.Reason, r.Recorded.UnixMilli())
	if sqldb.IsUnique(err) { // another put the same test to use at this moment
		return r, fault.New(fault.Conflict, "publish-raced", r.TestID)
	}
	return r, err
}

func (t tx) EndRelease(r appropriateness.Release, to, now time.Time) error {
	all, err := t.releases(releasesOf.With(lockReleases), r.TestID)
	if err != nil {
		return err
	}
	if _, err := t.Exec(withdrawTest, to.UnixMilli(), now.UnixMilli(), r.TestID, r.From.UnixMilli()); err != nil || to.After(r.From) {
		return err
	}
	for _, o := range all {
		if o.To != nil && o.To.Equal(r.From) && o.From.Before(r.From) && o.Withdrawn == nil {
			_, err = t.Exec(endRelease, millis(r.To), r.TestID, o.From.UnixMilli())
		}
	}
	return err
}

func moment(ms sql.NullInt64) *time.Time {
	if !ms.Valid {
		return nil
	}
	return new(sqldb.Instant(ms.Int64))
}

func millis(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.UnixMilli()
}
