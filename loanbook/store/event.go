package store

import (
	"zorgplicht/calendar"
	"zorgplicht/internal/sqldb"
	"zorgplicht/loanbook"
)

const (
	eventColumns  = `id, reference, kind, day, nominal, effective, balance, other, actor, at, withdrawn`
	noticeColumns = `id, load, event, reference, day, old_nominal, old_effective, nominal, effective, told, paper`
)

var (
	eventsOf    = sqldb.Tenant(`select ` + eventColumns + ` from loanbook_event where firm = :firm and reference = ? order by at desc, id desc`)
	eventsAfter = sqldb.Tenant(`select distinct reference from loanbook_event where firm = :firm and day > ? order by reference`)
	oneEvent    = sqldb.Tenant(`select ` + eventColumns + ` from loanbook_event where firm = :firm and id = ? :lock`)
	addEvent    = sqldb.Tenant(`insert into loanbook_event (firm, ` + eventColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	withdraw    = sqldb.Tenant(`update loanbook_event set withdrawn = ? where firm = :firm and id = ?`)

	addNotice   = sqldb.Tenant(`insert into loanbook_notice (firm, ` + noticeColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	oneNotice   = sqldb.Tenant(`select ` + noticeColumns + ` from loanbook_notice where firm = :firm and id = ?`)
	holdNotice  = sqldb.Tenant(`select ` + noticeColumns + ` from loanbook_notice where firm = :firm and id = ? :lock`)
	noticesOf   = sqldb.Tenant(`select ` + noticeColumns + ` from loanbook_notice where firm = :firm and reference = ? and ` + live + ` order by day desc, id desc`)
	saveNotice  = sqldb.Tenant(`update loanbook_notice set told = ?, paper = ? where firm = :firm and id = ?`)
	dropNotice  = sqldb.Tenant(`delete from loanbook_notice where firm = :firm and event = ? and told is null`)
	dropNotices = sqldb.Tenant(`delete from loanbook_notice where firm = :firm and load = ? and told is null and id in
		(select id from loanbook_notice where firm = :firm and load = ? and told is null order by id limit ?)`)
	tellAfter  = sqldb.Tenant(`select id from loanbook_notice where firm = :firm and load = ? and id > ? order by id limit ?`)
	tellNotice = sqldb.Tenant(`update loanbook_notice set told = ? where firm = :firm and id = ? and told is null`)
	waiting    = sqldb.Tenant(`select 1 from loanbook_notice where firm = :firm and told is null and ` + live + ` limit ?`)

	notices       = sqldb.Tenant(`select ` + noticeColumns + ` from loanbook_notice where firm = :firm and ` + live)
	noticeWaits   = sqldb.Part(`and told is null`, notices)
	noticeOfLoad  = sqldb.Part(`and load = ?`, notices)
	noticeAfter   = sqldb.Part(`and id < ?`, notices)
	noticesNewest = sqldb.Part(`order by id desc limit ?`, notices)
)

// live is a notice that was given, that is of a stand in the book, or that was told here.
const live = `(load = 0 or told is not null or load in (select number from loanbook_load where firm = :firm and state = 'done'))`

// Events returns what was told of an agreement, the newest first.
func (t tx) Events(reference string) (all []loanbook.Event, err error) {
	err = t.Each(eventsOf, []any{reference}, func(scan func(...any) error) error {
		e, err := scanEvent(scan)
		all = append(all, e)
		return err
	})
	return all, err
}

// EventsAfter returns the references of which something happened after a day.
func (t tx) EventsAfter(day calendar.Date) (all []string, err error) {
	err = t.Each(eventsAfter, []any{day}, func(scan func(...any) error) error {
		var reference string
		err := scan(&reference)
		all = append(all, reference)
		return err
	})
	return all, err
}

// Event returns one; who writes holds its row till the end.
func (t tx) Event(id string) (loanbook.Event, error) {
	e, err := scanEvent(t.Tx.Row(oneEvent, id).Scan)
	return e, sqldb.Found(err, "unknown-loan-event", "")
}

func scanEvent(scan func(...any) error) (e loanbook.Event, err error) {
	var at int64
	err = scan(&e.ID, &e.Reference, (*string)(&e.Kind), &e.On, (*int64)(&e.Nominal), (*int64)(&e.Effective), (*int64)(&e.Balance), &e.To, &e.By, &at, &e.Withdrawn)
	e.At = sqldb.Instant(at)
	return e, err
}

// AddEvent keeps a new one.
func (t tx) AddEvent(e loanbook.Event) error {
	_, err := t.Exec(addEvent, e.ID, e.Reference, string(e.Kind), e.On, int64(e.Nominal), int64(e.Effective), int64(e.Balance), e.To, e.By, e.At.UnixMilli(), e.Withdrawn)
	return err
}

// Withdraw keeps why an event does not count.
func (t tx) Withdraw(id, why string) error {
	_, err := t.Exec(withdraw, why, id)
	return err
}

// AddNotice keeps a new one.
func (t tx) AddNotice(n loanbook.Notice) error {
	_, err := t.Exec(addNotice, n.ID, n.Load, n.Event, n.Reference, n.From, int64(n.Old.Nominal), int64(n.Old.Effective), int64(n.New.Nominal), int64(n.New.Effective), n.Told, n.Paper)
	return err
}

// Notice returns one; who writes holds its row till the end.
func (t tx) Notice(id string) (loanbook.Notice, error) {
	q := oneNotice
	if t.writes {
		q = holdNotice
	}
	n, err := scanNotice(t.Tx.Row(q, id).Scan)
	return n, sqldb.Found(err, "unknown-notice", "")
}

// NoticesOf returns those of an agreement, the newest first.
func (t tx) NoticesOf(reference string) ([]loanbook.Notice, error) {
	return t.notices(noticesOf, reference)
}

// Notices returns a page, the newest first.
func (t tx) Notices(f loanbook.NoticeFilter) ([]loanbook.Notice, error) {
	var parts []*sqldb.Fragment
	var args []any
	if f.Waiting {
		parts = append(parts, noticeWaits)
	}
	if f.Load > 0 {
		parts, args = append(parts, noticeOfLoad), append(args, f.Load)
	}
	if f.After != "" {
		parts, args = append(parts, noticeAfter), append(args, f.After)
	}
	return t.notices(notices.With(append(parts, noticesNewest)...), append(args, f.Limit)...)
}

func (t tx) notices(q *sqldb.Query, args ...any) (all []loanbook.Notice, err error) {
	err = t.Each(q, args, func(scan func(...any) error) error {
		n, err := scanNotice(scan)
		all = append(all, n)
		return err
	})
	return all, err
}

func scanNotice(scan func(...any) error) (n loanbook.Notice, err error) {
	err = scan(&n.ID, &n.Load, &n.Event, &n.Reference, &n.From, (*int64)(&n.Old.Nominal), (*int64)(&n.Old.Effective), (*int64)(&n.New.Nominal), (*int64)(&n.New.Effective), &n.Told, &n.Paper)
	n.New.From = n.From
	return n, err
}

// Waiting counts what is still to be given, up to most.
func (t tx) Waiting(most int) (n int, err error) {
	err = t.Each(waiting, []any{most}, func(scan func(...any) error) error {
		n++
		var one int
		return scan(&one)
	})
	return n, err
}

// SaveNotice keeps that one was given.
func (t tx) SaveNotice(n loanbook.Notice) error {
	_, err := t.Exec(saveNotice, n.Told, n.Paper, n.ID)
	return err
}

// DropNotice takes out the notice of an event, where it was not given.
func (t tx) DropNotice(event string) error {
	_, err := t.Exec(dropNotice, event)
	return err
}

// DropNotices takes out those of a stand.
func (t tx) DropNotices(load, most int) (int, error) {
	n, err := t.Exec(dropNotices, load, load, most)
	return int(n), err
}

// TellNotices ticks off those of a stand, and returns the last that it looked at.
func (t tx) TellNotices(load int, on calendar.Date, after string, most int) (last string, n int, err error) {
	var ids []string
	err = t.Each(tellAfter, []any{load, after, most}, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	for _, id := range ids {
		if err == nil {
			_, err = t.Exec(tellNotice, on, id)
		}
		last = id
	}
	return last, len(ids), err
}
