package store

import (
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/internal/sqldb"
	"zorgplicht/lending"
)

var (
	list = sqldb.Tenant(`select id, number, name, folded, title, product, received, amount, state, verdict, concluded
		from lending_application where firm = :firm`)
	inState     = sqldb.Part(`and state = ?`, list)
	ofVerdict   = sqldb.Part(`and verdict = ?`, list)
	withWord    = sqldb.Part(`and id in (select application from lending_word where firm = :firm and word = ?)`, list)
	afterNewest = sqldb.Part(`and (received, id) < (?, ?)`, list)
	afterOldest = sqldb.Part(`and (received, id) > (?, ?)`, list)
	afterLarge  = sqldb.Part(`and (amount, id) < (?, ?)`, list)
	afterName   = sqldb.Part(`and (folded, id) > (?, ?)`, list)
	newest      = sqldb.Part(`order by received desc, id desc limit ?`, list)
	oldest      = sqldb.Part(`order by received, id limit ?`, list)
	largest     = sqldb.Part(`order by amount desc, id desc limit ?`, list)
	byName      = sqldb.Part(`order by folded, id limit ?`, list)
)

// Applications returns a page in the order of the filter.
func (t tx) Applications(f lending.Filter) (p lending.Page, err error) {
	var parts []*sqldb.Fragment
	var args []any
	add := func(use bool, part *sqldb.Fragment, with ...any) {
		if use {
			parts, args = append(parts, part), append(args, with...)
		}
	}
	add(f.State != "", inState, f.State)
	add(f.Verdict != "", ofVerdict, f.Verdict)
	for _, w := range f.Words {
		add(true, withWord, w)
	}
	after, order, key := orderOf(f.Order)
	if f.After != nil {
		place, err := key(f.After.Key)
		if err == nil { // else a place that no page of ours gave: the first page
			add(true, after, place, f.After.ID)
		}
	}
	add(true, order, f.Limit+1)
	rows, err := t.db.Rows(list.With(parts...), args...)
	if err != nil {
		return p, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var r lending.Row
		var folded string
		if err := rows.Scan(&r.ID, &r.Number, &r.Name, &folded, &r.Title, &r.Product, &r.Received, &r.Amount, &r.State, &r.Verdict, &r.Concluded); err != nil {
			return p, err
		}
		p.Rows, names = append(p.Rows, r), append(names, folded)
	}
	if len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		last := p.Rows[f.Limit-1]
		p.Next = &lending.Place{ID: last.ID, Key: last.Received.String()}
		switch f.Order {
		case lending.Largest:
			p.Next.Key = strconv.FormatInt(int64(last.Amount), 10)
		case lending.ByName:
			p.Next.Key = names[f.Limit-1]
		}
	}
	return p, rows.Err()
}

// orderOf returns how a page goes on, its order, and how its place is read.
func orderOf(o lending.Order) (after, order *sqldb.Fragment, key func(string) (any, error)) {
	day := func(s string) (any, error) { return calendar.Parse(s) }
	switch o {
	case lending.Oldest:
		return afterOldest, oldest, day
	case lending.Largest:
		return afterLarge, largest, func(s string) (any, error) { return strconv.ParseInt(s, 10, 64) }
	case lending.ByName:
		return afterName, byName, func(s string) (any, error) { return s, nil }
	}
	return afterNewest, newest, day
}
