package store

import (
	"context"
	"database/sql"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

var (
	// One statement, so that all counts are of one moment.
	countAll = sqldb.House(`select (select count(*) from journal_fact), (select count(*) from journal_payload),
		(select count(*) from journal_waiting), (select count(*) from journal_leaf), (select count(*) from journal_hash),
		(select count(*) from journal_checkpoint), (select count(*) from journal_fact where erases is not null),
		coalesce((select max(size) from journal_head), -1)`)
	leavesFrom = sqldb.House(`select l.position, l.fact, f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases,
		f.digest, p.firm, p.salt, p.body
		from journal_leaf l left join journal_fact f on f.id = l.fact left join journal_payload p on p.fact = l.fact
		where l.position >= ? and l.position < ? order by l.position`)
	allWaiting = sqldb.House(`select -1, w.fact, f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases,
		f.digest, p.firm, p.salt, p.body
		from journal_waiting w left join journal_fact f on f.id = w.fact left join journal_payload p on p.fact = w.fact
		order by w.fact`)
	hashesFrom = sqldb.House(`select idx, hash from journal_hash where idx >= ? and idx < ? order by idx`)
	signedFrom = sqldb.House(`select number, size, root, at, note from journal_checkpoint where size > ? and size <= ? order by size, number`)
	fateOf     = sqldb.House(`select f.firm, (select count(*) from journal_payload p where p.fact = f.id),
		(select count(*) from journal_fact e where e.erases = f.id and e.firm = f.firm) from journal_fact f where f.id = ?`)
	strayFacts = sqldb.House(`select f.id from journal_fact f
		where not exists (select 1 from journal_leaf l where l.fact = f.id)
		and not exists (select 1 from journal_waiting w where w.fact = f.id) order by f.id limit 1000`)
	strayPayloads = sqldb.House(`select p.fact from journal_payload p
		where not exists (select 1 from journal_fact f where f.id = p.fact) order by p.fact limit 1000`)
)

// Source is the whole journal as journal.Verify reads it.
type Source struct{ DB *sqldb.DB }

// Counts implements journal.Source.
func (s Source) Counts(ctx context.Context) (c journal.Counts, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		return t.Row(countAll).Scan(&c.Facts, &c.Payloads, &c.Waiting, &c.Leaves, &c.Hashes, &c.Checkpoints, &c.Erasures, &c.Head)
	})
	return c, err
}

// Leaves implements journal.Source.
func (s Source) Leaves(ctx context.Context, from, to int64, each func(*journal.Entry) error) error {
	return s.entries(ctx, each, leavesFrom, from, to)
}

// Waiting implements journal.Source.
func (s Source) Waiting(ctx context.Context, each func(*journal.Entry) error) error {
	return s.entries(ctx, each, allWaiting)
}

func (s Source) entries(ctx context.Context, each func(*journal.Entry) error, q *sqldb.Query, args ...any) error {
	var r entryRow
	columns := r.columns()
	return s.each(ctx, func(rows *sqldb.Rows) error {
		if err := rows.Scan(columns...); err != nil {
			return err
		}
		return each(r.entry())
	}, q, args...)
}

// Hashes implements journal.Source.
func (s Source) Hashes(ctx context.Context, from, to int64, each func(int64, []byte) error) error {
	var index int64
	var hash sql.RawBytes
	return s.each(ctx, func(rows *sqldb.Rows) error {
		if err := rows.Scan(&index, &hash); err != nil {
			return err
		}
		return each(index, hash)
	}, hashesFrom, from, to)
}

// Checkpoints implements journal.Source.
func (s Source) Checkpoints(ctx context.Context, from, to int64, each func(journal.StoredCheckpoint) error) error {
	return s.each(ctx, func(rows *sqldb.Rows) error {
		var c journal.StoredCheckpoint
		var at int64
		if err := rows.Scan(&c.Number, &c.Size, &c.Root, &at, &c.Note); err != nil {
			return err
		}
		c.At = sqldb.Instant(at)
		return each(c)
	}, signedFrom, from, to)
}

// Fate implements journal.Source.
func (s Source) Fate(ctx context.Context, fact string) (f journal.Fate, err error) {
	err = s.each(ctx, func(rows *sqldb.Rows) error {
		f.Found = true
		return rows.Scan(&f.Firm, &f.Kept, &f.Erasures)
	}, fateOf, fact)
	return f, err
}

// Strays implements journal.Source.
func (s Source) Strays(ctx context.Context) (facts, payloads []string, err error) {
	collect := func(q *sqldb.Query) (ids []string, err error) {
		err = s.each(ctx, func(rows *sqldb.Rows) error {
			var id string
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		}, q)
		return ids, err
	}
	if facts, err = collect(strayFacts); err == nil {
		payloads, err = collect(strayPayloads)
	}
	return facts, payloads, err
}

func (s Source) each(ctx context.Context, row func(*sqldb.Rows) error, q *sqldb.Query, args ...any) error {
	return s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		rows, err := t.Rows(q, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := row(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// entryRow holds one row of a scan. Raw bytes spare a copy of each column; what
// mostly repeats is turned into a string once.
type entryRow struct {
	position                        int64
	leafOf, id, firm, kind, subject sql.RawBytes
	valid, recorded                 sql.NullInt64
	seal, erases, digest            sql.RawBytes
	payloadFirm, salt, body         sql.RawBytes
	e                               journal.Entry
}

func (r *entryRow) columns() []any {
	return []any{
		&r.position, &r.leafOf, &r.id, &r.firm, &r.kind, &r.subject, &r.valid, &r.recorded,
		&r.seal, &r.erases, &r.digest, &r.payloadFirm, &r.salt, &r.body,
	}
}

func (r *entryRow) entry() *journal.Entry {
	e, h := &r.e, &r.e.Header
	e.Position, e.LeafOf = r.position, string(r.leafOf)
	e.Found, e.Kept = r.id != nil, r.body != nil
	h.ID, h.Subject, h.Erases = e.LeafOf, string(r.subject), string(r.erases)
	if string(r.firm) != string(h.Firm) {
		h.Firm = ident.Firm(r.firm)
	}
	if string(r.kind) != h.Kind {
		h.Kind = string(r.kind)
	}
	h.Valid, h.Recorded = sqldb.Instant(r.valid.Int64), sqldb.Instant(r.recorded.Int64)
	e.Seal, e.Digest = r.seal, r.digest
	if string(r.payloadFirm) != string(e.PayloadFirm) {
		e.PayloadFirm = ident.Firm(r.payloadFirm)
	}
	e.Salt, e.Body = r.salt, r.body
	return e
}
