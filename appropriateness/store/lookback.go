package store

import (
	"database/sql"
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

const msPerHour = 60 * 60 * 1000

// What these read of an attempt lies in the index appropriateness_attempt_newest,
// but for the form: they read no row of the table.
var (
	countsOf = sqldb.Tenant(`select test, channel,
			case when state = 'ready' and link_until < ? then 'lapsed' when state = 'begun' and open_until < ? then 'lapsed' else state end,
			case when begun is null then 0 else 1 end, coalesce(outcome, ''), count(*)
		from appropriateness_attempt where firm = :firm`)
	byCount = sqldb.End(`group by 1, 2, 3, 4, 5`, countsOf)

	hoursOf = sqldb.Tenant(`select created / 3600000, count(*), count(judged)
		from appropriateness_attempt where firm = :firm`)
	byFirst = sqldb.End(`group by 1 order by 1`, hoursOf, durationsOf)

	durationsOf = sqldb.Tenant(`select (judged - begun) / 1000, count(*)
		from appropriateness_attempt where firm = :firm and judged is not null`)

	lastAnswers = sqldb.Tenant(`select form, (select question from appropriateness_answer
			where firm = :firm and attempt = appropriateness_attempt.id order by nr desc limit 1)
		from appropriateness_attempt where firm = :firm and begun is not null`)
	newestAtMost = sqldb.Part(`order by created desc, id desc limit ?`, lastAnswers)

	everInUse = sqldb.Tenant(`select id, hash, title, min(published_from) from appropriateness_test
		where firm = :firm and (published_to is null or published_to > published_from) group by id, hash, title order by 4, 1`)
)

// each reads rows to their end; one reads the row it stands on.
func (t tx) each(q *sqldb.Query, args []any, one func(scan func(...any) error) error) error {
	rows, err := t.Rows(q, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := one(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (t tx) Versions() (vs []appropriateness.Version, err error) {
	err = t.each(everInUse, nil, func(scan func(...any) error) error {
		var v appropriateness.Version
		var from int64
		err := scan(&v.TestID, &v.Hash, &v.Title, &from)
		v.From = instant(from)
		vs = append(vs, v)
		return err
	})
	return vs, err
}

func (t tx) Counts(f appropriateness.Filter) (cs []appropriateness.Count, err error) {
	parts, args := filter(f)
	now := f.Now.UnixMilli()
	err = t.each(countsOf.With(append(parts, byCount)...), append([]any{now, now}, args...), func(scan func(...any) error) error {
		var c appropriateness.Count
		err := scan(&c.Test, &c.Channel, &c.State, &c.Begun, &c.Outcome, &c.N)
		cs = append(cs, c)
		return err
	})
	return cs, err
}

func (t tx) Hours(f appropriateness.Filter) (hs []appropriateness.Hour, err error) {
	parts, args := filter(f)
	err = t.each(hoursOf.With(append(parts, byFirst)...), args, func(scan func(...any) error) error {
		var h appropriateness.Hour
		var nr int64
		err := scan(&nr, &h.Made, &h.Judged)
		h.At = instant(nr * msPerHour)
		hs = append(hs, h)
		return err
	})
	return hs, err
}

func (t tx) Durations(f appropriateness.Filter) (ds appropriateness.Durations, err error) {
	parts, args := filter(f)
	err = t.each(durationsOf.With(append(parts, byFirst)...), args, func(scan func(...any) error) error {
		var d appropriateness.Took
		err := scan(&d.Seconds, &d.N)
		ds = append(ds, d)
		return err
	})
	return ds, err
}

func (t tx) LastPlaces(f appropriateness.Filter, most int) (places []int, err error) {
	if f.State != "" && f.State != appropriateness.Lapsed {
		return nil, nil
	}
	f.State = appropriateness.Lapsed
	parts, args := filter(f)
	q := lastAnswers.With(append(parts, newestAtMost)...)
	err = t.each(q, append(slices.Clone(args), most), func(scan func(...any) error) error {
		var form string
		var question sql.NullString
		err := scan(&form, &question)
		places = append(places, placeIn(form, question.String))
		return err
	})
	return places, err
}

// placeIn returns the place of a question in the text of a form, from 1; 0 where
// it is not there. It counts the questions before it: to decode some thousand
// forms for one number each would take longer than to fetch them.
func placeIn(form, question string) int {
	const key = `{"question":"`
	i := strings.Index(form, key+question+`"`)
	if question == "" || i < 0 {
		return 0
	}
	return strings.Count(form[:i], key) + 1
}
