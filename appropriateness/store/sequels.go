package store

import (
	"database/sql"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

var (
	sequelsOf  = sqldb.Tenant(`select what, day, told_by, told from appropriateness_sequel where firm = :firm and attempt = ? order by day, told, what`)
	keepSequel = sqldb.Tenant(`insert into appropriateness_sequel (firm, attempt, what, day, test, signal, told_by, told)
		values (:firm, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	dropSequel = sqldb.Tenant(`delete from appropriateness_sequel where firm = :firm and attempt = ? and what = ? and day = ?`)
	keepFit    = sqldb.Tenant(`insert into appropriateness_fit (firm, attempt, fit) values (:firm, ?, ?)`)

	judgedAs = sqldb.Tenant(`select a.outcome, coalesce(a.choice, ''), a.points, a.max_points, coalesce(f.fit, ''), count(*)
		from appropriateness_attempt a left join appropriateness_fit f on f.firm = :firm and f.attempt = a.id
		where a.firm = :firm and a.test = ? and a.state = 'judged' group by a.outcome, a.choice, a.points, a.max_points, f.fit
		order by 1, 2, 3, 4, 5`)
	followedAs = sqldb.Tenant(`select a.outcome, coalesce(a.choice, ''), a.points, a.max_points, count(distinct a.id)
		from appropriateness_sequel s join appropriateness_attempt a on a.firm = :firm and a.id = s.attempt
		where s.firm = :firm and s.test = ? and s.signal >= ? group by a.outcome, a.choice, a.points, a.max_points order by 1, 2, 3, 4`)
	toldAs = sqldb.Tenant(`select a.outcome, coalesce(a.choice, ''), a.points, a.max_points, s.what, count(distinct a.id)
		from appropriateness_sequel s join appropriateness_attempt a on a.firm = :firm and a.id = s.attempt
		where s.firm = :firm and s.test = ? group by a.outcome, a.choice, a.points, a.max_points, s.what order by 1, 2, 3, 4, 5`)

	evaluationsOf     = sqldb.Tenant(`select body, confirmed_by, confirmed from appropriateness_evaluation where firm = :firm and test_id = ? order by at desc, id desc`)
	keepEvaluation    = sqldb.Tenant(`insert into appropriateness_evaluation (firm, id, test_id, at, body) values (:firm, ?, ?, ?, ?)`)
	confirmEvaluation = sqldb.Tenant(`update appropriateness_evaluation set confirmed_by = ?, confirmed = ? where firm = :firm and id = ? and confirmed_by is null`)
	planned           = sqldb.Tenant(`select test_id, day from appropriateness_evaluation_plan where firm = :firm`)
	plan              = sqldb.Tenant(`insert into appropriateness_evaluation_plan (firm, test_id, day) values (:firm, ?, ?)
		on conflict (firm, test_id) do update set day = excluded.day`)
)

func (t tx) Sequels(id appropriateness.AttemptID) (list []appropriateness.Sequel, err error) {
	err = t.Each(sequelsOf, []any{id}, func(scan func(...any) error) error {
		s := appropriateness.Sequel{Attempt: id}
		var day string
		var told int64
		err := scan(&s.What, &day, &s.By, &told)
		if err == nil {
			s.Day, err = calendar.Parse(day)
		}
		s.Told = sqldb.Instant(told)
		list = append(list, s)
		return err
	})
	return list, err
}

func (t tx) KeepSequel(a appropriateness.Attempt, s appropriateness.Sequel) (bool, error) {
	n, err := t.Exec(keepSequel, a.ID, s.What, s.Day.String(), a.Test, flag(s.What.Signal()), s.By, s.Told.UnixMilli())
	return n == 1, err
}

func (t tx) DropSequel(id appropriateness.AttemptID, what appropriateness.Happening, day calendar.Date) (bool, error) {
	n, err := t.Exec(dropSequel, id, what, day.String())
	return n == 1, err
}

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (t tx) KeepFit(id appropriateness.AttemptID, f appropriateness.Fit) error {
	_, err := t.Exec(keepFit, id, f)
	return err
}

// Effects counts in the store, so that a million attempts come back as some hundreds
// of rows.
func (t tx) Effects(test ident.Hash) (list []appropriateness.Effect, err error) {
	err = t.Each(judgedAs, []any{test}, func(scan func(...any) error) error {
		e := appropriateness.Effect{Any: appropriateness.TellsJudged}
		err := scan(&e.Outcome, &e.Choice, &e.Points, &e.Out, &e.Fit, &e.N)
		list = append(list, e)
		return err
	})
	for least, tells := range []appropriateness.Tells{appropriateness.TellsFollowed, appropriateness.TellsSignal} {
		if err != nil {
			return nil, err
		}
		err = t.Each(followedAs, []any{test, least}, func(scan func(...any) error) error {
			e := appropriateness.Effect{Any: tells}
			err := scan(&e.Outcome, &e.Choice, &e.Points, &e.Out, &e.N)
			list = append(list, e)
			return err
		})
	}
	if err != nil {
		return nil, err
	}
	err = t.Each(toldAs, []any{test}, func(scan func(...any) error) error {
		var e appropriateness.Effect
		err := scan(&e.Outcome, &e.Choice, &e.Points, &e.Out, &e.What, &e.N)
		list = append(list, e)
		return err
	})
	return list, err
}

func (t tx) Evaluations(testID string) (list []appropriateness.Evaluated, err error) {
	err = t.Each(evaluationsOf, []any{testID}, func(scan func(...any) error) error {
		var e appropriateness.Evaluated
		var body string
		var by sql.NullString
		var at sql.NullInt64
		if err := scan(&body, &by, &at); err != nil {
			return err
		}
		if err := canon.Decode([]byte(body), &e); err != nil {
			return err
		}
		e.ConfirmedBy = by.String
		if at.Valid {
			e.Confirmed = sqldb.Instant(at.Int64)
		}
		list = append(list, e)
		return nil
	})
	return list, err
}

func (t tx) KeepEvaluation(e appropriateness.Evaluated) error {
	_, err := t.Exec(keepEvaluation, e.ID, e.TestID, e.At.UnixMilli(), string(canon.Must(e)))
	return err
}

func (t tx) ConfirmEvaluation(id, by string, at time.Time) (bool, error) {
	n, err := t.Exec(confirmEvaluation, by, at.UnixMilli(), id)
	return n == 1, err
}

func (t tx) PlannedEvaluations() (map[string]calendar.Date, error) {
	days := map[string]calendar.Date{}
	err := t.Each(planned, nil, func(scan func(...any) error) error {
		var id, day string
		if err := scan(&id, &day); err != nil {
			return err
		}
		d, err := calendar.Parse(day)
		days[id] = d
		return err
	})
	return days, err
}

func (t tx) PlanEvaluation(testID string, day calendar.Date) error {
	_, err := t.Exec(plan, testID, day.String())
	return err
}
