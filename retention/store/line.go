package store

import (
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/internal/sqldb"
	"zorgplicht/retention"
)

// never stands in the columns by which lines are sorted for a day that is not known.
var never = calendar.MustParse("9999-12-31")

const lineColumns = `kind, record, label, client, began, ended, blocked, earliest, latest, destroyed, seen`

var (
	saveLine = sqldb.Tenant(`insert into retention_line (firm, ` + lineColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, kind, record) do update set label = excluded.label, client = excluded.client, began = excluded.began, ended = excluded.ended,
		blocked = excluded.blocked, earliest = excluded.earliest, latest = excluded.latest, destroyed = excluded.destroyed, seen = excluded.seen`)
	lineOf        = sqldb.Tenant(`select ` + lineColumns + ` from retention_line where firm = :firm and kind = ? and record = ?`)
	linesOfClient = sqldb.Tenant(`select count(*) from (select 1 from retention_line
		where firm = :firm and client = ? and destroyed = 0 and not (kind = ? and record = ?) limit 1) few`)
	dropLine  = sqldb.Tenant(`delete from retention_line where firm = :firm and kind = ? and record = ?`)
	linesOver = sqldb.Tenant(`select ` + lineColumns + ` from retention_line where firm = :firm and kind = ? and record > ?`)
	through   = sqldb.Part(`and record <= ?`, linesOver)

	lines     = sqldb.Tenant(`select ` + lineColumns + ` from retention_line where firm = :firm`)
	ofKind    = sqldb.Part(`and kind = ?`, lines)
	like      = sqldb.Part(`and upper(label) like ?`, lines)
	isGone    = sqldb.Part(`and destroyed = 1`, lines)
	isBlocked = sqldb.Part(`and destroyed = 0 and blocked = ?`, lines)
	isKept    = sqldb.Part(`and destroyed = 0 and blocked = '' and earliest > ?`, lines)
	mayGo     = sqldb.Part(`and destroyed = 0 and blocked = '' and earliest <= ? and latest >= ?`, lines)
	mustGo    = sqldb.Part(`and destroyed = 0 and blocked = '' and earliest <= ? and latest < ?`, lines)
	pastEarly = sqldb.Part(`and (earliest, kind, record) > (?, ?, ?)`, lines)
	pastLate  = sqldb.Part(`and (latest, kind, record) > (?, ?, ?)`, lines)
	byEarly   = sqldb.Part(`order by earliest, kind, record limit ?`, lines)
	byLate    = sqldb.Part(`order by latest, kind, record limit ?`, lines)

	counts = sqldb.Tenant(`select kind, count(*) filter (where destroyed = 1), count(*) filter (where destroyed = 0 and blocked = '' and earliest <= ? and latest < ?),
		count(*) filter (where destroyed = 0 and blocked = '' and earliest <= ? and latest >= ?), count(*) filter (where destroyed = 0 and blocked = '' and earliest > ?),
		count(*) filter (where destroyed = 0 and blocked = 'held'), count(*) filter (where destroyed = 0 and blocked = 'running'),
		count(*) filter (where destroyed = 0 and blocked = 'waiting') from retention_line where firm = :firm group by kind`)
)

func (t tx) SaveLine(l retention.Line) error {
	destroyed := 0
	if l.Destroyed {
		destroyed = 1
	}
	_, err := t.Exec(saveLine, l.Kind, l.ID, l.Label, l.Client, l.Began, l.Ended, l.Blocked, known(l.Earliest), known(l.Latest), destroyed, l.Seen.UnixMilli())
	return err
}

func known(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return never
	}
	return d
}

func scanLine(into func(...any) error) (l retention.Line, err error) {
	var destroyed, seen int64
	err = into(&l.Kind, &l.ID, &l.Label, &l.Client, &l.Began, &l.Ended, &l.Blocked, &l.Earliest, &l.Latest, &destroyed, &seen)
	l.Destroyed, l.Seen = destroyed == 1, sqldb.Instant(seen)
	if l.Earliest == never {
		l.Earliest, l.Latest = calendar.Date{}, calendar.Date{}
	}
	return l, err
}

func (t tx) Line(ref retention.Ref) (retention.Line, error) {
	l, err := scanLine(t.Row(lineOf, ref.Kind, ref.ID).Scan)
	return l, sqldb.Found(err, "unknown-record", "")
}

func (t tx) LinesOver(k retention.Kind, after, last string) (map[retention.Ref]retention.Line, error) {
	q, args := linesOver, []any{k, after}
	if last != "" {
		q, args = q.With(through), append(args, last)
	}
	rows, err := t.Rows(q, args...)
	all, err := sqldb.All(rows, err, scanLine)
	if err != nil {
		return nil, err
	}
	by := make(map[retention.Ref]retention.Line, len(all))
	for _, l := range all {
		by[l.Ref] = l
	}
	return by, nil
}

func (t tx) DropLine(ref retention.Ref) error {
	_, err := t.Exec(dropLine, ref.Kind, ref.ID)
	return err
}

func (t tx) Lines(f retention.Filter) (p retention.Page, err error) {
	var parts []*sqldb.Fragment
	var args []any
	add := func(use bool, part *sqldb.Fragment, with ...any) {
		if use {
			parts, args = append(parts, part), append(args, with...)
		}
	}
	add(f.Kind != "", ofKind, f.Kind)
	add(f.Sought != "", like, "%"+strings.ToUpper(strings.NewReplacer("%", "", "_", "").Replace(f.Sought))+"%")
	switch f.State {
	case "":
	case retention.Vanished:
		add(true, isGone)
	case retention.Kept:
		add(true, isKept, f.Day)
	case retention.MayGo:
		add(true, mayGo, f.Day, f.Day)
	case retention.MustGo:
		add(true, mustGo, f.Day, f.Day)
	default:
		add(true, isBlocked, f.State)
	}
	past, order := pastEarly, byEarly
	if f.Sort == retention.ByLatest {
		past, order = pastLate, byLate
	}
	add(f.After.ID != "", past, f.After.Day, f.After.Kind, f.After.ID)
	add(true, order, f.Most+1)
	rows, err := t.Rows(lines.With(parts...), args...)
	if p.Rows, err = sqldb.All(rows, err, scanLine); err != nil {
		return p, err
	}
	if len(p.Rows) > f.Most {
		p.Rows = p.Rows[:f.Most]
		last := p.Rows[f.Most-1]
		day := known(last.Earliest)
		if f.Sort == retention.ByLatest {
			day = known(last.Latest)
		}
		p.Next = &retention.Cursor{Day: day.String(), Ref: last.Ref}
	}
	return p, nil
}

func (t tx) Counts(day calendar.Date) (map[retention.Kind]map[retention.State]int, error) {
	rows, err := t.Rows(counts, day, day, day, day, day)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[retention.Kind]map[retention.State]int{}
	for rows.Next() {
		var k retention.Kind
		var n [7]int
		if err := rows.Scan(&k, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6]); err != nil {
			return nil, err
		}
		found[k] = map[retention.State]int{
			retention.Vanished: n[0], retention.MustGo: n[1], retention.MayGo: n[2], retention.Kept: n[3], retention.Held: n[4], retention.Running: n[5], retention.Waiting: n[6],
		}
	}
	return found, rows.Err()
}
