package store

import (
	"database/sql"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/post"
)

const outColumns = `id, case_id, letter, number, sender, recipient, subject, body, message_id, hash, state, tries, made, next, ended, by_actor, code, answer`

var (
	outByID   = sqldb.Tenant(`select ` + outColumns + ` from post_out where firm = :firm and id = ?`)
	lockedOut = sqldb.Part(`:lock`, outByID)
	outsOf    = sqldb.Tenant(`select ` + outColumns + ` from post_out where firm = :firm and case_id = ? and letter <> '' order by made, id`)
	saveOut   = sqldb.Tenant(`insert into post_out (firm, ` + outColumns + `, sought) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set state = excluded.state, tries = excluded.tries, next = excluded.next, ended = excluded.ended, code = excluded.code,
		answer = excluded.answer`)

	outs       = sqldb.Tenant(`select ` + outColumns + ` from post_out where firm = :firm and letter <> ''`)
	outIn      = sqldb.Part(`and state = ?`, outs)
	outTrouble = sqldb.Part(`and state in ('geweigerd', 'mislukt', 'onzeker', 'teruggekomen')`, outs)
	outSought  = sqldb.Part(`and sought like ? escape '!'`, outs)
	outAfter   = sqldb.Part(`and (made, id) < (?, ?)`, outs)
	outNewest  = sqldb.Part(`order by made desc, id desc limit ? offset ?`, outs)
	outOldest  = sqldb.Part(`order by made, id limit ? offset ?`, outs)
	countOuts  = sqldb.Tenant(`select count(*) from post_out where firm = :firm and letter <> '' and state = ?`)

	emptyOuts = sqldb.Tenant(`update post_out set recipient = '', subject = '', body = '', answer = '', sought = '' where firm = :firm and case_id = ?`)
)

func (t tx) Out(id post.ID) (post.Out, error) {
	q := outByID
	if t.writes {
		q = q.With(lockedOut)
	}
	o, err := scanOut(t.db.Row(q, id).Scan)
	return o, sqldb.Found(err, "unknown-mail", "")
}

func scanOut(into func(...any) error) (o post.Out, err error) {
	var made, next int64
	var ended sql.NullInt64
	err = into(&o.ID, &o.Case, &o.Letter, &o.Number, &o.From, &o.To, &o.Subject, &o.Text, &o.MessageID, &o.Hash, &o.State, &o.Tries, &made, &next, &ended, &o.By, &o.Code, &o.Answer)
	o.Made, o.Next, o.Ended = sqldb.Instant(made), sqldb.Instant(next), sqldb.MaybeInstant(ended)
	return o, err
}

func (t tx) SaveOut(o post.Out) error {
	_, err := t.db.Exec(saveOut, o.ID, o.Case, o.Letter, o.Number, o.From, o.To, o.Subject, o.Text, o.MessageID, o.Hash, o.State, o.Tries, o.Made.UnixMilli(), o.Next.UnixMilli(),
		sqldb.Millis(o.Ended), o.By, o.Code, o.Answer, strings.ToLower(o.Number+" "+o.To+" "+o.Subject))
	if sqldb.IsUnique(err) {
		return fault.New(fault.Conflict, "letter-sent", o.Letter)
	}
	return err
}

func (t tx) OutsOf(id casework.ID) ([]post.Out, error) {
	rows, err := t.db.Rows(outsOf, id)
	return sqldb.All(rows, err, scanOut)
}

func (t tx) Outs(f post.OutFilter) ([]post.Out, error) {
	var parts []*sqldb.Fragment
	var args []any
	if f.State != "" {
		parts, args = append(parts, outIn), append(args, f.State)
	}
	if f.Troubled {
		parts = append(parts, outTrouble)
	}
	for _, w := range soughtWords(f.Sought) {
		parts, args = append(parts, outSought), append(args, w)
	}
	if f.After.ID != "" {
		parts, args = append(parts, outAfter), append(args, f.After.At.UnixMilli(), f.After.ID)
	}
	order := outNewest
	if f.Oldest {
		order = outOldest
	}
	rows, err := t.db.Rows(outs.With(append(parts, order)...), append(args, f.Limit, f.From)...)
	return sqldb.All(rows, err, scanOut)
}

func (t tx) CountOuts(states []post.State) (n int, err error) {
	for _, s := range states {
		var of int
		if err := t.db.Row(countOuts, s).Scan(&of); err != nil {
			return n, err
		}
		n += of
	}
	return n, nil
}

// Empty takes what names somebody out of the mail of a case, in the transaction of
// whoever destroys it: that it was sent, and when, stays.
func (s *Store) Empty(t *sqldb.Tx, id casework.ID) (int64, error) {
	n, err := t.Exec(emptyOuts, id)
	if err != nil {
		return n, err
	}
	in, err := emptyIns(t, id)
	return n + in, err
}
