package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/complaint"
	"zorgplicht/internal/sqldb"
)

var (
	figuresOf = sqldb.Tenant(`select product, cause, outcome, lead, month, sum(n), sum(redress) from complaint_figure
		where firm = :firm and month >= ? and month <= ? group by product, cause, outcome, lead, month having sum(n) <> 0`)
	// One line a value, with its days and how many came on each, as they lie: putting them
	// in order and together here takes the database three times as long.
	seriesDays = sqldb.Tenant(`select value, coalesce(sum(n) filter (where day < ?), 0), coalesce(string_agg(day || ' ' || n, ' ') filter (where day >= ?), '')
		from complaint_day where firm = :firm and series = ? and day >= ? and day <= ? group by value`)
	ofValue    = sqldb.Part(`having value = ?`, seriesDays)
	byValue    = sqldb.Part(`order by value`, seriesDays)
	surgesSeen = sqldb.Tenant(`select id, series, value, day, at, by_actor, body from complaint_surge where firm = :firm order by at desc, id desc`)
	surgeCares = sqldb.Tenant(`select series, value, day, until, why, hand from complaint_surge_care where firm = :firm order by series, value`)
	keepCare   = sqldb.Tenant(`insert into complaint_surge_care (firm, series, value, day, until, why, hand) values (:firm, ?, ?, ?, ?, ?, ?)
		on conflict (firm, series, value) do update set day = excluded.day, until = excluded.until, why = excluded.why, hand = excluded.hand`)
	dropCare     = sqldb.Tenant(`delete from complaint_surge_care where firm = :firm and series = ? and value = ?`)
	addSurgeSeen = sqldb.Tenant(`insert into complaint_surge (firm, id, series, value, day, at, by_actor, body) values (:firm, ?, ?, ?, ?, ?, ?, ?)`)
)

func (t tx) Figures(year int) (all []complaint.Figure, err error) {
	err = t.db.Each(figuresOf, []any{fmt.Sprintf("%04d-01", year), fmt.Sprintf("%04d-12", year)}, func(scan func(...any) error) error {
		var f complaint.Figure
		err := scan(&f.Product, &f.Cause, &f.Outcome, &f.Lead, &f.Month, &f.Count, &f.Redress)
		all = append(all, f)
		return err
	})
	return all, err
}

func (t tx) SeriesDays(q complaint.SeriesAsked) (all []complaint.SeriesDay, err error) {
	args, parts := []any{q.Singly, q.Singly, q.By, q.From, q.Through}, []*sqldb.Fragment{byValue}
	if q.Value != "" {
		args, parts = append(args, q.Value), []*sqldb.Fragment{ofValue, byValue}
	}
	err = t.db.Each(seriesDays.With(parts...), args, func(scan func(...any) error) error {
		var value, days string
		var before int
		if err := scan(&value, &before, &days); err != nil {
			return err
		}
		if before != 0 {
			all = append(all, complaint.SeriesDay{Value: value, Day: q.Singly.AddDays(-1), Count: before})
		}
		some, err := daysOf(value, days)
		all = append(all, some...)
		return err
	})
	return all, err
}

// daysOf reads "2026-01-31 2 2026-01-30 1 2026-01-31 -1": in order, each day once, and
// none that came to nothing.
func daysOf(value, text string) ([]complaint.SeriesDay, error) {
	all := make([]complaint.SeriesDay, 0, len(text)/len("2026-01-31 1 "))
	for text != "" {
		var day, n string
		day, text, _ = strings.Cut(text, " ")
		n, text, _ = strings.Cut(text, " ")
		d, err := calendar.Parse(day)
		if err != nil {
			return nil, err
		}
		count, err := strconv.Atoi(n)
		if err != nil {
			return nil, err
		}
		all = append(all, complaint.SeriesDay{Value: value, Day: d, Count: count})
	}
	slices.SortFunc(all, func(a, b complaint.SeriesDay) int { return a.Day.Compare(b.Day) })
	each := all[:0]
	for _, d := range all {
		if n := len(each); n > 0 && each[n-1].Day == d.Day {
			each[n-1].Count += d.Count
			continue
		}
		each = append(each, d)
	}
	return slices.DeleteFunc(each, func(d complaint.SeriesDay) bool { return d.Count == 0 }), nil
}

func (t tx) SurgesSeen() (all []complaint.SurgeSeen, err error) {
	rows, err := t.db.Rows(surgesSeen)
	return sqldb.All(rows, err, func(columns func(...any) error) (s complaint.SurgeSeen, err error) {
		var at int64
		err = columns(&s.ID, &s.Series, &s.Value, &s.Day, &at, &s.By, &s.Text)
		s.At = sqldb.Instant(at)
		return s, err
	})
}

func (t tx) AddSurgeSeen(s complaint.SurgeSeen) error {
	_, err := t.db.Exec(addSurgeSeen, s.ID, s.Series, s.Value, s.Day, s.At.UnixMilli(), s.By, s.Text)
	return err
}

func (t tx) SurgeCares() (all []complaint.SurgeCare, err error) {
	err = t.db.Each(surgeCares, nil, func(scan func(...any) error) error {
		var c complaint.SurgeCare
		err := scan(&c.Series, &c.Value, &c.Day, &c.Until, &c.Why, &c.For)
		all = append(all, c)
		return err
	})
	return all, err
}

func (t tx) SaveSurgeCare(c complaint.SurgeCare) error {
	_, err := t.db.Exec(keepCare, c.Series, c.Value, c.Day, c.Until, c.Why, c.For)
	return err
}

func (t tx) DropSurgeCare(by complaint.Series, value string) error {
	_, err := t.db.Exec(dropCare, by, value)
	return err
}
