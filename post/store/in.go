package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/text"
	"zorgplicht/post"
)

const inColumns = `id, message_id, hash, size, received, from_name, from_address, subject, body, auto, flaws, masked, case when original is null then 0 else 1 end, state,
	case_id, number, handled, by_actor, why`

var (
	hasIn    = sqldb.Tenant(`select count(*) from post_in where firm = :firm and hash = ?`)
	inByID   = sqldb.Tenant(`select ` + inColumns + ` from post_in where firm = :firm and id = ?`)
	lockedIn = sqldb.Part(`:lock`, inByID)
	original = sqldb.Tenant(`select original from post_in where firm = :firm and id = ? and original is not null`)
	addIn    = sqldb.Tenant(`insert into post_in (firm, id, message_id, hash, size, received, from_name, from_address, subject, body, sought, auto, flaws, masked, original,
		state, case_id, number, handled, by_actor, why) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	saveIn  = sqldb.Tenant(`update post_in set state = ?, case_id = ?, number = ?, handled = ?, by_actor = ?, why = ? where firm = :firm and id = ?`)
	addFile = sqldb.Tenant(`insert into post_file (firm, message, nr, name, media, size, hash, refused, content) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?)`)
	filesOf = sqldb.Tenant(`select name, media, size, hash, refused, content from post_file where firm = :firm and message = ? order by nr`)

	ins      = sqldb.Tenant(`select ` + inColumns + ` from post_in where firm = :firm`)
	inIn     = sqldb.Part(`and state = ?`, ins)
	inOf     = sqldb.Part(`and case_id = ?`, ins)
	inSought = sqldb.Part(`and (sought like ? escape '!' or sought like ? escape '!')`, ins)
	inAfter  = sqldb.Part(`and (received, id) < (?, ?)`, ins)
	inNewest = sqldb.Part(`order by received desc, id desc limit ? offset ?`, ins)
	inOldest = sqldb.Part(`order by received, id limit ? offset ?`, ins)

	outOfMessage = sqldb.Tenant(`select ` + outColumns + ` from post_out where firm = :firm and message_id = ? and letter <> '' order by made desc, id desc limit 1`)

	digestOf   = sqldb.Tenant(`select account, wished, day from post_digest where firm = :firm and account = ?`)
	saveDigest = sqldb.Tenant(`insert into post_digest (firm, account, wished, day) values (:firm, ?, ?, ?)
		on conflict (firm, account) do update set wished = excluded.wished, day = excluded.day`)

	dropFilesOf = sqldb.Tenant(`delete from post_file where firm = :firm and message in (select id from post_in where firm = :firm and case_id = ? and state <> 'nieuw')`)
	dropInsOf   = sqldb.Tenant(`delete from post_in where firm = :firm and case_id = ? and state <> 'nieuw'`)
	looseIns    = sqldb.Tenant(`update post_in set case_id = '', number = '' where firm = :firm and case_id = ?`)

	oldFiles = sqldb.House(`delete from post_file where exists (select 1 from post_in i where i.firm = post_file.firm and i.id = post_file.message
		and i.state in ('terzijde', 'mailserver') and i.handled < ?)`)
	oldIns     = sqldb.House(`delete from post_in where state in ('terzijde', 'mailserver') and handled < ?`)
	oldDigests = sqldb.House(`delete from post_out where letter = '' and made < ?`)

	mailbox     = sqldb.House(`select validity, last, looked, trouble from post_mailbox where name = ?`)
	saveMailbox = sqldb.House(`insert into post_mailbox (name, validity, last, looked, trouble) values (?, ?, ?, ?, ?)
		on conflict (name) do update set validity = excluded.validity, last = excluded.last, looked = excluded.looked, trouble = excluded.trouble`)
)

func (t tx) HasIn(h ident.Hash) (bool, error) {
	var n int
	err := t.db.Row(hasIn, h).Scan(&n)
	return n > 0, err
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (t tx) AddIn(in post.In, whole []byte, contents [][]byte) error {
	var kept any
	if in.Kept {
		kept = whole
	}
	sought := strings.ToLower(in.FromName+" "+in.From+" "+in.Subject+" "+in.Number) + " " + strings.Join(text.Stems(in.Subject, in.Text), " ") + " "
	if _, err := t.db.Exec(addIn, in.ID, in.MessageID, in.Hash, in.Size, in.Received.UnixMilli(), in.FromName, in.From, in.Subject, in.Text, sought, flag(in.Auto),
		strings.Join(in.Flaws, " "), flag(in.Masked), kept, in.State, in.Case, in.Number, sqldb.Millis(in.Handled), in.By, in.Why); err != nil {
		return err
	}
	for i, f := range in.Files {
		var content any
		if f.Refused == "" {
			content = contents[i]
		}
		if _, err := t.db.Exec(addFile, in.ID, i, f.Name, f.Media, f.Size, f.Hash, f.Refused, content); err != nil {
			return err
		}
	}
	return nil
}

func scanIn(into func(...any) error) (in post.In, err error) {
	var received int64
	var auto, masked, kept int
	var handled sql.NullInt64
	var flaws string
	err = into(&in.ID, &in.MessageID, &in.Hash, &in.Size, &received, &in.FromName, &in.From, &in.Subject, &in.Text, &auto, &flaws, &masked, &kept, &in.State,
		&in.Case, &in.Number, &handled, &in.By, &in.Why)
	in.Received, in.Handled, in.Auto, in.Masked, in.Kept, in.Flaws = sqldb.Instant(received), sqldb.MaybeInstant(handled), auto == 1, masked == 1, kept == 1, strings.Fields(flaws)
	return in, err
}

func (t tx) In(id post.ID) (in post.In, contents [][]byte, err error) {
	q := inByID
	if t.writes {
		q = q.With(lockedIn)
	}
	if in, err = scanIn(t.db.Row(q, id).Scan); err != nil {
		return in, nil, sqldb.Found(err, "unknown-mail", "")
	}
	rows, err := t.db.Rows(filesOf, id)
	in.Files, err = sqldb.All(rows, err, func(into func(...any) error) (f post.File, err error) {
		var content []byte
		err = into(&f.Name, &f.Media, &f.Size, &f.Hash, &f.Refused, &content)
		contents = append(contents, content)
		return f, err
	})

	return in, contents, err
}

func (t tx) SaveIn(in post.In) error {
	_, err := t.db.Exec(saveIn, in.State, in.Case, in.Number, sqldb.Millis(in.Handled), in.By, in.Why, in.ID)
	return err
}

func (t tx) Original(id post.ID) (b []byte, err error) {
	err = t.db.Row(original, id).Scan(&b)
	return b, sqldb.Found(err, "unknown-mail", "")
}

func (t tx) Ins(f post.InFilter) ([]post.In, error) {
	var parts []*sqldb.Fragment
	var args []any
	add := func(use bool, part *sqldb.Fragment, with any) {
		if use {
			parts, args = append(parts, part), append(args, with)
		}
	}
	add(f.State != "", inIn, f.State)
	add(f.Case != "", inOf, f.Case)
	for _, w := range strings.Fields(strings.ToLower(f.Sought)) {
		stem := w
		if s := text.Words(w); len(s) == 1 && s[0] == w {
			stem = " " + text.Stem(w) + " "
		}
		parts, args = append(parts, inSought), append(args, pattern(w), pattern(stem))
	}
	if f.After.ID != "" {
		parts, args = append(parts, inAfter), append(args, f.After.At.UnixMilli(), f.After.ID)
	}
	order := inNewest
	if f.Oldest {
		order = inOldest
	}
	rows, err := t.db.Rows(ins.With(append(parts, order)...), append(args, f.Limit, f.From)...)
	return sqldb.All(rows, err, scanIn)
}

// soughtWords are the patterns of which a row must hold each.
func soughtWords(sought string) (all []string) {
	for _, w := range strings.Fields(strings.ToLower(sought)) {
		all = append(all, pattern(w))
	}
	return all
}

// pattern is that of a text that holds a word.
func pattern(w string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w) + "%"
}

func (t tx) OutOfMessage(id string) (o post.Out, ok bool, err error) {
	o, err = scanOut(t.db.Row(outOfMessage, id).Scan)
	ok, err = sqldb.There(err)
	return o, ok, err
}

func (t tx) Digest(account string) (d post.Digest, err error) {
	var on int
	err = t.db.Row(digestOf, account).Scan(&d.Account, &on, &d.Day)
	if errors.Is(err, sql.ErrNoRows) {
		return post.Digest{Account: account}, nil
	}
	d.On = on == 1
	return d, err
}

func (t tx) SaveDigest(d post.Digest) error {
	_, err := t.db.Exec(saveDigest, d.Account, flag(d.On), d.Day)
	return err
}

// Sweep removes what was put aside, and digests, from before a moment; it returns how
// many messages went.
func (s *Store) Sweep(ctx context.Context, now time.Time) (gone int64, err error) {
	before := now.Add(-keptAside).UnixMilli()
	err = s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		if _, err := t.Exec(oldFiles, before); err != nil {
			return err
		}
		if gone, err = t.Exec(oldIns, before); err != nil {
			return err
		}
		n, err := t.Exec(oldDigests, before)
		gone += n
		return err
	})
	return gone, err
}

// keptAside is how long what needs nothing more is kept.
const keptAside = 90 * 24 * time.Hour

// A Mailbox is how far the house has read a mailbox, and how that went.
type Mailbox struct {
	Validity, Last uint32
	Looked         time.Time
	Trouble        string
}

// Mailbox returns how far a mailbox was read.
func (s *Store) Mailbox(ctx context.Context, name string) (m Mailbox, err error) {
	err = s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		var looked int64
		err := t.Row(mailbox, name).Scan(&m.Validity, &m.Last, &looked, &m.Trouble)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		m.Looked = sqldb.Instant(looked)
		return err
	})
	return m, err
}

// SaveMailbox writes down how far a mailbox was read.
func (s *Store) SaveMailbox(ctx context.Context, name string, m Mailbox) error {
	return s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		_, err := t.Exec(saveMailbox, name, int64(m.Validity), int64(m.Last), m.Looked.UnixMilli(), m.Trouble)
		return err
	})
}

// emptyIns takes the messages of a case away, and lets go of those that only seemed to
// belong to it.
func emptyIns(t *sqldb.Tx, id casework.ID) (int64, error) {
	if _, err := t.Exec(dropFilesOf, id); err != nil {
		return 0, err
	}
	n, err := t.Exec(dropInsOf, id)
	if err != nil {
		return 0, err
	}
	_, err = t.Exec(looseIns, id)
	return n, err
}
