package store

import (
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/loanbook"
)

var (
	dropRows    = sqldb.Tenant(`delete from loanbook_row where firm = :firm and load = ?`)
	dropTold    = sqldb.Tenant(`delete from loanbook_notice where firm = :firm and load = ?`)
	eventsOlder = sqldb.Tenant(`select id from loanbook_event where firm = :firm and day <= ?
		and reference not in (select reference from loanbook_row where firm = :firm) order by id`)
	dropEvent   = sqldb.Tenant(`delete from loanbook_event where firm = :firm and id = ?`)
	dropOfEvent = sqldb.Tenant(`delete from loanbook_notice where firm = :firm and event = ? and event <> ''`)
	// Of a notice that waits the journal knows nothing.
	noticesOlder = sqldb.Tenant(`select id from loanbook_notice where firm = :firm and load = ? and told is not null order by id`)
)

// KeptLoads are all stands, in a transaction of retention; who writes holds the one of
// this id till the end.
func (s *Store) KeptLoads(t *sqldb.Tx, id string, writes bool) ([]loanbook.Load, error) {
	all, err := tx{t, s, false}.Loads()
	for _, l := range all {
		if l.ID == id && writes && err == nil {
			_, err = t.Exec(holdLoad, l.Number)
		}
	}
	return all, err
}

// Empty destroys the agreements of a stand, its notices, and what was told of
// agreements that are in no stand any more. Its day, number and totals stay, and the
// root by which the journal knows it. It returns the subjects of facts that go too.
func (s *Store) Empty(t *sqldb.Tx, id string) (texts int64, about []string, err error) {
	of := tx{t, s, true}
	all, err := of.Loads()
	if err != nil {
		return 0, nil, err
	}
	for _, l := range all {
		if l.ID != id {
			continue
		}
		notices, err := of.subjects(noticesOlder, l.Number)
		if err != nil {
			return 0, nil, err
		}
		if texts, err = t.Exec(dropRows, l.Number); err != nil {
			return 0, nil, err
		}
		events, err := of.subjects(eventsOlder, l.Day)
		if err != nil {
			return 0, nil, err
		}
		for _, e := range events {
			for _, drop := range []*sqldb.Query{dropOfEvent, dropEvent} {
				if _, err := t.Exec(drop, e); err != nil {
					return 0, nil, err
				}
			}
		}
		dropped, err := t.Exec(dropTold, l.Number)
		if err != nil {
			return 0, nil, err
		}
		l.State, l.Undone, l.Shown = loanbook.LoadDestroyed, "", []loanbook.BadCell{}
		return texts + dropped + int64(len(events)), append(notices, events...), of.SaveLoad(l)
	}
	return 0, nil, fault.New(fault.NotFound, "unknown-load", "")
}

func (t tx) subjects(q *sqldb.Query, of any) (ids []string, err error) {
	err = t.Each(q, []any{of}, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
