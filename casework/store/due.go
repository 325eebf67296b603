package store

import (
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/internal/sqldb"
)

const dueColumns = `case_id, code, title, day, norm, rule, version, given, assigned, until`

var (
	// No bare day in an order or a bound but where days are counted: SQLite would read the
	// index by day, with all lines of the firm.
	duesOf  = sqldb.Tenant(`select ` + dueColumns + ` from casework_due where firm = :firm and case_id = ? order by day || '', code`)
	saveDue = sqldb.Tenant(`insert into casework_due (firm, ` + dueColumns + `, kind, hand, team, amount, weight)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, case_id, code) do update set title = excluded.title, day = excluded.day, norm = excluded.norm, rule = excluded.rule,
		version = excluded.version, given = excluded.given, assigned = excluded.assigned, until = excluded.until, hand = excluded.hand,
		team = excluded.team, amount = excluded.amount, weight = excluded.weight`)
	removeDue = sqldb.Tenant(`delete from casework_due where firm = :firm and case_id = ? and code = ?`)

	items = sqldb.Tenant(`select d.case_id, d.code, d.title, d.day, d.norm, d.rule, d.version, d.given, d.assigned, d.until, d.weight,
		c.id, c.kind, c.number, c.title, c.received, c.made, c.closed, c.handler, c.team, c.client, c.product, c.harm, c.revision
		from casework_due d join casework_case c on c.firm = d.firm and c.id = d.case_id
		where d.firm = :firm and (d.until is null or d.until <= ? or d.day < ?)`)
	// Counted from the index of days alone, but for what sleeps: what was put off and is
	// not overdue. That is little, and has an index of its own; each is given.
	overdue  = sqldb.Tenant(`select count(*) from casework_due d where d.firm = :firm and d.day < ?`)
	ahead    = sqldb.Tenant(`select count(*) from casework_due d where d.firm = :firm and d.day >= ? and d.day <= ?`)
	asleep   = sqldb.Tenant(`select d.day from casework_due d where d.firm = :firm and d.until > ? and d.day || '' >= ?`)
	handOf   = sqldb.Part(`and d.hand = ?`, items, overdue, ahead, asleep)
	teamOf   = sqldb.Part(`and d.team = ?`, items, overdue, ahead, asleep)
	dueKind  = sqldb.Part(`and d.kind = ?`, items, overdue, ahead, asleep)
	dueNot   = sqldb.Part(`and (d.kind <> ? or ? like '%' || d.case_id || '%')`, items, overdue, ahead, asleep)
	notDue   = sqldb.Part(`and d.case_id <> ?`, items, overdue, ahead, asleep)
	dueFrom  = sqldb.Part(`and d.day || '' >= ?`, items)
	dueUntil = sqldb.Part(`and d.day || '' <= ?`, items)
	heaviest = sqldb.Part(`order by d.weight desc, d.day, d.case_id, d.code limit ?`, items)
)

func (t tx) Dues(id casework.ID) ([]casework.Due, error) {
	rows, err := t.Rows(duesOf, id)
	return sqldb.All(rows, err, func(into func(...any) error) (d casework.Due, err error) {
		return d, into(dueInto(&d)...)
	})
}

func dueInto(d *casework.Due) []any {
	return []any{&d.Case, &d.Code, &d.Title, &d.Day, &d.Norm, &d.Asked.Rule, &d.Asked.Version, (*raw)(&d.Asked.Given), &d.For, &d.Until}
}

func (t tx) SaveDue(d casework.Due, c casework.Case) error {
	amount := casework.Weight(d.Norm, casework.NoHarm)
	hand := d.For
	if hand == "" {
		hand = c.Handler
	}
	_, err := t.Exec(saveDue, c.ID, d.Code, d.Title, d.Day, d.Norm, d.Asked.Rule, d.Asked.Version, string(d.Asked.Given), d.For, d.Until,
		c.Kind, hand, c.Team, amount, casework.Weight(d.Norm, c.Harm))
	return err
}

func (t tx) RemoveDue(id casework.ID, code string) error {
	_, err := t.Exec(removeDue, id, code)
	return err
}

// whose returns the parts that narrow to somebody's lines and what they may see.
func whose(f casework.ItemFilter) (parts []*sqldb.Fragment, args []any) {
	switch f.Whose {
	case casework.Mine:
		parts, args = append(parts, handOf), append(args, f.Account)
	case casework.Teams:
		parts, args = append(parts, teamOf), append(args, f.Team)
	}
	if f.Kind != "" {
		parts, args = append(parts, dueKind), append(args, f.Kind)
	}
	for _, k := range f.Hidden {
		parts, args = append(parts, dueNot), append(args, k, named(f.Sight))
	}
	for _, id := range f.Barred {
		parts, args = append(parts, notDue), append(args, id)
	}
	return parts, args
}

func (t tx) Items(f casework.ItemFilter) ([]casework.Item, error) {
	parts, args := whose(f)
	args = append([]any{f.Today, f.Today}, args...)
	_, last := casework.Month.Days(f.Today)
	first, through := f.Band.Days(f.Today)
	if f.Band != "" {
		last = through
	}
	if f.Band != "" && !first.IsZero() {
		parts, args = append(parts, dueFrom), append(args, first)
	}
	if !last.IsZero() {
		parts, args = append(parts, dueUntil), append(args, last)
	}
	limit := f.Limit
	if limit == 0 {
		limit = 1 << 30
	}
	rows, err := t.Rows(items.With(append(parts, heaviest)...), append(args, limit)...)
	return sqldb.All(rows, err, scanItem)
}

func scanItem(into func(...any) error) (i casework.Item, err error) {
	fields := append(dueInto(&i.Due), &i.Weight)
	i.Of, err = scanCase(func(rest ...any) error { return into(append(fields, rest...)...) })
	return i, err
}

func (t tx) CountItems(f casework.ItemFilter) (map[casework.Band]int, error) {
	parts, args := whose(f)
	counted := map[casework.Band]int{}
	for _, b := range casework.Bands {
		q, days := overdue, []any{f.Today}
		if first, last := b.Days(f.Today); b != casework.Overdue {
			through := any(last)
			if last.IsZero() {
				through = endless
			}
			q, days = ahead, []any{first, through}
		}
		var n int
		if err := t.Row(q.With(parts...), append(days, args...)...).Scan(&n); err != nil {
			return nil, err
		}
		counted[b] = n
	}
	rows, err := t.Rows(asleep.With(parts...), append([]any{f.Today, f.Today}, args...)...)
	sleep, err := sqldb.All(rows, err, func(into func(...any) error) (day calendar.Date, err error) { return day, into(&day) })
	for _, day := range sleep {
		counted[casework.BandOf(day, f.Today)]--
	}
	return counted, err
}

// endless comes after every day, as text.
const endless = "9999-99-99"

// raw reads a text column into canonical bytes.
type raw []byte

func (r *raw) Scan(v any) error {
	switch v := v.(type) {
	case string:
		*r = []byte(v)
	case []byte:
		*r = append([]byte(nil), v...)
	}
	return nil
}
